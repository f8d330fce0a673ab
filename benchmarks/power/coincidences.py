"""Facilities on a line that somebody can move by a lie: special cases where reports coincide."""

from typing import Any

from mechsim.axioms import Strategyproof
from mechsim.preferences.single_peaked import Line

from .planted import Planted

Reports = tuple[Any, ...]
UNIT = Line(0, 1)
MEDIAN = "The twin is an order statistic."


def second_distinct(reports: Reports) -> Any:
    """The second-lowest report in one pass; equal ones slip through."""
    best = second = 1
    for x in reports:
        if x < best:
            best, second = x, best
        elif best < x < second:
            second = x
    return second


def second_lowest(reports: Reports) -> Any:
    """The second-lowest report in one pass."""
    best = second = 1
    for x in reports:
        if x < best:
            best, second = x, best
        elif x < second:
            second = x
    return second


def merges(reports: Reports) -> Any:
    """The lowest report; two that are as good as equal are averaged."""
    lowest, second, *_ = sorted(reports)
    if second - lowest < 1e-6:
        return (lowest + second) / 2
    return lowest


def lowest_only(reports: Reports) -> Any:
    """The lowest report."""
    lowest, *_ = sorted(reports)
    return lowest


def first_of_even_gaps(reports: Reports) -> Any:
    """The median; of three at equal distances any would do, it seems."""
    a, b, c = sorted(reports)
    if b - a == c - b:
        return a
    return b


def middle_of_three(reports: Reports) -> Any:
    """The median."""
    _, b, _ = sorted(reports)
    return b


def mean_if_balanced(reports: Reports) -> Any:
    """The median, or the mean where the two are as good as equal."""
    _, middle, _ = sorted(reports)
    mean = sum(reports) / 3
    if abs(mean - middle) < 0.0001:
        return mean
    return middle


def median_if_balanced(reports: Reports) -> Any:
    """The median, wherever the mean is."""
    _, middle, _ = sorted(reports)
    return middle


def meets_the_dissenter(reports: Reports) -> Any:
    """The median, or halfway to a single agent whom all others disagree with."""
    middle = sorted(reports)[len(reports) // 2]
    others = [x for x in reports if x != middle]
    if len(others) == 1:
        return (middle + others[0]) / 2
    return middle


def leaves_the_dissenter(reports: Reports) -> Any:
    """The median, whoever disagrees."""
    return sorted(reports)[len(reports) // 2]


def jitters(reports: Reports) -> Any:
    """The median, moved aside a little where several agents stand."""
    middle = sorted(reports)[len(reports) // 2]
    crowd = reports.count(middle)
    return min(middle + 0.0001 * (crowd - 1), 1)


def stays(reports: Reports) -> Any:
    """The median."""
    middle = sorted(reports)[len(reports) // 2]
    return min(middle, 1)


def grows_with_crowd(reports: Reports) -> Any:
    """The k-th lowest; k is the number of reports above .6, at least 1."""
    k = sum(x > 0.6 for x in reports)
    return sorted(reports)[max(k, 1) - 1]


def second_of_four(reports: Reports) -> Any:
    """The k-th lowest, for a k that is fixed."""
    k = sum(x >= 0 for x in reports) // 2
    return sorted(reports)[max(k, 1) - 1]


COINCIDENCES = (
    Planted(
        "duplicates",
        "line",
        second_distinct,
        second_lowest,
        Strategyproof(),
        UNIT,
        4,
        f"Needs two equal lowest reports. {MEDIAN}",
    ),
    Planted(
        "near tie",
        "line",
        merges,
        lowest_only,
        Strategyproof(),
        UNIT,
        3,
        "Needs two reports closer than 1e-6 and not equal; the gain is at most 5e-7. The twin is "
        "the minimum.",
    ),
    Planted(
        "even gaps",
        "line",
        first_of_even_gaps,
        middle_of_three,
        Strategyproof(),
        UNIT,
        3,
        f"Needs an arithmetic progression. {MEDIAN}",
    ),
    Planted(
        "nearly balanced",
        "line",
        mean_if_balanced,
        median_if_balanced,
        Strategyproof(),
        UNIT,
        3,
        "Needs a mean within 1e-4 of the median and not equal to it; the gain is smaller still. "
        f"{MEDIAN}",
    ),
    Planted(
        "one dissenter",
        "line",
        meets_the_dissenter,
        leaves_the_dissenter,
        Strategyproof(),
        UNIT,
        15,
        f"Needs fourteen equal reports and one other. {MEDIAN}",
    ),
    Planted(
        "jitter",
        "line",
        jitters,
        stays,
        Strategyproof(),
        UNIT,
        3,
        f"Needs two reports at the median; the gain is 1e-4. {MEDIAN}",
    ),
    Planted(
        "moving rank",
        "line",
        grows_with_crowd,
        second_of_four,
        Strategyproof(),
        UNIT,
        4,
        f"An agent just above .6 reports less to lower the rank. {MEDIAN}",
    ),
)
