"""What shows each fault, to be replayed by hand; and types among which its twin has no fault."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Detail = tuple[Any, ...]


@dataclass(frozen=True)
class Evidence:
    """At ``reports`` the fault shows in ``detail``; the twin is tried on profiles of ``types``."""

    reports: tuple[Any, ...]
    detail: Detail
    types: tuple[Any, ...]


def _points(text: str) -> tuple[Fraction, ...]:
    """Numbers: ``0 1/2 0.37``."""
    return tuple(map(Fraction, text.split()))


def _rows(text: str) -> tuple[tuple[Fraction, ...], ...]:
    """Rows of numbers: ``1 2, 3 4``."""
    return tuple(map(_points, text.split(", ")))


def _rankings(text: str) -> tuple[tuple[int, ...], ...]:
    """Rankings: ``012 210``."""
    return tuple(tuple(map(int, word)) for word in text.split())


def _ballots(text: str) -> tuple[frozenset[int], ...]:
    """Ballots: ``01 2 -``, where ``-`` is empty."""
    return tuple(frozenset(map(int, word.strip("-"))) for word in text.split())


def _forecasts(text: str) -> tuple[tuple[Fraction, Fraction], ...]:
    """Beliefs about two states by the first probability."""
    return tuple((p, 1 - p) for p in _points(text))


Reader = Callable[[str], tuple[Any, ...]]


def _lie(read: Reader, reports: str, agent: int, lie: str, types: str) -> Evidence:
    (told,) = read(lie)
    return Evidence(read(reports), (agent, told), read(types))


def _at(read: Reader, reports: str, detail: Detail, types: str) -> Evidence:
    return Evidence(read(reports), detail, read(types))


EVIDENCE = {
    "mean": _lie(_points, "0 0 0 0 1/2", 4, "1", "0 1/2 1"),
    "tie": _lie(_points, "0 0 1/4 1/4 1", 0, "1/4", "0 1/4 1"),
    "strip": _lie(_points, "0 0 0 0 1/2", 0, "5/8", "0 1/2 5/8"),
    "box": _lie(_points, "8/25 31/50 3/25 8/25 1", 0, "3/25", "3/25 8/25 31/50"),
    "small": _lie(_points, "0 0 0 1/2 1/2", 3, "1", "0 1/2 1"),
    "edge": _lie(_points, "0 0 0 0 3/4", 4, "1", "0 3/4 1"),
    "count": _lie(_points, "3/5 9/10 9/10 9/10 9/10", 0, "1/2", "1/2 3/5 9/10"),
    "sevenths": _lie(_points, "0 0 1/7 1/4 1/4", 2, "1/4", "0 1/7 1/4"),
    "two": _lie(_points, "0 0 1 1 1", 0, "1/4", "0 1/4 1"),
    "halfway": _lie(_points, "0 0 1/2 1", 2, "1", "0 1/2 1"),
    "cap": _lie(_points, "0 0 1", 1, "0.20005", "0 0.20005 1/2 1"),
    "gate": _lie(_points, "7/20 1 1", 0, "2/5", "0 7/20 2/5 1"),
    "nearly one": _lie(_points, "0 0 0.99995 1 1", 2, "1", "0 0.99995 1"),
    "truncation": _lie(_points, "0 0.019 1", 1, "0.02", "0 0.019 0.02 1"),
    "landmark": _lie(_points, "0 0.3692 1", 1, "0.3689", "0 0.3689 0.3692 1"),
    "computed landmark": _lie(_points, "0 0.36807 1", 1, "0.36808", "0 0.36807 0.36808 1"),
    "landmark by mean": _lie(_points, "0 0.5 0.61", 1, "0.51", "0 0.5 0.51 0.61 1"),
    "two landmarks": _lie(_points, "0.15 0.2 0.9 1", 2, "0.62", "0.15 0.2 0.62 0.9"),
    "ceiling": _lie(_points, "0 0 0.91 1 1", 2, "0.9", "0 0.9 0.91"),
    "nuisance": _lie(_points, "0 0 0.4995 1 1", 2, "0", "0 0.4995 1"),
    "two sites": _lie(_points, "0 2/5 1", 1, "3/5", "0 2/5 3/5 1"),
    "duplicates": _lie(_points, "1/4 1/4 1/2 1/2", 0, "0", "0 1/4 1/2 1"),
    "near tie": _lie(_points, "1/2 0.5000009 1", 0, "0.49999985", "0.49999985 1/2 0.5000009 1"),
    "even gaps": _lie(_points, "0 1/2 1", 1, "1/4", "0 1/4 1/2 1"),
    "nearly balanced": _lie(_points, "0 0.5 0.9999", 1, "0.50005", "0 0.5 0.50005 0.9999 1"),
    "one dissenter": _lie(_points, "1 0 0 0 0 0 0 0 0 0 0 0 0 0 0", 14, "1/4", "0 1/4 1"),
    "jitter": _lie(_points, "1/4 1/4 1", 0, "0", "0 1/4 1/2 1"),
    "moving rank": _lie(_points, "0 13/20 4/5 1", 1, "0.59", "0 0.59 13/20 1"),
    "first of two": _at(_points, "1/4 49/100 1", (0, 1), "0 1/4 49/100 1/2 1"),
    "stale vote": _at(_points, "9/20 1 0", (0, 1), "0 1/5 9/20 7/10 1"),
    "bubble sort": _at(_points, "1/2 1 3/4 1/4 0", (0, 4), "0 1/2 1"),
    "last rank": _at(_points, "0 0 0 1", (3,), "0 1/4 1/2 1"),
    "phantoms in cents": _at(_points, "0 1 1", (0,), "0 1/3 1/2 2/3 1"),
    "three sigma": _at(_points, "1 0 0 0 0 0 0 0 0 0 0 0", (0,), "0 1/100 1"),
    "weights in decimals": _lie(_points, "0 0 1/2", 2, "1", "0 1/4 1/2 1"),
    "places, not agents": _lie(_points, "0 0 1", 0, "1/4", "0 1/4 1/2 1"),
    "midrange for median": _lie(_points, "0 0 1/4", 2, "1/2", "0 1/4 1/2 1"),
    "near consensus": _lie(_points, "1/2 1/2 0.509", 2, "0.511", "1/2 0.509 0.511 1"),
    "mean too often": _lie(_points, "0 0 0 1/4", 3, "1", "0 1/4 1/2 1"),
    "commission": _lie(_points, "3 0 0", 0, "1", "0 1 2 3"),
    "equal bids listed once": _lie(_points, "0 2 3", 1, "3", "0 1 2 3"),
    "reserve typed twice": _lie(_points, "0 0 3.695", 2, "3.7", "0 3.695 3.7 5"),
    "reserve forgotten": _lie(_points, "0 0 3/10", 2, "1/2", "0 1/4 3/10 1/2"),
    "down to cents": _lie(_points, "0 3.006 3.004", 2, "5", "0 3.004 3.006 3.008 5"),
    "up to cents": _at(_points, "0 3.001 3.004", (2,), "0 3.001 3.004 5"),
    "price in a byte": _lie(_points, "0 300 280", 2, "400", "0 100 280 300 400"),
    "clicks in decimals": _lie(_points, "4 4 0 0", 1, "5", "0 2 4 5"),
    "payments misplaced": _at(_points, "1 3 2 0", (2, 1), "0 1 2 3"),
    "even bids": _lie(_points, "4 3 1 3/2", 3, "2", "0 1 2 3"),
    "consensus": _lie(_rankings, "0123 2103 2103 3210", 3, "2103", "0123 1023 2103 3210"),
    "candidates, not voters": _lie(
        _rankings, "0123 0123 0123 2103", 0, "1023", "0123 1023 2103 3210"
    ),
    "first seen": _at(_rankings, "012 012 012 120 120 120", (0, 3), "012 120 201"),
    "opposites cancel": _lie(
        _rankings, "01234 43210 21034", 0, "04321", "01234 43210 21034 04321 40321"
    ),
    "quorum": _lie(_rankings, "01 01 01 01 01 01 10", 0, "10", "01 10"),
    "two thirds": _lie(
        _rankings,
        "0123 0123 0123 0123 0123 1023 2103 2103 2103",
        5,
        "0123",
        "0123 1023 2103 3210",
    ),
    "veto": _lie(
        _rankings, "543201 012345 012345 214530", 3, "012345", "012345 543201 214530 123450"
    ),
    "spending is stale": _at(_ballots, "- - - - 0123", (), "- 0 23 012 0123"),
    "ties to the keen": _lie(_ballots, "0 0 01 2", 2, "1", "- 0 1 2 01 12"),
    "the poor block": _at(_ballots, "0 0 0 1 1 01", (1, (3, 4)), "0 1 01 234"),
    "money in floats": _at(_ballots, "0 0 0 0 0 0 0 0 0 0", (0, tuple(range(10))), "0 01 012"),
    "full is blank": _at(_ballots, "- - 0 01234", (3,), "- 0 1 01234"),
    "values as integers": _at(
        _rows, "0 0.9 0 0.9, 0 0.9 0 0.9", (0, 1), "0 0.9 0 0.9, 1 1 1 1, 1 2 3 4, 4 3 2 1"
    ),
    "shares in percent": _at(
        _rows, "0 1 0 1 200, 0 1 0 1 200", (1, 0), "0 1 0 1 200, 1 2 3 4 5, 5 4 3 2 1, 1 1 1 1 900"
    ),
    "there and back": _lie(
        _rows, "4 3 2 1, 1 4 3 2", 0, "1 4 3 2", "4 3 2 1, 1 4 3 2, 3 4 2 1, 0 1 0 1, 1 1 1 1"
    ),
    "to the poorest": _at(
        _rows, "0 1 1 1, 0 1 0 1, 1 2 3 4", (2, 1), "0 1 1 1, 0 1 0 1, 1 2 3 4, 3 2 2 0, 4 1 1 1"
    ),
    "greedy cut": _at(
        _rows, "3 3 2 2 2, 1 1 1 1 1", (0,), "3 3 2 2 2, 1 1 1 1 1, 1 2 3 4 5, 5 0 1 0 1"
    ),
    "clipping": _lie(_forecasts, "0.002", 0, "0.005", "0.002 0.005 1/4 1/2 0.995"),
    "percents cut off": _lie(_forecasts, "2/3", 0, "0.67", "1/3 2/3 0.67 1/4 0.019 0.02"),
    "bonus": _lie(_forecasts, "0.949", 0, "0.9505", "0.949 0.9505 1/4 1/2 0.0505"),
    "state forgotten": _lie(
        _rows, "1/3 1/3 1/3", 0, "1/2 1/4 1/4", "1/3 1/3 1/3, 1/2 1/4 1/4, 1/4 1/2 1/4"
    ),
}
"""By the names of the faults."""
