r"""Agents who divide indivisible goods; what a bundle is worth adds up.

Agent :math:`i` has a value :math:`v_{ig} \ge 0` for each good :math:`g`, its type is the row of
them, and the bundle :math:`A` is worth

.. math:: v_i(A) = \sum_{g \in A} v_{ig}.

An alternative is a tuple of bundles, one an agent, that together hold each good once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from itertools import count, pairwise, product
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, show, show_all
from ..algorithms.improvement import improvement, sought
from ..algorithms.partition import USUAL, Bundles, Division, NodeLimit, maximin_share
from ..population import Population
from ..setting import Strand
from ._matrices import read_matrix
from ._rows import require_names

Values: TypeAlias = tuple[Number, ...]
"""What each good is worth to an agent: its type."""

Matrix: TypeAlias = tuple[Values, ...]

LISTED = 2_000
"""Types are listed if they are at most this many."""


@dataclass(frozen=True, repr=False)
class Goods:
    """Goods to divide, the agents' names, and what a good may be worth.

    Parameters
    ----------
    names : tuple of str
        The goods.
    grid : tuple of Number, optional
        What a good may be worth to an agent, increasing from 0 or more; any number from 0 by
        default.
    agents : tuple of str, optional
        The agents' names, in the order of the reports.

    Examples
    --------
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> reports = goods.read([[4, 0, 0], [3, 2, 1]])
    >>> goods.value(1, reports[1], goods.bundles({"ann": ["car"], "bob": ["dog", "egg"]}))
    Fraction(3, 1)
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
            raise ValueError("names is empty: there must be at least one good")
        if self.grid is not None:
            grid = tuple(real(value, f"grid[{k}]") for k, value in enumerate(self.grid))
            if not grid or grid[0] < 0 or any(a >= b for a, b in pairwise(grid)):
                raise ValueError(
                    f"grid is {show_all(grid)}: it must increase strictly from 0 or more"
                )
            object.__setattr__(self, "grid", grid)

    def types(self, agent: int, /) -> Matrix | None:
        """Every row of values from the grid, where these are few."""
        if self.grid is None or len(self.grid) ** len(self.names) > LISTED:
            return None
        return _listed(self.grid, len(self.names))

    def share_value(self, agent: int, type_: Values, share: frozenset[int], /) -> Number:
        """What a bundle is worth to an agent, whoever holds it."""
        return sum((type_[good] for good in sorted(share)), Fraction(0))

    def scale_at(self, reports: Matrix, agent: int | None, /) -> float:
        """How large an agent's values are, or the largest agent's: what its goods are worth."""
        rows = reports if agent is None else (reports[agent],)
        floats = [row for row in rows if any(isinstance(value, float) for value in row)]
        return max((sum(abs(float(value)) for value in row) for row in floats), default=1.0)

    def value(self, agent: int, type_: Values, alternative: Bundles, /) -> Number:
        """What an agent's own bundle is worth to it."""
        return self.share_value(agent, type_, alternative[agent])

    def worth(self, agent: int, type_: Values, alternative: Bundles, /) -> Number:
        """The same, as values of goods are not negative."""
        return self.value(agent, type_, alternative)

    def alternatives(self, agents: int, /) -> tuple[Bundles, ...]:
        """Every way to give each good to one of the agents."""
        return tuple(
            tuple(
                frozenset(good for good, holder in enumerate(holders) if holder == agent)
                for agent in range(agents)
            )
            for holders in product(range(agents), repeat=len(self.names))
        )

    def maximin_share(self, type_: Values, agents: int, limit: NodeLimit = USUAL, /) -> Division:
        """What an agent of this type can be sure of by cutting, and how it would cut."""
        return maximin_share(type_, agents, limit)

    def dominating(self, reports: Matrix | Population, outcome: Bundles, /) -> Bundles | None:
        """Bundles better for somebody and worse for nobody, or None if there are none."""
        return improvement(expanded(reports), outcome)

    def undominated_if(self, reports: Matrix | Population, outcome: Bundles, /) -> tuple[str, ...]:
        """What must be believed for there to be none: something only where goods are many."""
        granted = sought(expanded(reports), outcome).granted
        return () if granted is None else (granted,)

    def admits(self, alternative: object, /) -> bool:
        """Whether these are bundles that together hold each good once."""
        if not isinstance(alternative, tuple):
            return False
        held: list[object] = []
        for bundle in cast(tuple[object, ...], alternative):
            if not isinstance(bundle, frozenset):
                return False
            held += cast(frozenset[object], bundle)
        if self.agents and len(cast(tuple[object, ...], alternative)) != len(self.agents):
            return False
        return len(held) == len(self.names) and set(held) == set(range(len(self.names)))

    def bundles(self, given: Mapping[str, Iterable[str]] | Sequence[Iterable[str]]) -> Bundles:
        """The alternative that was typed in by names: a bundle for each agent.

        Parameters
        ----------
        given : mapping of agent to goods, or a sequence of goods an agent
            ``{"ann": ["car", "dog"], "bob": []}``; by position where agents have no names.

        Raises
        ------
        ValueError
            If an agent or a good is unknown, missing or there twice.
        """
        if isinstance(given, Mapping):
            parts = _by_name(given, self.agents)
        else:
            parts = {f"[{agent}]": part for agent, part in enumerate(given)}
            if self.agents and len(parts) != len(self.agents):
                raise ValueError(
                    f"given has {len(parts)} bundles: it must have one for each of "
                    f"{len(self.agents)} agents"
                )
        holder: dict[str, str] = {}
        for agent, part in parts.items():
            if isinstance(part, str):
                raise ValueError(f"given{agent} is {part!r}: it must be a list of goods")
            for good in part:
                if good not in self.names:
                    known = ", ".join(self.names)
                    raise ValueError(f"given{agent} has {good!r}: it must be one of {known}")
                if good in holder:
                    raise ValueError(
                        f"given{agent} has {good!r}, which given{holder[good]} has: "
                        "each good goes to one agent"
                    )
                holder[good] = agent
        missing = [good for good in self.names if good not in holder]
        if missing:
            raise ValueError(f"given leaves {', '.join(missing)} to nobody: every good is divided")
        return tuple(
            frozenset(k for k, good in enumerate(self.names) if holder[good] == agent)
            for agent in parts
        )

    def read(self, given: Population | Iterable[Any] | npt.NDArray[Any], /) -> Matrix:
        """Values from a matrix with a row an agent and a column a good; numbers keep their kind.

        Lists of lists, two-dimensional arrays and data frames are read.  The columns of a data
        frame that are named must be the goods, its named rows the agents, both in any order.

        Raises
        ------
        ValueError
            If a row is too long or too short, or an entry is no number from 0 or off the grid.
        """
        return read_matrix(given, self.names, self.agents, self._read)

    def _read(self, entry: object, name: str) -> Number:
        number = real(entry, name)
        if number < 0:
            raise ValueError(
                f"{name} is {show(number)}: it must be at least 0; what agents would rather not "
                "have are Chores"
            )
        if self.grid is not None and number not in self.grid:
            raise ValueError(f"{name} is {show(number)}: it must be one of {show_all(self.grid)}")
        return number

    def tell_bundle(self, bundle: frozenset[int]) -> str:
        """A bundle in words: ``{car, dog}``."""
        return "{" + ", ".join(self.names[good] for good in sorted(bundle)) + "}"

    def tell(self, alternative: Bundles, /) -> str:
        """Who gets what: ``ann: {car}, bob: {dog, egg}``."""
        who = self.agents or tuple(f"agent {agent}" for agent in range(len(alternative)))
        parts = zip(who, map(self.tell_bundle, alternative), strict=True)
        return ", ".join(f"{agent}: {bundle}" for agent, bundle in parts)

    def tell_type(self, type_: Values, /) -> str:
        """The values in the order of the goods: ``(3, 2, 1)``."""
        return show_all(type_)

    def misreports(self, agent: int, reports: Matrix, /) -> Iterator[Values]:
        """Where types are too many to list: one value changed, or another agent's row."""
        truth = reports[agent]
        high = 1 + max(max(row) for row in reports)
        for good, value in enumerate(truth):
            here = (row[good] for row in reports)
            proposed = self.grid or (Fraction(0), *here, high)
            for other in dict.fromkeys(proposed):
                if other != value:
                    yield (*truth[:good], other, *truth[good + 1 :])
        yield from (row for row in dict.fromkeys(reports) if row != truth)

    def strands(self, agent: int, reports: Matrix, /) -> Iterator[Strand]:
        """The value of one good, for each good."""
        high = 1 + 2 * max(max(row) for row in reports)
        for good in range(len(self.names)):
            yield Strand(Fraction(0), high, partial(replaced, reports[agent], good))

    def simpler(self, type_: Values, /) -> Iterator[Values]:
        """Rows with one value smaller: a small whole number, a half or one less; or on the grid."""
        small = tuple(map(Fraction, range(13)))
        for good, value in enumerate(type_):
            for smaller in self.grid or (*small, Fraction(value // 2), value - 1):
                if 0 <= smaller < value:
                    yield (*type_[:good], smaller, *type_[good + 1 :])

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Matrix]:
        """All small whole numbers, or the grid, in full where few; then random ones with ties."""
        goods = len(self.names)
        steps = tuple(map(Fraction, range(101)))
        tops = (2, 3, 5, 11, 101) if self.grid is None else (len(self.grid),)
        grid = steps if self.grid is None else self.grid
        for top in tops:
            if top ** (agents * goods) <= 2_500:
                every = product(grid[:top], repeat=goods)
                yield from product((*every,), repeat=agents)
        for _ in count():
            top = int(rng.choice(tops))
            places = rng.integers(0, top, size=(agents, goods))
            chosen = rng.integers(0, agents, size=agents) if rng.random() < 0.2 else range(agents)
            yield tuple(tuple(grid[int(k)] for k in places[int(agent)]) for agent in chosen)

    def __repr__(self) -> str:
        goods = f"Goods({', '.join(self.names)})"
        return goods if self.grid is None else f"{goods} worth {show_all(self.grid)}"


def expanded(reports: Matrix | Population) -> Matrix:
    """One row an agent."""
    return reports.expanded() if isinstance(reports, Population) else reports


def replaced(row: Values, good: int, value: Number) -> Values:
    """The row with another value for one good."""
    return (*row[:good], value, *row[good + 1 :])


@lru_cache
def _listed(grid: Values, goods: int) -> Matrix:
    return tuple(product(grid, repeat=goods))


def _by_name(
    given: Mapping[str, Iterable[str]], agents: tuple[str, ...]
) -> dict[str, Iterable[str]]:
    """The bundles in the order of ``agents``."""
    if not agents:
        raise ValueError("given is by name, and the setting does not name its agents")
    for agent in given:
        if agent not in agents:
            raise ValueError(f"given has a bundle for {agent!r}: it must be {', '.join(agents)}")
    for agent in agents:
        if agent not in given:
            raise ValueError(f"given has no bundle for {agent}: it may be empty, as in []")
    return {f"[{agent!r}]": given[agent] for agent in agents}
