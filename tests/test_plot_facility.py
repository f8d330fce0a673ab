"""The data behind the pictures of profiles, lotteries and fairness, reached a second way."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.collections import PathCollection
from matplotlib.patches import Rectangle, StepPatch
from pictures import FEW, FIVE, HALF, UNIT, blank, figure_of, lines, words, xy
from strategies import Profile, points, profiles

from mechsim import Finite, Instance, Line, Population, Strategyproof, anes96, plot, uniform
from mechsim.axioms import (
    IndividualFairShare,
    ProportionallyFair,
    UnanimousFairShare,
)
from mechsim.facility import Constant, Mean, RandomRank, UniformPhantom
from mechsim.plot._reading import classes
from mechsim.plot.profile import _meeting, _phantom_curve
from mechsim.preferences.single_peaked import Points


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction] - pytest finds it
    yield
    plt.close("all")


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
