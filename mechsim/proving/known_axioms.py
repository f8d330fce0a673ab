"""Axioms of which all cases are known at a profile of a continuum, so that paths can prove them."""

from collections.abc import Callable
from typing import Any, cast

from ..axioms import (
    Anonymous,
    Approximately,
    BudgetBalanced,
    ClampIdentity,
    Efficient,
    EnvyFree,
    EnvyFreeUpToAny,
    EnvyFreeUpToOne,
    ExAnte,
    ExPost,
    Increase,
    IndividualFairShare,
    IndividuallyRational,
    Misreport,
    Monotone,
    NonWasteful,
    NoPositiveTransfers,
    ParetoOptimal,
    Proportional,
    ProportionallyFair,
    ProportionalShare,
    ProportionalUpToOne,
    Strategyproof,
    StrictlyMonotone,
    StronglyProportional,
    StronglyProportionallyFair,
    Unanimous,
    UnanimousFairShare,
    Universally,
)
from ..preferences.single_peaked import Line
from ..preferences.tastes import Distance, Obnoxious, SinglePeaked
from ..setting import Instance

Departure = Callable[[Instance, int, Any], Any]


def _rise(instance: Instance, agent: int, report: Any) -> Any:
    """The case that a report rises to another, if the other is above it."""
    return Increase(instance, agent, report) if report > instance.profile[agent] else None


DEPARTURES: dict[type, Departure] = {
    Strategyproof: Misreport,
    Monotone: _rise,
    StrictlyMonotone: _rise,
}
"""Axioms that are about all departures of one agent, and the case that a departure is, if any.

Theirs is what they propose at a profile, which is less: it is not asked for.
"""

LISTED = (
    # each pair of agents
    Anonymous,
    EnvyFree,
    EnvyFreeUpToAny,
    EnvyFreeUpToOne,
    NonWasteful,
    # each agent
    IndividuallyRational,
    NoPositiveTransfers,
    ProportionalShare,
    ProportionalUpToOne,
    ClampIdentity,  # its report at either end of the line, and as it is
    # each place with agents, or each two such places
    IndividualFairShare,
    ProportionallyFair,
    StronglyProportionallyFair,
    UnanimousFairShare,
    # one, which is all there is to ask at a profile; or both sides of an equation
    BudgetBalanced,
    Efficient,  # all alternatives of positions, content and goods are compared
    ParetoOptimal,
    Proportional,
    StronglyProportional,
    Unanimous,
)
"""Axioms that list all their cases at a profile, on a continuum too; by what their cases are."""


def innermost(axiom: Any) -> Any:
    """What is read ex post, in expectation, of each rule that is drawn, or approximately."""
    while type(axiom) in (ExPost, ExAnte, Universally, Approximately):
        axiom = axiom.axiom
    return axiom


def departure_of(axiom: Any) -> Departure | None:
    """The case that a departure of an agent is, if the axiom is about these."""
    return DEPARTURES.get(cast(Any, type(innermost(axiom))))


def departs(axiom: Any) -> bool:
    """Whether the cases of the axiom are departures of one agent."""
    return type(innermost(axiom)) in DEPARTURES


def is_known(axiom: Any) -> bool:
    """Whether its cases are known to be all there are."""
    return type(innermost(axiom)) in (*DEPARTURES, *LISTED)


def may_grant(axiom: Any, setting: Any) -> bool:
    """Whether paths make use of this: anonymity, on a line where all agents like the same."""
    if axiom != Anonymous():
        return False
    return type(setting) is Line and type(setting.tastes) in (Distance, SinglePeaked, Obnoxious)
