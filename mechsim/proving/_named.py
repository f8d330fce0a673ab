"""What axioms and their cases are called in certificates."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from .._text import brief
from ..axioms import (
    Agreement,
    Anonymous,
    BudgetBalanced,
    ByDistance,
    ClampIdentity,
    CondorcetConsistent,
    Efficient,
    Envy,
    EnvyFree,
    EnvyFreeUpToAny,
    EnvyFreeUpToOne,
    Everybody,
    ExAnte,
    ExPost,
    IndependentOfIrrelevantAlternatives,
    Individual,
    IndividualFairShare,
    IndividuallyRational,
    IndividualNuisanceShare,
    LikeMinded,
    MaskinMonotonic,
    MaximinShare,
    Misreport,
    Monotone,
    Neighbours,
    NonDictatorial,
    NonWasteful,
    NoPositiveTransfers,
    Onto,
    ParetoOptimal,
    Participation,
    ParticipationCriterion,
    Proportional,
    ProportionallyFair,
    ProportionalShare,
    ProportionalUpToOne,
    SingletonProportional,
    Split,
    Strategyproof,
    StrictlyMonotone,
    StronglyProportional,
    StronglyProportionallyFair,
    SubsetStrategyproof,
    Swap,
    Unanimous,
    UnanimousFairShare,
    UnanimousNuisanceShare,
    WeakPareto,
    lift,
)
from ..objectives import Approximates
from ..objectives.approximates import best_there
from ..preferences.additive import Goods
from ..preferences.positions import Positions
from ..preferences.single_peaked import Line
from ..preferences.sponsored import Sponsored
from ..preferences.stretches import Stretches
from ..preferences.tastes import Distance, SinglePeaked
from ..setting import Instance
from . import certcheck
from ._written import exact, plain

OF_LOTTERIES: dict[type, str] = {Strategyproof: "strategyproof", Anonymous: "anonymous"}
OF_RULES: dict[Any, str] = {
    Onto(): "onto",
    NonDictatorial(): "nondictatorial",
    MaskinMonotonic(): "maskin monotonic",
    ExPost(CondorcetConsistent()): "condorcet consistent",
    SubsetStrategyproof(): "subset strategyproof",
    ExPost(WeakPareto()): "weakly pareto ex post",
    IndependentOfIrrelevantAlternatives(): "independent of irrelevant alternatives",
}


def _approximates(axiom: Approximates, setting: Any, found: Any) -> dict[str, Any]:
    """The objective, the multiple, and the best places at the profiles of the contradiction.

    To be within a multiple of what the objective is at some places is less than to be within it of
    the best there is, so no optimum has to be believed.
    """
    if found is None or not isinstance(setting, (Line, Stretches)):
        raise ValueError(
            f"axiom is {brief(axiom)}, on {brief(setting)}: certificates of it are of "
            "contradictions on a line, as what is best is not computed by whoever checks"
        )
    if axiom.objective.heading not in certcheck.OBJECTIVES:
        known = ", ".join(certcheck.OBJECTIVES)
        raise ValueError(f"axiom is {brief(axiom)}: certificates are known of {known}")
    profiles = {
        tuple(found.question.setting.types(agent)[k] for agent, k in enumerate(said.profile))
        for reason in found.core
        if reason.axiom is not None and reason.axiom == lift(axiom)
        for said in reason.said
    }
    instances = [Instance(setting, tuple(map(exact, profile))) for profile in profiles]
    places = {Fraction(best_there(axiom.objective, one).place) for one in instances}
    line = setting.line if isinstance(setting, Stretches) else setting
    return {
        "within": {
            "objective": axiom.objective.heading,
            "bound": None if axiom.bound is None else str(Fraction(axiom.bound)),
            "strictly": axiom.strictly,
            "places": [str(place) for place in sorted(places or {Fraction(line.low)})],
        }
    }


def _alpha(name: str) -> Callable[[Any, Any, Any], dict[str, Any]]:
    return lambda axiom, setting, found: {name: {"alpha": str(Fraction(axiom.alpha))}}


def _share_of_costs(axiom: Any, setting: Any, found: Any) -> dict[str, Any]:
    costs = [str(Fraction(cost)) for cost in setting.costs]
    data = {"costs": costs, "budget": str(Fraction(setting.budget))}
    return {"singleton proportional ex post": data}


WITH_DATA: dict[type, Callable[[Any, Any, Any], dict[str, Any]]] = {
    ParticipationCriterion: lambda _, setting, found: {"participation": plain(setting.absent)},
    SingletonProportional: _share_of_costs,
    IndividualNuisanceShare: _alpha("individual nuisance share ex post"),
    UnanimousNuisanceShare: _alpha("unanimous nuisance share ex post"),
    MaximinShare: _alpha("maximin share ex post"),
    Approximates: _approximates,
}
"""Axioms of rules of which certificates say more than the name: the setting, and what was found."""


def rule_name(axiom: Any, setting: Any, found: Any) -> Any | None:
    """What an axiom of rules without lots is called, if it has a name of its own.

    ``found`` is the contradiction, or None of a table.
    """
    read = lift(axiom)
    if read in OF_RULES:
        return OF_RULES[read]
    inner = read.axiom if isinstance(read, ExPost) else read
    data = WITH_DATA.get(type(inner))
    return None if data is None else data(inner, setting, found)


OF_OUTCOMES: dict[type, str] = {
    Unanimous: "unanimous",
    ParetoOptimal: "pareto optimal",
    IndividuallyRational: "individually rational",
    EnvyFree: "envy free",
    IndividualFairShare: "individual fair share",
    UnanimousFairShare: "unanimous fair share",
    ProportionallyFair: "proportionally fair",
    StronglyProportionallyFair: "strongly proportionally fair",
    Proportional: "proportional",
    StronglyProportional: "strongly proportional",
}
"""Axioms that certificates can be about, by the names that they have there."""

ON_PATHS: dict[Any, str] = {
    Monotone(): "monotone",
    StrictlyMonotone(): "strictly monotone",
    ClampIdentity(): "clamp identity",
    ExPost(EnvyFreeUpToOne()): "envy free up to one good ex post",
    ExPost(EnvyFreeUpToAny()): "envy free up to any good ex post",
    ExPost(EnvyFreeUpToAny(valued=True)): "envy free up to any valued good ex post",
    ExPost(ProportionalShare()): "proportional share ex post",
    ExPost(ProportionalUpToOne()): "proportional up to one good ex post",
    ExPost(NonWasteful()): "non wasteful ex post",
    ExPost(Efficient()): "efficient ex post",
    ExPost(NoPositiveTransfers()): "no positive transfers ex post",
    ExPost(BudgetBalanced()): "no deficit ex post",
}
"""Axioms that certificates of paths can be about too."""

CASES: dict[type, Callable[[Any], dict[str, Any]]] = {
    Misreport: lambda case: {"agent": case.agent, "lie": case.report},
    Swap: lambda case: {
        "first": min(case.first, case.second),
        "second": max(case.first, case.second),
    },
    Participation: lambda case: {"agent": case.agent},
    Envy: lambda case: {"agent": case.agent, "other": case.other},
    Agreement: lambda case: {},
    Everybody: lambda case: {},
    Individual: lambda case: {"at": case.type_},
    LikeMinded: lambda case: {"at": case.type_},
    Neighbours: lambda case: {"low": case.low, "high": case.high, "member": case.member},
    Split: lambda case: {"side": "above" if case.above else "below"},
}
"""What a case is, beside the reports."""

UNWRITTEN = ("agent", "other", "first", "second", "side")
"""Entries of a case that are no reports."""


def name_of(axiom: Any, setting: Any, *, tabled: bool = False) -> str:
    """What an axiom is called in certificates."""
    read = lift(axiom)
    if isinstance(read, Anonymous) and hasattr(setting, "share_value"):
        raise ValueError(
            f"axiom is {brief(axiom)}, on {brief(setting)}: certificates of it are about outcomes "
            "that do not say who gets what"
        )
    if type(read) in OF_LOTTERIES:
        return OF_LOTTERIES[type(read)]
    about = read.axiom if isinstance(read, (ExPost, ExAnte)) else None
    inner = type(about.axiom if isinstance(about, ByDistance) else about)
    if inner not in OF_OUTCOMES:
        known = ", ".join(kind.__name__ for kind in (*OF_LOTTERIES, *OF_OUTCOMES))
        tables = ", ".join([*map(brief, OF_RULES), *(kind.__name__ for kind in WITH_DATA)])
        raise ValueError(
            f"axiom is {brief(axiom)}: certificates are known of {known}, ex post or ex ante, "
            f"and, where all alternatives are listed, of {tables} and Neutral"
        )
    on_line = isinstance(setting, Line)
    peaks = on_line and isinstance(setting.tastes, (Distance, SinglePeaked))
    listed = tabled and inner in (Unanimous, ParetoOptimal)
    anywhere = inner is IndividuallyRational or (inner is EnvyFree and not on_line)
    if not (peaks or listed or anywhere):
        raise ValueError(
            f"axiom is {brief(axiom)}, on {brief(setting)}: certificates of it are about peaks on "
            "a line, or, of unanimity and Pareto optimality, about tables with all alternatives"
        )
    name = OF_OUTCOMES[inner]
    if isinstance(about, ByDistance) and f"{name} by distance ex post" in certcheck.AXIOMS:
        name = f"{name} by distance"  # others speak of peaks alone
    return f"{name} {'ex post' if isinstance(read, ExPost) else 'ex ante'}"


def name_on_paths(axiom: Any, setting: Any) -> str:
    """What an axiom is called in certificates of paths."""
    read = lift(axiom)
    if read in ON_PATHS:
        return ON_PATHS[read]
    if read == Anonymous() and type(setting) in (Positions, Goods):
        return "anonymous with shares"
    if read == Anonymous() and type(setting) is Sponsored:
        raise ValueError(
            f"axiom is {brief(axiom)}, on {brief(setting)}: there is no certificate of it, as what "
            "is shown names bidders"
        )
    return name_of(axiom, setting)
