from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.text import ELLIPSIS, one_line, plain, shorten, width, wrap

DAY = dt.date(2026, 11, 23)


class Neo4jDate:
    def iso_format(self) -> str:
        return "2026-11-23"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (0, "0"),
        (False, "False"),
        (DAY, "2026-11-23"),
        (Neo4jDate(), "2026-11-23"),
        (float("nan"), "not a number"),
        (float("inf"), "infinite"),
        (b"\x00\xff", "00ff"),
        ("a\ud800b", "a?b"),
        ("κ", "κ"),
    ],
)
def test_any_value_becomes_text(value: object, text: str) -> None:
    assert plain(value) == text


def test_white_space_and_control_characters_become_one_space() -> None:
    assert one_line(" a\n\tb\x00\x1bc\xa0 d ") == "a b c d"


@given(st.text(max_size=80), st.sampled_from((16.0, 24.0)), st.integers(1, 3))
def test_no_line_is_wider_than_allowed(text: str, size: float, lines: int) -> None:
    limit = 7 * size
    wrapped = wrap(text, size, limit, lines)
    assert 1 <= len(wrapped) <= lines
    assert all(width(line, size) <= limit for line in wrapped)


@given(st.text(alphabet="abc -/", max_size=60))
def test_wrapping_keeps_every_character_that_fits(text: str) -> None:
    wrapped = wrap(text, 16, 10_000, 2)
    assert "".join(wrapped) == one_line(text)


def test_lines_are_even() -> None:
    assert wrap("tumor necrosis factor", 24, 190, 2) == ("tumor necrosis", "factor")
    assert wrap("cell growth in bone", 24, 190, 2) == ("cell growth", "in bone")


def test_what_is_cut_ends_in_an_ellipsis_and_never_inside_a_letter() -> None:
    assert shorten("interleukin", 16, 50).endswith(ELLIPSIS)
    assert shorten("e\u0301" * 20, 16, 60).count("\u0301") == shorten("e\u0301" * 20, 16, 60).count("e")


def test_wide_scripts_are_wide() -> None:
    assert width("間葉", 16) > 2 * 15
    assert width("κ", 16) < 12
