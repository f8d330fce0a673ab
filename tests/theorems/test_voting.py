"""Borda under several tie policies, dictatorship and its lottery: one class for each statement."""

from fractions import Fraction
from itertools import combinations_with_replacement, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import (
    Finite,
    Instance,
    Population,
    Proved,
    Rankings,
    Refuted,
    SDStrategyproof,
    play,
    uniform,
    verify,
)
from mechsim.algorithms.ties import AllTied, Lexicographic, Priority, Refuse, UniformlyAtRandom
from mechsim.mechanism import compound
from mechsim.voting import Borda, Dictatorship, RandomDictatorship

Ranking = tuple[int, ...]
Profile = tuple[Ranking, ...]

VOTE = Rankings(("ann", "bob", "cat"))
FOUR = Rankings(("ann", "bob", "cat", "dan"))


def profiles(vote: Rankings, max_agents: int = 5) -> st.SearchStrategy[Profile]:
    ranking = st.permutations(range(len(vote.candidates))).map(tuple)
    return st.lists(ranking, min_size=1, max_size=max_agents).map(tuple)


def borda_winners(profile: Profile) -> frozenset[int]:
    """Who is preferred to others by most voters, summed over the others."""
    candidates = sorted(profile[0])
    support = [
        sum(r.index(c) < r.index(other) for r in profile for other in candidates if other != c)
        for c in candidates
    ]
    return frozenset(c for c in candidates if support[c] == max(support))


class TestBordaScore:
    """A candidate's score is how often it is preferred to another one."""

    @given(x=profiles(FOUR))
    def test_is_a_sum_over_pairs(self, x: Profile) -> None:
        assert Borda(AllTied(), FOUR)(x) == borda_winners(x)

    @given(x=profiles(FOUR), names=st.permutations(range(4)))
    def test_names_do_not_matter(self, x: Profile, names: list[int]) -> None:
        """Renaming the candidates renames the winners."""
        renamed = tuple(tuple(names[c] for c in ranking) for ranking in x)
        winners = Borda(AllTied(), FOUR)(x)
        assert isinstance(winners, frozenset)
        assert Borda(AllTied(), FOUR)(renamed) == frozenset(names[c] for c in winners)

    def test_ten_million_ballots(self) -> None:
        """Ann has 2 * 7 + 1, bob 7 + 2 * 3, cat 2 points, in millions; more ballots name bob."""
        ballots = Population(
            (("ann", "bob", "cat"), ("bob", "ann", "cat"), ("bob", "cat", "ann")),
            (7_000_000, 1_000_000, 2_000_000),
        )
        assert Borda(AllTied(), VOTE)(ballots) == frozenset({0})
        lottery = RandomDictatorship(VOTE)(ballots)
        assert lottery == Finite({0: Fraction(7, 10), 1: Fraction(3, 10)})

    @given(x=profiles(FOUR), counts=st.lists(st.integers(1, 9), min_size=5, max_size=5))
    def test_ballots_may_be_counted(self, x: Profile, counts: list[int]) -> None:
        population = Population(x, tuple(counts[: len(x)]))
        for rule in (Borda(AllTied(), FOUR), RandomDictatorship(FOUR)):
            assert rule(population) == rule(population.expanded())


class TestTiePolicies:
    """Every policy chooses among the same tied candidates, and the verdicts say which it was."""

    @given(x=profiles(FOUR))
    def test_choose_among_the_tied(self, x: Profile) -> None:
        tied = sorted(borda_winners(x))
        assert Borda(Lexicographic(), FOUR)(x) == tied[0]
        assert Borda(Priority((3, 2, 1, 0)), FOUR)(x) == tied[-1]
        assert Borda(UniformlyAtRandom(), FOUR)(x) == uniform(tied)

    def test_a_tie_may_be_refused(self) -> None:
        with pytest.raises(ValueError, match=r"reports tie \(0, 1\): this rule refuses ties"):
            Borda(Refuse(), VOTE)([["ann", "bob", "cat"], ["bob", "ann", "cat"]])

    @pytest.mark.parametrize(
        ("ties", "sentence"),
        [
            (
                Lexicographic(),
                "Borda(Lexicographic) fails SDStrategyproof on Rankings(ann, bob, cat): "
                "at (ann > bob > cat, bob > ann > cat), agent 1 reports bob > cat > ann instead "
                "of bob > ann > cat, which raises the chance of bob from 0 to 1",
            ),
            (
                UniformlyAtRandom(),
                "Borda(UniformlyAtRandom) fails SDStrategyproof on Rankings(ann, bob, cat): "
                "at (ann > bob > cat, bob > ann > cat), agent 0 reports ann > cat > bob instead "
                "of ann > bob > cat, which raises the chance of ann from 1/2 to 1",
            ),
            (
                AllTied(),
                "unknown for Borda(AllTied) and SDStrategyproof after 1 case: the outcome is the "
                "set {ann}, and how agents compare sets is not said; say how one is read, as in "
                "SDStrategyproof(sets=UniformlyAtRandom())",
            ),
        ],
    )
    def test_one_question_under_three_policies(self, ties: Any, sentence: str) -> None:
        assert str(verify(Borda(ties, VOTE), SDStrategyproof(), VOTE, agents=2)) == sentence


class TestBordaIsManipulable:
    """Burying the strongest rival pays, at the profiles that a direct count finds."""

    @pytest.mark.parametrize(("voters", "manipulable", "profiles"), [(3, 18, 56), (4, 24, 126)])
    def test_by_optimists(self, voters: int, manipulable: int, profiles: int) -> None:
        """Of all profiles up to the voters' names, where an optimist expects its favourite of
        the tied: the axiom with sets read by the liar's true ranking, and a direct count."""
        rule, listed = Borda(AllTied(), VOTE), [*permutations(range(3))]
        every = [*combinations_with_replacement(listed, voters)]
        by_axiom = sum(
            any(
                SDStrategyproof(Priority(profile[case.agent])).violation(rule, case) > 0
                for case in SDStrategyproof().cases(Instance(VOTE, profile))
            )
            for profile in every
        )
        by_hand = sum(
            any(
                min(map(truth.index, borda_winners((*profile[:i], lie, *profile[i + 1 :]))))
                < min(map(truth.index, borda_winners(profile)))
                for i, truth in enumerate(profile)
                for lie in listed
            )
            for profile in every
        )
        assert (by_axiom, by_hand, len(every)) == (manipulable, manipulable, profiles)

    def test_not_by_a_single_voter(self) -> None:
        verdict = verify(Borda(Lexicographic(), VOTE), SDStrategyproof(), VOTE, agents=1)
        assert isinstance(verdict, Proved)

    def test_with_six_candidates(self) -> None:
        """Rankings are too many to list; the search finds a lie all the same."""
        six = Rankings(tuple("abcdef"))
        assert six.types(0) is None
        verdict = verify(Borda(Lexicographic(), six), SDStrategyproof(), six, agents=3)
        assert isinstance(verdict, Refuted)
        assert verdict.violation == 1


class TestRandomDictatorship:
    """Each favourite wins with the share of the voters whose favourite it is."""

    @given(x=profiles(FOUR))
    def test_shares(self, x: Profile) -> None:
        lottery = RandomDictatorship(FOUR)(x)
        assert lottery == uniform([ranking[0] for ranking in x])
        assert lottery == compound(RandomDictatorship(FOUR).rules(len(x)), x)

    @given(x=profiles(FOUR), lie=st.permutations(range(4)), agent=st.integers(0, 4))
    def test_the_truth_dominates(self, x: Profile, lie: list[int], agent: int) -> None:
        """P(one of the k best) at the truth is at least that at any lie."""
        i = agent % len(x)
        honest = RandomDictatorship(FOUR)(x).probability
        lied = RandomDictatorship(FOUR)((*x[:i], tuple(lie), *x[i + 1 :])).probability
        for k in range(1, 5):
            best = x[i][:k]
            assert sum(honest.get(c, 0) for c in best) >= sum(lied.get(c, 0) for c in best)

    @given(x=profiles(FOUR))
    def test_elects_nobody_whom_all_like_less_than_another(self, x: Profile) -> None:
        for winner in RandomDictatorship(FOUR)(x).support:
            for other in range(4):
                assert not all(r.index(other) < r.index(winner) for r in x)

    def test_is_proved_for_three_voters(self) -> None:
        verdict = verify(RandomDictatorship(VOTE), SDStrategyproof(), VOTE, agents=3)
        assert isinstance(verdict, Proved)
        assert verdict.certificate.cases == 6**3 * 3 * 5


class TestDictatorship:
    """The dictator's favourite wins, whatever the others say."""

    @given(x=profiles(FOUR))
    def test_favourite(self, x: Profile) -> None:
        for agent, ranking in enumerate(x):
            assert play(Dictatorship(agent, FOUR), x) == uniform(ranking[:1])

    def test_refuses(self) -> None:
        with pytest.raises(ValueError, match="agent is -1: agents are counted from 0"):
            Dictatorship(-1, VOTE)
        with pytest.raises(ValueError, match="agent is 2: there are only 2 reports"):
            Dictatorship(2, VOTE)([[0, 1, 2], [0, 1, 2]])
