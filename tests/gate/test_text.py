"""What the text alone decides, without a Neo4j."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.gate.lexer import tokens
from graph.gate.text import MAX_DEPTH, MAX_LENGTH, as_of_text, examine
from schema.errors import LimitExceeded, StatementRefused
from tests.gate.statements import FETCHES, READS

NEVER = [
    "LOAD CSV FROM 'x' AS y RETURN y",
    "SHOW USERS",
    "TERMINATE TRANSACTION 'a'",
    "USE system RETURN 1",
    "CALL dbms.listConfig()",
    "CALL `dbms`.listConfig()",
    "RETURN file()",
    "RETURN apoc.load.json('x')",
]
SEPARATORS = ["/**/", "/* a */", "// a\n", " ", "\n", "\t", " /*'*/ ", ' /*"*/ ', "/*`*/"]


@pytest.mark.parametrize("text", READS)
def test_a_read_passes(text: str) -> None:
    examine(text)


@pytest.mark.parametrize("text", FETCHES)
def test_what_fetches_does_not_pass(text: str) -> None:
    with pytest.raises(StatementRefused):
        examine(text.format(url="http://127.0.0.1:1/"))


@given(
    st.sampled_from(READS),
    st.sampled_from(NEVER),
    st.sampled_from(SEPARATORS),
    st.sampled_from(SEPARATORS),
    st.data(),
)
def test_what_is_refused_is_refused_behind_and_between_anything(
    read: str, never: str, first: str, second: str, data: st.DataObject
) -> None:
    words = never.split(" ")
    spaced = [word if data.draw(st.booleans()) else word.lower() for word in words]
    # a line break ends a comment at the end of the read
    text = read.rstrip(";") + "\n" + first + "\nUNION " + second.join(spaced)
    with pytest.raises(StatementRefused):
        examine(text)


@given(st.text(), st.sampled_from(NEVER))
def test_a_string_does_not_hide_what_follows(inside: str, never: str) -> None:
    quoted = "'" + inside.replace("\\", "\\\\").replace("'", "\\'") + "'"
    with pytest.raises(StatementRefused):
        examine(f"RETURN {quoted} AS x UNION {never}")


@given(st.text(alphabet=st.sampled_from(list("abS '\"`\\/*\n.:(){}$;")), max_size=30), st.sampled_from(NEVER))
def test_no_beginning_hides_a_whole_statement(start: str, never: str) -> None:
    """What comes before may open a string, a name or a comment: then it must not be closed by chance."""
    text = f"{start} \n;\n {never}"
    try:
        examine(text)
    except (StatementRefused, LimitExceeded):
        return
    found = [token.text for token in tokens(text)]
    assert never.split(maxsplit=1)[0] not in found, text


def test_strings_and_comments_are_no_code() -> None:
    assert [t.text for t in tokens("a 'b ; \\' c' /* d */ `e ``f` // g\n h")] == [
        "a",
        "'b ; \\' c'",
        "e `f",
        "h",
    ]


@pytest.mark.parametrize(
    "escaped", ["\\u0041", "\\uu0041", "\\U00000041", "'\\u0027'", "`\\u0060`", "'\\\\u0041'"]
)
def test_no_escape_makes_an_ascii_character(escaped: str) -> None:
    with pytest.raises(StatementRefused, match="write the character itself"):
        examine(f"RETURN {escaped}")


@pytest.mark.parametrize("opened", ["'a", '"a', "`a", "/* a", "'a\\'", "RETURN 'a' + \"b"])
def test_nothing_is_left_open(opened: str) -> None:
    with pytest.raises(StatementRefused, match="opened and not closed"):
        examine(opened)


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u2028", "\u0085", "\x0b", "\x00", "\ue000", "\\"])
def test_what_cannot_be_seen_stands_in_strings_only(unseen: str) -> None:
    with pytest.raises(StatementRefused):
        examine(f"RETURN 1 {unseen} AS x")
    with pytest.raises(StatementRefused):
        examine(f"RETURN 1 // {unseen}")
    if unseen != "\\":
        examine(f"RETURN '{unseen}' AS x")


def test_size_and_depth_are_limited() -> None:
    with pytest.raises(LimitExceeded, match=f"allowed are {MAX_LENGTH}"):
        examine("RETURN 1 //" + "x" * MAX_LENGTH)
    examine("RETURN " + "[" * MAX_DEPTH + "]" * MAX_DEPTH)
    with pytest.raises(LimitExceeded, match=f"more than {MAX_DEPTH}"):
        examine("RETURN " + "(" * (MAX_DEPTH + 1))


@pytest.mark.parametrize(
    "text",
    [
        "RETURN reduce(a = 0, i IN range(1, 1000000000000) | a + i) AS x",
        "RETURN all(x IN range(1, $n) WHERE x > 0) AS x",
        "WITH 10 ^ 12 AS n RETURN size([x IN range(1, n) | x]) AS x",
        "RETURN size([x IN range(1, 100000 * 100000) | x]) AS x",
        "UNWIND [range(1, $n)] AS l RETURN any(x IN l WHERE x < 0) AS x",
        "UNWIND range(1, $n) + [] AS l RETURN l",
        "RETURN [x IN $l WHERE any(y IN $l WHERE all(z IN $l WHERE z = x))] AS x",
    ],
)
def test_no_expression_goes_on_for_ever(text: str) -> None:
    with pytest.raises(LimitExceeded):
        examine(text)


@pytest.mark.parametrize(
    "text",
    [
        "UNWIND range(1, $n) AS x RETURN x",
        "WITH [1, 2] AS l RETURN [i IN range(0, size(l) - 1) | l[i]] AS x",
        "MATCH p = (a)-->(b) RETURN [i IN range(0, length(p)) | i] AS x",
        "RETURN [x IN $l WHERE any(y IN x.l WHERE y > 1)] AS x, all(z IN $l WHERE z > 1) AS y",
    ],
)
def test_usual_iterations_pass(text: str) -> None:
    examine(text)


def test_places_are_those_of_the_text() -> None:
    said = "Invalid input (line 1, column 16 (offset: 15))"
    assert as_of_text(said) == "Invalid input (line 1, column 8 (offset: 7))"
    later = "Invalid input (line 2, column 3 (offset: 25))"
    assert as_of_text(later) == "Invalid input (line 2, column 3 (offset: 17))"


def test_a_refusal_names_what_is_not_allowed_and_what_is() -> None:
    with pytest.raises(StatementRefused) as raised:
        examine("CALL dbms.listConfig()")
    assert "dbms.listConfig" in raised.value.message
    assert "db.labels" in raised.value.message
    assert raised.value.code == "STATEMENT_REFUSED"
