"""What each bid brings a bidder and costs it: the numbers behind the pictures of auctions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from .._numbers import Number, real, show
from .._text import brief
from ..axioms._base import positive
from ..lottery import Lottery
from ..mechanism import Playable, play
from ..population import FloatArray
from ..preferences.positions import Positions
from ..preferences.sponsored import Sponsored
from ..setting import Instance, Priced

PAID_AREA = "#cfe9df"
LOSS_AREA = "#f7d9b0"
"""Pale green for what is paid, pale orange for what is lost; for areas that are hatched."""

GRID = 64
"""Where any number may be bid, so many equal steps are tried first."""

TRIES = 300
"""So many more bids are tried, each between two that bring different clicks."""

FINE = 1e-6
"""A stretch is not divided further if it is so small a share of the area of the picture."""


@dataclass(frozen=True)
class Fall:
    """Where clicks fall as the bid rises: from one bid and its clicks to another."""

    before: tuple[Number, Number]
    after: tuple[Number, Number]


@dataclass(frozen=True)
class Tried:
    """The expected clicks and payment of each bid, by increasing bid, others fixed.

    ``exhaustive`` says that no other bids are looked at; clicks are those of the last one tried.
    """

    bid: Number
    bids: tuple[Number, ...]
    clicks: tuple[Number, ...]
    paid: tuple[Number, ...]
    exhaustive: bool

    @cached_property
    def due(self) -> tuple[Number, ...]:
        r"""What Myerson's lemma says that each bid must pay: :math:`b\,c(b) - \int_0^b c`.

        It is on top of what a bid of 0 pays, which is included.  Of finitely many values it is the
        most that each may pay, if the lowest pays no more than its clicks are worth to it.
        """
        points = list(zip(self.bids, self.clicks, strict=True))
        areas = (
            (s - r) * (c if self.exhaustive else (c + d) / 2) for (r, c), (s, d) in pairwise(points)
        )
        below = accumulate(areas, initial=Fraction(0))
        fee = Fraction(0) if self.exhaustive else self.paid[0]
        return tuple(fee + b * c - area for (b, c), area in zip(points, below, strict=True))

    @cached_property
    def truth_is_best(self) -> bool:
        """Whether no bid tried serves another value tried better than the truth.

        So it is if clicks never fall and payments are as `due`, up to what the picture shows; of
        finitely many values if neighbours do not envy each other.
        """
        if self.falls:
            return False
        largest = float(self.bids[-1] * max(self.clicks))
        scale = max(largest, float(np.abs(floats(self.paid)).max()))
        if self.exhaustive:
            rows = list(zip(self.bids, self.clicks, self.paid, strict=True))
            return not any(
                positive(r * (d - c) - (q - p), scale) or positive((q - p) - s * (d - c), scale)
                for (r, c, p), (s, d, q) in pairwise(rows)
            )
        gaps = np.abs(floats(self.paid) - floats(self.due))
        return bool(gaps.max() <= GRID * FINE * scale)

    @cached_property
    def falls(self) -> tuple[Fall, ...]:
        """Stretches in which clicks fall, beyond rounding."""
        found: list[Fall] = []
        scale = float(max(self.clicks))
        points = list(zip(self.bids, self.clicks, strict=True))
        for before, after in pairwise(points):
            if positive(before[1] - after[1], scale):
                if found and found[-1].after == before:
                    before = found.pop().before
                found.append(Fall(before, after))
        return tuple(found)

    @property
    def at_bid(self) -> int:
        """The place of the bidder's own bid."""
        return self.bids.index(self.bid)

    def utility(self, value: Number, place: int) -> Number:
        """What a bid gains a bidder to whom a click is worth ``value``."""
        return value * self.clicks[place] - self.paid[place]


def auction_of(mechanism: Playable, reports: Any) -> Instance:
    """The bids with their setting, which is their own or that of the mechanism.

    Raises
    ------
    ValueError
        If there is no setting, or it does not say how many clicks there are.
    """
    setting = (
        reports.setting if isinstance(reports, Instance) else getattr(mechanism, "setting", None)
    )
    if not isinstance(setting, Positions | Sponsored):
        raise ValueError(
            f"setting is {brief(setting)}: it must be Positions or Sponsored, of the mechanism or "
            "of an Instance that is given as reports"
        )
    given = reports.profile if isinstance(reports, Instance) else reports
    return Instance(setting, setting.read(given))


def require_agent(instance: Instance, agent: int) -> None:
    """Raise `ValueError` unless there is such a bidder."""
    if not 0 <= agent < instance.agents:
        raise ValueError(f"agent is {agent}: there are {instance.agents} agents")


def clicks_of(setting: Positions | Sponsored, alternative: Any, agent: int) -> Number:
    """How many clicks a bidder gets where this is shown."""
    if isinstance(setting, Sponsored):
        return setting.model.clicks(alternative)[agent]
    return setting.clicks(agent, alternative[agent])


def sold(mechanism: Playable, reports: tuple[Number, ...]) -> Lottery[Priced]:
    """What is shown and paid.

    Raises
    ------
    ValueError
        If nothing is said of payments.
    """
    lottery = play(mechanism, reports)
    lottery.expect(_require_payments)
    return lottery


def _require_payments(outcome: object) -> int:
    if not isinstance(outcome, Priced):
        raise ValueError(f"outcome is {show(outcome)}: the picture needs payments, as of Priced")
    return 0


def try_bids(
    mechanism: Playable,
    instance: Instance,
    agent: int,
    bids: Iterable[Number] | None = None,
    value: Number | None = None,
) -> Tried:
    """Every value where they are finitely many, else a grid and steps between its bids.

    The grid reaches as far as will surely do for the ``value`` too.
    """
    setting, profile = instance.setting, instance.profile
    own, types = profile[agent], setting.types(agent)

    def at(bid: Number) -> tuple[Number, Number]:
        lottery = sold(mechanism, (*profile[:agent], bid, *profile[agent + 1 :]))
        clicks = lottery.expect(lambda one: clicks_of(setting, one.alternative, agent))
        return clicks, lottery.expect(lambda one: one.payments[agent])

    if bids is None and types is None:
        worth = own if value is None else value
        listed = [*instance.misreports(agent), 2 * max(*profile, worth) + 1, worth]
        grid = (max(listed) * Fraction(k, GRID) for k in range(GRID + 1))
        chosen = {*listed, *grid, own}
    else:
        given = types if bids is None else (real(b, f"bids[{k}]") for k, b in enumerate(bids))
        chosen = {*(given or ()), own}
    if types is None:
        chosen.add(Fraction(0))
    for bid in sorted(chosen):
        setting.read((*profile[:agent], bid, *profile[agent + 1 :]))
    found = {bid: at(bid) for bid in sorted(chosen)}
    if types is None:
        found = _refined(found, at)
    clicks, paid = zip(*found.values(), strict=True)
    return Tried(own, tuple(found), clicks, paid, exhaustive=types is not None)


def _refined(
    found: dict[Number, tuple[Number, Number]], at: Callable[[Number], tuple[Number, Number]]
) -> dict[Number, tuple[Number, Number]]:
    """More bids, between those whose clicks differ: where most area is uncertain comes first."""
    area = float(max(found) * max(clicks for clicks, _ in found.values()))

    def stretch(low: Number, high: Number) -> tuple[float, Number, Number]:
        change = abs(float(found[high][0] - found[low][0]))
        return -change * float(high - low), low, high

    open_ = [stretch(low, high) for low, high in pairwise(found)]
    heapify(open_)
    for _ in range(TRIES):
        most, low, high = heappop(open_)
        middle = (low + high) / 2
        if -most <= FINE * area or not low < middle < high:
            break
        found[middle] = at(middle)
        heappush(open_, stretch(low, middle))
        heappush(open_, stretch(middle, high))
    return dict(sorted(found.items()))


def floats(numbers: Iterable[Number]) -> FloatArray:
    """As an array, (numbers,) float64."""
    return np.array([float(number) for number in numbers], np.float64)
