"""`kb serve`: the knowledge base in the browser."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing, suppress
from pathlib import Path

import click

from kb import database
from kb.cli import db_option
from kb.errors import KbError


@click.command()
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0: any free one.")
@click.option("--public", is_flag=True, help="For strangers: reading only, no SQL, nothing about the machine.")
@click.option("--download", is_flag=True, help="With --public: let the whole database be downloaded.")
def command(db: Path, host: str, port: int, *, public: bool, download: bool) -> None:
    """Serve the knowledge base with Datasette until interrupted. New reports show as soon as they are ingested."""
    if download and not public:
        raise click.UsageError("--download is for a --public site; you have the file")
    database.connect_for_search(db).close()
    with closing(_listening(host, port)) as sock:
        from kb.site.app import build  # noqa: PLC0415 - Datasette takes half a second

        ds = build(db, is_public=public, may_download=download)
        click.echo(f"http://{host}:{sock.getsockname()[1]}/")
        # The server ends in good order at an interrupt, and then hands it on.
        with suppress(KeyboardInterrupt):
            asyncio.run(_serve(ds, sock))


def _listening(host: str, port: int) -> socket.socket:
    """A bound socket, so that a port in use is one sentence and port 0 has its number."""
    try:
        sock = socket.create_server((host, port))
    except OSError as error:
        raise KbError(
            f"cannot listen on {host} port {port} ({error.strerror}); give another --host or --port"
        ) from error
    # Connections take this over. Without it each answer waits 40 ms: asyncio sets it on sockets of its own alone.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


async def _serve(ds: object, sock: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415
    from datasette.app import Datasette  # noqa: PLC0415

    if not isinstance(ds, Datasette):
        raise TypeError("the site is no Datasette")
    await ds.invoke_startup()
    config = uvicorn.Config(ds.app(), log_level="warning", lifespan="on")
    await uvicorn.Server(config).serve(sockets=[sock])
