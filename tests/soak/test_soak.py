"""The soak finds what it looks for: wrong answers, growth, slow recovery; and leaves what is well alone."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import replace

import orjson
import psutil
import pytest
from graphql import parse, validate

from api.graphql.schema import schema
from bench.soak.__main__ import COUNTS
from bench.soak.asks import GRAPHQL, Ask, Told, Wrong, graphql, told
from bench.soak.clients import Tally, code_of
from bench.soak.figures import percentile, recovery, slope
from bench.soak.flood import all_asks
from bench.soak.judge import Ended, faults
from bench.soak.known import Known
from bench.soak.watch import Watched
from bench.soak.wire import Reply


def test_percentiles() -> None:
    values = [float(number) for number in range(1, 101)]
    assert [percentile(values, share) for share in (0.5, 0.95, 0.99, 1)] == [50, 95, 99, 100]
    assert percentile([], 0.5) == 0
    assert percentile([7.0], 0.01) == 7


def test_the_slope_is_that_of_least_squares() -> None:
    assert slope([(0, 100), (1, 103), (2, 106)]) == pytest.approx(3)
    assert slope([(0, 1), (1, 3), (2, 2), (3, 4)]) == pytest.approx(0.8)
    assert slope([(1, 5)]) == slope([(1, 5), (1, 9)]) == 0


def test_recovery_is_two_good_windows_in_a_row() -> None:
    slow, fast = 9.0, 0.1
    moments = [(9.0, slow), (10.5, slow), (12.5, fast), (14.5, slow), (16.5, fast), (18.5, fast)]
    assert recovery(moments, 10.0, 1.0) == 6.0
    assert recovery(moments[:4], 10.0, 1.0) is None
    assert recovery([(10.5, fast), (12.5, fast)], 10.0, 1.0) == 0.0


ASK = graphql("x", "{ x }", {})


@pytest.fixture
def known() -> Known:
    return Known(
        {(GRAPHQL, "x"): {"aaa": "1", "bbb": "2"}, (GRAPHQL, "y"): {"aaa": "1", "bbb": "1"}},
        {"aaa": "one", "bbb": "two"},
    )


def test_every_document_is_one_that_the_service_answers() -> None:
    documents = [orjson.loads(ask.body)["query"] for ask in all_asks(1)[GRAPHQL]]
    assert len(documents) > 200
    for document in {COUNTS, *documents}:
        assert validate(schema(), parse(document)) == []


def test_an_answer_is_that_of_its_release(known: Known) -> None:
    known.check(ASK, Told("2", "bbb"), in_parts=False)
    for answer in (Told("1", "bbb"), Told("3", "aaa"), Told("1", "ccc"), Told("3", None)):
        with pytest.raises(Wrong):
            known.check(ASK, answer, in_parts=False)
    assert known.unjudged == 0
    assert known.depending() == 1


def test_a_half_loaded_graph_changes_only_what_depends_on_it(known: Known) -> None:
    known.check(ASK, Told("3", "ccc"), in_parts=True)
    assert known.unjudged == 1
    steady = replace(ASK, name="y")
    known.check(steady, Told("1", "ccc"), in_parts=True)
    with pytest.raises(Wrong):
        known.check(steady, Told("2", "ccc"), in_parts=True)
    with pytest.raises(Wrong):
        known.check(ASK, Told("1", "bbb"), in_parts=True)


def reply(body: object, status: int = 200) -> Reply:
    return Reply(status, {}, orjson.dumps(body), 0.1)


def test_what_an_answer_says() -> None:
    one = told(ASK, reply({"data": {"a": 1}, "extensions": {"release": "ab" * 32, "cost": 1}}))
    two = told(ASK, reply({"data": {"a": 1}, "extensions": {"release": "cd" * 32}}))
    assert one.digest == two.digest
    assert (one.release, two.release) == ("ab" * 6, "cd" * 6)
    with pytest.raises(Wrong):
        told(ASK, reply({"errors": [{"message": "no"}], "data": None}))
    page = Ask("page", "p", "GET", "/")
    made = [
        Reply(200, {}, b"Release <code>abcdefabcdef</code>, data of " + day, 0.1)
        for day in (b"2026-01-01", b"2026-01-02")
    ]
    assert {told(page, one) for one in made} == {told(page, made[0])}
    assert told(page, made[0]).release == "abcdefabcdef"


def test_refusals_are_told_from_errors_by_their_code() -> None:
    assert code_of(reply({"error": {"code": "AT_CAPACITY", "message": "x"}}, 503)) == "AT_CAPACITY"
    assert (
        code_of(reply({"errors": [{"extensions": {"code": "TOO_MANY_REQUESTS"}}]}, 429))
        == "TOO_MANY_REQUESTS"
    )
    assert code_of(reply({"errors": [{"code": "Neo", "reason": "AT_CAPACITY"}]}, 503)) == "AT_CAPACITY"
    assert code_of(Reply(502, {}, b"<html>", 0.1)) == "no JSON"


def watched(name: str, growth: float, descriptors: int) -> Watched:
    samples = [(minute / 4, 100 + growth * minute / 4, 20 + descriptors * minute) for minute in range(41)]
    return Watched(name, psutil.Process(), samples)


@pytest.fixture
def ended() -> Ended:
    good = Tally(seconds={GRAPHQL: array("d", [0.1] * 10_000)})
    return Ended(
        good,
        Tally(),
        {"errors": {}},
        2.0,
        [watched("service", 0.5, 0), watched("Neo4j", 1, 0)],
        10,
        [],
        {"release": "a", "claims": 3},
        {"release": "a", "claims": 3},
    )


def test_a_good_run_has_no_fault(ended: Ended) -> None:
    assert list(faults(ended)) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"after": {"release": "a", "claims": 4}}, "lost or doubled: claims was 3, is 4"),
        ({"failed_loads": ["load kgx: exit 1"]}, "load kgx"),
        ({"soak": Tally(wrong=["x"], seconds={GRAPHQL: array("d", [1.0])})}, "wrong answer"),
        (
            {"soak": Tally(errors=Counter({"503": 1}), seconds={GRAPHQL: array("d", [1.0] * 999)})},
            "error rate",
        ),
        ({"watched": [watched("service", 4, 0)]}, "memory of service"),
        ({"watched": [watched("Neo4j", 1, 2)]}, "descriptors of Neo4j"),
        ({"flood": {"errors": {"500 INTERNAL": 1}}}, "errors under overload"),
        ({"flooded": Tally(refused_after=[1.5])}, "refused late"),
        ({"recovery": None}, "back after None"),
        ({"recovery": 12.0}, "back after 12.0"),
    ],
)
def test_each_fault_is_told(ended: Ended, change: dict[str, object], words: str) -> None:
    (found,) = faults(replace(ended, **change))  # type: ignore[arg-type]
    assert words in found
