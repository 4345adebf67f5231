"""Figures of many numbers: percentiles, the slope of a line, and the time until it is as before."""

from __future__ import annotations

from collections.abc import Sequence

WINDOW = 2.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of values does not exceed; 0 for no values."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-round(share * 1000) * len(ordered) // 1000) - 1))]


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of the line of least squares through points; 0 for fewer than two."""
    if len(points) < 2:
        return 0.0
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0


def recovery(moments: Sequence[tuple[float, float]], end: float, bound: float) -> float | None:
    """Return the seconds after `end` until p99 of two windows of two seconds in a row keeps to a bound.

    `moments` are (when answered, after how long); None where that never is.
    """
    windows: dict[int, list[float]] = {}
    for when, seconds in moments:
        if when >= end:
            windows.setdefault(int((when - end) // WINDOW), []).append(seconds)
    good = {number for number, values in windows.items() if percentile(values, 0.99) <= bound}
    return next((WINDOW * number for number in sorted(good) if number + 1 in good), None)
