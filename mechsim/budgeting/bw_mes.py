r"""BW-MES-PB, best of both worlds: fair in every outcome, and fairer in expectation.

1. Run Equal Shares: it funds :math:`W` and leaves voter :math:`i` with :math:`b_i`.
2. Let :math:`p = 1_W`.  Each voter spends :math:`b_i` on a part of the cheapest project that it
   approves of and that is not funded.  (What the supporters of a project have left never suffices
   to pay for all of it, or Equal Shares would have funded it; so one project takes it all, and the
   order of voters is immaterial.)
3. Spend what is left of :math:`B` on any projects, in order, until :math:`\mathrm{cost}(p) = B`.
4. Round :math:`p`: a lottery whose marginals are :math:`p` and whose outcomes cost :math:`B` up to
   one project.

Every outcome contains :math:`W`, and so satisfies EJR; in expectation each group of voters of one
mind gets at least its fair share, however small it is.

References
----------
Aziz, Lu, Suzuki, Vollen, Walsh. Fair Lotteries for Participatory Budgeting. arXiv:2404.05198.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..algorithms.rounding import Rounded
from ..algorithms.ties import Ties
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Ballots, Election
from ._arguments import require_setting, require_ties
from ._counting import Classes
from ._filling import fill, spend_on
from .equal_shares import EqualShares


@dataclass(frozen=True)
class BWMES:
    """Equal Shares, its leftovers spent on parts of projects, and the parts rounded.

    Projects that cost more than the budget get no part of it.

    Parameters
    ----------
    ties : Ties
        As in `EqualShares`.
    setting : Election
        The projects, their costs and the budget.

    Examples
    --------
    >>> from mechsim.algorithms.ties import Lexicographic
    >>> election = Election(("park", "pool", "road"), (5, 5, 6), 15)
    >>> lottery = BWMES(Lexicographic(), election)([[0, 1, 2], [0, 1, 2], [0, 1]])
    >>> election.tell(lottery.marginals)
    '{park: 1, pool: 1, road: 5/6}'
    """

    ties: Ties
    setting: Election

    def __post_init__(self) -> None:
        require_ties(self.ties)
        require_setting(self.setting, Election)

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Rounded:
        """The lottery."""
        return self._lottery(tally(reports))

    def of_population(self, population: Population, /) -> Rounded:
        """The same, for counted ballots."""
        return self._lottery(tally(population))

    def _lottery(self, classes: Classes) -> Rounded:
        election = self.setting
        spending = EqualShares(self.ties, election).spend(classes)
        waiting = frozenset(election.affordable) - spending.funded
        p = [Fraction(c in spending.funded) for c in range(len(election.costs))]
        for (ballot, voters), left in zip(classes, spending.left, strict=True):
            spend_on(election, p, election.cheapest_first(ballot & waiting), left * voters)
        fill(election, p)
        return Rounded(tuple(p), tuple(map(Fraction, election.costs)))
