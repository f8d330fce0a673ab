"""Reporting games (Aziz, Lam, Lee, Walsh, arXiv:2111.01566): one class for each statement."""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations_with_replacement, permutations, product
from typing import Any

import numpy as np
import pytest
from finite_rules import generalized_median
from hypothesis import given
from hypothesis import strategies as st
from strategies import Profile, exact, points, profiles

from mechsim import Line
from mechsim.facility import (
    Mean,
    RandomRank,
    UniformPhantom,
    best_response_dynamics,
    equilibrium,
    equilibrium_outcome,
    gains,
    is_equilibrium,
)
from mechsim.preferences.tastes import Obnoxious

UNIT = Line(0, 1)
MEAN = Mean(UNIT)
PHANTOM = UniformPhantom(UNIT)
HALF = Fraction(1, 2)
Rule = Callable[[Any], Any]


def halfway(reports: tuple[Any, ...]) -> Any:
    """Halfway between the mean and Uniform Phantom."""
    return (MEAN(reports) + PHANTOM(reports)) / 2


def mean_of_squares(reports: tuple[Any, ...]) -> Any:
    """Proportional, and not fair to groups inside the line."""
    return sum(report * report for report in reports) / len(reports)


def weighted(reports: tuple[Any, ...]) -> Any:
    """The mean in which agent i counts i + 1 times: strictly monotone, not anonymous."""
    weights = range(1, len(reports) + 1)
    return sum(w * r for w, r in zip(weights, reports, strict=True)) / Fraction(sum(weights))


def midrange(reports: tuple[Any, ...]) -> Any:
    """Halfway between the extremes."""
    return (min(reports) + max(reports)) / 2


PROPORTIONAL: tuple[Rule, ...] = (MEAN, halfway, mean_of_squares)
EXACT: tuple[Rule, ...] = (MEAN, halfway, weighted)


def twelfths(rng: np.random.Generator, agents: int) -> Profile:
    return tuple(Fraction(int(k), 12) for k in rng.integers(0, 13, agents))


class TestTwoOutcomesAnAgentDecide:
    """Reports are an equilibrium iff each outcome is the peak, clamped to what can be reached."""

    @given(x=profiles(min_agents=2, max_agents=4), r=profiles(min_agents=4, max_agents=4))
    def test_the_clamp_identity(self, x: Profile, r: Profile) -> None:
        r = r[: len(x)]
        for rule in (MEAN, PHANTOM, midrange):
            clamped = True
            for i, peak in enumerate(x):
                low, high = (rule((*r[:i], end, *r[i + 1 :])) for end in (Fraction(0), Fraction(1)))
                clamped &= rule(r) == sorted((peak, low, high))[1]
            assert is_equilibrium(rule, x, r, UNIT) == clamped

    @given(a=st.lists(st.integers(0, 6), min_size=2, max_size=2), b=st.data())
    def test_the_definition_on_a_grid_that_has_all_best_responses(
        self, a: list[int], b: st.DataObject
    ) -> None:
        """With peaks on sixths and two reports on twelfths, the mean's best are twelfths too."""
        peaks = tuple(Fraction(k, 6) for k in a)
        reports = tuple(Fraction(b.draw(st.integers(0, 12)), 12) for _ in a)

        def away(i: int, report: Fraction) -> Fraction:
            return abs(exact(MEAN((*reports[:i], report, *reports[i + 1 :]))) - peaks[i])

        by_definition = [
            away(i, report) - min(away(i, Fraction(k, 12)) for k in range(13))
            for i, report in enumerate(reports)
        ]
        assert list(gains(MEAN, peaks, reports)) == by_definition
        assert list(gains(MEAN, peaks, reports, UNIT.grid(12))) == by_definition

    @given(x=profiles(min_agents=2, max_agents=4), r=profiles(min_agents=4, max_agents=4))
    def test_no_report_gains_more(self, x: Profile, r: Profile) -> None:
        """On a finer grid some agent comes as near to that as the grid allows, and none nearer."""
        r = r[: len(x)]
        tries = Line(0, 1, tuple(sorted({*(Fraction(k, 24) for k in range(25)), *r})))
        for rule in (MEAN, halfway):
            most = gains(rule, x, r, UNIT)
            for bound, found in zip(most, gains(rule, x, r, tries), strict=True):
                assert 0 <= bound - found <= Fraction(1, 24)


class TestAllEquilibriaOfTheMeanOfTwo:
    """On a 13 x 13 grid of reports the mean of two has 64 equilibria, each with UP's outcome."""

    def test_exhaustively(self) -> None:
        """Once by the clamp identity, once by trying all 13 reports, in 24ths of the line."""
        twelfths = [Fraction(k, 12) for k in range(13)]
        found: list[tuple[Profile, Profile]] = []
        by_definition: list[tuple[Profile, Profile]] = []
        for a, b in combinations_with_replacement(range(0, 13, 2), 2):
            for r, s in product(range(13), repeat=2):
                x, reports = (twelfths[a], twelfths[b]), (twelfths[r], twelfths[s])
                if is_equilibrium(MEAN, x, reports):
                    found.append((x, reports))
                if abs(r + s - 2 * a) == min(abs(t + s - 2 * a) for t in range(13)) and abs(
                    r + s - 2 * b
                ) == min(abs(r + t - 2 * b) for t in range(13)):
                    by_definition.append((x, reports))
        assert found == by_definition
        assert len(found) == 64
        assert all(MEAN(reports) == PHANTOM(x) for x, reports in found)
        assert all(is_equilibrium(MEAN, x, reports, UNIT.grid(12)) for x, reports in found)


class TestEveryEquilibriumHasTheOutcomeOfUniformPhantom:
    """If a continuous, strictly monotone rule is proportional, all equilibria are worth UP(x)."""

    @pytest.mark.parametrize("rule", PROPORTIONAL, ids=["mean", "halfway", "squares"])
    def test_all_equilibria_of_three_on_a_grid(self, rule: Rule) -> None:
        sixths = [Fraction(k, 6) for k in range(7)]
        found = 0
        for peaks in combinations_with_replacement(sixths[::2], 3):
            for reports in product(sixths[::3], repeat=3):
                if is_equilibrium(rule, peaks, reports):
                    found += 1
                    assert rule(reports) == PHANTOM(peaks)
        assert found >= 20

    @given(x=profiles(max_agents=7))
    def test_known_without_play(self, x: Profile) -> None:
        for rule in PROPORTIONAL:
            assert equilibrium_outcome(rule, x) == PHANTOM(x)

    @given(x=profiles(max_agents=7))
    def test_one_is_computed(self, x: Profile) -> None:
        for rule in EXACT:
            reports = equilibrium(rule, x)
            assert is_equilibrium(rule, x, reports)
            assert rule(reports) == equilibrium_outcome(rule, x)

    @given(x=profiles(max_agents=5))
    def test_one_is_computed_where_it_is_irrational(self, x: Profile) -> None:
        reports = equilibrium(mean_of_squares, x)
        assert abs(mean_of_squares(reports) - PHANTOM(x)) <= Fraction(2, 2**64)
        assert max(gains(mean_of_squares, x, reports)) <= Fraction(2, 2**64)

    @given(rest=profiles(max_agents=3), place=points, shift=points)
    def test_agents_at_the_outcome_share_their_freedom(
        self, rest: Profile, place: Fraction, shift: Fraction
    ) -> None:
        """Of two agents at the mean's outcome one may say more and the other less."""
        least, most = (PHANTOM((end, end, *rest)) for end in (Fraction(0), Fraction(1)))
        peak = exact(min(max(place, least), most))
        x = (peak, peak, *rest)
        reports = equilibrium(MEAN, x)
        assert MEAN(reports) == peak
        step = min(shift, reports[0], 1 - reports[1])
        assert is_equilibrium(MEAN, x, (reports[0] - step, reports[1] + step, *reports[2:]))


class TestPlayLeadsThere:
    """Best responses in turn end after finitely many moves, in an equilibrium."""

    @pytest.mark.parametrize(
        ("rule", "outcome"),
        [
            (MEAN, PHANTOM),
            (halfway, PHANTOM),
            (weighted, lambda x: equilibrium_outcome(weighted, x)),  # pyright: ignore
        ],
        ids=["mean", "halfway", "weighted"],
    )
    def test_a_hundred_exact_games(self, rule: Rule, outcome: Rule) -> None:
        rng = np.random.default_rng(2111)
        for _ in range(100):
            agents = int(rng.integers(2, 8))
            peaks, start = twelfths(rng, agents), twelfths(rng, agents)
            played = best_response_dynamics(rule, peaks, start, rng)
            assert played.settled
            assert is_equilibrium(rule, peaks, played.final, UNIT)
            assert played.outcomes[-1] == outcome(peaks)

    @pytest.mark.parametrize("rule", [MEAN, mean_of_squares], ids=["mean", "squares"])
    def test_a_hundred_games_of_floats(self, rule: Rule) -> None:
        rng = np.random.default_rng(1566)
        for _ in range(100):
            agents = int(rng.integers(2, 6))
            peaks = rng.choice([*rng.random(4), 0.0, 0.5, 1.0], agents)
            played = best_response_dynamics(rule, peaks, rng.random(agents), rng)
            assert played.settled
            assert played.outcomes[-1] == pytest.approx(PHANTOM(peaks), abs=1e-12)
            assert max(gains(rule, peaks, played.final)) <= 1e-12

    @given(x=profiles(min_agents=2, max_agents=3), r=profiles(min_agents=3, max_agents=3))
    def test_every_move_is_a_best_response(self, x: Profile, r: Profile) -> None:
        for rule in EXACT:
            played = best_response_dynamics(rule, x, r[: len(x)])
            assert played.reports[0] == r[: len(x)]
            for k, mover in enumerate(played.movers):
                before, after = played.reports[k : k + 2]
                assert all((before[i] == after[i]) == (i != mover) for i in range(len(x)))
                assert gains(rule, x, before)[mover] > 0
                assert gains(rule, x, after)[mover] == 0
                assert played.outcomes[k + 1] == rule(after)

    def test_close_peaks_tug_for_long(self) -> None:
        """With peaks 1/50 apart each move of the mean of two shifts a report by 1/25."""
        peaks = (Fraction(49, 100), Fraction(51, 100))
        short = best_response_dynamics(MEAN, peaks, (HALF, HALF), rounds=5)
        assert not short.settled
        assert len(short) == 10
        long = best_response_dynamics(MEAN, peaks, (HALF, HALF))
        assert long.settled
        assert (long.final, long.outcomes[-1]) == ((0, 1), HALF)
        assert len(long) == 26

    def test_on_a_grid_of_reports(self) -> None:
        peaks = (Fraction(1, 4), Fraction(1, 4), Fraction(1))
        played = best_response_dynamics(MEAN, peaks, (1, 1, 1), setting=UNIT.grid(4))
        assert played.settled
        assert is_equilibrium(MEAN, peaks, played.final, UNIT.grid(4))
        assert all(report in (UNIT.grid(4).points or ()) for report in played.final)

    def test_orders_are_drawn_from_the_generator(self) -> None:
        peaks, start = (0.2, 0.4, 0.9), (0.5, 0.5, 0.5)
        one, two = (
            best_response_dynamics(MEAN, peaks, start, np.random.default_rng(7)) for _ in range(2)
        )
        assert one == two
        orders = {
            best_response_dynamics(MEAN, peaks, start, np.random.default_rng(seed)).movers[0]
            for seed in range(20)
        }
        assert orders == {0, 1, 2}


class TestEquilibriumPlayIsAGeneralizedMedian:
    """The outcome is max over S of min(a_S, x_i for i in S), with a_S where S alone says 1."""

    @given(x=profiles(max_agents=4))
    def test_max_of_mins(self, x: Profile) -> None:
        ends = [[Fraction(group >> i & 1) for i in range(len(x))] for group in range(1 << len(x))]
        for rule in EXACT:
            heights = [rule(tuple(reports)) for reports in ends]
            assert equilibrium_outcome(rule, x) == generalized_median(x, heights)

    @given(x=profiles(min_agents=2, max_agents=4), lie=points)
    def test_so_it_is_strategyproof(self, x: Profile, lie: Fraction) -> None:
        honest, lied = (equilibrium_outcome(weighted, reports) for reports in (x, (lie, *x[1:])))
        assert abs(exact(honest) - x[0]) <= abs(exact(lied) - x[0])

    def test_weights_tell(self) -> None:
        """Two agents of weights 1/3 and 2/3: proportionality in heads is not what comes out."""
        ends = (Fraction(0), Fraction(1))
        assert equilibrium_outcome(weighted, ends) == Fraction(2, 3)
        assert {equilibrium_outcome(weighted, x) for x in permutations(ends)} == {
            Fraction(1, 3),
            Fraction(2, 3),
        }
        assert PHANTOM(ends) == HALF


class TestTheHypothesesAreNeeded:
    """Drop one, and equilibria have other outcomes."""

    @given(x=profiles(min_agents=3, max_agents=3))
    def test_strictness_by_uniform_phantom(self, x: Profile) -> None:
        """Where all of three say 1/3, nobody moves Uniform Phantom, whatever anybody wants."""
        assert is_equilibrium(PHANTOM, x, (Fraction(1, 3),) * 3)

    def test_strictness_by_the_midrange(self) -> None:
        peaks = (Fraction(0), Fraction(0), Fraction(1))
        assert is_equilibrium(midrange, peaks, peaks)
        assert (midrange(peaks), PHANTOM(peaks)) == (HALF, Fraction(1, 3))

    def test_continuity(self) -> None:
        """A rule of one agent that leaps over 2/5 brings it to 1/2, as near as it can be."""

        def leap(reports: Profile) -> Fraction:
            return reports[0] / 2 if reports[0] < HALF else reports[0]

        reached = [leap((Fraction(k, 100),)) for k in range(101)]
        assert min(reached, key=lambda y: abs(y - Fraction(2, 5))) == HALF
        assert PHANTOM((Fraction(2, 5),)) == Fraction(2, 5)


class TestUnitOfLength:
    """On [1, 7] the ends are 1 and 7, and all scales with them."""

    @given(x=profiles(max_agents=5), r=profiles(min_agents=5, max_agents=5))
    def test_rescaled(self, x: Profile, r: Profile) -> None:
        r, survey = r[: len(x)], Line(1, 7)
        wanted, said = (tuple(1 + 6 * place for place in profile) for profile in (x, r))
        rule = Mean(survey)
        assert gains(rule, wanted, said) == tuple(6 * gain for gain in gains(MEAN, x, r))
        assert equilibrium(rule, wanted) == tuple(1 + 6 * t for t in equilibrium(MEAN, x))
        assert equilibrium_outcome(rule, wanted) == UniformPhantom(survey)(wanted)

    def test_a_rule_for_the_whole_line_is_played_on_the_unit_interval(self) -> None:
        assert equilibrium_outcome(Mean(), (0, 1, 1)) == Fraction(2, 3)
        assert equilibrium_outcome(Mean(), (1, 1, 7), Line(1, 7)) == 3
        with pytest.raises(ValueError, match=r"peaks\[2\] is 7: it must lie in \[0, 1\]"):
            equilibrium_outcome(Mean(), (1, 1, 7))

    def test_floats_stay_floats(self) -> None:
        reports = equilibrium(MEAN, [0.25, 0.5, 0.5])
        assert reports == (0.0, 0.75, 0.75)
        assert all(type(report) is float for report in reports)


class TestWhatIsRefused:
    """Games without ends, without numbers, or of agents who want the facility far away."""

    def test_errors(self) -> None:
        with pytest.raises(ValueError, match="the reporting game needs two finite ends"):
            gains(MEAN, (0, 1), (0, 1), Line())
        with pytest.raises(ValueError, match="the reporting game needs two finite ends"):
            gains(Mean(Line(0)), (0, 1), (0, 1))
        with pytest.raises(ValueError, match="must want the facility near"):
            gains(MEAN, (0, 1), (0, 1), Line(0, 1, tastes=Obnoxious()))
        with pytest.raises(ValueError, match="reports has 3 entries: there are 2 peaks"):
            gains(MEAN, (0, 1), (0, 1, 1))
        with pytest.raises(ValueError, match=r"peaks\[1\] is 2: it must lie in \[0, 1\]"):
            equilibrium(MEAN, (0, 2))
        with pytest.raises(ValueError, match=r"the outcome of RandomRank is .* a real number"):
            gains(RandomRank(UNIT), (0, 1), (0, 1))
        with pytest.raises(ValueError, match="reports must lie anywhere between the ends"):
            equilibrium(MEAN, (0, 1), UNIT.grid(4))
        with pytest.raises(ValueError, match="rounds is 0: it must be a whole number, at least 1"):
            best_response_dynamics(MEAN, (0, 1), (0, 1), rounds=0)


class TestTrajectories:
    """What is seen of them."""

    def test_text(self) -> None:
        told = str(best_response_dynamics(MEAN, (0, 1), (0, 1)))
        assert told.splitlines()[0] == "Mean, peaks (0, 1): settled after 0 moves at 1/2"
        long = str(best_response_dynamics(MEAN, (0.49, 0.51), (0.5, 0.5), rounds=20))
        assert "not settled" not in long
        assert len(long.splitlines()) == 16
        assert "(15 moves in the middle are not shown)" in long

    def test_picture(self) -> None:
        played = best_response_dynamics(MEAN, (0, Fraction(1, 4), 1), (0, 0, 0))
        html = played._repr_html_()
        assert html.count("<polyline") == 3 + 1
        assert "settled after 3 moves at 1/3" in html
        assert "&lt;lambda&gt;" in best_response_dynamics(lambda r: r[0], (0,), (0,))._repr_html_()

    def test_frame(self) -> None:
        frame = best_response_dynamics(MEAN, (0, Fraction(1, 4), 1), (0, 0, 0)).to_frame()
        assert list(frame.columns) == ["agent", "outcome", *(f"report of {i}" for i in range(3))]
        assert frame["outcome"].tolist() == [0.0, 0.25, 7 / 12, pytest.approx(1 / 3)]
        assert len(frame) == 4
