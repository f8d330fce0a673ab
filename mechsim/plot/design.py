"""Designed mechanisms: what they choose at each profile of two agents, and against one report."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from .._numbers import Number, real, show
from .._text import brief
from ..design import Designed
from ..population import FloatArray
from ..setting import Instance
from ._designs import (
    Others,
    Profile,
    blank_figure,
    chances_at,
    expected_at,
    insert,
    is_number,
    look_of,
    numbers_of,
    places_of_design,
    read_others,
    require_agent,
    require_design,
    tell_others,
    ticks_of,
    title_of,
)
from ._reading import short
from ._style import INK, PALE, canvas, key

PANELS = 6
"""Panels or alternatives in a picture at most."""

WRITTEN = 6
"""Cells are labelled where agents have no more types than this."""


@dataclass(frozen=True)
class Panel:
    """One heat map: a number at each pair of types, from the agents' least."""

    words: str
    cells: list[list[Number]]
    low: float
    high: float
    colours: str


def optimal_map(designed: Designed, *, alternatives: Iterable[Any] | None = None) -> Figure:
    """What a design for two agents chooses at each profile, as heat maps.

    Where alternatives are places, one panel has the expected place and one the standard deviation;
    otherwise there is a panel for the probability of each alternative.  Small grids have their
    numbers written into them.

    Parameters
    ----------
    designed : Designed
        For two agents whose types are numbers.
    alternatives : iterable, optional
        Those whose probability is shown, a panel each, also of places.

    Returns
    -------
    Figure
        It belongs to no window.

    Raises
    ------
    ValueError
        If there are not two agents, types are no numbers, or there are no alternatives to show, or
        too many.
    """
    require_design(designed)
    if designed.agents != 2:
        raise ValueError(f"designed.agents is {designed.agents}: the map needs two agents")
    types = (numbers_of(designed, 0), numbers_of(designed, 1))
    listed = designed.question.alternatives
    if alternatives is None and all(map(is_number, listed)):
        panels = _places(designed, types)
    else:
        panels = _probabilities(designed, types, listed if alternatives is None else alternatives)
    columns = min(len(panels), 3)
    rows = -(-len(panels) // columns)
    width = 1.0 + 3.6 * columns
    figure = blank_figure(width, 0.8 + 3.2 * rows)
    here = Instance(designed.setting, ())
    for number, panel in enumerate(panels):
        axes = figure.add_subplot(rows, columns, number + 1)
        _heat(axes, panel, types)
        axes.set_xlabel(f"type of {here.name(0)}")
        axes.set_ylabel(f"type of {here.name(1)}" if number % columns == 0 else "")
    figure.suptitle(title_of(designed, round(10.5 * width)), fontsize="medium")
    return figure


def optimal_curves(
    designed: Designed,
    agent: int = 0,
    others: Others | None = None,
    *,
    up_to: Number | None = None,
    ax: Axes | None = None,
) -> Axes:
    """What one agent's report does to the outcome, the reports of the others fixed.

    A curve for each profile of the others: the expected place, or how likely a place up to
    ``up_to`` is, at each type; types are joined by lines.  The pale diagonal is the report itself,
    the dotted line is ``up_to``.

    Parameters
    ----------
    designed : Designed
        Types and alternatives are numbers.
    agent : int
        Whose report changes, counted from 0.
    others : iterable of profiles, optional
        What the others report; by default all the same, from their least type to their greatest.
    up_to : Number, optional
        Draw the distribution function there, and not the expected place.
    ax : Axes, optional
        Where to draw; a new figure by default.

    Raises
    ------
    ValueError
        If there is no such agent, a report is no type, or types or alternatives are no numbers.
    """
    require_design(designed)
    agent = require_agent(designed, agent)
    types, places = numbers_of(designed, agent), places_of_design(designed)
    at = None if up_to is None else real(up_to, "up_to")
    given = _like_minded(designed, agent) if others is None else others
    profiles = read_others(designed, agent, given)
    axes = canvas(ax)
    handles: list[Line2D] = []
    x = [float(type_) for type_ in types]
    for k, fixed in enumerate(profiles):
        found = [_outcome(designed, insert(fixed, agent, type_), at) for type_ in types]
        look = look_of(k, len(profiles))
        axes.plot(x, list(map(float, found)), clip_on=False, **look)
        handles.append(Line2D([], [], label=tell_others(designed, agent, fixed), **look))
    if at is None:
        axes.plot([x[0], x[-1]], [x[0], x[-1]], color=PALE, linewidth=3, zorder=1)
        handles.append(Line2D([], [], color=PALE, linewidth=3, label="the report itself"))
        axes.set_ylabel("expected outcome")
        axes.set_yticks(*ticks_of(places))
    else:
        axes.axvline(float(at), color=INK, linewidth=1, linestyle=":", zorder=1)
        axes.set_ylabel(f"probability of at most {short(at)}")
        axes.set_ylim(-0.02, 1.02)
    axes.set_xticks(*ticks_of(types))
    axes.set_xlabel(f"report of {Instance(designed.setting, ()).name(agent)}")
    axes.set_title(title_of(designed, 70), fontsize="medium")
    key(axes, handles)
    return axes


def _places(designed: Designed, types: tuple[Profile, Profile]) -> list[Panel]:
    places = places_of_design(designed)
    mean: list[list[Number]] = []
    spread: list[list[Number]] = []
    for b in types[1]:
        mean.append([expected_at(designed, (a, b)) for a in types[0]])
        spread.append([_deviation(chances_at(designed, (a, b))) for a in types[0]])
    widest = float(max(map(max, spread)))
    return [
        Panel("expected outcome", mean, float(places[0]), float(places[-1]), "viridis"),
        Panel("standard deviation", spread, 0, widest or 1, "Blues"),
    ]


def _deviation(chances: dict[Any, Fraction]) -> float:
    mean = sum(p * y for y, p in chances.items())
    return math.sqrt(sum(p * (y - mean) ** 2 for y, p in chances.items()))


def _probabilities(
    designed: Designed, types: tuple[Profile, Profile], shown: Iterable[Any]
) -> list[Panel]:
    chosen = tuple(dict.fromkeys(shown))
    known = designed.question.alternatives
    for one in chosen:
        if one not in known:
            raise ValueError(f"alternatives has {brief(one)}: it must be one of {brief(known)}")
    if not 1 <= len(chosen) <= PANELS:
        raise ValueError(f"alternatives has {len(chosen)} entries: it must have 1 to {PANELS}")
    here = Instance(designed.setting, ())
    table = [[chances_at(designed, (a, b)) for a in types[0]] for b in types[1]]
    return [
        Panel(
            f"probability of {here.tell(one)}",
            [[cell.get(one, Fraction(0)) for cell in row] for row in table],
            0, 1, "Blues",
        )
        for one in chosen
    ]  # fmt: skip


def _heat(axes: Axes, panel: Panel, types: tuple[Profile, Profile]) -> None:
    """One square for each profile, and its number where there is room."""
    x, y = (np.array([float(type_) for type_ in listed]) for listed in types)
    cells = np.array([[float(cell) for cell in row] for row in panel.cells])
    low, high = panel.low, panel.high if panel.high > panel.low else panel.low + 1
    mesh = axes.pcolormesh(_edges(x), _edges(y), cells, cmap=panel.colours, vmin=low, vmax=high)
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.colorbar(mesh, ax=axes, shrink=0.8)
    axes.set_xticks(*ticks_of(types[0]))
    axes.set_yticks(*ticks_of(types[1]))
    axes.set_title(panel.words, fontsize="medium")
    if max(len(x), len(y)) > WRITTEN:
        return
    for row, column in product(range(len(y)), range(len(x))):
        red, green, blue, _ = mesh.cmap(mesh.norm(cells[row, column]))
        bright = 0.3 * red + 0.59 * green + 0.11 * blue > 0.55
        axes.text(
            x[column], y[row], _small(panel.cells[row][column]), ha="center", va="center",
            fontsize="small", color=INK if bright else "white",
        )  # fmt: skip


def _small(number: Number) -> str:
    """A number in few letters: exactly where that is short, else to two digits."""
    exact = not isinstance(number, float) and len(show(number)) <= 5
    return show(number) if exact else f"{float(number):.2g}"


def _edges(centres: FloatArray) -> FloatArray:
    """Where cells end: halfway between neighbours, and as far beyond the ends."""
    if len(centres) == 1:
        return np.array([centres[0] - 0.5, centres[0] + 0.5])
    middle = (centres[1:] + centres[:-1]) / 2
    return np.array([2 * centres[0] - middle[0], *middle, 2 * centres[-1] - middle[-1]])


def _like_minded(designed: Designed, agent: int) -> Sequence[Profile]:
    """Up to five profiles at which all others report alike, from their least types."""
    rest = [numbers_of(designed, i) for i in range(designed.agents) if i != agent]
    shares = [Fraction(k, 4) for k in range(5)]
    return [tuple(t[round(share * (len(t) - 1))] for t in rest) for share in shares]


def _outcome(designed: Designed, profile: Profile, up_to: Number | None) -> Any:
    if up_to is None:
        return expected_at(designed, profile)
    return sum((p for y, p in chances_at(designed, profile).items() if y <= up_to), Fraction(0))
