r"""Any place between two agents as an outcome: parts of the segment that joins them.

For two agents in a Euclidean space nothing dominates the places of the segment between them, and
every other place is dominated.  So a rule for two agents that is Pareto optimal builds at
:math:`x + t (y - x)`, where :math:`x` and :math:`y` are the agents' points in lexicographic order
and :math:`0 \le t \le 1`.  The alternatives are :math:`N` equal parts of that interval, and what is
asked of them is what is certain of all places in them; so if no rule for these parts satisfies
axioms, no Pareto optimal rule for places does, and if one does, nothing is known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from .._numbers import Number, show, whole
from ..setting import Undecided
from .space import EuclideanDistance, Point, Space

MOST = 1_000_000
"""Parts of a segment, at most."""


@dataclass(frozen=True, repr=False)
class Between:
    """A space in which the facility is built between two agents, in one of so many equal parts.

    Parameters
    ----------
    space : Space
        With finitely many points, one facility and Euclidean distances.
    parts : int
        How many; the more there are the less is left open.
    """

    space: Space
    parts: int

    is_abstraction: ClassVar[bool] = True
    """That a rule for parts exists shows nothing."""

    def __post_init__(self) -> None:
        if whole(self.parts, "parts", least=1) > MOST:
            raise ValueError(f"parts is {self.parts:,}: at most {MOST:,} are told apart")
        if self.space.points is None:
            raise ValueError(f"space is {self.space}: agents must be at finitely many points")
        if any(isinstance(number, float) for point in self.space.points for number in point):
            raise ValueError(f"space is {self.space}: bounds are of fractions, and it has floats")
        if self.space.facilities != 1 or self.space.metric != EuclideanDistance():
            raise ValueError(
                f"space is {self.space}: what is not dominated is known of one facility and "
                "Euclidean distances"
            )

    def types(self, agent: int, /) -> tuple[Point, ...] | None:
        """The points where an agent may be."""
        return self.space.points

    def alternatives(self, agents: int, /) -> tuple[int, ...]:
        """The parts by number, from the first point to the second.

        Raises
        ------
        ValueError
            If there are not two agents.
        """
        if agents != 2:
            raise ValueError(f"agents is {agents}: between two agents there must be two")
        return tuple(range(self.parts))

    def value(self, agent: int, type_: Point, alternative: int, /) -> Any:
        """Not known: it depends on where both agents are, and only bounds are known then.

        Raises
        ------
        Undecided
            Always.
        """
        raise Undecided("where in a part of a segment the facility is built is not known")

    def value_between_at(
        self, profile: tuple[Point, ...], type_: Point, alternative: int, /
    ) -> tuple[Number, Number]:
        """Bounds on minus the square of the distance from ``type_`` to a place in the part."""
        first, last = sorted(profile)
        begin, end = (Fraction(alternative + k, self.parts) for k in (0, 1))
        along = [b - a for a, b in zip(first, last, strict=True)]

        def square(share: Number) -> Number:
            place = tuple(a + share * d for a, d in zip(first, along, strict=True))
            return self.space.metric.order(type_, place)

        length = sum(d * d for d in along)
        nearest: Number = begin
        if length:
            toward = sum((t - a) * d for t, a, d in zip(type_, first, along, strict=True))
            nearest = min(max(toward / length, begin), end)
        return -max(square(begin), square(end)), -square(nearest)

    def dominating(self, reports: Iterable[Point], alternative: int, /) -> None:
        """None: nothing dominates what is between."""
        return

    def tell(self, alternative: int, /) -> str:
        """Which part of the way."""
        begin, end = (show(Fraction(alternative + k, self.parts)) for k in (0, 1))
        return f"between {begin} and {end} of the way"

    def tell_type(self, type_: Point, /) -> str:
        """The point."""
        return self.space.tell_type(type_)

    def __repr__(self) -> str:
        return f"Between({self.space}, parts={self.parts})"
