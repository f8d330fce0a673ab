"""What a bid brings a bidder and costs it, as curves."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from .._numbers import Number, distance, real, show_all
from ..mechanism import Playable
from ..setting import Instance
from ._bids import PAID_AREA, Tried, auction_of, floats, require_agent, try_bids
from ._reading import name_of, short
from ._style import INK, SERIES, canvas, key

CLICKS, WARNING, MONEY = SERIES[:3]

MOST_LETTERS = 30
"""Others' bids are told if they are no longer."""

LOWER = 1.5
"""The axis of payments reaches so many times as far as they do."""

SEEN = 1e-9
"""A gain that is less than this share of the larger utility is rounding."""


def bid_curve(
    mechanism: Playable,
    reports: Instance | Iterable[Number],
    agent: int,
    *,
    bids: Iterable[Number] | None = None,
    value: Number | None = None,
    ax: Axes | None = None,
) -> Axes:
    r"""The clicks and the payment of a bidder in expectation, by its bid, others fixed.

    Truth is best, whatever a click is worth, exactly if clicks :math:`c` never fall as the bid
    rises and bid :math:`b` pays :math:`b\,c(b) - \int_0^b c(z)\,dz` more than a bid of 0 (Myerson's
    lemma).  For the bidder's own bid this is the shaded area; on the right axis is what each bid
    pays, and dotted what the lemma says, where that is something else.  Where clicks fall is
    marked, and nothing shaded.  Of finitely many values the area is the most that may be paid.

    Parameters
    ----------
    mechanism : rule or mechanism
        Of an auction; its outcomes are `Priced`.  It must list its lottery or know expectations.
    reports : Instance or bids
        What is bid a click; without an instance the setting is that of the mechanism, `Positions`
        or `Sponsored`.
    agent : int
        Who bids otherwise, counted from 0.
    bids : iterable of Number, optional
        Which bids to try, besides its own.  By default all values where the setting lists them,
        else up to what is surely enough.
    value : Number, optional
        What a click is worth to the bidder: then the key says what its bid gains, and the best bid
        of those tried.
    ax : Axes, optional
        Where to draw; a new figure by default.

    Returns
    -------
    Axes
        Those of the clicks; those of the payments share their horizontal axis.

    Raises
    ------
    ValueError
        If there is no such bidder, bids cannot be read, or nothing is said of payments.

    Notes
    -----
    Where any number may be bid, the curve is tried at some 70 bids and then between neighbours
    that bring different clicks, 300 at most; steps are so found to a millionth of the area of the
    picture, unless there are two between neighbours that cancel.

    References
    ----------
    Myerson. Optimal Auction Design. Mathematics of Operations Research 6, 1981.
    """
    instance = auction_of(mechanism, reports)
    require_agent(instance, agent)
    worth = None if value is None else real(value, "value")
    tried = try_bids(mechanism, instance, agent, bids, worth)
    axes = canvas(ax, height=4.2)
    reach = _reach(tried, worth)
    entries = [*_draw_clicks(axes, tried, name_of(mechanism)), *_draw_payments(axes, tried, reach)]
    if worth is not None:
        entries.append(_draw_value(axes, tried, worth))
    colour = WARNING if tried.falls else INK
    axes.set_title(_verdict(tried), loc="left", fontsize="medium", color=colour)
    who = instance.name(agent)
    axes.set_xlabel(f"what {who} bids a click{_others(instance, agent)}")
    axes.set_ylabel(f"expected clicks of {who}")
    axes.set_xlim(0, reach)
    key(axes, entries)
    return axes


def _verdict(tried: Tried) -> str:
    if tried.falls:
        return "Clicks fall where the bid rises: no payment makes this strategyproof"
    if tried.truth_is_best:
        return "Clicks never fall where the bid rises, and payments make truth best"
    return "Clicks never fall where the bid rises, but payments make some lie better"


def _others(instance: Instance, agent: int) -> str:
    """What the others do, where that is short."""
    told = show_all([bid for i, bid in enumerate(instance.profile) if i != agent])
    if instance.agents == 1:
        return ""
    return f", others bid {told}" if len(told) <= MOST_LETTERS else ", others' bids fixed"


def _reach(tried: Tried, value: Number | None) -> float:
    """A little farther than the last step."""
    if tried.exhaustive:
        return 1.04 * float(tried.bids[-1]) or 1.0
    pairs = zip(tried.bids, tried.clicks, strict=True)
    last = max((bid for bid, clicks in pairs if clicks != tried.clicks[-1]), default=Fraction(0))
    seen = 1.2 * float(max(last, tried.bid, value or 0))
    return min(seen, float(max(tried.bids[-1], value or 0))) or float(tried.bids[-1]) or 1.0


def _draw_clicks(axes: Axes, tried: Tried, name: str) -> list[Artist]:
    """The curve, the bid, and the area of its payment or the falls."""
    x, y = floats(tried.bids), floats(tried.clicks)
    place = tried.at_bid
    bid, clicks = x[place], y[place]
    look: Any = (
        {"drawstyle": "steps-post", "marker": "o", "clip_on": False} if tried.exhaustive else {}
    )
    axes.plot(x, y, color=CLICKS, linewidth=1.8, markersize=4, zorder=3, label=name, **look)
    axes.plot([bid, bid], [0, clicks], color=INK, linewidth=1, linestyle="--", zorder=2)
    axes.plot([bid], [clicks], "s", markersize=7, color=INK, zorder=4)
    top = float(y.max()) or 1.0
    axes.set_ylim(0, 1.12 * top)
    told = f"the bid, {short(tried.bid)}: {short(tried.clicks[place])} clicks"
    entries: list[Artist] = [
        Line2D([], [], color=CLICKS, linewidth=1.8, label=f"clicks by {name}"),
        Line2D([], [], color=INK, linewidth=1, linestyle="--", marker="s", label=told),
    ]
    if tried.falls:
        return [*entries, _draw_falls(axes, tried)]
    below_bid = slice(0, place + 1)
    axes.fill_between(
        np.append(0.0, x[below_bid]), np.append(0.0 if tried.exhaustive else y[0], y[below_bid]),
        clicks, step="post" if tried.exhaustive else None,
        color=PAID_AREA, linewidth=0, zorder=0,
    )  # fmt: skip
    return [*entries, Patch(color=PAID_AREA, linewidth=0, label=_due(tried))]


def _due(tried: Tried) -> str:
    """The shaded area, exactly where payments are."""
    place = tried.at_bid
    if tried.exhaustive:
        return f"may pay {short(tried.due[place])} at most, by Myerson's lemma"
    fee = tried.paid[0]
    due = tried.paid[place] if tried.truth_is_best else tried.due[place]
    more = " more than a bid of 0" if fee else ""
    return f"must pay {short(due - fee)}{more}, by Myerson's lemma"


def _draw_falls(axes: Axes, tried: Tried) -> Artist:
    for fall in tried.falls:
        ends = floats(chain(fall.before, fall.after)).reshape(2, 2)
        axes.plot(ends[:, 0], ends[:, 1], color=WARNING, linewidth=4, zorder=4, gid="fall")
        axes.plot(*ends[1], marker="v", markersize=9, color=WARNING, zorder=5)
    first, more = tried.falls[0], len(tried.falls) - 1
    told = (
        f"clicks fall from {short(first.before[1])} to {short(first.after[1])} "
        f"at {float(first.after[0]):.4g}"
    )
    label = f"{told}, and {more} times more" if more else told
    return Line2D([], [], color=WARNING, linewidth=4, marker="v", markersize=9, label=label)


def _draw_payments(axes: Axes, tried: Tried, reach: float) -> list[Artist]:
    """What is paid by bid, on the right; and what should be, where that is something else."""
    right = axes.twinx()
    right.spines[["top", "left"]].set_visible(False)
    right.spines["right"].set_color(MONEY)
    right.tick_params(axis="y", colors=MONEY)
    right.set_ylabel("expected payment", color=MONEY)
    axes.set_zorder(right.get_zorder() + 1)
    axes.patch.set_visible(False)
    x, paid = floats(tried.bids), floats(tried.paid)
    look: Any = {"drawstyle": "steps-post"} if tried.exhaustive else {}
    right.plot(x, paid, color=MONEY, linewidth=1.1, **look)
    told = f"payment (right): {short(tried.paid[tried.at_bid])} for the bid"
    entries: list[Artist] = [Line2D([], [], color=MONEY, linewidth=1.1, label=told)]
    seen = x <= reach
    heights = paid[seen]
    if not (tried.falls or tried.truth_is_best):
        due = floats(tried.due)
        heights = np.append(heights, due[seen])
        right.plot(x, due, color=MONEY, linewidth=1.6, linestyle=":", **look)
        words = f"payment that the lemma {'allows' if tried.exhaustive else 'says'} (right)"
        entries.append(Line2D([], [], color=MONEY, linewidth=1.6, linestyle=":", label=words))
    low, high = min(float(heights.min()), 0.0), max(float(heights.max()), 0.0)
    room = LOWER * (high - low) or 1.0  # so that the line is not on that of the clicks
    right.set_ylim(low - 0.05 * room if low else 0.0, low + room)
    return entries


def _draw_value(axes: Axes, tried: Tried, value: Number) -> Artist:
    """The worth of a click, and the best bid of those tried."""
    axes.axvline(float(value), color=INK, linewidth=1, linestyle=":", zorder=1)
    gains = [tried.utility(value, place) for place in range(len(tried.bids))]
    here = gains[tried.at_bid]
    best = max(range(len(gains)), key=lambda k: (gains[k], -distance(tried.bids[k], value)))
    told = f"a click is worth {short(value)}: the bid gains {short(here)}"
    if float(gains[best] - here) > SEEN * max(abs(float(here)), abs(float(gains[best]))):
        told = f"{told}, a bid of {short(tried.bids[best])} gains {short(gains[best])}"
    else:
        told = f"{told}, and none tried more"
    return Line2D([], [], color=INK, linewidth=1, linestyle=":", label=told)
