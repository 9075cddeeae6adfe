"""What cannot run on this machine is skipped and named at the end, or has failed (`tests.machine`)."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import settings

from kb import reading
from tests import machine

# The same examples on every machine: a run that fails can be run again.
settings.register_profile("same", derandomize=True, database=None)
settings.load_profile("same")

Outcome = Generator[None, Any, Any]


@pytest.fixture(autouse=True)
def _roomy_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers that a test starts begin with all that other tests have loaded; those of a fresh process show the
    limit."""
    monkeypatch.setattr(reading, "MEMORY", 8 << 30)


def pytest_report_header() -> list[str]:
    """What this machine lacks, before anything runs."""
    return [f"this machine: {need.reason}" for need in machine.missing()]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what cannot run."""
    for item in items:
        reason = machine.why_not(item.nodeid)
        if reason is not None:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Outcome:
    """Where everything must run, a test that was skipped has failed; one that fails as expected has not."""
    report = yield
    if machine.MUST_RUN_ALL and report.skipped and not hasattr(report, "wasxfail"):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Outcome:
    """The same for a module that skips itself as a whole."""
    report = yield
    if machine.MUST_RUN_ALL and report.outcome == "skipped":
        _fail(report)
    return report


def _fail(report: Any) -> None:
    report.outcome = "failed"
    report.longrepr = f"KB_REQUIRE_ALL=1, but skipped: {_reason(report)}"


def _reason(report: Any) -> str:
    """Why a test was skipped: pytest gives file, line and reason."""
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    return str(report.longrepr)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that were not run, by reason, and the packages that would let them."""
    by_reason: dict[str, dict[str, None]] = {}
    for report in terminalreporter.stats.get("skipped", ()):
        by_reason.setdefault(_reason(report), {})[report.nodeid.partition("[")[0]] = None
    if not by_reason:
        return
    terminalreporter.section("not run on this machine")
    for reason, tests in sorted(by_reason.items()):
        terminalreporter.write_line(f"{reason}:")
        for test in tests:
            terminalreporter.write_line(f"    {test}")
    packages = list(dict.fromkeys(p for need in machine.missing() for p in need.packages))
    if packages:
        terminalreporter.write_line(f"To run more: apt-get install {' '.join(packages)}")
