"""Reports, outcomes and numbers as pictures need them."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from .._numbers import Number, is_ball, show
from .._text import brief
from ..lottery import Finite, is_finite, is_lottery, sure
from ..mechanism import Playable, _is_large
from ..population import FloatArray, Population, tally
from ..preferences.single_peaked import Line
from ..setting import Instance

MANY = 40
"""More different places than this are drawn as a histogram."""

Given = Instance | Population | Iterable[Number] | FloatArray
"""Reports as a picture takes them: with their setting, or as a setting reads them."""


def instance_of(given: Given, setting: Line) -> Instance:
    """What is given as an instance on a line; ``setting`` reads what comes without one."""
    if isinstance(given, Instance):
        if not isinstance(given.setting, Line):
            raise ValueError(f"setting is {brief(given.setting)}: the picture is of a Line")
        return given
    return Instance(setting, setting.read(Population(given) if _is_large(given) else given))


def setting_of(mechanism: Playable, setting: Line | None) -> Line:
    """The setting given, or that of the mechanism, or the whole line."""
    if setting is not None:
        return setting
    own = getattr(mechanism, "setting", None)
    return own if isinstance(own, Line) else Line()


def require_inside(lottery: Finite[Any], name: str, line: Line) -> None:
    """Raise `ValueError` if a place that is drawn is off the line."""
    for place in lottery.support:
        number = float(place)
        if not line.admits(number if is_ball(place) else place):
            raise ValueError(
                f"outcomes[{name!r}] is {show(place)}: it must lie on {line}; another line is "
                "said by setting=Line(low, high)"
            )


def classes(instance: Instance) -> tuple[FloatArray, FloatArray]:
    """The different reports in order, and how many agents are at each: two (classes,) arrays."""
    reports = instance.reports
    pairs = reports.classes() if isinstance(reports, Population) else tally(reports)
    values, counts = np.array([(float(value), count) for value, count in pairs]).T
    places, which = np.unique(values, return_inverse=True)
    total: FloatArray = np.bincount(which, weights=counts).astype(np.float64)
    return places, total


def drawn(outcome: object) -> Finite[Any]:
    """A lottery over places: the one given, or the one that surely draws the place given.

    Raises
    ------
    ValueError
        If it does not list its outcomes, or one of them is no number.
    """
    if is_lottery(outcome) and not is_finite(outcome):
        raise ValueError(f"outcome is {outcome}: a lottery must list its places to be drawn")
    lottery: Finite[Any] = outcome if is_finite(outcome) else sure(outcome)
    for place in lottery.support:
        if isinstance(place, (bool, str)) or not hasattr(place, "__float__"):
            raise ValueError(f"outcome is {place!r}: it must be a place on the line, a number")
    return lottery


def places_of(lottery: Finite[Any]) -> tuple[FloatArray, FloatArray]:
    """The places in order, and the probability of each: two (places,) arrays."""
    pairs = sorted((float(place), float(p)) for place, p in lottery.probability.items())
    places, weights = np.array(pairs).T
    return places, weights


def stretches(places: FloatArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The weight in each of `MANY` stretches of the line, and the ends of the stretches."""
    low, high = float(places[0]), float(places[-1])
    room = 1e-9 * max(abs(low), abs(high))  # places that differ by rounding only
    between = (low - room, high + room) if high - low < room else (low, high)
    mass, edges = np.histogram(places, bins=MANY, range=between, weights=weights)
    return mass, edges


def short(number: Number) -> str:
    """A number exactly where that is short, else to four digits."""
    exact = not isinstance(number, float) and len(show(number)) <= 5
    return show(number) if exact else f"{float(number):.4g}"


def name_of(mechanism: object) -> str:
    """A mechanism's name, cut if it is very long."""
    name = brief(mechanism)
    return name if len(name) <= 60 else f"{name[:57]}..."
