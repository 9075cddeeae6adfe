"""What can go wrong around the knowledge base, each as one sentence for the person at the terminal.

KbError
├── DatabaseUnusable     not there, not a database, not writable, made by another version
├── DatabaseBusy         another run is writing
├── ReportIdUnknown      the file does not say which report it is
└── NothingToDo          a folder without files, an unknown table
"""

from __future__ import annotations

from click import ClickException


class KbError(ClickException):
    """One clear sentence that ends with what to try next; the command line prints it and exits with 1."""


class DatabaseUnusable(KbError):
    """The database file is not there, is none, cannot be written, or was made by another version."""


class DatabaseBusy(KbError):
    """Another run is writing the same database."""


class ReportIdUnknown(KbError):
    """The file does not say which sector's and year's report it is."""


class NothingToDo(KbError):
    """What was asked for does not exist."""
