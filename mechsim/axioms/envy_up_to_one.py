r"""Envy-freeness up to one item (EF1): whatever envy there is, one item less would end it.

Of goods, which nobody minds having, one is taken from the bundle that is envied:

.. math:: A_j = \emptyset \quad\text{or}\quad
          \exists g \in A_j:\ v_i(A_i) \ge v_i(A_j \setminus \{g\}) \qquad \forall i, j.

Of chores, which are worth less than nothing, one is taken from the agent's own bundle; and where
an item may be either, from either of them:

.. math:: v_i(A_i) \ge v_i(A_j) \quad\text{or}\quad \exists g \in A_i \cup A_j:\
          v_i(A_i \setminus \{g\}) \ge v_i(A_j \setminus \{g\}) \qquad \forall i, j.

For goods the second says what the first says.  Agents with unequal entitlements :math:`w_i` compare
what they get for them (WEF1):

.. math:: \frac{v_i(A_i \setminus \{g\})}{w_i} \ge \frac{v_i(A_j \setminus \{g\})}{w_j}.

References
----------
Lipton, Markakis, Mossel, Saberi. On approximately fair allocations of indivisible goods.
ACM Conference on Electronic Commerce, 2004.
Budish. The combinatorial assignment problem. Journal of Political Economy 119, 2011.
Aziz, Caragiannis, Igarashi, Walsh. Fair allocation of indivisible goods and chores.
Autonomous Agents and Multi-Agent Systems 36, 2022.
Chakraborty, Igarashi, Suksompong, Zick. Weighted envy-freeness in indivisible item allocation.
ACM Transactions on Economics and Computation 9, 2021.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from .._numbers import Number, show
from ..setting import Instance
from ._bundles import Bundle, appraisal, bundles, entitled, read_entitlements
from .envy import Envy


@dataclass(frozen=True)
class EnvyFreeUpToOne:
    """One item less ends all envy.  The violation is the envy that is left at best.

    The outcome is a tuple of bundles, and the setting says what any bundle is worth to an agent,
    by ``share_value(agent, type, bundle)``.  Each ordered pair of agents is a case.

    Parameters
    ----------
    entitlements : tuple of Number, optional
        What each agent is entitled to, above 0 and in any unit; by default all to the same.  Envy
        is then in the envious agent's value for what it is entitled to itself.

    Examples
    --------
    >>> from mechsim import Goods, Instance, judge
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> here = Instance(goods, goods.read([[1, 1, 1], [1, 1, 1]]))
    >>> given = goods.bundles({"ann": ["car", "dog", "egg"], "bob": []})
    >>> judge(given, EnvyFreeUpToOne(), here).word
    'refuted'
    >>> two_to_one = goods.bundles({"ann": ["car", "dog"], "bob": ["egg"]})
    >>> judge(two_to_one, EnvyFreeUpToOne(entitlements=(1, 2)), here).word
    'refuted'
    """

    entitlements: tuple[Number, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "entitlements", read_entitlements(self.entitlements))

    def cases(self, instance: Instance, /) -> Iterator[Envy]:
        """Each agent, compared with each other."""
        for agent, other in permutations(range(instance.agents), 2):
            yield Envy(instance, agent, other)

    def outcome_violation(self, outcome: Any, case: Envy, /) -> Number:
        """What the other's bundle is worth, less what one's own is, with one item less."""
        worth = appraisal(case.instance, case.agent)
        weights = entitled(self.entitlements, case.instance.agents)
        ratio = weights[case.agent] / weights[case.other]
        return min(ratio * worth(theirs) - worth(own) for own, theirs in _reduced(outcome, case))

    def explain_outcome(self, when: str, violation: Any, case: Envy, /) -> str:
        """Who envies whom, and how much of it is left."""
        instance = case.instance
        who, whom = instance.name(case.agent), instance.name(case.other)
        minds = _minds(case)
        taken = f"item is taken from {who} or {whom}" if minds else f"good is taken from {whom}"
        claim = ", for what it is entitled to," if self.entitlements else ""
        return (
            f"at {instance.tell_reports()}, {who} envies {whom}{claim} by {show(violation)} even "
            f"if any one {taken}, {when}"
        )


def _minds(case: Envy) -> bool:
    """Whether there are items that the agent would rather not have."""
    worth = appraisal(case.instance, case.agent)
    items = range(len(getattr(case.instance.setting, "names", ())))
    return any(worth(frozenset({item})) < 0 for item in items)


def _reduced(outcome: Any, case: Envy) -> Iterator[tuple[Bundle, Bundle]]:
    """The agent's own bundle and the other's, as they are and with one item less in either."""
    held = bundles(outcome)
    own, theirs = held[case.agent], held[case.other]
    yield own, theirs
    for item in theirs:
        yield own, theirs - {item}
    for item in own:
        yield own - {item}, theirs
