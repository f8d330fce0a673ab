"""Axioms on goods and on rankings against foils and second definitions; what the settings read."""

from fractions import Fraction
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import (
    Domain,
    EnvyFree,
    EnvyFreeUpToOne,
    Finite,
    Goods,
    Instance,
    Line,
    MaximinShare,
    Misbehaved,
    Proved,
    Rankings,
    Refuted,
    SDStrategyproof,
    Strategyproof,
    Unknown,
    confirm,
    judge,
    verify,
)
from mechsim.algorithms.rounding import Rounded
from mechsim.algorithms.ties import AllTied, Lexicographic, Priority, UniformlyAtRandom
from mechsim.allocation import EnvyCycle, OneTakesAll, RoundRobin
from mechsim.axioms import Cutter, Envy, Misreport, Undecided
from mechsim.facility import Median
from mechsim.voting import Borda, RandomDictatorship

Ranking = tuple[int, ...]

CAR = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
SMALL = Goods(("car", "dog", "egg"), grid=(0, 1, 2))
PAIR = Goods(("car", "dog"), grid=(0, 1, 2))
VOTE = Rankings(("ann", "bob", "cat"))
TYPES = [*permutations(range(3))]
COIN = st.fractions(0, 1, max_denominator=6)

rankings = st.sampled_from(TYPES)
rows = st.lists(st.tuples(*[st.integers(0, 5)] * 4), min_size=2, max_size=3)


def at(setting: Any, *reports: Any) -> Instance:
    return Instance(setting, setting.read(reports))


class TestFoils:
    """Every axiom has a mechanism that breaks it, by a smallest witness that we can name."""

    @pytest.mark.parametrize(
        ("axiom", "foil", "case", "violation"),
        [
            (EnvyFreeUpToOne(), OneTakesAll(0, PAIR), Envy(at(PAIR, (1, 1), (1, 1)), 1, 0), 1),
            (MaximinShare(), OneTakesAll(0, PAIR), Cutter(at(PAIR, (1, 1), (1, 1)), 1), 1),
            (MaximinShare(), RoundRobin(SMALL), Cutter(at(SMALL, (2, 1, 1), (2, 1, 1)), 1), 1),
            (MaximinShare(), EnvyCycle(SMALL), Cutter(at(SMALL, (1, 1, 2), (1, 1, 2)), 1), 1),
            (EnvyFree(), RoundRobin(PAIR), Envy(at(PAIR, (1, 0), (1, 0)), 1, 0), 1),
            (
                SDStrategyproof(),
                Borda(Lexicographic(), VOTE),
                Misreport(at(VOTE, (0, 1, 2), (1, 0, 2)), 1, (1, 2, 0)),
                1,
            ),
            (
                SDStrategyproof(),
                Borda(UniformlyAtRandom(), VOTE),
                Misreport(at(VOTE, (0, 1, 2), (1, 0, 2)), 0, (0, 2, 1)),
                Fraction(1, 2),
            ),
        ],
    )
    def test_witness(self, axiom: Any, foil: Any, case: Any, violation: Any) -> None:
        verdict = verify(foil, axiom, case.instance.setting, agents=2)
        assert isinstance(verdict, Refuted)
        assert verdict.arithmetic == "exact"
        named = Refuted(foil, verdict.axiom, case, violation)
        assert confirm(named), "the smallest witness that we can name replays"
        assert confirm(verdict)

    @pytest.mark.parametrize("axiom", [EnvyFreeUpToOne(), MaximinShare()])
    def test_any_values_are_searched(self, axiom: Any) -> None:
        """Where goods may be worth any number, the search finds the foil out too."""
        verdict = verify(OneTakesAll(0, CAR), axiom, CAR, agents=2)
        assert isinstance(verdict, Refuted)
        assert max(max(row) for row in verdict.case.instance.profile) == 1

    def test_witnesses_are_shrunk(self) -> None:
        """The first one that the search finds has values up to 88."""
        five = Goods(tuple("abcde"))
        verdict = verify(EnvyCycle(five), MaximinShare(), five, agents=3)
        assert isinstance(verdict, Refuted)
        assert max(max(row) for row in verdict.case.instance.profile) <= 2
        assert confirm(verdict)


class TestTypedAllocations:
    """An allocation that a user typed in is judged, and the witness speaks by the names given."""

    REPORTS = ((4, 0, 0), (3, 2, 1))

    def test_maximin_share(self) -> None:
        typed = CAR.bundles({"bob": ["dog"], "ann": ["egg", "car"]})
        assert str(judge(typed, MaximinShare(), at(CAR, *self.REPORTS))) == (
            "the given outcome fails ExPost(MaximinShare) on Goods(car, dog, egg): at ((4, 0, 0), "
            "(3, 2, 1)), bob gets 1 less than its maximin share 3, which it is sure of by cutting "
            "{car} | {dog, egg}, with outcome ann: {car, egg}, bob: {dog}"
        )

    def test_envy_up_to_one(self) -> None:
        everything = CAR.bundles({"ann": ["car", "dog", "egg"], "bob": []})
        assert str(judge(everything, EnvyFreeUpToOne(), at(CAR, *self.REPORTS))) == (
            "the given outcome fails ExPost(EnvyFreeUpToOne) on Goods(car, dog, egg): at "
            "((4, 0, 0), (3, 2, 1)), bob envies ann by 3 even if any one good is taken from ann, "
            "with outcome ann: {car, dog, egg}, bob: {}"
        )

    def test_a_fair_one(self) -> None:
        typed = CAR.bundles([["car"], ["dog", "egg"]])
        for axiom in (MaximinShare(), EnvyFreeUpToOne(), EnvyFree()):
            assert isinstance(judge(typed, axiom, at(CAR, *self.REPORTS)), Proved)

    def test_what_is_no_allocation(self) -> None:
        nothing = (frozenset[int](), frozenset[int]())
        verdict = judge(nothing, EnvyFreeUpToOne(), at(CAR, *self.REPORTS))
        assert isinstance(verdict, Misbehaved)
        assert "which is no outcome of Goods(car, dog, egg)" in str(verdict)

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ({"ann": ["car"]}, r"given has no bundle for bob: it may be empty, as in \[\]"),
            ({"ann": [], "bob": ["cat"]}, r"given\['bob'\] has 'cat': it must be one of car, dog"),
            ({"ann": ["car"], "bob": ["car"]}, r"given\['bob'\] has 'car', which given\['ann'\] h"),
            ({"ann": ["car"], "bob": []}, "given leaves dog, egg to nobody"),
            ({"ann": [], "eve": [], "bob": []}, "given has a bundle for 'eve': it must be ann, bo"),
            ({"ann": "car", "bob": []}, r"given\['ann'\] is 'car': it must be a list of goods"),
            ([["car"], ["dog"], ["egg"]], "given has 3 bundles: it must have one for each of 2 ag"),
        ],
    )
    def test_refused(self, typed: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            CAR.bundles(typed)

    @pytest.mark.parametrize(
        ("alternative", "admitted"),
        [
            ((frozenset({0, 1}), frozenset({2})), True),
            ((frozenset({0, 1}), frozenset({1, 2})), False),
            ((frozenset({0, 1}), frozenset({3})), False),
            ((frozenset({0, 1, 2}),), False),
            (({0, 1}, {2}), False),
            ([frozenset({0, 1}), frozenset({2})], False),
        ],
    )
    def test_admits(self, alternative: Any, admitted: bool) -> None:
        assert CAR.admits(alternative) == admitted

    def test_names_need_names(self) -> None:
        with pytest.raises(ValueError, match="by name, and the setting does not name its agents"):
            PAIR.bundles({"ann": ["car"], "bob": ["dog"]})


class TestEnvyFreeUpToOne:
    """EF1 by the definition written out: some good whose removal ends the envy."""

    @given(x=rows, holders=st.tuples(*[st.integers(0, 2)] * 4))
    def test_definition(self, x: list[tuple[int, ...]], holders: tuple[int, ...]) -> None:
        goods, agents = Goods(tuple("abcd")), range(len(x))
        bundles = tuple(
            frozenset(g for g, h in enumerate(holders) if h % len(x) == i) for i in agents
        )

        def worth(agent: int, bundle: frozenset[int]) -> int:
            return sum(x[agent][good] for good in bundle)

        axiom = EnvyFreeUpToOne()
        for case in axiom.cases(at(goods, *x)):
            own, other = bundles[case.agent], bundles[case.other]
            fine = not other or any(
                worth(case.agent, own) >= worth(case.agent, other - {good}) for good in other
            )
            assert (axiom.outcome_violation(bundles, case) <= 0) == fine

    def test_nothing_is_not_envied(self) -> None:
        case = Envy(at(PAIR, (1, 2), (1, 1)), 0, 1)
        everything = (frozenset({0, 1}), frozenset[int]())
        assert EnvyFreeUpToOne().outcome_violation(everything, case) == -3

    @given(x=rows)
    def test_envy_free_implies_it(self, x: list[tuple[int, ...]]) -> None:
        goods = Goods(tuple("abcd"))
        instance, outcome = at(goods, *x), RoundRobin(goods)(x)
        for case in EnvyFree().cases(instance):
            up_to_one = EnvyFreeUpToOne().outcome_violation(outcome, case)
            assert up_to_one <= EnvyFree().outcome_violation(outcome, case)


class TestMaximinShareAxiom:
    """Equal agents who share equally are served; where one has too little, both ways agree."""

    @given(x=rows)
    def test_the_share_is_what_copies_of_an_agent_can_all_have(
        self, x: list[tuple[int, ...]]
    ) -> None:
        """Among copies of an agent the share is attained, and nothing above it is."""
        goods = Goods(tuple("abcd"))
        for row in x:
            instance = at(goods, *[row] * len(x))
            case = Cutter(instance, 0)
            outcome = case.share.bundles
            found = [MaximinShare().outcome_violation(outcome, c) for c in _cases(instance)]
            assert max(found) == 0

    def test_needs_goods(self) -> None:
        line = Line(0, 1).grid(2)
        for axiom in (MaximinShare(), EnvyFreeUpToOne()):
            assert isinstance(verify(Median(line), axiom, line, agents=2), Unknown)

    def test_needs_an_agent(self) -> None:
        with pytest.raises(ValueError, match="agent is 7: there are 2 agents"):
            Cutter(at(CAR, (1, 1, 1), (1, 1, 1)), 7).validate()


def _cases(instance: Instance) -> list[Cutter]:
    return list(MaximinShare().cases(instance))


class TestStochasticDominance:
    """Dominance is no less in expectation for every utility that agrees with the order."""

    @given(
        truth=rankings,
        lie=rankings,
        p=st.tuples(COIN, COIN),
        q=st.tuples(COIN, COIN),
        data=st.data(),
    )
    def test_all_utilities(
        self, truth: Ranking, lie: Ranking, p: Any, q: Any, data: st.DataObject
    ) -> None:
        """The worst utility is a step; a sum of steps gains at most the steps' worst gain."""
        if truth == lie:
            return
        honest, lied = (lottery(*pair) for pair in (p, q))
        answers = {(truth,): honest, (lie,): lied}
        case = Misreport(at(VOTE, truth), 0, lie)
        gain = SDStrategyproof().violation(answers.__getitem__, case)
        steps = [chance(lied, truth[:k]) - chance(honest, truth[:k]) for k in (1, 2)]
        assert gain == max(steps)
        a, b = data.draw(COIN), data.draw(COIN)
        utility = {truth[0]: a + b, truth[1]: b, truth[2]: Fraction(0)}
        expected = lied.expect(utility.__getitem__) - honest.expect(utility.__getitem__)
        assert expected <= (a + b) * max(gain, Fraction(0))

    @given(x=st.tuples(rankings, rankings), lie=rankings)
    def test_sure_outcomes(self, x: tuple[Ranking, Ranking], lie: Ranking) -> None:
        """Of a rule's sure outcomes the axiom says what strategyproofness says."""
        case, rule = Misreport(at(VOTE, *x), 0, lie), Borda(Lexicographic(), VOTE)
        dominated = SDStrategyproof().violation(rule, case) > 0
        assert dominated == (Strategyproof().violation(rule, case) > 0)

    @pytest.mark.parametrize("policy", [UniformlyAtRandom(), Lexicographic(), Priority((2, 0, 1))])
    def test_sets_read_by_a_policy(self, policy: Any) -> None:
        """A set of tied candidates, read by a policy, is what the rule with that policy returns."""
        for instance in Domain(VOTE, agents=2):
            for case in SDStrategyproof().cases(instance):
                read = SDStrategyproof(sets=policy).violation(Borda(AllTied(), VOTE), case)
                assert read == SDStrategyproof().violation(Borda(policy, VOTE), case)

    def test_a_lottery_that_lists_nothing(self) -> None:
        half = Fraction(1, 2)

        def rounded(reports: Any) -> Rounded:
            return Rounded((half, half), (Fraction(1), Fraction(1)))

        verdict = verify(rounded, SDStrategyproof(), VOTE, agents=1)
        assert isinstance(verdict, Unknown)
        assert "this lottery does not list them" in str(verdict)

    def test_one_candidate(self) -> None:
        alone = Rankings(("ann",))
        verdict = verify(RandomDictatorship(alone), SDStrategyproof(), alone, agents=2)
        assert not isinstance(verdict, Refuted)


def lottery(first: Fraction, second: Fraction) -> Finite[int]:
    chances = {0: first * second, 1: first * (1 - second), 2: 1 - first}
    return Finite({o: p for o, p in chances.items() if p})


def chance(drawn: Finite[int], some: Ranking) -> Fraction:
    return sum((p for o, p in drawn.probability.items() if o in some), Fraction(0))


class TestGoodsRead:
    """Matrices of any kind are read; errors name row and column by the user's names."""

    def test_frames_are_read_by_name(self) -> None:
        frame = pd.DataFrame({"egg": [1, 2], "car": [3, 4.5], "dog": [0, 7]}, index=["bob", "ann"])
        read = CAR.read(frame)
        assert [*map(type, read[0])] == [float, Fraction, Fraction]
        assert read == ((4.5, 7, 2), (3, 0, 1))

    @pytest.mark.parametrize(
        "given_",
        [
            [[1, 2], [3, 4]],
            ((1, 2), (3, 4)),
            np.array([[1, 2], [3, 4]]),
            [np.array([1, 2]), [3, 4]],
        ],
        ids=["lists", "tuples", "matrix", "rows"],
    )
    def test_alike(self, given_: Any) -> None:
        assert Goods(("car", "dog")).read(given_) == ((1, 2), (3, 4))

    @pytest.mark.parametrize(
        ("given_", "message"),
        [
            ([], "reports is empty: at least one agent must report"),
            ([[1, 2, 3]], "reports has 1 of them: there must be one for each of 2 agents"),
            (
                [[1, 2, 3], [1, 2]],
                r"reports\[1\] has 2 entries: it must have one for each of 3 goo",
            ),
            ([[1, 2, 3], [1, -2, 3]], r"reports\[1\]\[1\], the value of dog to bob, is -2: it mus"),
            ([[1, "2", 3], [1, 2, 3]], r"reports\[0\]\[1\], the value of dog to ann, is '2' \(str"),
            ([[1, 2, np.nan], [1, 2, 3]], r"the value of egg to ann, is nan: it must be finite"),
            ([1, 2], r"reports\[0\] is 1 \(int\): it must be a list with one entry a good"),
            (
                ["abc", "abc"],
                r"reports\[0\] is 'abc' \(str\): it must be a list with one entry a g",
            ),
            ("abc", r"reports is 'abc' \(str\): it must be a list"),
            (np.zeros((2, 2, 2)), r"reports is an array of shape \(2, 2, 2\)"),
            (np.ma.masked_array([[1, 2, 3]], [[False, True, False]]), "reports is a masked array"),
            (
                pd.DataFrame({"car": [1, 2], "dog": [1, 2], "cat": [1, 2]}),
                "reports has the columns car, dog, cat: they must be car, dog, egg, in any order",
            ),
            (
                pd.DataFrame([[1, 2, 3], [1, 2, 3]], index=["ann", "eve"]),
                "reports has the rows ann, eve: they must be ann, bob, in any order",
            ),
        ],
    )
    def test_refused(self, given_: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            CAR.read(given_)

    def test_a_grid_takes_its_values_only(self) -> None:
        with pytest.raises(
            ValueError, match=r"dog to agent 0, is 3: it must be one of \(0, 1, 2\)"
        ):
            PAIR.read([[1, 3]])

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (((),), "names is empty: there must be at least one good"),
            ((("car", "car"),), "names has 'car' twice: names must differ"),
            (((1,),), r"names\[0\] is 1 \(int\): it must be text"),
            ((("car",), (1, 0)), r"grid is \(1, 0\): it must increase strictly from 0"),
            ((("car",), (-1, 0)), r"grid is \(-1, 0\): it must increase strictly from 0"),
            ((("car",), None, ("ann", "ann")), "agents has 'ann' twice: names must differ"),
        ],
    )
    def test_settings_refused(self, arguments: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            Goods(*arguments)

    def test_types(self) -> None:
        listed = PAIR.types(0)
        assert listed is not None
        assert (len(listed), listed[0], listed[-1]) == (9, (0, 0), (2, 2))
        assert CAR.types(0) is None
        assert Goods(tuple("abcdefgh"), grid=(0, 1, 2)).types(0) is None

    def test_a_grid_too_large_to_list_is_searched_on_the_grid(self) -> None:
        large = Goods(tuple("abcdefgh"), grid=(0, 3))
        object.__setattr__(large, "grid", (Fraction(0), Fraction(3), Fraction(7)))
        for profile, _ in zip(large.profiles(2, np.random.default_rng(0)), range(50), strict=False):
            assert large.read(profile) == profile
            for lie in large.misreports(0, profile):
                assert large.read([lie, profile[1]]) == (lie, profile[1])
            for row in large.simpler(profile[0]):
                assert sum(row) < sum(profile[0])


class TestRankingsRead:
    """Rankings by names or numbers; a ranking ranks each candidate once."""

    @pytest.mark.parametrize(
        "given_",
        [
            [["bob", "cat", "ann"], ["ann", "bob", "cat"]],
            [(1, 2, 0), (0, 1, 2)],
            np.array([[1, 2, 0], [0, 1, 2]]),
            pd.DataFrame([["bob", "cat", "ann"], ["ann", "bob", "cat"]]),
        ],
        ids=["names", "numbers", "matrix", "frame"],
    )
    def test_alike(self, given_: Any) -> None:
        assert VOTE.read(given_) == ((1, 2, 0), (0, 1, 2))

    @pytest.mark.parametrize(
        ("given_", "message"),
        [
            ([], "reports is empty: at least one agent must report"),
            ([["ann", "bob"]], r"reports\[0\] ranks cat nowhere: every candidate is ranked once"),
            ([["ann", "bob", "cat", "ann"]], r"reports\[0\] ranks ann twice"),
            ([["ann", "bob", "eve"]], r"reports\[0\]\[2\] is 'eve': it must be one of ann, bob, c"),
            ([[0, 1, 3]], r"reports\[0\]\[2\] is 3: it must be one of ann, bob, cat"),
            ([[True, 0, 2]], r"reports\[0\]\[0\] is True: it must be one of ann, bob, cat"),
            ([[0.0, 1, 2]], r"reports\[0\]\[0\] is 0.0: it must be one of ann, bob, cat"),
            (["ann"], r"reports\[0\] is 'ann' \(str\): it must be a list with one entry a cand"),
        ],
    )
    def test_refused(self, given_: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            VOTE.read(given_)

    def test_named_voters_are_counted(self) -> None:
        named = Rankings(("ann", "bob"), agents=("v", "w"))
        with pytest.raises(
            ValueError, match="reports has 1 of them: there must be one for each of"
        ):
            named.read([[0, 1]])

    def test_types_are_all_rankings(self) -> None:
        assert VOTE.types(0) == tuple(TYPES)

    def test_sets_have_no_rank(self) -> None:
        with pytest.raises(Undecided, match=r"the outcome is \{ann, bob\}: only one winner has"):
            VOTE.value(0, (0, 1, 2), frozenset({0, 1}))

    @pytest.mark.parametrize(
        ("alternative", "admitted"),
        [
            (0, True),
            (3, False),
            (True, False),
            (frozenset({0, 2}), True),
            (frozenset[int](), False),
        ],
    )
    def test_admits(self, alternative: Any, admitted: bool) -> None:
        assert VOTE.admits(alternative) == admitted
