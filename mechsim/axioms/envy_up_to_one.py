r"""Envy-freeness up to one good (EF1): whatever envy there is, one good less would end it.

.. math:: A_j = \emptyset \quad\text{or}\quad
          \exists g \in A_j:\ v_i(A_i) \ge v_i(A_j \setminus \{g\}) \qquad \forall i, j.

References
----------
Lipton, Markakis, Mossel, Saberi. On approximately fair allocations of indivisible goods.
ACM Conference on Electronic Commerce, 2004.
Budish. The combinatorial assignment problem. Journal of Political Economy 119, 2011.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any, cast

from .._numbers import Number, show
from ..setting import Instance, unpriced
from ._base import Undecided
from .envy import Envy, ValuesShares


@dataclass(frozen=True)
class EnvyFreeUpToOne:
    """One good less ends all envy.  The violation is the envy that is left at best.

    The outcome is a tuple of bundles, and the setting says what any bundle is worth to an agent,
    by ``share_value(agent, type, bundle)``.  Each ordered pair of agents is a case.
    """

    def cases(self, instance: Instance, /) -> Iterator[Envy]:
        """Each agent, compared with each other."""
        for agent, other in permutations(range(instance.agents), 2):
            yield Envy(instance, agent, other)

    def outcome_violation(self, outcome: tuple[frozenset[Any], ...], case: Envy, /) -> Number:
        """What the other's bundle without its best good is worth, less what one's own is."""
        setting, who = case.instance.setting, case.agent
        if not hasattr(setting, "share_value"):
            raise Undecided(f"envy compares shares, and {setting} does not say what they are worth")
        value = cast(ValuesShares, setting).share_value
        type_, envied = case.instance.profile[who], unpriced(outcome)[case.other]
        if not isinstance(cast(object, envied), frozenset):
            told = show(envied)
            raise Undecided(f"envy up to one good is about bundles, and the share {told} is none")
        remains = [envied - {good} for good in envied] or [envied]
        least = min(value(who, type_, rest) for rest in remains)
        return least - value(who, type_, outcome[who])

    def explain_outcome(self, when: str, violation: Any, case: Envy, /) -> str:
        """Who envies whom, and how much of it is left."""
        instance = case.instance
        who, whom = instance.name(case.agent), instance.name(case.other)
        return (
            f"at {instance.tell_reports()}, {who} envies {whom} by {show(violation)} even if any "
            f"one good is taken from {whom}, {when}"
        )
