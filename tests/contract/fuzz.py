"""Run schemathesis against GraphQL or OpenAPI of a service, with values at random and known ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# not_a_server_error: no 5xx, and no GraphQL error that the service does not blame on the query;
# response_schema_conformance: JSON, and no null where the schema has none; negative_data_rejection: as named.
CHECKS = ("not_a_server_error", "response_schema_conformance", "negative_data_rejection")
QUIET = ("--no-color", "--warnings=off", "--generation-database=none", "--output-truncate=false")
PATIENT = ("--suppress-health-check=all", "--request-timeout=60")  # a busy machine is no finding


@dataclass(frozen=True, slots=True)
class Run:
    """What one run reported, and its output for people."""

    report: dict[str, Any]
    output: str

    @property
    def failures(self) -> list[str]:
        """What was found, by name; the output has the queries."""
        return [one.get("title", str(one)) for one in (*self.report["failures"], *self.report["errors"])]

    @property
    def figures(self) -> dict[str, int]:
        """What was sent, and how the service took it."""
        rates = [rate for phases in self.report["valid_rates"].values() for rate in phases.values()]
        return {
            "fields": self.report["operations"]["tested"],
            "cases": self.report["test_cases"]["generated"],
            "well-formed and answered": sum(rate["accepted"] for rate in rates),
            "well-formed and refused": sum(rate["rejected"] for rate in rates),
            "failures": len(self.failures),
            "seconds": round(self.report["running_time"]),
        }


def config(values: Mapping[str, Sequence[str | int]]) -> str:
    """Return schemathesis settings by which arguments, by name, mostly get values that are there.

    503 and 504 are documented answers of a service whose database is busy.
    """
    tables = ["[checks.not_a_server_error]", 'expected-statuses = ["2xx", "3xx", "4xx", 503, 504]']
    for name, those in values.items():
        tables += [f'[dictionaries."{name}"]', f"values = {json.dumps(list(those), ensure_ascii=False)}"]
        tables += [f'[parameters."*.*.{name}"]', f'dictionary = "{name}"', "probability = 0.8"]
    return "\n".join(tables) + "\n"


def schemathesis(
    url: str,
    folder: Path,
    cases: int,
    values: Mapping[str, Sequence[str | int]],
    *,
    seed: int = 1,
    checks: Sequence[str] = CHECKS,
    phases: Sequence[str] = ("fuzzing",),
) -> Run:
    """Fuzz every root field or address; what is written goes into the folder, only the URL is asked."""
    settings, report = folder / "schemathesis.toml", folder / "report.json"
    settings.write_text(config(values), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "schemathesis"), f"--config-file={settings}", "run", url]
    command += [
        f"--seed={seed}",
        f"--max-examples={cases}",
        f"--checks={','.join(checks)}",
        f"--phases={','.join(phases)}",
    ]
    command += [*QUIET, *PATIENT, "--report=json", f"--report-json-path={report}"]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert report.exists(), f"schemathesis did not run:\n{done.stdout}\n{done.stderr}"
    return Run(json.loads(report.read_bytes()), done.stdout)
