r"""Sequential Phragmén: voters earn money at the same speed, and buy what they can pay for.

Voter :math:`i` carries the load :math:`\ell_i`, at first 0.  Project :math:`c` would leave its
supporters :math:`N_c` with

.. math:: t_c = \frac{\mathrm{cost}(c) + \sum_{i \in N_c} \ell_i}{|N_c|}.

Fund the project with the smallest :math:`t_c`, and set the loads of its supporters to that.  Stop
when the next project does not fit into the budget.  The outcome satisfies PJR.

With costs of 1 this is the rule for committees; where no other candidate has votes, seats stay
empty.

References
----------
Phragmén. Sur une méthode nouvelle pour réaliser, dans les élections, la représentation
proportionelle des partis. 1894.
Brill, Freeman, Janson, Lackner. Phragmén's Voting Methods and Justified Representation. AAAI 2017.
Los, Christoff, Grossi. Proportional Budget Allocations: Towards a Systematization. IJCAI 2022.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..algorithms.ties import Ties
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Ballots, Election, Funded
from ._arguments import require_setting, require_ties
from ._counting import Classes, approvals, supporters
from ._ties import pick


@dataclass(frozen=True)
class Phragmen:
    """The least loaded supporters buy first, until something does not fit.

    Exact.  O(m) sums over the approvals, for each project that is funded.

    Parameters
    ----------
    ties : Ties
        Which of several projects with the smallest load is funded first.
    setting : Election
        The projects, their costs and the budget.

    Examples
    --------
    >>> from mechsim.algorithms.ties import Lexicographic
    >>> election = Election(("a", "b", "c"), (1, 1, 1), 2)
    >>> funded = Phragmen(Lexicographic(), election)([{"a", "b"}] * 2 + [{"c"}])
    >>> election.tell(funded)
    '{a, b}'
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
        costs, left = self.setting.costs, Fraction(self.setting.budget)
        who, size = supporters(classes), approvals(classes)
        load = [Fraction(0)] * len(classes)
        affordable = sorted(c for c in who if costs[c] <= left)
        time = {c: Fraction(costs[c]) / size[c] for c in affordable}
        chosen: set[int] = set()
        while time:
            least = min(time.values())
            c = pick(self.ties, [d for d, t in time.items() if t == least])
            if costs[c] > left:
                break
            del time[c]
            chosen.add(c)
            left -= costs[c]
            raised: dict[int, Fraction] = {}
            for k in who[c]:
                more = (least - load[k]) * classes[k][1]
                load[k] = least
                for d in classes[k][0]:
                    raised[d] = raised.get(d, Fraction(0)) + more
            for d, more in raised.items():
                if d in time:
                    time[d] += more / size[d]
        return frozenset(chosen)
