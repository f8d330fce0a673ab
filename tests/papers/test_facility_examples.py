"""Numbers that the facility literature's verdict tables rest on, at the profiles they name."""

from fractions import Fraction
from typing import Any

import pytest

from mechsim import ExPost, Instance, Line, UnanimousFairShare
from mechsim.axioms import LikeMinded, Misreport, Strategyproof
from mechsim.facility import Dictatorship, Mean, Median, OrderStatistic, RandomRank, UniformPhantom

UNIT = Line(0, 1)


def at(*reports: str) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, reports))


class TestVerdictTable:
    """Outcomes at the counterexamples of the table of deterministic mechanisms."""

    @pytest.mark.parametrize(
        ("mechanism", "reports", "outcome"),
        [
            (Median(), at("0", "2/3"), "0"),
            (Median(), at("0", "0", "5/6"), "0"),
            (OrderStatistic(2), at("0", "0", "5/6"), "0"),
            (Dictatorship(), at("1/6", "0", "0"), "1/6"),
            (Dictatorship(), at("0", "0", "5/6"), "0"),
            (UniformPhantom(), at("0", "0", "1/6"), "1/6"),
            (UniformPhantom(), at("0", "0", "1"), "1/3"),
            (UniformPhantom(), at("0", "0", "1/2"), "1/3"),
            (Mean(), at("0", "1/6"), "1/12"),
            (Mean(), at("0", "1/4"), "1/8"),
        ],
    )
    def test_outcome(self, mechanism: Any, reports: tuple[Fraction, ...], outcome: str) -> None:
        assert mechanism(reports) == Fraction(outcome)

    def test_the_mean_is_manipulable(self) -> None:
        """At (0, 1/6) the second agent reports 1/4: the mean moves from 1/12 to 1/8."""
        case = Misreport(Instance(UNIT, at("0", "1/6")), 1, Fraction(1, 4))
        assert Strategyproof().violation(Mean(), case) == Fraction(1, 24)

    def test_uniform_phantom_is_not_strongly_proportional(self) -> None:
        """At (0, 0, 1/6) equal total costs would need 1/18; the outcome is 1/6."""
        outcome = UniformPhantom()(at("0", "0", "1/6"))
        assert 2 * outcome != Fraction(1, 6) - outcome
        assert 2 * Fraction(1, 18) == Fraction(1, 6) - Fraction(1, 18)

    def test_random_rank_fails_ex_post(self) -> None:
        """At (0, 2/3) the agent at 0 may find the facility 2/3 away; its share is 1/2."""
        case = LikeMinded(Instance(UNIT, at("0", "2/3")), Fraction(0), 1)
        axiom = ExPost(UnanimousFairShare())
        assert axiom.violation(RandomRank(), case) == Fraction(1, 6)
