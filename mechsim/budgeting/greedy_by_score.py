r"""Greedy by score: the projects with most points first, each if it still fits.

In the order of :math:`\sum_i u_i(c)`, or of :math:`\sum_i u_i(c) / \mathrm{cost}(c)`, fund
:math:`c` if its cost and the costs of what is funded are together at most :math:`B`.

This is how cities decide in which voters give points.  If a project is worth 1 to whoever names it,
it is greedy approval voting.

References
----------
Talmon, Faliszewski. A Framework for Approval-Based Budgeting Methods. AAAI 2019.
"""

from dataclasses import dataclass

from ..algorithms.ties import Ties
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Funded
from ..preferences.scored import ScoredElection, Scores, Scorings
from ._arguments import require_setting, require_ties
from ._counting import in_turn, totals


@dataclass(frozen=True)
class GreedyByScore:
    """Projects by all their points, each if it fits.  O(points + m^2).

    Parameters
    ----------
    ties : Ties
        Which of several projects that are equally good comes first.
    setting : ScoredElection
        The projects, their costs and the budget.
    per_cost : bool
        Whether points per cost decide.

    Examples
    --------
    >>> from mechsim.algorithms.ties import Lexicographic
    >>> election = ScoredElection(("park", "pool", "road"), (2, 1, 2), 3)
    >>> votes = [{"park": 1, "road": 3}] * 2 + [{"pool": 1}]
    >>> election.tell(GreedyByScore(Lexicographic(), election)(votes))
    '{pool, road}'
    """

    ties: Ties
    setting: ScoredElection
    per_cost: bool = False

    def __post_init__(self) -> None:
        require_ties(self.ties)
        require_setting(self.setting, ScoredElection)

    @accepts_reports
    def __call__(self, reports: Scorings, /) -> Funded:
        """What is funded."""
        return self._fund(tally(reports))

    def of_population(self, population: Population, /) -> Funded:
        """The same, for counted rows of points."""
        return self._fund(tally(population))

    def _fund(self, classes: tuple[tuple[Scores, int], ...]) -> Funded:
        merit = totals(self.setting, classes)
        if self.per_cost:
            merit = {c: points / self.setting.costs[c] for c, points in merit.items()}
        return in_turn(self.setting.approval, merit, self.ties)
