"""A lottery over sets of projects: how likely each is funded, and what was drawn."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from collections import Counter
from collections.abc import Set

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from ..algorithms.rounding import Rounded
from ..population import Population
from ..preferences.elections import Election
from ._style import BARS, INK, SERIES, canvas, key

SHOWN = 40
"""At most so many projects are drawn: first those that are uncertain, then those that are sure."""


def funding(
    election: Election,
    ballots: Population,
    lottery: Rounded,
    drawn: Set[int] = frozenset(),
    *,
    ax: Axes | None = None,
) -> Axes:
    """One bar a project, as long as its probability; labels say its cost and how many want it.

    Of more than 40 projects those are drawn that may or may not be funded, the most likely first;
    then those that are sure, and those that are not funded, with most votes first.  The title says
    how many of each kind are left out.

    Parameters
    ----------
    election : Election
    ballots : Population
        Of sets of projects.
    lottery : Rounded
        What is funded.
    drawn : set of int
        Projects that were drawn, in a darker colour.
    ax : Axes, optional
        Where to draw; a new figure by default.
    """
    votes = [0] * len(election.projects)
    for ballot, count in ballots.classes():
        for c in ballot:
            votes[c] += count
    by_votes = sorted(range(len(votes)), key=lambda c: (-lottery.marginals[c], -votes[c], c))
    ranked = sorted(by_votes, key=lambda c: _KINDS.index(_kind(lottery, c)))
    order = sorted(ranked[:SHOWN], key=by_votes.index)
    axes = canvas(ax, height=1.2 + 0.24 * len(order), width=8.0)
    place = range(len(order))
    colours = [SERIES[0] if c in drawn else BARS for c in order]
    axes.barh(place, [float(lottery.marginals[c]) for c in order], color=colours, height=0.72)
    names = [_name(election, c) for c in order]
    axes.set_yticks(list(place), names, fontsize="small")
    for k, c in enumerate(order):
        p = float(lottery.marginals[c])
        told = f"{float(election.costs[c]):,.0f}, {votes[c]:,} votes"
        inside = p > 0.45
        axes.text(
            p - 0.01 if inside else p + 0.01, k, told, va="center", fontsize="x-small",
            ha="right" if inside else "left",
            color="white" if inside and c in drawn else INK,
        )  # fmt: skip
    axes.invert_yaxis()
    axes.set_xlim(0, 1.02)
    axes.set_xlabel("probability of being funded")
    left = Counter(_kind(lottery, c) for c in ranked[SHOWN:])
    if left:
        told = ", ".join(f"{left[kind]:,} {kind}" for kind in _KINDS if left[kind])
        axes.set_title(f"not shown: {told}", loc="left", fontsize="small")
    handles = [Patch(color=SERIES[0], label="drawn"), Patch(color=BARS, label="not drawn")]
    key(axes, handles if drawn else [])
    return axes


_KINDS = ("uncertain", "funded for sure", "not funded")


def _kind(lottery: Rounded, project: int) -> str:
    """What is said of a project for which there is no room."""
    p = lottery.marginals[project]
    return _KINDS[0] if 0 < p < 1 else _KINDS[1] if p else _KINDS[2]


def _name(election: Election, project: int) -> str:
    name = election.titles[project] if election.titles else election.projects[project]
    return name if len(name) <= 34 else f"{name[:31]}..."
