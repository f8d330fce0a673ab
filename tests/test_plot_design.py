"""The data behind the pictures of designed mechanisms, reached a second way."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import sqrt
from typing import Any

import numpy as np
import pytest
from designs import auction, designed, facility, heading, nobody, trade
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, QuadMesh
from matplotlib.figure import Figure
from pictures import HALF, UNIT, blank, lines, words, xy
from worlds import Trade

from mechsim import (
    Anonymous,
    Line,
    Rankings,
    SDStrategyproof,
    Strategyproof,
    plot,
)
from mechsim.design import Welfare
from mechsim.objectives import MaxCost, Utilitarian
from mechsim.plot.core_graph import graph_of

F = Fraction
QUARTERS = tuple(F(k, 4) for k in range(5))


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction] - pytest finds it
    yield
    plt.close("all")


@dataclass(frozen=True)
class Late:
    """Where types are not sorted, and unevenly spaced."""

    money = False

    def types(self, agent: int, /) -> tuple[Fraction, ...]:
        return (F(2), F(0), F(1, 2))

    def alternatives(self, agents: int) -> tuple[Fraction, ...]:
        return (F(2), F(0))

    def value(self, agent: int, type_: Fraction, alternative: Fraction, /) -> Fraction:
        return -abs(type_ - alternative)


def panels(figure: Figure) -> list[Axes]:
    """The axes with a heat map, without those of the colours."""
    return [axes for axes in figure.axes if axes.get_xlabel()]


def cells(axes: Axes) -> Any:
    """The numbers of a heat map, a row for each type of agent 1."""
    (mesh,) = (c for c in axes.collections if isinstance(c, QuadMesh))
    return np.asarray(mesh.get_array())


def ticks(axes: Axes) -> tuple[list[str], list[str]]:
    both = (axes.get_xticklabels(), axes.get_yticklabels())
    across, up = ([label.get_text() for label in labels] for labels in both)
    return across, up


class TestMapOfPlaces:
    """Agent 0 is across and agent 1 up; one panel has the mean and one the standard deviation."""

    def test_every_cell(self) -> None:
        mean, spread = panels(plot.optimal_map(facility()))
        for (i, a), (j, b) in product(enumerate(QUARTERS), repeat=2):
            drawn = facility()((a, b))
            first, second = drawn.expect(lambda y: y), drawn.expect(lambda y: y * y)
            assert cells(mean)[j, i] == pytest.approx(float(first))
            assert cells(spread)[j, i] == pytest.approx(sqrt(second - first**2))
        assert cells(mean).tolist() != cells(mean).T.tolist()  # so that the order is seen

    def test_its_words(self) -> None:
        figure = plot.optimal_map(facility())
        assert heading(figure) == "WorstCaseRatio(MaxCost) with Strategyproof: 3/2"
        mean, spread = panels(figure)
        assert [mean.get_title(), spread.get_title()] == ["expected outcome", "standard deviation"]
        assert ticks(mean) == (["0", "1/4", "1/2", "3/4", "1"],) * 2
        assert (mean.get_xlabel(), mean.get_ylabel()) == ("type of agent 0", "type of agent 1")

    def test_small_grids_have_their_numbers_written(self) -> None:
        mean, _ = panels(plot.optimal_map(facility()))
        written = {text.get_position(): text.get_text() for text in mean.texts}
        assert len(written) == 25
        for a, b in product(QUARTERS, repeat=2):
            exact = facility()((a, b)).expect(lambda y: y)
            assert written[float(a), float(b)] == str(exact)
        wide = designed(MaxCost(), [Strategyproof(), Anonymous()], Line(0, 1).grid(6))
        assert not panels(plot.optimal_map(wide))[0].texts

    def test_types_are_sorted_and_cells_end_halfway(self) -> None:
        late = designed(Welfare(), [Strategyproof(), Anonymous()], Late())
        mean, _ = panels(plot.optimal_map(late))
        (mesh,) = (c for c in mean.collections if isinstance(c, QuadMesh))
        corners = np.asarray(mesh.get_coordinates())
        assert corners[0, :, 0].tolist() == [-0.25, 0.25, 1.25, 2.75]
        assert corners[:, 0, 1].tolist() == [-0.25, 0.25, 1.25, 2.75]
        assert cells(mean)[0, 0] == 0
        assert cells(mean)[2, 2] == 2
        assert ticks(mean)[0] == ["0", "1/2", "2"]

    def test_colours_run_over_all_places(self) -> None:
        mean, _ = panels(plot.optimal_map(facility()))
        (mesh,) = (c for c in mean.collections if isinstance(c, QuadMesh))
        assert mesh.get_clim() == (0, 1)


class TestMapOfAlternatives:
    """A panel has the probability of one alternative."""

    def test_a_panel_each(self) -> None:
        figure = plot.optimal_map(auction())
        shown = panels(figure)
        assert [axes.get_title() for axes in shown] == [
            "probability of agent 0 in slot 0",
            "probability of agent 1 in slot 0",
            "probability of no slot sold",
        ]
        assert np.asarray([cells(axes) for axes in shown]).sum(axis=0).tolist() == [[1] * 4] * 4
        values = auction().sought.types
        for (i, a), (j, b) in product(enumerate(values[0]), enumerate(values[1])):
            sold = auction()((a, b)).expect(lambda y: F(y.alternative == (0, None)))
            assert cells(shown[0])[j, i] == float(sold)

    def test_lotteries_with_payments_are_summed(self) -> None:
        (only,) = panels(plot.optimal_map(trade(), alternatives=["trade"]))
        types = Trade(4).types(0)
        for (i, a), (j, b) in product(enumerate(types), repeat=2):
            traded = trade()((a, b)).expect(lambda y: F(y.alternative == "trade"))
            assert cells(only)[j, i] == pytest.approx(float(traded))

    def test_of_places_where_asked(self) -> None:
        (only,) = panels(plot.optimal_map(facility(), alternatives=[HALF]))
        assert only.get_title() == "probability of 1/2"
        for (i, a), (j, b) in product(enumerate(QUARTERS), repeat=2):
            chance = facility()((a, b)).probability.get(HALF, F(0))
            assert cells(only)[j, i] == float(chance)
        assert set(cells(only).ravel()) > {0, 1}


class TestCurves:
    """A curve is what one report does to the outcome, the others fixed."""

    def test_the_expected_place(self) -> None:
        axes = plot.optimal_curves(facility(), agent=1, others=[(F(1, 4),), (F(1),)], ax=blank())
        for line, fixed in zip(lines(axes)[:2], (F(1, 4), F(1)), strict=True):
            assert xy(line) == [
                (float(b), pytest.approx(float(facility()((fixed, b)).expect(lambda y: y))))
                for b in QUARTERS
            ]
        assert words(axes) == ["agent 0 reports 1/4", "agent 0 reports 1", "the report itself"]
        assert xy(axes.lines[2]) == [(0, 0), (1, 1)]
        assert axes.get_xlabel() == "report of agent 1"
        assert axes.get_title() == "WorstCaseRatio(MaxCost) with Strategyproof: 3/2"

    def test_the_distribution_function(self) -> None:
        axes = plot.optimal_curves(facility(), others=[(HALF,)], up_to=HALF, ax=blank())
        found = [
            sum(p for y, p in facility()((a, HALF)).probability.items() if y <= HALF)
            for a in QUARTERS
        ]
        assert xy(axes.lines[0]) == [
            (float(a), pytest.approx(float(p))) for a, p in zip(QUARTERS, found, strict=True)
        ]
        (dotted,) = lines(axes, linestyle=":")
        assert [x for x, _ in xy(dotted)] == [0.5, 0.5]
        assert axes.get_ylabel() == "probability of at most 1/2"
        assert words(axes) == ["agent 1 reports 1/2"]

    def test_others_report_alike_by_default(self) -> None:
        assert words(plot.optimal_curves(facility(), ax=blank())) == [
            *(f"agent 1 reports {b}" for b in QUARTERS),
            "the report itself",
        ]
        alone = words(plot.optimal_curves(facility(1), ax=blank()))
        assert alone == ["nobody else reports", "the report itself"]
        three = designed(MaxCost(), [Anonymous()], UNIT.grid(2), agents=3)
        assert words(plot.optimal_curves(three, ax=blank()))[0] == "the others report (0, 0)"

    def test_the_report_is_put_in_its_place(self) -> None:
        three = designed(MaxCost(), [Strategyproof()], UNIT.grid(2), agents=3)
        axes = plot.optimal_curves(three, agent=1, others=[(F(0), F(1))], ax=blank())
        assert [y for _, y in xy(axes.lines[0])] == [
            pytest.approx(float(three((F(0), b, F(1))).expect(lambda y: y)))
            for b in (F(0), HALF, F(1))
        ]


class TestCoreGraph:
    """Nodes are the rows and bounds of a core, and lines join those that share variables."""

    def test_nodes_are_named(self) -> None:
        graph, used = graph_of(nobody()), nobody().infeasible.rows
        assert [graph.nodes[k]["name"] for k in sorted(graph)] == list(used)
        assert set(nobody().core) <= set(used)

    def test_edges_are_shared_variables(self) -> None:
        program = nobody().infeasible.program
        named = {program.row_name(row): program.row(row) for row in range(program.shape[0])}
        graph = graph_of(nobody())

        def terms(node: int) -> set[str]:
            name = graph.nodes[node]["name"]
            if name in named:
                return {program.column_name(column) for column in named[name].terms}
            return {name.rpartition(" >= ")[0]}

        for a in graph:
            for b in range(a + 1, len(graph) + 1):
                shared = terms(a) & terms(b)
                assert graph.has_edge(a, b) == bool(shared)
                if shared:
                    assert set(graph.edges[a, b]["variables"]) == shared

    def test_what_is_drawn(self) -> None:
        graph = graph_of(nobody())
        axes = plot.core_graph(nobody(), ax=blank())
        (discs,) = (c for c in axes.collections if isinstance(c, PathCollection))
        (joins,) = (c for c in axes.collections if isinstance(c, LineCollection))
        places = np.asarray(discs.get_offsets())
        assert len(places) == len(graph)
        drawn = [np.asarray(segment) for segment in joins.get_segments()]
        for (a, b), (start, end) in zip(graph.edges, drawn, strict=True):
            assert start.tolist() == places[a - 1].tolist()
            assert end.tolist() == places[b - 1].tolist()
        assert {text.get_text() for text in axes.texts} == {str(k) for k in graph}
        for text in axes.texts:
            assert text.get_position() == tuple(places[int(text.get_text()) - 1])

    def test_its_words(self) -> None:
        axes = plot.core_graph(nobody(), ax=blank())
        names = [" ".join(name.split()) for name in words(axes)]
        assert names == list(nobody().infeasible.rows)
        rows = len(nobody().core)
        title = axes.get_title().replace("\n", " ")
        assert title.startswith(f"{rows} rows that contradict each other: no mechanism satisfies")
        assert title.endswith("ExAnte(Efficient)")

    def test_rows_of_a_kind_have_one_colour(self) -> None:
        axes, graph = plot.core_graph(nobody(), ax=blank()), graph_of(nobody())
        (discs,) = (c for c in axes.collections if isinstance(c, PathCollection))
        colours = [tuple(colour) for colour in np.asarray(discs.get_facecolor()).tolist()]
        kinds = [graph.nodes[k]["family"] for k in sorted(graph)]
        assert len(set(zip(kinds, colours, strict=True))) == len(set(kinds)) == len(set(colours))


class TestWrongInput:
    """What cannot be drawn is refused, with the argument, its value and the rule."""

    def test_what_is_no_design(self) -> None:
        wrong: Any = nobody()
        for picture in (plot.optimal_map, plot.optimal_curves, plot.menu):
            with pytest.raises(ValueError, match=r"designed is .*must be a mechanism that was"):
                picture(wrong)
        other: Any = facility()
        with pytest.raises(ValueError, match=r"no_mechanism is .*must be a proof that there is"):
            plot.core_graph(other)

    def test_agents(self) -> None:
        with pytest.raises(ValueError, match=r"designed\.agents is 1: the map needs two agents"):
            plot.optimal_map(facility(1))
        with pytest.raises(ValueError, match="agent is 2: there are 2 agents"):
            plot.optimal_curves(facility(), 2)
        with pytest.raises(ValueError, match="agent is -1: it must be a whole number, at least 0"):
            plot.menu(auction(), -1)

    def test_others(self) -> None:
        def draw(others: Any) -> None:
            plot.optimal_curves(facility(), others=others, ax=blank())

        with pytest.raises(ValueError, match=r"others\[1\] has 2 entries: it must have one for"):
            draw([(HALF,), (HALF, HALF)])
        with pytest.raises(ValueError, match=r"others\[0\]\[0\] is 1/3: it must be one of the"):
            draw([(F(1, 3),)])
        with pytest.raises(ValueError, match="others is empty: it must have at least one profile"):
            draw([])

    def test_what_has_no_numbers(self) -> None:
        vote = designed(Utilitarian(), [SDStrategyproof()], Rankings(("a", "b", "c")))
        with pytest.raises(ValueError, match=r"has the type .* of agent 0: .*types that are num"):
            plot.optimal_map(vote)
        with pytest.raises(ValueError, match=r"has the alternative keep: .*that are numbers"):
            plot.optimal_curves(trade())

    def test_alternatives(self) -> None:
        with pytest.raises(ValueError, match=r"alternatives has 1/3: it must be one of \(0, 1/8,"):
            plot.optimal_map(facility(), alternatives=[F(1, 3)])
        with pytest.raises(ValueError, match="alternatives has 0 entries: it must have 1 to 6"):
            plot.optimal_map(facility(), alternatives=[])
        with pytest.raises(ValueError, match="alternatives has 9 entries: it must have 1 to 6"):
            plot.optimal_map(facility(), alternatives=facility().question.alternatives)

    def test_a_number_up_to_which(self) -> None:
        wrong: Any = "half"
        with pytest.raises(ValueError, match="up_to is 'half'"):
            plot.optimal_curves(facility(), up_to=wrong, ax=blank())
