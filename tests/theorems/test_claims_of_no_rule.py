"""Claims that no rule satisfies some axioms, with those that are needed or without."""

import pytest

from mechsim import Anonymous, Domain, Rankings, Strategyproof
from mechsim.axioms import NonDictatorial, Onto, Unanimous
from mechsim.catalogue import Card, Entry, NoRuleSatisfies
from mechsim.catalogue.claims import Rederived
from mechsim.voting import Dictatorship

VOTE = Domain(Rankings(("a", "b", "c")), agents=2)
GIBBARD = (Strategyproof(), Onto(), NonDictatorial())


def first(setting: Rankings) -> Dictatorship:
    """The dictatorship of the first agent."""
    return Dictatorship(0, setting)


def rederived(claim: NoRuleSatisfies) -> Rederived:
    card = Card("none", first, "me", (claim,))
    return claim.rederive(Entry("none", "voting", card, ""), [card])


class TestWhichAxiomsAreNeeded:
    """A claim that each is needed is false if one is not; without that it says less."""

    def test_each_is_needed(self) -> None:
        assert rederived(NoRuleSatisfies(GIBBARD, VOTE, because="Gibbard")).true

    def test_one_is_not(self) -> None:
        axioms = (*GIBBARD, Anonymous())
        assert not rederived(NoRuleSatisfies(axioms, VOTE, because="Gibbard")).true
        assert rederived(NoRuleSatisfies(axioms, VOTE, because="Gibbard", minimal=False)).true

    def test_where_there_is_a_rule_it_is_false(self) -> None:
        possible = NoRuleSatisfies(GIBBARD[:2], VOTE, because="wishful thinking", minimal=False)
        assert not rederived(possible).true

    def test_both_are_refused(self) -> None:
        with pytest.raises(ValueError, match="which are needed is claimed if minimal is True"):
            NoRuleSatisfies(
                (*GIBBARD, Unanimous()), VOTE, "Gibbard", redundant=(Onto(),), minimal=False
            )
