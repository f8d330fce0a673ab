r"""Bidders: what a click may be worth to each, how likely that is, and what they are called.

A type is the value :math:`v_i \ge 0` of a click, which only the bidder knows.  How many clicks
there are is no business of this file: that is the click model's.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, pairwise, product
from typing import Any, Protocol, TypeAlias, TypeGuard, cast

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, sequence, show, show_all
from .._text import brief
from ..population import FloatArray, Population
from .values import Discrete, Law

Bids: TypeAlias = tuple[Number, ...]
"""A bid per click for each bidder."""

Values: TypeAlias = tuple[Number, ...] | tuple[tuple[Number, ...], ...] | None
"""What values there may be, for all bidders alike or one row a bidder."""

Prior: TypeAlias = (
    tuple[Fraction, ...] | tuple[tuple[Fraction, ...], ...] | Law | tuple[Law, ...] | None
)
"""How likely values are, for all bidders alike or one entry a bidder."""


@dataclass(frozen=True)
class Bidders:
    """Values, how likely they are, and names; as fields of `Positions` and `Sponsored`.

    Parameters
    ----------
    values : tuple of Number, or one such tuple a bidder, optional
        What a click may be worth, increasing; any number from 0 by default.
    prior : tuple of Fraction, or one such tuple a bidder, or Law, or one Law a bidder, optional
        How likely each of the ``values`` is, or without these the law of a value (see
        `mechsim.preferences.values`); bidders are independent.
    agents : tuple of str, optional
        The bidders' names.
    number : int, optional
        How many there are, where something else says so.
    """

    values: Values = None
    prior: Prior = None
    agents: tuple[str, ...] = ()
    number: int | None = None

    def __post_init__(self) -> None:
        if self.values is not None:
            object.__setattr__(self, "values", _each(self.values, "values", _increasing))
        self._read_prior()
        tables: list[Any] = [t for t in (self.values, self.prior) if _is_nested(t)]
        listed: list[Any] = [self.agents, *tables]
        sizes = {len(one) for one in listed if one}
        if self.number:
            sizes.add(self.number)
        if len(sizes) > 1:
            raise ValueError(
                f"setting has {self.number or 'no'} bidders by its clicks and {len(self.agents)} "
                "agents: whatever is listed by bidder must be listed for the same number of them"
            )
        if self.prior is not None and not self.laws:
            self._require_prior_of_values()

    def _read_prior(self) -> None:
        """Laws of finitely many values become values and chances."""
        prior: Any = self.prior
        if prior is None:
            return
        listed = _listed(prior)
        if not any(map(_is_law, listed)):
            object.__setattr__(self, "prior", _each(prior, "prior", _distribution))
            return
        for place, law in enumerate(listed):
            if not _is_law(law):
                raise ValueError(f"prior[{place}] is {law!r}: it must be a law, as others are")
        if self.values is not None:
            raise ValueError("prior is a law: then it says what values there are, and values none")
        if all(isinstance(law, Discrete) for law in listed):
            alone = not isinstance(prior, tuple)
            for name, part in (("values", "values"), ("prior", "chances")):
                rows = tuple(getattr(law, part) for law in listed)
                object.__setattr__(self, name, rows[0] if alone else rows)

    @property
    def laws(self) -> tuple[Law, ...]:
        """The laws of the prior, one or one a bidder; none where values are finitely many."""
        listed = _listed(self.prior)
        return listed if any(map(_is_law, listed)) else ()

    def law(self, agent: int) -> Law:
        """The law of a bidder's value.

        Raises
        ------
        ValueError
            If there is no prior.
        """
        if self.laws:
            return self.laws[agent] if isinstance(self.prior, tuple) else self.laws[0]
        return Discrete(self.types(agent) or (), self.type_chances(agent))

    def draw(self, rng: np.random.Generator, batch: int, bidders: int) -> FloatArray:
        """Profiles of values, (batch, bidders)."""
        drawn = [self.law(agent).sample(rng, batch) for agent in range(bidders)]
        return np.column_stack(drawn)

    def _require_finite(self, what: str) -> None:
        if self.prior is None:
            raise ValueError(f"setting has no prior: {what} need one")
        if self.laws:
            raise ValueError(
                "setting has a prior of infinitely many values: put them on a grid, as by "
                "values.on_grid(law, 20)"
            )

    def _require_prior_of_values(self) -> None:
        for agent in range(self.count or 1):
            values, chances = _row(self.values, agent) or (), _row(self.prior, agent) or ()
            if len(values) != len(chances):
                raise ValueError(
                    f"prior has {len(chances)} probabilities for {self.name(agent)}: "
                    f"it must have one for each of {len(values)} values"
                )

    @property
    def count(self) -> int | None:
        """How many there must be, where anything is listed by bidder."""
        tables: list[Any] = [t for t in (self.values, self.prior) if _is_nested(t)]
        listed: list[Any] = [self.agents, *tables]
        return self.number or next((len(one) for one in listed if one), None)

    def name(self, agent: int) -> str:
        """What a bidder is called."""
        return self.agents[agent] if self.agents else f"agent {agent}"

    def types(self, agent: int, /) -> Bids | None:
        """What a click may be worth to a bidder, where that is one of finitely many numbers."""
        return _row(self.values, agent)

    def type_chances(self, agent: int, /) -> tuple[Fraction, ...]:
        """How likely each of the values of a bidder is, by the prior.

        Raises
        ------
        ValueError
            If there is no prior.
        """
        self._require_finite("chances")
        found: tuple[Fraction, ...] = _row(self.prior, agent) or ()
        return found

    def chance(self, profile: Bids, /) -> Fraction:
        """How likely these values are, by the prior."""
        self._require_finite("chances")
        likely = Fraction(1)
        for agent, value in enumerate(profile):
            values, chances = _row(self.values, agent) or (), _row(self.prior, agent) or ()
            likely *= chances[values.index(value)] if value in values else 0
        return likely

    def beliefs(
        self, agent: int, type_: Number, agents: int, /
    ) -> Iterator[tuple[Fraction, tuple[Number, ...]]]:
        """The profiles that ``agent`` of this type thinks possible, and how likely each is."""
        self._require_finite("beliefs")
        rows: list[list[tuple[Number, Fraction]]] = []
        for other in range(agents):
            values, chances = _row(self.values, other) or (), _row(self.prior, other) or ()
            known = [(type_, Fraction(1))]
            rows.append(known if other == agent else list(zip(values, chances, strict=True)))
        for drawn in product(*rows):
            yield math.prod((p for _, p in drawn), start=Fraction(1)), tuple(v for v, _ in drawn)

    def read(self, given: Population | Iterable[Number] | npt.NDArray[Any], /) -> Bids:
        """Bids per click from a list, array or data-frame column; numbers keep their kind.

        Raises
        ------
        ValueError
            If a bid is no number from 0, is none of the values, or bids are too many or too few.
        """
        if isinstance(given, Population):
            return self.read(given.expanded())
        bids = reals(sequence(given, "reports"), "reports")
        if not bids:
            raise ValueError("reports is empty: at least one agent must report")
        if self.count not in (None, len(bids)):
            raise ValueError(
                f"reports has {len(bids)} entries: it must have one for each of "
                f"{self.count} bidders"
            )
        for agent, bid in enumerate(bids):
            allowed = self.types(agent)
            if bid < 0:
                raise ValueError(f"reports[{agent}] is {show(bid)}: it must be at least 0")
            if allowed is not None and bid not in allowed:
                raise ValueError(
                    f"reports[{agent}] is {show(bid)}: it must be one of {show_all(allowed)}"
                )
        return bids

    def simpler(self, type_: Number, /) -> Iterator[Fraction]:
        """Smaller whole numbers."""
        yield from (Fraction(k) for k in range(13) if k < type_)

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Bids]:
        """Whole numbers, as the unit of money is immaterial: all small ones, then random ones.

        Where the prior has laws, values from these instead.
        """
        if self.laws:
            yield from self._drawn(agents, rng)
        for top in (1, 2, 4):
            if (top + 1) ** agents <= 2_500:
                yield from product(map(Fraction, range(top + 1)), repeat=agents)
        for _ in count():
            top = int(rng.choice([4, 12, 100]))
            yield tuple(Fraction(int(k)) for k in rng.integers(0, top + 1, size=agents))

    def _drawn(self, agents: int, rng: np.random.Generator, /) -> Iterator[Bids]:
        """Values from the laws of the prior, rounded to fractions of at most 64."""
        while True:
            values = self.draw(rng, 1, agents)[0].tolist()
            yield tuple(Fraction(value).limit_denominator(64) for value in values)

    def told(self) -> list[str]:
        """What there is to say of values and prior."""
        found: list[str] = []
        if self.values is not None:
            found.append(f"at {_show_rows(self.values)}")
        if self.laws:
            found.append(f"with values from {', '.join(map(brief, self.laws))}")
        elif self.prior is not None:
            found.append(f"with prior {_show_rows(self._chances)}")
        return found

    @property
    def _chances(self) -> tuple[Any, ...]:
        return self.prior if isinstance(self.prior, tuple) else ()


def reals(given: Iterable[object], name: str) -> Bids:
    """Finite numbers of the kinds they came in; the one that is none is named."""
    return tuple(real(number, f"{name}[{place}]") for place, number in enumerate(given))


def _listed(entry: Any) -> tuple[Any, ...]:
    return cast(tuple[Any, ...], entry) if isinstance(entry, tuple) else (entry,)


def _is_law(entry: object) -> "TypeGuard[Law]":
    return hasattr(entry, "ironed")


def _is_nested(table: Any) -> bool:
    """Whether there is one row a bidder, and not one for all of them."""
    rows = _listed(table)
    nested = len(rows) > 0 and (isinstance(rows[0], tuple) or _is_law(rows[0]))
    return isinstance(table, tuple) and nested


def _row(table: Any, agent: int) -> tuple[Any, ...] | None:
    """The row of ``agent``."""
    found: tuple[Any, ...] | None = table[agent] if _is_nested(table) else table
    return found


def _each(table: tuple[Any, ...], name: str, read: "_Reader") -> tuple[Any, ...]:
    """The table, each of its rows read."""
    if _is_nested(table):
        return tuple(read(row, f"{name}[{agent}]") for agent, row in enumerate(table))
    return read(table, name)


class _Reader(Protocol):
    def __call__(self, row: tuple[Any, ...], name: str, /) -> tuple[Any, ...]: ...


def _increasing(row: tuple[Any, ...], name: str) -> Bids:
    values = reals(row, name)
    if not values or values[0] < 0 or any(a >= b for a, b in pairwise(values)):
        raise ValueError(f"{name} is {show_all(values)}: it must increase strictly from 0 or more")
    return values


def _distribution(row: tuple[Any, ...], name: str) -> tuple[Fraction, ...]:
    for place, p in enumerate(row):
        if type(p) not in (int, Fraction) or p <= 0:
            raise ValueError(f"{name}[{place}] is {p!r}: it must be a positive int or Fraction")
    if sum(row) != 1:
        raise ValueError(f"{name} sums to {sum(row)}: it must sum to 1")
    return tuple(map(Fraction, row))


def _show_rows(table: tuple[Any, ...]) -> str:
    rows = map(show_all, table)
    return f"({', '.join(rows)})" if _is_nested(table) else show_all(table)
