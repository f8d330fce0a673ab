"""What a user may have in a file: rules that are plain functions of the reports."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import Any

_calls = count()


def midrange(reports: tuple[Fraction, ...]) -> Fraction:
    """Halfway between the extremes."""
    return (min(reports) + max(reports)) / 2


def in_floats(reports: tuple[Fraction, ...]) -> float:
    """The mean, rounded."""
    return sum(map(float, reports)) / len(reports)


def wobbling(reports: tuple[Fraction, ...]) -> Fraction:
    """Another agent's report each time."""
    return reports[next(_calls) % 2]


@dataclass
class Loose:
    """A rule that somebody could change while it is checked."""

    share: Fraction

    def __call__(self, reports: tuple[Fraction, ...]) -> Fraction:
        """So much of the way from the lowest to the highest report."""
        return min(reports) + self.share * (max(reports) - min(reports))


@dataclass(frozen=True)
class Undeclared:
    """A rule of the library that does not say what it is, so that only a search is left."""

    rule: Any

    def __call__(self, reports: tuple[Fraction, ...]) -> Any:
        """What the rule says."""
        return self.rule(reports)

    def of_batch(self, profiles: Any) -> Any:
        """What its kernel says."""
        return self.rule.of_batch(profiles)
