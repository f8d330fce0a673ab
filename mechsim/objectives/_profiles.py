"""Profiles on a line where mechanisms tend to do badly: few places, many agents at each."""

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, pairwise, product

import numpy as np

from ..algorithms.log_concave import simplest_between
from ..preferences.single_peaked import Line, Point, Points

GRIDS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24)
"""Steps of the grids that are exhausted where they fit, besides multiples of the agents."""

STEPS = tuple(Fraction(1, k) for k in (4, 6, 12, 24, 60, 120, 240))
"""How far local improvement moves agents, as shares of the line, widest first."""

FINE = 240
"""Random places are on a grid of this many steps, times the number of agents."""


WIDTHS = tuple(Fraction(1, k) for k in (4, 12, 50, 200, 1_000))
"""How far from a place a shorter fraction for it is looked for."""


def grids(agents: int, ordered: bool, most: int) -> list[int]:
    """Steps of grids with at most ``most`` profiles; none that is a part of another."""
    steps = sorted({*GRIDS, agents, 2 * agents, 3 * agents})
    fitting = [s for s in steps if size(s + 1, agents, ordered) <= most]
    return [s for s in fitting if not any(t > s and t % s == 0 for t in fitting)]


def size(points: int, agents: int, ordered: bool) -> int:
    """How many profiles there are, with or without regard to who is where."""
    return points**agents if ordered else math.comb(points + agents - 1, agents)


def everything(points: Points, agents: int, ordered: bool) -> Iterator[Points]:
    """All profiles on these points; without regard to who is where, the increasing ones."""
    if ordered:
        return product(points, repeat=agents)
    return combinations_with_replacement(points, agents)


def families(line: Line, agents: int) -> Iterator[Points]:
    """Agents at two places: first those where the worst cases of the literature are.

    That is all but one at an end and the last at the other or a small step away; and k agents at
    one end and the others at the other.
    """
    shares = {Fraction(k, m) for m in (1, 2, 3, 4, 6, 8, agents) for k in range(m + 1)}
    special = (Fraction(1), Fraction(1, agents), Fraction(1, 2))
    ends = [(Fraction(0), share) for share in special] + [(1 - s, Fraction(1)) for s in special]
    for low, high in dict.fromkeys((*ends, *combinations(sorted(shares), 2))):
        for below in range(1, agents):
            at = [line.at(low)] * below + [line.at(high)] * (agents - below)
            yield tuple(at)


def drawn(line: Line, agents: int, rng: np.random.Generator) -> Iterator[Points]:
    """Endlessly many profiles: two to five places drawn on a grid, agents spread over them."""
    points = line.points
    while True:
        steps = int(rng.choice([4, 12, 2 * agents, FINE * agents]))
        last = steps if points is None else len(points) - 1
        places = rng.integers(0, last + 1, size=int(rng.integers(2, 6)))
        if rng.random() < 1 / 2:
            places[0], places[-1] = 0, last
        chosen: list[int] = np.sort(rng.choice(places, size=agents)).tolist()
        if points is None:
            yield tuple(line.at(Fraction(k, steps)) for k in chosen)
        else:
            yield tuple(points[k] for k in chosen)


def neighbours(line: Line, profile: Points, step: Point) -> Iterator[Points]:
    """Profiles near this one: a group or one of it moves by ``step`` or joins its neighbours."""
    places = sorted(set(profile))
    for place in places:
        near = [place - step, place + step]
        others = [b if a == place else a for a, b in pairwise(places) if place in (a, b)]
        for other in (*near, *others, line.low, line.high):
            if line.low <= other <= line.high and other != place:
                yield tuple(other if x == place else x for x in profile)
                yield _one_moves(profile, place, other)
                yield _one_moves(profile[::-1], place, other)[::-1]
    for sign in (-1, 1):
        for place in places:
            moved = tuple(x + sign * step if x >= place else x for x in profile)
            if all(line.low <= x <= line.high for x in moved):
                yield moved


def _one_moves(profile: Points, place: Point, other: Point) -> Points:
    first = profile.index(place)
    return (*profile[:first], other, *profile[first + 1 :])


def simpler(line: Line, profile: Points) -> Iterator[Points]:
    """Profiles near this one whose fractions are shorter, shortest first."""
    for place in sorted(set(profile)):
        share = Fraction((place - line.low) / line.length)
        near = [(max(share - w, Fraction(0)), min(share + w, Fraction(1))) for w in WIDTHS]
        for short in dict.fromkeys((Fraction(1), *(simplest_between(*ends) for ends in near))):
            if short.denominator < share.denominator:
                yield tuple(line.at(short) if x == place else x for x in profile)
