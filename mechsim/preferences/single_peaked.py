r"""Agents on a line, each with a peak :math:`x_i`; unless told otherwise, distance from it hurts.

.. math:: v_i(y) = -|y - x_i|.

These preferences are single-peaked and symmetric.  A mechanism that no agent of this kind can
manipulate may be manipulable for agents who mind one direction more than the other; the theorems
of Moulin (1980) are about all single-peaked preferences, ``Line(0, 1, tastes=SinglePeaked())``.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, pairwise, product
from typing import Any, TypeAlias, overload

import numpy as np
import numpy.typing as npt

from .._numbers import Number, distance, is_ball, real, sequence, show, show_all, whole
from .._text import brief
from ..algorithms.balls import ball
from ..population import FloatArray, Population
from ..setting import Strand, Undecided, itself
from .tastes import Distance, Hybrid, Obnoxious, SinglePeaked, Taste

ROUNDING = 1e-9
"""A float outcome may leave the line by this share of its length."""

Point: TypeAlias = Number
Points: TypeAlias = tuple[Point, ...]


def extremes(reports: "Points | Population") -> tuple[Point, Point]:
    """The lowest and the highest report."""
    values = reports.values if isinstance(reports, Population) else reports
    if isinstance(values, np.ndarray):
        return float(np.min(values)), float(np.max(values))
    return min(values), max(values)


@dataclass(frozen=True)
class Reflection:
    """A place and its mirror image add up to ``ends``, the sum of the ends of the line."""

    ends: Number

    def type_(self, type_: Point, /) -> Point:
        """The mirror image of a peak."""
        return self.ends - type_

    def alternative(self, alternative: Point, /) -> Point:
        """The mirror image of a place."""
        return self.ends - alternative


@dataclass(frozen=True, repr=False)
class Line:
    """The line, an interval of it, or finitely many points of an interval.

    Parameters
    ----------
    low, high : Number
        Ends of the interval, any unit of length; infinite by default.
    points : tuple of Number, optional
        Where peaks may lie, increasing; None means anywhere between the ends.  The facility
        may always be anywhere between the ends.
    tastes : Taste
        How agents like the places of the line; by default distance from the peak hurts.

    Examples
    --------
    >>> Line(0, 1).grid(4)
    Line(0, 1).grid(4)
    >>> Line(0, 1, tastes=Obnoxious())
    Line(0, 1, tastes=Obnoxious)
    >>> Line(1, 7).read([1, 2.5, 7])
    (Fraction(1, 1), 2.5, Fraction(7, 1))
    """

    low: Number = -math.inf
    high: Number = math.inf
    points: Points | None = None
    tastes: Taste = Distance()

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            end = getattr(self, name)
            if end not in (-math.inf, math.inf):
                object.__setattr__(self, name, real(end, name))
        if not self.low < self.high:
            raise ValueError(f"high is {show(self.high)}: it must exceed low, {show(self.low)}")
        if self.points is not None:
            inside = Line(self.low, self.high)._read(sequence(self.points, "points"), "points")
            if any(a >= b for a, b in pairwise(inside)):
                raise ValueError(f"points is {show_all(inside)}: it must be strictly increasing")
            object.__setattr__(self, "points", inside)

    @property
    def bounded(self) -> bool:
        """Whether both ends are finite."""
        return self.low > -math.inf and self.high < math.inf

    @property
    def length(self) -> Number:
        """The distance between the ends."""
        return self.high - self.low

    def types(self, agent: int, /) -> Points | None:
        """The peaks an agent may have, where they are finitely many."""
        return self.points

    @property
    def scale(self) -> float:
        """How large the numbers on it are."""
        return (
            max(float(distance(end, 0)) for end in (self.low, self.high)) if self.bounded else 1.0
        )

    def at(self, share: Fraction) -> Point:
        """The point that lies ``share`` of the way from the low end to the high end."""
        return self.part(share.numerator, share.denominator)

    def part(self, k: int, parts: int) -> Point:
        """The end of the first ``k`` of so many equal parts of the line."""
        low, high = self.low, self.high
        if isinstance(low, Fraction) and isinstance(high, Fraction):
            over = low.numerator * high.denominator * (parts - k)
            over += high.numerator * low.denominator * k
            return Fraction(over, low.denominator * high.denominator * parts)
        if k in (0, parts):  # in floats the sum need not end where the line does
            return high if k else low
        return min(max(low + self.length * Fraction(k, parts), low), high)

    def grid(self, steps: int) -> "Line":
        """The same interval with peaks on ``steps + 1`` equally spaced points only."""
        self.require_bounds("a grid")
        whole(steps, "steps", least=1)
        points = tuple(self.at(Fraction(k, steps)) for k in range(steps + 1))
        return Line(self.low, self.high, points, self.tastes)

    def require_bounds(self, what: str) -> None:
        """Raise `ValueError` unless both ends are finite."""
        if not self.bounded:
            raise ValueError(f"setting is {self}: {what} needs two finite ends, as in Line(0, 1)")

    @overload
    def read(self, given: Population, /) -> Population: ...
    @overload
    def read(self, given: Iterable[Number] | npt.NDArray[Any], /) -> Points: ...
    def read(self, given: object, /) -> Points | Population:
        """Reports from a list, array, data-frame column or population; numbers keep their kind.

        Raises
        ------
        ValueError
            If nobody reports, or a report is not a finite real number of this line.
        """
        if isinstance(given, Population):
            return self._read_population(given)
        return self._read(sequence(given, "reports"), "reports")

    def _read_population(self, population: Population) -> Population:
        values = population.values
        if not isinstance(values, np.ndarray):
            return Population(self._read(values, "values"), population.counts)
        if not len(values) or self.points is not None:
            return Population(self._read(values.tolist(), "values"), population.counts)
        for place in (int(np.argmin(values)), int(np.argmax(values))):  # either finds a NaN
            number = real(values[place], f"values[{place}]")
            self._require_inside(number, f"values[{place}]")
        return population

    def _require_inside(self, report: Number, name: str) -> None:
        if not self.low <= report <= self.high:
            ends = f"[{show(self.low)}, {show(self.high)}]"
            raise ValueError(f"{name} is {show(report)}: it must lie in {ends}")

    def _read(self, given: Sequence[Any], name: str) -> Points:
        reports = tuple(real(report, f"{name}[{k}]") for k, report in enumerate(given))
        if not reports:
            raise ValueError(f"{name} is empty: at least one agent must report")
        allowed = None if self.points is None else set(self.points)
        for agent, report in enumerate(reports):
            self._require_inside(report, f"{name}[{agent}]")
            if allowed is not None and report not in allowed:
                raise ValueError(f"{name}[{agent}] is {show(report)}: it must be a point of {self}")
        return reports

    def value(self, agent: int, type_: Point, alternative: Point, /) -> Any:
        """What the facility at ``alternative`` is worth to ``agent``, by its taste."""
        return self.tastes.value(agent, type_, alternative)

    def values(self, peaks: FloatArray, places: FloatArray, /) -> FloatArray:
        """The same for a batch: (batch, agents) peaks and (batch,) places to (batch, agents)."""
        return self.tastes.values(peaks, places)

    def spread(self, agent: int, type_: Point, /) -> Number:
        """By how much the best place can be better than the worst: the length, at most.

        Raises
        ------
        Undecided
            If nothing bounds it.
        """
        if not (self.bounded and isinstance(self.tastes, (Distance, Obnoxious, Hybrid))):
            raise Undecided(f"nothing bounds how far apart values on {self} are")
        return self.length

    @property
    def gain(self) -> Callable[[int, Point, Any, Any], Any] | None:
        """What a lie gains, as a function of ``agent, type, honest, lied``, or None.

        It is there where tastes are known by their order only; otherwise values tell.
        """
        return getattr(self.tastes, "gain", None)

    def top(self, agent: int, type_: Point, /) -> Point:
        """The place that ``agent`` likes best: its peak, or the farther end from a nuisance."""
        if not self._is_nuisance(agent):
            return type_
        self.require_bounds("a place that is far from a nuisance")
        return self.low if type_ - self.low > self.high - type_ else self.high

    def worth(self, agent: int, type_: Point, alternative: Point, /) -> Any:
        r"""Utility that is not negative: :math:`L - d_i`, or :math:`d_i` from a nuisance."""
        self.require_bounds("a utility that is not negative")
        return self.value(agent, type_, alternative) + (
            0 if self._is_nuisance(agent) else self.length
        )

    def dominating(self, reports: "Points | Population", place: Point, /) -> Point | None:
        """A place that is better for somebody and worse for nobody, or None if there is none.

        Where all want the facility near, it is the nearest peak of those at the ends.  A nuisance
        may move up to :math:`z` if the middle :math:`(y + z)/2` is below no peak of those who mind
        it and above no peak of the others.  O(n).

        Raises
        ------
        Undecided
            If the line does not know the tastes of its agents.
        """
        near, far = self._near_and_far(reports)
        if not far:
            lowest, highest = min(near), max(near)
            if lowest <= place <= highest:
                return None
            return lowest if place < highest else highest  # of a ball, where it may be outside
        if is_ball(place):
            raise Undecided("what dominates an irrational place is not known to a nuisance")
        self.require_bounds("a place that is far from a nuisance")
        up = min([(place + self.high) / 2, *near])
        if place < up >= max(far) and not min(far) == up == max(near, default=up):
            return self.high if up == (place + self.high) / 2 else 2 * up - place
        down = max([(place + self.low) / 2, *near])
        if place > down <= min(far) and not max(far) == down == min(near, default=down):
            return self.low if down == (place + self.low) / 2 else 2 * down - place
        return None

    def _near_and_far(self, reports: "Points | Population") -> tuple[list[Point], list[Point]]:
        """Peaks of those who want the facility near, and of those who mind it."""
        if not isinstance(self.tastes, (Distance, SinglePeaked, Obnoxious, Hybrid)):
            raise Undecided(f"{self} does not say what is better for its agents")
        if isinstance(self.tastes, Hybrid):
            profile = reports.expanded() if isinstance(reports, Population) else reports
            sides: tuple[list[Point], list[Point]] = ([], [])
            for agent, peak in enumerate(profile):
                sides[agent in self.tastes.obnoxious].append(peak)
            return sides
        peaks = [*extremes(reports)]
        return ([], peaks) if isinstance(self.tastes, Obnoxious) else (peaks, [])

    def _is_nuisance(self, agent: int) -> bool:
        tastes = self.tastes
        return isinstance(tastes, Obnoxious) or (
            isinstance(tastes, Hybrid) and agent in tastes.obnoxious
        )

    def admits(self, alternative: object, /) -> bool:
        """Whether the facility can be there: between the ends, up to rounding of a float."""
        if is_ball(alternative):
            low, high = ball(self.low), ball(self.high)
            return not (alternative < low or alternative > high)
        try:
            place = real(alternative, "alternative")
        except ValueError:
            return False
        slack = ROUNDING * float(self.length) if isinstance(place, float) and self.bounded else 0
        return self.low - slack <= place <= self.high + slack

    def fair_share(self, type_: Point, share: Fraction, /) -> Number:
        r"""What a group of this ``share`` of the agents, all at one peak, may ask for.

        At best the facility is at the peak and at worst the whole length away, so the group is
        due :math:`-L(1 - s)`: the fraction :math:`s` of the way from worst to best.
        """
        self.require_bounds("a fair share")
        if self.tastes != Distance():
            raise Undecided(f"fair shares are of nearness, and agents on {self} want other things")
        return -self.length * (1 - share)

    def alternatives(self, agents: int, /) -> Points:
        """The peaks and all that lies halfway between two of them.

        Between neighbouring ones every distance is linear where the peaks are a grid, so a lottery
        over them does all that any place does.
        """
        if self.points is None:
            raise ValueError(f"setting is {self}: it must be a grid to list places")
        halves = {(a + b) / 2 for a in self.points for b in self.points}
        return tuple(sorted({self.low, self.high, *halves}))

    def leaves_nothing_out(self, goal: Any, axioms: Iterable[Any], /) -> bool:
        """Whether the listed alternatives of a grid do for lotteries what all places do.

        They do if all that is asked is linear between them: distances, and the objectives and
        expectations that are made of these, but not what must hold of each outcome.
        """
        if self.points is None or self.tastes != Distance():
            return False
        steps = {b - a for a, b in pairwise(self.points)}
        ends = (self.points[0], self.points[-1]) == (self.low, self.high)
        objective = getattr(goal, "objective", None)
        straight = getattr(objective, "straight", False)
        linear = all(getattr(axiom, "straight", False) for axiom in axioms)
        return len(steps) == 1 and ends and straight and linear

    def wanted(self, type_: Point, places: Sequence[Point], /) -> Iterator[frozenset[Point]]:
        """The sets of neighbouring places around a peak: those that some taste is content with."""
        below = sorted((y for y in places if y < type_), reverse=True)
        above = sorted(y for y in places if y > type_)
        peak = [y for y in places if y == type_]
        for j in range(len(below) + 1):
            for k in range(len(above) + 1):
                near = frozenset((*peak, *below[:j], *above[:k]))
                if 0 < len(near) < len(places):
                    yield near

    def misreports(self, agent: int, reports: Points, /) -> Iterator[Point]:
        """On the continuum: the ends and the middle, others' peaks, reflections and midpoints."""
        truth = reports[agent]
        others = [*dict.fromkeys(reports)][:12]  # pairs of more would be too many to try
        halves = (self.at(Fraction(k, 2)) for k in (0, 2, 1)) if self.bounded else ()
        reflections = (2 * a - b for a in others for b in others if a != b)
        midpoints = ((a + b) / 2 for a in others for b in others if a < b)
        for report in dict.fromkeys((*halves, *others, *reflections, *midpoints)):
            if report != truth and self.low <= report <= self.high:
                yield report

    def renamings(self) -> Iterator["Reflection"]:
        """The reflection of the interval in its middle, if it maps peaks to peaks."""
        self.require_bounds("a reflection")
        mirror = Reflection(self.low + self.high)
        if self.points is None or set(map(mirror.type_, self.points)) == set(self.points):
            yield mirror

    def strands(self, agent: int, reports: Points, /) -> Iterator[Strand]:
        """The line itself."""
        if self.bounded:
            yield Strand(self.low, self.high, itself)

    def simpler(self, type_: Point, /) -> Iterator[Point]:
        """Points of coarser grids of the interval, coarsest first."""
        if self.bounded:
            finest = Fraction((type_ - self.low) / self.length).denominator
            for steps in range(1, min(finest, 13)):
                yield from (
                    self.at(Fraction(k, steps)) for k in range(steps + 1) if math.gcd(k, steps) == 1
                )

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Points]:
        """Profiles on grids of 1, 2, 3, 4, 6 steps in full, then exact random ones with ties."""
        self.require_bounds("a search")
        full = [steps for steps in (1, 2, 3, 4, 6) if (steps + 1) ** agents <= 2_500]
        for steps in full:
            grid = [self.at(Fraction(k, steps)) for k in range(steps + 1)]
            yield from product(grid, repeat=agents)
        for _ in count():
            steps = int(rng.choice([2, 4, 10, 12, 28, 9_973]))
            distinct = int(rng.integers(1, agents + 1))
            places = rng.integers(0, steps + 1, size=distinct)
            chosen = rng.choice(places, size=agents)
            yield tuple(self.at(Fraction(int(k), steps)) for k in chosen)

    def __repr__(self) -> str:
        ends = () if (self.low, self.high) == (-math.inf, math.inf) else (self.low, self.high)
        tastes = () if self.tastes == Distance() else (f"tastes={brief(self.tastes)}",)
        line = f"Line({', '.join((*map(show, ends), *tastes))})"
        if self.points is None:
            return line
        steps = len(self.points) - 1
        if self.bounded and steps and self.points == Line(self.low, self.high).grid(steps).points:
            return f"{line}.grid({steps})"
        return f"{line} at {show_all(self.points)}"
