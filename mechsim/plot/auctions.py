"""Who is shown where in an auction, what its clicks are worth to it, and what it pays."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from .._numbers import Number
from .._text import many
from ..lottery import Finite, is_finite
from ..mechanism import Playable
from ..preferences.click_models import Shown
from ..preferences.positions import Positions
from ..preferences.sponsored import Sponsored
from ..setting import Instance, Priced
from ._bids import LOSS_AREA, PAID_AREA, auction_of, clicks_of, sold
from ._reading import name_of, short
from ._style import BARS, SERIES, canvas, key

_, WARNING, MONEY = SERIES[:3]

MOST_LETTERS = 60
"""Of those not shown so many names are told as fit."""


@dataclass(frozen=True)
class Row:
    """A bidder: where it is shown, its clicks in expectation, what they are worth, what it pays."""

    name: str
    where: str
    clicks: Number
    worth: Number
    paid: Number
    order: tuple[float, int]

    @property
    def idle(self) -> bool:
        """Not shown, and does not pay."""
        return self.order[0] == np.inf and self.paid == 0


def auction(
    mechanism: Playable, reports: Instance | Iterable[Number], *, ax: Axes | None = None
) -> Axes:
    """Who is shown where, what its clicks are worth to it by its bid, and what it pays of that.

    A bar a bidder, from the first position to the last; then those not shown.  Of a lottery
    everything is in expectation, and chances of positions are told.

    Parameters
    ----------
    mechanism : rule or mechanism
        Of an auction; its outcomes are `Priced`.  A lottery must list its outcomes.
    reports : Instance or bids
        What is bid a click, taken as what it is worth; without an instance the setting is that of
        the mechanism, `Positions` or `Sponsored`.
    ax : Axes, optional
        Where to draw; a new figure by default.

    Raises
    ------
    ValueError
        If bids cannot be read, or nothing is said of payments, or outcomes are not listed.
    """
    instance = auction_of(mechanism, reports)
    lottery = sold(mechanism, instance.profile)
    if not is_finite(lottery):
        raise ValueError(f"outcome is {lottery}: a lottery must list its outcomes to be drawn")
    rows = sorted((_row(instance, lottery, i) for i in range(instance.agents)),
                  key=lambda row: row.order)  # fmt: skip
    shown = [row for row in rows if not row.idle]
    idle = [row.name for row in rows if row.idle]
    axes = canvas(ax, width=8.0, height=1.6 + 0.5 * (len(shown) + (len(idle) > 0)))
    handles = _draw_rows(axes, shown)
    left = [f"{row.name}\n{row.where}" for row in shown]
    if idle:
        left.append("not shown")
        axes.annotate(
            _told(idle), (0, len(shown)), (6, 0), textcoords="offset points", va="center",
            fontsize="small",
        )  # fmt: skip
    _label_rows(axes, left, [_terms(row) for row in shown])
    total = sum((row.worth for row in rows), Fraction(0))
    paid = sum((row.paid for row in rows), Fraction(0))
    chance = "in expectation, " if len(lottery.support) > 1 else ""
    axes.set_title(
        f"{name_of(mechanism)}: {chance}clicks are worth {short(total)}, {short(paid)} is paid",
        loc="left", fontsize="medium",
    )  # fmt: skip
    axes.set_xlabel("value of expected clicks, by the bid")
    key(axes, handles)
    return axes


def _row(instance: Instance, lottery: Finite[Priced], agent: int) -> Row:
    setting, bid = instance.setting, instance.profile[agent]
    clicks = lottery.expect(lambda one: clicks_of(setting, one.alternative, agent))
    chances: dict[int, Fraction] = {}
    for outcome, p in lottery.probability.items():
        place = _place(setting, outcome.alternative, agent)
        if place is not None:
            chances[place] = chances.get(place, Fraction(0)) + p
    total = sum(chances.values(), Fraction(0))
    mean = float(sum(k * p for k, p in chances.items()) / total) if total else np.inf
    told = " or ".join(
        f"{k}" if p == 1 else f"{k} ({short(p)})" for k, p in sorted(chances.items())
    )
    where = f"position {told}{_turn(setting, lottery, agent)}" if chances else "not shown"
    paid = lottery.expect(lambda one: one.payments[agent])
    return Row(instance.name(agent), where, clicks, bid * clicks, paid, (mean, agent))


def _place(setting: Positions | Sponsored, alternative: Any, agent: int) -> int | None:
    if isinstance(setting, Sponsored):
        return dict(alternative).get(agent)
    slot: int | None = alternative[agent]
    return slot


def _turn(setting: Positions | Sponsored, lottery: Finite[Priced], agent: int) -> str:
    """When a bidder is seen, where that is not in the order of the positions."""
    if isinstance(setting, Positions) or len(lottery.support) > 1:
        return ""
    shown: Shown = next(iter(lottery.probability)).alternative
    order, places = [i for i, _ in shown], [j for _, j in shown]
    return "" if places == sorted(places) else f", seen as no. {order.index(agent) + 1}"


def _terms(row: Row) -> str:
    kept = row.worth - row.paid
    price = f" at {short(row.paid / row.clicks)} each" if row.clicks and row.paid >= 0 else ""
    paid = f"pays {short(row.paid)}" if row.paid >= 0 else f"gets {short(-row.paid)}"
    left = f"keeps {short(kept)}" if kept >= 0 else f"loses {short(-kept)}"
    return f"{short(row.clicks)} clicks{price}\n{paid}, {left}"


def _told(names: list[str]) -> str:
    """As many names as fit, and how many more."""
    told, more = ", ".join(names), 0
    while len(told) > MOST_LETTERS and more < len(names) - 1:
        more += 1
        told = f"{', '.join(names[:-more])} and {more:,} more"
    return told


def _label_rows(axes: Axes, left: list[str], right: list[str]) -> None:
    other = axes.twinx()
    for side, words in ((axes, left), (other, right)):
        side.set_ylim(len(left) - 0.5, -0.5)
        side.set_yticks(range(len(words)), words, fontsize="small")
        side.tick_params(axis="y", length=0)
    other.spines[["top", "right", "left"]].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7))


def _draw_rows(axes: Axes, rows: list[Row]) -> list[Artist]:
    """Of each bar what is paid and kept; what is paid beyond the worth, and what is received."""
    parts: dict[str, tuple[dict[str, Any], list[tuple[float, float]]]] = {
        "paid": ({"facecolor": MONEY}, []),
        "kept": ({"facecolor": BARS}, []),
        "paid beyond the value of clicks": (
            {"facecolor": LOSS_AREA, "edgecolor": WARNING, "hatch": "////"}, []),
        "received": ({"facecolor": PAID_AREA, "edgecolor": MONEY, "hatch": "////"}, []),
    }  # fmt: skip
    for row in rows:
        worth, paid = float(row.worth), float(row.paid)
        spent = max(min(paid, worth), 0.0)
        ends = ((0.0, spent), (spent, worth), (worth, max(paid, worth)), (min(paid, 0.0), 0.0))
        for (_, bars), end in zip(parts.values(), ends, strict=True):
            bars.append(end)
    handles: list[Artist] = []
    for words, (look, bars) in parts.items():
        kept = [(k, a, b) for k, (a, b) in enumerate(bars) if b > a]
        if kept:
            y, start, end = np.array(kept).T
            axes.barh(y, end - start, left=start, height=0.55, linewidth=0, label=words, **look)
            handles.append(Patch(linewidth=0, label=words, **look))
    return handles or [Patch(facecolor="none", label=f"{many(len(rows), 'bidder')}, none shown")]
