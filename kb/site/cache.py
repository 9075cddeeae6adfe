"""Answers kept in memory, for as long as the database is the same file.

The key holds everything that an answer depends on: the file's version, the address, and the host it was asked under
(JSON holds whole addresses). Answers are kept compressed as well, and have an ETag, so that a browser asks but once.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from kb.site.site import State

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
Key = tuple[object, ...]

MOST_BYTES, MOST_OF_ONE = 64_000_000, 2_000_000
TEXTS = (b"text/html", b"application/json", b"text/css", b"text/javascript", b"application/javascript")
TYPES = (*TEXTS, b"image/png")
"""Of answers that are kept. Files to take away are on disk. A picture is packed as it is."""
WORTH_PACKING = 800
"""Bytes; a shorter answer fits into one packet as it is."""
DROPPED = (b"content-length", b"etag", b"date", b"server", b"content-encoding", b"transfer-encoding")


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: status 200, headers without length and coding, body as it is and packed."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    packed: bytes | None
    etag: bytes

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        return len(self.body) + len(self.packed or b"")


class Cache:
    """The answers used last, up to `MOST_BYTES`. For the one thread of the event loop."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Answer] = OrderedDict()
        self._bytes = 0

    def get(self, key: Key) -> Answer | None:
        """None where there is none."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Key, answer: Answer) -> None:
        """Keep it; what was not used for longest goes."""
        former = self._kept.pop(key, None)
        self._bytes += answer.size - (former.size if former else 0)
        self._kept[key] = answer
        while self._bytes > MOST_BYTES:
            self._bytes -= self._kept.popitem(last=False)[1].size


def cached(state: State, cache: Cache, app: App) -> App:
    """Answer GET and HEAD from the cache where it can."""

    async def answer_or_ask(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await app(scope, receive, send)
            return
        asked = dict(scope["headers"])
        # Who is signed in may see other pages.
        if b"authorization" in asked or b"ds_actor" in asked.get(b"cookie", b""):
            await app(scope, receive, send)
            return
        key = (
            state.version(),
            scope.get("scheme"),
            asked.get(b"host"),
            scope.get("raw_path") or scope["path"],
            scope.get("query_string", b""),
        )
        kept = cache.get(key)
        if kept is None:
            recorder = _Recorder(send, is_head=scope["method"] == "HEAD")
            await app(scope, receive, recorder)
            if recorder.answer is not None and key[0] == state.version():
                cache.put(key, recorder.answer)
            if recorder.answer is not None:
                await _send(send, recorder.answer, asked, scope["method"])
            return
        await _send(send, kept, asked, scope["method"])

    return answer_or_ask


class _Recorder:
    """Holds back an answer that is worth keeping, until it is whole; lets any other through."""

    def __init__(self, send: Any, *, is_head: bool) -> None:
        self._send, self._start, self._parts, self._size = send, None, [], 0
        self._is_head = is_head
        self.answer: Answer | None = None

    _start: MutableMapping[str, Any] | None
    _parts: list[bytes]

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start" and self._is_kept(message):
            self._start = message
            return
        if self._start is None:
            await self._send(message)
            return
        self._parts.append(message.get("body", b""))
        self._size += len(self._parts[-1])
        more = message.get("more_body", False)
        if self._size > MOST_OF_ONE:
            # Too long to keep: let through what there is, and all that follows.
            start, self._start = self._start, None
            await self._send(start)
            await self._send({"type": "http.response.body", "body": b"".join(self._parts), "more_body": more})
        elif not more:
            self.answer = _answer(self._start, b"".join(self._parts))

    def _is_kept(self, message: MutableMapping[str, Any]) -> bool:
        headers = {name.lower(): value for name, value in message.get("headers", [])}
        kind = headers.get(b"content-type", b"").split(b";")[0]
        # A HEAD may come without the body that a GET has.
        return message["status"] == 200 and kind in TYPES and b"set-cookie" not in headers and not self._is_head


def _answer(start: MutableMapping[str, Any], body: bytes) -> Answer:
    headers = tuple((n.lower(), v) for n, v in start["headers"] if n.lower() not in DROPPED)
    kind = dict(headers).get(b"content-type", b"").split(b";")[0]
    packed = gzip.compress(body, 5, mtime=0) if len(body) > WORTH_PACKING and kind in TEXTS else None
    etag = b'W/"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
    return Answer(headers, body, packed, etag)


async def _send(send: Any, answer: Answer, asked: dict[bytes, bytes], method: str) -> None:
    common = [*answer.headers, (b"etag", answer.etag), (b"vary", b"accept-encoding")]
    if not any(name == b"cache-control" for name, _ in common):
        common.append((b"cache-control", b"no-cache"))
    if answer.etag in asked.get(b"if-none-match", b""):
        await send({"type": "http.response.start", "status": 304, "headers": common})
        await send({"type": "http.response.body", "body": b""})
        return
    body = answer.body
    if answer.packed is not None and b"gzip" in asked.get(b"accept-encoding", b""):
        body = answer.packed
        common.append((b"content-encoding", b"gzip"))
    common.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": 200, "headers": common})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})
