r"""Serial dictatorship: one after the other takes the object it likes best of those left.

In the order :math:`\pi` agent :math:`\pi_t` takes

.. math:: a_{\pi_t} = \text{the best for } \pi_t \text{ of } O \setminus \{a_{\pi_1}, \dots,
          a_{\pi_{t-1}}\}.

Strategyproof and Pareto optimal; and every Pareto optimal assignment is that of some order.  With
neutrality and group strategyproofness nothing else is left.

References
----------
Svensson. Strategy-proof allocation of indivisible goods. Social Choice and Welfare 16, 1999.
Abdulkadiroğlu, Sönmez. Random serial dictatorship and the core from random endowments in house
allocation problems. Econometrica 66, 1998.
"""

from dataclasses import dataclass

from .._numbers import sequence, whole
from ..mechanism import accepts_reports
from ..preferences.houses import Assignment, Houses
from ..preferences.rankings import Ballots, Ranking


@dataclass(frozen=True)
class SerialDictatorship:
    """Objects to the agents in the order of ``order``, which lists them from 0.  O(n m).

    Who finds nothing left that it ranks gets None.

    Examples
    --------
    >>> houses = Houses(("attic", "barn"), agents=("ann", "bob", "cat"))
    >>> rule = SerialDictatorship((2, 0, 1), houses)
    >>> houses.tell(rule([["attic", "barn"], ["attic", "barn"], ["attic", "barn"]]))
    'ann: barn, bob: nothing, cat: attic'
    """

    order: tuple[int, ...]
    setting: Houses

    def __post_init__(self) -> None:
        given = sequence(self.order, "order")
        order = tuple(whole(agent, f"order[{t}]", 0) for t, agent in enumerate(given))
        object.__setattr__(self, "order", order)
        if sorted(self.order) != [*range(len(self.order))]:
            raise ValueError(f"order is {self.order}: it must list the agents from 0, each once")

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Assignment:
        """Who gets which object."""
        if len(self.order) != len(reports):
            raise ValueError(
                f"order is {self.order}: it must have each of {len(reports)} agents, "
                "one for each report"
            )
        held: Assignment = (None,) * len(reports)
        for agent in self.order:
            held = (*held[:agent], best_left(reports[agent], held), *held[agent + 1 :])
        return held


def best_left(ranking: Ranking, held: Assignment) -> int | None:
    """The best object that nobody holds, or None where none is ranked."""
    return next((item for item in ranking if item not in held), None)
