"""Documents for tests, from a few lines of text."""

from extract.documents.model import Document
from extract.documents.text import read_text


def document(text: str) -> Document:
    """A text file with these lines."""
    return read_text("sample.md", text.encode())


def rules(signals: object) -> list[str]:
    """The rules of signals, in order."""
    return [signal.rule for signal in signals]  # type: ignore[attr-defined]
