"""Claims about all rules at once are found out where they are wrong."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from mechsim import Anonymous, Domain, Line, SinglePeaked, Strategyproof, UnanimousFairShare
from mechsim.axioms import (
    ByDistance,
    IndividualFairShare,
    Monotone,
    StronglyProportional,
    Unanimous,
)
from mechsim.catalogue import (
    Entry,
    Least,
    LeastRatio,
    NoRuleSatisfies,
    OnlyRule,
    Rederived,
    SoManyRules,
    find,
)
from mechsim.objectives import Approximates, MaxCost
from mechsim.preferences import Stretches

UNIT = Line(0, 1)
ORDERS = Domain(Line(0, 1, tastes=SinglePeaked()).grid(4), agents=2)
POINTS = ORDERS.setting.points
FAIR = (Strategyproof(), ByDistance(UnanimousFairShare()))
QUARTERS = Domain(UNIT.grid(4), agents=2)
ONLY = OnlyRule(FAIR, ORDERS, because="arXiv:2111.01566", alternatives=POINTS)
LEAST = LeastRatio(MaxCost(), (Strategyproof(),), QUARTERS, Fraction(5, 3), because="bisection")
ANYWHERE = replace(LEAST, value=Fraction(8, 5), alternatives=UNIT.grid(20).points, parts=20)


def entry(name: str = "uniform-phantom") -> Entry:
    """A card of the library."""
    return find(name)


def rederived(claim: Any, name: str = "uniform-phantom") -> Rederived:
    """What becomes of a claim on a card."""
    found: Rederived = claim.rederive(entry(name), [])
    return found


class TestTheOnlyRule:
    """It is the only one, and it is that of the card."""

    def test_uniform_phantom(self) -> None:
        found = rederived(ONLY)
        assert found.true
        assert str(found.verdict).startswith("1 rule for 2 agents on Line(0, 1, tastes=SinglePeak")
        assert ONLY.row()[:2] == ("no other rule is SP and UFS by distance", "the only one")

    def test_another_rule_is_found_out(self) -> None:
        found = rederived(ONLY, "median")
        assert not found.true
        assert found.note == "at (0, 1/4) the only rule chooses 1/4"

    @pytest.mark.parametrize(
        ("axioms", "note"),
        [
            ((Strategyproof(), Unanimous()), "there is another one"),
            ((Strategyproof(), StronglyProportional()), "there is none"),
        ],
        ids=["many", "none"],
    )
    def test_others_and_none(self, axioms: Any, note: str) -> None:
        assert rederived(replace(ONLY, axioms=axioms)).note == note


class TestCounts:
    """A wrong count is told with the right one."""

    def test_phantoms(self) -> None:
        axioms = (Strategyproof(), Anonymous(), Unanimous(), ByDistance(IndividualFairShare()))
        right = SoManyRules(axioms, ORDERS, 1, because="phantoms", alternatives=POINTS)
        assert rederived(right).true
        assert not rederived(replace(right, rules=2)).true


class TestLeastRatios:
    """The value is attained by a rule, and nothing below it is."""

    @pytest.mark.parametrize("claim", [LEAST, ANYWHERE], ids=["halves", "anywhere"])
    def test_they_are_derived(self, claim: LeastRatio) -> None:
        found = rederived(claim)
        assert found.true, found.note
        assert isinstance(found.verdict, Least)
        assert found.verdict.profiles == 4

    @pytest.mark.parametrize("value", [Fraction(3, 2), Fraction(7, 4)])
    @pytest.mark.parametrize("claim", [LEAST, ANYWHERE], ids=["halves", "anywhere"])
    def test_other_values_are_found_out(self, claim: LeastRatio, value: Fraction) -> None:
        assert not rederived(replace(claim, value=value)).true

    def test_no_rule_at_all(self) -> None:
        axioms = (Strategyproof(), StronglyProportional())
        assert not rederived(replace(LEAST, axioms=axioms)).true

    def test_a_ratio_of_one_is_no_claim(self) -> None:
        with pytest.raises(ValueError, match="value is 1: it must be above 1"):
            replace(LEAST, value=Fraction(1))


class TestNoRule:
    """An axiom that is not needed, or a question that is none, is told."""

    CLAIM = NoRuleSatisfies(
        (Strategyproof(), StronglyProportional()),
        QUARTERS,
        because="arXiv:2205.14798",
        alternatives=UNIT.grid(8).points,
    )

    def test_it_is_derived(self) -> None:
        assert rederived(self.CLAIM).true

    def test_an_axiom_too_many(self) -> None:
        found = rederived(replace(self.CLAIM, axioms=(*self.CLAIM.axioms, Anonymous())))
        assert not found.true
        assert found.note.startswith("Anonymous is not needed")

    def test_what_cannot_be_asked(self) -> None:
        found = rederived(replace(self.CLAIM, axioms=(Strategyproof(), Monotone())))
        assert not found.true
        assert "Monotone: it does not say what it excludes" in found.note


class TestNoRuleAnywhere:
    """Where alternatives are parts of a line, that an axiom can be spared has to be shown."""

    LESS = Approximates(MaxCost(), Fraction(3, 2), strictly=True)
    PARTS = Domain(Stretches(UNIT.grid(3), 6), agents=2)
    CLAIM = NoRuleSatisfies((Strategyproof(), LESS), PARTS, because="Procaccia, Tennenholtz")

    def test_it_is_derived(self) -> None:
        assert rederived(self.CLAIM).true

    @pytest.mark.parametrize("spared", [Strategyproof(), LESS], ids=["SP", "ratio"])
    def test_what_is_not_shown_to_be_redundant(self, spared: Any) -> None:
        assert not rederived(replace(self.CLAIM, redundant=(spared,))).true

    def test_an_axiom_too_many(self) -> None:
        more = replace(self.CLAIM, axioms=(Strategyproof(), Anonymous(), self.LESS))
        assert not rederived(more).true
        assert rederived(replace(more, redundant=(Anonymous(),))).true
