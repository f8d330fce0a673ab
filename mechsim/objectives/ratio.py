r"""How far a mechanism is from the best outcome.

.. math:: \frac{\mathrm{ALG}}{\mathrm{OPT}} \text{ of what is to be small}, \qquad
          \frac{\mathrm{OPT}}{\mathrm{ALG}} \text{ of what is to be large},

where OPT is the best that a place, not a lottery, does at these reports.  It is 1 where the
mechanism does as well as that, 0/0 included, and infinite where it is beyond all bounds.
"""

import math
from fractions import Fraction
from typing import Any, Protocol, TypeGuard

import numpy as np

from .._numbers import Number, is_ball, show
from ..batch import Lotteries
from ..lottery import is_finite
from ..mechanism import Playable
from ..population import FloatArray
from ..preferences.single_peaked import Line
from ..setting import Instance, Undecided
from ._base import Convention, Expected, Objective, played, require_question
from ._line import require_nearness
from .optimum import optimum

ROUNDING = 1e-9
"""A float ratio this little below 1 is 1, rounded."""

TINY = 1e-12
"""Costs in a batch that differ by this share of the line are the same, rounded."""


class Batched(Protocol):
    """A mechanism that answers many profiles at once."""

    def of_batch(self, profiles: FloatArray, /) -> FloatArray | Lotteries:
        """Outcomes, one a row of the (batch, agents) reports."""
        ...


def has_batch(mechanism: object) -> TypeGuard[Batched]:
    """Whether a mechanism answers many profiles at once."""
    return hasattr(mechanism, "of_batch")


def ratio(
    mechanism: Playable,
    objective: Objective,
    instance: Instance,
    convention: Convention = Expected(),
) -> Any:
    """The approximation ratio of ``mechanism`` at ``instance``.

    Parameters
    ----------
    mechanism : callable
        Reports to a place or a lottery over places.
    objective : Objective
    instance : Instance
        Agents on a `Line`.
    convention : Convention
        What the objective means of a lottery: its expectation, or `OfExpectation`.  By the latter
        a lottery may do better than any place, and the ratio may be below 1.

    Returns
    -------
    Fraction, float or Enclosed
        At least 1 by `Expected`; exact where the reports are, ``math.inf`` if unbounded; a ball
        where the optimum is irrational.

    Raises
    ------
    Undecided
        If costs are negative, as where the facility is a nuisance: they have no ratio.

    Examples
    --------
    >>> from mechsim.facility import Mean
    >>> from mechsim.objectives import MaxCost, TotalCost
    >>> line = Line(0, 1)
    >>> here = Instance(line, line.read([0, 0, 1]))
    >>> ratio(Mean(), TotalCost(), here), ratio(Mean(), MaxCost(), here)
    (Fraction(4, 3), Fraction(4, 3))
    """
    require_question(mechanism, objective)
    best, lottery = optimum(objective, instance), played(mechanism, instance)
    if is_finite(lottery) and lottery.support == (best.place,):  # also where that is irrational
        return 1.0 if isinstance(best.value, float) else Fraction(1)
    achieved = convention.value(objective, instance, lottery)
    found = over_optimum(objective, achieved, best.value)
    rounded = isinstance(found, float) and convention == Expected()
    return 1.0 if rounded and 1 - ROUNDING < found < 1 else found


def over_optimum(objective: Objective, achieved: Any, best: Any) -> Any:
    """The ratio of what was achieved to the best, at least 1 if it is no better than that."""
    return quotient(achieved, best) if objective.minimised else quotient(best, achieved)


def quotient(larger: Any, smaller: Any) -> Any:
    """A ratio of numbers that are not negative: 0/0 is 1, and so is infinite over infinite."""
    if is_ball(larger) or is_ball(smaller):
        exactly_none = not is_ball(smaller) and smaller == 0
        return math.inf if exactly_none else larger / smaller
    if larger < 0 or smaller < 0:
        raise Undecided("a cost is negative, and a ratio of such means nothing")
    if larger == smaller:
        return 1.0 if isinstance(larger, float) and larger != math.inf else Fraction(1)
    if smaller == 0 or larger == math.inf:
        return math.inf
    if smaller == math.inf:
        return Fraction(0)
    found = Fraction(larger) / Fraction(smaller)
    if not (isinstance(larger, float) or isinstance(smaller, float)):
        return found
    try:
        return float(found)
    except OverflowError:
        return math.inf


def exceeds(found: Any, bound: Number) -> bool:
    """Whether a ratio is larger than ``bound``; a ball that may be and may not be is Undecided."""
    if found > bound:
        return True
    if found <= bound or bound == math.inf:
        return False
    raise Undecided("a ratio is irrational and too near to the bound to be compared with it")


def ratios(
    mechanism: Batched,
    objective: Objective,
    line: Line,
    profiles: FloatArray,
    convention: Convention = Expected(),
) -> FloatArray:
    """`ratio` at each row, in floats.

    Parameters
    ----------
    mechanism : Batched
        One with ``of_batch``.
    objective : Objective
    line : Line
        Where nearness is wanted.
    profiles : (batch, agents) float64 array
        Peaks, in the unit of the line.
    convention : Convention
        What the objective means of a lottery.

    Returns
    -------
    (batch,) float64 array

    Examples
    --------
    >>> from mechsim.objectives import MaxCost
    >>> class Left:
    ...     def of_batch(self, profiles):
    ...         return profiles.min(axis=1)
    >>> ratios(Left(), MaxCost(), Line(0, 1), np.array([[0.0, 1.0], [0.5, 0.5]])).tolist()
    [2.0, 1.0]
    """
    require_nearness(objective.heading, line)
    drawn = mechanism.of_batch(profiles)
    if not isinstance(drawn, Lotteries):
        drawn = Lotteries(drawn[:, None], (Fraction(1),))
    achieved = convention.of_batch(objective, line, profiles, drawn)
    return over_optima(objective, line, profiles, achieved)


def over_optima(
    objective: Objective, line: Line, profiles: FloatArray, achieved: FloatArray
) -> FloatArray:
    """The ratio of what was ``achieved`` at each row to the best there, in floats: (batch,)."""
    best = optima(objective, line, profiles)
    larger, smaller = (achieved, best) if objective.minimised else (best, achieved)
    slack = TINY * line.scale if objective.minimised else 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        same = (larger == smaller) | (np.abs(larger - smaller) <= slack)
        found: FloatArray = np.where(same, 1.0, larger / smaller)
    return found


def optima(objective: Objective, line: Line, profiles: FloatArray) -> FloatArray:
    """The best value of the objective at each row, in floats: (batch, agents) to (batch,)."""
    places = objective.places_of_batch(line, profiles)
    choose = np.minimum if objective.minimised else np.maximum
    best: FloatArray | None = None
    for column in places.T:
        value = objective.of_batch(objective.measure.of_batch(line, profiles, column))
        best = value if best is None else choose(best, value)
    assert best is not None
    return best


def show_ratio(number: Any) -> str:
    """A ratio as people write it in a table."""
    return "unbounded" if number == math.inf else show(number)


def told(number: Any) -> str:
    """A ratio as it is told in a sentence."""
    if number == math.inf:
        return "an unbounded ratio"
    rounded = " (computed in floats)" if isinstance(number, float) else ""
    return f"the ratio {show(number)}{rounded}"
