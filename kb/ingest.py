"""Files into the knowledge base: which are new, which replace, which are left out, and what failed.

Rules, in the order in which they are asked of a file:

1. *unchanged*: the database holds this very file, read by the same rules. It is not read again.
2. PDFs come before text files. Of a PDF and a text of one report in one run, the PDF is taken, since it knows its
   pages, and the text is *left out*, as is a second copy of one file. A text that is given alone replaces the report
   whatever it was read from.
3. Two PDFs (or two texts) of one report in one run: the second has *failed*; which is right is for a person to say.
4. Else the report is *added*, or *replaced* under the same keys.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from kb import corrections, database, identity, originals, store, text
from kb.errors import DatabaseUnusable, KbError
from kb.reading import Readers, Reading
from kb.rows import as_rows
from kb.sources import Outcome, Source, What, collect
from kb.version import extractor_version, with_notes


class Run:
    """One `kb ingest`. Give it sources, then take outcomes; the database changes when `run` has ended."""

    def __init__(  # noqa: PLR0913 - what one run is told
        self,
        db: Path,
        *,
        given_id: str | None = None,
        password: str | None = None,
        jobs: int = 1,
        corrected_in: Path | None = None,
        notes_in: Path | None = None,
    ) -> None:
        self.db, self.password, self.jobs = db, password, jobs
        self.corrected_in, self.notes_in = corrected_in, notes_in
        self.given_id = None if given_id is None else identity.checked(given_id)
        self.version = with_notes(extractor_version(), notes_in)
        self.claimed: dict[str, Source] = {}
        self.draft: database.Draft | None = None

    def run(self, paths: Sequence[Path], watch: Callable[[Outcome], None]) -> list[Outcome]:
        """Read everything under the paths and store it; `watch` is told each outcome as it comes.

        What was stored before an interrupt is kept. Raises `KbError` where the database cannot be written.
        """
        with database.locked(self.db):
            stored, read_before = self._known()
            sources, outcomes = collect(paths)
            whole = False
            try:
                for outcome in outcomes:
                    self._log(outcome)
                    watch(outcome)
                for outcome in self._outcomes(sources, stored, read_before):
                    outcomes.append(outcome)
                    self._log(outcome)
                    watch(outcome)
                whole = True
            except KeyboardInterrupt:
                whole = True
                raise
            except sqlite3.Error as error:
                raise DatabaseUnusable(f"{self.db}: cannot be written ({error}); it is as it was before") from error
            finally:
                self._end(keep=whole)
        return outcomes

    def _end(self, *, keep: bool) -> None:
        if self.draft is None:
            return
        if keep:
            self.draft.publish()
        else:
            self.draft.conn.close()
            self.draft.discard()

    def _known(self) -> tuple[dict[str, str], dict[str, str]]:
        """Digest -> report id: of what the reports were read from, and of every file that these rules read before."""
        if not self.db.exists():
            return {}, {}
        with closing(database.connect(self.db)) as conn:
            stored = conn.execute("select sha256, id from reports where extractor_version = ?", (self.version,))
            read = conn.execute(
                "select sha256, report_id from ingests "
                "where extractor_version = ? and outcome in ('added', 'replaced', 'left out') order by id",
                (self.version,),
            )
            return {sha: key for sha, key in stored if self._is_corrected(conn, key)}, dict(read.fetchall())

    def _is_corrected(self, conn: sqlite3.Connection, report_id: str) -> bool:
        """Whether a stored report has the corrections of today; else it is read again."""
        folder = self.corrected_in
        return folder is None or corrections.are_current(conn, report_id, folder)

    def _outcomes(self, sources: list[Source], stored: dict[str, str], before: dict[str, str]) -> Iterator[Outcome]:
        seen: dict[str, Source] = {}
        pdfs: list[Source] = []
        texts: list[Source] = []
        for source in sources:
            if source.sha256 in seen:
                message = f"the same file as {seen[source.sha256].path.name}"
                yield Outcome(source.path.name, "left out", stored.get(source.sha256), message=message)
                continue
            seen[source.sha256] = source
            (pdfs if source.is_pdf else texts).append(source)
        with Readers(self.jobs, self.password, self.notes_in) as readers:
            yield from self._read(readers, pdfs, stored)
            rest = []
            for source in texts:
                known = self.given_id or before.get(source.sha256)
                if known in self.claimed:
                    yield self._left_out(source, known, log=False)
                else:
                    rest.append(source)
            yield from self._read(readers, rest, stored)

    def _read(self, readers: Readers, sources: list[Source], stored: dict[str, str]) -> Iterator[Outcome]:
        new = []
        for source in sources:
            held = stored.get(source.sha256)
            if held is not None and self.given_id in (None, held) and held not in self.claimed:
                self.claimed[held] = source
                yield Outcome(source.path.name, "unchanged", held, message=self._keep(source))
            else:
                new.append(source)
        if not new:
            return
        readings = readers.submit([source.path for source in new])
        # While the readers read: copy the database, load what the index needs.
        self._conn()
        text.fold("臺")
        by_path = {source.path: source for source in new}
        for reading in readings:
            yield self._store(by_path[reading.path], reading)

    def _store(self, source: Source, reading: Reading) -> Outcome:
        name = source.path.name
        start = time.perf_counter()
        if reading.report is None:
            return Outcome(
                name, "failed", self.given_id, reading.seconds, reading.sentence, reading.trace, sha256=source.sha256
            )
        try:
            report_id = identity.report_id(reading.report, self.given_id)
        except KbError as error:
            return Outcome(name, "failed", None, reading.seconds, error.message, sha256=source.sha256)
        if (first := self.claimed.get(report_id)) is not None:
            if first.is_pdf and not source.is_pdf:
                return self._left_out(source, report_id, log=True)
            message = (
                f"{name}: is {report_id} like {first.path.name}, which was read in this run; "
                "leave one of them out, or give this one an id of its own with --id"
            )
            return Outcome(name, "failed", None, reading.seconds, message, sha256=source.sha256)
        rows = as_rows(reading.report, report_id, self.version)
        try:
            if self.corrected_in is not None:
                corrections.apply(rows, corrections.load(self.corrected_in, report_id), report_id)
        except KbError as error:
            return Outcome(name, "failed", report_id, reading.seconds, error.message, sha256=source.sha256)
        try:
            was_there = store.replace_report(self._conn(), rows)
        except sqlite3.IntegrityError as error:
            message = f"{name}: its records do not fit together ({error}); please report it with the file"
            return Outcome(name, "failed", report_id, reading.seconds, message, sha256=source.sha256)
        self.claimed[report_id] = source
        message = self._keep(source)
        seconds = reading.seconds + time.perf_counter() - start
        counts = {table: len(found) for table, found in rows.items()}
        # Those of the audit are among them, which come after the rows.
        counted = self._conn().execute("select count(*) from findings where report_id = ?", (report_id,))
        counts["findings"] = counted.fetchone()[0]
        what: What = "replaced" if was_there else "added"
        return Outcome(name, what, report_id, seconds, message, sha256=source.sha256, counts=counts)

    def _keep(self, source: Source) -> str:
        """Keep the file beside the database; gives a sentence where that cannot be done. The rows stand without it."""
        try:
            originals.keep(self.db, source.path, source.sha256, "application/pdf" if source.is_pdf else "text/plain")
        except OSError as error:
            return f"{source.path.name}: no copy could be kept ({error.strerror}), so the site cannot show its pages"
        return ""

    def _left_out(self, source: Source, report_id: str, *, log: bool) -> Outcome:
        message = f"{report_id} was read from {self.claimed[report_id].path.name}, which knows its pages"
        return Outcome(source.path.name, "left out", report_id, message=message, sha256=source.sha256 if log else "")

    def _conn(self) -> sqlite3.Connection:
        if self.draft is None:
            self.draft = database.Draft(self.db)
        return self.draft.conn

    def _log(self, outcome: Outcome) -> None:
        """Note the outcome, unless nothing was done that was not noted before."""
        if outcome.what == "unchanged" or (outcome.what == "left out" and not outcome.sha256):
            return
        row = {
            "report_id": outcome.report_id,
            "source_name": outcome.source,
            "sha256": outcome.sha256 or None,
            "extractor_version": self.version,
            "started_at": datetime.fromtimestamp(time.time() - outcome.seconds, UTC).isoformat(timespec="seconds"),
            "seconds": round(outcome.seconds, 3),
            "outcome": outcome.what,
            "message": outcome.message,
        }
        store.insert(self._conn(), "ingests", [row])
