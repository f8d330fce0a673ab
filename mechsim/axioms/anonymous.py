r"""Anonymity: the outcome does not depend on who reported what.

.. math:: f(\theta_{\pi(1)}, \dots, \theta_{\pi(n)}) = f(\theta_1, \dots, \theta_n)
          \qquad \forall \theta,\ \pi.

Swaps of two agents generate every permutation, so swaps are the cases.
"""

import dataclasses
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any, cast

from .._numbers import Number, show
from ..lottery import Finite, is_finite
from ..mechanism import Playable, play
from ..population import Reports
from ..setting import Instance
from ._base import Undecided
from ._sought import Sought, Symmetries


@dataclass(frozen=True)
class Swap:
    """The agents ``first`` and ``second`` trade reports."""

    instance: Instance
    first: int
    second: int

    def validate(self) -> None:
        """Raise `ValueError` unless these are two agents."""
        for name, agent in (("first", self.first), ("second", self.second)):
            if not 0 <= agent < self.instance.agents:
                raise ValueError(f"{name} is {agent}: there are {self.instance.agents} agents")

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
        return total_variation(before, after)

    def symmetries(self, sought: Sought, /) -> Symmetries:
        """Agents may be exchanged."""
        return Symmetries(agents=True)

    def explain(self, mechanism: Playable, case: Swap, /) -> str:
        """Who trades, and how far the lottery moves."""
        instance = case.instance
        distance = show(self.violation(mechanism, case))
        return (
            f"at {instance.tell_reports()}, when {instance.name(case.first)} and "
            f"{instance.name(case.second)} trade reports, the outcome changes with "
            f"total variation {distance}"
        )


def total_variation(first: Finite[Any], second: Finite[Any]) -> Number:
    """Half the sum of the differences in probability.

    An outcome with floats in it counts as any other within rounding of it; the distance is a
    float then.
    """
    q = dict(second.probability)
    rounded, shared = False, Fraction(0)
    second_floats = any(map(has_float, q))
    for outcome, p in first.probability.items():
        floats = has_float(outcome) or second_floats
        match = outcome if outcome in q else None
        if match is None and floats:
            match = next((other for other in q if near(outcome, other)), None)
        rounded = rounded or floats
        if match is not None:
            shared += min(p, q[match])
            q[match] -= min(p, q[match])
    return float(1 - shared) if rounded else 1 - shared


def has_float(outcome: Any) -> bool:
    """Whether a float is part of an outcome."""
    return isinstance(outcome, float) or any(map(has_float, _parts(outcome)))


def near(first: Any, second: Any) -> bool:
    """Whether two outcomes are equal but for the rounding of floats in them."""
    if isinstance(first, float) or isinstance(second, float):
        numbers = isinstance(first, (int, float, Fraction)) and isinstance(
            second, (int, float, Fraction)
        )
        return numbers and math.isclose(first, second, rel_tol=1e-9, abs_tol=1e-9)
    parts, others = _parts(first), _parts(second)
    if not parts or type(first) is not type(second) or len(parts) != len(others):
        return bool(first == second)
    return all(map(near, parts, others))


def _parts(outcome: Any) -> tuple[Any, ...]:
    """What a tuple or a data class is made of."""
    if isinstance(outcome, tuple):
        return cast(tuple[Any, ...], outcome)
    if dataclasses.is_dataclass(outcome) and not isinstance(outcome, type):
        return tuple(getattr(outcome, field.name) for field in dataclasses.fields(outcome))
    return ()
