r"""Bidders for positions with separable click rates.

Position :math:`k` has effect :math:`\alpha_1 \ge \alpha_2 \ge \dots > 0` and bidder :math:`i` has
quality :math:`q_i`, so that in position :math:`k` it gets :math:`q_i \alpha_k` clicks; a click is
worth :math:`v_i` to it, which only it knows:

.. math:: v_i(k) = v_i \, q_i \, \alpha_k, \qquad v_i(\text{no position}) = 0.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, product
from typing import Any, ClassVar, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from .._numbers import Number, show, show_all
from ..population import Population
from ..setting import Strand, itself
from .bidders import Bidders, Bids, Prior, Values, reals
from .values import Law

Slot: TypeAlias = int | None
"""A position, counted from 0, or none."""


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
    prior : tuple of Fraction, or one such tuple a bidder, or Law, or one Law a bidder, optional
        How likely each of the ``values`` is, or without these the law of a value (see
        `mechsim.preferences.values`); bidders are independent.
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
    values: Values = None
    prior: Prior = None
    agents: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "effects", reals(self.effects, "effects"))
        object.__setattr__(self, "qualities", reals(self.qualities, "qualities"))
        for name, numbers in (("effects", self.effects), ("qualities", self.qualities)):
            for place, number in enumerate(numbers):
                if number <= 0:
                    raise ValueError(f"{name}[{place}] is {show(number)}: it must be positive")
        if not self.effects:
            raise ValueError("effects is empty: there must be at least one position")
        if any(a < b for a, b in pairwise(self.effects)):
            raise ValueError(f"effects is {show_all(self.effects)}: it must not increase")
        known = self._known
        object.__setattr__(self, "values", known.values)
        object.__setattr__(self, "prior", known.prior)

    @cached_property
    def _known(self) -> Bidders:
        """What is said of the bidders."""
        return Bidders(self.values, self.prior, self.agents, len(self.qualities) or None)

    @property
    def bidders(self) -> int | None:
        """How many there must be, where anything is listed by bidder."""
        return self._known.count

    def name(self, agent: int) -> str:
        """What a bidder is called."""
        return self._known.name(agent)

    def quality(self, agent: int) -> Number:
        """The quality of a bidder."""
        return self.qualities[agent] if self.qualities else Fraction(1)

    def clicks(self, agent: int, slot: Slot) -> Number:
        """How many clicks a bidder gets in ``slot``."""
        return Fraction(0) if slot is None else self.quality(agent) * self.effects[slot]

    def amount(self, agent: int, alternative: tuple[Slot, ...], /) -> Number:
        """The clicks of a bidder."""
        return self.clicks(agent, alternative[agent])

    def types(self, agent: int, /) -> Bids | None:
        """What a click may be worth to a bidder, where that is one of finitely many numbers."""
        return self._known.types(agent)

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
        """How likely each of the values of a bidder is, by the prior."""
        return self._known.type_chances(agent)

    def chance(self, profile: Bids, /) -> Fraction:
        """How likely these values are, by the prior."""
        return self._known.chance(profile)

    def law(self, agent: int, /) -> Law:
        """The law of a bidder's value, by the prior."""
        return self._known.law(agent)

    def beliefs(
        self, agent: int, type_: Number, agents: int, /
    ) -> Iterator[tuple[Fraction, tuple[Number, ...]]]:
        """The profiles that ``agent`` of this type thinks possible, and how likely each is."""
        return self._known.beliefs(agent, type_, agents)

    def read(self, given: Population | Iterable[Number] | npt.NDArray[Any], /) -> Bids:
        """Bids per click from a list, array or data-frame column; numbers keep their kind.

        Raises
        ------
        ValueError
            If a bid is no number from 0, is none of the values, or bids are too many or too few.
        """
        return self._known.read(given)

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
        return self._known.simpler(type_)

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Bids]:
        """Whole numbers, as the unit of money is immaterial: all small ones, then random ones."""
        return self._known.profiles(agents, rng)

    def __repr__(self) -> str:
        told = [f"Positions{show_all(self.effects)}"]
        if self.qualities:
            told.append(f"with qualities {show_all(self.qualities)}")
        told += self._known.told()
        return " ".join(told)
