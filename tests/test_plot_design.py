"""The data behind the pictures of designed mechanisms, reached a second way."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from math import sqrt
from typing import Any

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, QuadMesh
from matplotlib.figure import Figure
from pictures import HALF, UNIT, blank, lines, words, xy
from worlds import Items, PublicGood, Trade

from mechsim import (
    Anonymous,
    BayesianIncentiveCompatible,
    ExAnte,
    IndividuallyRational,
    Instance,
    Line,
    Positions,
    Rankings,
    SDStrategyproof,
    Strategyproof,
    plot,
)
from mechsim.axioms import BudgetBalanced, InterimIndividuallyRational
from mechsim.design import Designed, NoMechanism, Revenue, Welfare, optimize
from mechsim.objectives import MaxCost, Utilitarian
from mechsim.plot.core_graph import graph_of

F = Fraction
QUARTERS = tuple(F(k, 4) for k in range(5))
DSIC: tuple[Any, ...] = (Strategyproof(), ExAnte(IndividuallyRational()))


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


@dataclass(frozen=True)
class Valued:
    """One buyer with diminishing value for money's worth: not linear in the type."""

    money = True

    def types(self, agent: int, /) -> tuple[Fraction, ...]:
        return (F(1), F(2), F(3))

    def alternatives(self, agents: int) -> tuple[str, ...]:
        return ("none", "some", "all")

    def value(self, agent: int, type_: Fraction, alternative: str, /) -> Fraction:
        return {"none": F(0), "some": F(1), "all": type_ * type_}[alternative]


@dataclass(frozen=True)
class Skewed:
    """Two bidders; a high type of one makes a high type of the other likelier."""

    money = True

    def types(self, agent: int, /) -> tuple[Fraction, ...]:
        return (F(1), F(2))

    def alternatives(self, agents: int) -> tuple[int, ...]:
        return (0, 1)

    def value(self, agent: int, type_: Fraction, alternative: int, /) -> Fraction:
        return type_ if agent == alternative else F(0)

    def chance(self, profile: tuple[Fraction, ...], /) -> Fraction:
        return F(3, 8) if profile[0] == profile[1] else F(1, 8)


@dataclass(frozen=True)
class Missed:
    instance: Instance


@dataclass(frozen=True)
class Efficient:
    """What is chosen is worth the most to all together."""

    def cases(self, instance: Instance, /) -> Iterator[Missed]:
        yield Missed(instance)

    def outcome_violation(self, outcome: Any, case: Missed, /) -> Fraction:
        here = case.instance

        def worth(one: Any) -> Fraction:
            return sum((here.setting.value(i, t, one) for i, t in enumerate(here.profile)), F(0))

        return max(map(worth, here.setting.alternatives(2))) - worth(outcome.alternative)


def designed(*given: Any, agents: int = 2) -> Designed:
    goal, axioms, setting = given
    found = optimize(goal, axioms, setting, agents=agents)
    assert isinstance(found, Designed)
    return found


@cache
def facility(agents: int = 2) -> Designed:
    return designed(MaxCost(), [Strategyproof()], Line(0, 1).grid(4), agents=agents)


@cache
def auction() -> Designed:
    quarters, alike = tuple(F(k, 4) for k in range(1, 5)), (F(1, 4),) * 4
    return designed(Revenue(), DSIC, Positions((1,), values=quarters, prior=alike))


@cache
def trade() -> Designed:
    axioms = (BayesianIncentiveCompatible(), InterimIndividuallyRational())
    return designed(Welfare(), [*axioms, ExAnte(BudgetBalanced())], Trade(4))


@cache
def nobody() -> NoMechanism:
    axioms = (*DSIC, ExAnte(BudgetBalanced()), ExAnte(Efficient()))
    found = optimize(Welfare(), axioms, Trade(4), agents=2)
    assert isinstance(found, NoMechanism)
    return found


def panels(figure: Figure) -> list[Axes]:
    """The axes with a heat map, without those of the colours."""
    return [axes for axes in figure.axes if axes.get_xlabel()]


def cells(axes: Axes) -> Any:
    """The numbers of a heat map, a row for each type of agent 1."""
    (mesh,) = (c for c in axes.collections if isinstance(c, QuadMesh))
    return np.asarray(mesh.get_array())


def heading(figure: Figure) -> str:
    return figure.get_suptitle().replace("\n", " ")


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


class TestMenu:
    """The steps are what a type gets and pays in expectation."""

    @staticmethod
    def steps(figure: Figure) -> list[list[Any]]:
        upper, lower = figure.axes
        for line in (*upper.lines, *lower.lines):
            assert line.get_drawstyle() == "steps-post"
        return [[xy(line) for line in axes.lines] for axes in (upper, lower)]

    @pytest.mark.parametrize("agent", [0, 1])
    def test_averaged(self, agent: int) -> None:
        figure = plot.menu(auction(), agent)
        (got,), (paid,) = self.steps(figure)
        types = auction().sought.types[0]
        for k, own in enumerate(types):
            there = [auction()((own, b) if agent == 0 else (b, own)) for b in types]
            units = [one.expect(lambda y: F(y.alternative[agent] == 0)) for one in there]
            money = [one.expect(lambda y: y.payments[agent]) for one in there]
            assert got[k] == (float(own), pytest.approx(float(sum(units) / 4)))
            assert paid[k] == (float(own), pytest.approx(float(sum(money) / 4)))
        assert figure.axes[1].get_xlabel() == f"type of agent {agent}"
        assert heading(figure).startswith("Revenue with Strategyproof, ExAnte(")
        assert heading(figure).endswith(": 19/32")

    def test_no_type_prefers_the_entry_of_another(self) -> None:
        (got,), (paid,) = self.steps(plot.menu(auction()))
        for (type_, units), (_, price) in zip(got, paid, strict=True):
            rents = [type_ * u - p for (_, u), (_, p) in zip(got, paid, strict=True)]
            assert type_ * units - price == pytest.approx(max(rents))

    def test_a_curve_for_each_report_of_the_others(self) -> None:
        types = auction().sought.types[0]
        figure = plot.menu(auction(), others=[(b,) for b in types])
        got, paid = self.steps(figure)
        for b, units, money in zip(types, got, paid, strict=True):
            there = [auction()((a, b)) for a in types]
            sold = [one.expect(lambda y: F(y.alternative[0] == 0)) for one in there]
            cost = [one.expect(lambda y: y.payments[0]) for one in there]
            assert [y for _, y in units] == list(map(float, sold))
            assert [y for _, y in money] == list(map(float, cost))
        (legend,) = figure.legends
        named = [text.get_text() for text in legend.get_texts()]
        assert named == [f"agent 1 reports {b}" for b in types]

    def test_a_seller_gives_units_away(self) -> None:
        (got,), (paid,) = self.steps(plot.menu(trade(), 1))
        types = Trade(4).types(0)
        for k, own in enumerate(types):
            there = [trade()((a, own)) for a in types]
            sold = sum(one.expect(lambda y: F(y.alternative == "trade")) for one in there)
            money = sum(one.expect(lambda y: y.payments[1]) for one in there)
            assert got[k][1] == pytest.approx(-float(sold / 4))
            assert paid[k][1] == pytest.approx(float(money / 4))

    def test_the_average_is_that_of_the_type(self) -> None:
        skewed = designed(Revenue(), DSIC, Skewed())
        (got,), _ = self.steps(plot.menu(skewed))
        for k, own in enumerate((F(1), F(2))):
            weights = {b: F(3, 4) if b == own else F(1, 4) for b in (F(1), F(2))}
            units = [
                p * skewed((own, b)).expect(lambda y: F(y.alternative == 0))
                for b, p in weights.items()
            ]
            assert got[k][1] == pytest.approx(float(sum(units)))
        assert got[0][1] != got[1][1]

    def test_what_is_not_linear_is_shown_by_alternative(self) -> None:
        valued = designed(Revenue(), DSIC, Valued(), agents=1)
        figure = plot.menu(valued)
        got, (paid,) = self.steps(figure)
        (legend,) = figure.legends
        named = [text.get_text() for text in legend.get_texts()]
        assert len(named) == len(got) >= 2
        for name, line in zip(named, got, strict=True):
            for x, p in line:
                drawn = valued((F(int(x)),)).probability.items()
                assert p == float(sum(q for y, q in drawn if y.alternative == name))
        assert figure.axes[0].get_ylabel() == "probability"
        assert [x for x, _ in paid] == [1, 2, 3]


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
        items = designed(Revenue(), DSIC, Items((F(1), F(2)), (HALF, HALF)), agents=1)
        with pytest.raises(ValueError, match=r"has the type .* of agent 0"):
            plot.menu(items)

    def test_alternatives(self) -> None:
        with pytest.raises(ValueError, match=r"alternatives has 1/3: it must be one of \(0, 1/8,"):
            plot.optimal_map(facility(), alternatives=[F(1, 3)])
        with pytest.raises(ValueError, match="alternatives has 0 entries: it must have 1 to 6"):
            plot.optimal_map(facility(), alternatives=[])
        with pytest.raises(ValueError, match="alternatives has 9 entries: it must have 1 to 6"):
            plot.optimal_map(facility(), alternatives=facility().question.alternatives)

    def test_a_menu_without_money(self) -> None:
        with pytest.raises(ValueError, match=r"designed is .*: a menu needs payments"):
            plot.menu(facility())

    def test_a_number_up_to_which(self) -> None:
        wrong: Any = "half"
        with pytest.raises(ValueError, match="up_to is 'half'"):
            plot.optimal_curves(facility(), up_to=wrong, ax=blank())

    def test_several_profiles_where_values_are_not_linear(self) -> None:
        @dataclass(frozen=True)
        class Two(Valued):
            pass

        both = designed(Revenue(), DSIC, Two())
        with pytest.raises(ValueError, match="others has 2 profiles: where values are not linear"):
            plot.menu(both, others=[(F(1),), (F(2),)])


class TestCostsOfAlternatives:
    """A setting whose alternatives cost has a menu like any other."""

    def test_public_good(self) -> None:
        good = designed(Revenue(), DSIC, PublicGood())
        upper, _ = plot.menu(good).axes
        for (x, units), own in zip(xy(upper.lines[0]), PublicGood().types(0), strict=True):
            built = sum(
                good((own, b)).expect(lambda y: F(y.alternative == "good"))
                for b in PublicGood().types(0)
            )
            assert (x, units) == (float(own), pytest.approx(float(built / 2)))
