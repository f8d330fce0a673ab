"""Facilities on a line that are unfair, or that depend on who says what."""

from fractions import Fraction
from typing import Any

from mechsim.axioms import Anonymous, ExAnte, UnanimousFairShare
from mechsim.lottery import Finite, uniform
from mechsim.preferences.single_peaked import Line

from .planted import Planted

Reports = tuple[Any, ...]
UNIT = Line(0, 1)
CENTRE = Fraction(37, 100)
SITES = {"north": Fraction(1, 5), "south": Fraction(7, 10)}


def nearest_to_centre(reports: Reports) -> Any:
    """The report that is nearest to the centre; of two the one that came first."""
    return min(reports, key=lambda x: abs(x - CENTRE))


def nearest_or_lower(reports: Reports) -> Any:
    """The report that is nearest to the centre; of two the lower one."""
    return min(reports, key=lambda x: (abs(x - CENTRE), x))


def _most_votes(votes: list[str]) -> Any:
    return SITES["south"] if votes.count("south") > votes.count("north") else SITES["north"]


def stale_vote(reports: Reports) -> Any:
    """A majority vote on two sites; who is halfway between them votes like the one before."""
    votes: list[str] = []
    nearer = "north"
    for x in reports:
        to_north, to_south = abs(x - SITES["north"]), abs(x - SITES["south"])
        if to_north < to_south:
            nearer = "north"
        elif to_south < to_north:
            nearer = "south"
        votes.append(nearer)
    return _most_votes(votes)


def fresh_vote(reports: Reports) -> Any:
    """A majority vote on two sites; who is halfway between them votes for the first."""
    votes: list[str] = []
    for x in reports:
        nearer = "north"
        to_north, to_south = abs(x - SITES["north"]), abs(x - SITES["south"])
        if to_north < to_south:
            nearer = "north"
        elif to_south < to_north:
            nearer = "south"
        votes.append(nearer)
    return _most_votes(votes)


def _bubbles(reports: Reports, passes: int) -> list[Any]:
    items = list(reports)
    for done in range(passes):
        for k in range(len(items) - 1 - done):
            if items[k] > items[k + 1]:
                items[k], items[k + 1] = items[k + 1], items[k]
    return items


def one_pass_short(reports: Reports) -> Any:
    """The median by as many passes of bubble sort as one hopes suffice."""
    half = len(reports) // 2
    return _bubbles(reports, half)[half]


def enough_passes(reports: Reports) -> Any:
    """The median by as many passes of bubble sort as it takes."""
    half = len(reports) // 2
    return _bubbles(reports, half + 1)[half]


def forgets_highest(reports: Reports) -> Any:
    """Uniform Phantom as a maximum over ranks, the last of which is left out."""
    s, n = sorted(reports), len(reports)
    best = 0
    for k in range(n - 1):
        best = max(best, min(s[k], Fraction(n - k, n)))
    return best


def all_ranks(reports: Reports) -> Any:
    """Uniform Phantom as a maximum over ranks."""
    s, n = sorted(reports), len(reports)
    best = 0
    for k in range(n):
        best = max(best, min(s[k], Fraction(n - k, n)))
    return best


def phantoms_in_cents(reports: Reports) -> Any:
    """Uniform Phantom with its phantoms in hundredths."""
    n = len(reports)
    phantoms = [round(k / n, 2) for k in range(n + 1)]
    return sorted([*reports, *phantoms])[n]


def phantoms_in_floats(reports: Reports) -> Any:
    """Uniform Phantom with its phantoms in floats."""
    n = len(reports)
    phantoms = [k / n for k in range(n + 1)]
    return sorted([*reports, *phantoms])[n]


def without_outliers(reports: Reports) -> Finite[Any]:
    """A random report, of those within three standard deviations of the mean."""
    n = len(reports)
    mean = sum(reports) / n
    variance = sum((x - mean) ** 2 for x in reports) / n
    kept = [x for x in reports if (x - mean) ** 2 <= 9 * variance]
    return uniform(kept)


def with_outliers(reports: Reports) -> Finite[Any]:
    """A random report."""
    kept = [x for x in reports if 0 <= x <= 1]
    return uniform(kept)


FAIRNESS = (
    Planted(
        "first of two",
        "line, fairness",
        nearest_to_centre,
        nearest_or_lower,
        Anonymous(),
        UNIT,
        3,
        "Needs two reports that are reflections of each other in .37. The twin's key orders all "
        "points strictly.",
    ),
    Planted(
        "stale vote",
        "line, fairness",
        stale_vote,
        fresh_vote,
        Anonymous(),
        UNIT,
        3,
        "Needs a report of exactly 9/20, which repeats the vote before it. In the twin every vote "
        "is a function of its own report, and votes are counted.",
    ),
    Planted(
        "bubble sort",
        "line, fairness",
        one_pass_short,
        enough_passes,
        Anonymous(),
        UNIT,
        5,
        "Half as many passes as agents, and one more, put the median in place; with one less the "
        "order matters. (Nobody can gain by a lie: minima and maxima of reports are monotone.)",
    ),
    Planted(
        "last rank",
        "line, fairness",
        forgets_highest,
        all_ranks,
        UnanimousFairShare(),
        UNIT,
        4,
        "Shows where all but one agent are below 1/n. The twin is Uniform Phantom (Aziz, Lam, Lee, "
        "Walsh, arXiv:2111.01566).",
    ),
    Planted(
        "phantoms in cents",
        "line, fairness",
        phantoms_in_cents,
        phantoms_in_floats,
        UnanimousFairShare(),
        UNIT,
        3,
        "At (0, 1, 1) the outcome is .67 and not 2/3. The twin is Uniform Phantom up to rounding: "
        "an exact comparison would raise a false alarm of 1e-16.",
    ),
    Planted(
        "three sigma",
        "line, fairness",
        without_outliers,
        with_outliers,
        ExAnte(UnanimousFairShare()),
        UNIT,
        12,
        "Needs all but one of twelve agents at almost the same end, for no outlier of fewer than "
        "eleven is as far as three standard deviations out. In the twin a group of share s is "
        "served with probability s, and at a distance of at most 1 otherwise.",
    ),
)
