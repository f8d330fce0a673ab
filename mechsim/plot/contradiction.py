"""Why there is no rule: the profiles at which axioms contradict each other, and who would lie."""

# matplotlib and networkx leave the types of their **kwargs open:
# pyright: reportUnknownMemberType=false

from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox, HPacker, TextArea, VPacker
from matplotlib.patches import FancyArrowPatch

from .._text import brief, many
from ..design import NoRule
from ..design.argument import Step
from ..design.deduction import bits, conditions
from ._reading import name_of
from ._style import INK, SERIES, canvas, key

if TYPE_CHECKING:
    Graph = nx.DiGraph[int]

MOST = 40
"""Profiles that a picture shows."""

SEVERAL = -1
"""In place of an agent: the reports of several differ."""

GONE = "#bbbbbb"
"""The colour of outcomes that a single axiom excludes."""

FEW = 12
"""Profiles that need no order by types."""

EDGE = 0.09
"""Room beside the outermost profiles."""

CELLS = 12
"""Alternatives of which all are named."""

BEND = 0.16
"""How far arrows bend, as a part of their length."""

POINTS = 72
"""Points in an inch."""

Pair = npt.NDArray[np.float64]


def profiles_of(no_rule: NoRule) -> "Graph":
    """The profiles of the contradiction, joined where somebody at one could report the other.

    Nodes are profiles by number, each with its ``profile`` in words, the outcomes that are
    ``left`` there and those that are ``gone``, which a single axiom excludes, and whether the
    argument has a supposition there.  An edge leads from the truth to the lie and knows the
    ``agent``, by number; `SEVERAL` where reports of several agents differ.
    """
    chosen = no_rule.chosen
    words = chosen.words
    graph: Graph = nx.DiGraph()
    gone: dict[int, set[int]] = {}
    argument = no_rule.argument()
    supposed = {
        profile for part in argument.parts if isinstance(part, Step) for profile, _ in part.allowed
    }
    said = [one.profile for reason in no_rule.core for one in reason.said]
    rows: list[int] = chosen.places(np.array(said)).tolist()
    place = dict(zip(said, rows, strict=True))
    everything = set(range(len(chosen.alternatives)))
    for condition in conditions(chosen, no_rule.core)[0]:
        if len(condition.allowed) == 1:
            ((profile, allowed),) = condition.allowed
            gone.setdefault(profile, set()).update(everything - {*bits(allowed)})
    for reason in no_rule.core:
        if reason.axiom is None and all(one.holds for one in reason.said):
            graph.add_node(place[reason.said[0].profile])
    for reason in no_rule.core:
        profiles = list(dict.fromkeys(one.profile for one in reason.said))
        if reason.axiom is not None and len(profiles) == 2:
            lied, honest = profiles
            if place[honest] != place[lied]:
                changed = [k for k, (a, b) in enumerate(zip(lied, honest, strict=True)) if a != b]
                agent = changed[0] if len(changed) == 1 else SEVERAL
                graph.add_edge(place[honest], place[lied], agent=agent)
    for node in graph:
        out = gone.get(node, set())
        graph.nodes[node].update(
            profile=words.profile(chosen.profiles[node].tolist()),
            left=tuple(k for k in range(len(chosen.alternatives)) if k not in out),
            gone=tuple(sorted(out)),
            supposed=node in supposed,
        )
    return graph


def contradiction(no_rule: NoRule, *, ax: Axes | None = None) -> Axes:
    """The profiles at which no rule can choose, and the lies that tie them to each other.

    A box is a profile, with its outcomes; pale ones are excluded by a single axiom.  An arrow
    leads from a profile to what somebody there could report instead.  The argument supposes
    something at the profiles with a thick frame.

    Parameters
    ----------
    no_rule : NoRule
        What `mechsim.impossible` found.
    ax : Axes, optional
        Where to draw; a new figure by default.

    Raises
    ------
    ValueError
        If it is none, or it has more profiles than can be told apart.
    """
    graph = profiles_of(_require(no_rule))
    if len(graph) > MOST:
        raise ValueError(f"no_rule is about {len(graph)} profiles: at most {MOST} can be drawn")
    width, height = _size(len(graph))
    axes = canvas(ax, width=width, height=height)
    places = _layout(graph, no_rule)
    axes.set_axis_off()
    across, up = zip(*places.values(), strict=True)
    axes.set_xlim(min(across) - EDGE, max(across) + EDGE)
    axes.set_ylim(min(up) - EDGE, max(up) + EDGE)
    boxes = {node: _draw_profile(axes, no_rule, graph.nodes[node], places[node]) for node in graph}
    axioms = ", ".join(map(brief, no_rule.question.axioms))
    title = f"{many(len(no_rule.profiles), 'profile')} at which no rule satisfies {axioms}"
    axes.set_title(fill(title, int(11 * width)), fontsize="medium")
    key(axes, _handles(no_rule, graph))
    whole = axes.get_figure(root=True)
    assert whole is not None
    whole.draw_without_rendering()  # so that boxes know their sizes
    sizes = {node: _half_size(box) for node, box in boxes.items()}
    lies: dict[tuple[int, int], int] = nx.get_edge_attributes(graph, "agent")
    for (honest, lied), agent in lies.items():
        both = graph.has_edge(lied, honest)
        if not both or honest < lied:
            ends, around = (places[honest], places[lied]), (sizes[honest], sizes[lied])
            _draw_lie(axes, ends, around, _colour(no_rule, agent), both=both)
    return axes


def _size(profiles: int) -> tuple[float, float]:
    """Width and height of a figure, in inches."""
    return max(2.3 * profiles**0.5, 6.0), max(2.0 * profiles**0.5, 2.6)


def _layout(graph: "Graph", no_rule: NoRule) -> dict[int, tuple[float, float]]:
    """In the unit square: by the types of two agents that differ, else so that lies are short."""
    chosen = no_rule.chosen
    if len(graph) == 1:
        return dict.fromkeys(graph, (0.5, 0.5))
    if chosen.agents == 2 and not chosen.anonymous and not chosen.renamed and len(graph) > FEW:
        types = [chosen.profiles[node].tolist() for node in graph]
        ranks = [sorted({pair[agent] for pair in types}) for agent in range(2)]
        return {
            node: (
                ranks[0].index(one) / max(len(ranks[0]) - 1, 1),
                ranks[1].index(other) / max(len(ranks[1]) - 1, 1),
            )
            for node, (one, other) in zip(graph, types, strict=True)
        }
    found = nx.kamada_kawai_layout(nx.Graph(graph))
    return {node: (0.5 + float(x) / 2, 0.5 + float(y) / 2) for node, (x, y) in found.items()}


def _draw_lie(
    axes: Axes,
    ends: tuple[tuple[float, float], tuple[float, float]],
    sizes: tuple[Pair, Pair],
    colour: str,
    *,
    both: bool,
) -> None:
    """An arrow between two boxes, at both of its ends if each could report the other."""
    points = axes.transData.transform(ends) * POINTS / axes.figure.dpi
    arrow = FancyArrowPatch(
        *ends, connectionstyle=f"arc3,rad={BEND}", mutation_scale=8, linewidth=1.0,
        arrowstyle="<|-|>" if both else "-|>", zorder=1,
        shrinkA=_room(points[0], points[1], BEND, sizes[0]),
        shrinkB=_room(points[1], points[0], -BEND, sizes[1]),
        color=colour, alpha=0.8, clip_on=False,
    )  # fmt: skip
    axes.add_patch(arrow)


def _room(start: Pair, end: Pair, bend: float, size: Pair) -> float:
    """How far from its middle a bent line leaves the box at its start, in points."""
    across, up = end - start
    middle = (start + end) / 2 + bend * np.array([up, -across])
    along = np.linspace(0, 1, 400)[:, None]
    path = 2 * along * (1 - along) * (middle - start) + along**2 * (end - start)
    outside = (np.abs(path) > size).any(axis=1)
    return 2 + float(np.hypot(*path[outside.argmax()]))


def _half_size(box: AnnotationBbox) -> Pair:
    """Half of its width and height, in points."""
    extent = box.patch.get_window_extent()
    figure = box.get_figure(root=True)
    assert figure is not None
    return np.array([extent.width, extent.height]) / 2 * POINTS / figure.dpi


def _draw_profile(
    axes: Axes, no_rule: NoRule, node: Mapping[str, Any], place: tuple[float, float]
) -> AnnotationBbox:
    tell = no_rule.chosen.words.some
    size = len(node["left"]) + len(node["gone"])
    name = TextArea(node["profile"], textprops={"size": 8, "color": INK})
    if size <= CELLS:
        outcomes: list[Artist] = [
            TextArea(
                tell((k,)),
                textprops={
                    "size": 9,
                    "color": GONE if k in node["gone"] else INK,
                    "weight": "normal" if k in node["gone"] else "bold",
                },
            )
            for k in range(size)
        ]
    else:
        outcomes = [TextArea(tell(node["left"]), textprops={"size": 9, "weight": "bold"})]
    stacked: list[Artist] = [name, HPacker(children=outcomes, sep=5, pad=0)]
    box = VPacker(children=stacked, align="center", sep=2, pad=1)
    frame = AnnotationBbox(
        box, place, frameon=True, pad=0.25,
        bboxprops={
            "boxstyle": "round,pad=0.2",
            "facecolor": "white",
            "edgecolor": INK,
            "linewidth": 2.0 if node["supposed"] else 0.7,
        },
    )  # fmt: skip
    frame.set_zorder(3)
    axes.add_artist(frame)
    return frame


def _handles(no_rule: NoRule, graph: "Graph") -> list[Line2D]:
    lies: dict[tuple[int, int], int] = nx.get_edge_attributes(graph, "agent")
    named: dict[str, str] = {}
    for agent in sorted(set(lies.values())):
        if agent == SEVERAL:
            label = "several reports differ"
        elif no_rule.chosen.anonymous:
            label = "an agent could report that"
        else:
            label = f"{no_rule.chosen.words.world.name(agent)} could report that"
        named.setdefault(label, _colour(no_rule, agent))
    return [Line2D([], [], color=colour, label=label) for label, colour in named.items()]


def _colour(no_rule: NoRule, agent: int) -> str:
    if agent == SEVERAL:
        return GONE
    return SERIES[0 if no_rule.chosen.anonymous else agent % len(SERIES)]


def _require(no_rule: object) -> NoRule:
    if not isinstance(no_rule, NoRule):
        raise ValueError(f"no_rule is {name_of(no_rule)}: it must be a proof that there is none")
    return no_rule
