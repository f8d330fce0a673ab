"""What axioms about indivisible goods ask of an outcome, of its setting, and of entitlements."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from typing import Any, TypeAlias, cast

from .._numbers import Number, real, sequence, show, show_all
from ..setting import Instance, unpriced
from ._base import Undecided
from .envy import ValuesShares

Bundle: TypeAlias = frozenset[Any]
"""What one agent gets."""


def bundles(outcome: Any) -> tuple[Bundle, ...]:
    """The outcome as one bundle an agent.

    Raises
    ------
    Undecided
        If agents pay, or shares are no sets.
    """
    shares = unpriced(outcome)
    if not isinstance(shares, tuple):
        raise Undecided(f"the axiom is about bundles, and the outcome {show(shares)} has none")
    for share in cast(tuple[object, ...], shares):
        if not isinstance(share, frozenset):
            raise Undecided(f"the axiom is about bundles, and the share {show(share)} is none")
    return cast(tuple[Bundle, ...], shares)


def appraisal(instance: Instance, agent: int) -> Callable[[Bundle], Number]:
    """What any bundle is worth to an agent, by the setting."""
    setting = instance.setting
    if not hasattr(setting, "share_value"):
        raise Undecided(f"bundles are compared, and {setting} does not say what they are worth")
    return partial(cast(ValuesShares, setting).share_value, agent, instance.profile[agent])


def everything(held: Iterable[Bundle]) -> Bundle:
    """All goods that somebody has."""
    return frozenset[Any]().union(*held)


def read_entitlements(given: object) -> tuple[Number, ...]:
    """Entitlements as a tuple; none at all are equal ones.

    Raises
    ------
    ValueError
        If one is not above 0, or they are no sequence.
    """
    weights = tuple(
        real(weight, f"entitlements[{k}]")
        for k, weight in enumerate(sequence(given, "entitlements"))
    )
    for k, weight in enumerate(weights):
        if weight <= 0:
            raise ValueError(f"entitlements[{k}] is {show(weight)}: it must be above 0")
    return weights


def entitled(entitlements: tuple[Number, ...], agents: int) -> tuple[Number, ...]:
    """What each agent is entitled to, one number an agent, in any unit.

    Raises
    ------
    ValueError
        If there are more or fewer of them than agents.
    """
    if entitlements and len(entitlements) != agents:
        raise ValueError(
            f"entitlements is {show_all(entitlements)}: it must have one for each of {agents} "
            "agents"
        )
    return entitlements or (Fraction(1),) * agents
