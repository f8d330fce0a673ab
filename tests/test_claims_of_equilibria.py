"""Claims about equilibria: re-derived where they are true, found out where they are not."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from mechsim import Domain, Instance, Line
from mechsim.catalogue import AnarchyAtLeast, Card, Claim, EveryEquilibrium, Rederived, find
from mechsim.facility import Mean, Median, RandomRank, UniformPhantom
from mechsim.objectives import TotalCost

HALVES = Domain(Line(0, 1).grid(2), agents=2)
ALIKE = EveryEquilibrium(UniformPhantom, HALVES, because="Aziz, Lam, Lee, Walsh")
HERE = Instance(Line(0, 1).grid(2), (Fraction(0), Fraction(0), Fraction(1)))
FAR = AnarchyAtLeast(
    TotalCost(), Fraction(2), HERE, (Fraction(1),) * 3, slack=0, because="nobody alone moves it"
)


def rederived(claim: Claim, rule: Any) -> Rederived:
    entry = find("mean")
    card = Card("A rule", rule, "nowhere", (claim,))
    return claim.rederive(replace(entry, card=card), [card])


class TestEveryEquilibrium:
    """Of the mean all equilibria have the outcome of Uniform Phantom; of the median they do not."""

    def test_true(self) -> None:
        """Where both are in the middle three pairs of reports are so, and elsewhere one each."""
        found = rederived(ALIKE, Mean)
        assert found.true
        assert "there are 11, where 9 profiles" in str(found.verdict)

    @pytest.mark.parametrize("rule", [Median, UniformPhantom])
    def test_foils(self, rule: Any) -> None:
        """With rules that are not strictly monotone others are stuck."""
        assert not rederived(replace(ALIKE, domain=Domain(Line(0, 1).grid(2), 3)), rule).true

    def test_another_outcome(self) -> None:
        found = rederived(replace(ALIKE, outcome=Median), Mean)
        assert not found.true
        assert "the outcome of equilibria is another" in found.note


class TestAnarchy:
    """All may say the wrong end of the median, and nobody alone can mend it."""

    def test_true(self) -> None:
        found = rederived(FAR, Median)
        assert found.true
        assert str(found.verdict) == (
            "where (0, 0, 1) is true and (1, 1, 1) is reported to Median, nobody gains more than "
            "0, and total cost could be 2 times better"
        )

    @pytest.mark.parametrize(
        ("claim", "rule"),
        [
            (replace(FAR, value=Fraction(3)), Median),
            (replace(FAR, reports=(Fraction(0), Fraction(1), Fraction(1))), Median),
            (FAR, Mean),
            (FAR, RandomRank),
        ],
        ids=["value", "one alone decides", "mean", "lots"],
    )
    def test_false(self, claim: AnarchyAtLeast, rule: Any) -> None:
        assert not rederived(claim, rule).true

    def test_some_may_be_gained(self) -> None:
        """Of the mean a third is gained by the truth, and that is allowed or not."""
        for slack, is_true in ((Fraction(1, 3), True), (Fraction(1, 4), False)):
            assert rederived(replace(FAR, slack=slack), Mean).true is is_true

    def test_what_is_no_slack(self) -> None:
        with pytest.raises(ValueError, match="slack is -1: it must not be negative"):
            replace(FAR, slack=-1)
