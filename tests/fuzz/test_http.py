"""Every address of the service, asked as its OpenAPI document says and as it does not, by schemathesis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import ServiceSettings
from graph.target import Target
from tests.conftest import served
from tests.contract.fuzz import schemathesis
from tests.fuzz.counted import COUNTED, INPUTS

# no 5xx but 503 and 504, and nothing that the document does not say: statuses, media types, forms of answers
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
CASES = max(10, INPUTS // 500)
IDS = ("HGNC:6018", "MONDO:0005178", "mscev:msc-ev", "nope", "")
VALUES = {
    **dict.fromkeys(("focus[*]", "focus", "id", "id[*]"), IDS),
    "name": ("svg", "html", "json", "png", "gif"),
    "view": ("overview", "covid-19", "nope"),
    "format_name": ("csv", "kgx-tsv", "bibtex", "nope"),
    "database": ("neo4j", "other"),
    "statement": ("RETURN 1 AS one", "MATCH (n:Entity) RETURN n.id LIMIT 3", "CREATE (n)", "RETURN 1/0", "x"),
    "query": ("{ graph { release } }", "{ nope }", "query($id: ID!) { entity(id: $id) { id } }"),
    "kind": ("DISEASE", "Disease", "nope"),
    "theme": ("light", "dark", "pink"),
}


@pytest.fixture
def url(target: Target, tmp_path: Path) -> Iterator[str]:
    with served(create_app(target, ServiceSettings(reviews=tmp_path / "reviews"))) as found:
        yield found


@pytest.mark.usefixtures("loaded")
@pytest.mark.tools  # a minute
def test_every_address_answers_as_its_document_says(url: str, tmp_path: Path) -> None:
    run = schemathesis(
        f"{url}/openapi.json", tmp_path, CASES, VALUES, checks=CHECKS, phases=("coverage", "fuzzing")
    )
    print(run.figures)  # noqa: T201 - `make fuzz` shows it
    COUNTED["HTTP: OpenAPI"] += run.figures["cases"]
    assert not run.failures, run.output
    assert run.figures["fields"] >= 23, run.output
    assert run.figures["cases"] >= CASES * 10, run.output
