"""Blocks as PDF, by one of three programs that lay out pages each in its own way.

WeasyPrint (BSD) comes with the development extra and needs Debian's libpango-1.0-0 and libpangoft2-1.0-0;
Chromium and LibreOffice are used where they are installed.
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from corpus.html import to_html
from corpus.layout import Block
from corpus.odf import to_fodt
from corpus.style import Style

Engine = Literal["weasyprint", "chromium", "libreoffice"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
PROGRAMS = {"chromium": "chromium", "libreoffice": "soffice"}
TIMEOUT = 180
"""Seconds that another program may take for one report."""


class EngineError(RuntimeError):
    """The program is missing or made no PDF."""


def is_available(engine: Engine) -> bool:
    """Whether this machine can set with the engine."""
    if engine == "weasyprint":
        try:
            importlib.import_module("weasyprint")  # heavy, so not before it is needed
        except (ImportError, OSError):  # OSError: pango is missing
            return False
        return True
    return shutil.which(PROGRAMS[engine]) is not None


def to_pdf(blocks: Sequence[Block], style: Style, *, title: str, engine: Engine = "weasyprint") -> bytes:
    """The bytes of the PDF, fonts cut down to the characters used. Raises `EngineError`."""
    if not is_available(engine):
        raise EngineError(f"{engine} is not installed here")
    if engine == "weasyprint":
        html = importlib.import_module("weasyprint").HTML
        pdf: bytes = html(string=to_html(blocks, style, title=title)).write_pdf()
        return pdf
    with tempfile.TemporaryDirectory(prefix="typeset-") as folder:
        return _by_program(blocks, style, title, engine, Path(folder))


def _by_program(blocks: Sequence[Block], style: Style, title: str, engine: Engine, folder: Path) -> bytes:
    if engine == "chromium":
        source = folder / "report.html"
        source.write_text(to_html(blocks, style, title=title, leaders=False), encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={folder / 'report.pdf'}", source.as_uri()]
    else:
        source = folder / "report.fodt"
        source.write_text(to_fodt(blocks, style, title=title), encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), str(source)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as slow:
        raise EngineError(f"{engine} took more than {TIMEOUT} s") from slow
    made = folder / "report.pdf"
    if not made.exists():
        raise EngineError(f"{engine} made no PDF: {(done.stderr or done.stdout).strip()[-500:]}")
    return made.read_bytes()
