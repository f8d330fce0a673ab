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
from typing import Any

from ..algorithms.rounding import Rounded
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Election
from ..preferences.scored import ScoredElection
from ._arguments import require_setting
from ._counting import voters_of


@dataclass(frozen=True)
class FractionalRandomDictator:
    """The mean of what each voter would fund.

    That is its approved projects, the cheapest first; or those with most points for their cost; the
    last one in part.  Money that a voter has no use for is not spent.

    Parameters
    ----------
    setting : Election or ScoredElection
        The projects, their costs and the budget; voters approve of projects, or give them points.
    parts : bool
        Whether a voter funds a project in part, or only whole ones, as many or as good as it can.

    Examples
    --------
    >>> election = Election(("park", "pool", "road"), (2, 2, 3), 3)
    >>> lottery = FractionalRandomDictator(election)([{"park", "pool"}, {"road"}])
    >>> election.tell(lottery.marginals)
    '{park: 1/2, pool: 1/4, road: 1/2}'
    """

    setting: Election | ScoredElection
    parts: bool = True

    def __post_init__(self) -> None:
        require_setting(self.setting, Election, ScoredElection)

    @accepts_reports
    def __call__(self, reports: tuple[Any, ...], /) -> Rounded:
        """The lottery."""
        return self._lottery(tally(reports))

    def of_population(self, population: Population, /) -> Rounded:
        """The same, for counted reports."""
        return self._lottery(tally(population))

    def _lottery(self, classes: tuple[tuple[Any, int], ...]) -> Rounded:
        setting = self.setting
        budget, voters = Fraction(setting.budget), voters_of(classes)
        benchmark = "fractional" if self.parts else "integral"
        p = [Fraction(0)] * len(setting.projects)
        for type_, count in classes:
            for c, part in setting.buys(type_, budget, benchmark).items():
                p[c] += part * Fraction(count, voters)
        return Rounded(tuple(p), tuple(map(Fraction, setting.costs)))
