"""Nodes in layers: an order with few crossings, and places in that order near what they are linked to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, combinations

Layers = Sequence[Sequence[int]]
Links = Sequence[tuple[int, int]]

_SWEEPS = 24
_COUNTED = 300  # up to this many links crossings are counted; beyond, the length of the links decides
_ROUNDS = 16


def ordered(layers: Layers, links: Links) -> list[list[int]]:
    """Return each layer in the order found best by barycentre sweeps; ties keep the order given."""
    best = now = [list(layer) for layer in layers]
    near, least = _neighbours(layers, links), _cost(now, links)
    for sweep in range(_SWEEPS):
        now = [list(layer) for layer in now]
        ways = range(len(now)) if sweep % 2 == 0 else range(len(now) - 1, -1, -1)
        for layer in ways:
            at = _ranks(now)
            now[layer].sort(key=lambda i: (_mean(near[i], at, at[i]), at[i]))
        cost = _cost(now, links)
        if cost < least:
            best, least = now, cost
    return best


def spread_out(
    layers: Layers,
    links: Links,
    gaps: Sequence[Sequence[float]],
    ends: Sequence[tuple[float, float]],
) -> dict[int, float]:
    """Return where each node stands along its layer: between the layer's ends, near its neighbours.

    `gaps` are the least distances between one node of a layer and the next.
    """
    near = _neighbours(layers, links)
    at: dict[int, float] = {}
    for layer, (low, high) in zip(layers, ends, strict=True):
        step = (high - low) / len(layer)
        at |= {i: low + (rank + 0.5) * step for rank, i in enumerate(layer)}
    for turn in range(_ROUNDS):
        ways = range(len(layers)) if turn % 2 == 0 else range(len(layers) - 1, -1, -1)
        for k in ways:
            wanted = [_mean(near[i], at, at[i]) for i in layers[k]]
            at |= dict(zip(layers[k], _in_order(wanted, gaps[k], *ends[k]), strict=True))
    return at


def _in_order(wanted: Sequence[float], gaps: Sequence[float], low: float, high: float) -> list[float]:
    """Return the values nearest to those wanted that keep the gaps (pooling of adjacent violators)."""
    offsets = [0.0, *accumulate(gaps)]
    pools: list[tuple[float, int]] = []
    for value, offset in zip(wanted, offsets, strict=True):
        mean, size = value - offset, 1
        while pools and pools[-1][0] > mean:
            other, count = pools.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        pools.append((mean, size))
    free = [mean for mean, size in pools for _ in range(size)]
    last = max(low, high - offsets[-1])
    return [min(max(value, low), last) + offset for value, offset in zip(free, offsets, strict=True)]


def _neighbours(layers: Layers, links: Links) -> dict[int, list[tuple[int, float]]]:
    """Return for each node those it is linked to in other layers; near layers weigh more."""
    layer_of = {i: k for k, layer in enumerate(layers) for i in layer}
    near: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for a, b in links:
        away = abs(layer_of[a] - layer_of[b])
        if away:
            near[a].append((b, 1 / away**2))
            near[b].append((a, 1 / away**2))
    return near


def _mean(near: Sequence[tuple[int, float]], at: dict[int, float], own: float) -> float:
    weight = sum(share for _, share in near)
    return sum(at[i] * share for i, share in near) / weight if weight else own


def _ranks(layers: Layers) -> dict[int, float]:
    return {i: (rank + 0.5) / len(layer) for layer in layers for rank, i in enumerate(layer)}


def _cost(layers: Layers, links: Links) -> tuple[int, float]:
    """Return the number of crossings and the length of the links."""
    at = _ranks(layers)
    layer_of = {i: k for k, layer in enumerate(layers) for i in layer}
    between: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    length = 0.0
    for a, b in links:
        one, other = sorted((a, b), key=lambda i: layer_of[i])
        length += abs(at[one] - at[other])
        if layer_of[one] != layer_of[other]:
            between[layer_of[one], layer_of[other]].append((at[one], at[other]))
    if len(links) > _COUNTED:
        return 0, length
    crossings = sum(
        1 for pairs in between.values() for (a, b), (c, d) in combinations(pairs, 2) if (a - c) * (b - d) < 0
    )
    return crossings, length
