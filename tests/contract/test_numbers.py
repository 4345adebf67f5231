"""Numbers that no Int or Float holds are the caller's fault, wherever they stand."""

from __future__ import annotations

import httpx
import pytest

from tests.conftest import Service

pytestmark = pytest.mark.usefixtures("loaded")

PLACES = {
    "a page": "{ cytokines(first: NUMBER) { totalCount } }",
    "a nested page": "{ cytokines { edges { node { claims(first: NUMBER) { totalCount } } } } }",
    "an argument": "{ citation(marker: NUMBER) { id } }",
    "a filter": "{ entities(filter: {minDiameterNm: {gt: NUMBER}}) { totalCount } }",
    "a filter of whole numbers": "{ claims(filter: {marker: {in: [1, NUMBER]}}) { totalCount } }",
    "a range": "{ evSubtypes(filter: {diameterNm: {covers: {min: NUMBER, max: NUMBER}}}) { totalCount } }",
}
THEIRS = {"BAD_REQUEST", "BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED", "LIMIT_EXCEEDED"}


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1" + "0" * 400])
@pytest.mark.parametrize("place", PLACES)
def test_it_is_refused_in_the_query(service: Service, place: str, number: str) -> None:
    refused(service, f'{{"query": "{PLACES[place].replace("NUMBER", number)}"}}')


@pytest.mark.parametrize("number", ["2147483648", "-1e40", "1e400", "NaN"])
@pytest.mark.parametrize("place", ["a page", "a nested page"])
def test_it_is_refused_as_a_variable(service: Service, place: str, number: str) -> None:
    query = f"query ($n: Int) {PLACES[place].replace('NUMBER', '$n')}"
    refused(service, f'{{"query": "{query}", "variables": {{"n": {number}}}}}')


def refused(service: Service, body: str) -> None:
    """Send a body as it is; expect an error that is blamed on the caller."""
    answer = httpx.post(
        f"{service.url}/graphql", content=body, headers={"content-type": "application/json"}, timeout=60
    )
    assert answer.status_code in {200, 400}, answer.text
    codes = {error["extensions"]["code"] for error in answer.json()["errors"]}
    assert codes <= THEIRS, answer.text
