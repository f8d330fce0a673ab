r"""Greedy by votes per cost: the projects with most approvals for their money first.

In the order of :math:`|N_c| / \mathrm{cost}(c)`, fund :math:`c` if it still fits into the budget.

References
----------
Talmon, Faliszewski. A Framework for Approval-Based Budgeting Methods. AAAI 2019.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..algorithms.ties import Ties
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Ballots, Election, Funded
from ._arguments import require_setting, require_ties
from ._counting import Classes, approvals, in_turn


@dataclass(frozen=True)
class GreedyRatio:
    """Projects by approvals per cost, each if it fits.  O(approvals + m^2).

    Parameters
    ----------
    ties : Ties
        Which of several projects with the same ratio comes first.
    setting : Election
        The projects, their costs and the budget.

    Examples
    --------
    >>> from mechsim.algorithms.ties import Lexicographic
    >>> election = Election(("park", "pool", "road"), (4, 1, 3), 4)
    >>> funded = GreedyRatio(Lexicographic(), election)([{"park", "road"}] * 2 + [{"pool"}])
    >>> election.tell(funded)
    '{pool, road}'
    """

    ties: Ties
    setting: Election

    def __post_init__(self) -> None:
        require_ties(self.ties)
        require_setting(self.setting, Election)

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Funded:
        """What is funded."""
        return self._fund(tally(reports))

    def of_population(self, population: Population, /) -> Funded:
        """The same, for counted ballots."""
        return self._fund(tally(population))

    def _fund(self, classes: Classes) -> Funded:
        costs = self.setting.costs
        merit = {c: Fraction(votes, 1) / costs[c] for c, votes in approvals(classes).items()}
        return in_turn(self.setting, merit, self.ties)
