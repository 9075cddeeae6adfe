"""The language pass: what reading the figures adds to a report, and how its time grows with the length of a text."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.process import Done, fastest, python, timed
from bench.ratio import Ratio

ROUNDS = 3
MEGABYTE = 1_000_000
TEXTS = {
    "text": "113年輔導80家業者導入節能設備，投入經費約2億3,400萬元，節電率達25~40%，累計減碳約12.5萬公噸CO2e；",
    "digits and brackets": "(1,234)5.67[89]、（１２３）-4 5/6~7:",
}
"""Repeated to the length that is wanted."""


def measure(sample: Path) -> Iterator[Ratio]:
    """The pass over the sample against bare pdfplumber; a megabyte against four times a quarter of one."""

    def language() -> Done:
        return timed(python("-m", "bench.language", "sample", sample))

    def bare() -> Done:
        return timed(python("-m", "bench.bare", sample))

    runs = [(json.loads(language().output), bare()) for _ in range(ROUNDS)]
    spent = min(said["seconds"] for said, _ in runs)
    base = min(done.seconds for _, done in runs)
    note = "{calls} texts, {characters} characters, spaCy's import".format(**runs[0][0])
    yield Ratio("language pass", spent, base, "s", "bare pdfplumber", 0.5, note)
    for name in TEXTS:
        (done,) = fastest([lambda name=name: timed(python("-m", "bench.language", "growth", name))], 1)  # type: ignore[misc]
        said = json.loads(done.output)
        yield Ratio(f"1 MB of {name}", said["whole"], 4 * said["quarter"], "s", "4 times 1/4 MB", 1.5)


def over_sample(path: str) -> dict[str, float]:
    """Read a report with a clock around the reading of figures. Patched before the readers are imported."""
    import extract  # noqa: PLC0415
    from extract import language  # noqa: PLC0415

    read, spent, characters = language.read_text, [], 0

    def clocked(text: str, setting: language.Setting) -> language.Reading:
        nonlocal characters
        begin = time.perf_counter()
        reading = read(text, setting)
        spent.append(time.perf_counter() - begin)
        characters += len(text)
        return reading

    language.read_text = clocked
    extract.read(path)
    return {"seconds": sum(spent), "calls": len(spent), "characters": characters}


def growth(name: str) -> dict[str, float]:
    """Seconds for a quarter of a megabyte (UTF-8) and for a whole one."""
    from extract.language import Setting, read_text  # noqa: PLC0415

    piece = TEXTS[name]
    setting = Setting(2024)

    def seconds(length: int) -> float:
        text = piece * (length // len(piece.encode()))
        begin = time.perf_counter()
        read_text(text, setting)
        return time.perf_counter() - begin

    seconds(1000)  # imports, compiled patterns
    return {"quarter": seconds(MEGABYTE // 4), "whole": seconds(MEGABYTE)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"sample": over_sample, "growth": growth}[sys.argv[1]](sys.argv[2])))
