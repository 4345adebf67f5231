"""The end of `make fuzz`: how many inputs there were, by area; too few of them fail it."""

from __future__ import annotations

import pytest

from tests.fuzz.counted import COUNTED, INPUTS


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a whole run that had fewer inputs than it was to have."""
    whole = not session.config.getoption("keyword") and not session.config.getoption("maxfail")
    if INPUTS and whole and exitstatus == pytest.ExitCode.OK and COUNTED.total() < INPUTS:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the inputs by area, in a long run."""
    if not INPUTS:
        return
    terminalreporter.section("inputs")
    for area, number in sorted(COUNTED.items()):
        terminalreporter.write_line(f"{area:<28}{number:>10,}")
    terminalreporter.write_line(f"{'all':<28}{COUNTED.total():>10,}   (asked for: {INPUTS:,})")
