"""Claims that nothing with certain axioms does better are re-derived, and wrong ones come out."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from mechsim import Anonymous, Domain, Line, Strategyproof, Unanimous
from mechsim.catalogue import Best, Unbeaten, entries, find
from mechsim.objectives import MaxCost, TotalCost

HALF = Fraction(3, 2)
CLAIM = Unbeaten(
    MaxCost(), (Strategyproof(),), Domain(Line(0, 1).grid(4), agents=2), HALF, because="a theorem"
)


def rederived(claim: Unbeaten, card: str = "left-right-middle") -> Any:
    entry = find(card)
    return claim.rederive(entry, [one.card for one in entries()])


class TestUnbeaten:
    """It is true where the best ratio is the one claimed, the card has it, and axioms matter."""

    def test_true(self) -> None:
        found = rederived(CLAIM)
        assert found.true
        assert isinstance(found.verdict, Best)
        assert found.verdict.ratio == HALF
        assert "that satisfies Strategyproof has a smaller ratio of max cost than 3/2" in str(
            found.verdict
        )
        written: Any = found.verdict.to_json()
        assert written["verdict"] == "unbeaten"

    def test_another_value(self) -> None:
        found = rederived(replace(CLAIM, value=Fraction(8, 5)))
        assert not found.true
        assert found.note == "the best ratio is 3/2, not 8/5"

    def test_the_card_does_worse(self) -> None:
        found = rederived(CLAIM, "median")
        assert not found.true
        assert "has the ratio 2 at" in found.note or "ratio" in found.note

    def test_no_power(self) -> None:
        """Any rule may be anonymous, so that claim says nothing about anonymity."""
        free = replace(CLAIM, axioms=(Anonymous(),), objective=TotalCost(), value=HALF)
        assert not rederived(free).true

    def test_axioms_that_cost_nothing(self) -> None:
        domain = Domain(Line(0, 1).grid(2), agents=2)
        found = rederived(replace(CLAIM, axioms=(Strategyproof(), Unanimous()), domain=domain))
        assert found.note == "the best ratio is 4/3, not 3/2"

    def test_values_are_above_one(self) -> None:
        with pytest.raises(ValueError, match="it must be an exact number above 1"):
            replace(CLAIM, value=Fraction(1))
