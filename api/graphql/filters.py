"""Filters as conditions: one row of a table for each field of a filter input."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from api.graphql.inputs import ArgumentError, Given
from graph.cypher.lucene import FIELDS, containing_query, finds_exactly
from graph.query import (
    EVERYTHING,
    NOTHING,
    AnyElement,
    Compare,
    Condition,
    Every,
    Linked,
    Negation,
    Op,
    Quantifier,
    Some,
)
from schema.errors import InvalidQuery

Test = Callable[[str, Given], Condition]
Inner = Callable[[str, Given], Condition]
Words = Callable[[str], Sequence[str]]

MAX_WORDS = 20
_OPS = {
    "eq": Op.EQ,
    "in": Op.IN,
    "prefix": Op.PREFIX,
    "contains": Op.CONTAINS,
    "words": Op.WORDS,
    "lt": Op.LT,
    "lte": Op.LTE,
    "gt": Op.GT,
    "gte": Op.GTE,
}


def condition_of(type_: str, given: Given | None) -> Condition:
    """Return a filter input of a type as a condition; nothing given holds for everything."""
    if given is None or given.value is None:
        return EVERYTHING
    parts = [_part(type_, name, part) for name, part in _fields(given).items()]
    return Every(tuple(parts))


def without_role(given: Given | None) -> tuple[Given | None, Given | None]:
    """Return `role` of a claims filter, and the filter without it."""
    if given is None or given.fields is None or "role" not in given.fields:
        return None, given
    rest = {name: part for name, part in given.fields.items() if name != "role"}
    return given.fields["role"], Given(given.node, rest, fields=rest)


def _part(type_: str, name: str, part: Given) -> Condition:
    _require(name, part)
    match name:
        case "and":
            return Every(tuple(condition_of(type_, one) for one in part.items or ()))
        case "or":
            return Some(tuple(condition_of(type_, one) for one in part.items or ()))
        case "not":
            return Negation(condition_of(type_, part))
        case "role":
            problem = (
                "role belongs at the top of the filter of an entity's claims; use subject, object or context"
            )
            raise ArgumentError(InvalidQuery(problem), part.node)
        case _:
            return TESTS[type_][name](name, part)


def _fields(given: Given) -> Mapping[str, Given]:
    assert given.fields is not None, given  # noqa: S101 - the schema makes it an input object
    return given.fields


def _require(name: str, part: Given) -> None:
    if part.value is None:
        raise ArgumentError(
            InvalidQuery(f"{name}: null is not a test; leave the field out, or use not", field=name),
            part.node,
        )


def _tests(name: str, given: Given, **special: Op) -> list[tuple[Op, object]]:
    tests: list[tuple[Op, object]] = []
    for word, part in _fields(given).items():
        _require(f"{name}.{word}", part)
        op = special.get(word, _OPS[word])
        then = words_of if op is Op.WORDS else tuple if op is Op.IN else None
        tests.append((op, part.dynamic(then)))
    return tests


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, in lower case, each once; `InvalidQuery` for too many."""
    words = tuple(dict.fromkeys(text.lower().split()))
    if len(words) > MAX_WORDS:
        raise InvalidQuery(f"words: {len(words)} are not allowed; {MAX_WORDS} at most", given=len(words))
    return words


def _field(stored: str | None = None, **special: Op) -> Test:
    """Test a field of the element itself."""

    def test(name: str, given: Given) -> Condition:
        field = stored or name
        return Every(tuple(Compare(field, op, value) for op, value in _tests(name, given, **special)))

    return test


def _searched(*fields: str) -> Test:
    """Test a text that a full-text index holds: it finds what may fit before the text itself is looked at."""

    def test(name: str, given: Given) -> Condition:
        tests = zip(_tests(name, given), _fields(given).values(), strict=True)
        return Every(tuple(_indexed(name, op, value, part, fields) for (op, value), part in tests))

    return test


def _indexed(name: str, op: Op, value: object, given: Given, fields: Sequence[str]) -> Compare:
    """Return a test with the full-text query that finds what fits, where it is one of words."""
    words = _WORDS.get(op)
    if words is None:
        return Compare(name, op, value)
    found_by = given.dynamic(lambda text: containing_query(words(text), fields))
    exactly = op is not Op.PREFIX and given.dynamic(lambda text: finds_exactly(words(text)))
    return Compare(name, op, value, found_by, exactly)


def _alone(text: str) -> Sequence[str]:
    return (text,)


# What a text must contain for each of these tests to hold.
_WORDS: Mapping[Op, Words] = {Op.PREFIX: _alone, Op.CONTAINS: _alone, Op.WORDS: words_of}


def _id(stored: str = "id") -> Test:
    return _field(stored, prefix=Op.STARTS)


def _element(stored: str) -> Test:
    """Test the elements of a list: one must fit every test."""

    def test(name: str, given: Given) -> Condition:
        tests = tuple(_tests(name, given, prefix=Op.STARTS))
        return AnyElement(stored, tests) if tests else EVERYTHING

    return test


def _some(link: str, inner: Inner) -> Test:
    """Test what is linked: one must fit every test."""
    return lambda name, given: (
        Linked(link, Quantifier.SOME, inner(name, given)) if _fields(given) else EVERYTHING
    )


def _filter(type_: str) -> Inner:
    return lambda _, given: condition_of(type_, given)


def _quantified(link: str, type_: str) -> Test:
    def test(name: str, given: Given) -> Condition:
        parts = []
        for word, part in _fields(given).items():
            _require(f"{name}.{word}", part)
            parts.append(Linked(link, Quantifier(word), condition_of(type_, part)))
        return Every(tuple(parts))

    return test


def _text(_: str, given: Given) -> Condition:
    return _indexed("text", Op.WORDS, given.dynamic(words_of), given, FIELDS)


def _under(_: str, given: Given) -> Condition:
    return Linked("under", Quantifier.SOME, Compare("id", Op.EQ, given.dynamic()))


# of a stored range and a given end: what must hold; None: an open end is fitted by nothing
_RANGES: Mapping[str, tuple[tuple[str, str, Op], ...]] = {
    "covers": (("min", "low", Op.LTE), ("max", "high", Op.GTE)),
    "overlaps": (("min", "high", Op.GTE), ("max", "low", Op.LTE)),
    "within": (("min", "low", Op.GTE), ("max", "high", Op.LTE)),
}


def _range(low: str, high: str) -> Test:
    def test(name: str, given: Given) -> Condition:
        bounds = {"low": low, "high": high}
        if not _fields(given):
            return EVERYTHING
        # an unknown bound fits nothing, whatever is asked
        parts: list[Condition] = [Compare(bound, Op.KNOWN, None) for bound in (low, high)]
        for word, part in _fields(given).items():
            _require(f"{name}.{word}", part)
            ends = _fields(part)
            for end, side, op in _RANGES[word]:
                if end in ends:
                    _require(f"{name}.{word}.{end}", ends[end])
                    parts.append(Compare(bounds[side], op, ends[end].dynamic(float)))
                elif word == "covers":
                    parts.append(NOTHING)
        return Every(tuple(parts))

    return test


def _context_role(name: str, given: Given) -> Condition:
    parts = []
    for role, part in _fields(given).items():
        _require(f"{name}.{role}", part)
        parts.append(_some(role, _id())(role, part))
    return Every(tuple(parts))


def _through_reference(name: str, given: Given) -> Condition:
    return Linked("reference", Quantifier.SOME, _field()(name, given))


_CLAIMS = _quantified("claims", "ClaimFilter")

TESTS: Mapping[str, Mapping[str, Test]] = {
    "EntityFilter": {
        "id": _id(),
        "name": _searched("name"),
        "text": _text,
        "kind": _field(),
        "category": _field(),
        "mapping": _some("exactMappings", _id()),
        "under": _under,
        "minDiameterNm": _field(),
        "maxDiameterNm": _field(),
        "diameterNm": _range("minDiameterNm", "maxDiameterNm"),
        "operationalClass": _element("operationalClasses"),
        "claims": _CLAIMS,
    },
    "ClaimFilter": {
        **dict.fromkeys(("predicate", "direction", "negated", "certainty", "evidenceLevel"), _field()),
        **dict.fromkeys(("status", "cited", "knowledgeLevel", "agentType", "rule", "score"), _field()),
        "reviewer": _id("reviewer"),
        "id": _id(),
        "statement": _searched("statement"),
        "article": _id("article"),
        "subject": _some("subject", _id()),
        "object": _some("object", _id()),
        "subjectEntity": _some("subject", _filter("EntityFilter")),
        "objectEntity": _some("object", _filter("EntityFilter")),
        "mechanism": _some("mechanisms", _id()),
        "context": _some("parts", _some("entity", _id())),
        "contextRole": _context_role,
        "marker": _some("citations", _field()),
        "concern": _some("citations", _element("concerns")),
        "doi": _some("citations", _through_reference),
        "pmid": _some("citations", _through_reference),
        "section": _some("evidence", _field()),
        "verified": _some("evidence", _field()),
        "evidence": _quantified("evidence", "EvidenceFilter"),
        "citations": _quantified("citations", "CitationFilter"),
    },
    "EvidenceFilter": {
        **dict.fromkeys(("section", "paragraph", "sentence", "page", "verified"), _field()),
        "article": _id("article"),
    },
    "CitationFilter": {
        **dict.fromkeys(("label", "marker", "status", "confidence"), _field()),
        "concern": _element("concerns"),
        **dict.fromkeys(("doi", "pmid", "year"), _through_reference),
    },
    "RelationFilter": {
        **dict.fromkeys(("predicate", "direction"), _field()),
        "id": _id(),
        "subject": _some("subject", _id()),
        "object": _some("object", _id()),
        "subjectEntity": _some("subject", _filter("EntityFilter")),
        "objectEntity": _some("object", _filter("EntityFilter")),
        "source": _element("sources"),
        "publication": _element("publications"),
        "claims": _CLAIMS,
    },
    "ReferenceFilter": {
        **dict.fromkeys(("doi", "pmid", "pmcid", "title", "journal", "year"), _field()),
        "id": _id(),
        "article": _id("article"),
        "claims": _CLAIMS,
    },
}
