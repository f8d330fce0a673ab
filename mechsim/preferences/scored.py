r"""Elections in which voters give points: projects with costs, a budget, additive utilities.

Project :math:`c` is worth :math:`u_i(c) \ge 0` to voter :math:`i`, and nothing if it is not named.
A set :math:`W` that is funded, or projects funded with probabilities or in parts :math:`p_c`, is
worth

.. math:: v_i(W) = \sum_{c \in W} u_i(c), \qquad v_i(p) = \sum_c p_c\, u_i(c).

The most that the money :math:`b` could be worth to a voter, :math:`V_i(b)`, is a knapsack: of whole
projects, or of parts, and then those come first that are worth most for their cost.  Where all
points are 1 it is an election with approval ballots.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import count, islice, pairwise, product
from typing import Any, Self, TypeAlias, cast, overload

import numpy as np
import numpy.typing as npt

from .._numbers import real, sequence, show, show_all
from ..algorithms.knapsack import best_set
from ..algorithms.rounding import Fractional
from ..population import Population
from .elections import TOLD, Election, Funded, Money, listed_of, require_benchmark

Scores: TypeAlias = tuple[tuple[int, Fraction], ...]
"""Each project that is worth something to the voter, by number from 0, with its points."""

Scorings: TypeAlias = tuple[Scores, ...]

LISTED = 2_000
"""Types are listed if they are at most this many."""


@dataclass(frozen=True, repr=False)
class ScoredElection:
    """Projects, what they cost, and the budget; voters say what each is worth to them.

    A type is a sparse row of points, sorted by project, without zeros.  An outcome is the set of
    the projects that are funded, or a tuple with the part of each.

    Parameters
    ----------
    projects : tuple of str
        Their names, all different.
    costs : tuple of int or Fraction
        Positive, one a project, any unit of money.
    budget : int or Fraction
        Positive.  A project that costs more can never be funded, and is worth nothing.
    titles : tuple of str, optional
        What the projects are called in sentences, where their names are mere labels.
    grid : tuple of int or Fraction, optional
        What a project may be worth, increasing from 0; any number from 0 by default.

    Examples
    --------
    >>> election = ScoredElection(("park", "pool", "road"), (2, 3, 4), 5)
    >>> election.read([{"pool": 3, "park": 1}, [0, 0, 2]])
    (((0, Fraction(1, 1)), (1, Fraction(3, 1))), ((2, Fraction(2, 1)),))
    >>> election.tell_type(election.read([{"pool": 3, "park": 1}])[0])
    '{park: 1, pool: 3}'
    """

    projects: tuple[str, ...]
    costs: tuple[Money, ...]
    budget: Money
    titles: tuple[str, ...] = ()
    grid: tuple[Money, ...] | None = None

    def __post_init__(self) -> None:
        approval = Election(self.projects, self.costs, self.budget, self.titles)
        for name in ("projects", "costs", "budget", "titles"):
            object.__setattr__(self, name, getattr(approval, name))
        if self.grid is not None:
            grid = tuple(_points(p, f"grid[{k}]") for k, p in enumerate(self.grid))
            if not grid or grid[0] != 0 or any(a >= b for a, b in pairwise(grid)):
                raise ValueError(f"grid is {show_all(grid)}: it must increase strictly from 0")
            object.__setattr__(self, "grid", grid)

    @classmethod
    def of(cls, costs: Mapping[str, Money], budget: Money) -> Self:
        """The election of projects that are given with their costs."""
        return cls(*listed_of(costs), budget)

    @cached_property
    def approval(self) -> Election:
        """The same projects, costs and budget, for voters who approve of sets of projects."""
        return Election(self.projects, self.costs, self.budget, self.titles)

    @property
    def affordable(self) -> tuple[int, ...]:
        """The projects that the budget can pay for, each alone."""
        return self.approval.affordable

    def cost(self, outcome: Funded | Fractional) -> Fraction:
        """What an outcome costs; of a fractional one, what its parts cost."""
        return self.approval.cost(outcome)

    def types(self, agent: int, /) -> Scorings | None:
        """Every row of points from the grid, where these are few; those with fewer points first."""
        if self.grid is None or len(self.grid) ** len(self.projects) > LISTED:
            return None
        return _listed(cast(tuple[Fraction, ...], self.grid), len(self.projects))

    def value(self, agent: int, type_: Scores, alternative: Funded | Fractional, /) -> Fraction:
        """The points of the projects that are funded; parts count in part."""
        if isinstance(alternative, tuple):
            return sum((points * alternative[c] for c, points in type_), Fraction(0))
        return sum((points for c, points in type_ if c in alternative), Fraction(0))

    def worth(self, agent: int, type_: Scores, alternative: Funded | Fractional, /) -> Fraction:
        """The same, as it is not negative."""
        return self.value(agent, type_, alternative)

    def points(self, type_: Scores, /) -> dict[int, Fraction]:
        """What each project is worth to a voter of this type; others are worth nothing."""
        return dict(type_)

    def alternatives(self, agents: int, /) -> tuple[Funded, ...]:
        """Every set of projects that the budget pays for, where projects are few."""
        return self.approval.alternatives(agents)

    def admits(self, alternative: object, /) -> bool:
        """Whether these are projects that cost no more than the budget, up to one of them."""
        return self.approval.admits(alternative)

    def fair_share(self, type_: Scores, share: Fraction, /) -> Fraction:
        r"""What a group of this ``share`` of the voters, all of this type, may ask for.

        It is :math:`s V(B)`, where :math:`V(B)` is the most that the budget can be worth to them
        if it may pay for a project in part.
        """
        return share * self.best(type_, Fraction(self.budget))

    def best(self, type_: Scores, money: Fraction, benchmark: str = "fractional", /) -> Fraction:
        r"""The most that a voter could get for so much money, :math:`V(b)`.

        Parameters
        ----------
        type_ : Scores
        money : Fraction
        benchmark : str
            Whether it may buy parts of projects, ``"fractional"``, or not, ``"integral"``.
        """
        points = dict(type_)
        bought = self.buys(type_, money, benchmark)
        return sum((part * points[c] for c, part in bought.items()), Fraction(0))

    def buys(
        self, type_: Scores, money: Fraction, benchmark: str = "fractional", /
    ) -> dict[int, Fraction]:
        """What a voter alone would best do with so much money: the part of each project.

        In parts, what costs least for its points comes first; of equal ones, the first.
        """
        require_benchmark(benchmark)
        points = {c: p for c, p in type_ if self.costs[c] <= self.budget}
        if benchmark == "integral":
            return dict.fromkeys(sorted(best_set(points, self.costs, money)), Fraction(1))
        left, bought = money, dict[int, Fraction]()
        for c in sorted(points, key=lambda c: (self.costs[c] / points[c], c)):
            part = min(Fraction(1), left / self.costs[c])
            if not part:
                break
            left, bought[c] = left - part * self.costs[c], part
        return bought

    @overload
    def read(self, given: Population, /) -> Population: ...
    @overload
    def read(self, given: Iterable[Any] | npt.NDArray[Any], /) -> Scorings: ...
    def read(self, given: object, /) -> Scorings | Population:
        """Rows of points; or a population.

        A row is a mapping of projects, by name or number, to points; or pairs of these; or a list
        or an array with one number for each project.  Points are exact.

        Raises
        ------
        ValueError
            If nobody votes, a project is unknown or named twice, or points are no exact number
            from 0, or off the grid.
        """
        if isinstance(given, Population):
            return Population(self._read(list(given.values), "values"), given.counts)
        listed = list(cast(Any, given)) if getattr(given, "ndim", 1) == 2 else given
        return self._read(sequence(listed, "reports"), "reports")

    def _read(self, given: Sequence[Any], name: str) -> Scorings:
        if not given:
            raise ValueError(f"{name} is empty: at least one agent must report")
        return tuple(self._scores(row, f"{name}[{k}]") for k, row in enumerate(given))

    def _scores(self, given: object, name: str) -> Scores:
        found: dict[int, Fraction] = {}
        for entry, points in _pairs(given, len(self.projects), name):
            c = self.approval.number(entry, name)
            what = f"{name}, the points of {self.projects[c]},"
            if c in found:
                raise ValueError(f"{what} is there twice: a project is named once")
            found[c] = _points(points, what)
            if self.grid is not None and found[c] not in self.grid:
                allowed = show_all(self.grid)
                raise ValueError(f"{what} is {show(found[c])}: it must be one of {allowed}")
        return _sparse(found)

    def funded(self, given: Iterable[str | int], name: str = "outcome", /) -> Funded:
        """An outcome from a list or set of projects, each by its name or number."""
        return self.approval.funded(given, name)

    def tell(self, alternative: Funded | Fractional, /) -> str:
        """The projects by name, ``{park, pool}``, with their parts if these are given."""
        return self.approval.tell(alternative)

    def tell_type(self, type_: Scores, /) -> str:
        """The points by the names of projects: ``{park: 1, pool: 3}``."""
        if len(type_) > TOLD:
            return f"points for {len(type_)} projects"
        names = self.titles or self.projects
        return "{" + ", ".join(f"{names[c]}: {show(points)}" for c, points in type_) + "}"

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Scorings]:
        """Where types are too many to list: one project or none first, then random ones."""
        projects = range(len(self.projects))
        steps = [Fraction(k) for k in (0, 1, 2, 3, 5, 10)] if self.grid is None else self.grid
        scale = cast("Sequence[Fraction]", steps)
        few = [(), *(((c, points),) for c in projects for points in scale[1:3])]
        if len(few) ** agents <= 2_500:
            yield from product(few, repeat=agents)
        for _ in count():
            density = rng.choice([0.3, 0.5, 0.8])
            classes = int(rng.integers(1, agents + 1))
            shape = (classes, len(projects))
            drawn: list[list[int]] = (
                rng.integers(0, len(scale), shape) * (rng.random(shape) < density)
            ).tolist()
            rows = [_sparse({c: scale[k] for c, k in enumerate(row)}) for row in drawn]
            voters: list[int] = rng.integers(0, classes, size=agents).tolist()
            yield tuple(rows[k] for k in voters)

    def misreports(self, agent: int, reports: Scorings, /) -> Iterator[Scores]:
        """Others' rows; and the points of one project taken away, as others have them, or most."""
        truth = reports[agent]
        yield from (row for row in dict.fromkeys(reports) if row != truth)
        before = dict(truth)
        high = 1 + max((points for row in reports for _, points in row), default=Fraction(0))
        for c in range(len(self.projects)):
            here = (dict(row).get(c, Fraction(0)) for row in reports)
            for points in dict.fromkeys(self.grid or (Fraction(0), *here, high)):
                if points != before.get(c, 0):
                    yield _sparse({**before, c: Fraction(points)})

    def simpler(self, type_: Scores, /) -> Iterator[Scores]:
        """No points, those of one project, all but those, and smaller ones."""
        less = [_without(type_, c) for c, _ in type_]
        yield from (r for r in dict.fromkeys(((), *((p,) for p in type_), *less)) if r != type_)
        for c, points in type_:
            small = self.grid or (Fraction(1), Fraction(2), Fraction(points // 2), points - 1)
            for smaller in islice(small, 12):
                if 0 < smaller < points:
                    yield _sparse({**dict(type_), c: Fraction(smaller)})

    def __repr__(self) -> str:
        return f"Scored{self.approval!r}"


def _sparse(points: Mapping[int, Fraction]) -> Scores:
    return tuple((c, points[c]) for c in sorted(points) if points[c])


def _without(type_: Scores, project: int) -> Scores:
    return tuple(pair for pair in type_ if pair[0] != project)


def _pairs(given: object, projects: int, name: str) -> Iterable[tuple[object, object]]:
    """Projects and points, as they were given."""
    if isinstance(given, Mapping):
        return cast("Mapping[object, object]", given).items()
    if isinstance(given, (str, bytes)) or not isinstance(given, (Sequence, np.ndarray)):
        raise ValueError(
            f"{name} is {given!r} ({type(given).__name__}): points are a mapping of projects to "
            "numbers, or a list with one number for each project"
        )
    row: Sequence[Any] = sequence(cast(object, given), name)
    if all(isinstance(pair, tuple) and len(cast(Any, pair)) == 2 for pair in row):
        return row
    if len(row) != projects:
        raise ValueError(
            f"{name} has {len(row)} entries: it must have one for each of {projects} projects"
        )
    return enumerate(row)


def _points(given: object, name: str) -> Fraction:
    amount = real(given, name)
    if amount < 0:
        raise ValueError(f"{name} is {show(amount)}: it must be at least 0")
    if not isinstance(amount, Fraction):
        raise ValueError(f"{name} is {amount} (float): points are exact, an int or a Fraction")
    return amount


@lru_cache
def _listed(grid: tuple[Fraction, ...], projects: int) -> Scorings:
    rows = [_sparse(dict(enumerate(row))) for row in product(grid, repeat=projects)]
    return tuple(sorted(rows, key=lambda row: (len(row), sum(points for _, points in row))))
