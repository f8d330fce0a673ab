r"""Non-wastefulness: whoever makes no use of a good does not hold it if another would.

.. math:: v_i(A_i) \le v_i(A_i \setminus \{g\}) \ \Rightarrow\
          v_j(A_j \cup \{g\}) \le v_j(A_j) \qquad \forall i, j,\ \forall g \in A_i.

Where values add up: a good that somebody values goes to somebody who values it.  It is necessary
for Pareto optimality.

References
----------
Aziz, Caragiannis, Igarashi, Walsh. Fair allocation of indivisible goods and chores.
Autonomous Agents and Multi-Agent Systems 36, 2022.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from .._numbers import Number, show
from ..setting import Instance
from ._bundles import appraisal, bundles


@dataclass(frozen=True)
class Waste:
    """What ``holder`` has and makes no use of, seen by ``other``."""

    instance: Instance
    holder: int
    other: int

    def validate(self) -> None:
        """Raise `ValueError` unless these are two agents."""
        agents = self.instance.agents
        for name, agent in (("holder", self.holder), ("other", self.other)):
            if not 0 <= agent < agents:
                raise ValueError(f"{name} is {agent}: there are {agents} agents")
        if self.holder == self.other:
            raise ValueError(f"other is {self.other}: it must not be the holder")


@dataclass(frozen=True)
class NonWasteful:
    """Nobody holds a good that adds nothing to its bundle and something to another's.

    The violation is the most that one good would add.  The outcome is a tuple of bundles, and the
    setting says what any bundle is worth to an agent, by ``share_value(agent, type, bundle)``.
    Each ordered pair of agents is a case.

    Examples
    --------
    >>> from mechsim import Goods, Instance, judge
    >>> goods = Goods(("car", "dog"), agents=("ann", "bob"))
    >>> here = Instance(goods, goods.read([[0, 1], [2, 1]]))
    >>> judge(goods.bundles({"ann": ["car"], "bob": ["dog"]}), NonWasteful(), here).word
    'refuted'
    >>> judge(goods.bundles({"ann": ["dog"], "bob": ["car"]}), NonWasteful(), here).word
    'proved'
    """

    def cases(self, instance: Instance, /) -> Iterator[Waste]:
        """Each agent's goods, seen by each other."""
        for holder, other in permutations(range(instance.agents), 2):
            yield Waste(instance, holder, other)

    def outcome_violation(self, outcome: Any, case: Waste, /) -> Number:
        """The most that a good adds to the other's bundle and not to the holder's."""
        held = bundles(outcome)
        own, theirs = held[case.holder], held[case.other]
        holds, sees = appraisal(case.instance, case.holder), appraisal(case.instance, case.other)
        useless = [item for item in own if holds(own) <= holds(own - {item})]
        less = sees(theirs) - sees(theirs)  # nothing, in the kind of number that values are
        return max((sees(theirs | {item}) - sees(theirs) for item in useless), default=less)

    def explain_outcome(self, when: str, violation: Any, case: Waste, /) -> str:
        """Who has something that another would make use of."""
        instance = case.instance
        holder, other = instance.name(case.holder), instance.name(case.other)
        return (
            f"at {instance.tell_reports()}, {holder} has a good that adds nothing to its bundle "
            f"and {show(violation)} to that of {other}, {when}"
        )
