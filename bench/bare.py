"""Bare pdfplumber on a file, the base of the bench: open, `extract_text` and `extract_tables` on each page."""

from __future__ import annotations

import sys

import pdfplumber


def main(path: str) -> None:
    """Everything is thrown away; the time is that of the process."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()


if __name__ == "__main__":
    main(sys.argv[1])
