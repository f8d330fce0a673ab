r"""Condorcet consistency: who beats everybody else in pairs wins.

A candidate :math:`a` is the Condorcet winner if for every other :math:`b` more voters rank
:math:`a` above :math:`b` than the other way round; there is at most one.

References
----------
Condorcet. Essai sur l'application de l'analyse à la probabilité des décisions. 1785.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..setting import Instance, require


@dataclass(frozen=True)
class PairwiseWinner:
    """The Condorcet winner at ``instance``."""

    instance: Instance

    @property
    def winner(self) -> Any:
        """Who beats everybody else; None if nobody does."""
        return condorcet_winner(self.instance)

    def validate(self) -> None:
        """Raise `ValueError` unless there is one."""
        if self.winner is None:
            raise ValueError(f"instance is {self.instance}: nobody beats everybody else")


@dataclass(frozen=True)
class CondorcetConsistent:
    """The Condorcet winner, where there is one, is the outcome.  The violation is 1 if not.

    The setting lists the candidates, by ``alternatives(agents)``.
    """

    def cases(self, instance: Instance, /) -> Iterator[PairwiseWinner]:
        """One, where somebody beats everybody else."""
        require(instance.setting, "alternatives")
        if condorcet_winner(instance) is not None:
            yield PairwiseWinner(instance)

    def outcome_violation(self, outcome: Any, case: PairwiseWinner, /) -> Fraction:
        """1 if somebody else is chosen."""
        return Fraction(outcome != case.winner)

    def explain_outcome(self, when: str, violation: Any, case: PairwiseWinner, /) -> str:
        """Who beats everybody else."""
        instance = case.instance
        winner = instance.tell(case.winner)
        return f"at {instance.tell_reports()}, {winner} beats everybody else in pairs, {when}"


def condorcet_winner(instance: Instance) -> Any:
    """The candidate who beats every other one in pairs, or None.  O(agents * candidates^2)."""
    setting, profile = instance.setting, instance.profile
    candidates = setting.alternatives(instance.agents)
    worth = [
        {one: setting.value(agent, type_, one) for one in candidates}
        for agent, type_ in enumerate(profile)
    ]

    def beats(one: Any, other: Any) -> bool:
        return bool(sum((v[one] > v[other]) - (v[one] < v[other]) for v in worth) > 0)

    for one in candidates:
        if all(one == other or beats(one, other) for other in candidates):
            return one
    return None
