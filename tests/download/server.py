"""A server on 127.0.0.1 that stalls, cuts off and lies, as told; and the file that it should give."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 1200 + b"\n%%EOF\n"
ETAG = '"edition-1"'


@dataclass
class Request:
    """One request as the server sees it, and the means to answer it."""

    handler: BaseHTTPRequestHandler
    number: int
    release: threading.Event

    @property
    def path(self) -> str:
        return self.handler.path

    def asked(self, name: str) -> str | None:
        return self.handler.headers.get(name)

    def answer(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        """Status, headers (`content_type` for Content-Type) and body, with the true length unless told another."""
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        named.setdefault("Content-Length", str(len(body)))
        self.handler.send_response(status)
        for name, value in named.items():
            if value:
                # As bytes: servers send names of files in whatever encoding.
                self.handler.wfile.flush()
                self.handler._headers_buffer.append(f"{name}: {value}\r\n".encode("latin-1"))
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def pdf(self, start: int = 0, end: int | None = None, **headers: str) -> None:
        """The file, or a part of it where that was asked for."""
        usual = {"content_type": "application/pdf", "etag": ETAG, "content_length": str(len(PDF) - start)}
        if start:
            usual["content_range"] = f"bytes {start}-{len(PDF) - 1}/{len(PDF)}"
        self.answer(206 if start else 200, PDF[start:end], **(usual | headers))

    def first_byte(self) -> int:
        """Where the range that was asked for begins."""
        return int((self.asked("Range") or "bytes=0-").removeprefix("bytes=").rstrip("-"))

    def stall(self) -> None:
        """Send nothing more until the test is over."""
        self.release.wait(20)

    def cut(self) -> None:
        """Close the connection."""
        self.handler.close_connection = True
        self.handler.wfile.flush()
        self.handler.connection.shutdown(2)


@dataclass
class Server:
    """Where it listens, and what it was asked."""

    url: str
    requests: list[Request] = field(default_factory=list)


@contextmanager
def serving(behave: Callable[[Request], None]) -> Iterator[Server]:
    """A server that answers as `behave` says."""
    release = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 20

        def do_GET(self) -> None:
            request = Request(self, len(server.requests) + 1, release)
            server.requests.append(request)
            try:
                behave(request)
            except (ConnectionError, OSError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listener:
        listener.daemon_threads = True
        server = Server(f"http://127.0.0.1:{listener.server_address[1]}")
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            release.set()
            listener.shutdown()
            thread.join()


def leftovers(folder: Path) -> list[str]:
    """Names of the files that are neither a report nor its source."""
    return sorted(p.name for p in folder.iterdir() if p.name.startswith("."))
