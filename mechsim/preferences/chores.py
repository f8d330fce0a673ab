r"""Agents who divide indivisible chores; what a bundle is worth adds up, and is never positive.

Agent :math:`i` has a value :math:`v_{ig} \le 0` for each chore :math:`g`, minus what it costs to
do it, and the bundle :math:`A` is worth

.. math:: v_i(A) = \sum_{g \in A} v_{ig} \le 0.

The maximin share is what the worst part is worth in the best partition, minus the least makespan
of as many machines.  All else is as it is for the goods that chores mirror, `Goods`.

References
----------
Aziz, Rauchecker, Schryen, Walsh. Algorithms for max-min share fair allocation of indivisible
chores. AAAI 2017.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, show, show_all
from ..algorithms.improvement import improvement, sought
from ..algorithms.partition import USUAL, Bundles, Division, NodeLimit, maximin_share
from ..population import Population
from ..setting import Strand
from ._matrices import read_matrix
from ._rows import require_names
from .additive import Goods, Matrix, Values, expanded, replaced


@dataclass(frozen=True, repr=False)
class Chores:
    """Chores to divide, the agents' names, and what a chore may be worth.

    Parameters
    ----------
    names : tuple of str
        The chores.
    grid : tuple of Number, optional
        What a chore may be worth to an agent, increasing to 0 or less; any number up to 0 by
        default.
    agents : tuple of str, optional
        The agents' names, in the order of the reports.

    Examples
    --------
    >>> chores = Chores(("cook", "clean", "shop"), agents=("ann", "bob"))
    >>> reports = chores.read([[-4, -1, -1], [-3, -2, -1]])
    >>> chores.value(1, reports[1], chores.bundles({"ann": ["cook"], "bob": ["clean", "shop"]}))
    Fraction(-3, 1)
    >>> print(chores.maximin_share(reports[0], 2).worst)
    -4
    """

    names: tuple[str, ...]
    grid: Values | None = None
    agents: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(self.names))
        object.__setattr__(self, "agents", tuple(self.agents))
        require_names(self.names, "names")
        require_names(self.agents, "agents")
        if not self.names:
            raise ValueError("names is empty: there must be at least one chore")
        if self.grid is not None:
            grid = tuple(real(value, f"grid[{k}]") for k, value in enumerate(self.grid))
            if not grid or grid[-1] > 0 or any(a >= b for a, b in pairwise(grid)):
                raise ValueError(
                    f"grid is {show_all(grid)}: it must increase strictly to 0 or less"
                )
            object.__setattr__(self, "grid", grid)

    @cached_property
    def mirrored(self) -> Goods:
        """Goods that are worth to each agent what the chores cost it."""
        grid = None if self.grid is None else _negative(self.grid)[::-1]
        return Goods(self.names, grid, self.agents)

    def types(self, agent: int, /) -> Matrix | None:
        """Every row of values from the grid, where these are few."""
        listed = self.mirrored.types(agent)
        return None if listed is None else tuple(map(_negative, listed))

    def share_value(self, agent: int, type_: Values, share: frozenset[int], /) -> Number:
        """What a bundle is worth to an agent, whoever holds it."""
        return sum((type_[chore] for chore in sorted(share)), Fraction(0))

    def scale_at(self, reports: Matrix, agent: int | None, /) -> float:
        """How large an agent's values are, or the largest agent's: what its chores are worth."""
        rows = reports if agent is None else (reports[agent],)
        floats = [row for row in rows if any(isinstance(value, float) for value in row)]
        return max((sum(abs(float(value)) for value in row) for row in floats), default=1.0)

    def value(self, agent: int, type_: Values, alternative: Bundles, /) -> Number:
        """What an agent's own bundle is worth to it."""
        return self.share_value(agent, type_, alternative[agent])

    def dominating(self, reports: Matrix | Population, outcome: Bundles, /) -> Bundles | None:
        """Bundles better for somebody and worse for nobody, or None if there are none."""
        return improvement(expanded(reports), outcome)

    def undominated_if(self, reports: Matrix | Population, outcome: Bundles, /) -> tuple[str, ...]:
        """What must be believed for there to be none: something only where chores are many."""
        granted = sought(expanded(reports), outcome).granted
        return () if granted is None else (granted,)

    def alternatives(self, agents: int, /) -> tuple[Bundles, ...]:
        """Every way to give each chore to one of the agents."""
        return self.mirrored.alternatives(agents)

    def maximin_share(self, type_: Values, agents: int, limit: NodeLimit = USUAL, /) -> Division:
        """What an agent of this type can be sure of by cutting, and how it would cut."""
        return maximin_share(type_, agents, limit)

    def admits(self, alternative: object, /) -> bool:
        """Whether these are bundles that together hold each chore once."""
        return self.mirrored.admits(alternative)

    def bundles(self, given: Mapping[str, Iterable[str]] | Sequence[Iterable[str]]) -> Bundles:
        """The alternative that was typed in by names, a bundle for each agent, as of `Goods`."""
        return self.mirrored.bundles(given)

    def read(self, given: Population | Iterable[Any] | npt.NDArray[Any], /) -> Matrix:
        """Values from a matrix with a row an agent and a column a chore; numbers keep their kind.

        Raises
        ------
        ValueError
            If a row is too long or too short, or an entry is no number up to 0 or off the grid.
        """
        return read_matrix(given, self.names, self.agents, self._read)

    def _read(self, entry: object, name: str) -> Number:
        number = real(entry, name)
        if number > 0:
            raise ValueError(
                f"{name} is {show(number)}: it must be at most 0, minus what the chore costs; what "
                "agents would like to have are Goods"
            )
        if self.grid is not None and number not in self.grid:
            raise ValueError(f"{name} is {show(number)}: it must be one of {show_all(self.grid)}")
        return number

    def tell_bundle(self, bundle: frozenset[int]) -> str:
        """A bundle in words: ``{cook, shop}``."""
        return self.mirrored.tell_bundle(bundle)

    def tell(self, alternative: Bundles, /) -> str:
        """Who does what: ``ann: {cook}, bob: {clean, shop}``."""
        return self.mirrored.tell(alternative)

    def tell_type(self, type_: Values, /) -> str:
        """The values in the order of the chores: ``(-3, -2, -1)``."""
        return show_all(type_)

    def misreports(self, agent: int, reports: Matrix, /) -> Iterator[Values]:
        """Where types are too many to list: one value changed, or another agent's row."""
        return map(_negative, self.mirrored.misreports(agent, tuple(map(_negative, reports))))

    def strands(self, agent: int, reports: Matrix, /) -> Iterator[Strand]:
        """The value of one chore, for each chore."""
        low = 2 * min(min(row) for row in reports) - 1
        for chore in range(len(self.names)):
            yield Strand(low, Fraction(0), partial(replaced, reports[agent], chore))

    def simpler(self, type_: Values, /) -> Iterator[Values]:
        """Rows with one value nearer to 0."""
        return map(_negative, self.mirrored.simpler(_negative(type_)))

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Matrix]:
        """All small whole numbers, or the grid, in full where few; then random ones with ties."""
        for profile in self.mirrored.profiles(agents, rng):
            yield tuple(map(_negative, profile))

    def __repr__(self) -> str:
        chores = f"Chores({', '.join(self.names)})"
        return chores if self.grid is None else f"{chores} worth {show_all(self.grid)}"


def _negative(row: Values) -> Values:
    return tuple(-number if number else number for number in row)
