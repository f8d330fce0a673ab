"""Why there is no mechanism: the rows that contradict each other, and the variables they share."""

# matplotlib and networkx leave the types of their **kwargs open:
# pyright: reportUnknownMemberType=false

from itertools import combinations
from textwrap import fill
from typing import TYPE_CHECKING

import networkx as nx
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from .._text import brief
from ..design import NoMechanism
from ..program.certificates import combine
from ._reading import name_of
from ._style import SERIES, canvas, key

if TYPE_CHECKING:
    Graph = nx.Graph[int]

MOST = 40
"""Rows and bounds that a picture shows."""

JOINED = "#999999"

BOUND = "a bound"
"""The family of the bounds of variables."""


def graph_of(no_mechanism: NoMechanism) -> "Graph":
    """The rows and bounds of the core, joined where a variable occurs in both.

    Nodes are numbered from 1, in the order of ``no_mechanism.infeasible.rows``; each has its
    ``name`` and its ``family``, the name that rows of its kind share.  Edges have the names of the
    ``variables``.
    """
    infeasible = no_mechanism.infeasible
    program = infeasible.program
    families = [family.name for family in program.rows for _ in range(len(family))]
    kinds: list[str] = []
    occurs: list[set[int]] = []
    for row, multiplier in enumerate(infeasible.multipliers):
        if multiplier:
            kinds.append(families[row])
            occurs.append(set(program.row(row).terms))
    for column, left in enumerate(combine(program, infeasible.multipliers)):
        if left:
            kinds.append(BOUND)
            occurs.append({column})
    graph: Graph = nx.Graph()
    for node, (name, kind) in enumerate(zip(infeasible.rows, kinds, strict=True), 1):
        graph.add_node(node, name=name, family=kind)
    for a, b in combinations(range(len(occurs)), 2):
        shared = sorted(occurs[a] & occurs[b])
        if shared:
            names = tuple(program.column_name(column) for column in shared)
            graph.add_edge(a + 1, b + 1, variables=names)
    return graph


def core_graph(no_mechanism: NoMechanism, *, ax: Axes | None = None) -> Axes:
    """The rows that no mechanism satisfies together, joined where they share variables.

    A numbered disc is a row or a bound, with its name in the key; rows of a kind have one colour.
    A line is wider the more variables its ends share.

    Parameters
    ----------
    no_mechanism : NoMechanism
        What `mechsim.design.optimize` found.
    ax : Axes, optional
        Where to draw; a new figure by default.

    Raises
    ------
    ValueError
        If it is none, or its core has more rows than can be told apart.
    """
    graph = graph_of(_require(no_mechanism))
    if len(graph) > MOST:
        raise ValueError(
            f"no_mechanism has {len(graph)} rows in its core: at most {MOST} can be drawn"
        )
    axes = canvas(ax, height=3.0 + 0.2 * len(graph))
    names: dict[int, str] = nx.get_node_attributes(graph, "name")
    families: dict[int, str] = nx.get_node_attributes(graph, "family")
    joins: dict[tuple[int, int], tuple[str, ...]] = nx.get_edge_attributes(graph, "variables")
    kinds = list(dict.fromkeys(families.values()))
    colours = [SERIES[kinds.index(kind) % len(SERIES)] for kind in families.values()]
    places = nx.kamada_kawai_layout(graph) if len(graph) > 1 else {1: (0.0, 0.0)}
    widths = [min(0.8 + 0.6 * len(shared), 5.0) for shared in joins.values()]
    nx.draw_networkx_edges(graph, places, ax=axes, width=widths, edge_color=JOINED)
    nx.draw_networkx_nodes(graph, places, ax=axes, node_size=320, node_color=colours)
    nx.draw_networkx_labels(graph, places, ax=axes, font_size=9, font_color="white")
    axes.set_axis_off()
    axes.margins(0.06)
    axioms = ", ".join(map(brief, no_mechanism.question.axioms))
    rows = len(no_mechanism.core)
    title = f"{rows} rows that contradict each other: no mechanism satisfies {axioms}"
    axes.set_title(fill(title, 80), fontsize="medium")
    handles = [
        Line2D(
            [], [], linestyle="none", marker=f"${node}$", markersize=3 + 4 * len(str(node)),
            markeredgewidth=0.3, color=colour, label=name,
        )
        for (node, name), colour in zip(names.items(), colours, strict=True)
    ]  # fmt: skip
    key(axes, handles)
    return axes


def _require(no_mechanism: object) -> NoMechanism:
    if not isinstance(no_mechanism, NoMechanism):
        raise ValueError(
            f"no_mechanism is {name_of(no_mechanism)}: it must be a proof that there is none"
        )
    return no_mechanism
