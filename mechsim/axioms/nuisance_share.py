r"""Fair shares of distance, where the facility is a nuisance: everybody is due some of it.

On an interval of length :math:`L`, for :math:`n` agents and :math:`\alpha \ge 1`,

.. math:: |y - x_i| \ge \frac{L}{\alpha n}, \qquad
          |y - x_i| \ge \frac{L |S|}{\alpha n} \text{ for each group } S \text{ at one place.}

Each group forbids an open interval, and for :math:`\alpha = 2` all of them together are no longer
than the line: some place is left.  For smaller :math:`\alpha` none need be, as for agents in the
middles of :math:`n` equal parts.

References
----------
Lam, Aziz, Li, Ramezani, Walsh. Proportional Fairness in Obnoxious Facility Location.
arXiv:2301.04340.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from .._numbers import Number, distance, real, show
from ..population import FloatArray, tally
from ..preferences.tastes import Obnoxious
from ..setting import Instance, Undecided, unpriced
from ._chosen import Chosen
from .fair_share import Individual, LikeMinded
from .intervals import on_a_line, standing
from .nuisance_region import Region, left_over


@dataclass(frozen=True)
class IndividualNuisanceShare:
    """Nobody is nearer to the nuisance than ``L / (alpha n)``.  The violation: what is missing.

    Parameters
    ----------
    alpha : Number
        At least 1, and 2 by default, the least for which it can always be satisfied.

    Examples
    --------
    >>> from mechsim import Instance, Line, judge
    >>> from mechsim.preferences import Obnoxious
    >>> line = Line(0, 1, tastes=Obnoxious())
    >>> here = Instance(line, line.read([0, 1]))
    >>> judge(Fraction(1, 2), IndividualNuisanceShare(), here).word
    'proved'
    """

    alpha: Number = Fraction(2)

    def __post_init__(self) -> None:
        object.__setattr__(self, "alpha", read_alpha(self.alpha))

    def is_impartial(self, chosen: Chosen, /) -> bool:
        """It asks the same of profiles that differ in the order of agents.

        It is about the places where somebody is.  Of profiles
        that differ in the names of alternatives it is asked one by one.
        """
        return not chosen.renamed

    def cases(self, instance: Instance, /) -> Iterator[Individual]:
        """One agent of each place that occurs."""
        for type_, _ in tally(instance.reports):
            yield Individual(instance, type_)

    def outcome_violation(self, outcome: Any, case: Individual, /) -> Any:
        """How much nearer the facility is than it may be."""
        return due_of_nuisance(case.instance, 1, self.alpha) - distance(
            case.type_, unpriced(outcome)
        )

    def region(self, instance: Instance, /) -> Region:
        """The places that satisfy it.  O(n log n)."""
        places, _ = standing(instance.reports)
        return left_over(
            on_a_line(instance), places, [due_of_nuisance(instance, 1, self.alpha)] * len(places)
        )

    def radii_of_batch(self, ordered: FloatArray, length: float, /) -> FloatArray:
        """How far away the nuisance must be: of (batch, agents) rows in order, the same shape."""
        return np.full(ordered.shape, length / (float(self.alpha) * ordered.shape[1]))

    def explain_outcome(self, when: str, violation: Any, case: Individual, /) -> str:
        """Who is too near."""
        instance = case.instance
        return (
            f"at {instance.tell_reports()}, the nuisance is {show(violation)} too near to the "
            f"agent at {instance.tell_type(case.type_)}, {when}"
        )


@dataclass(frozen=True)
class UnanimousNuisanceShare:
    """No group at one place is nearer than ``L |S| / (alpha n)``.  The violation: what is missing.

    Parameters
    ----------
    alpha : Number
        At least 1, and 2 by default, the least for which it can always be satisfied.
    """

    alpha: Number = Fraction(2)

    def __post_init__(self) -> None:
        object.__setattr__(self, "alpha", read_alpha(self.alpha))

    def is_impartial(self, chosen: Chosen, /) -> bool:
        """It asks the same of profiles that differ in the order of agents.

        It is about how many are at each place.  Of profiles
        that differ in the names of alternatives it is asked one by one.
        """
        return not chosen.renamed

    def cases(self, instance: Instance, /) -> Iterator[LikeMinded]:
        """The group of all agents at each place that occurs."""
        for type_, size in tally(instance.reports):
            yield LikeMinded(instance, type_, size)

    def outcome_violation(self, outcome: Any, case: LikeMinded, /) -> Any:
        """How much nearer the facility is than it may be."""
        return due_of_nuisance(case.instance, case.size, self.alpha) - distance(
            case.type_, unpriced(outcome)
        )

    def region(self, instance: Instance, /) -> Region:
        """The places that satisfy it.  O(n log n)."""
        places, upto = standing(instance.reports)
        sizes = [after - before for before, after in pairwise([0, *upto])]
        radii = [due_of_nuisance(instance, size, self.alpha) for size in sizes]
        return left_over(on_a_line(instance), places, radii)

    def radii_of_batch(self, ordered: FloatArray, length: float, /) -> FloatArray:
        """How far away the nuisance must be: of (batch, agents) rows in order, the same shape."""
        agents: int = ordered.shape[1]
        places = np.arange(agents)
        breaks = ordered[:, 1:] != ordered[:, :-1]
        first = np.zeros(ordered.shape, dtype=np.int64)
        np.multiply(breaks, places[1:], out=first[:, 1:])
        np.maximum.accumulate(first, axis=1, out=first)
        after = np.full(ordered.shape, agents, dtype=np.int64)
        np.copyto(after[:, :-1], places[1:], where=breaks)
        after = np.minimum.accumulate(after[:, ::-1], axis=1)[:, ::-1]
        sizes: FloatArray = (after - first).astype(np.float64)
        return sizes * (length / (float(self.alpha) * agents))

    def explain_outcome(self, when: str, violation: Any, case: LikeMinded, /) -> str:
        """Which group is too near."""
        instance = case.instance
        return (
            f"at {instance.tell_reports()}, the nuisance is {show(violation)} too near to all at "
            f"{instance.tell_type(case.type_)}, {when}"
        )


def read_alpha(alpha: Number) -> Number:
    """A number that is at least 1, or a `ValueError`."""
    given = real(alpha, "alpha")
    if given < 1:
        raise ValueError(f"alpha is {show(given)}: it must be at least 1")
    return given


def due_of_nuisance(instance: Instance, size: int, alpha: Number) -> Number:
    """How far away from ``size`` agents at one place the facility must be."""
    line = on_a_line(instance)
    line.require_bounds("a fair share")
    if line.tastes != Obnoxious():
        raise Undecided(f"shares of distance are of a nuisance, and agents on {line} want it near")
    return line.length * size / (alpha * instance.agents)
