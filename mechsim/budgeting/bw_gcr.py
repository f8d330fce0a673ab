r"""BW-GCR-PB, best of both worlds: the Greedy Cohesive Rule, and what is left over in parts.

1. Run the Greedy Cohesive Rule: it funds :math:`W`, which satisfies FJR.  Let :math:`p = 1_W`.
2. A class :math:`N_z` of voters with one ballot :math:`A_z` could alone pay for the longest prefix
   :math:`G_z` of its projects, cheapest first, with :math:`\mathrm{cost}(G_z) \le |N_z| B / n`.
   If it gets no more projects than that, :math:`|A_z \cap W| = |G_z|`, it spends the rest of its
   part of the budget on parts of its projects, cheapest first.
3. Spend what is left of :math:`B` on any projects, in order, until :math:`\mathrm{cost}(p) = B`.
4. Round :math:`p`.

Every outcome contains :math:`W`, and so satisfies FJR; in expectation every like-minded group gets
its strong fair share, :math:`u_i(p) \ge V_i(|S| B / n)`.

References
----------
Aziz, Lu, Suzuki, Vollen, Walsh. Fair Lotteries for Participatory Budgeting. arXiv:2404.05198.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..algorithms.rounding import Rounded
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Ballots, Election
from ._arguments import require_setting
from ._counting import Classes, voters_of
from ._filling import fill, spend_on
from .cohesive import GreedyCohesive


@dataclass(frozen=True)
class BWGCR:
    """The Greedy Cohesive Rule, what groups have left spent on parts, and the parts rounded.

    Projects that cost more than the budget get no part of it.

    Parameters
    ----------
    setting : Election
        At most 18 projects that voters approve of.

    Examples
    --------
    >>> election = Election(("park", "pool"), (1000, 5000), 5000)
    >>> lottery = BWGCR(election)([{"park", "pool"}, {"pool"}, {"pool"}, {"pool"}])
    >>> election.tell(lottery.marginals)
    '{park: 1, pool: 4/5}'
    """

    setting: Election

    def __post_init__(self) -> None:
        require_setting(self.setting, Election)

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Rounded:
        """The lottery."""
        return self._lottery(tally(reports))

    def of_population(self, population: Population, /) -> Rounded:
        """The same, for counted ballots."""
        return self._lottery(tally(population))

    def _lottery(self, classes: Classes) -> Rounded:
        election, voters = self.setting, voters_of(classes)
        steps = GreedyCohesive(election).steps(classes)
        funded = frozenset[int]().union(*(step.projects for step in steps))
        p = [Fraction(c in funded) for c in range(len(election.costs))]
        for ballot, count in classes:
            wanted = election.cheapest_first(ballot.intersection(election.affordable))
            money, alone = Fraction(count) * election.budget / voters, 0
            for c in wanted:
                if election.costs[c] > money:
                    break
                money, alone = money - election.costs[c], alone + 1
            if len(ballot & funded) == alone:
                spend_on(election, p, wanted, money)
        fill(election, p)
        return Rounded(tuple(p), tuple(map(Fraction, election.costs)))
