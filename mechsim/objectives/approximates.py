r"""Approximation as an axiom: no outcome is worse than a multiple of the best.

.. math:: \mathrm{ALG} \le r \cdot \mathrm{OPT} \text{ of what is to be small}, \qquad
          \mathrm{OPT} \le r \cdot \mathrm{ALG} \text{ of what is to be large}.

Without a number :math:`r` it asks for some ratio at all: what is to be small is 0 where it can be,
and what is to be large is not 0 where it need not be.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from .._numbers import Number, is_ball, real, show
from .._text import brief
from ..preferences.single_peaked import Line
from ..preferences.stretches import Stretch, Stretches
from ..setting import Instance, Undecided, require, unpriced
from ._base import Objective, Optimum, evaluate
from .optimum import best_of, optimum
from .ratio import over_optimum


@dataclass(frozen=True)
class Compared:
    """The outcome at ``instance`` and the best one there, for ``objective``."""

    instance: Instance
    objective: Objective

    @cached_property
    def best(self) -> Any:
        """What the objective is where it is best."""
        return best_there(self.objective, self.instance).value


@dataclass(frozen=True)
class Approximates:
    """The objective is within ``bound`` of its optimum.  The violation is what is beyond.

    On a `Line` the optimum is that of all places; elsewhere the best of what the setting lists.
    Of `Stretches` of a line, the best that each may do is compared with the optimum.
    In units of the objective the violation is ``ALG - bound * OPT``, or ``OPT - bound * ALG``; and
    without a bound what is lost where the ratio is infinite, ``|ALG - OPT|``.

    Parameters
    ----------
    objective : Objective
    bound : Number, optional
        At least 1.
    strictly : bool
        Whether the bound itself is too much, except where what is to be small is 0.  The violation
        is then 1.

    Examples
    --------
    >>> from mechsim import verify
    >>> from mechsim.facility import Median
    >>> from mechsim.objectives import MaxCost
    >>> verify(Median(), Approximates(MaxCost(), 2), Line(0, 1).grid(4), agents=2).word
    'proved'
    >>> verify(Median(), Approximates(MaxCost(), 1), Line(0, 1).grid(4), agents=2).word
    'refuted'
    """

    objective: Objective
    bound: Number | None = None
    strictly: bool = False

    def __post_init__(self) -> None:
        if not hasattr(self.objective, "measure"):
            raise ValueError(f"objective is {brief(self.objective)}: it must be one, as MaxCost()")
        if self.bound is not None:
            object.__setattr__(self, "bound", real(self.bound, "bound"))
            if self.bound < 1:
                raise ValueError(f"bound is {show(self.bound)}: it must be at least 1")
        elif self.strictly:
            raise ValueError("strictly is True: it is about a bound, and bound is None")

    def cases(self, instance: Instance, /) -> Iterator[Compared]:
        """One."""
        yield Compared(instance, self.objective)

    def outcome_violation(self, outcome: Any, case: Compared, /) -> Any:
        """What is beyond the bound."""
        achieved = achieved_by(self.objective, case.instance, unpriced(outcome))
        best = case.best
        if self.bound is None:
            unbounded = over_optimum(self.objective, achieved, best) == math.inf
            return abs(achieved - best) if unbounded else 0 * best
        if _is_negative(achieved) or _is_negative(best):
            raise Undecided("a cost is negative, and a ratio of such means nothing")
        small, large = (best, achieved) if self.objective.minimised else (achieved, best)
        beyond = large - self.bound * small
        if not self.strictly:
            return beyond
        return Fraction(beyond >= 0 and large > 0)

    def explain_outcome(self, when: str, violation: Any, case: Compared, /) -> str:
        """What the objective could be, and by how much that is missed."""
        best = show(case.best)
        far = "" if self.bound is None or self.strictly else f" by {show(violation)}"
        bound = "any multiple" if self.bound is None else f"{show(self.bound)} times that"
        bound = f"less than {bound}" if self.strictly else bound
        return (
            f"at {case.instance.tell_reports()}, {self.objective.heading} could be {best}, and "
            f"{bound} is missed{far} {when}"
        )


def best_there(objective: Objective, instance: Instance) -> Optimum:
    """The best place of a line, or the best of what another setting lists.

    Raises
    ------
    Undecided
        If the setting lists nothing.
    """
    setting = instance.setting
    if isinstance(setting, Stretches):
        return optimum(objective, Instance(setting.line, instance.reports))
    if isinstance(setting, Line):
        return optimum(objective, instance)
    require(setting, "alternatives")
    return best_of(objective, instance, setting.alternatives(instance.agents))


def achieved_by(objective: Objective, instance: Instance, outcome: Any) -> Any:
    """The objective of an outcome; of a stretch of a line the best of its places, or its ends."""
    setting = instance.setting
    if isinstance(setting, Stretches) and isinstance(outcome, Stretch):
        here = Instance(setting.line, instance.reports)
        return optimum(objective, here, (outcome.low, outcome.high)).value
    return evaluate(objective, instance, outcome)


def _is_negative(number: Any) -> bool:
    return not is_ball(number) and bool(number < 0)
