"""Lotteries in which any report is equally likely, and mixtures of these with one more place."""

from fractions import Fraction

import numpy as np

from ..batch import Empirical, Lotteries, tallied
from ..lottery import Finite
from ..mechanism import LARGE
from ..population import Population, is_array, tally
from ..preferences.single_peaked import Line, Point
from ._batches import Batch, blocks, read_batch

MOST = 2**62
"""Counts add up to less than this."""


def any_of_population(population: Population) -> Finite[Point] | Empirical:
    """Any report of a population, equally likely.  O(c log c) for c classes."""
    if is_array(population.values) and len(population.values) > LARGE:
        counts = np.asarray(population.multiplicities)
        outcomes, counts = tallied(population.values, counts)
        if len(outcomes) > LARGE:
            return Empirical(outcomes, counts)
    return _listed(population)


def place_or_any(
    population: Population, place: Point, weight: Fraction
) -> Finite[Point] | Empirical:
    """``place`` with probability ``weight``, otherwise any report of a population."""
    other = any_of_population(population)
    whole = weight.denominator * len(population)
    if isinstance(other, Empirical) and whole < MOST:
        share = weight.denominator - weight.numerator
        outcomes = np.append(other.outcomes, float(place))
        counts = np.append(other.counts * share, weight.numerator * len(population))
        return Empirical(*tallied(outcomes, counts))
    listed = _listed(population)
    total = {outcome: p * (1 - weight) for outcome, p in listed.probability.items()}
    total[place] = total.get(place, Fraction(0)) + weight
    return Finite(total)


def any_of_rows(setting: Line, profiles: Batch) -> Lotteries:
    """Any report of each row, equally likely; whether it is drawn by agent or by rank is alike."""
    batch = read_batch(profiles)
    for _ in blocks(setting, batch):
        pass  # each is read at the door
    agents = batch.shape[1]
    return Lotteries(batch, (Fraction(1, agents),) * agents)


def _listed(population: Population) -> Finite[Point]:
    agents = len(population)
    classes: tuple[tuple[Point, int], ...] = tally(population)
    return Finite({report: Fraction(count, agents) for report, count in classes})
