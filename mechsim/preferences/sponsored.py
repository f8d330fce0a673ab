"""Bidders for places in content, whose clicks depend on all that is shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from .._numbers import Number
from .._text import brief
from ..population import Population
from ..setting import Strand, itself
from .bidders import Bidders, Bids, Prior, Values
from .click_models import ClickModel, Shown
from .values import Law


@dataclass(frozen=True, repr=False)
class Sponsored:
    r"""Each bidder has a value of a click, and a click model says how many clicks it gets.

    .. math:: v_i(\text{shown}) = v_i \, \mathrm{CTR}_i(\text{shown}).

    An alternative is what is shown: pairs of bidder and position, in the order of rendering.

    Parameters
    ----------
    model : ClickModel
        `Matrix`, `Multinomial`, `Cascade`, `Continuation`, or one's own.
    values, prior, agents
        As in `Positions`.

    Examples
    --------
    >>> from mechsim.preferences import Multinomial
    >>> setting = Sponsored(Multinomial(((1, 2), (3, 1))), agents=("Ann", "Bob"))
    >>> setting.value(1, Fraction(5), ((1, 0), (0, 1)))
    Fraction(5, 2)
    >>> print(setting.tell(((1, 0), (0, 1))))
    Bob at position 0, Ann at position 1
    """

    model: ClickModel
    values: Values = None
    prior: Prior = None
    agents: tuple[str, ...] = ()

    money: ClassVar[bool] = True

    def __post_init__(self) -> None:
        known = self._known
        object.__setattr__(self, "values", known.values)
        object.__setattr__(self, "prior", known.prior)

    @cached_property
    def _known(self) -> Bidders:
        return Bidders(self.values, self.prior, self.agents, self.model.bidders)

    @property
    def bidders(self) -> int:
        """How many there are."""
        return self.model.bidders

    def name(self, agent: int) -> str:
        """What a bidder is called."""
        return self._known.name(agent)

    def types(self, agent: int, /) -> Bids | None:
        """What a click may be worth to a bidder, where that is one of finitely many numbers."""
        return self._known.types(agent)

    def value(self, agent: int, type_: Number, alternative: Shown, /) -> Number:
        """What a bidder's clicks are worth to it."""
        return type_ * self.model.clicks(alternative)[agent]

    def amount(self, agent: int, alternative: Shown, /) -> Number:
        """The clicks of a bidder."""
        return self.model.clicks(alternative)[agent]

    def place_value(self, agent: int, type_: Number, alternative: Shown, other: int, /) -> Number:
        """What it would be worth to a bidder to change places with another."""
        swapped = {other: agent, agent: other} if other != agent else {}
        shown = tuple((swapped.get(i, i), j) for i, j in alternative)
        return self.value(agent, type_, shown)

    def admits(self, alternative: object, /) -> bool:
        """Whether this may be shown."""
        return alternative in set(self.model.alternatives())

    def alternatives(self, agents: int, /) -> tuple[Shown, ...]:
        """Everything that may be shown."""
        return tuple(self.model.alternatives())

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
        """Bids per click from a list, array or data-frame column; numbers keep their kind."""
        return self._known.read(given)

    def tell(self, alternative: Shown, /) -> str:
        """What is shown, in its order."""
        told = (f"{self.name(i)} at position {j}" for i, j in alternative)
        return ", ".join(told) or "nothing shown"

    def misreports(self, agent: int, reports: Bids, /) -> Iterator[Number]:
        """Where any number may be bid: the others' bids, numbers between them, none and much."""
        bids: set[Fraction] = {Fraction(bid) for bid in reports}
        ends = sorted({Fraction(0), *bids, 2 * max(bids) + 1})
        between = ((a + b) / 2 for a, b in pairwise(ends))
        yield from (bid for bid in sorted({*ends, *between}) if bid != reports[agent])

    def strands(self, agent: int, reports: Bids, /) -> Iterator[Strand]:
        """Bids up to more than twice the highest."""
        yield Strand(Fraction(0), 2 * max(reports) + 1, itself)

    def simpler(self, type_: Number, /) -> Iterator[Fraction]:
        """Smaller whole numbers."""
        return self._known.simpler(type_)

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Bids]:
        """Whole numbers: all small ones, then random ones."""
        return self._known.profiles(agents, rng)

    def __repr__(self) -> str:
        return " ".join([f"Sponsored({brief(self.model)})", *self._known.told()])
