"""The data behind the pictures of lies and ratios; and what is true of all pictures."""

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.text import Text
from pictures import FEW, FIVE, HALF, UNIT, blank, figure_of, lines, words, xy
from strategies import Profile, profiles

from mechsim import Instance, Line, Number, Population, Strategyproof, plot
from mechsim.axioms import Misreport, Undecided
from mechsim.facility import Mean, Median, RandomRank, UniformPhantom
from mechsim.plot._lies import bends, cost_of, jumps, try_reports
from mechsim.preferences.single_peaked import Points
from mechsim.preferences.tastes import Obnoxious, SinglePeaked


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction] - pytest finds it
    yield
    plt.close("all")


class TestMisreports:
    """The curve is the cost of each report; what is below the truth's cost is a profitable lie."""

    TRUTH = (Fraction(0), Fraction(1, 6), HALF, Fraction(1))

    def test_the_curve_of_the_mean(self) -> None:
        axes = plot.misreports(Mean(UNIT), self.TRUTH, 1, ax=blank())
        _, curve, _, star = axes.lines
        for report, cost in xy(curve):
            assert cost == pytest.approx(abs((1.5 + report) / 4 - 1 / 6))
        assert xy(star) == [(0, pytest.approx(1 / 6 + 1 / 24))]
        assert words(axes) == [
            "Mean",
            "the truth, 1/6: cost 1/4",
            "reports that do better",
            "the best lie found, 0, gains 1/24",
        ]

    @FEW
    @given(x=profiles(), data=st.data())
    def test_the_best_lie_against_a_mean_is_found_exactly(
        self, x: Profile, data: st.DataObject
    ) -> None:
        agent = data.draw(st.integers(0, len(x) - 1))
        tried = try_reports(Mean(UNIT), Instance(UNIT, x), agent)
        others = sum(x) - x[agent]
        best = min(max(len(x) * x[agent] - others, Fraction(0)), Fraction(1))
        assert tried.best == best
        case = Misreport(Instance(UNIT, x), agent, best)
        assert tried.gain == Strategyproof().violation(Mean(), case)

    @FEW
    @given(x=profiles(), data=st.data())
    def test_no_report_does_better_where_lies_do_not_pay(
        self, x: Profile, data: st.DataObject
    ) -> None:
        agent = data.draw(st.integers(0, len(x) - 1))
        mechanism: Any = data.draw(
            st.sampled_from([UniformPhantom(), Median(UNIT), RandomRank(UNIT)])
        )
        tried = try_reports(mechanism, Instance(UNIT, x), agent)
        assert min(tried.costs.values()) == tried.honest
        assert tried.best == x[agent]
        assert tried.gain == 0

    def test_words_where_lies_do_not_pay(self) -> None:
        some = words(plot.misreports(RandomRank(UNIT), self.TRUTH, 1, ax=blank()))
        assert some == [
            "RandomRank",
            "the truth, 1/6: cost 1/3; none of 97 reports tried does better",
        ]
        every = words(plot.misreports(Median(UNIT.grid(6)), self.TRUTH, 1, ax=blank()))
        assert every[-1] == "the truth, 1/6: cost 0; no report does better"

    def test_all_types_of_a_finite_setting(self) -> None:
        axes = plot.misreports(Mean(UNIT.grid(6)), self.TRUTH, 1, ax=blank())
        (dots,) = lines(axes, marker="o")
        assert xy(dots) == [(k / 6, pytest.approx(abs(1.5 + k / 6 - 4 / 6) / 4)) for k in range(7)]
        assert words(axes)[-1] == "the best lie, 0, gains 1/24"

    def test_bends_are_found_exactly(self) -> None:
        grid = [Fraction(k, 8) for k in range(9)]
        for bend in (Fraction(2, 7), Fraction(4, 9)):
            assert list(bends({r: abs(r - bend) for r in grid}, 0)) == [bend]
            assert list(bends({r: max(3 * (r - bend), bend - r) for r in grid}, 0)) == [bend]
        assert not list(bends({r: abs(r - HALF) for r in grid}, 0))
        assert not list(bends({float(r): 3 * r / 7 for r in grid}, 1e-9))

    def test_jumps_are_narrowed(self) -> None:
        def step(reports: Points) -> Fraction:
            return Fraction(int(reports[0] > Fraction(1, 7)))

        tried = try_reports(step, Instance(UNIT, (Fraction(1, 20),)), 0)
        below = max(r for r, cost in tried.costs.items() if cost < HALF)
        above = min(r for r, cost in tried.costs.items() if cost > HALF)
        assert below <= Fraction(1, 7) < above
        assert above - below <= Fraction(1, 96 * 64)
        assert not list(jumps({0.0: 1.0, 1.0: 1.0 + 1e-16}, 1e-9))

    @FEW
    @given(x=profiles(min_agents=3, max_agents=3))
    def test_mechanisms_that_count_give_the_same_costs(self, x: Profile) -> None:
        profile = x * 20
        counted = cost_of(UniformPhantom(), Instance(UNIT, profile), 7)
        plain = cost_of(lambda r: UniformPhantom()(r), Instance(UNIT, profile), 7)
        for report in (Fraction(0), Fraction(1, 3), Fraction(1)):
            assert counted(report) == plain(report)

    def test_very_many_agents(self) -> None:
        x = np.random.default_rng(20261123).random(10_001)
        tried = try_reports(Mean(UNIT), Instance(UNIT, UNIT.read(Population(x))), 5)
        low, honest = tried.costs[min(tried.costs)], tried.honest
        assert abs(honest - low) == pytest.approx(x[5] / len(x), rel=1e-6)

    def test_a_nuisance(self) -> None:
        line = Line(0, 1, tastes=Obnoxious())
        axes = plot.misreports(Mean(line), self.TRUTH, 1, ax=blank())
        assert axes.get_ylabel() == "agent 1's expected\ncost (minus the value)"
        assert words(axes)[-1] == "the best lie found, 1, gains 5/24"

    def test_the_line_is_the_unit_interval(self) -> None:
        """Unless the mechanism, or who asks, names another one with ends."""
        axes = plot.misreports(Mean(), [0, 0, Fraction(1, 2)], 2, ax=blank())
        assert words(axes) == words(plot.misreports(Mean(UNIT), [0, 0, Fraction(1, 2)], 2))
        with pytest.raises(ValueError, match=r"reports\[2\] is 5: it must lie in \[0, 1\]"):
            plot.misreports(Mean(), [0, 0, 5], 2, ax=blank())
        plot.misreports(Mean(), [0, 0, 5], 2, setting=Line(), ax=blank())
        plot.misreports(Mean(Line(0, 5)), [0, 0, 5], 2, ax=blank())

    def test_what_has_no_numbers(self) -> None:
        with pytest.raises(Undecided, match="only an order is known"):
            plot.misreports(Mean(Line(0, 1, tastes=SinglePeaked())), self.TRUTH, 1, ax=blank())

    @pytest.mark.parametrize("agent", [-1, 4])
    def test_nobody(self, agent: int) -> None:
        with pytest.raises(ValueError, match=f"agent is {agent}: there are 4 agents"):
            plot.misreports(Mean(), self.TRUTH, agent, ax=blank())


FOUND: dict[str, dict[int, Number]] = {
    "mean": {2: Fraction(1), 3: Fraction(4, 3), 4: Fraction(3, 2)},
    "median": {2: 1.0, 4: math.inf},
}


class TestRatios:
    """Marks are what was found, lines are formulas, and what has no bound is in a row on top."""

    def test_marks_and_lines(self) -> None:
        axes = plot.ratios(FOUND, {"mean": lambda n: 2 - Fraction(2, n)}, ax=blank())
        formula = axes.lines[1]
        assert xy(formula) == [(2, 1), (3, pytest.approx(4 / 3)), (4, 1.5)]
        (circles,) = lines(axes, marker="o")
        assert xy(circles) == xy(formula)
        assert circles.get_color() == formula.get_color()
        assert axes.get_ylabel().endswith("(marks: found, lines: formulas)")
        assert words(axes) == ["mean", "median"]

    def test_what_has_no_bound(self) -> None:
        axes = plot.ratios(FOUND, ax=blank())
        finite, unbounded = lines(axes, marker="s")
        assert [p for p in xy(finite) if p[1] == p[1]] == [(2, 1)]
        assert [p for p in xy(unbounded) if p[1] == p[1]] == [(4, 0.94)]
        x, y = unbounded.get_transform().transform((4, 0.94))
        inside = axes.transAxes.inverted().transform((x, y))
        assert inside[1] == pytest.approx(0.94)
        assert axes.transData.inverted().transform((x, y))[0] == pytest.approx(4)
        assert [text.get_text() for text in axes.texts] == ["no bound"]
        highest = axes.transAxes.inverted().transform(axes.transData.transform((4, 1.5)))
        assert highest[1] < 0.89
        assert not plot.ratios({"mean": {2: 1.0}}, ax=blank()).texts

    def test_logarithmic(self) -> None:
        found = {"up": {2: 1.0, 100: 99.0}}
        axes = plot.ratios(found, logarithmic=True, ax=blank())
        assert axes.get_yscale() == "log"
        ticks = [label.get_text() for label in axes.get_yticklabels()]
        assert ticks == ["1", *["2", "5", "10", "20", "50"]]
        assert plot.ratios(found, ax=blank()).get_yscale() == "linear"

    def test_no_two_of_56_look_alike(self) -> None:
        axes = plot.ratios({f"{k}": {2: 1.0} for k in range(56)}, ax=blank())
        marks = [line for line in axes.lines if line.get_marker() != "None"]
        assert len({(line.get_marker(), line.get_color()) for line in marks}) >= 56

    @pytest.mark.parametrize(
        ("found", "message"),
        [
            ({}, "found is empty"),
            ({"median": {}}, "found is empty"),
            ({"median": {3: HALF}}, "ratio of median at 3 agents is 1/2: it must be at least 1"),
            ({"median": {3: math.nan}}, "ratio of median at 3 agents is nan: it must be finite"),
            ({"median": {3: "2"}}, "ratio of median at 3 agents is '2'"),
            ({"median": {0: 1}}, "number of agents of median is 0: it must be a whole number"),
        ],
    )
    def test_what_is_no_ratio(self, found: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            plot.ratios(found, ax=blank())

    def test_a_formula_is_checked_too(self) -> None:
        with pytest.raises(ValueError, match="ratio of mean at 2 agents is 0"):
            plot.ratios(FOUND, {"mean": lambda n: n - 2}, ax=blank())


def draw(name: str, ax: Axes | None) -> Axes:
    """Each picture, of something with long names."""
    if name == "profile":
        return plot.profile(UniformPhantom(), FIVE, ax=ax)
    if name == "lottery":
        return plot.lottery(RandomRank()(FIVE), ax=ax)
    if name == "fairness":
        name = f"a mechanism with quite a {'long ' * 4}name"
        chosen: dict[str, Any] = {name: RandomRank()(FIVE), "b": HALF}
        return plot.fairness(FIVE, chosen, ax=ax)
    if name == "misreports":
        return plot.misreports(Mean(UNIT), FIVE, 2, ax=ax)
    found = {f"a mechanism with quite a long name ({k})": {2: 1.0, 3: math.inf} for k in range(6)}
    return plot.ratios(found, ax=ax)


PICTURES = ("profile", "lottery", "fairness", "misreports", "ratios")


class TestAllPictures:
    """The caller's axes are drawn on; nothing else changes, and no words cover data."""

    @pytest.mark.parametrize("name", PICTURES)
    def test_leave_nothing_behind(self, name: str) -> None:
        before = dict(mpl.rcParams)
        axes = blank()
        assert draw(name, axes) is axes
        assert plt.get_fignums() == []
        assert dict(mpl.rcParams) == before

    @pytest.mark.parametrize("name", PICTURES)
    def test_words_cover_no_data(self, name: str) -> None:
        axes = draw(name, None)
        figure = figure_of(axes)
        assert plt.get_fignums()
        figure.set_size_inches(4.5, 3.5)
        figure.draw_without_rendering()
        legend = axes.get_legend()
        assert legend is not None
        box, label = axes.get_window_extent(), axes.xaxis.label.get_window_extent()
        assert legend.get_window_extent().y1 <= label.y0 <= label.y1 <= box.y0
        outside: list[Text] = [*axes.texts, *axes.get_yticklabels(), axes.yaxis.label]
        for text in outside:
            if text.get_visible() and text.get_text():
                drawn = text.get_window_extent()
                assert drawn.x1 <= box.x0 or drawn.x0 >= box.x1
