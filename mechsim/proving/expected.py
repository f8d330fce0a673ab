"""What an axiom says is not positive on average, draw by draw: bounded numbers to bet on.

Of a mechanism that is known by its draws only, an axiom can be tested by betting if its violation
is the mean of a bounded number, which one draw shows.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from itertools import combinations_with_replacement, islice
from typing import Any

import numpy as np

from .._text import brief
from ..axioms import Axiom, ExAnte, SDStrategyproof, Strategyproof, WithProbability
from ..axioms._base import TOLERANCE, scale_at
from ..axioms.judge import Given
from ..population import FloatArray
from ..preferences import Line
from ..setting import Instance, Undecided, unpriced, utility
from .sweep import is_sweepable

LISTED = 2**14
"""A setting with more alternatives does not list them here."""


@dataclass(frozen=True)
class Expectation:
    """The violation in ``case`` is the mean of a number that lies within ``bound`` of 0.

    The profiles ``played`` are drawn at with the same random numbers, and ``of`` their outcomes is
    that number; ``of_arrays`` says it for arrays of outcomes, where outcomes and types are numbers.
    Common random numbers do not change the mean, and much of the chance cancels.
    """

    case: Any
    played: tuple[Any, ...]
    bound: float
    of: Callable[..., Any]
    of_arrays: Callable[..., FloatArray] | None = None

    @cached_property
    def rounding(self) -> float:
        """A mean up to this is rounding, as violations in floats are elsewhere."""
        return TOLERANCE * scale_at(self.case)

    @property
    def unit(self) -> float:
        """How far the number can be from what is rounding."""
        return self.bound + self.rounding

    def shares(self, numbers: FloatArray) -> FloatArray:
        """By how much numbers exceed rounding, as shares of the unit: at least -1."""
        return (numbers - self.rounding) / self.unit

    def number(self, share: float) -> float:
        """The number that has this share."""
        return share * self.unit + self.rounding


def expectations(axiom: Axiom, case: Any, bound: float | None = None) -> Iterator[Expectation]:
    """The numbers whose means are not positive if the axiom holds in ``case``, most often one.

    ``bound`` is how far from 0 they can be, where the setting does not tell.

    Raises
    ------
    Undecided
        If the axiom is not about means, or nothing bounds the numbers.
    """
    instance: Instance = case.instance
    setting = instance.setting
    if isinstance(axiom, Strategyproof):
        if getattr(setting, "gain", None) is not None:
            raise Undecided(f"agents on {brief(setting)} have an order and no values")
        truth = instance.profile[case.agent]
        within = _spread(instance, case.agent, truth) if bound is None else bound
        arrays = partial(_gains, setting, float(truth)) if in_arrays(axiom, setting) else None
        gain = partial(_gain, setting, case.agent, truth, bound is None)
        yield Expectation(case, (instance.reports, case.reports), within, gain, arrays)
    elif isinstance(axiom, SDStrategyproof):
        if not hasattr(setting, "upper_contours") or hasattr(setting, "share"):
            raise Undecided(f"{brief(setting)} does not list what is liked best of what is drawn")
        for best in setting.upper_contours(instance.profile[case.agent]):
            chance = partial(_likelier, best)
            yield Expectation(case, (instance.reports, case.reports), 1.0, chance)
    elif isinstance(axiom, ExAnte):
        within = _extreme(axiom, case) if bound is None else bound
        yield Expectation(case, (instance.reports,), within, partial(_shortfall, axiom, case))
    elif isinstance(axiom, WithProbability):
        yield Expectation(case, (instance.reports,), 1.0, partial(_missing, axiom, case))
    else:
        raise Undecided(
            f"{brief(axiom)} is not about means of what is drawn: where draws are all there is, "
            "Strategyproof, SDStrategyproof, ExAnte and WithProbability are tested in expectation, "
            "and axioms of outcomes ex post"
        )


def in_arrays(axiom: Axiom, setting: Any) -> bool:
    """Whether the numbers of an axiom are computed for arrays of outcomes."""
    return isinstance(axiom, Strategyproof) and is_sweepable(setting)


def _gain(setting: Any, agent: int, truth: Any, free: bool, honest: Any, lied: Any) -> Any:
    for outcome in (honest, lied) if free else ():
        unpriced(outcome)
    return utility(setting, agent, truth, lied) - utility(setting, agent, truth, honest)


def _gains(setting: Any, truth: float, honest: FloatArray, lied: FloatArray) -> FloatArray:
    peak = np.full((1, 1), truth)
    difference: FloatArray = setting.values(peak, lied)[:, 0] - setting.values(peak, honest)[:, 0]
    return difference


def _likelier(best: frozenset[Any], honest: Any, lied: Any) -> int:
    if isinstance(honest, frozenset) or isinstance(lied, frozenset):
        raise Undecided(
            "an outcome is a set of alternatives, of which only single ones are ordered"
        )
    return int(lied in best) - int(honest in best)


def _shortfall(axiom: ExAnte, case: Any, outcome: Any) -> Any:
    return axiom.axiom.outcome_violation(outcome, case)


def _missing(axiom: WithProbability, case: Any, outcome: Any) -> Any:
    return axiom.violation(Given(outcome), case)


def _spread(instance: Instance, agent: int, type_: Any) -> float:
    """By how much what is worth most to this type is worth more than what is worth least."""
    setting = instance.setting
    own = getattr(setting, "spread", None)
    if own is not None:
        return float(own(agent, type_))
    values = [setting.value(agent, type_, one) for one in _alternatives(instance)]
    return float(max(values) - min(values))


def _extreme(axiom: ExAnte, case: Any) -> float:
    """How far from 0 the violation can be at an outcome."""
    instance: Instance = case.instance
    if isinstance(instance.setting, Line):
        if not axiom.straight:
            raise Undecided(f"nothing is known that bounds the violations of {brief(axiom)}")
        outcomes: Iterable[Any] = _kinks(instance.setting, instance.profile)
    else:
        outcomes = _alternatives(instance)
    return max(abs(float(axiom.axiom.outcome_violation(one, case))) for one in outcomes)


def _kinks(line: Line, peaks: tuple[Any, ...]) -> set[Any]:
    """Places between which what is straight is linear: ends, peaks, and midpoints of these."""
    line.spread(0, peaks[0])  # which raises where tastes are not known to be straight
    pairs = combinations_with_replacement(dict.fromkeys(peaks), 2)
    return {line.low, line.high, *((a + b) * Fraction(1, 2) for a, b in pairs)}


def _alternatives(instance: Instance) -> tuple[Any, ...]:
    """Everything that may happen, where a setting without money lists it."""
    setting = instance.setting
    lists = getattr(setting, "alternatives", None)
    if getattr(setting, "money", False):
        raise Undecided(
            f"agents on {brief(setting)} may pay any amount, so nothing bounds what a draw is "
            "worth; give bet_against a bound"
        )
    if lists is None:
        raise Undecided(
            f"{brief(setting)} does not say how far apart values are, by spread(agent, type) or "
            "by listing alternatives(agents); give bet_against a bound"
        )
    listed: tuple[Any, ...] = tuple(islice(lists(instance.agents), LISTED + 1))
    if len(listed) > LISTED:
        raise Undecided(f"{brief(setting)} has more than {LISTED:,} alternatives")
    return listed
