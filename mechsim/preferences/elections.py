r"""Elections with approval ballots: projects with costs, a budget, and voters who approve of some.

A voter who approves of the projects :math:`A_i` values each of them at 1: a set :math:`W` that is
funded, or projects funded with probabilities or in parts :math:`p_c`, is worth

.. math:: v_i(W) = |A_i \cap W|, \qquad v_i(p) = \sum_{c \in A_i} p_c.

With costs of 1 and a budget of :math:`k` this is the election of a committee of :math:`k`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations, count, islice, product
from typing import Any, Self, TypeAlias, cast, overload

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, sequence, show
from ..algorithms.rounding import Fractional
from ..population import Population

Ballot: TypeAlias = frozenset[int]
"""The projects that a voter approves of, by number from 0."""

Ballots: TypeAlias = tuple[Ballot, ...]

Funded: TypeAlias = frozenset[int]
"""The projects that are funded, by number from 0."""

Money: TypeAlias = int | Fraction
"""An exact amount of money; elections keep it as a fraction."""

LISTED = 6
"""With up to this many projects all ballots are listed."""

TOLD = 8
"""Up to this many projects are told by name."""


@dataclass(frozen=True, repr=False)
class Election:
    """Projects, what they cost, and the budget.

    An outcome is the set of the projects that are funded, or a tuple with the part of each.

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

    Examples
    --------
    >>> election = Election(("park", "pool", "road"), (2, 3, 4), 5)
    >>> election.read([["pool"], {0, 2}])
    (frozenset({1}), frozenset({0, 2}))
    >>> election.tell(frozenset({0, 1}))
    '{park, pool}'
    """

    projects: tuple[str, ...]
    costs: tuple[Money, ...]
    budget: Money
    titles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("projects", "costs", "titles"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        if not self.projects:
            raise ValueError("projects is empty: an election has at least one project")
        for name, listed in (("costs", self.costs), ("titles", self.titles or self.projects)):
            if len(listed) != len(self.projects):
                raise ValueError(
                    f"{name} has {len(listed)} entries: "
                    f"it must have one for each of {len(self.projects)} projects"
                )
        seen: set[str] = set()
        for place, project in enumerate(self.projects):
            if type(project) is not str:
                raise ValueError(f"projects[{place}] is {project!r}: a name is a str")
            if project in seen:
                raise ValueError(f"projects[{place}] is {project!r}: it is named before")
            seen.add(project)
        costs = (_money(cost, f"costs[{place}]") for place, cost in enumerate(self.costs))
        object.__setattr__(self, "costs", tuple(costs))
        object.__setattr__(self, "budget", _money(self.budget, "budget"))

    @classmethod
    def of(cls, costs: Mapping[str, Money], budget: Money) -> Self:
        """The election of projects that are given with their costs.

        Examples
        --------
        >>> Election.of({"park": 2, "pool": 3}, budget=4)
        Election(park: 2, pool: 3; budget 4)
        """
        return cls(*listed_of(costs), budget)

    @cached_property
    def affordable(self) -> tuple[int, ...]:
        """The projects that the budget can pay for, each alone."""
        return tuple(c for c, cost in enumerate(self.costs) if cost <= self.budget)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {project: c for c, project in enumerate(self.projects)}

    def cost(self, outcome: Funded | Fractional) -> Fraction:
        """What an outcome costs; of a fractional one, what its parts cost."""
        if isinstance(outcome, tuple):
            parts = zip(outcome, self.costs, strict=True)
            return sum((p * cost for p, cost in parts), Fraction(0))
        return Fraction(sum(self.costs[c] for c in outcome))

    def cheapest_first(self, projects: Iterable[int]) -> list[int]:
        """These projects by cost; of equal ones, the first comes first."""
        return sorted(projects, key=lambda c: (self.costs[c], c))

    def types(self, agent: int, /) -> Ballots | None:
        """All ballots, those with fewest projects first, where projects are few."""
        numbers = range(len(self.projects))
        return tuple(_subsets(numbers)) if len(numbers) <= LISTED else None

    def value(self, agent: int, type_: Ballot, alternative: Funded | Fractional, /) -> Fraction:
        """How many projects that the agent approves of are funded; parts count in part."""
        if isinstance(alternative, tuple):
            return sum((alternative[c] for c in type_), Fraction(0))
        return Fraction(len(type_ & alternative))

    def worth(self, agent: int, type_: Ballot, alternative: Funded | Fractional, /) -> Fraction:
        """The same, as it is not negative."""
        return self.value(agent, type_, alternative)

    def alternatives(self, agents: int, /) -> tuple[Funded, ...]:
        """Every set of projects that the budget pays for, where projects are few.

        Raises
        ------
        ValueError
            If there are more projects than ballots are listed for.
        """
        if len(self.projects) > LISTED:
            raise ValueError(
                f"setting has {len(self.projects)} projects: sets are listed of up to {LISTED}"
            )
        every = _subsets(range(len(self.projects)))
        return tuple(chosen for chosen in every if self.cost(chosen) <= self.budget)

    def admits(self, alternative: object, /) -> bool:
        """Whether these are projects that cost no more than the budget, up to one of them.

        Lotteries whose outcomes cost the budget in expectation may exceed it by part of a project.
        """
        if not isinstance(alternative, frozenset):
            return False
        chosen = cast("frozenset[object]", alternative)
        if not all(type(c) is int and 0 <= c < len(self.projects) for c in chosen):
            return False
        costs = [self.costs[c] for c in cast(Funded, alternative)]
        return sum(costs) - max(costs, default=0) <= self.budget

    def fair_share(self, type_: Ballot, share: Fraction, /) -> Fraction:
        r"""What a group of this ``share`` of the voters, all with this ballot, may ask for.

        It is :math:`s V(B)`, where :math:`V(B)` is the most that the budget can be worth to them
        if it may pay for a project in part: approved projects, cheapest first.
        """
        return share * self.best(type_, Fraction(self.budget))

    def best(self, type_: Ballot, money: Fraction, benchmark: str = "fractional", /) -> Fraction:
        r"""The most that a voter could get for so much money, :math:`V(b)`: the cheapest first.

        Parameters
        ----------
        type_ : Ballot
        money : Fraction
        benchmark : str
            Whether it may buy parts of projects, ``"fractional"``, or not, ``"integral"``.
        """
        require_benchmark(benchmark)
        left, whole = Fraction(money), 0
        for c in self.cheapest_first(type_.intersection(self.affordable)):
            if self.costs[c] > left:
                return whole + (left / self.costs[c] if benchmark == "fractional" else Fraction(0))
            left, whole = left - self.costs[c], whole + 1
        return Fraction(whole)

    def buys(
        self, type_: Ballot, money: Fraction, benchmark: str = "fractional", /
    ) -> dict[int, Fraction]:
        """What a voter alone would best do with so much money: the part of each project."""
        require_benchmark(benchmark)
        left, bought = money, dict[int, Fraction]()
        for c in self.cheapest_first(type_.intersection(self.affordable)):
            part = min(Fraction(1), left / self.costs[c])
            if not part or (part < 1 and benchmark == "integral"):
                break
            left, bought[c] = left - part * self.costs[c], part
        return bought

    def points(self, type_: Ballot, /) -> dict[int, Fraction]:
        """What each project is worth to a voter of this type: 1 if it approves of it."""
        return dict.fromkeys(sorted(type_), Fraction(1))

    @overload
    def read(self, given: Population, /) -> Population: ...
    @overload
    def read(self, given: Iterable[Iterable[str | int]] | npt.NDArray[Any], /) -> Ballots: ...
    def read(self, given: object, /) -> Ballots | Population:
        """Ballots from lists or sets of projects, each by its name or number; or a population.

        Raises
        ------
        ValueError
            If nobody votes, or a ballot is no collection of projects of this election.
        """
        if isinstance(given, Population):
            return Population(self._read(list(given.values), "values"), given.counts)
        return self._read(sequence(given, "reports"), "reports")

    def _read(self, given: Sequence[Any], name: str) -> Ballots:
        if not given:
            raise ValueError(f"{name} is empty: at least one agent must report")
        return tuple(self._ballot(b, f"{name}[{k}]") for k, b in enumerate(given))

    def _ballot(self, given: object, name: str) -> Ballot:
        return self._chosen(given, name, "a ballot is a list or a set of projects")

    def _chosen(self, given: object, name: str, rule: str) -> frozenset[int]:
        if isinstance(given, np.ndarray):
            given = cast("list[object]", given.tolist())
        if isinstance(given, (str, bytes)) or not isinstance(given, (Sequence, Set)):
            raise ValueError(f"{name} is {given!r} ({type(given).__name__}): {rule}")
        entries = cast("Sequence[object] | Set[object]", given)
        return frozenset(self.number(entry, name) for entry in entries)

    def funded(self, given: Iterable[str | int], name: str = "outcome", /) -> Funded:
        """An outcome from a list or set of projects, each by its name or number.

        Parameters
        ----------
        given : list or set of str or int
        name : str
            What it is called in the message if it is none.

        Raises
        ------
        ValueError
            If it is no collection of projects of this election.
        """
        return self._chosen(given, name, "an outcome is a list or a set of projects")

    def number(self, entry: object, name: str) -> int:
        """The number of a project that ``name``, for the error message, has by name or number."""
        if isinstance(entry, np.integer):
            entry = int(cast(Any, entry))
        if type(entry) is int and 0 <= entry < len(self.projects):
            return entry
        if isinstance(entry, str) and entry in self._numbers:
            return self._numbers[entry]
        if isinstance(entry, str):
            close = get_close_matches(entry, self.projects, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            raise ValueError(f"{name} has {entry!r}, which is no project of {self}{hint}")
        raise ValueError(
            f"{name} has {entry!r}: a project is named, or counted from 0 to "
            f"{len(self.projects) - 1}"
        )

    def tell(self, alternative: Funded | Fractional, /) -> str:
        """The projects by name, ``{park, pool}``, with their parts if these are given."""
        if isinstance(alternative, tuple):
            parts = [(c, show(p)) for c, p in enumerate(alternative) if p]
            return "{" + ", ".join(f"{self._title(c)}: {p}" for c, p in parts) + "}"
        if len(alternative) > TOLD:
            return f"{len(alternative)} projects"
        return "{" + ", ".join(map(self._title, sorted(alternative))) + "}"

    def tell_type(self, type_: Ballot, /) -> str:
        """The ballot, by the names of projects."""
        return self.tell(type_)

    def _title(self, project: int) -> str:
        return self.titles[project] if self.titles else self.projects[project]

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Ballots]:
        """Where ballots are too many to list: small ones first, then random ones with ties."""
        numbers = range(len(self.projects))
        small = list(islice(_subsets(numbers), 1 + len(numbers)))
        if len(small) ** agents <= 2_500:
            yield from product(small, repeat=agents)
        for _ in count():
            density = rng.choice([0.15, 0.3, 0.5, 0.8])
            classes = int(rng.integers(1, agents + 1))
            drawn: list[list[bool]] = (rng.random((classes, len(numbers))) < density).tolist()
            ballots = [frozenset(c for c in numbers if row[c]) for row in drawn]
            voters: list[int] = rng.integers(0, classes, size=agents).tolist()
            yield tuple(ballots[k] for k in voters)

    def misreports(self, agent: int, reports: Ballots, /) -> Iterator[Ballot]:
        """Others' ballots, and one project more or less than the truth."""
        truth = reports[agent]
        changed = (truth ^ {c} for c in range(len(self.projects)))
        yield from (b for b in dict.fromkeys((*reports, *changed)) if b != truth)

    def simpler(self, type_: Ballot, /) -> Iterator[Ballot]:
        """No project, one of those approved of, and all but one of them."""
        one = (frozenset({c}) for c in sorted(type_))
        less = (type_ - {c} for c in sorted(type_))
        yield from (b for b in dict.fromkeys((Ballot(), *one, *less)) if len(b) < len(type_))

    def __repr__(self) -> str:
        budget = f"budget {show(self.budget)}"
        if len(self.projects) > TOLD:
            return f"Election of {len(self.projects)} projects, {budget}"
        priced = zip(self.projects, self.costs, strict=True)
        return f"Election({', '.join(f'{p}: {show(c)}' for p, c in priced)}; {budget})"


def _subsets(numbers: Sequence[int]) -> Iterator[Ballot]:
    """All subsets, by size."""
    sizes = range(len(numbers) + 1)
    return map(frozenset, chain.from_iterable(combinations(numbers, size) for size in sizes))


def listed_of(costs: Mapping[str, Money]) -> tuple[tuple[str, ...], tuple[Money, ...]]:
    """Projects, and what they cost."""
    if not isinstance(cast(object, costs), Mapping):
        raise ValueError(f"costs is {costs!r}: it must be a mapping of projects to their costs")
    return tuple(costs), tuple(costs.values())


def require_benchmark(benchmark: str) -> None:
    """Raise `ValueError` unless it says whether parts of projects may be bought."""
    if benchmark not in ("fractional", "integral"):
        raise ValueError(f"benchmark is {benchmark!r}: it must be 'fractional' or 'integral'")


def _money(given: Number, name: str) -> Fraction:
    amount = real(given, name)
    if not isinstance(amount, Fraction):
        raise ValueError(f"{name} is {amount} (float): money is exact, an int or a Fraction")
    if amount <= 0:
        raise ValueError(f"{name} is {show(amount)}: it must be positive")
    return amount
