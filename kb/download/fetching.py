"""A file from an address, whole or not at all.

What the network does to a download, and what is done about it: it stalls or breaks off (asked again from the last byte,
a few times), sends a page of words in place of the file, sends without end, redirects in circles or to where nothing is
encrypted, changes the file between two parts, or states sizes and ranges that are not true. None of these may leave
half a file where a whole one is expected.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import regex

from kb import __version__
from kb.download.keeping import Source, kept
from kb.download.names import file_name
from kb.download.partial import DownloadFailed, Partial, TryAgain, finish

AGAIN = (408, 425, 429, 500, 502, 503, 504)
"""Answers after which another try may help."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long. Seconds: `silence` without a byte, `whole` for one file with all its tries; `pause` before
    the second try, doubled for each one after it."""

    most_bytes: int = 300_000_000
    silence: float = 30.0
    whole: float = 900.0
    tries: int = 5
    pause: float = 1.0
    redirects: int = 10


@dataclass(frozen=True, slots=True)
class _Download:
    """What is fetched, where to, and within which limits."""

    url: str
    folder: Path
    partial: Partial
    limits: Limits


def fetch(url: str, folder: Path, limits: Limits | None = None, *, sleep: Callable[[float], None] = time.sleep) -> Path:
    """The file at an address, kept in `folder` with its source beside it; one that did not change since is not fetched
    again. Raises `DownloadFailed`."""
    limits = limits or Limits()
    _check_address(url)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DownloadFailed(f"{folder}: cannot be made ({error.strerror}); give another --downloads") from error
    # The name is by the address, so that a later run goes on where this one broke off.
    partial = Partial(folder / f".{hashlib.sha256(url.encode()).hexdigest()[:16]}.part")
    download = _Download(url, folder, partial, limits)
    try:
        return _tries(download, sleep)
    except OSError as error:
        raise DownloadFailed(f"{url}: cannot be written to {folder} ({error.strerror}); make room") from error


def _check_address(url: str) -> None:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise DownloadFailed(f"{url}: is no address ({error}); copy it from the browser") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise DownloadFailed(f"{url}: is no address of the web; it must begin with https://")


def _tries(download: _Download, sleep: Callable[[float], None]) -> Path:
    limits = download.limits
    deadline = time.monotonic() + limits.whole
    reason = ""
    with _client(limits) as client:
        for number in range(limits.tries):
            if number:
                sleep(limits.pause * 2 ** (number - 1))
            if number and time.monotonic() >= deadline:
                break
            try:
                return _attempt(download, client, deadline) or finish(download.partial, download.folder, download.url)
            except TryAgain as error:
                reason = str(error)
            except DownloadFailed:
                download.partial.discard()
                raise
    raise DownloadFailed(f"{download.url}: {reason}; try again later, it then goes on from what came so far")


def _client(limits: Limits) -> httpx.Client:
    return httpx.Client(
        timeout=limits.silence,
        headers={"User-Agent": f"climate-action-kb/{__version__}", "Accept-Encoding": "identity"},
    )


def _attempt(download: _Download, client: httpx.Client, deadline: float) -> Path | None:
    """One try: fills the partial file, or gives the file that is kept already and did not change."""
    url, partial, limits = download.url, download.partial, download.limits
    before = kept(download.folder, url)
    headers = _conditions(partial, before)
    target = httpx.URL(url)
    try:
        # Redirects are followed here, where their bodies are not read: one may be without end.
        for _ in range(limits.redirects + 1):
            with client.stream("GET", target, headers=headers) as response:
                if response.next_request is not None:
                    target = _redirected(url, response.url, response.next_request)
                    continue
                if response.status_code == httpx.codes.NOT_MODIFIED and before is not None:
                    return download.folder / before.name
                _check_answer(url, response, partial)
                _receive(url, response, partial, limits, deadline)
                return None
    except httpx.TimeoutException as error:
        raise TryAgain(f"nothing came for {limits.silence:g} seconds") from error
    except (httpx.TransportError, httpx.StreamError) as error:
        raise TryAgain(f"the connection broke ({_words(error)})") from error
    raise DownloadFailed(f"{url}: redirects without end; open it in a browser")


def _conditions(partial: Partial, before: Source | None) -> dict[str, str]:
    """What is asked for: the rest of a partial file, or the file where it changed since it was kept."""
    mark = partial.mark
    partial.have = partial.path.stat().st_size if partial.path.exists() and mark else 0
    if partial.have and mark:
        return {"Range": f"bytes={partial.have}-", "If-Range": mark}
    if before is not None and before.etag:
        return {"If-None-Match": before.etag}
    if before is not None and before.last_modified:
        return {"If-Modified-Since": before.last_modified}
    return {}


def _redirected(url: str, here: httpx.URL, there: httpx.Request) -> httpx.URL:
    """Where a redirect leads. Raises `DownloadFailed` where that is not the web, or no longer encrypted."""
    target = there.url
    if target.scheme not in ("http", "https") or (here.scheme == "https" and target.scheme != "https"):
        raise DownloadFailed(f"{url}: redirects to {target}, which is not encrypted; check the address")
    return target


def _words(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _check_answer(url: str, response: httpx.Response, partial: Partial) -> None:
    if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        partial.discard()
        raise TryAgain("the file on the server is another one now")
    status = f"{response.status_code} {response.reason_phrase}".strip()
    if response.status_code in AGAIN:
        raise TryAgain(f"the server answers {status}")
    if response.status_code not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
        raise DownloadFailed(f"{url}: the server answers {status}; check the address in a browser")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise DownloadFailed(f"{url}: comes packed ({response.headers['Content-Encoding']}), which was not asked for")


def _receive(url: str, response: httpx.Response, partial: Partial, limits: Limits, deadline: float) -> None:
    """Write what comes behind what there is, or anew where the server starts anew."""
    start, size = _range(response, partial)
    if size is not None and size > limits.most_bytes:
        raise DownloadFailed(f"{url}: is {size:,} bytes, more than the {limits.most_bytes:,} that a report may have")
    headers = response.headers
    etag = headers.get("ETag")
    # Only a strong mark vouches for every byte (RFC 9110, 13.1.5).
    partial.mark = etag if etag and not etag.startswith("W/") else headers.get("Last-Modified")
    partial.last_modified = headers.get("Last-Modified")
    partial.media_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    partial.name = file_name(headers.get("Content-Disposition"), str(response.url), partial.media_type)
    have = start
    with partial.path.open("r+b" if start else "wb") as file:
        file.seek(start)
        file.truncate()
        for chunk in response.iter_raw():
            have += len(chunk)
            if have > limits.most_bytes:
                raise DownloadFailed(f"{url}: sends more than the {limits.most_bytes:,} bytes that a report may have")
            if time.monotonic() > deadline:
                raise TryAgain(f"it was not whole within {limits.whole:g} seconds")
            file.write(chunk)
    if size is not None and have != size:
        raise TryAgain(f"{have:,} of {size:,} bytes came")


def _range(response: httpx.Response, partial: Partial) -> tuple[int, int | None]:
    """Where the answer's bytes begin, and the size of the whole file where it is known. A part that was not asked for
    is thrown away with what there is."""
    if response.status_code == httpx.codes.PARTIAL_CONTENT:
        match = regex.fullmatch(r"bytes (\d+)-(\d+)/(\d+|\*)", response.headers.get("Content-Range", ""))
        if match is None or int(match[1]) != partial.have:
            partial.discard()
            raise TryAgain("the server sent another part than it was asked for")
        return partial.have, None if match[3] == "*" else int(match[3])
    length = response.headers.get("Content-Length", "")
    return 0, int(length) if length.isdecimal() else None
