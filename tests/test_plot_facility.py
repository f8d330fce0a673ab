"""The data behind the pictures of facility location, reached a second way."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle, StepPatch
from matplotlib.text import Text
from strategies import Profile, points, profiles

from mechsim import Finite, Instance, Line, Number, Population, Strategyproof, anes96, plot, uniform
from mechsim.axioms import (
    IndividualFairShare,
    Misreport,
    ProportionallyFair,
    UnanimousFairShare,
    Undecided,
)
from mechsim.facility import Constant, Mean, Median, RandomRank, UniformPhantom
from mechsim.plot._lies import bends, cost_of, jumps, try_reports
from mechsim.plot._reading import classes
from mechsim.plot.profile import _meeting, _phantom_curve
from mechsim.preferences.single_peaked import Points
from mechsim.preferences.tastes import Obnoxious, SinglePeaked

UNIT = Line(0, 1)
HALF = Fraction(1, 2)
FEW = settings(max_examples=8)  # a picture takes its time
FIVE = (Fraction(0), Fraction(0), Fraction(1, 3), Fraction(5, 6), Fraction(1))


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction] - pytest finds it
    yield
    plt.close("all")


def blank() -> Axes:
    """Axes that pyplot does not know of."""
    return Figure().add_subplot()


def xy(line: Line2D) -> list[Any]:
    """The points of a line."""
    x, y = (np.asarray(data, np.float64).tolist() for data in line.get_data())
    return list(zip(x, y, strict=True))


def figure_of(axes: Axes) -> Figure:
    """The figure that the axes are in."""
    figure = axes.figure
    assert isinstance(figure, Figure)
    return figure


def lines(axes: Axes, **look: str) -> list[Line2D]:
    """The lines of the axes that have this marker, line style, ..."""
    return [line for line in axes.lines if all(line.properties()[k] == v for k, v in look.items())]


def words(axes: Axes) -> list[str]:
    """The key."""
    legend = axes.get_legend()
    assert legend is not None
    return [text.get_text() for text in legend.get_texts()]


@dataclass(frozen=True)
class WithPhantoms:
    """The median of the reports and of fixed phantoms."""

    fixed: Points
    setting: Line = UNIT

    def phantoms(self, agents: int) -> Points:
        return self.fixed

    def __call__(self, reports: Points) -> Fraction | float:
        everything = sorted((*reports, *self.fixed))
        return everything[len(everything) // 2]


class TestProfile:
    """The staircase is the share of agents at a place or farther right; what is built is below."""

    @FEW
    @given(x=profiles())
    def test_the_staircase(self, x: Profile) -> None:
        stairs = xy(plot.profile(Mean(UNIT), x, ax=blank()).lines[0])
        assert stairs[0] == (0, 1)
        assert stairs[-1] == (1, 0)
        for (a, high), (b, low) in pairwise(stairs):
            if a < b:
                at_least = sum(float(report) >= (a + b) / 2 for report in x)
                assert high == low == pytest.approx(at_least / len(x))

    def test_a_dot_an_agent(self) -> None:
        (dots,) = lines(plot.profile(Mean(UNIT), FIVE, ax=blank()), marker="o")
        assert xy(dots) == [
            (float(place), pytest.approx(height))
            for place, height in zip(FIVE, (0.9, 0.7, 0.5, 0.3, 0.1), strict=True)
        ]
        assert not lines(plot.profile(Mean(Line(1, 7)), anes96(), ax=blank()), marker="o")

    def test_uniform_phantoms_lie_on_the_diagonal(self) -> None:
        axes = plot.profile(UniformPhantom(Line(1, 7)), [1, 1, 2, 7], ax=blank())
        (curve,) = lines(axes, linestyle="--")
        assert xy(curve) == [(1, 0), (2.5, 0.25), (4, 0.5), (5.5, 0.75), (7, 1)]
        rings = lines(axes, marker="o", markerfacecolor="white")
        assert [xy(ring) for ring in rings] == [[(2.5, 0.25), (4, 0.5), (5.5, 0.75)]]
        assert words(axes)[-1] == "UniformPhantom builds at 5/2"

    @given(data=st.data(), x=profiles(), more=st.sampled_from([-1, 1]))
    def test_staircase_and_curve_meet_at_the_outcome(
        self, data: st.DataObject, x: Profile, more: int
    ) -> None:
        n = len(x)
        p = sorted(data.draw(st.lists(points, min_size=n + more, max_size=n + more)))
        mechanism = WithPhantoms(tuple(p))
        y = float(mechanism(x))
        curve, heights = _phantom_curve(mechanism, n)
        height = _meeting(y, *classes(Instance(UNIT, x)), (np.clip(curve, 0, 1), heights))
        at_least, beyond = (sum(float(r) >= y for r in x), sum(float(r) > y for r in x))
        assert beyond / n - 1e-9 <= height <= at_least / n + 1e-9
        first = 1 if more < 0 else 0
        for k, phantom in enumerate(map(float, p), first):
            if phantom < y:
                assert height >= k / n - 1e-9
            if phantom > y:
                assert height <= k / n + 1e-9

    def test_the_line_from_what_is_built_ends_where_they_meet(self) -> None:
        def top(x: Points) -> Any:
            dotted = lines(plot.profile(UniformPhantom(), x, ax=blank()), linestyle=":")
            return xy(dotted[0])[1]

        assert top(FIVE) == (0.4, 0.4)  # a phantom on a tread
        assert top((Fraction(1, 3),) * 5) == (pytest.approx(1 / 3),) * 2  # a report on a riser
        mean = lines(plot.profile(Mean(UNIT), FIVE, ax=blank()), linestyle=":")
        assert xy(mean[0])[1] == (pytest.approx(13 / 30), pytest.approx(0.4))

    def test_a_wrong_number_of_phantoms(self) -> None:
        with pytest.raises(ValueError, match="phantoms has 2 entries: for 5 agents there must be"):
            plot.profile(WithPhantoms((HALF, HALF)), FIVE, ax=blank())

    def test_no_phantoms_of_one_agent_or_of_very_many(self) -> None:
        assert words(plot.profile(UniformPhantom(), [HALF], ax=blank())) == [
            "an agent",
            "UniformPhantom builds at 1/2",
        ]
        many = Population((Fraction(0), Fraction(1)), (10**8, 10**8))
        axes = plot.profile(UniformPhantom(), many, ax=blank())
        assert words(axes) == ["200,000,000 agents", "UniformPhantom builds at 1/2"]

    def test_a_lottery_as_discs_and_its_mean(self) -> None:
        axes = plot.profile(RandomRank(UNIT), FIVE, ax=blank())
        (discs,) = (c for c in axes.collections if isinstance(c, PathCollection))
        assert np.asarray(discs.get_offsets())[:, 0].tolist() == [0, 1 / 3, 5 / 6, 1]
        assert discs.get_sizes().tolist() == [400, 200, 200, 200]
        assert words(axes)[-1] == "expected place 13/30"

    @FEW
    @given(x=profiles())
    def test_counted_reports_look_the_same(self, x: Profile) -> None:
        counted = Population(tuple(dict.fromkeys(x)), tuple(x.count(r) for r in dict.fromkeys(x)))
        one, other = (plot.profile(UniformPhantom(), r, ax=blank()) for r in (x, counted))
        assert [xy(line) for line in one.lines] == [xy(line) for line in other.lines]

    def test_whose_line_it_is(self) -> None:
        with pytest.raises(ValueError, match=r"reports\[1\] is 2: it must lie in \[0, 1\]"):
            plot.profile(UniformPhantom(), [0, 2], ax=blank())
        axes = plot.profile(Mean(), [0, 2], setting=Line(0, 4), ax=blank())
        assert axes.get_xlim() == pytest.approx((-0.16, 4.16))
        here = Instance(Line(0, 2), (Fraction(0), Fraction(2)))
        assert plot.profile(Mean(), here, ax=blank()).get_xlim() == pytest.approx((-0.08, 2.08))
        unbounded = plot.profile(Mean(), [0, 2], ax=blank()).get_xlim()
        assert unbounded[0] < 0 < 2 < unbounded[1]

    def test_what_is_built_off_the_line_is_seen(self) -> None:
        axes = plot.profile(Constant(Fraction(3)), [0, 1], setting=UNIT, ax=blank())
        assert axes.get_xlim()[1] > 3

    def test_other_settings_are_refused(self) -> None:
        with pytest.raises(ValueError, match="the picture is of a Line"):
            plot.profile(Mean(), Instance("club", (0, 1)), ax=blank())


class TestLottery:
    """A stem at each place, as high as its probability; the mean as a dashed line."""

    @FEW
    @given(x=profiles())
    def test_stems(self, x: Profile) -> None:
        axes = plot.lottery(uniform(x), ax=blank())
        (tops,) = lines(axes, marker="o")
        assert xy(tops) == [(float(y), x.count(y) / len(x)) for y in sorted(set(x))]
        (mean,) = lines(axes, linestyle="--")
        assert xy(mean)[0][0] == pytest.approx(float(sum(x) / len(x)))

    def test_many_places_become_a_histogram(self) -> None:
        axes = plot.lottery(uniform(Fraction(k, 100) for k in range(101)), ax=blank())
        assert not lines(axes, marker="o")
        (steps,) = axes.patches
        assert isinstance(steps, StepPatch)
        heights, _, _ = steps.get_data()
        assert sum(heights) == pytest.approx(1)
        assert len(heights) == 40

    def test_places_that_differ_by_rounding_only(self) -> None:
        nearly = {0.3 + k * 2.0**-54: Fraction(1, 60) for k in range(60)}
        same = len(nearly)
        axes = plot.lottery(Finite(dict.fromkeys(nearly, Fraction(1, same))), ax=blank())
        figure_of(axes).draw_without_rendering()

    def test_a_sure_place(self) -> None:
        axes = plot.lottery(HALF, setting=UNIT, ax=blank())
        assert xy(lines(axes, marker="o")[0]) == [(0.5, 1)]
        assert words(axes) == ["mean 1/2"]

    @pytest.mark.parametrize("outcome", ["north", True, (0, 1)])
    def test_what_is_no_place(self, outcome: Any) -> None:
        with pytest.raises(ValueError, match=r"outcome is .*: it must be a place on the line"):
            plot.lottery(Finite({outcome: Fraction(1)}), ax=blank())

    def test_what_does_not_list_its_places(self) -> None:
        class Sampler:
            expect = sample = None

        with pytest.raises(ValueError, match="a lottery must list its places"):
            plot.lottery(Sampler(), ax=blank())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - that it is refused is the test


class TestFairness:
    """A bar is the places that satisfy an axiom; a mark is a dot if the outcome is one of them."""

    AXIOMS: tuple[Any, ...] = (IndividualFairShare(), UnanimousFairShare(), ProportionallyFair())

    @FEW
    @given(x=profiles(), y=points)
    def test_dots_are_fair_and_crosses_are_not(self, x: Profile, y: Fraction) -> None:
        axes = plot.fairness(x, {"here": y}, ax=blank())
        instance = Instance(UNIT, x)
        fair = [
            all(axiom.outcome_violation(y, case) <= 0 for case in axiom.cases(instance))
            for axiom in self.AXIOMS
        ]
        marks = [line for line in axes.lines if line.get_marker() in ("o", "X")]
        assert [xy(line) for line in marks] == [[(float(y), row)] for row in range(3)]
        assert [line.get_marker() == "o" for line in marks] == fair
        bars = [p for p in axes.patches if isinstance(p, Rectangle) and p.get_alpha() is None]
        inside = [bar.get_x() <= float(y) <= bar.get_x() + bar.get_width() for bar in bars]
        assert inside == fair

    def test_names_and_verdicts(self) -> None:
        x = (Fraction(0), Fraction(0), Fraction(0), HALF, Fraction(2, 3))
        chosen: dict[str, Any] = {
            "rank": RandomRank()(x),
            "end": Fraction(1),
            "UP": UniformPhantom()(x),
        }
        axes = plot.fairness(x, chosen, ax=blank())
        assert [label.get_text() for label in axes.get_yticklabels()] == [
            "IFS\n0 to 4/5",
            "UFS\n0 to 2/5",
            "PF\n0 to 2/5",
            "rank\nIFS, UFS 3/5, PF 3/5",
            "end\nnone",
            "UP\nIFS, UFS, PF",
        ]

    def test_one_place_only(self) -> None:
        axes = plot.fairness([HALF], {}, axioms=(ProportionallyFair(),), ax=blank())
        assert [label.get_text() for label in axes.get_yticklabels()] == ["PF\nonly 1/2"]

    def test_floats_are_fair_up_to_rounding(self) -> None:
        x = [0.1, 0.1, 0.4]
        axes = plot.fairness(x, {"UP": 0.1 + 0.2 + 1 / 3 - 0.3}, ax=blank())
        assert axes.get_yticklabels()[-1].get_text() == "UP\nIFS, UFS, PF"
        over = plot.fairness(x, {"beyond": 0.45}, ax=blank())
        assert over.get_yticklabels()[-1].get_text() == "beyond\nIFS"

    def test_a_line_without_ends_is_refused(self) -> None:
        with pytest.raises(ValueError, match="needs two finite ends"):
            plot.fairness([0, 1], {}, setting=Line(), ax=blank())

    def test_an_axiom_without_an_interval_is_refused(self) -> None:
        with pytest.raises(ValueError, match="axiom is Strategyproof: it must have an interval"):
            plot.fairness([0, 1], {}, axioms=(Strategyproof(),), ax=blank())


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
