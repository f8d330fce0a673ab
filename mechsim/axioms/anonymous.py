r"""Anonymity: the outcome does not depend on who reported what.

.. math:: f(\theta_{\pi(1)}, \dots, \theta_{\pi(n)}) = f(\theta_1, \dots, \theta_n)
          \qquad \forall \theta,\ \pi.

Swaps of two agents generate every permutation, so swaps are the cases.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from .._numbers import Number, show
from ..lottery import is_finite
from ..mechanism import Playable, play
from ..population import Reports
from ..setting import Instance
from ._base import Undecided


@dataclass(frozen=True)
class Swap:
    """The agents ``first`` and ``second`` trade reports."""

    instance: Instance
    first: int
    second: int

    @property
    def reports(self) -> Reports:
        """The reports after the trade."""
        profile = self.instance.profile
        a, b = profile[self.first], profile[self.second]
        return self.instance.replace(self.first, b).replace(self.second, a).reports


@dataclass(frozen=True)
class Anonymous:
    """The lottery is symmetric.  The violation is the total variation distance."""

    def cases(self, instance: Instance, /) -> Iterator[Swap]:
        """Each pair of agents with different reports."""
        for first, second in combinations(range(instance.agents), 2):
            if instance.profile[first] != instance.profile[second]:
                yield Swap(instance, first, second)

    def violation(self, mechanism: Playable, case: Swap, /) -> Number:
        """The total variation distance between the lotteries before and after the trade."""
        before, after = play(mechanism, case.instance.reports), play(mechanism, case.reports)
        if not (is_finite(before) and is_finite(after)):
            raise Undecided("anonymity compares probabilities, and this lottery does not list them")
        p, q = before.probability, after.probability
        zero = Fraction(0)
        return sum((abs(p.get(o, zero) - q.get(o, zero)) for o in {*p, *q}), zero) / 2

    def explain(self, mechanism: Playable, case: Swap, /) -> str:
        """Who trades, and how far the lottery moves."""
        instance = case.instance
        distance = show(self.violation(mechanism, case))
        return (
            f"at {instance.tell_reports()}, when {instance.name(case.first)} and "
            f"{instance.name(case.second)} trade reports, the outcome changes with "
            f"total variation {distance}"
        )
