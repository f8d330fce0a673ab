r"""Fixed assignment: everybody gets the object fixed in advance, whatever is reported.

.. math:: a_i = e_i.

Strategyproof, and it takes from nobody what it owns; but agents may want to trade.
"""

from dataclasses import dataclass

from ..mechanism import accepts_reports
from ..preferences.houses import Assignment, Houses
from ..preferences.rankings import Ballots


@dataclass(frozen=True)
class FixedAssignment:
    """The assignment ``endowment``: an object, counted from 0, or None for each agent.  O(n).

    Examples
    --------
    >>> FixedAssignment((1, 0), Houses(("attic", "barn")))([[0, 1], [0, 1]])
    (1, 0)
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
        return self.endowment
