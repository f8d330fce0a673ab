"""The pieces of a rule for two agents: where the outcome is which report, or which constant."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from matplotlib.axes import Axes
from matplotlib.patches import Patch, Polygon

from ..mechanism import Playable
from ..preferences.single_peaked import Line
from ..proving.pieces import by_outcome
from ..proving.pieces import pieces as pieces_of
from ._style import INK, SERIES, canvas, key


def pieces(rule: Playable, setting: Line, *, unit: str = "report", ax: Axes | None = None) -> Axes:
    """Regions of two agents' reports on which the outcome is one affine form, in its colour.

    Parameters
    ----------
    rule : callable
        Reports to a place, without chance, in code that `mechsim.proving.pieces` can run.
    setting : Line
        An interval.
    unit : str
        Words beside the axes.
    ax : Axes, optional
        Where to draw; a new figure by default.

    Raises
    ------
    ValueError
        If the rule is beyond that, or the line has no two ends.
    """
    setting.require_bounds("a picture of pieces")
    told = by_outcome(pieces_of(rule, setting, agents=2))
    axes = canvas(ax, width=4.2, height=4.2)
    marks: list[Patch] = []
    for k, (outcome, parts) in enumerate(sorted(told.items())):
        colour = SERIES[k % len(SERIES)]
        marks.append(Patch(color=colour, alpha=0.55, label=f"builds at {outcome}"))
        for part in parts:
            corners = [(float(x), float(y)) for x, y in part.corners()]
            if len(corners) > 2:
                axes.add_patch(
                    Polygon(corners, facecolor=colour, edgecolor=INK, alpha=0.55, lw=0.8)
                )
    low, high = float(setting.low), float(setting.high)
    axes.set(xlim=(low, high), ylim=(low, high), aspect="equal")
    axes.set(xlabel=f"x0: agent 0's {unit}", ylabel=f"x1: agent 1's {unit}")
    key(axes, marks)
    return axes
