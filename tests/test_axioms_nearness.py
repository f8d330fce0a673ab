"""Fair shares, proportional fairness and proportionality against their definitions written out."""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Profile, points, profiles

from mechsim import Domain, ExAnte, ExPost, Instance, Line, Population, sure, uniform
from mechsim.axioms import (
    Individual,
    IndividualFairShare,
    Misbehaved,
    Neighbours,
    Proportional,
    ProportionallyFair,
    Refuted,
    Split,
    StronglyProportional,
    StronglyProportionallyFair,
    Tally,
    UnanimousFairShare,
    Undecided,
    check,
    confirm,
    fair_interval,
)
from mechsim.facility import Mean, Median, RandomRank, UniformPhantom
from mechsim.lottery import Finite
from mechsim.preferences import Obnoxious, SinglePeaked

UNIT = Line(0, 1)
ZERO, QUARTER, HALF, ONE = (Fraction(k, 4) for k in (0, 1, 2, 4))
IFS, UFS = IndividualFairShare(), UnanimousFairShare()
PF, SPF = ProportionallyFair(), StronglyProportionallyFair()
PROP, SPROP = Proportional(), StronglyProportional()
NEARNESS: tuple[Any, ...] = (IFS, UFS, PF, SPF)

Rule: TypeAlias = Callable[[Profile], Finite[Fraction]]
lotteries: st.SearchStrategy[Finite[Fraction]] = st.lists(points, min_size=1, max_size=4).map(
    uniform
)


def at(*reports: Fraction | int) -> Instance:
    return Instance(UNIT, tuple(map(Fraction, reports)))


def away(lottery: Finite[Fraction], place: Fraction) -> Fraction:
    return sum((p * abs(y - place) for y, p in lottery.probability.items()), Fraction(0))


def groups(x: Profile) -> list[tuple[Fraction, ...]]:
    return [g for size in range(1, len(x) + 1) for g in combinations(x, size)]


def worst_by_definition(axiom: Any, x: Profile, lottery: Finite[Fraction]) -> Fraction:
    """The largest excess of an expected distance over all 2^n - 1 groups and their members."""
    n, scale = len(x), max(x) - min(x) if axiom == SPF else Fraction(1)
    distances = {place: away(lottery, place) for place in x}
    excess: list[Fraction] = []
    for group in groups(x):
        wide = max(group) - min(group)
        if (axiom in (IFS, UFS) and wide) or (axiom == IFS and len(group) > 1):
            continue
        excused = wide + scale * (1 - Fraction(len(group), n))
        excess.append(max(distances[member] for member in group) - excused)
    return max(excess)


class TestDefinition:
    """Expected distances are at most r + s (1 - |S|/n), for every group and every member of it."""

    @given(x=profiles(max_agents=5), lottery=lotteries)
    def test_in_expectation(self, x: Profile, lottery: Finite[Fraction]) -> None:
        for axiom in NEARNESS:
            worst = worst_by_definition(axiom, x, lottery)
            cases = list(axiom.cases(at(*x)))
            binding = list(axiom.binding(lottery, at(*x)))
            assert set(binding) <= set(cases)
            for listed in (cases, binding):
                found = [ExAnte(axiom).violation(lambda _: lottery, case) for case in listed]
                assert max(found) == worst

    @given(x=profiles(max_agents=5), lottery=lotteries)
    def test_ex_post(self, x: Profile, lottery: Finite[Fraction]) -> None:
        for axiom in NEARNESS:
            worst = max(worst_by_definition(axiom, x, sure(y)) for y in lottery.support)
            binding = list(ExPost(axiom).binding(lambda _: lottery, at(*x)))
            for listed in (axiom.cases(at(*x)), binding):
                found = [ExPost(axiom).violation(lambda _: lottery, case) for case in listed]
                assert max(found) == worst

    def test_one_pass_says_what_all_groups_say(self) -> None:
        """PF and SPF in expectation, of four mechanisms at all sorted profiles of a grid."""

        def two_ends_and_middle(x: Profile) -> Finite[Fraction]:
            return uniform([min(x), max(x), (min(x) + max(x)) / 2, (min(x) + max(x)) / 2])

        def mean_or_rank(x: Profile) -> Finite[Fraction]:
            return uniform([*x, *[sum(x) / Fraction(len(x))] * len(x)])

        def lowest(x: Profile) -> Finite[Fraction]:
            return sure(min(x))

        rules: tuple[Rule, ...] = (uniform, mean_or_rank, two_ends_and_middle, lowest)
        compared = 0
        for n, steps in ((2, 6), (3, 6), (4, 4)):
            grid = [Fraction(k, steps) for k in range(steps + 1)]
            for x, rule in product(combinations_with_replacement(grid, n), rules):
                lottery = rule(x)
                for axiom in (PF, SPF):
                    (case,) = axiom.binding(lottery, at(*x))
                    found = ExAnte(axiom).violation(rule, case)
                    assert found == worst_by_definition(axiom, x, lottery)
                    compared += 1
        assert compared == 8 * (28 + 84 + 70)


class TestIntervals:
    """What satisfies IFS, UFS, PF or SPF at a profile is an interval with known ends."""

    @given(x=profiles(max_agents=6), y=points)
    def test_exactly_the_outcomes_between_the_ends(self, x: Profile, y: Fraction) -> None:
        for axiom in NEARNESS:
            low, high = fair_interval(axiom, at(*x))
            assert 0 <= low <= high <= 1
            for outcome in (y, low, high, (low + high) / 2):
                satisfied = all(
                    axiom.outcome_violation(outcome, c) <= 0 for c in axiom.cases(at(*x))
                )
                assert satisfied == (low <= outcome <= high)

    def test_proportional_fairness_on_a_grid(self) -> None:
        """At 4,277 pairs of a profile and an outcome, against all groups; in units of 1/12n."""
        compared = 0
        for n in (1, 2, 3, 4):
            for sixths in combinations_with_replacement(range(7), n):
                x = tuple(Fraction(k, 6) for k in sixths)
                low = max(report - Fraction(i, n) for i, report in enumerate(x))
                high = min(report + Fraction(n - 1 - i, n) for i, report in enumerate(x))
                assert fair_interval(PF, at(*x)) == (low, high)
                for twelfths in range(13):
                    fair = all(
                        n * abs(twelfths - 2 * member)
                        <= 2 * n * (max(group) - min(group)) + 12 * (n - len(group))
                        for size in range(1, n + 1)
                        for group in combinations(sixths, size)
                        for member in group
                    )
                    assert fair == (low <= Fraction(twelfths, 12) <= high)
                    compared += 1
        assert compared == 4_277

    @given(x=profiles(max_agents=8))
    def test_is_never_empty(self, x: Profile) -> None:
        """The mean is strongly fair, and Uniform Phantom is fair."""
        low, high = fair_interval(SPF, at(*x))
        assert low <= Mean()(x) <= high
        low, high = fair_interval(PF, at(*x))
        assert low <= UniformPhantom()(x) <= high

    @given(x=profiles(max_agents=8))
    def test_stronger_axioms_have_smaller_intervals(self, x: Profile) -> None:
        found = [fair_interval(axiom, at(*x)) for axiom in (IFS, UFS, PF, SPF)]
        lows, highs = zip(*found, strict=True)
        assert list(lows) == sorted(lows)
        assert list(highs) == sorted(highs, reverse=True)

    @given(x=profiles(max_agents=6))
    def test_the_unit_of_length_is_immaterial(self, x: Profile) -> None:
        for axiom in NEARNESS:
            low, high = fair_interval(axiom, at(*x))
            survey = Instance(Line(1, 7), tuple(1 + 6 * report for report in x))
            assert fair_interval(axiom, survey) == (1 + 6 * low, 1 + 6 * high)

    @given(x=profiles(max_agents=6))
    def test_strong_fairness_needs_no_ends(self, x: Profile) -> None:
        assert fair_interval(SPF, Instance(Line(), x)) == fair_interval(SPF, at(*x))

    @given(x=st.lists(st.floats(0, 1), min_size=1, max_size=8))
    def test_floats_do_not_make_it_empty(self, x: list[float]) -> None:
        for axiom in NEARNESS:
            low, high = fair_interval(axiom, Instance(UNIT, tuple(x)))
            exact = fair_interval(axiom, at(*map(Fraction, x)))
            assert low <= high
            assert (low, high) == pytest.approx(tuple(map(float, exact)), abs=1e-12)

    def test_other_axioms_have_none(self) -> None:
        with pytest.raises(ValueError, match="axiom is StronglyProportional: it must have"):
            fair_interval(SPROP, at(0, 1))
        with pytest.raises(ValueError, match="it must have an interval"):
            fair_interval(ProportionallyFair, at(0, 1))


class TestPopulations:
    """Counted reports are judged as the reports written out."""

    @given(x=profiles(max_agents=4), times=st.integers(1, 3), y=points)
    def test_cases(self, x: Profile, times: int, y: Fraction) -> None:
        for axiom in (*NEARNESS, PROP, SPROP):
            counted = Instance(UNIT, Population(x, (times,) * len(x)))
            written = Instance(UNIT, counted.profile)
            counts = [axiom.outcome_violation(y, case) for case in axiom.cases(counted)]
            assert counts == [axiom.outcome_violation(y, case) for case in axiom.cases(written)]
            for case in axiom.cases(counted):
                case.validate()

    def test_many(self) -> None:
        """A hundred million agents at two places; 40% may ask to be within 0.6."""
        crowd = Instance(UNIT, Population(np.array([0.0, 1.0]), np.array([60_000_000, 40_000_000])))
        assert fair_interval(PF, crowd) == pytest.approx((0.4, 0.4))
        assert fair_interval(IFS, crowd) == pytest.approx((1e-8, 1 - 1e-8))
        (case,) = PF.binding(sure(0.5), crowd)
        assert (case.member, case.size) == (0, 60_000_000)
        assert PF.outcome_violation(0.5, case) == pytest.approx(0.1)


class TestMechanisms:
    """The mean is strongly proportionally fair; Random Rank is in expectation, and more."""

    @given(x=profiles(max_agents=6))
    def test_random_rank(self, x: Profile) -> None:
        """E|Y - x_i| <= (|S| r + (n - |S|) R) / n for every group and member."""
        n, span, lottery = len(x), max(x) - min(x), uniform(x)
        assert lottery == RandomRank()(x)
        for group in groups(x):
            size, wide = len(group), max(group) - min(group)
            bound = (size * wide + (n - size) * span) / n
            assert all(away(lottery, member) <= bound for member in group)

    @pytest.mark.parametrize("mechanism", [Mean(), RandomRank()])
    def test_exhaustively(self, mechanism: Any) -> None:
        found = check(ExAnte(SPF), mechanism, Domain(UNIT.grid(4), agents=3))
        assert isinstance(found, Tally)


class TestProportional:
    """With n - k agents at a and k at b the facility is at a + (b - a) k/n."""

    @given(zeros=st.integers(0, 4), ones=st.integers(0, 4), y=points)
    def test_at_the_ends(self, zeros: int, ones: int, y: Fraction) -> None:
        if zeros + ones:
            x = (ZERO,) * zeros + (ONE,) * ones
            worst = max(PROP.outcome_violation(y, case) for case in PROP.cases(at(*x)))
            assert worst == abs(y - Fraction(ones, zeros + ones))

    @given(x=profiles(max_agents=4))
    def test_says_nothing_elsewhere(self, x: Profile) -> None:
        assert bool(list(PROP.cases(at(*x)))) == (set(x) <= {0, 1})
        assert bool(list(SPROP.cases(at(*x)))) == (len(set(x)) <= 2)

    @given(a=points, b=points, up=st.integers(0, 4), down=st.integers(0, 4), lottery=lotteries)
    def test_equal_expected_cost(
        self, a: Fraction, b: Fraction, up: int, down: int, lottery: Finite[Fraction]
    ) -> None:
        """Between the two places: (n - k) E|Y - a| = k E|Y - b|."""
        low, high = min(a, b), max(a, b)
        between = uniform([low + (high - low) * y for y in lottery.support])
        if not up + down:
            return
        x = (low,) * down + (high,) * up
        equal = down * away(between, low) == up * away(between, high)
        if not (up and down):  # all are at one place
            equal = away(between, x[0]) == 0
        cases = SPROP.cases(at(*x))
        holds = all(ExAnte(SPROP).violation(lambda _: between, case) <= 0 for case in cases)
        assert holds == equal

    def test_beyond_the_places_less_is_said(self) -> None:
        """At (1/4, 3/4) a coin between the ends of the line is proportional in expectation."""
        coin = uniform([ZERO, ONE])
        instances = [at(Fraction(1, 4), Fraction(3, 4))]
        assert isinstance(check(ExAnte(SPROP), lambda _: coin, instances), Tally)
        assert isinstance(check(ExPost(SPROP), lambda _: coin, instances), Refuted)

    @given(x=profiles(max_agents=4), y=points)
    def test_the_unit_of_length_is_immaterial(self, x: Profile, y: Fraction) -> None:
        survey = Instance(Line(1, 7), tuple(1 + 6 * report for report in x))
        for axiom in (PROP, SPROP):
            for small, large in zip(axiom.cases(at(*x)), axiom.cases(survey), strict=True):
                scaled = 6 * axiom.outcome_violation(y, small)
                assert axiom.outcome_violation(1 + 6 * y, large) == scaled

    def test_needs_ends(self) -> None:
        with pytest.raises(ValueError, match="proportionality needs two finite ends"):
            list(PROP.cases(Instance(Line(), (ZERO,))))


class TestCasesThatAreNone:
    """A case that somebody wrote down and that is none is refused by name."""

    @pytest.mark.parametrize(
        ("axiom", "case", "message"),
        [
            (IFS, Individual(at(0, 1), HALF), "type_ is 1/2: nobody reports it"),
            (PF, Neighbours(at(0, 1), ZERO, HALF, 1, ZERO), "high is 1/2: nobody reports it"),
            (PF, Neighbours(at(0, 1), HALF, ONE, 1, ONE), "low is 1/2: nobody reports it"),
            (PF, Neighbours(at(0, 0, 1), ZERO, ONE, 2, ONE), "size is 2: there are 3 reports from"),
            (
                SPF,
                Neighbours(at(0, HALF, 1), ZERO, ONE, 3, Fraction(1, 4)),
                "member is 1/4: nobody from 0 to 1 reports it",
            ),
            (SPF, Neighbours(at(0, 1), ONE, ZERO, 2, ZERO), "size is 2: there are 0 reports"),
            (
                PROP,
                Split(at(0, HALF), ZERO, ONE, above=True),
                "instance has a report 1/2: all",
            ),
            (PROP, Split(at(0, HALF), ZERO, HALF, above=False), "low and high are 0 and 1/2: they"),
            (SPROP, Split(at(0, 0), ZERO, ONE, above=False), "low and high are 0 and 1: they"),
            (SPROP, Split(at(0, 1), ONE, ZERO, above=True), "high is 0: it must not be below 1"),
        ],
    )
    def test_is_refused(self, axiom: Any, case: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            confirm(Refuted(Median(), ExPost(axiom), case, ONE))

    @pytest.mark.parametrize("axiom", [PF, SPF, PROP, SPROP])
    def test_needs_a_line(self, axiom: Any) -> None:
        with pytest.raises(ValueError, match="the axiom is about places on a Line"):
            list(axiom.cases(Instance(None, (ZERO,))))

    @pytest.mark.parametrize("axiom", NEARNESS)
    @pytest.mark.parametrize("tastes", [Obnoxious(), SinglePeaked()])
    def test_agents_who_want_other_things(self, axiom: Any, tastes: Any) -> None:
        instance = Instance(Line(0, 1, tastes=tastes), (ZERO, ONE))
        for case in axiom.cases(instance):
            with pytest.raises(Undecided, match=r"fair shares are of near|only an order"):
                axiom.outcome_violation(HALF, case)
        assert not isinstance(check(ExPost(axiom), Median(), [instance]), (Tally, Misbehaved))


class TestSentences:
    """Witnesses read as sentences."""

    @pytest.mark.parametrize(
        ("axiom", "reports", "outcome", "sentence"),
        [
            (IFS, (0, 0, 1), 0, "an agent who reports 1 gets 1/3 less than its own share"),
            (
                PF,
                (0, 1),
                0,
                "the agent at 1 is 1/2 farther from the facility than its share allows",
            ),
            (
                PF,
                (0, 0, 1),
                1,
                "the 2 agents at 0 are 2/3 farther from the facility than their share allows",
            ),
            (
                PF,
                (0, QUARTER),
                HALF,
                "an agent at 0 is 1/4 farther from the facility than the group of 2 from 0 to 1/4 "
                "allows",
            ),
            (PROP, (0, 0, 1), 0, "the facility is 1/3 below 1/3, the place in proportion,"),
            (SPROP, (HALF,), 1, "the facility is 1/2 above 1/2, the place in proportion,"),
        ],
    )
    def test_sentence(self, axiom: Any, reports: Any, outcome: Any, sentence: str) -> None:
        found = check(ExPost(axiom), lambda _: Fraction(outcome), [at(*reports)])
        assert isinstance(found, Refuted)
        told = found.case.instance.tell_reports()
        assert found.because == f"at {told}, {sentence} with outcome {outcome}"

    def test_in_expectation(self) -> None:
        found = check(ExAnte(IFS), lambda _: uniform([ZERO, QUARTER]), [at(0, 1)])
        assert isinstance(found, Refuted)
        assert found.because == (
            "at (0, 1), an agent who reports 1 gets 3/8 less than its own share in expectation"
        )
