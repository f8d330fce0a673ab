"""Axioms that need not be asked of profiles that differ in the order of agents only."""

from fractions import Fraction
from typing import Any, cast

import pytest

from mechsim import Anonymous, Line, SinglePeaked
from mechsim.axioms import (
    ByDistance,
    IndividualFairShare,
    IndividualNuisanceShare,
    Proportional,
    StronglyProportional,
    UnanimousFairShare,
    UnanimousNuisanceShare,
)
from mechsim.design.impossible import pose, write
from mechsim.preferences import Obnoxious

LINE = Line(0, 1).grid(4)
PEAKED = Line(0, 1, tastes=SinglePeaked()).grid(4)
NUISANCE = Line(0, 1, tastes=Obnoxious()).grid(4)

IMPARTIAL: dict[str, tuple[Any, Any]] = {
    "strongly proportional": (StronglyProportional(), LINE),
    "proportional": (Proportional(), LINE),
    "a nuisance to each": (IndividualNuisanceShare(), NUISANCE),
    "a nuisance to groups": (UnanimousNuisanceShare(), NUISANCE),
    "fair shares by distance": (ByDistance(IndividualFairShare()), PEAKED),
    "group shares by distance": (ByDistance(UnanimousFairShare()), PEAKED),
    "proportional by distance": (ByDistance(StronglyProportional()), PEAKED),
}


class OfTheFirst:
    """The first agent's peak is the outcome: not the same of agents in another order."""

    def cases(self, instance: Any, /) -> Any:
        yield instance

    def outcome_violation(self, outcome: Any, case: Any, /) -> Any:
        return Fraction(outcome != case.reports[0])


class Mistaken(OfTheFirst):
    """The same, which says that it is."""

    def is_impartial(self, chosen: Any, /) -> bool:
        return True


def no(axiom: Any, chosen: Any, /) -> bool:
    """It is asked of all profiles."""
    return False


def asked(axiom: Any, setting: Any, agents: int) -> set[tuple[int, ...]]:
    """The clauses in which one thing is excluded, with anonymity."""
    chosen = write(pose([Anonymous(), axiom], setting, agents))
    return {clause for clause in chosen.listed() if len(clause) == 1}


class TestOnlyOneOrderIsAsked:
    """What is excluded at one order of the agents is all that is excluded at any of them."""

    @pytest.mark.parametrize("agents", [2, 3])
    @pytest.mark.parametrize("name", IMPARTIAL)
    def test_the_same_is_excluded(
        self, name: str, agents: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        axiom, setting = IMPARTIAL[name]
        assert axiom.is_impartial(write(pose([Anonymous()], setting, agents)))
        once = asked(axiom, setting, agents)
        monkeypatch.setattr(cast(Any, type(axiom)), "is_impartial", no)
        assert asked(axiom, setting, agents) == once
        assert once

    def test_an_axiom_of_the_first_agent_is_not(self) -> None:
        assert asked(Mistaken(), LINE, 2) < asked(OfTheFirst(), LINE, 2)

    def test_by_distance_it_is_that_of_the_axiom(self) -> None:
        axiom = ByDistance(cast(Any, OfTheFirst()))
        assert not axiom.is_impartial(write(pose([Anonymous()], PEAKED, 2)))
