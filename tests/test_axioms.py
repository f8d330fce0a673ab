"""Each axiom against a mechanism known to fail it, and against a second definition."""

from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given
from strategies import TWO_FACILITIES, Profile, points, profiles

from mechsim import (
    Anonymous,
    Domain,
    ExAnte,
    ExPost,
    Instance,
    Line,
    Refuted,
    Strategyproof,
    UnanimousFairShare,
    Universally,
    verify,
)
from mechsim.axioms import LikeMinded, Misreport, Swap, Tally, check
from mechsim.catalogue import entries
from mechsim.facility import Dictatorship, Mean, Median, RandomDictatorship, RandomRank

UNIT = Line(0, 1)
ZERO, HALF, ONE = Fraction(0), Fraction(1, 2), Fraction(1)
UFS = UnanimousFairShare()
FOR_THREE = ("generalized-median", "phantom-median")  # cards of rules for three agents
MECHANISMS = [
    pytest.param(e.card.rule(UNIT), id=e.name)
    for e in entries()
    if e.family == "facility" and e.name not in (*FOR_THREE, *TWO_FACILITIES)
]


def at(*reports: Fraction) -> Instance:
    return Instance(UNIT, reports)


class TestFoils:
    """Every axiom has a mechanism that breaks it, by a smallest witness that we can name."""

    @pytest.mark.parametrize(
        ("axiom", "foil", "case", "violation"),
        [
            (Strategyproof(), Mean(), Misreport(at(ZERO, HALF), 1, ONE), Fraction(1, 4)),
            (Universally(Strategyproof()), Mean(), Misreport(at(ZERO, HALF), 1, ONE), 0.25),
            (Anonymous(), Dictatorship(), Swap(at(ZERO, ONE), 0, 1), 1),
            (Universally(Anonymous()), RandomDictatorship(), Swap(at(ZERO, ONE), 0, 1), 1),
            (ExPost(UFS), Median(), LikeMinded(at(ZERO, ONE), ONE, 1), HALF),
            (ExAnte(UFS), Median(), LikeMinded(at(ZERO, ONE), ONE, 1), HALF),
            (ExPost(UFS), RandomRank(), LikeMinded(at(ZERO, ONE), ZERO, 1), HALF),
        ],
    )
    def test_witness(self, axiom: Any, foil: Any, case: Any, violation: Any) -> None:
        verdict = verify(foil, axiom, UNIT, agents=2)
        assert isinstance(verdict, Refuted)
        assert verdict.case == case
        assert verdict.violation == violation
        assert verdict.arithmetic == "exact"


class TestStrategyproof:
    """The violation is what the liar gains, by the definition written out."""

    @pytest.mark.parametrize("mechanism", MECHANISMS)
    @given(x=profiles(min_agents=2, max_agents=4), lie=points)
    def test_is_the_gain(self, mechanism: Any, x: Profile, lie: Fraction) -> None:
        def cost(outcome: Any) -> Any:
            if not hasattr(outcome, "probability"):
                return abs(outcome - x[0])
            return sum(p * abs(y - x[0]) for y, p in outcome.probability.items())

        gain = cost(mechanism(x)) - cost(mechanism((lie, *x[1:])))
        assert Strategyproof().violation(mechanism, Misreport(at(*x), 0, lie)) == gain

    def test_a_grid_has_every_misreport(self) -> None:
        instance = Instance(UNIT.grid(4), (ZERO, HALF))
        cases = {(case.agent, case.report) for case in Strategyproof().cases(instance)}
        quarters = {Fraction(k, 4) for k in range(5)}
        assert cases == {(a, r) for a in (0, 1) for r in quarters if r != instance.profile[a]}

    @given(x=profiles(min_agents=2, max_agents=4))
    def test_a_continuum_proposes_lies_inside_it(self, x: Profile) -> None:
        for case in Strategyproof().cases(at(*x)):
            assert 0 <= case.report <= 1
            assert case.report != x[case.agent]


class TestAnonymous:
    """No swap changes the lottery exactly if no permutation of the agents does."""

    @pytest.mark.parametrize("mechanism", MECHANISMS)
    def test_swaps_say_what_permutations_say(self, mechanism: Any) -> None:
        domain = Domain(UNIT.grid(2), agents=3)
        by_definition = all(
            mechanism(instance.reports) == mechanism(order)
            for instance in domain
            for order in permutations(instance.profile)
        )
        assert isinstance(check(Anonymous(), mechanism, domain), Tally) == by_definition

    def test_violation_is_total_variation(self) -> None:
        case = Swap(at(ZERO, HALF, ONE), 0, 2)
        assert Anonymous().violation(Dictatorship(0), case) == 1
        assert Anonymous().violation(RandomDictatorship(), case) == 0


class TestUniversally:
    """Universal implies in expectation; equal lotteries can differ universally."""

    @given(x=profiles(min_agents=2, max_agents=4))
    def test_random_rank_and_random_dictatorship_are_one_lottery(self, x: Profile) -> None:
        assert RandomRank()(x) == RandomDictatorship()(x)

    @pytest.mark.parametrize("mechanism", MECHANISMS)
    @pytest.mark.parametrize("axiom", [Strategyproof(), Anonymous()], ids=["SP", "ANON"])
    def test_implies_in_expectation(self, mechanism: Any, axiom: Any) -> None:
        domain = Domain(UNIT.grid(3), agents=3)
        if isinstance(check(Universally(axiom), mechanism, domain), Tally):
            assert isinstance(check(axiom, mechanism, domain), Tally)


class TestUnanimousFairShare:
    """|y - x_i| <= 1 - |S|/n for every group S at one point, by the definition written out."""

    @given(x=profiles(max_agents=5), y=points)
    def test_largest_groups_bind(self, x: Profile, y: Fraction) -> None:
        agents = range(len(x))
        groups = [
            group
            for size in range(1, len(x) + 1)
            for group in combinations(agents, size)
            if len({x[i] for i in group}) == 1
        ]
        worst = max(abs(y - x[group[0]]) - (1 - Fraction(len(group), len(x))) for group in groups)
        found = max(UFS.outcome_violation(y, case) for case in UFS.cases(at(*x)))
        assert found == worst

    @given(x=profiles(max_agents=5), y=points)
    def test_unit_of_length_is_immaterial(self, x: Profile, y: Fraction) -> None:
        survey = Instance(Line(1, 7), tuple(1 + 6 * report for report in x))
        for small, large in zip(UFS.cases(at(*x)), UFS.cases(survey), strict=True):
            scaled = 6 * UFS.outcome_violation(y, small)
            assert UFS.outcome_violation(1 + 6 * y, large) == scaled

    @pytest.mark.parametrize("mechanism", MECHANISMS)
    def test_ex_post_implies_ex_ante(self, mechanism: Any) -> None:
        domain = Domain(UNIT.grid(3), agents=3)
        if isinstance(check(ExPost(UFS), mechanism, domain), Tally):
            assert isinstance(check(ExAnte(UFS), mechanism, domain), Tally)

    def test_needs_an_interval(self) -> None:
        (case,) = UFS.cases(Instance(Line(), (ZERO,)))
        with pytest.raises(ValueError, match="a fair share needs two finite ends"):
            UFS.outcome_violation(ZERO, case)
