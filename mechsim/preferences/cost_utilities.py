r"""Agents who divide goods with public costs, and each wants some of them: cost utilities.

A good :math:`g` costs :math:`c(g) > 0`, which everybody knows.  Agent :math:`i` approves of the
goods :math:`T_i`, its type, and a bundle :math:`A` is worth to it what the goods in it cost that it
approves of,

.. math:: v_i(A) = c(A \cap T_i) = \sum_{g \in A \cap T_i} c(g).

Approvals are *laminar* if any two agents approve of sets of which one holds the other, or that have
no good in common: a tree of ever more special wants.

References
----------
Botan, Ritossa, Suzuki, Walsh. Maximin fair allocation of indivisible items under cost utilities.
Symposium on Algorithmic Game Theory, 2023.
Camacho, Fonseca-Delgado, Pino Perez, Tapia. Generalized binary utility functions and fair
allocations. Mathematical Social Sciences 121, 2023.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations, count, islice, product
from typing import Any, TypeAlias, cast

import numpy as np

from .._numbers import Number, real, sequence, show
from ..algorithms.partition import USUAL, Bundles, Division, NodeLimit, maximin_share
from ..population import Population
from .additive import Goods

Wanted: TypeAlias = frozenset[int]
"""The goods that an agent approves of, by number from 0: its type."""

Wants: TypeAlias = tuple[Wanted, ...]

LISTED = 10
"""With up to this many goods all sets that an agent may approve of are listed."""


@dataclass(frozen=True, repr=False)
class CostUtilities:
    """Goods, what each costs, and the agents' names.

    Parameters
    ----------
    names : tuple of str
        The goods.
    costs : tuple of int or Fraction
        Positive, one a good; what the good is worth to everybody who approves of it.
    agents : tuple of str, optional
        The agents' names, in the order of the reports.
    family : tuple of sets of goods, optional
        The sets that an agent may approve of, by names or numbers; any set by default.  If these
        are laminar, so are the approvals of all agents.

    Examples
    --------
    >>> goods = CostUtilities(("car", "dog", "egg"), (6, 3, 1), agents=("ann", "bob"))
    >>> reports = goods.read([["car", "egg"], ["dog", "egg"]])
    >>> goods.value(1, reports[1], goods.bundles({"ann": ["car"], "bob": ["dog", "egg"]}))
    Fraction(4, 1)
    """

    names: tuple[str, ...]
    costs: tuple[int | Fraction, ...]
    agents: tuple[str, ...] = ()
    family: Sequence[Collection[str | int]] = ()

    def __post_init__(self) -> None:
        for field in ("names", "costs", "agents", "family"):
            object.__setattr__(self, field, tuple(getattr(self, field)))
        if len(self.costs) != len(self.names):
            raise ValueError(
                f"costs has {len(self.costs)} entries: "
                f"it must have one for each of {len(self.names)} goods"
            )
        costs = (_cost(cost, f"costs[{good}]") for good, cost in enumerate(self.costs))
        object.__setattr__(self, "costs", tuple(costs))
        object.__setattr__(self, "names", self._goods.names)
        family = (self._wanted(one, f"family[{k}]") for k, one in enumerate(self.family))
        object.__setattr__(self, "family", tuple(dict.fromkeys(family)))

    @cached_property
    def _goods(self) -> Goods:
        """The goods without their costs, who know how bundles are written and told."""
        return Goods(self.names, agents=self.agents)

    @property
    def _family(self) -> Wants:
        """The sets of the family as they were read."""
        return cast(Wants, self.family)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: good for good, name in enumerate(self.names)}

    def cost(self, goods: Iterable[int], /) -> Fraction:
        """What these goods cost together."""
        return sum((Fraction(self.costs[good]) for good in goods), Fraction(0))

    def types(self, agent: int, /) -> Wants | None:
        """Every set of the family, or of goods, fewest goods first, where goods are few."""
        if self._family:
            return tuple(sorted(self._family, key=lambda wanted: (len(wanted), sorted(wanted))))
        goods = range(len(self.names))
        return tuple(_subsets(goods)) if len(goods) <= LISTED else None

    def share_value(self, agent: int, type_: Wanted, share: frozenset[int], /) -> Fraction:
        """What a bundle is worth to an agent, whoever holds it."""
        return self.cost(type_ & share)

    def value(self, agent: int, type_: Wanted, alternative: Bundles, /) -> Fraction:
        """What an agent's own bundle is worth to it."""
        return self.share_value(agent, type_, alternative[agent])

    def worth(self, agent: int, type_: Wanted, alternative: Bundles, /) -> Fraction:
        """The same, as it is not negative."""
        return self.value(agent, type_, alternative)

    def values(self, type_: Wanted, /) -> tuple[Number, ...]:
        """What each good is worth to an agent of this type: its cost, or nothing."""
        return tuple(
            Fraction(cost) if good in type_ else Fraction(0) for good, cost in enumerate(self.costs)
        )

    def maximin_share(self, type_: Wanted, agents: int, limit: NodeLimit = USUAL, /) -> Division:
        """What an agent of this type can be sure of by cutting, and how it would cut."""
        return maximin_share(self.values(type_), agents, limit)

    def dominating(self, reports: Wants | Population, outcome: Bundles, /) -> Bundles | None:
        """Bundles better for somebody and worse for nobody, or None if there are none.  O(n m).

        There are none just if every good that is wanted is held by somebody who wants it, as then
        no bundles are worth more in total.
        """
        wants = reports.expanded() if isinstance(reports, Population) else reports
        bundles = list(outcome)
        for good in range(len(self.names)):
            holder = next(agent for agent, bundle in enumerate(outcome) if good in bundle)
            wanting = [agent for agent, wanted in enumerate(wants) if good in wanted]
            if wanting and holder not in wanting:
                bundles[holder] -= {good}
                bundles[wanting[0]] |= {good}
        return None if bundles == list(outcome) else tuple(bundles)

    def alternatives(self, agents: int, /) -> tuple[Bundles, ...]:
        """Every way to give each good to one of the agents."""
        return self._goods.alternatives(agents)

    def admits(self, alternative: object, /) -> bool:
        """Whether these are bundles that together hold each good once."""
        return self._goods.admits(alternative)

    def bundles(self, given: Mapping[str, Iterable[str]] | Sequence[Iterable[str]], /) -> Bundles:
        """The alternative that was typed in by names: a bundle for each agent."""
        return self._goods.bundles(given)

    def read(self, given: Population | Iterable[Any], /) -> Wants:
        """Approvals from lists or sets of goods, each by its name or number, one list an agent.

        A list with True or False for each good qualifies, also as a row of an array.

        Raises
        ------
        ValueError
            If a list names what is no good of these, or there is not one for each agent.
        """
        if isinstance(given, Population):
            return self.read(given.expanded())
        matrix = isinstance(given, np.ndarray) and given.ndim == 2
        listed = list(cast(Any, given)) if matrix else sequence(cast(object, given), "reports")
        if not listed:
            raise ValueError("reports is empty: at least one agent must report")
        if self.agents and len(listed) != len(self.agents):
            raise ValueError(
                f"reports has {len(listed)} of them: there must be one for each of "
                f"{len(self.agents)} agents"
            )
        return tuple(self._read(one, f"reports[{agent}]") for agent, one in enumerate(listed))

    def _read(self, given: object, name: str) -> Wanted:
        wanted = self._wanted(given, name)
        if self._family and wanted not in self._family:
            family = ", ".join(map(self.tell_bundle, self._family))
            raise ValueError(f"{name} is {self.tell_bundle(wanted)}: it must be one of {family}")
        return wanted

    def _wanted(self, given: object, name: str) -> Wanted:
        if isinstance(given, np.ndarray):
            given = cast("list[object]", given.tolist())
        if isinstance(given, (str, bytes)) or not isinstance(given, (Sequence, Set)):
            raise ValueError(
                f"{name} is {given!r} ({type(given).__name__}): "
                "it must be a list or a set of the goods that the agent approves of"
            )
        entries = list(cast("Iterable[object]", given))
        if len(entries) == len(self.names) and all(type(entry) is bool for entry in entries):
            return frozenset(good for good, wants in enumerate(entries) if wants)
        numbers = [self._number(entry, name) for entry in entries]
        if len(set(numbers)) < len(numbers):
            raise ValueError(
                f"{name} is {entries}: it has a good twice; it must list the goods that the agent "
                "approves of, or have True or False for each good"
            )
        return frozenset(numbers)

    def _number(self, entry: object, name: str) -> int:
        if isinstance(entry, np.integer):
            entry = int(cast(Any, entry))
        if type(entry) is int and 0 <= entry < len(self.names):
            return entry
        if isinstance(entry, str) and entry in self._numbers:
            return self._numbers[entry]
        raise ValueError(
            f"{name} has {entry!r}: it must be one of {', '.join(self.names)}, "
            f"or a number from 0 to {len(self.names) - 1}"
        )

    def tell_bundle(self, bundle: frozenset[int], /) -> str:
        """A bundle in words: ``{car, dog}``."""
        return self._goods.tell_bundle(bundle)

    def tell(self, alternative: Bundles, /) -> str:
        """Who gets what: ``ann: {car}, bob: {dog, egg}``."""
        return self._goods.tell(alternative)

    def tell_type(self, type_: Wanted, /) -> str:
        """The goods that are approved of, by name."""
        return self.tell_bundle(type_)

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Wants]:
        """Where they are too many to list: small sets first, then random ones, some of them alike.

        Half of the random profiles are laminar.
        """
        goods = range(len(self.names))
        small = [*islice(_subsets(goods), 1 + len(goods)), frozenset(goods)]
        if len(small) ** agents <= 2_500:
            yield from product(small, repeat=agents)
        for _ in count():
            if rng.random() < 0.5:
                yield random_laminar(len(self.names), agents, rng)
                continue
            density = rng.choice([0.3, 0.5, 0.8])
            drawn: list[list[bool]] = (rng.random((agents, len(goods))) < density).tolist()
            yield tuple(frozenset(g for g in goods if row[g]) for row in drawn)

    def misreports(self, agent: int, reports: Wants, /) -> Iterator[Wanted]:
        """What others approve of, and one good more or less than the truth."""
        truth = reports[agent]
        changed = (truth ^ {good} for good in range(len(self.names)))
        yield from (one for one in dict.fromkeys((*reports, *changed)) if one != truth)

    def simpler(self, type_: Wanted, /) -> Iterator[Wanted]:
        """No good, one of those approved of, and all but one of them."""
        one = (frozenset({good}) for good in sorted(type_))
        less = (type_ - {good} for good in sorted(type_))
        few = (Wanted(), *one, *less)
        yield from (wanted for wanted in dict.fromkeys(few) if len(wanted) < len(type_))

    def __repr__(self) -> str:
        priced = zip(self.names, self.costs, strict=True)
        told = f"CostUtilities({', '.join(f'{name}: {show(cost)}' for name, cost in priced)})"
        return f"{told} wanted in {len(self.family)} sets" if self.family else told


def is_laminar(wants: Iterable[Wanted], /) -> bool:
    """Whether of any two of these sets one holds the other, or they have no good in common.

    Examples
    --------
    >>> is_laminar([frozenset({0, 1, 2}), frozenset({0, 1}), frozenset({3})])
    True
    >>> is_laminar([frozenset({0, 1}), frozenset({1, 2})])
    False
    """
    pairs = combinations(dict.fromkeys(wants), 2)
    return all(a <= b or b <= a or a.isdisjoint(b) for a, b in pairs)


def random_laminar(goods: int, agents: int, rng: np.random.Generator, /) -> Wants:
    """Laminar approvals: goods in random order are split in two again and again; agents take parts.

    Parameters
    ----------
    goods, agents : int
        How many of them; at least 1.
    rng : numpy.random.Generator
    """
    order: list[int] = rng.permutation(goods).tolist()
    parts = [(0, goods)]
    for low, high in parts:  # grows on the way: an interval is followed by its halves
        if high - low > 1:
            cut = int(rng.integers(low + 1, high))
            parts += [(low, cut), (cut, high)]
    deep = float(rng.choice([0.0, 0.5, 1.0]))  # how much the agents prefer large sets
    weight = np.array([float(high - low) ** (2 * deep) for low, high in parts])
    taken: list[int] = rng.choice(len(parts), size=agents, p=weight / weight.sum()).tolist()
    return tuple(frozenset(order[slice(*parts[k])]) for k in taken)


def _subsets(goods: Sequence[int]) -> Iterator[Wanted]:
    """All subsets, by size."""
    sizes = range(len(goods) + 1)
    return map(frozenset, chain.from_iterable(combinations(goods, size) for size in sizes))


def _cost(given: Number, name: str) -> Fraction:
    cost = real(given, name)
    if not isinstance(cost, Fraction):
        raise ValueError(f"{name} is {cost} (float): costs are exact, an int or a Fraction")
    if cost <= 0:
        raise ValueError(f"{name} is {show(cost)}: it must be positive")
    return cost
