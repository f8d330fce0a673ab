r"""Anonymity: the outcome does not depend on who reported what.

.. math:: f(\theta_{\pi(1)}, \dots, \theta_{\pi(n)}) = f(\theta_1, \dots, \theta_n)
          \qquad \forall \theta,\ \pi.

Where an outcome says who pays what, or who gets which share, who trade reports trade these too.

Swaps of two agents generate every permutation, so swaps are the cases.
"""

import dataclasses
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any, ClassVar, cast

from .._numbers import Number, show
from ..lottery import Finite, is_finite, mix, sure
from ..mechanism import Playable, play
from ..population import Reports
from ..setting import Instance, Priced
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

    straight: ClassVar[bool] = True
    """On a line it is linear between peaks and what is halfway between two of them."""

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
        return total_variation(_traded(before, case), after)

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


def _traded(lottery: Finite[Any], case: Swap) -> Finite[Any]:
    """The lottery in which the two agents also trade what they pay and what they get."""
    shared = hasattr(case.instance.setting, "share_value")
    if not shared and not any(isinstance(outcome, Priced) for outcome in lottery.support):
        return lottery
    drawn = lottery.probability.items()
    return mix((p, sure(_exchanged(outcome, case, shared))) for outcome, p in drawn)


def _exchanged(outcome: Any, case: Swap, shared: bool) -> Any:
    if isinstance(outcome, Priced):
        alternative = _exchanged(outcome.alternative, case, shared)
        return Priced(alternative, _swapped(outcome.payments, case))
    if shared and isinstance(outcome, tuple):
        return _swapped(cast(tuple[Any, ...], outcome), case)
    return outcome


def _swapped(listed: tuple[Any, ...], case: Swap) -> tuple[Any, ...]:
    changed = list(listed)
    changed[case.first], changed[case.second] = listed[case.second], listed[case.first]
    return tuple(changed)


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
