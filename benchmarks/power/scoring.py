"""Scores that reward a forecaster for saying what it does not believe."""

from fractions import Fraction
from typing import Any

from mechsim.axioms import Strategyproof, StrictlyProper
from mechsim.preferences.beliefs import Beliefs

from .planted import Planted

Belief = tuple[Any, ...]
Reports = tuple[Belief]

WEATHER = Beliefs(("rain", "sun"))
SEASON = Beliefs(("wet", "mild", "dry"))
QUADRATIC = "The twin is the quadratic score, whose loss is the squared distance to the truth"


def _quadratic(belief: Belief) -> tuple[Any, ...]:
    squares = sum(p**2 for p in belief)
    return tuple(2 * p - squares for p in belief)


def clips(reports: Reports) -> tuple[Any, ...]:
    """The quadratic score of a report that is first moved away from 0 and 1."""
    rain, _ = reports[0]
    rain = min(max(rain, Fraction(1, 100)), Fraction(99, 100))
    return _quadratic((rain, 1 - rain))


def does_not_clip(reports: Reports) -> tuple[Any, ...]:
    """The quadratic score."""
    rain, _ = reports[0]
    rain = min(max(rain, Fraction(0)), Fraction(1))
    return _quadratic((rain, 1 - rain))


def cuts_to_percent(reports: Reports) -> tuple[Any, ...]:
    """The quadratic score of full percents, the rest cut off."""
    rain = int(reports[0][0] * 100) / 100
    return _quadratic((rain, 1 - rain))


def rounds_to_percent(reports: Reports) -> tuple[Any, ...]:
    """The quadratic score of percents, to the nearest."""
    rain = round(reports[0][0] * 100) / 100
    return _quadratic((rain, 1 - rain))


def rewards_confidence(reports: Reports) -> tuple[Any, ...]:
    """The quadratic score, and .00001 for whoever is more than 95 % sure."""
    (belief,) = reports
    bonus = Fraction(1, 100_000) if max(belief) > 0.95 else 0
    return tuple(score + bonus for score in _quadratic(belief))


def rewards_nothing(reports: Reports) -> tuple[Any, ...]:
    """The quadratic score, and .00001 for everybody."""
    (belief,) = reports
    bonus = Fraction(1, 100_000) if max(belief) > 0 else 0
    return tuple(score + bonus for score in _quadratic(belief))


def forgets_a_state(reports: Reports) -> tuple[Any, ...]:
    """The quadratic score; the sum of squares starts at the wrong index."""
    (belief,) = reports
    squares: Any = 0
    for k in range(1, len(belief)):
        squares += belief[k] ** 2
    return tuple(2 * p - squares for p in belief)


def counts_all_states(reports: Reports) -> tuple[Any, ...]:
    """The quadratic score."""
    (belief,) = reports
    squares: Any = 0
    for k in range(len(belief)):
        squares += belief[k] ** 2
    return tuple(2 * p - squares for p in belief)


SCORING = (
    Planted(
        "clipping",
        "scoring",
        clips,
        does_not_clip,
        StrictlyProper(),
        WEATHER,
        1,
        f"Needs a belief and a lie that are both within .01 of certainty. {QUADRATIC}.",
    ),
    Planted(
        "percents cut off",
        "scoring",
        cuts_to_percent,
        rounds_to_percent,
        Strategyproof(),
        WEATHER,
        1,
        "At 2/3 the score of .67 is better than that of .66, which needs a lie in [.67, .68). "
        f"{QUADRATIC}; rounding to the nearest minimises it.",
    ),
    Planted(
        "bonus",
        "scoring",
        rewards_confidence,
        rewards_nothing,
        Strategyproof(),
        WEATHER,
        1,
        f"Needs a belief within .0022 below .95 and a lie just above. {QUADRATIC}.",
    ),
    Planted(
        "state forgotten",
        "scoring",
        forgets_a_state,
        counts_all_states,
        Strategyproof(),
        SEASON,
        1,
        f"The first state looks cheap. {QUADRATIC}.",
    ),
)
