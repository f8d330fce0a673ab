r"""Envy-freeness up to any item (EFX): whichever item less, it would end all envy.

Of goods, which nobody minds having, any one is taken from the bundle that is envied:

.. math:: v_i(A_i) \ge v_i(A_j \setminus \{g\}) \qquad \forall i, j,\ \forall g \in A_j.

Two readings are in use.  In the stricter one, often written EFX0, the good may be worth nothing to
the agent who envies.  In the weaker one, often EFX+, which is that of the first paper, only goods
that add to the value of the bundle are taken: :math:`v_i(A_j) > v_i(A_j \setminus \{g\})`.

Of chores, which are worth less than nothing, any one is taken from the agent's own bundle:

.. math:: v_i(A_i \setminus \{g\}) \ge v_i(A_j) \qquad
          \forall i, j,\ \forall g \in A_i:\ v_i(A_i) < v_i(A_i \setminus \{g\}).

A bundle in which nothing adds to the value, as one of chores, is left as it is in both readings.
Where there is nothing to take, there must be no envy.  Whether goods can always be divided so is
not known.

References
----------
Caragiannis, Kurokawa, Moulin, Procaccia, Shah, Wang. The unreasonable fairness of maximum Nash
welfare. ACM Transactions on Economics and Computation 7, 2019.
Plaut, Roughgarden. Almost envy-freeness with general valuations. SIAM Journal on Discrete
Mathematics 34, 2020.
Aziz, Caragiannis, Igarashi, Walsh. Fair allocation of indivisible goods and chores.
Autonomous Agents and Multi-Agent Systems 36, 2022.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from .._numbers import Number, show, truth
from ..setting import Instance
from ._bundles import Bundle, appraisal, bundles
from .envy import Envy


@dataclass(frozen=True)
class EnvyFreeUpToAny:
    """Any item less ends all envy.  The violation is the most envy that may be left.

    The outcome is a tuple of bundles, and the setting says what any bundle is worth to an agent,
    by ``share_value(agent, type, bundle)``.  Each ordered pair of agents is a case.

    Parameters
    ----------
    valued : bool
        Whether only goods are taken that are worth something to the agent who envies (EFX+); by
        default those worth nothing may be taken too (EFX0).

    Examples
    --------
    >>> from mechsim import Goods, Instance, judge
    >>> goods = Goods(("car", "dog"), agents=("ann", "bob"))
    >>> here = Instance(goods, goods.read([[2, 0], [1, 0]]))
    >>> both = goods.bundles({"ann": ["car", "dog"], "bob": []})
    >>> judge(both, EnvyFreeUpToAny(), here).word
    'refuted'
    >>> judge(both, EnvyFreeUpToAny(valued=True), here).word
    'proved'
    """

    valued: bool = False

    def __post_init__(self) -> None:
        truth(self.valued, "valued")

    def cases(self, instance: Instance, /) -> Iterator[Envy]:
        """Each agent, compared with each other."""
        for agent, other in permutations(range(instance.agents), 2):
            yield Envy(instance, agent, other)

    def outcome_violation(self, outcome: Any, case: Envy, /) -> Number:
        """What the other's bundle is worth, less what one's own is, with the least item less."""
        worth, held = appraisal(case.instance, case.agent), bundles(outcome)
        mine, theirs = worth(held[case.agent]), worth(held[case.other])
        rests = list(_without_one(worth, held[case.other]))
        taken = [rest for rest in rests if rest < theirs]
        if taken and not self.valued:
            taken = [rest for rest in rests if rest <= theirs]
        lighter = (own for own in _without_one(worth, held[case.agent]) if own > mine)
        left = [*(rest - mine for rest in taken), *(theirs - own for own in lighter)]
        return max(left, default=theirs - mine)

    def explain_outcome(self, when: str, violation: Any, case: Envy, /) -> str:
        """Who envies whom, and how much of it is left."""
        instance = case.instance
        who, whom = instance.name(case.agent), instance.name(case.other)
        return (
            f"at {instance.tell_reports()}, {who} envies {whom} by {show(violation)} even if some "
            f"one item is taken away, {when}"
        )


def _without_one(worth: Callable[[Bundle], Number], bundle: Bundle) -> Iterator[Number]:
    """What the bundle is worth without each of its items."""
    return (worth(bundle - {item}) for item in bundle)
