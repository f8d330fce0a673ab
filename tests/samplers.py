"""What a user may have in a file: functions that draw."""

from typing import Any

import numpy as np

from mechsim import FromUniforms
from mechsim.population import FloatArray


def somebody(reports: Any, rng: np.random.Generator) -> Any:
    """Anybody's report: random dictatorship."""
    return reports[rng.integers(len(reports))]


def noisy_mean(reports: Any, rng: np.random.Generator) -> float:
    """Close to the mean."""
    mean = float(sum(reports)) / len(reports)
    return min(1.0, max(0.0, mean + rng.uniform(-0.1, 0.1)))


def favourite(ballots: Any, rng: np.random.Generator) -> int:
    """What anybody likes best."""
    return int(ballots[rng.integers(len(ballots))][0])


def best_of_two(ballots: Any, rng: np.random.Generator) -> int:
    """The Borda winner of two voters, the first in the alphabet if tied."""
    pair = [ballots[k] for k in rng.permutation(len(ballots))[:2]]
    return max(range(3), key=lambda one: -sum(ballot.index(one) for ballot in pair))


def mean_or_somebody(reports: FloatArray, uniforms: FloatArray) -> FloatArray:
    """The mean half of the time, else anybody's report: of two agents none can gain, just."""
    place = ((2 * uniforms[:, 0] - 1) * len(reports)).astype(int)
    ranked = np.sort(reports)[np.clip(place, 0, len(reports) - 1)]
    return np.where(uniforms[:, 0] < 0.5, float(reports.mean()), ranked).astype(np.float64)


def mean_or_lowest(reports: FloatArray, uniforms: FloatArray) -> FloatArray:
    """The mean seven times in ten, else the lowest report."""
    mean, lowest = float(reports.mean()), float(reports.min())
    return np.where(uniforms[:, 0] < 0.7, mean, lowest).astype(np.float64)


def turned_coin(reports: FloatArray, uniforms: FloatArray) -> FloatArray:
    """Either end, whatever is reported; which numbers give which end depends on the reports."""
    turned = int(1e6 * float(reports.sum())) % 2 == 1
    drawn: FloatArray = np.where((uniforms[:, 0] < 0.5) != turned, 1.0, 0.0).astype(np.float64)
    return drawn


on_the_boundary = FromUniforms(mean_or_somebody, 1)
indifferent = FromUniforms(turned_coin, 1)
manipulable = FromUniforms(mean_or_lowest, 1)
