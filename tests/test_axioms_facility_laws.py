"""Unanimity, efficiency, monotonicity, coalitions and clamps against their definitions."""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations_with_replacement, product
from statistics import median
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Profile, points, profiles

from mechsim import Domain, Instance, Line, Strategyproof, uniform, verify
from mechsim.axioms import (
    SEPARATIONS,
    ClampIdentity,
    Drawing,
    ExAnte,
    ExPost,
    GroupStrategyproof,
    IndividualFairShare,
    Monotone,
    ParetoOptimal,
    ProportionallyFair,
    Proved,
    Refuted,
    Seen,
    StrictlyMonotone,
    Tally,
    Unanimous,
    Universally,
    Unknown,
    WithProbability,
    Written,
    check,
)
from mechsim.axioms.names import label
from mechsim.facility import (
    Mean,
    Nash,
    RandomRank,
    UniformPhantom,
)
from mechsim.preferences import Hybrid, Obnoxious, SinglePeaked
from mechsim.preferences.tastes import Distance

UNIT = Line(0, 1)
HALVES, QUARTERS, SIXTHS = (UNIT.grid(steps) for steps in (2, 4, 6))
THREE, FIVE = (tuple(Fraction(k, steps) for k in range(steps + 1)) for steps in (2, 4))
ZERO, SIXTH, QUARTER, HALF, ONE = (Fraction(k, 12) for k in (0, 2, 3, 6, 12))
FIVE_SIXTHS = 5 * SIXTH
COALITION = SEPARATIONS[-1]  # two agents who had better trade reports
Rule: TypeAlias = Callable[[Profile], Fraction]


def at(setting: Line, *reports: Fraction | int) -> Instance:
    return Instance(setting, tuple(map(Fraction, reports)))


def spread(x: Profile) -> Fraction:
    return max(x) - min(x)


def midrange(x: Profile) -> Fraction:
    return (min(x) + max(x)) / 2


def mid_or_nearest(x: Profile) -> Fraction:
    return min(max(HALF, min(x)), max(x))


def mean_or_rank(x: Profile) -> Any:
    return uniform([*x, *[sum(x) / Fraction(len(x))] * len(x)])


def left_right_middle(x: Profile) -> Any:
    return uniform([min(x), max(x), midrange(x), midrange(x)])


class TestUnanimous:
    """Where all like the same best, the outcome is that; or as good for all."""

    @given(x=profiles(max_agents=4), y=points)
    @pytest.mark.parametrize("tastes", [Distance(), SinglePeaked()])
    def test_one_peak(self, tastes: Any, x: Profile, y: Fraction) -> None:
        line = Line(0, 1, tastes=tastes)
        found = [Unanimous().outcome_violation(y, c) for c in Unanimous().cases(at(line, *x))]
        assert found == ([abs(y - x[0])] if len(set(x)) == 1 else [])

    @given(x=profiles(max_agents=3), y=points)
    def test_a_nuisance(self, x: Profile, y: Fraction) -> None:
        """All on one side like the other end best."""
        line = Line(0, 1, tastes=Obnoxious())
        for case in Unanimous().cases(at(line, *x)):
            loses = max(abs(case.best - peak) - abs(y - peak) for peak in x)
            assert Unanimous().outcome_violation(y, case) == loses
            assert all(abs(case.best - peak) == max(peak, 1 - peak) for peak in x)
        if max(x) < HALF or min(x) > HALF:
            assert list(Unanimous().cases(at(line, *x)))

    def test_two_best_places(self) -> None:
        """Agents in the middle like both ends best, so either will do."""
        (case,) = Unanimous().cases(at(Line(0, 1, tastes=Obnoxious()), HALF, HALF))
        assert [Unanimous().outcome_violation(y, case) for y in (ZERO, ONE)] == [0, 0]
        assert Unanimous().outcome_violation(QUARTER, case) == QUARTER

    def test_agents_who_want_different_things(self) -> None:
        hybrid = Line(0, 1, tastes=Hybrid(obnoxious=(1,)))
        (case,) = Unanimous().cases(at(hybrid, 1, QUARTER))
        assert case.best == 1
        assert not list(Unanimous().cases(at(hybrid, QUARTER, QUARTER)))


class TestParetoOptimal:
    """No place is better for somebody and worse for nobody."""

    @pytest.mark.parametrize(
        "tastes", [Distance(), Obnoxious(), Hybrid(()), Hybrid((0,)), Hybrid((1,)), Hybrid((0, 1))]
    )
    @pytest.mark.parametrize("agents", [1, 2, 3])
    def test_definition(self, tastes: Any, agents: int) -> None:
        """On quarters; a dominating place can always be found among quarters too."""
        line = Line(0, 1, FIVE, tastes)
        values = {
            (i, x, y): tastes.value(i, x, y) for i, x, y in product(range(agents), FIVE, FIVE)
        }

        def better(x: Profile, z: Fraction, y: Fraction) -> bool:
            gains = [values[i, peak, z] - values[i, peak, y] for i, peak in enumerate(x)]
            return bool(min(gains) >= 0 < max(gains))

        for x, y in product(product(FIVE, repeat=agents), FIVE):
            z = line.dominating(x, y)
            if z is None:
                assert not any(better(x, other, y) for other in FIVE)
            else:
                gains = [tastes.value(i, p, z) - tastes.value(i, p, y) for i, p in enumerate(x)]
                assert min(gains) >= 0 < max(gains)
                assert 0 <= z <= 1

    @given(x=profiles(max_agents=4), y=points, z=points)
    def test_single_peaked(self, x: Profile, y: Fraction, z: Fraction) -> None:
        """Whatever the preferences are: the places between the extreme peaks and no others."""
        line = Line(0, 1, tastes=SinglePeaked())
        (case,) = ParetoOptimal().cases(at(line, *x))
        violation = ParetoOptimal().outcome_violation(y, case)
        assert violation == max(min(x) - y, y - max(x), 0)
        if not violation:  # if z is another place, somebody likes y better
            assert z == y or any(peak <= y < z or z < y <= peak for peak in x)

    @given(x=profiles(max_agents=3), y=points)
    @pytest.mark.parametrize("tastes", [Distance(), Obnoxious(), Hybrid((0,))])
    def test_the_unit_of_length_is_immaterial(self, tastes: Any, x: Profile, y: Fraction) -> None:
        found = Line(0, 1, tastes=tastes).dominating(x, y)
        survey = Line(1, 7, tastes=tastes).dominating(tuple(1 + 6 * peak for peak in x), 1 + 6 * y)
        assert survey == (None if found is None else 1 + 6 * found)

    def test_unknown_tastes(self) -> None:
        class Odd:
            value = values = None

        line = Line(0, 1, tastes=Odd())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        found = check(ExPost(ParetoOptimal()), min, [at(line, 0, 1)])
        assert isinstance(found, Unknown)

    def test_in_expectation_it_is_no_more_than_ex_post(self) -> None:
        """A coin between the ends is not efficient ex ante: 1/2 is better for the agent there."""
        domain = [at(UNIT, 0, HALF, 1)]
        for reading in (ExPost, ExAnte):
            found = check(reading(ParetoOptimal()), lambda _: uniform([ZERO, ONE]), domain)
            assert isinstance(found, Tally)


tables: st.SearchStrategy[Written] = st.lists(points, min_size=9, max_size=9).map(
    lambda outcomes: Written(tuple(zip(product(THREE, repeat=2), outcomes, strict=True)))
)


class TestMonotone:
    """No increase of any reports lowers the outcome; strictly, every one raises it."""

    @given(table=tables, monotone=st.booleans(), slope=st.sampled_from([0, 1]))
    def test_all_pairs_of_profiles(self, table: Written, monotone: bool, slope: int) -> None:
        def rule(x: Profile) -> Any:
            if not monotone:
                return table(x)
            below: list[Fraction] = [y for z, y in table.table if z[0] <= x[0] and z[1] <= x[1]]
            return (max(below) + slope * sum(x)) / 3

        pairs = [
            (x, z)
            for x, z in product(product(THREE, repeat=2), repeat=2)
            if x != z and x[0] <= z[0] and x[1] <= z[1]
        ]
        domain = Domain(HALVES, agents=2)
        weakly = all(rule(x) <= rule(z) for x, z in pairs)
        strictly = all(rule(x) < rule(z) for x, z in pairs)
        assert isinstance(check(Monotone(), rule, domain), Tally) == weakly
        assert isinstance(check(StrictlyMonotone(), rule, domain), Tally) == strictly
        assert weakly or not monotone

    def test_expected_outcomes_are_compared(self) -> None:
        """A lottery that gets wider and not lower is monotone; if its mean stays, not strictly."""

        def wider(x: Profile) -> Any:
            return uniform([HALF - x[0] / 2, HALF + x[0] / 2])

        domain = Domain(HALVES, agents=1)
        assert isinstance(check(Monotone(), wider, domain), Tally)
        assert isinstance(check(StrictlyMonotone(), wider, domain), Refuted)

    def test_floats_say_so(self) -> None:
        found = check(StrictlyMonotone(), lambda x: 0.5, Domain(HALVES, agents=1))
        assert isinstance(found, Refuted)
        assert found.arithmetic == "float"

    def test_is_about_numbers(self) -> None:
        found = check(Monotone(), lambda x: "left", Domain(Line(0, 1, THREE), agents=1))
        assert not isinstance(found, (Tally, Refuted))


class TestGroupStrategyproof:
    """No joint misreport is a strict gain for all who take part."""

    @given(table=tables)
    def test_definition(self, table: Written) -> None:
        def gains(x: Profile, z: Profile) -> bool:
            liars = [i for i in range(2) if x[i] != z[i]]
            return all(abs(table(z) - x[i]) < abs(table(x) - x[i]) for i in liars)

        every = list(product(THREE, repeat=2))
        manipulable = any(gains(x, z) for x, z in product(every, every) if x != z)
        found = check(GroupStrategyproof(), table, Domain(HALVES, agents=2))
        assert isinstance(found, Refuted) == manipulable

    def test_all_joint_misreports_are_tried(self) -> None:
        cases = list(GroupStrategyproof().cases(at(QUARTERS, 0, HALF, 1)))
        assert len({case.reports for case in cases}) == len(cases) == 5**3 - 1
        assert [len(case.group) for case in cases] == sorted(len(case.group) for case in cases)
        assert len(list(GroupStrategyproof(size=1).cases(at(QUARTERS, 0, HALF, 1)))) == 3 * 4

    def test_on_a_continuum_few_are_combined(self) -> None:
        cases = list(GroupStrategyproof().cases(at(UNIT, 0, QUARTER, 1)))
        assert sum(len(case.group) == 3 for case in cases) <= 5**3
        assert sum(len(case.group) == 2 for case in cases) <= 3 * 5**2
        assert sum(len(case.group) == 1 for case in cases) == len(
            list(Strategyproof().cases(at(UNIT, 0, QUARTER, 1)))
        )

    def test_small_coalitions_may_not_suffice(self) -> None:
        domain = COALITION.instances
        assert isinstance(check(GroupStrategyproof(size=1), COALITION.mechanism, domain), Tally)
        assert isinstance(check(GroupStrategyproof(size=2), COALITION.mechanism, domain), Refuted)

    def test_phantoms(self) -> None:
        for tastes in (Distance(), SinglePeaked()):
            line = Line(0, 1, UNIT.grid(3).points, tastes)
            verdict = verify(UniformPhantom(), GroupStrategyproof(), line, agents=3)
            assert isinstance(verdict, Proved)

    def test_size(self) -> None:
        with pytest.raises(ValueError, match="size is 0: it must be a whole number, at least 1"):
            GroupStrategyproof(size=0)


class TestClampIdentity:
    """f(x) = med(x_i, f(a, x_-i), f(b, x_-i)): strategyproof for all single-peaked preferences."""

    @given(x=profiles(max_agents=5), data=st.data())
    def test_phantoms_clamp(self, x: Profile, data: st.DataObject) -> None:
        n = len(x)
        phantoms = data.draw(st.lists(points, min_size=n + 1, max_size=n + 1))

        def rule(reports: Profile) -> Fraction:
            return median([*reports, *phantoms])

        assert isinstance(check(ClampIdentity(), rule, [at(UNIT, *x)]), Tally)

    @pytest.mark.parametrize(("rule", "expected"), [(Mean(), 666), (midrange, 594)])
    def test_violations_on_sixths(self, rule: Any, expected: int) -> None:
        axiom = ClampIdentity()
        cases = [case for i in Domain(SIXTHS, agents=3) for case in axiom.cases(i)]
        assert sum(axiom.violation(rule, case) > 0 for case in cases) == expected
        assert len(cases) == 3 * 7**3

    @pytest.mark.parametrize(("agents", "rules"), [(1, 5**3), (2, 3**6)])
    def test_is_strategyproofness_for_all_single_peaked_preferences(
        self, agents: int, rules: int
    ) -> None:
        """Every anonymous rule on three peaks: one agent, five places; two agents, three places."""
        line = Line(0, 1, THREE, SinglePeaked())
        places = FIVE if agents == 1 else THREE
        rows = list(combinations_with_replacement(THREE, agents))
        domain, tried, found = list(Domain(line, agents)), 0, 0
        for outcomes in product(places or (), repeat=len(rows)):
            table = dict(zip(rows, outcomes, strict=True))

            def rule(x: Profile, table: Any = table) -> Any:
                return table[tuple(sorted(x))]

            clamps = isinstance(check(ClampIdentity(), rule, domain), Tally)
            assert clamps == isinstance(check(Strategyproof(), rule, domain), Tally)
            tried, found = tried + 1, found + clamps
        assert (tried, found) == (rules, 10 if agents == 2 else found)

    def test_chance(self) -> None:
        """It is about rules; a mechanism that says which it draws is asked about each."""
        domain = Domain(HALVES, agents=2)
        assert isinstance(check(ClampIdentity(), RandomRank(), domain), Unknown)
        assert isinstance(check(Universally(ClampIdentity()), RandomRank(), domain), Tally)

    def test_irrational_outcomes(self) -> None:
        """Of Nash's rule it is decided, by balls; what is decided agrees with floats."""
        found = check(ClampIdentity(), Nash(), Domain(SIXTHS, agents=3))
        assert isinstance(found, Refuted)
        case: Seen = found.case
        low, high = (Nash()(case.instance.replace(case.agent, end).reports) for end in (0, 1))
        there = float(Nash()(case.instance.reports))
        report = float(case.instance.profile[case.agent])
        clamped = sorted((report, float(low), float(high)))[1]
        assert abs(there - clamped) == pytest.approx(float(found.violation))

    def test_points_without_the_ends(self) -> None:
        line = Line(0, 1, (QUARTER, HALF))
        (case,) = ClampIdentity().cases(at(line, HALF))
        assert case.extremes == (QUARTER, HALF)


class TestWithProbability:
    """The outcomes that satisfy an axiom have at least this probability."""

    @given(x=profiles(max_agents=4), drawn=st.lists(points, min_size=1, max_size=4), q=points)
    def test_definition(self, x: Profile, drawn: list[Fraction], q: Fraction) -> None:
        fair = ProportionallyFair()
        cases = list(fair.cases(at(UNIT, *x)))
        good = [y for y in drawn if all(fair.outcome_violation(y, case) <= 0 for case in cases)]
        least = q or ONE
        found = WithProbability(fair, least).violation(
            lambda _: uniform(drawn), Drawing(at(UNIT, *x))
        )
        assert found == least - Fraction(len(good), len(drawn))
        always = check(ExPost(fair), lambda _: uniform(drawn), [at(UNIT, *x)])
        surely = check(WithProbability(fair, 1), lambda _: uniform(drawn), [at(UNIT, *x)])
        assert type(always) is type(surely)

    @pytest.mark.parametrize(
        ("mechanism", "agents", "probability"),
        [
            (RandomRank(), 2, ZERO),
            (mean_or_rank, 2, HALF),
            (mean_or_rank, 3, HALF),
            (left_right_middle, 2, HALF),
            (left_right_middle, 3, ZERO),
        ],
    )
    def test_how_likely_proportional_fairness_is(
        self, mechanism: Any, agents: int, probability: Fraction
    ) -> None:
        domain = list(Domain(SIXTHS, agents))
        axiom = WithProbability(ProportionallyFair(), 1)
        worst = max(axiom.violation(mechanism, Drawing(instance)) for instance in domain)
        assert worst == 1 - probability

    def test_floats_say_so(self) -> None:
        axiom = WithProbability(IndividualFairShare(), HALF)
        found = check(axiom, lambda _: 0.5, [at(UNIT, 0, 1)])
        assert isinstance(found, Tally)
        assert found.rounded

    def test_rounding_is_no_violation(self) -> None:
        axiom = WithProbability(Unanimous(), 1)
        assert isinstance(check(axiom, lambda _: 0.1 + 0.2, [Instance(UNIT, (0.3,))]), Tally)

    def test_heading(self) -> None:
        assert label(WithProbability(ProportionallyFair(), HALF)) == "P>=1/2 PF"

    @pytest.mark.parametrize("least", [0, -HALF, 2])
    def test_least(self, least: Any) -> None:
        with pytest.raises(ValueError, match=f"least is {least}: it must be above 0 and at most 1"):
            WithProbability(Unanimous(), least)

    def test_needs_an_axiom_of_outcomes(self) -> None:
        with pytest.raises(ValueError, match="axiom is Strategyproof: it must be about an outcome"):
            WithProbability(Strategyproof(), HALF)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    def test_a_lottery_that_is_not_listed(self) -> None:
        class Sampler:
            def expect(self, value: Any) -> Any:
                return 0

            def sample(self, rng: Any, size: int) -> list[Fraction]:
                return [ZERO] * size

        found = check(WithProbability(Unanimous(), 1), lambda _: Sampler(), [at(UNIT, 0)])
        assert isinstance(found, Unknown)
