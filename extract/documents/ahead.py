"""Pages whose objects are read ahead, in a process of their own, while this one makes lines and tables of those before.

The language library takes half a second to load; on two cores the pages are drawn meanwhile.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection

from extract.documents.pdf_objects import Glyph, ObjectSource, PageObjects

WORTH_IT = 100_000
"""Bytes of a file from which a second process pays; smaller ones are read in less time than it takes to start."""
SECONDS = 300
"""Of processor time after which the kernel ends a reader that nobody waits for any more."""


def can_read_ahead(data: bytes) -> bool:
    """Whether a second process may be forked and is worth it: more than one core, no other threads."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return len(data) >= WORTH_IT and cores > 1 and threading.active_count() == 1 and hasattr(os, "fork")


def read_ahead(source: ObjectSource, data: bytes, password: str | None) -> Iterator[PageObjects]:
    """The pages of `source`, which starts at once. What it raises is raised here, by reading once more in this
    process."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    reader = context.Process(target=_send_pages, args=(source, data, password, sender, left), daemon=False)
    reader.start()
    sender.close()
    return _receive(reader, receiver, source, data, password)


def _receive(
    reader: multiprocessing.process.BaseProcess,
    receiver: Connection,
    source: ObjectSource,
    data: bytes,
    password: str | None,
) -> Iterator[PageObjects]:
    count = 0
    try:
        while (page := _next(receiver)) is not None:
            count += 1
            yield page
    finally:
        receiver.close()
        if reader.is_alive():
            reader.join(0.2)
        if reader.is_alive():
            reader.terminate()
        reader.join()
    if reader.exitcode != 0:
        # Read again from the page it stopped at, so that the error is raised where it can be explained.
        for page in source(data, password):
            if page.number > count:
                yield page


def _next(receiver: Connection) -> PageObjects | None:
    """The next page, None at the end or where the reader is gone."""
    try:
        sent = receiver.recv()
    except EOFError:
        return None
    if sent is None:
        return None
    number, left, right, height, glyphs, edges, pictures, too_many = sent
    return PageObjects(number, left, right, height, [Glyph._make(g) for g in glyphs], edges, pictures, too_many)


def _send_pages(source: ObjectSource, data: bytes, password: str | None, sender: Connection, left: float) -> None:
    """Runs in the second process: sends each page as plain tuples, then None. Ends with 1 where the source raises.

    An alarm of the first process that has so many seconds `left` (0: none) ends this one too: alarms are not inherited.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, left)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS if most == resource.RLIM_INFINITY else min(SECONDS, most), most))
    try:
        for page in source(data, password):
            glyphs = [tuple(glyph) for glyph in page.glyphs]
            sender.send(
                (
                    page.number,
                    page.left,
                    page.right,
                    page.height,
                    glyphs,
                    page.edges,
                    page.pictures,
                    page.too_many_edges,
                )
            )
        sender.send(None)
    except Exception:  # noqa: BLE001 - whatever it is, the first process meets it too, and explains it
        os._exit(1)
    finally:
        sender.close()
    os._exit(0)
