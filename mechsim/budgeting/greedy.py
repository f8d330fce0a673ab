r"""Greedy approval voting: the most approved projects first, each if it still fits.

In the order of :math:`|N_c|`, where :math:`N_c` are the voters who approve of project :math:`c`,
fund :math:`c` if its cost and the costs of what is funded are together at most :math:`B`.

This is how most cities decide.  A majority may take the whole budget.

References
----------
Talmon, Faliszewski. A Framework for Approval-Based Budgeting Methods. AAAI 2019.
"""

from dataclasses import dataclass

from ..algorithms.ties import Ties
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Ballots, Election, Funded
from ._arguments import require_setting, require_ties
from ._counting import Classes, approvals, in_turn


@dataclass(frozen=True)
class GreedyAV:
    """Projects by approvals, each if it fits.  O(approvals + m^2).

    Parameters
    ----------
    ties : Ties
        Which of several equally approved projects comes first.
    setting : Election
        The projects, their costs and the budget.

    Examples
    --------
    >>> from mechsim.algorithms.ties import Lexicographic
    >>> election = Election(("park", "pool", "road"), (2, 1, 2), 3)
    >>> funded = GreedyAV(Lexicographic(), election)([{"park", "road"}] * 2 + [{"pool"}])
    >>> election.tell(funded)
    '{park, pool}'
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
        return in_turn(self.setting, approvals(classes), self.ties)
