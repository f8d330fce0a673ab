r"""Greedy approval voting: the most approved projects first, each if it still fits.

In the order of :math:`|N_c|`, where :math:`N_c` are the voters who approve of project :math:`c`,
fund :math:`c` if its cost and the costs of what is funded are together at most :math:`B`.

This is how most cities decide.  A majority may take the whole budget.

References
----------
Talmon, Faliszewski. A Framework for Approval-Based Budgeting Methods. AAAI 2019.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..algorithms.ties import Ties
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Ballot, Ballots, Election, Funded
from ._ties import pick


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

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Funded:
        """What is funded."""
        return self._fund(tally(reports))

    def of_population(self, population: Population, /) -> Funded:
        """The same, for counted ballots."""
        return self._fund(tally(population))

    def _fund(self, classes: tuple[tuple[Ballot, int], ...]) -> Funded:
        approvals: dict[int, int] = {}
        for ballot, voters in classes:
            for c in ballot:
                approvals[c] = approvals.get(c, 0) + voters
        funded: set[int] = set()
        spent = Fraction(0)
        while approvals:
            most = max(approvals.values())
            c = pick(self.ties, sorted(c for c, a in approvals.items() if a == most))
            del approvals[c]
            if spent + self.setting.costs[c] <= self.setting.budget:
                funded.add(c)
                spent += self.setting.costs[c]
        return frozenset(funded)
