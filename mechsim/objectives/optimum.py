"""The best that any outcome does for an objective, exactly."""

from collections.abc import Iterable
from typing import Any

from .._numbers import Number, show
from .._text import brief
from ..preferences.single_peaked import Line
from ..preferences.space import Space
from ..setting import Instance, Undecided
from ._base import Objective, Optimum, agents_of, evaluate
from ._space import best_in_space


def optimum(
    objective: Objective, instance: Instance, within: tuple[Number, Number] | None = None
) -> Optimum:
    """A best place on a line or in a space, and the value of the objective there.

    Parameters
    ----------
    objective : Objective
    instance : Instance
        Agents on a `Line`, or in a `Space` in which one facility is built.  They may be kept to a
        grid; the place is not.
    within : (Number, Number), optional
        The ends of the interval of a line in which the place must be; by default its own.

    Returns
    -------
    Optimum
        Exact where the reports are; a ball where the place is irrational, as the best one for
        Nash welfare may be.  Of several best places one is returned.  Where the place of the least
        sum of Euclidean distances is irrational, one near it is returned, and a ball that holds
        the least value.

    Raises
    ------
    Undecided
        If the setting is neither, or it is not known where the objective is best for such agents.

    Examples
    --------
    >>> from mechsim.objectives import NashWelfare, TotalCost
    >>> line = Line(0, 1)
    >>> here = Instance(line, line.read([0, 0, 1]))
    >>> optimum(TotalCost(), here).value
    Fraction(1, 1)
    >>> optimum(NashWelfare(), here).place
    Fraction(1, 3)
    """
    line = instance.setting
    if isinstance(line, Space) and within is None:
        return best_in_space(objective, instance)
    if not isinstance(line, Line):
        raise Undecided(f"the best outcome is known on lines, and {brief(line)} is none: list them")
    low, high = (line.low, line.high) if within is None else within
    if not line.low <= low <= high <= line.high:
        raise ValueError(f"within is ({show(low)}, {show(high)}): it must be an interval of {line}")
    return objective.best_on_line(line, agents_of(instance), low, high)


def best_of(objective: Objective, instance: Instance, outcomes: Iterable[Any]) -> Optimum:
    """The first of the best of ``outcomes``, by trying them all.

    Examples
    --------
    >>> from mechsim.objectives import Egalitarian
    >>> line = Line(0, 1)
    >>> here = Instance(line, line.read([0, 0, 1]))
    >>> best_of(Egalitarian(), here, line.grid(4).points).place
    Fraction(1, 2)
    """
    valued = [(outcome, evaluate(objective, instance, outcome)) for outcome in outcomes]
    if not valued:
        raise ValueError("outcomes is empty: there is no best of nothing")
    choose = min if objective.minimised else max
    place, value = choose(valued, key=lambda pair: pair[1])
    return Optimum(place, value)
