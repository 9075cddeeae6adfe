"""The knowledge base: what the reports say, in SQLite, to be searched, exported and served."""

__version__ = "0.1.0"
