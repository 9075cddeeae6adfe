"""Requests a second and the slowest of a hundred, as wrk measures them over the loopback.

wrk is a package of Debian. Where it is not installed nothing is measured, and the bench says so.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

SECONDS, CONNECTIONS = 4, 8
"""For each address that a cache answers."""
SECONDS_ANEW, CONNECTIONS_ANEW = 6, 2
"""For each address that is asked anew: plain Datasette takes most of a second for a table of 9,400 rows with facets."""
ABSENT = "wrk is not installed (apt-get install wrk): requests a second and p99 were not measured"

ANEW = """
local turn = 0
request = function()
  turn = turn + 1
  return wrk.format("GET", wrk.path .. (wrk.path:find("?", 1, true) and "&" or "?") .. "_ttl=" .. turn)
end
"""
"""Every request under a new address: nothing is answered from a cache."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a server stood: requests a second, and the time that 99 of 100 answers took at most, as wrk writes it."""

    rate: float
    p99: str

    def __str__(self) -> str:
        return f"{self.rate:,.{0 if self.rate >= 100 else 1}f}/s, p99 {self.p99}" if self.p99 else "no answer in time"


def is_possible() -> bool:
    """Whether wrk is there."""
    return shutil.which("wrk") is not None


def load(port: int, address: str, *, anew: bool = False) -> Load:
    """Ask one address for some seconds. Raises `ValueError` where any answer failed."""
    seconds, connections = (SECONDS_ANEW, CONNECTIONS_ANEW) if anew else (SECONDS, CONNECTIONS)
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "20s"]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        if anew:
            script = Path(folder) / "anew.lua"
            script.write_text(ANEW, encoding="utf-8")
            command += ["-s", str(script)]
        command += ["-H", "Accept-Encoding: gzip", f"http://127.0.0.1:{port}{address}"]
        told = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 40, check=True).stdout  # noqa: S603
    return read(told, seconds)


def read(told: str, seconds: int) -> Load:
    """From what wrk prints; one request in the whole time, without a p99, where there was none. Raises `ValueError`
    where it measured faults."""
    rate = re.search(r"Requests/sec:\s*([\d.]+)", told)
    late = re.search(r"99%\s+(\S+)", told)
    if rate is None or late is None or "Non-2xx" in told or "Socket errors" in told:
        raise ValueError(f"wrk did not measure: {told}")
    if float(rate[1]) == 0:
        return Load(1 / seconds, "")
    return Load(float(rate[1]), late[1])
