"""Pictures of a report's pages, made when they are asked for and kept in memory.

PDFium may be used by one thread at a time: everything here holds one lock. A page is drawn once; crops are made by the
browser, which shows a part of the page's picture.
"""

from __future__ import annotations

import io
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import pypdfium2

SCALE = 2.0
"""Pixels to a point: letters of nine points stay sharp on a dense screen."""
MAX_PIXELS = 6_000_000
"""Of one picture: a page of a poster's size is drawn smaller."""
COLOURS = 64
"""A page of print needs no more; the picture becomes a third as long."""
KEPT_BYTES = 16_000_000
OPEN_FILES = 2


@dataclass(frozen=True, slots=True)
class PageSize:
    """What a picture shows, in points, and where its top left corner lies in the coordinates of boxes."""

    left: float
    top: float
    width: float
    height: float


class PageUnavailable(Exception):
    """The page cannot be drawn; the message says why."""


class Pictures:
    """Draws pages and keeps the last ones: a few, since whole answers are kept as well (`kb.site.cache`)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: OrderedDict[Path, Any] = OrderedDict()
        self._sizes: dict[tuple[Path, int], PageSize] = {}
        self._drawn: OrderedDict[tuple[Path, int], bytes] = OrderedDict()
        self._bytes = 0

    def size(self, path: Path, page: int) -> PageSize:
        """Size of a page (1-based). Raises `PageUnavailable`."""
        with self._lock:
            found = self._sizes.get((path, page))
            if found is None:
                found = self._sizes[path, page] = _size(self._page(path, page))
            return found

    def png(self, path: Path, page: int) -> bytes:
        """The picture of a page (1-based). Raises `PageUnavailable`."""
        key = path, page
        with self._lock:
            if key in self._drawn:
                self._drawn.move_to_end(key)
                return self._drawn[key]
            drawn = _draw(self._page(path, page))
            self._drawn[key] = drawn
            self._bytes += len(drawn)
            while self._bytes > KEPT_BYTES:
                self._bytes -= len(self._drawn.popitem(last=False)[1])
            return drawn

    def _page(self, path: Path, number: int) -> Any:
        if path not in self._open:
            if not path.exists():
                raise PageUnavailable("原始檔案未保存")
            try:
                self._open[path] = pypdfium2.PdfDocument(path)
            except pypdfium2.PdfiumError as error:
                raise PageUnavailable(f"原始檔案無法開啟（{error}）") from error
            while len(self._open) > OPEN_FILES:
                self._open.popitem(last=False)[1].close()
        self._open.move_to_end(path)
        document = self._open[path]
        if not 1 <= number <= len(document):
            raise PageUnavailable(f"檔案沒有第 {number} 頁")
        try:
            return document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise PageUnavailable(f"第 {number} 頁無法繪製（{error}）") from error


def _size(page: Any) -> PageSize:
    width, height = page.get_size()
    media, shown = page.get_mediabox(), page.get_cropbox()
    # Boxes count from the corner of the media box, the picture shows the crop box.
    return PageSize(shown[0] - media[0], media[3] - shown[3], width, height)


def _draw(page: Any) -> bytes:
    width, height = page.get_size()
    scale = min(SCALE, (MAX_PIXELS / (width * height)) ** 0.5)
    picture = page.render(scale=scale).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.quantize(COLOURS, method=2).save(out, "PNG")
    return out.getvalue()
