r"""The outcome with most approvals in all, or most points: a knapsack.

.. math:: \max_{W : \mathrm{cost}(W) \le B}\ \sum_i |A_i \cap W|,
          \qquad \max_{W : \mathrm{cost}(W) \le B}\ \sum_i \sum_{c \in W} u_i(c).

Of several optima the one that has the first project, if one does, then the second, and so on.

References
----------
Talmon, Faliszewski. A Framework for Approval-Based Budgeting Methods. AAAI 2019.
"""

from dataclasses import dataclass
from typing import Any

from ..algorithms.knapsack import best_set
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Election, Funded
from ..preferences.scored import ScoredElection
from ._arguments import require_setting
from ._counting import totals


@dataclass(frozen=True)
class MaxUtility:
    """The feasible set of projects that is worth most to all voters together.

    Parameters
    ----------
    setting : Election or ScoredElection
        The projects, their costs and the budget; voters approve of projects, or give them points.

    Examples
    --------
    >>> election = Election(("park", "pool", "road"), (3, 2, 2), 4)
    >>> funded = MaxUtility(election)([{"park"}, {"park", "pool"}, {"road"}, {"pool"}])
    >>> election.tell(funded)
    '{pool, road}'
    """

    setting: Election | ScoredElection

    def __post_init__(self) -> None:
        require_setting(self.setting, Election, ScoredElection)

    @accepts_reports
    def __call__(self, reports: tuple[Any, ...], /) -> Funded:
        """What is funded."""
        return self._fund(tally(reports))

    def of_population(self, population: Population, /) -> Funded:
        """The same, for counted reports."""
        return self._fund(tally(population))

    def _fund(self, classes: tuple[tuple[Any, int], ...]) -> Funded:
        worth = totals(self.setting, classes)
        return best_set(
            {c: worth.get(c, 0) for c in self.setting.affordable},
            self.setting.costs,
            self.setting.budget,
        )
