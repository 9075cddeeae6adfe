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

SECONDS = 4
"""For each address."""
CONNECTIONS = 8
ABSENT = "wrk is not installed (apt-get install wrk): requests a second and p99 were not measured"

ANEW = """
local turn = 0
request = function()
  turn = turn + 1
  return wrk.format("GET", wrk.path .. (wrk.path:find("?", 1, true) and "&" or "?") .. "_x=" .. turn)
end
"""
"""Every request under a new address: nothing is answered from a cache."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a server stood: requests a second, and the time that 99 of 100 answers took at most, as wrk writes it."""

    rate: float
    p99: str

    def __str__(self) -> str:
        return f"{self.rate:,.0f}/s, p99 {self.p99}"


def is_possible() -> bool:
    """Whether wrk is there."""
    return shutil.which("wrk") is not None


def load(port: int, address: str, *, anew: bool = False, seconds: int = SECONDS) -> Load:
    """Ask one address for some seconds. Raises `ValueError` where any answer failed."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "--timeout", "20s"]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        if anew:
            script = Path(folder) / "anew.lua"
            script.write_text(ANEW, encoding="utf-8")
            command += ["-s", str(script)]
        command += ["-H", "Accept-Encoding: gzip", f"http://127.0.0.1:{port}{address}"]
        told = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 40, check=True).stdout  # noqa: S603
    return read(told)


def read(told: str) -> Load:
    """From what wrk prints. Raises `ValueError` where it measured nothing, or faults."""
    rate = re.search(r"Requests/sec:\s*([\d.]+)", told)
    late = re.search(r"99%\s+(\S+)", told)
    if rate is None or late is None or float(rate[1]) == 0 or "Non-2xx" in told or "Socket errors" in told:
        raise ValueError(f"wrk did not measure: {told}")
    return Load(float(rate[1]), late[1])
