"""Arrow, Muller and Satterthwaite, Condorcet: theorems about all rules, and what they ask for."""

from itertools import combinations, product
from typing import Any

import pytest

from mechsim import Anonymous, Domain, Rankings, Strategyproof, Unanimous, verify
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import (
    CondorcetConsistent,
    IndependentOfIrrelevantAlternatives,
    MaskinMonotonic,
    NonDictatorial,
    Onto,
    ParticipationCriterion,
    Proved,
    Refuted,
    WeakPareto,
    check,
    condorcet_winner,
    confirm,
)
from mechsim.design import NoRule, count_rules, every_rule, impossible
from mechsim.preferences import ABSENT, MayAbstain, SocialOrders
from mechsim.setting import Instance
from mechsim.voting import Borda, BordaOrder, Dictatorship, FixedOrder, OrderDictatorship

VOTE = Rankings(("a", "b", "c"))
ORDERS = SocialOrders(("a", "b", "c"))
ARROW: tuple[Any, ...] = (WeakPareto(), IndependentOfIrrelevantAlternatives(), NonDictatorial())


class TestOrdersInWords:
    """What some orders have in common is said of these orders, and of no others."""

    @pytest.mark.parametrize("candidates", ["ab", "abc"])
    def test_every_set(self, candidates: str) -> None:
        vote = SocialOrders(tuple(candidates))
        every = vote.alternatives(2)
        signs = {">": (-1,), "=": (0,), "≥": (-1, 0), "≠": (-1, 1)}
        told: set[str] = set()
        for size in range(2, len(every) + 1):
            for some in combinations(every, size):
                text = vote.tell_common(some, every)
                if text is None:
                    continue
                told.add(text)
                asked = [one.split(" ") for one in text.removeprefix("order with ").split(" and ")]
                meant = {
                    order
                    for order in every
                    if all(
                        (order[candidates.index(a)] > order[candidates.index(b)])
                        - (order[candidates.index(a)] < order[candidates.index(b)])
                        in signs[sign]
                        for a, sign, b in asked
                    )
                }
                assert meant == set(some), text
        assert f"order with {' ≥ '.join('ab')}" in told

    def test_all_orders_have_nothing_in_common(self) -> None:
        every = ORDERS.alternatives(2)
        assert ORDERS.tell_common(every, every) is None


class TestArrow:
    """Arrow (1951): with three candidates only dictatorships satisfy weak Pareto and independence
    of irrelevant alternatives."""

    @pytest.mark.parametrize("agents", [2, pytest.param(3, marks=pytest.mark.slow)])
    def test_none_without_a_dictator(self, agents: int) -> None:
        assert isinstance(impossible(ARROW, ORDERS, agents=agents), NoRule)

    @pytest.mark.parametrize("spared", ARROW)
    def test_each_axiom_is_needed(self, spared: Any) -> None:
        others = [axiom for axiom in ARROW if axiom is not spared]
        rule: Any = impossible(others, ORDERS, agents=2)
        assert rule.status == "possible"
        for axiom in others:
            assert isinstance(verify(rule, axiom, ORDERS, agents=2), Proved)

    def test_the_rules_left_are_the_dictatorships(self) -> None:
        rules = list(every_rule(ARROW[:2], ORDERS, agents=2))
        domain = [instance.reports for instance in Domain(ORDERS, 2)]
        found = {tuple(rule(reports) for reports in domain) for rule in rules}
        dictators = [OrderDictatorship(agent, ORDERS) for agent in (0, 1)]
        assert found == {tuple(rule(reports) for reports in domain) for rule in dictators}

    def test_of_two_candidates_there_is_one(self) -> None:
        two = SocialOrders(("a", "b"))
        assert impossible([*ARROW, Anonymous()], two, agents=2).status == "possible"

    @pytest.mark.parametrize(
        ("rule", "axiom"),
        [
            (BordaOrder(ORDERS), IndependentOfIrrelevantAlternatives()),
            (FixedOrder((2, 1, 0), ORDERS), WeakPareto()),
            (OrderDictatorship(1, ORDERS), NonDictatorial()),
        ],
    )
    def test_foils(self, rule: Any, axiom: Any) -> None:
        found = verify(rule, axiom, ORDERS, agents=2)
        assert isinstance(found, Refuted)
        assert confirm(found)


class TestMullerSatterthwaite:
    """Muller and Satterthwaite (1977): a rule that is Maskin monotonic and unanimous with three
    alternatives has a dictator; without unanimity a constant rule does."""

    def test_none(self) -> None:
        axioms: list[Any] = [MaskinMonotonic(), Unanimous(), NonDictatorial()]
        assert isinstance(impossible(axioms, VOTE, agents=2), NoRule)

    def test_onto_does_as_well(self) -> None:
        axioms: list[Any] = [MaskinMonotonic(), Onto(), NonDictatorial()]
        assert isinstance(impossible(axioms, VOTE, agents=2), NoRule)

    def test_on_all_rankings_it_is_strategyproofness(self) -> None:
        """Muller and Satterthwaite (1977): the same rules, also those that are not onto."""
        domain = [instance.reports for instance in Domain(VOTE, 2)]
        tables = [
            {tuple(rule(reports) for reports in domain) for rule in every_rule([a], VOTE, agents=2)}
            for a in (MaskinMonotonic(), Strategyproof())
        ]
        assert tables[0] == tables[1]


class TestCondorcet:
    """A rule is Condorcet consistent if who beats everybody else in pairs wins."""

    def test_no_such_rule_is_strategyproof(self) -> None:
        axioms: list[Any] = [CondorcetConsistent(), Strategyproof()]
        found = impossible(axioms, VOTE, agents=3)
        assert isinstance(found, NoRule)

    def test_borda_is_not(self) -> None:
        found = verify(Borda(Lexicographic(), VOTE), CondorcetConsistent(), VOTE, agents=5)
        assert isinstance(found, Refuted)
        assert confirm(found)

    def test_a_cycle_has_no_winner(self) -> None:
        cycle = Instance(VOTE, ((0, 1, 2), (1, 2, 0), (2, 0, 1)))
        assert condorcet_winner(cycle) is None
        assert condorcet_winner(Instance(VOTE, ((0, 1, 2), (1, 2, 0), (1, 0, 2)))) == 1


def discouraging(reports: tuple[Any, ...]) -> int:
    """The last choice of the first voter who is there."""
    there = [one for one in reports if one != ABSENT]
    return int(there[0][-1]) if there else 0


class TestParticipation:
    """Moulin (1988): of three candidates a Condorcet consistent rule may satisfy participation."""

    AXIOMS: tuple[Any, ...] = (CondorcetConsistent(), ParticipationCriterion(), Anonymous())

    @pytest.mark.parametrize(
        ("candidates", "agents"),
        [("abc", 2), ("abc", 3), ("abcd", 2), pytest.param("abcd", 3, marks=pytest.mark.slow)],
    )
    def test_there_are_rules(self, candidates: str, agents: int) -> None:
        vote = MayAbstain(Rankings(tuple(candidates)))
        rule: Any = impossible(self.AXIOMS, vote, agents=agents)
        assert rule.status == "possible"
        if agents * len(candidates) < 10:
            for axiom in self.AXIOMS:
                assert isinstance(verify(rule, axiom, vote, agents=agents), Proved)

    def test_a_rule_that_discourages(self) -> None:
        vote = MayAbstain(VOTE)
        found = verify(discouraging, ParticipationCriterion(), vote, agents=2)
        assert isinstance(found, Refuted)
        assert confirm(found)
        assert "had better stay away: then the outcome is" in str(found)

    def test_nobody_is_missed_who_is_not_there(self) -> None:
        vote = MayAbstain(Rankings(("a", "b")))
        axiom = ParticipationCriterion()
        cases = list(axiom.cases(Instance(vote, (ABSENT, (0, 1)))))
        assert [case.agent for case in cases] == [1]

    def test_it_is_what_clauses_say(self) -> None:
        vote = MayAbstain(Rankings(("a", "b")))
        profiles = [instance.reports for instance in Domain(vote, 2)]
        satisfied = 0
        for outcomes in product((0, 1), repeat=len(profiles)):
            table = dict(zip(profiles, outcomes, strict=True))
            found = check(
                ParticipationCriterion(), table.__getitem__, (Instance(vote, p) for p in profiles)
            )
            satisfied += not isinstance(found, Refuted)
        assert count_rules([ParticipationCriterion()], vote, agents=2) == satisfied


class TestClausesSayWhatAxiomsSay:
    """A rule satisfies the clauses of an axiom exactly if no case refutes it: all rules of two
    voters and two candidates are tried."""

    @pytest.mark.parametrize(
        "axiom",
        [
            Strategyproof(),
            MaskinMonotonic(),
            Onto(),
            NonDictatorial(),
            CondorcetConsistent(),
            Unanimous(),
        ],
    )
    def test_of_winners(self, axiom: Any) -> None:
        self.compare(Rankings(("a", "b")), axiom)

    @pytest.mark.parametrize("axiom", [WeakPareto(), NonDictatorial()])
    def test_of_orders(self, axiom: Any) -> None:
        self.compare(SocialOrders(("a", "b")), axiom)

    def compare(self, setting: Any, axiom: Any) -> None:
        profiles = [instance.reports for instance in Domain(setting, 2)]
        satisfied = 0
        for outcomes in product(setting.alternatives(2), repeat=len(profiles)):
            table = dict(zip(profiles, outcomes, strict=True))
            satisfied += isinstance(verify(table.__getitem__, axiom, setting, agents=2), Proved)
        assert 0 < satisfied < len(setting.alternatives(2)) ** len(profiles)
        assert count_rules([axiom], setting, agents=2) == satisfied


class TestBadInput:
    """What is no rule or no order is refused by name."""

    def test_dictators_that_are_not_there(self) -> None:
        with pytest.raises(ValueError, match="agent is -1: agents are counted from 0"):
            OrderDictatorship(-1, ORDERS)
        with pytest.raises(ValueError, match="agent is 2: there are only 2 reports"):
            OrderDictatorship(2, ORDERS)([(0, 1, 2), (0, 1, 2)])

    def test_orders_with_gaps(self) -> None:
        with pytest.raises(ValueError, match=r"order is \(0, 2, 2\): it must be a rank for each"):
            FixedOrder((0, 2, 2), ORDERS)

    def test_lotteries(self) -> None:
        from mechsim import uniform

        verdict = verify(lambda r: uniform([0, 1]), MaskinMonotonic(), VOTE, agents=2)
        assert "this mechanism draws lots" in str(verdict)

    def test_dictatorships_are_monotonic(self) -> None:
        found = verify(Dictatorship(1, VOTE), MaskinMonotonic(), VOTE, agents=2)
        assert isinstance(found, Proved)
