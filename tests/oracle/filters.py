"""Filter inputs as tests of Python values. A test of a missing value does not hold; `not` of it holds."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from schema.enums import MappingMatch
from schema.records import Claim, Entity, Reference, Sentence
from tests.oracle.graph import Graph
from tests.oracle.pages import Refused

Given = Mapping[str, Any]
Test = Callable[[Any], bool]
Values = Callable[[Any], Iterable[Any]]

# `idPrefix` is `prefix` of an IDFilter, where the case counts: see tests/oracle/answers.py.
OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "in": lambda value, given: value in given,
    "idPrefix": str.startswith,
    "prefix": lambda value, given: value.lower().startswith(given.lower()),
    "contains": lambda value, given: given.lower() in value.lower(),
    "words": lambda value, given: all(word in value.lower() for word in given.lower().split()),
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}


class Filters:
    """Filters over one graph; `test` checks a filter at once and holds things against it later."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        # What a field with operators tests, where it is not the attribute of its name: the linked values.
        self._values: Mapping[str, Mapping[str, Values]] = {
            "EntityFilter": {
                "mapping": lambda e: [m.id for m in e.mappings if m.match is MappingMatch.EXACT],
                "minDiameterNm": lambda e: [number_of(e, "minDiameterNm")],
                "maxDiameterNm": lambda e: [number_of(e, "maxDiameterNm")],
                "operationalClass": lambda e: dict(e.properties).get("operationalClasses", ()),
            },
            "ClaimFilter": {
                "mechanism": lambda c: c.mechanisms,
                "context": lambda c: [id_ for _, id_ in c.context.roles],
                "cited": lambda c: [bool(c.citations)],
                "concern": lambda c: [concern for row in graph.cited[c.id] for concern in row["concerns"]],
                "marker": lambda c: [row["marker"] for row in graph.cited[c.id]],
                "doi": lambda c: [r.doi for r in self._references(c)],
                "pmid": lambda c: [r.pmid for r in self._references(c)],
                "section": lambda c: [self.section(s) for s in self.evidence(c)],
                "verified": lambda c: [bool(s.verified) for s in self.evidence(c)],
            },
            "EvidenceFilter": {
                "section": lambda s: [self.section(s)],
                "paragraph": lambda s: [s.block],
                "verified": lambda s: [bool(s.verified)],
            },
            "CitationFilter": {
                "concern": lambda row: row["concerns"],
                **{name: _of_reference(name) for name in ("doi", "pmid", "year")},
            },
            "RelationFilter": {
                "subject": lambda r: [r.subject.id],
                "object": lambda r: [r.object.id],
                "source": lambda r: r.sources,
                "publication": lambda r: r.publications,
            },
        }

    def values(self, type_: str, name: str) -> Values:
        """What a field with operators tests: one of these must fit all of them."""
        return self._values.get(type_, {}).get(name) or (lambda thing: [read(thing, name)])

    def evidence(self, claim: Claim) -> list[Sentence]:
        return [self.graph.sentences[claim.article, claim.block, claim.sentence]]

    def section(self, sentence: Sentence) -> str:
        return self.graph.sections[sentence.article, sentence.section].title

    def _references(self, claim: Claim) -> list[Reference]:
        return [row["reference"] for row in self.graph.cited[claim.id] if row["reference"]]

    def test(self, type_: str, given: Given | None) -> Test:
        """Make a test of a filter; `Refused` where it holds a null or a role that nothing plays."""
        parts = [self._field(type_, name, value) for name, value in _tests(given or {})]
        known: dict[int, bool] = {}  # everything tested lives as long as the graph, so that `id` names it

        def holds(thing: Any) -> bool:
            if id(thing) not in known:
                known[id(thing)] = all(part(thing) for part in parts)
            return known[id(thing)]

        return holds

    def _field(self, type_: str, name: str, given: Any) -> Test:
        match name:
            case "and" | "or":
                tests = [self.test(type_, part) for part in given]
                joined = all if name == "and" else any
                return lambda thing: joined(test(thing) for test in tests)
            case "not":
                test = self.test(type_, given)
                return lambda thing: not test(thing)
            case "subjectEntity" | "objectEntity":
                test, end = self.test("EntityFilter", given), name.removesuffix("Entity")
                return lambda thing: test(self._end(getattr(thing, end)))
            case "role":
                raise Refused("role: there is no entity here to play it")
            case "text":
                return lambda entity: _has_words(entity, given)
            case "under":
                return lambda entity: any(
                    one.id == given for one in (entity, *self.graph.lineage(entity, self.graph.parents))
                )
            case "diameterNm":
                return _ranges(given)
            case "contextRole":
                roles = [_operators(_in_role(role), test) for role, test in _tests(given)]
                return lambda claim: all(test(claim) for test in roles)
            case "claims" | "evidence" | "citations":
                linked = [self._quantifier(type_, name, word, filter_) for word, filter_ in _tests(given)]
                return lambda thing: all(test(thing) for test in linked)
        return _operators(self.values(type_, name), given)

    def _end(self, end: Entity | str) -> Entity:
        return self.graph.entities[end] if isinstance(end, str) else end

    def _quantifier(self, type_: str, name: str, word: str, given: Given) -> Test:
        roles, given = roles_of(given) if type_ == "EntityFilter" else ([], given)
        links: Mapping[tuple[str, str], Values] = {
            ("EntityFilter", "claims"): lambda entity: self.graph.claims_of(entity, roles),
            ("RelationFilter", "claims"): lambda relation: relation.claims,
            ("ReferenceFilter", "claims"): lambda reference: self.graph.resting[reference.id],
            ("ClaimFilter", "evidence"): self.evidence,
            ("ClaimFilter", "citations"): lambda claim: self.graph.cited[claim.id],
        }
        linked = links[type_, name]
        test = self.test(f"{name.removesuffix('s').capitalize()}Filter", given)
        if word == "every":
            return lambda thing: all(map(test, linked(thing)))
        return lambda thing: any(map(test, linked(thing))) is (word == "some")


def roles_of(given: Given | None) -> tuple[list[str], Given]:
    """The roles that a filter of an entity's claims names, and the filter without them."""
    rest = dict(given or {})
    roles = rest.pop("role", ["SUBJECT", "OBJECT"])
    if not roles:
        raise Refused("role: name at least one role, or leave it out")
    return roles, rest


def number_of(entity: Entity, name: str) -> float | None:
    value = dict(entity.properties).get(name)
    return float(value) if isinstance(value, int | float) else None


def read(thing: Any, name: str) -> Any:
    """A key of a row, or the attribute of a record that has the name of a GraphQL field."""
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, _attribute(name))


@cache
def _attribute(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name)


def _tests(given: Given) -> Iterable[tuple[str, Any]]:
    for name, value in given.items():
        if value is None:
            raise Refused(f"{name}: null is not a test")
        yield name, value


def _operators(values: Values, given: Given) -> Test:
    """Hold where one of the values fits every operator; without operators, always."""
    tests = [(OPERATORS[name], wanted) for name, wanted in _tests(given)]

    def fits(value: Any) -> bool:
        return value is not None and all(holds(value, wanted) for holds, wanted in tests)

    return lambda thing: not tests or any(map(fits, values(thing)))


def _ranges(given: Given) -> Test:
    wanted = [(name, dict(_tests(ends))) for name, ends in _tests(given)]

    def holds(entity: Entity) -> bool:
        low, high = number_of(entity, "minDiameterNm"), number_of(entity, "maxDiameterNm")
        if low is None or high is None:
            return not wanted
        return all(_fits(name, low, high, ends.get("min"), ends.get("max")) for name, ends in wanted)

    return holds


def _fits(name: str, low: float, high: float, least: float | None, most: float | None) -> bool:
    if name == "covers":
        return least is not None and most is not None and low <= least and high >= most
    if name == "overlaps":
        return (most is None or low <= most) and (least is None or high >= least)
    return (least is None or low >= least) and (most is None or high <= most)


def _has_words(entity: Entity, words: str) -> bool:
    texts = [entity.name, *entity.synonyms, *entity.as_written, entity.description or ""]
    return all(any(word in text.lower() for text in texts) for word in words.lower().split())


def _of_reference(name: str) -> Values:
    return lambda row: [getattr(row["reference"], name, None)]


def _in_role(role: str) -> Values:
    return lambda claim: [id_ for played, id_ in claim.context.roles if played.value == role]
