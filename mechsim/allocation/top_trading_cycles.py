r"""Top trading cycles: agents trade what they own, each for the best that is left.

All agents point to the object that they like best of those left; an object points to its owner, and
one without an owner left to the agent of highest priority left.  Somewhere the pointing closes a
cycle,

.. math:: i_1 \to a_1 \to i_2 \to a_2 \to \dots \to i_k \to a_k \to i_1,

agent :math:`i_j` gets :math:`a_j` for each :math:`j`, and they leave.  If all own one object, it
is the only rule that is strategyproof, Pareto optimal and never takes from anybody; what it finds
is the one assignment in the core.  If nobody owns any, it is serial dictatorship.

References
----------
Shapley, Scarf. On cores and indivisibility. Journal of Mathematical Economics 1, 1974.
Ma. Strategy-proofness and the strict core in a market with indivisibilities. International Journal
of Game Theory 23, 1994.
Abdulkadiroğlu, Sönmez. House allocation with existing tenants. Journal of Economic Theory 88, 1999.
"""

from dataclasses import dataclass
from typing import cast

from ..algorithms.cycles import cycle_in
from ..mechanism import accepts_reports
from ..preferences.houses import Assignment, Houses
from ..preferences.rankings import Ballots


@dataclass(frozen=True)
class TopTradingCycles:
    """Trade from ``endowment``; lower agents have priority where nobody owns.  O(n^2 m).

    Parameters
    ----------
    endowment : tuple of int or None
        The object that each agent owns, counted from 0, or None; no object twice.
    setting : Houses

    Examples
    --------
    >>> houses = Houses(("attic", "barn", "cave"), agents=("ann", "bob", "cat"))
    >>> rule = TopTradingCycles((0, 1, 2), houses)
    >>> houses.tell(rule([(1, 2, 0), (0, 1, 2), (0, 1, 2)]))
    'ann: barn, bob: attic, cat: cave'
    """

    endowment: Assignment
    setting: Houses

    def __post_init__(self) -> None:
        object.__setattr__(self, "endowment", tuple(self.endowment))
        if not self.setting.admits(self.endowment):
            raise ValueError(
                f"endowment is {self.endowment}: it must be an object of {self.setting} or None "
                "for each agent, no object twice"
            )

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Assignment:
        """Who gets which object."""
        if len(self.endowment) != len(reports):
            raise ValueError(
                f"endowment is {self.endowment}: it must have one entry for each of "
                f"{len(reports)} agents"
            )
        held: dict[int, int | None] = {}
        left = set(range(len(self.setting.objects)))
        while len(held) < len(reports):
            waiting = [agent for agent in range(len(reports)) if agent not in held]
            wanted = {
                agent: next((item for item in reports[agent] if item in left), None)
                for agent in waiting
            }
            alone = {agent: None for agent, item in wanted.items() if item is None}
            if alone:
                held |= alone
                continue
            points = {
                agent: (self._keeper(cast(int, item), waiting),) for agent, item in wanted.items()
            }
            cycle = cycle_in(points)
            for agent in cycle or ():
                held[agent] = wanted[agent]
                left -= {wanted[agent]}
        return tuple(held[agent] for agent in range(len(reports)))

    def _keeper(self, item: int, waiting: list[int]) -> int:
        """To whom an object points: its owner, or the first in order."""
        return next((agent for agent in waiting if self.endowment[agent] == item), waiting[0])
