r"""Any place of a line as an outcome: points, and the open stretches between them.

With finitely many peaks and these parts as alternatives, a rule for the continuum of places is a
rule that chooses parts.  What is asked of parts is what is certain of all places in them; so if no
rule for parts satisfies axioms, no rule for places does, and if one does, nothing is known.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar

from .._numbers import Number, distance, show, whole
from ..setting import Undecided
from .single_peaked import Line, Point
from .tastes import Distance


@dataclass(frozen=True)
class Stretch:
    """All places between ``low`` and ``high``, without these; one place if they are the same."""

    low: Point
    high: Point

    @property
    def is_point(self) -> bool:
        """Whether it is one place."""
        return self.low == self.high


Bound = tuple[Number, int]
"""A number, and 1 if what it bounds is larger, -1 if it is smaller, or 0 if it may be the same."""


@dataclass(frozen=True, repr=False)
class Stretches:
    """A line whose outcomes are ``parts`` equal stretches and the points at their ends.

    Parameters
    ----------
    line : Line
        An interval with finitely many peaks, where distance hurts.
    parts : int
        How many stretches; the more there are the less is left open.
    """

    line: Line
    parts: int

    is_abstraction: ClassVar[bool] = True
    """That a rule for parts exists shows nothing."""

    def __post_init__(self) -> None:
        whole(self.parts, "parts", least=1)
        self.line.require_bounds("a part of it")
        if self.line.points is None or self.line.tastes != Distance():
            raise ValueError(
                f"line is {self.line}: agents must be at finitely many points and mind distance"
            )

    def types(self, agent: int, /) -> tuple[Point, ...] | None:
        """The peaks an agent may have."""
        return self.line.points

    def alternatives(self, agents: int, /) -> tuple[Stretch, ...]:
        """The points and the stretches between them, from the low end to the high end."""
        ends = [self.line.at(Fraction(k, self.parts)) for k in range(self.parts + 1)]
        between = [part for a, b in pairwise(ends) for part in (Stretch(a, a), Stretch(a, b))]
        return (*between, Stretch(ends[-1], ends[-1]))

    def value(self, agent: int, type_: Point, alternative: Stretch, /) -> Any:
        """Not known: only bounds are.

        Raises
        ------
        Undecided
            Always.
        """
        raise Undecided("where in a stretch the facility is built is not known")

    def value_between(
        self, agent: int, type_: Point, alternative: Stretch, /
    ) -> tuple[Bound, Bound]:
        """Bounds on minus the distance, in order also where they are not attained."""
        away = sorted(distance(type_, end) for end in (alternative.low, alternative.high))
        inside = alternative.low < type_ < alternative.high
        if alternative.is_point:
            return (-away[1], 0), (-away[1], 0)
        return (-away[1], 1), (Fraction(0), 0) if inside else (-away[0], -1)

    def tell(self, alternative: Stretch, /) -> str:
        """The place, or from where to where."""
        if alternative.is_point:
            return show(alternative.low)
        return f"between {show(alternative.low)} and {show(alternative.high)}"

    def __repr__(self) -> str:
        return f"Stretches({self.line}, {self.parts})"
