"""Getting a report from the web: `fetch(url, folder)` gives the file, whole, with its source written beside it."""

from __future__ import annotations

from kb.download.fetching import Limits, fetch
from kb.download.keeping import Source
from kb.download.partial import DownloadFailed

__all__ = ["DownloadFailed", "Limits", "Source", "fetch"]
