r"""Envy-freeness: nobody would rather have what another has, for what the other pays.

Of an outcome that gives agent :math:`i` the share :math:`y_i` for the payment :math:`t_i`,

.. math:: v_i(\theta_i, y_i) - t_i \ge v_i(\theta_i, y_j) - t_j \qquad \forall i, j.

Without money all payments are 0.

References
----------
Foley. Resource allocation and the public sector. Yale Economic Essays 7, 1967.
Edelman, Ostrovsky, Schwarz. Internet advertising and the generalized second-price auction.
American Economic Review 97, 2007.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import Any, Protocol, cast

from .._numbers import Number, show
from ..setting import Instance, Priced
from ._base import Undecided


class ValuesShares(Protocol):
    """A setting whose alternatives are tuples, one share an agent, and that values any share."""

    def share_value(self, agent: int, type_: Any, share: Any, /) -> Number:
        """What a share is worth to ``agent``, whoever holds it."""
        ...


class ValuesPlaces(Protocol):
    """A setting in which what a place is worth depends on who has the others."""

    def place_value(self, agent: int, type_: Any, alternative: Any, other: int, /) -> Number:
        """What it would be worth to ``agent`` to change places with another, or stay."""
        ...


@dataclass(frozen=True)
class Envy:
    """``agent`` compares itself with ``other``."""

    instance: Instance
    agent: int
    other: int


@dataclass(frozen=True)
class EnvyFree:
    """Nobody prefers another's share and payment.  The violation is the difference in utility.

    The setting says what any share is worth to an agent, by ``share_value(agent, type, share)``,
    and the outcome's alternative is a tuple of shares; or, where shares depend on each other, what
    changing places is worth, by ``place_value(agent, type, alternative, other)``.  Each ordered
    pair of agents is a case.
    """

    def cases(self, instance: Instance, /) -> Iterator[Envy]:
        """Each agent, compared with each other."""
        for agent, other in permutations(range(instance.agents), 2):
            yield Envy(instance, agent, other)

    def outcome_violation(self, outcome: Any, case: Envy, /) -> Number:
        """What the other's place would be worth to the agent, less what its own is."""
        return _in_place_of(case.other, outcome, case) - _in_place_of(case.agent, outcome, case)

    def explain_outcome(self, when: str, violation: Any, case: Envy, /) -> str:
        """Who envies whom, and how much."""
        instance = case.instance
        who, whom = instance.name(case.agent), instance.name(case.other)
        return (
            f"at {instance.tell_reports()}, {who} would gain {show(violation)} by changing places "
            f"with {whom} {when}"
        )


def _in_place_of(holder: int, outcome: Any, case: Envy) -> Number:
    """The utility of ``case.agent`` with the share and the payment of ``holder``."""
    setting = case.instance.setting
    shares = outcome.alternative if isinstance(outcome, Priced) else outcome
    payment = outcome.payments[holder] if isinstance(outcome, Priced) else Fraction(0)
    type_ = case.instance.profile[case.agent]
    if hasattr(setting, "place_value"):
        places = cast(ValuesPlaces, setting)
        return places.place_value(case.agent, type_, shares, holder) - payment
    if not hasattr(setting, "share_value"):
        raise Undecided(f"envy compares shares, and {setting} does not say what they are worth")
    worth = cast(ValuesShares, setting).share_value(case.agent, type_, shares[holder])
    return worth - payment
