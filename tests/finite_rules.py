"""Every deterministic rule on a grid that satisfies what is asked of it, found by propagation.

Agents have peaks on finitely many ``points``, the facility has finitely many ``places``.  A rule is
a table from profiles to places.  What an axiom says of one profile removes places from its row;
strategyproofness relates two rows that differ in one report.  Rows are sets of places, kept as bits
of an integer: a place that some neighbouring row rules out goes, until nothing more goes; then the
smallest row that is not settled is split.  What is found is exact, and so is that nothing is found.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product
from typing import TypeAlias

Points: TypeAlias = tuple[Fraction, ...]
Table: TypeAlias = dict[Points, Fraction]
Honesty: TypeAlias = Callable[[Fraction, Fraction, Fraction], bool]
Demand: TypeAlias = Callable[[Points, Fraction], bool]


def grid(steps: int) -> Points:
    """``steps + 1`` equally spaced points of [0, 1]."""
    return tuple(Fraction(k, steps) for k in range(steps + 1))


def by_distance(peak: Fraction, honest: Fraction, lied: Fraction) -> bool:
    """Whether an agent who minds the distance from its ``peak`` is content with honesty."""
    return abs(honest - peak) <= abs(lied - peak)


def single_peaked(peak: Fraction, honest: Fraction, lied: Fraction) -> bool:
    """Whether all agents with this ``peak`` are, however they compare the two sides of it."""
    return peak <= honest <= lied or lied <= honest <= peak or honest == peak


@dataclass(frozen=True)
class Rules:
    """The strategyproof rules that meet all ``demands``, each a table; iterate to get them.

    ``honesty`` says whether an agent with a peak is content with the place that honesty brings,
    if a lie brings another.  Rules that are ``anonymous`` are tables of sorted profiles.
    """

    points: Points
    places: Points
    agents: int
    honesty: Honesty = single_peaked
    demands: tuple[Demand, ...] = ()
    anonymous: bool = False

    @property
    def profiles(self) -> tuple[Points, ...]:
        """The rows of the tables."""
        if self.anonymous:
            return tuple(combinations_with_replacement(self.points, self.agents))
        return tuple(product(self.points, repeat=self.agents))

    def __iter__(self) -> Iterator[Table]:
        """Every one of them, once."""
        profiles = self.profiles
        rows = [self._meets(x) for x in profiles]
        for solution in solutions(rows, self._relations()):
            yield {x: self.places[k] for x, k in zip(profiles, solution, strict=True)}

    def count(self) -> int:
        """How many there are."""
        return sum(1 for _ in self)

    def exist(self) -> bool:
        """Whether there is one."""
        return next(iter(self), None) is not None

    def _meets(self, x: Points) -> int:
        good = (all(demand(x, y) for demand in self.demands) for y in self.places)
        return sum(1 << k for k, allowed in enumerate(good) if allowed)

    def _relations(self) -> list[dict[int, Sequence[int]]]:
        """For each row, its neighbours, and what each of its places leaves them."""
        number = {x: k for k, x in enumerate(self.profiles)}
        relations: list[dict[int, Sequence[int]]] = [{} for _ in number]
        for a, b in combinations(self.points, 2):
            masks = [self._masks(a, b), self._masks(b, a)]
            for first, second in self._neighbours(a, b):
                relations[number[first]][number[second]] = masks[0]
                relations[number[second]][number[first]] = masks[1]
        return relations

    def _neighbours(self, a: Fraction, b: Fraction) -> Iterator[tuple[Points, Points]]:
        """Pairs of profiles in which one agent is at ``a`` or at ``b``."""
        if self.anonymous:
            for others in combinations_with_replacement(self.points, self.agents - 1):
                yield sort((*others, a)), sort((*others, b))
            return
        for agent, others in product(
            range(self.agents), product(self.points, repeat=self.agents - 1)
        ):
            before, after = others[:agent], others[agent:]
            yield (*before, a, *after), (*before, b, *after)

    def _masks(self, a: Fraction, b: Fraction) -> list[int]:
        """For each place where the agent is at ``a``, the places that it leaves where at ``b``."""
        return [
            sum(
                1 << k
                for k, w in enumerate(self.places)
                if self.honesty(a, y, w) and self.honesty(b, w, y)
            )
            for y in self.places
        ]


def sort(x: Sequence[Fraction]) -> Points:
    """The profile in order."""
    return tuple(sorted(x))


def solutions(
    rows: list[int], relations: list[dict[int, Sequence[int]]]
) -> Iterator[tuple[int, ...]]:
    """One value a row, such that each value is among those that its neighbours' leave.

    ``relations[p][q][y]`` are the values of row q, as bits, that value y of row p leaves.
    """
    if _propagate(rows, relations, range(len(rows))):
        yield from _split(rows, relations)


def _split(rows: list[int], relations: list[dict[int, Sequence[int]]]) -> Iterator[tuple[int, ...]]:
    """The solutions in rows that nothing can be ruled out of by one neighbour."""
    widths = [row.bit_count() for row in rows]
    if max(widths) == 1:
        yield tuple(row.bit_length() - 1 for row in rows)
        return
    smallest = min((p for p, width in enumerate(widths) if width > 1), key=widths.__getitem__)
    for value in _values(rows[smallest]):
        narrowed = rows.copy()
        narrowed[smallest] = 1 << value
        if _propagate(narrowed, relations, [smallest]):
            yield from _split(narrowed, relations)


def _propagate(
    rows: list[int], relations: list[dict[int, Sequence[int]]], changed: Sequence[int]
) -> bool:
    """Narrow ``rows`` until no value can be ruled out by one neighbour; False if a row is empty."""
    if not all(rows):
        return False
    waiting = list(changed)
    while waiting:
        p = waiting.pop()
        values = list(_values(rows[p]))
        for q, leaves in relations[p].items():
            left = 0
            for value in values:
                left |= leaves[value]
            narrowed = rows[q] & left
            if not narrowed:
                return False
            if narrowed != rows[q]:
                rows[q] = narrowed
                waiting.append(q)
    return True


def _values(row: int) -> Iterator[int]:
    while row:
        low = row & -row
        yield low.bit_length() - 1
        row ^= low


# What fairness says of one profile, as it is defined: whether ``y`` is fair at ``x`` on [0, 1].


def unanimous(x: Points, y: Fraction) -> bool:
    """Where all are at one point, the facility is there."""
    return len(set(x)) > 1 or y == x[0]


def pareto_optimal(x: Points, y: Fraction) -> bool:
    """The facility is among the agents."""
    return min(x) <= y <= max(x)


def individual_fair_share(x: Points, y: Fraction) -> bool:
    """Nobody is farther than 1 - 1/n."""
    return all(abs(y - r) <= 1 - Fraction(1, len(x)) for r in x)


def unanimous_fair_share(x: Points, y: Fraction) -> bool:
    """No group S at one point is farther than 1 - |S|/n."""
    return all(abs(y - r) <= 1 - Fraction(x.count(r), len(x)) for r in x)


def proportional(x: Points, y: Fraction) -> bool:
    """Where all are at the ends, the facility divides the line as they are divided."""
    return not set(x) <= {0, 1} or y == sum(x) / len(x)


def proportionally_fair(x: Points, y: Fraction) -> bool:
    """No member of a group S of range r is farther than r + 1 - |S|/n."""
    return all(
        abs(y - r) <= max(group) - min(group) + 1 - Fraction(size, len(x))
        for size in range(1, len(x) + 1)
        for group in combinations(x, size)
        for r in group
    )


def strongly_proportional(x: Points, y: Fraction) -> bool:
    """Where all are at two points, or at one, the facility divides them as they are divided."""
    return len(set(x)) > 2 or y == sum(x) / len(x)


# Moulin's families of strategyproof rules, as they are defined.


def with_phantoms(x: Points, phantoms: Sequence[Fraction]) -> Fraction:
    """The median of n reports and n - 1 phantoms, or n + 1."""
    return sorted((*x, *phantoms))[(len(x) + len(phantoms)) // 2]


def generalized_median(x: Points, heights: Sequence[Fraction]) -> Fraction:
    """The largest over all S of ``min(heights[S], x_i for i in S)``; bit i of S says if i is in."""
    return max(
        min((height, *(r for i, r in enumerate(x) if group >> i & 1)))
        for group, height in enumerate(heights)
    )


def monotone_heights(places: Points, agents: int) -> Iterator[Points]:
    """One of ``places`` for each set of agents, no less for a larger set."""

    def extend(heights: Points) -> Iterator[Points]:
        group = len(heights)
        if group == 1 << agents:
            yield heights
            return
        below = [heights[group ^ 1 << i] for i in range(agents) if group >> i & 1]
        for place in places:
            if all(place >= height for height in below):
                yield from extend((*heights, place))

    return extend(())


def uniform_phantom(x: Points) -> Fraction:
    """The median of the reports and 1/n, ..., (n-1)/n."""
    return with_phantoms(x, grid(len(x))[1:-1])
