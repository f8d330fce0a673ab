r"""Bidders for positions with separable click rates.

Position :math:`k` has effect :math:`\alpha_1 \ge \alpha_2 \ge \dots > 0` and bidder :math:`i` has
quality :math:`q_i`, so that in position :math:`k` it gets :math:`q_i \alpha_k` clicks; a click is
worth :math:`v_i` to it, which only it knows:

.. math:: v_i(k) = v_i \, q_i \, \alpha_k, \qquad v_i(\text{no position}) = 0.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, pairwise, product
from typing import Any, ClassVar, Protocol, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, sequence, show, show_all
from ..population import Population
from ..setting import Strand, itself

Slot: TypeAlias = int | None
"""A position, counted from 0, or none."""

Bids: TypeAlias = tuple[Number, ...]


@dataclass(frozen=True, repr=False)
class Positions:
    """Positions, bidders, and what a click may be worth to them.

    An alternative is a tuple with the slot of each bidder, or None where it has none.

    Parameters
    ----------
    effects : tuple of Number
        Clicks that each position brings to a bidder of quality 1, from the top; not increasing.
    qualities : tuple of Number, optional
        One positive number a bidder; all 1 by default.
    values : tuple of Number, or one such tuple a bidder, optional
        What a click may be worth, increasing; any number from 0 by default.
    prior : tuple of Fraction, or one such tuple a bidder, optional
        How likely each of the ``values`` is; bidders are independent.
    agents : tuple of str, optional
        The bidders' names.

    Examples
    --------
    >>> Positions((200, 100), values=(0, 2, 4))
    Positions(200, 100) at (0, 2, 4)
    >>> Positions((200, 100)).value(0, Fraction(4), (1, 0))
    Fraction(400, 1)
    """

    effects: tuple[Number, ...]
    qualities: tuple[Number, ...] = ()
    values: tuple[Number, ...] | tuple[tuple[Number, ...], ...] | None = None
    prior: tuple[Fraction, ...] | tuple[tuple[Fraction, ...], ...] | None = None
    agents: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "effects", _reals(self.effects, "effects"))
        object.__setattr__(self, "qualities", _reals(self.qualities, "qualities"))
        for name, numbers in (("effects", self.effects), ("qualities", self.qualities)):
            for place, number in enumerate(numbers):
                if number <= 0:
                    raise ValueError(f"{name}[{place}] is {show(number)}: it must be positive")
        if not self.effects:
            raise ValueError("effects is empty: there must be at least one position")
        if any(a < b for a, b in pairwise(self.effects)):
            raise ValueError(f"effects is {show_all(self.effects)}: it must not increase")
        if self.values is not None:
            object.__setattr__(self, "values", _each(self.values, "values", _increasing))
        if self.prior is not None:
            object.__setattr__(self, "prior", _each(self.prior, "prior", _distribution))
            self._require_prior_of_values()
        per_bidder = (self.qualities, self.agents, *filter(_is_nested, (self.values, self.prior)))
        if len({len(listed) for listed in per_bidder if listed}) > 1:
            raise ValueError(
                f"setting has {len(self.qualities)} qualities and {len(self.agents)} agents: "
                "whatever is listed by bidder must be listed for the same number of them"
            )

    def _require_prior_of_values(self) -> None:
        for agent in range(self.bidders or 1):
            values, chances = _row(self.values, agent) or (), _row(self.prior, agent) or ()
            if len(values) != len(chances):
                raise ValueError(
                    f"prior has {len(chances)} probabilities for {self.name(agent)}: "
                    f"it must have one for each of {len(values)} values"
                )

    @property
    def bidders(self) -> int | None:
        """How many there must be, where anything is listed by bidder."""
        listed = (self.qualities, self.agents, *filter(_is_nested, (self.values, self.prior)))
        return next((len(one) for one in listed if one), None)

    def name(self, agent: int) -> str:
        """What a bidder is called."""
        return self.agents[agent] if self.agents else f"agent {agent}"

    def quality(self, agent: int) -> Number:
        """The quality of a bidder."""
        return self.qualities[agent] if self.qualities else Fraction(1)

    def clicks(self, agent: int, slot: Slot) -> Number:
        """How many clicks a bidder gets in ``slot``."""
        return Fraction(0) if slot is None else self.quality(agent) * self.effects[slot]

    def types(self, agent: int, /) -> Bids | None:
        """What a click may be worth to a bidder, where that is one of finitely many numbers."""
        return _row(self.values, agent)

    def share_value(self, agent: int, type_: Number, share: Slot, /) -> Number:
        """What a slot is worth to a bidder; None is worth 0."""
        return type_ * self.clicks(agent, share)

    def value(self, agent: int, type_: Number, alternative: tuple[Slot, ...], /) -> Number:
        """What a bidder's own slot is worth to it."""
        return self.share_value(agent, type_, alternative[agent])

    def admits(self, alternative: object, /) -> bool:
        """Whether this is a slot or None for each bidder, and no slot is given twice."""
        if not isinstance(alternative, tuple):
            return False
        given = [slot for slot in cast(tuple[object, ...], alternative) if slot is not None]
        return len(set(given)) == len(given) and all(k in range(len(self.effects)) for k in given)

    money: ClassVar[bool] = True

    def alternatives(self, agents: int, /) -> tuple[tuple[Slot, ...], ...]:
        """Every way to give positions to bidders, also not all of them."""
        slots = range(len(self.effects))
        return tuple(
            given for given in product((*slots, None), repeat=agents) if self.admits(given)
        )

    def type_chances(self, agent: int, /) -> tuple[Fraction, ...]:
        """How likely each of the values of a bidder is, by the prior.

        Raises
        ------
        ValueError
            If there is no prior.
        """
        if self.prior is None:
            raise ValueError(f"setting is {self}: how likely values are needs its prior")
        found: tuple[Fraction, ...] = _row(self.prior, agent) or ()
        return found

    def chance(self, profile: Bids, /) -> Fraction:
        """How likely these values are, by the prior."""
        if self.prior is None:
            raise ValueError(f"setting is {self}: chances need its prior")
        likely = Fraction(1)
        for agent, value in enumerate(profile):
            values, chances = _row(self.values, agent) or (), _row(self.prior, agent) or ()
            likely *= chances[values.index(value)] if value in values else 0
        return likely

    def beliefs(
        self, agent: int, type_: Number, agents: int, /
    ) -> Iterator[tuple[Fraction, tuple[Number, ...]]]:
        """The profiles that ``agent`` of this type thinks possible, and how likely each is."""
        if self.prior is None:
            raise ValueError(f"setting is {self}: beliefs need its prior")
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
        bids = _reals(sequence(given, "reports"), "reports")
        if not bids:
            raise ValueError("reports is empty: at least one agent must report")
        if self.bidders not in (None, len(bids)):
            raise ValueError(
                f"reports has {len(bids)} entries: it must have one for each of "
                f"{self.bidders} bidders"
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

    def tell(self, alternative: tuple[Slot, ...], /) -> str:
        """Who is where: ``Ann in slot 0, Bob in slot 1``."""
        placed = sorted((k, agent) for agent, k in enumerate(alternative) if k is not None)
        return ", ".join(f"{self.name(agent)} in slot {k}" for k, agent in placed) or "no slot sold"

    def misreports(self, agent: int, reports: Bids, /) -> Iterator[Number]:
        """Where any number may be bid: the bids that tie with others, and one between any two."""
        others = (j for j in range(len(reports)) if j != agent)
        ties = {reports[j] * self.quality(j) / self.quality(agent) for j in others}
        ends = sorted({Fraction(0), *ties, 2 * max(reports) + 1})
        between = ((a + b) / 2 for a, b in pairwise(ends))
        yield from (bid for bid in sorted({*ends, *between}) if bid != reports[agent])

    def strands(self, agent: int, reports: Bids, /) -> Iterator[Strand]:
        """Bids up to what is surely enough to win."""
        yield Strand(Fraction(0), 2 * max(reports) + 1, itself)

    def simpler(self, type_: Number, /) -> Iterator[Fraction]:
        """Smaller whole numbers."""
        yield from (Fraction(k) for k in range(13) if k < type_)

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Bids]:
        """Whole numbers, as the unit of money is immaterial: all small ones, then random ones."""
        for top in (1, 2, 4):
            if (top + 1) ** agents <= 2_500:
                yield from product(map(Fraction, range(top + 1)), repeat=agents)
        for _ in count():
            top = int(rng.choice([4, 12, 100]))
            yield tuple(Fraction(int(k)) for k in rng.integers(0, top + 1, size=agents))

    def __repr__(self) -> str:
        told = [f"Positions{show_all(self.effects)}"]
        if self.qualities:
            told.append(f"with qualities {show_all(self.qualities)}")
        if self.values is not None:
            told.append(f"at {_show_rows(self.values)}")
        if self.prior is not None:
            told.append(f"with prior {_show_rows(self.prior)}")
        return " ".join(told)


def _reals(given: Iterable[object], name: str) -> Bids:
    return tuple(real(number, f"{name}[{place}]") for place, number in enumerate(given))


def _is_nested(table: tuple[Any, ...] | None) -> bool:
    """Whether there is one row a bidder, and not one for all of them."""
    return table is not None and len(table) > 0 and isinstance(table[0], tuple)


def _row(table: tuple[Any, ...] | None, agent: int) -> tuple[Any, ...] | None:
    """The row of ``agent``."""
    return table[agent] if table is not None and _is_nested(table) else table


def _each(table: tuple[Any, ...], name: str, read: "_Reader") -> tuple[Any, ...]:
    """The table, each of its rows read."""
    if _is_nested(table):
        return tuple(read(row, f"{name}[{agent}]") for agent, row in enumerate(table))
    return read(table, name)


class _Reader(Protocol):
    def __call__(self, row: tuple[Any, ...], name: str, /) -> tuple[Any, ...]: ...


def _increasing(row: tuple[Any, ...], name: str) -> Bids:
    values = _reals(row, name)
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
