"""What certificates of mixtures are made of: a kind, a statement, a proof, and what to trust."""

from fractions import Fraction
from typing import Any, TypeAlias

from ..axioms import Proved, Refuted
from ..lottery import sure
from ..setting import Domain
from ._written import (
    Certificate,
    Exactly,
    Written,
    exact,
    exactly,
    mechanism_of,
    profile,
    text,
    write_setting,
)
from .mixtures import Mixture

Parts: TypeAlias = tuple[str, Certificate, Certificate, tuple[str, ...]]


def of_mixture(found: Proved, mixture: Mixture) -> Parts:
    """The rules, each listed at all profiles, and their weights."""
    world, _, statement, trust = _stated(found.mechanism, mixture.domain)
    rules = [
        [str(weight), [_written(world, chosen) for chosen in rule.outcomes]]
        for weight, rule in mixture.drawn
    ]
    return "mixture", statement, {"rules": sorted(rules, key=text)}, trust


def of_no_mixture(found: Refuted) -> Parts:
    """Weights, of which every rule has at least 1 and the lotteries less."""
    instance = found.case.instance
    domain = Domain(instance.setting, instance.agents)
    world, played, statement, trust = _stated(found.mechanism, domain)
    average = sum(
        (
            weight * _chance(played, reports, outcome)
            for reports, outcome, weight in found.case.weights
        ),
        Fraction(0),
    )
    least = found.violation + average
    weights = [
        [world.reports(tuple(map(exact, reports))), _written(world, outcome), str(weight / least)]
        for reports, outcome, weight in found.case.weights
        if weight and _chance(played, reports, outcome)
    ]
    proof = {"weights": sorted(weights, key=text)}
    return "no mixture", statement | {"share": str(average / least)}, proof, trust


def _stated(
    mechanism: Any, domain: Domain
) -> tuple[Written, Exactly, Certificate, tuple[str, ...]]:
    """The setting as it is written, the lotteries, and what a certificate is about."""
    setting, played = exactly(domain.setting), Exactly(mechanism)
    for instance in Domain(setting, domain.agents):
        played(profile(instance))
    world = write_setting(setting, played, ["strategyproof"])
    named, trust = mechanism_of(mechanism)
    statement = {"mechanism": named, "setting": world.data, "agents": domain.agents}
    return world, played, statement, trust


def _chance(played: Exactly, reports: tuple[Any, ...], outcome: Any) -> Fraction:
    lottery = played(tuple(map(exact, reports)))
    return lottery.probability.get(exact(outcome), Fraction(0))


def _written(world: Written, outcome: Any) -> Any:
    ((written, _),) = world.lottery(sure(exact(outcome)))
    return written
