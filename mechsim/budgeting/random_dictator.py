r"""Fractional random dictatorship: every voter decides about an equal part of the budget's use.

With :math:`t_i` what voter :math:`i` would do with the whole budget, alone, the outcome is the
mean, :math:`p = \frac{1}{n} \sum_i t_i`, rounded to a lottery.  It satisfies group fair share in
expectation,

.. math:: \sum_c p_c \max_{i \in S} u_i(c) \ge \frac{1}{n} \sum_{i \in S} V_i(B),

as each member's own part is worth that much to it, and nothing ex post.

References
----------
Aziz, Lu, Suzuki, Vollen, Walsh. Fair Lotteries for Participatory Budgeting. arXiv:2404.05198.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..algorithms.rounding import Rounded
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Ballot, Ballots, Election
from ._counting import Classes, voters_of


@dataclass(frozen=True)
class FractionalRandomDictator:
    """The mean of what each voter would fund, cheapest approved projects first, in parts.

    Money that a voter has no use for is not spent.

    Parameters
    ----------
    setting : Election
        The projects, their costs and the budget.
    parts : bool
        Whether a voter funds a part of the first project that does not fit.

    Examples
    --------
    >>> election = Election(("park", "pool", "road"), (2, 2, 3), 3)
    >>> lottery = FractionalRandomDictator(election)([{"park", "pool"}, {"road"}])
    >>> election.tell(lottery.marginals)
    '{park: 1/2, pool: 1/4, road: 1/2}'
    """

    setting: Election
    parts: bool = True

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Rounded:
        """The lottery."""
        return self._lottery(tally(reports))

    def of_population(self, population: Population, /) -> Rounded:
        """The same, for counted ballots."""
        return self._lottery(tally(population))

    def _lottery(self, classes: Classes) -> Rounded:
        voters = voters_of(classes)
        p = [Fraction(0)] * len(self.setting.projects)
        for ballot, count in classes:
            for c, part in self._alone(ballot).items():
                p[c] += part * Fraction(count, voters)
        return Rounded(tuple(p), tuple(map(Fraction, self.setting.costs)))

    def _alone(self, ballot: Ballot) -> dict[int, Fraction]:
        election, left = self.setting, Fraction(self.setting.budget)
        found: dict[int, Fraction] = {}
        for c in election.cheapest_first(ballot.intersection(election.affordable)):
            part = min(Fraction(1), left / election.costs[c])
            if part < 1 and not self.parts:
                break
            found[c] = part
            left -= part * election.costs[c]
        return {c: part for c, part in found.items() if part}
