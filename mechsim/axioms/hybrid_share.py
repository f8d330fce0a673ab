r"""Fair shares where some want the facility near and to others it is a nuisance.

On an interval of length :math:`L`, for :math:`n` agents of either kind and each group :math:`S` of
one kind at one place :math:`x`,

.. math:: |y - x| \le L \left(1 - \frac{|S|}{n}\right) \text{ for those who want it near}, \qquad
          |y - x| \ge \frac{L |S|}{\alpha n} \text{ for those who mind it.}

Some place always satisfies this for :math:`\alpha = 2`: each group forbids a set that is open in
the line and no longer than :math:`L |S| / n`, and open sets that cover an interval are together
longer than it.

References
----------
Lam, Aziz, Li, Ramezani, Walsh. Proportional Fairness in Obnoxious Facility Location.
arXiv:2301.04340.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._numbers import Number, distance, show
from ..preferences.single_peaked import Line, Point
from ..preferences.tastes import Distance, Hybrid, Obnoxious
from ..setting import Instance, Undecided, unpriced
from .intervals import on_a_line
from .nuisance_region import Region, left_over
from .nuisance_share import read_alpha


@dataclass(frozen=True)
class Party:
    """All ``size`` agents at ``type_`` to whom the facility is a nuisance, or all who want it."""

    instance: Instance
    type_: Point
    size: int
    minds: bool

    def validate(self) -> None:
        """Raise `ValueError` unless so many agents of this kind report this."""
        found = _parties(self.instance)[self.minds][self.type_]
        if self.size != found or not found:
            told = self.instance.tell_type(self.type_)
            raise ValueError(f"size is {self.size}: {found} agents of this kind report {told}")


@dataclass(frozen=True)
class HybridFairShare:
    """Every group of one kind at one place gets its share.  The violation: what is missing.

    Parameters
    ----------
    alpha : Number
        At least 1, and 2 by default; of those to whom the facility is a nuisance.

    Examples
    --------
    >>> from mechsim import Line, judge
    >>> line = Line(0, 1, tastes=Hybrid((0,)))
    >>> here = Instance(line, line.read([0, 0]))
    >>> [judge(Fraction(k, 4), HybridFairShare(), here).word for k in (0, 1, 2, 3)]
    ['refuted', 'proved', 'proved', 'refuted']
    """

    alpha: Number = Fraction(2)

    def __post_init__(self) -> None:
        object.__setattr__(self, "alpha", read_alpha(self.alpha))

    def cases(self, instance: Instance, /) -> Iterator[Party]:
        """Those at each place who want the facility near, and those who mind it."""
        for minds, counted in enumerate(_parties(instance)):
            for type_, size in counted.items():
                yield Party(instance, type_, size, bool(minds))

    def outcome_violation(self, outcome: Any, case: Party, /) -> Any:
        """How much too near or too far the facility is."""
        away = distance(case.type_, unpriced(outcome))
        bound = self._bound(case)
        return bound - away if case.minds else away - bound

    def region(self, instance: Instance, /) -> Region:
        """The places that satisfy it.  O(n log n)."""
        line, parties = on_a_line(instance), list(self.cases(instance))
        wanting = [(Fraction(p.type_), Fraction(self._bound(p))) for p in parties if not p.minds]
        low = max([Fraction(line.low), *(place - bound for place, bound in wanting)])
        high = min([Fraction(line.high), *(place + bound for place, bound in wanting)])
        minding = sorted((p.type_, self._bound(p)) for p in parties if p.minds)
        places, radii = [place for place, _ in minding], [bound for _, bound in minding]
        return left_over(line, places, radii, (low, high))

    def _bound(self, case: Party) -> Number:
        """How far away the facility may be, or must be."""
        length, agents = on_a_line(case.instance).length, case.instance.agents
        if case.minds:
            return length * case.size / (self.alpha * agents)
        return length * (1 - Fraction(case.size, agents))

    def explain_outcome(self, when: str, violation: Any, case: Party, /) -> str:
        """Which group is too near or too far."""
        what = "near to those who mind it" if case.minds else "far from those who want it"
        instance = case.instance
        return (
            f"at {instance.tell_reports()}, the facility is {show(violation)} too {what} at "
            f"{instance.tell_type(case.type_)}, {when}"
        )


def _parties(instance: Instance) -> tuple[Counter[Point], Counter[Point]]:
    """How many at each place want the facility near, and how many mind it."""
    line = on_a_line(instance)
    line.require_bounds("a fair share")
    minds = _who_minds(line, instance.agents)
    near, far = Counter[Point](), Counter[Point]()
    for agent, place in enumerate(instance.profile):
        (far if agent in minds else near)[place] += 1
    return near, far


def _who_minds(line: Line, agents: int) -> frozenset[int]:
    tastes = line.tastes
    if not isinstance(tastes, (Distance, Obnoxious, Hybrid)):
        raise Undecided(f"shares are of distance, and agents on {line} want other things")
    if isinstance(tastes, Hybrid):
        return frozenset(tastes.obnoxious)
    return frozenset(range(agents) if isinstance(tastes, Obnoxious) else ())
