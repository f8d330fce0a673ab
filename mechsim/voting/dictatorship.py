r"""Dictatorship: the candidate whom one voter, fixed in advance, ranks first.

.. math:: f(\theta) = \theta_{i,1}.

With at least three candidates no other rule that all candidates can win is strategyproof.

References
----------
Gibbard. Manipulation of voting schemes: a general result. Econometrica 41, 1973.
Satterthwaite. Strategy-proofness and Arrow's conditions. Journal of Economic Theory 10, 1975.
"""

from dataclasses import dataclass

from ..mechanism import accepts_reports
from ..preferences.rankings import Ballots, Rankings


@dataclass(frozen=True)
class Dictatorship:
    """The first choice of ``agent``, counted from 0.  O(1).

    Examples
    --------
    >>> Dictatorship(0, Rankings(("ann", "bob")))([["bob", "ann"], ["ann", "bob"]])
    1
    """

    agent: int
    setting: Rankings

    def __post_init__(self) -> None:
        if self.agent < 0:
            raise ValueError(f"agent is {self.agent}: agents are counted from 0")

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> int:
        """Who wins."""
        if self.agent >= len(reports):
            raise ValueError(f"agent is {self.agent}: there are only {len(reports)} reports")
        return reports[self.agent][0]
