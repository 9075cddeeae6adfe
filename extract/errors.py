"""What can go wrong while a file becomes a report.

    ExtractError
    ├── Unreadable              the file cannot be opened as what it is
    │   ├── PasswordNeeded      encrypted, and no or a wrong password was given
    │   ├── Broken              damaged beyond reading, or not what its name says
    │   └── TooLarge            more pages, bytes or objects than a report can have
    ├── NoText                  pages without characters: a scan
    ├── NotAReport              read well, but holds nothing that a report must hold
    └── NotesBroken             a file of layout notes that cannot be understood

Every error names the file, the page where one is known, the fact, and what to try next.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial


class ExtractError(Exception):
    """One clear sentence about a file that could not be read.

    `fact` says what is wrong, `advice` what to try; `page` is 1-based or None.
    """

    def __init__(self, name: str, fact: str, advice: str, *, page: int | None = None) -> None:
        self.name = name
        self.fact = fact
        self.advice = advice
        self.page = page
        where = f"{name}, page {page}" if page is not None else name
        super().__init__(f"{where}: {fact}; {advice}")

    def __reduce__(self) -> tuple[Callable[[str, str, str], ExtractError], tuple[str, str, str]]:
        """Pickled by what it was made of: a reading process hands its errors on whole."""
        return partial(type(self), page=self.page), (self.name, self.fact, self.advice)


class Unreadable(ExtractError):
    """The file cannot be opened as what it is."""


class PasswordNeeded(Unreadable):
    """Encrypted, and no password or a wrong one was given."""


class Broken(Unreadable):
    """Damaged beyond reading, or not what its name says."""


class TooLarge(Unreadable):
    """More pages, bytes or objects than a report can have."""


class NoText(ExtractError):
    """Pages without characters: pictures of text."""


class NotAReport(ExtractError):
    """Read well, but nothing in it that a progress report must hold."""


class NotesBroken(ExtractError):
    """A file of layout notes that cannot be understood."""
