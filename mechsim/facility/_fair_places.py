"""Where a nuisance may be built, and which of these places is best: what the fair rules share."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt

from .._numbers import Number, show
from ..axioms.nuisance_region import HasRegion, Region
from ..objectives import Objective, best_of
from ..population import FloatArray, Population, tally
from ..preferences.single_peaked import Line, Point
from ..preferences.tastes import Hybrid, Obnoxious, Taste
from ..setting import Instance
from ._batches import Batch, float_ends, read_batch, sorted_blocks


@runtime_checkable
class NuisanceShare(HasRegion, Protocol):
    """A share of distance: which places satisfy it, also for many profiles at once."""

    def radii_of_batch(self, ordered: FloatArray, length: float, /) -> FloatArray:
        """How far from each agent the nuisance must be."""
        ...


Candidates: TypeAlias = Callable[[Region, Instance], list[Number]]
"""Of the intervals that are fair the places of which one is best, from the lowest."""

Doubts: TypeAlias = tuple[FloatArray, npt.NDArray[np.bool_]]
"""Places, and whether rounding may have decided which."""


def best_place(
    share: HasRegion,
    objective: Objective,
    candidates: Candidates,
    line: Line,
    tastes: Taste,
    population: Population,
) -> Point:
    """The lowest of the best fair places; decided exactly, also of floats, and then rounded.

    Raises
    ------
    ValueError
        If no place is fair.
    """
    exact = Line(Fraction(line.low), Fraction(line.high), tastes=tastes)
    named = isinstance(tastes, Hybrid)
    classes = list(population.classes() if named else tally(population))
    values, counts = tuple(Fraction(value) for value, _ in classes), tuple(c for _, c in classes)
    instance = Instance(exact, Population(values, counts))
    region = share.region(instance)
    if not region:
        raise ValueError(
            f"share is {share}: no place of the line satisfies it at {instance.tell_reports()}"
        )
    place: Fraction = best_of(objective, instance, candidates(region, instance)).place
    return float(place) if any(isinstance(value, float) for value, _ in classes) else place


def best_of_rows(
    share: NuisanceShare,
    setting: Line,
    profiles: Batch,
    kernel: Callable[[FloatArray, FloatArray, float, float], Doubts],
    definition: Callable[[Population], Point],
) -> FloatArray:
    """The same for each row, in floats where these can tell and by the ``definition`` elsewhere."""
    batch = read_batch(profiles)
    places, doubtful = np.empty(len(batch)), np.empty(len(batch), dtype=np.bool_)
    low, high = float_ends(setting)
    for rows, ordered in sorted_blocks(setting, batch):
        radii = share.radii_of_batch(ordered, high - low)
        places[rows], doubtful[rows] = kernel(ordered, radii, low, high)
    for row in np.flatnonzero(doubtful):
        places[row] = definition(Population(tuple(batch[row].tolist())))
    return places


def nuisance_line(setting: Line) -> Line:
    """The line as those see it to whom the facility is a nuisance."""
    setting.require_bounds("a fair share")
    return replace(setting, tastes=Obnoxious())


def require_share(share: object, wanted: type, example: str) -> None:
    """Raise `ValueError` unless this is an axiom with the method asked for."""
    if isinstance(share, type) or not isinstance(share, wanted):
        raise ValueError(f"share is {show(share)}: it must be an axiom of shares, as {example}")
