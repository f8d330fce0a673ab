"""Who gets which goods: a bar an agent, made of its goods, against its maximin share."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from fractions import Fraction
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..algorithms.partition import Bundles
from ..preferences.chores import Chores
from ..setting import Instance
from ._style import BARS, INK, SERIES, canvas, key

LETTERS = 80
"""So many letters fit side by side in the whole width."""


def bundles(
    instance: Instance, allocation: Bundles, *, cuts: bool = False, ax: Axes | None = None
) -> Axes:
    """A bar an agent: its goods by what they are worth to it, in units of its maximin share.

    Whose bar ends before the line at 1 has less than it could be sure of by cutting.  Where a share
    is 0, which is said, the unit is an equal part of all goods.

    Parameters
    ----------
    instance : Instance
        The goods and the agents.
    allocation : Bundles
        Who gets which goods.
    cuts : bool, optional
        Whether to draw, below each agent's bar, the parts into which it would cut the goods.
    ax : Axes, optional
        Where to draw; a new figure by default.

    Returns
    -------
    Axes
    """
    setting, profile = instance.setting, instance.profile
    rows: list[tuple[float, str, int, frozenset[int], bool]] = []
    place = 0.0
    for agent, bundle in enumerate(allocation):
        share = setting.maximin_share(profile[agent], len(profile))
        named = instance.name(agent) if share.worst else f"{instance.name(agent)} (share 0)"
        rows.append((place, named, agent, bundle, True))
        place += 1
        if cuts:
            for part in share.bundles:
                rows.append((place - 0.12, "", agent, part, False))
                place += 0.62
            place += 0.35
    axes = canvas(ax, width=8.0, height=1.3 + 0.42 * place)
    units = [_unit(instance, agent) for agent in range(len(profile))]
    drawn: list[tuple[tuple[float, float, float], str, bool]] = []
    for y, _, agent, part, own in rows:
        start = 0.0
        for good in sorted(part, key=lambda g: (-_worth(instance, agent, g), g)):
            width = float(_worth(instance, agent, good) / units[agent])
            drawn.append(((start, y, width), setting.names[good], own))
            start += width
    longest = max(1.0, *(start + width for (start, _, width), *_ in drawn))
    for box, name, own in drawn:
        _segment(axes, box, name if len(name) <= LETTERS * box[2] / longest else "", own)
    axes.set_yticks([y for y, name, *_ in rows if name], [name for _, name, *_ in rows if name])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(place - 0.4, -0.6)
    axes.set_xlim(0, longest * 1.02)
    axes.axvline(1, color=INK, linewidth=1.2)
    chores = isinstance(setting, Chores)
    worth = "cost to the agent" if chores else "value to the agent"
    none = "; where these are 0, in equal parts of all" if "(share 0)" in str(rows) else ""
    axes.set_xlabel(f"{worth}, in maximin shares{none}")
    what = "chores" if chores else "goods"
    handles: list[Any] = [
        Patch(color=SERIES[0], label=f"what the agent {'does' if chores else 'gets'}")
    ]
    if cuts:
        handles.append(Patch(color=BARS, label=f"how it would cut the {what}"))
    key(axes, [*handles, Line2D([], [], color=INK, label="maximin share")])
    return axes


def _segment(axes: Axes, box: tuple[float, float, float], name: str, own: bool) -> None:
    start, y, width = box
    height = 0.74 if own else 0.5
    axes.barh(
        y, width, left=start, height=height, color=SERIES[0] if own else BARS,
        edgecolor="white", linewidth=1,
    )  # fmt: skip
    axes.text(
        start + width / 2, y, name, ha="center", va="center",
        fontsize="small" if own else "x-small", color="white" if own else INK,
    )  # fmt: skip


def _worth(instance: Instance, agent: int, good: int) -> Fraction:
    type_ = instance.profile[agent]
    return Fraction(instance.setting.share_value(agent, type_, frozenset({good})))


def _unit(instance: Instance, agent: int) -> Fraction:
    """The agent's maximin share; where that is 0, an equal part of all goods, or 1."""
    setting, profile = instance.setting, instance.profile
    share = Fraction(setting.maximin_share(profile[agent], len(profile)).worst)
    total = sum((_worth(instance, agent, g) for g in range(len(setting.names))), Fraction(0))
    return share or total / len(profile) or Fraction(1)
