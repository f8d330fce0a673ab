"""Facilities on a line that a lie can move: wrong bounds, gates, landmarks, rounding."""

import math
from typing import Any

import numpy as np

from mechsim.axioms import Strategyproof
from mechsim.preferences.single_peaked import Line
from mechsim.preferences.tastes import Obnoxious, SinglePeaked

from .planted import Planted

Reports = tuple[Any, ...]
UNIT = Line(0, 1)
LANDMARKS = [0.15, 0.37, 0.62]
MEDIAN = "The twin is an order statistic."


def halfway(reports: Reports) -> Any:
    """The median, by numpy: halfway between the two in the middle."""
    return np.median(reports)


def lower_middle(reports: Reports) -> Any:
    """The lower one of the two in the middle."""
    return np.sort(reports)[(len(reports) - 1) // 2]


def capped_wrongly(reports: Reports) -> Any:
    """The median within bounds, one of which is typed twice and wrong once."""
    middle = sorted(reports)[len(reports) // 2]
    if middle < 0.2:
        return 0.2001
    if middle > 0.8:
        return 0.8
    return middle


def capped(reports: Reports) -> Any:
    """The median within [.2, .8]."""
    middle = sorted(reports)[len(reports) // 2]
    if middle < 0.2:
        return 0.2
    if middle > 0.8:
        return 0.8
    return middle


def jumps_past_gate(reports: Reports) -> Any:
    """The lowest report, or the next one if that is left of .37."""
    lowest, second, *_ = sorted(reports)
    return lowest if lowest >= 0.37 else second


def stops_at_gate(reports: Reports) -> Any:
    """The same, but no farther than .37 for the sake of one report."""
    lowest, second, *_ = sorted(reports)
    return lowest if lowest >= 0.37 else min(second, 0.37)


def drops_nearly_one(reports: Reports) -> Any:
    """The median of what is not taken for a missing entry."""
    valid = [x for x in reports if not 0.9999 < x < 1]
    valid = sorted(valid or reports)
    return valid[(len(valid) - 1) // 2]


def keeps_all(reports: Reports) -> Any:
    """The median of everything."""
    valid = [x for x in reports if 0 <= x <= 1]
    valid = sorted(valid or reports)
    return valid[(len(valid) - 1) // 2]


def truncates(reports: Reports) -> Any:
    """The median in hundredths, the rest cut off."""
    middle = sorted(reports)[len(reports) // 2]
    return int(middle * 100) / 100


def rounds(reports: Reports) -> Any:
    """The median in hundredths, to the nearest."""
    middle = sorted(reports)[len(reports) // 2]
    return round(middle * 100) / 100


def snaps(reports: Reports) -> Any:
    """The median, moved to a landmark that is very near."""
    place = sorted(reports)[1]
    for landmark in LANDMARKS:
        if abs(place - landmark) < 0.001:
            return landmark
    return place


def passes_by(reports: Reports) -> Any:
    """The median, kept between the first and the last landmark."""
    place = sorted(reports)[1]
    if place < LANDMARKS[0]:
        return LANDMARKS[0]
    return min(place, LANDMARKS[-1])


def snaps_between(reports: Reports) -> Any:
    """The same, moved to a landmark that is very near."""
    return snaps((passes_by(reports),) * 3)


def snaps_to_computed(reports: Reports) -> Any:
    """The median, moved to 1/e if that is very near."""
    place = sorted(reports)[1]
    landmark = math.exp(-1)
    return landmark if abs(place - landmark) < 0.0002 else place


def ignores_computed(reports: Reports) -> Any:
    """The median, at least 1/e."""
    place = sorted(reports)[1]
    landmark = math.exp(-1)
    return max(place, landmark)


def snaps_or_exceeds(reports: Reports) -> Any:
    """The median, at least 1/e, and moved to 1/e if that is very near."""
    return snaps_to_computed((ignores_computed(reports),) * 3)


def snaps_by_mean(reports: Reports) -> Any:
    """The median, or a landmark where the mean is very near."""
    mean = sum(reports) / len(reports)
    for landmark in LANDMARKS:
        if abs(mean - landmark) < 0.00001:
            return landmark
    return sorted(reports)[1]


def lower_median(reports: Reports) -> Any:
    """The median."""
    return sorted(reports)[1]


def snaps_between_two(reports: Reports) -> Any:
    """The lower median, or the second landmark where the first and the third are both asked for."""
    near = [landmark for landmark in LANDMARKS for x in reports if abs(x - landmark) < 0.0001]
    if LANDMARKS[0] in near and LANDMARKS[2] in near:
        return LANDMARKS[1]
    return sorted(reports)[1]


def wrong_ceiling(reports: Reports) -> Any:
    """The median, unless a majority wants more than .9."""
    votes = {"high": 0, "rest": 0}
    for x in reports:
        votes["high" if x > 0.9 else "rest"] += 1
    if votes["high"] > votes["rest"]:
        return 1
    return sorted(reports)[len(reports) // 2]


def ceiling(reports: Reports) -> Any:
    """The median, and .9 where a majority wants more."""
    votes = {"high": 0, "rest": 0}
    for x in reports:
        votes["high" if x > 0.9 else "rest"] += 1
    if votes["high"] > votes["rest"]:
        return 0.9
    return sorted(reports)[len(reports) // 2]


def shifted_middle(reports: Reports) -> Any:
    """A nuisance goes to the end that most are far from; the middle is off by .001."""
    right = sum(1 for x in reports if x > 0.499)
    return 0 if 2 * right > len(reports) else 1


def true_middle(reports: Reports) -> Any:
    """A nuisance goes to the end that most are far from."""
    right = sum(1 for x in reports if x > 0.5)
    return 0 if 2 * right > len(reports) else 1


def nearer_site(reports: Reports) -> Any:
    """Of two sites the one nearer to the median."""
    middle = sorted(reports)[1]
    if middle <= 0.5:
        return 0.25
    return 0.75


def between_sites(reports: Reports) -> Any:
    """The place between two sites that is nearest to the median."""
    middle = sorted(reports)[1]
    if middle <= 0.5:
        return max(middle, 0.25)
    return min(middle, 0.75)


LINE = (
    Planted(
        "halfway",
        "line",
        halfway,
        lower_middle,
        Strategyproof(),
        UNIT,
        4,
        f"The two in the middle can pull. {MEDIAN}",
    ),
    Planted(
        "cap",
        "line",
        capped_wrongly,
        capped,
        Strategyproof(),
        UNIT,
        3,
        "Needs a lie in [.2, .2001), which beats the wrong bound .2001. The twin is the median of "
        "the reports' median and two constants.",
    ),
    Planted(
        "gate",
        "line",
        jumps_past_gate,
        stops_at_gate,
        Strategyproof(),
        UNIT,
        3,
        "The lowest agent reports .37 to stop a jump. The twin is max(lowest, min(second, .37)), "
        "a generalised median.",
    ),
    Planted(
        "nearly one",
        "line",
        drops_nearly_one,
        keeps_all,
        Strategyproof(),
        UNIT,
        5,
        f"Needs a true peak strictly between .9999 and 1. {MEDIAN}",
    ),
    Planted(
        "truncation",
        "line",
        truncates,
        rounds,
        Strategyproof(),
        UNIT,
        3,
        "The median agent at .019 gets .01 and prefers .02. Rounding to the nearest is monotone, "
        "so the twin is the median of each agent's favourite hundredth.",
    ),
    Planted(
        "landmark",
        "line",
        snaps_between,
        passes_by,
        Strategyproof(),
        UNIT,
        3,
        "Needs a median that is just inside .001 of a landmark, and a lie just outside. The twin "
        "is the median within two constants.",
    ),
    Planted(
        "computed landmark",
        "line",
        snaps_or_exceeds,
        ignores_computed,
        Strategyproof(),
        UNIT,
        3,
        "Needs a median just less than .0002 above 1/e, a number that is not written in the code, "
        "and a lie just beyond. The twin is the larger one of the median and a constant.",
    ),
    Planted(
        "landmark by mean",
        "line",
        snaps_by_mean,
        lower_median,
        Strategyproof(),
        UNIT,
        3,
        f"Needs a mean within 1e-5 of a landmark, before or after the lie. {MEDIAN}",
    ),
    Planted(
        "two landmarks",
        "line",
        snaps_between_two,
        lower_median,
        Strategyproof(),
        UNIT,
        4,
        f"Needs reports within 1e-4 of two different landmarks. {MEDIAN}",
    ),
    Planted(
        "ceiling",
        "line",
        wrong_ceiling,
        ceiling,
        Strategyproof(),
        UNIT,
        5,
        "Needs a median in (.9, .95), whose agent prefers .9 to 1. A majority above .9 is a median "
        "above .9, so the twin is min(median, .9).",
    ),
    Planted(
        "nuisance",
        "line",
        shifted_middle,
        true_middle,
        Strategyproof(),
        Line(0, 1, tastes=Obnoxious()),
        5,
        "Needs a pivotal agent in (.499, .5). In the twin each agent votes for the end that is "
        "farther from it, and the majority decides.",
    ),
    Planted(
        "two sites",
        "line",
        nearer_site,
        between_sites,
        Strategyproof(),
        Line(0, 1, tastes=SinglePeaked()),
        3,
        "Somebody with a peak between the sites may like the farther one better. The twin is the "
        "median within two constants.",
    ),
)
