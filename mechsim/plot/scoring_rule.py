"""A scoring rule for two states: what honesty earns, and what one report earns, by the belief."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from fractions import Fraction

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from .._numbers import Number, real
from ..information import Scores, ScoringRule
from ._reading import short
from ._style import INK, SERIES, canvas, key

HONEST, REPORT = SERIES[:2]
STEPS = 200


def scoring_rule(rule: ScoringRule, report: Number, *, ax: Axes | None = None) -> Axes:
    r"""The expected score of an honest forecaster, and that of who always says ``report``.

    Of a proper rule the first is a convex function :math:`G`, and the second, a straight line,
    touches it at the report from below: the gap is what a lie loses.  Where the line is above the
    curve a lie gains, and the rule is not proper.

    Parameters
    ----------
    rule : ScoringRule
        For two states.
    report : Number
        The probability of the first state that is reported, between 0 and 1.
    ax : Axes, optional
        Where to draw; a new figure by default.
    """
    states = rule.setting.states
    if len(states) != 2:
        raise ValueError(f"rule is for {len(states)} states: there must be two")
    told = real(report, "report")
    if not 0 < told < 1:
        raise ValueError(f"report is {short(told)}: it must be between 0 and 1")
    belief = np.arange(1, STEPS) / STEPS
    honest = np.array([_expected(rule, p, p) for p in belief.tolist()])
    line = np.array([_expected(rule, p, float(told)) for p in belief.tolist()])
    axes = canvas(ax, height=4.2)
    axes.plot(belief, honest, color=HONEST, lw=2)
    axes.plot(belief, line, color=REPORT, lw=1.4)
    at = _expected(rule, float(told), float(told))
    axes.plot([float(told)], [at], "o", color=REPORT)
    loses, gains = honest >= line, line > honest + 1e-9
    axes.fill_between(belief, line, honest, where=loses.tolist(), color=HONEST, alpha=0.12, lw=0)
    handles: list[Artist] = [
        Line2D([], [], color=HONEST, lw=2, label="who is honest"),
        Line2D([], [], color=REPORT, lw=1.4, marker="o", label=f"who says {short(told)}"),
        Patch(color=HONEST, alpha=0.12, label="what a lie loses"),
    ]
    if gains.any():
        axes.fill_between(belief, line, honest, where=gains.tolist(), color=REPORT, alpha=0.3, lw=0)
        handles.append(Patch(color=REPORT, alpha=0.3, label="what a lie gains"))
    verdict = "a lie gains: not proper" if gains.any() else "no belief gains by this lie"
    name = type(rule.convex).__name__
    axes.set_title(f"{name}: {verdict}", loc="left", fontsize="medium", color=INK)
    axes.set_xlim(0, 1)
    axes.set_xlabel(f"belief that {states[0]} comes true")
    axes.set_ylabel("expected score")
    key(axes, handles)
    return axes


def _expected(rule: ScoringRule, belief: float, report: float) -> float:
    """What somebody with this belief expects from this report."""
    told = (Fraction(report), 1 - Fraction(report))
    first, second = (float(score) for score in Scores(rule.convex, told))
    return belief * first + (1 - belief) * second
