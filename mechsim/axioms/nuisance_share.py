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
from typing import Any

from .._numbers import Number, distance, real, show
from ..population import tally
from ..preferences.tastes import Obnoxious
from ..setting import Instance, Undecided, unpriced
from .fair_share import Individual, LikeMinded
from .intervals import on_a_line


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
        object.__setattr__(self, "alpha", _read(self.alpha))

    def cases(self, instance: Instance, /) -> Iterator[Individual]:
        """One agent of each place that occurs."""
        for type_, _ in tally(instance.reports):
            yield Individual(instance, type_)

    def outcome_violation(self, outcome: Any, case: Individual, /) -> Any:
        """How much nearer the facility is than it may be."""
        return _due(case.instance, 1, self.alpha) - distance(case.type_, unpriced(outcome))

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
        object.__setattr__(self, "alpha", _read(self.alpha))

    def cases(self, instance: Instance, /) -> Iterator[LikeMinded]:
        """The group of all agents at each place that occurs."""
        for type_, size in tally(instance.reports):
            yield LikeMinded(instance, type_, size)

    def outcome_violation(self, outcome: Any, case: LikeMinded, /) -> Any:
        """How much nearer the facility is than it may be."""
        return _due(case.instance, case.size, self.alpha) - distance(case.type_, unpriced(outcome))

    def explain_outcome(self, when: str, violation: Any, case: LikeMinded, /) -> str:
        """Which group is too near."""
        instance = case.instance
        return (
            f"at {instance.tell_reports()}, the nuisance is {show(violation)} too near to all at "
            f"{instance.tell_type(case.type_)}, {when}"
        )


def _read(alpha: Number) -> Number:
    given = real(alpha, "alpha")
    if given < 1:
        raise ValueError(f"alpha is {show(given)}: it must be at least 1")
    return given


def _due(instance: Instance, size: int, alpha: Number) -> Number:
    """How far away the facility must be."""
    line = on_a_line(instance)
    line.require_bounds("a fair share")
    if line.tastes != Obnoxious():
        raise Undecided(f"shares of distance are of a nuisance, and agents on {line} want it near")
    return line.length * size / (alpha * instance.agents)
