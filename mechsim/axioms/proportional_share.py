r"""Proportional shares of indivisible items: everybody gets its part of what all is worth to it.

With :math:`n` agents who have equal entitlements (PROP), and with entitlements :math:`w_i`,

.. math:: v_i(A_i) \ge \frac{v_i(M)}{n}, \qquad v_i(A_i) \ge \frac{w_i}{\sum_j w_j} v_i(M)
          \qquad \forall i.

Up to one item (PROP1) it is enough that one good more, or one chore less, would bring this about:

.. math:: \max\Bigl\{ v_i(A_i),\ \max_{g \notin A_i} v_i(A_i \cup \{g\}),\
          \max_{g \in A_i} v_i(A_i \setminus \{g\}) \Bigr\} \ge \frac{w_i}{\sum_j w_j} v_i(M).

One good cannot be shared proportionally; up to one item it can always be done.

References
----------
Steinhaus. The problem of fair division. Econometrica 16, 1948.
Conitzer, Freeman, Shah. Fair public decision making. ACM Conference on Economics and
Computation, 2017.
Aziz, Caragiannis, Igarashi, Walsh. Fair allocation of indivisible goods and chores.
Autonomous Agents and Multi-Agent Systems 36, 2022.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .._numbers import Number, show
from ..setting import Instance
from ._bundles import Bundle, appraisal, bundles, entitled, everything, read_entitlements


@dataclass(frozen=True)
class Claimant:
    """``agent`` asks for its part of everything."""

    instance: Instance
    agent: int

    def validate(self) -> None:
        """Raise `ValueError` unless this is an agent."""
        if not 0 <= self.agent < self.instance.agents:
            raise ValueError(f"agent is {self.agent}: there are {self.instance.agents} agents")

    def due(self, outcome: Any, entitlements: tuple[Number, ...]) -> Number:
        """What its part of all that is handed out is worth to it."""
        weights = entitled(entitlements, self.instance.agents)
        worth = appraisal(self.instance, self.agent)
        return weights[self.agent] * worth(everything(bundles(outcome))) / sum(weights)


@dataclass(frozen=True)
class ProportionalShare:
    """Everybody gets its part of what all items are worth to it.  The violation is the shortfall.

    The outcome is a tuple of bundles, and the setting says what any bundle is worth to an agent,
    by ``share_value(agent, type, bundle)``.  Each agent is a case.

    Parameters
    ----------
    entitlements : tuple of Number, optional
        What each agent is entitled to, above 0 and in any unit; by default all to the same.

    Examples
    --------
    >>> from mechsim import Goods, Instance, judge
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> here = Instance(goods, goods.read([[1, 1, 1], [1, 1, 1]]))
    >>> given = goods.bundles({"ann": ["car"], "bob": ["dog", "egg"]})
    >>> judge(given, ProportionalShare(), here).word
    'refuted'
    >>> judge(given, ProportionalShare(entitlements=(1, 2)), here).word
    'proved'
    """

    entitlements: tuple[Number, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "entitlements", read_entitlements(self.entitlements))

    def cases(self, instance: Instance, /) -> Iterator[Claimant]:
        """Each agent."""
        for agent in range(instance.agents):
            yield Claimant(instance, agent)

    def outcome_violation(self, outcome: Any, case: Claimant, /) -> Number:
        """What the agent is due, less what it gets."""
        worth = appraisal(case.instance, case.agent)
        return case.due(outcome, self.entitlements) - worth(bundles(outcome)[case.agent])

    def explain_outcome(self, when: str, violation: Any, case: Claimant, /) -> str:
        """Who gets how much less than it is due."""
        instance = case.instance
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} gets {show(violation)} "
            f"less than its proportional share, {when}"
        )


@dataclass(frozen=True)
class ProportionalUpToOne:
    """With one good more, or one chore less, everybody has its part of what all items are worth.

    The violation is the shortfall that is left at best.  Settings, cases and parameters are those
    of `ProportionalShare`.

    Parameters
    ----------
    entitlements : tuple of Number, optional
        What each agent is entitled to, above 0 and in any unit; by default all to the same.

    Examples
    --------
    >>> from mechsim import Goods, Instance, judge
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> here = Instance(goods, goods.read([[1, 1, 1], [1, 1, 1]]))
    >>> given = goods.bundles({"ann": ["car"], "bob": ["dog", "egg"]})
    >>> judge(given, ProportionalUpToOne(), here).word
    'proved'
    """

    entitlements: tuple[Number, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "entitlements", read_entitlements(self.entitlements))

    def cases(self, instance: Instance, /) -> Iterator[Claimant]:
        """Each agent."""
        for agent in range(instance.agents):
            yield Claimant(instance, agent)

    def outcome_violation(self, outcome: Any, case: Claimant, /) -> Number:
        """What the agent is due, less what its bundle could be worth if one item changed hands."""
        worth = appraisal(case.instance, case.agent)
        return case.due(outcome, self.entitlements) - _up_to_one(worth, outcome, case.agent)

    def explain_outcome(self, when: str, violation: Any, case: Claimant, /) -> str:
        """Who gets how much less than it is due."""
        instance = case.instance
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} gets {show(violation)} "
            f"less than its proportional share even if one item comes or goes, {when}"
        )


def _up_to_one(worth: Callable[[Bundle], Number], outcome: Any, agent: int) -> Number:
    """The most that the agent's bundle is worth with at most one item more or less."""
    held = bundles(outcome)
    own = held[agent]
    changed = (own ^ {item} for item in everything(held))
    return max(worth(own), *map(worth, changed))
