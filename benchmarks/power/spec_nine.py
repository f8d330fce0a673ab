"""Nine faults of medians, from a comparison of ways to search: five agents on [0, 1]."""

from collections.abc import Callable
from typing import Any

from mechsim.axioms import Strategyproof
from mechsim.preferences.single_peaked import Line

from .planted import Planted

Reports = tuple[Any, ...]

ORDER_STATISTIC = "The twin is the median, an order statistic of the reports."


def median(reports: Reports) -> Any:
    """The middle report, the lower one of two."""
    return sorted(reports)[(len(reports) - 1) // 2]


def mean(reports: Reports) -> Any:
    """The mean."""
    return sum(reports) / len(reports)


def tie(reports: Reports) -> Any:
    """The largest report if the two lowest are equal."""
    s = sorted(reports)
    return s[-1] if (s[0] == s[1] and s[0] < s[-1]) else s[2]


def strip(reports: Reports) -> Any:
    """The midrange if the spread is in [.5, .5001]."""
    s = sorted(reports)
    spread = s[-1] - s[0]
    return (s[0] + s[-1]) / 2 if 0.5 <= spread <= 0.5001 else s[2]


def box(reports: Reports) -> Any:
    """The largest report in a box of volume 1e-4."""
    x = reports
    inside = 0.30 <= x[0] <= 0.346 and 0.60 <= x[1] <= 0.646 and 0.10 <= x[2] <= 0.146
    return max(x) if inside else median(x)


def small(reports: Reports) -> Any:
    """A drift of 1e-3 towards the mean."""
    return median(reports) * 0.999 + 0.001 * mean(reports)


def edge(reports: Reports) -> Any:
    """The largest report if it exceeds .9999."""
    return max(reports) if max(reports) > 0.9999 else median(reports)


def count(reports: Reports) -> Any:
    """A phantom moves when exactly four reports exceed 1/2."""
    above = sum(1 for report in reports if report > 0.5)
    phantoms = [0.2, 0.4, 0.6, 0.8] if above != 4 else [0.2, 0.4, 0.6, 0.7]
    return sorted([*reports, *phantoms])[4]


def phantoms_of_count(reports: Reports) -> Any:
    """The median of the reports and four fixed phantoms."""
    return sorted([*reports, 0.2, 0.4, 0.6, 0.8])[4]


def sevenths(reports: Reports) -> Any:
    """The lowest report if the median is within 2e-5 of k/7."""
    middle = median(reports)
    scaled = middle * 7
    near = abs(scaled - round(scaled)) < 1.4e-4 and 0 < round(scaled) < 7
    return min(reports) if near else middle


def two(reports: Reports) -> Any:
    """The lowest report if some report is 1/4 and the largest is 1."""
    return min(reports) if (0.25 in reports and max(reports) == 1) else median(reports)


def _entry(
    faulty: Callable[[Reports], Any], note: str, correct: Callable[[Reports], Any] = median
) -> Planted:
    name = faulty.__name__
    return Planted(name, "nine", faulty, correct, Strategyproof(), Line(0, 1), 5, note)


SPEC_NINE = (
    _entry(mean, f"Whoever is off the mean can pull it. {ORDER_STATISTIC}"),
    _entry(tie, f"Needs two equal lowest reports. {ORDER_STATISTIC}"),
    _entry(strip, f"Needs a spread in an interval of width 1e-4. {ORDER_STATISTIC}"),
    _entry(box, f"Needs three agents in a box of volume 1e-4. {ORDER_STATISTIC}"),
    _entry(small, f"Gains are of the order of 1e-4. {ORDER_STATISTIC}"),
    _entry(edge, f"Needs a report above .9999. {ORDER_STATISTIC}"),
    _entry(
        count,
        "Needs four reports above 1/2, most of them above .7. The twin is the median of the "
        "reports and four constants.",
        phantoms_of_count,
    ),
    _entry(sevenths, f"Needs a median within 2e-5 of k/7. {ORDER_STATISTIC}"),
    _entry(two, f"Needs two coincidences at once. {ORDER_STATISTIC}"),
)
