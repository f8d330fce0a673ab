r"""No positive transfers: nobody is paid.

.. math:: t_i \ge 0 \qquad \forall i.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._numbers import show
from ..setting import Instance, Priced
from .money import IndividuallyRational, Participation


@dataclass(frozen=True)
class NoPositiveTransfers:
    """No agent receives money.  The violation is what it receives."""

    def cases(self, instance: Instance, /) -> Iterator[Participation]:
        """Each agent."""
        return IndividuallyRational().cases(instance)

    def outcome_violation(self, outcome: Any, case: Participation, /) -> Any:
        """What the agent receives."""
        return -outcome.payments[case.agent] if isinstance(outcome, Priced) else Fraction(0)

    def explain_outcome(self, when: str, violation: Any, case: Participation, /) -> str:
        """Who receives how much."""
        instance = case.instance
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} receives "
            f"{show(violation)} {when}"
        )
