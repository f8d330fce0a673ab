"""Lotteries over places on a line that somebody can improve by a lie, in expectation."""

from fractions import Fraction
from typing import Any

from mechsim.axioms import Strategyproof
from mechsim.lottery import Finite, mix, sure, uniform
from mechsim.preferences.single_peaked import Line
from mechsim.preferences.tastes import SinglePeaked

from .planted import Planted

Reports = tuple[Any, ...]
UNIT = Line(0, 1)


def _weighted(choices: list[tuple[Any, Fraction]]) -> Finite[Any]:
    """A lottery from places and weights; equal places are added up."""
    chance: dict[Any, Fraction] = {}
    for place, weight in choices:
        chance[place] = chance.get(place, Fraction(0)) + weight
    return Finite(chance)


def left_right_middle(reports: Reports, end: Fraction) -> Finite[Any]:
    """The ends with probability ``end`` each, and halfway between them."""
    low, high = min(reports), max(reports)
    return _weighted([(low, end), (high, end), ((low + high) / 2, 1 - 2 * end)])


def middle_too_likely(reports: Reports) -> Finite[Any]:
    """Left-Right-Middle with weights that are typed as decimals."""
    return left_right_middle(reports, Fraction("0.2499"))


def middle_half(reports: Reports) -> Finite[Any]:
    """Left-Right-Middle with weights of 1/4, 1/4, 1/2."""
    return left_right_middle(reports, Fraction("0.25"))


def random_place(reports: Reports) -> Finite[Any]:
    """Each of the places that were named, equally likely."""
    places = sorted(set(reports))
    return uniform(places)


def random_agent(reports: Reports) -> Finite[Any]:
    """The places of all agents, equally likely."""
    places = sorted(reports)
    return uniform(places)


def midrange_drawn(reports: Reports) -> Finite[Any]:
    """One of the lowest, the middle of the range, the highest."""
    low, *_, high = sorted(reports)
    third = Fraction(1, 3)
    return mix([(third, sure(low)), (third, sure((low + high) / 2)), (third, sure(high))])


def median_drawn(reports: Reports) -> Finite[Any]:
    """One of the lowest, the median, the highest."""
    low, middle, high = sorted(reports)
    third = Fraction(1, 3)
    return mix([(third, sure(low)), (third, sure(middle)), (third, sure(high))])


def sure_if_close(reports: Reports) -> Finite[Any]:
    """A random report, or the median for certain if all are within .01 of each other."""
    low, middle, high = sorted(reports)
    if high - low < 0.01:
        return sure(middle)
    return uniform([low, middle, high])


def never_sure(reports: Reports) -> Finite[Any]:
    """A random report."""
    low, middle, high = sorted(reports)
    return uniform([low, middle, high])


def mean_too_often(reports: Reports) -> Finite[Any]:
    """The mean half of the time and .0001 more, else a random report; the middle is coarse."""
    return _mean_or_report(reports, Fraction(5001, 10_000))


def mean_half(reports: Reports) -> Finite[Any]:
    """The mean half of the time, else a random report."""
    return _mean_or_report(reports, Fraction(1, 2))


def _mean_or_report(reports: Reports, weight: Fraction) -> Finite[Any]:
    n = len(reports)
    choices: list[tuple[Any, Fraction]] = [(sum(reports) / n, weight)]
    for x in reports:
        choices.append((x, (1 - weight) / n))  # noqa: PERF401 - as one writes it at first
    return _weighted(choices)


LOTTERIES = (
    Planted(
        "weights in decimals",
        "line, lotteries",
        middle_too_likely,
        middle_half,
        Strategyproof(),
        UNIT,
        3,
        "An agent at an end exaggerates: the middle follows half as fast, with a weight above 1/2. "
        "The twin is Left-Right-Middle (Procaccia, Tennenholtz 2009).",
    ),
    Planted(
        "places, not agents",
        "line, lotteries",
        random_place,
        random_agent,
        Strategyproof(),
        UNIT,
        3,
        "Of two agents at one place one moves a little and counts. The twin is a random "
        "dictatorship.",
    ),
    Planted(
        "midrange for median",
        "line, lotteries",
        midrange_drawn,
        median_drawn,
        Strategyproof(),
        Line(0, 1, tastes=SinglePeaked()),
        3,
        "Agents at the ends move the middle of the range to the peak. The twin is a lottery over "
        "order statistics, each of them strategyproof for single-peaked preferences.",
    ),
    Planted(
        "near consensus",
        "line, lotteries",
        sure_if_close,
        never_sure,
        Strategyproof(),
        UNIT,
        3,
        "Needs all reports within .01 of each other, and a lie that is hardly farther away. The "
        "twin is a random dictatorship.",
    ),
    Planted(
        "mean too often",
        "line, lotteries",
        mean_too_often,
        mean_half,
        Strategyproof(),
        UNIT,
        4,
        "A lie of d moves the mean by d/n, and one's own place by d; with weights of 1/2 the gain "
        "and the loss cancel, with a little more on the mean they do not.",
    ),
)
