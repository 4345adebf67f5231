from __future__ import annotations

import pytest

from views.theme import PALETTES


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", PALETTES)
def test_text_has_7_to_1_and_lines_3_to_1(name: str) -> None:
    theme = PALETTES[name]
    for ground in (theme.ground, theme.panel):
        assert contrast(theme.text, ground) >= 7
        assert contrast(theme.muted, ground) >= 7
        assert contrast(theme.link, ground) >= 7
        assert contrast(theme.line, ground) >= 3
        assert contrast(theme.mark, ground) >= 3
    assert contrast(theme.border, theme.ground) >= 3
    assert all(contrast(colour, theme.ground) >= 3 for colour in theme.edges.values())
