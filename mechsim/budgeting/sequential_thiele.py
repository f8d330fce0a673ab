r"""Sequential Thiele rules: one candidate after the other, the one who adds most to the score.

With the members :math:`W` elected so far, candidate :math:`c` would add

.. math:: \sum_{i : c \in A_i} w_{|A_i \cap W| + 1}.

Elect the candidate who adds most, until all :math:`k` seats are filled.  The score is at least
:math:`1 - 1/e` of the best one.  With :math:`w_j = 1/j` this is sequential PAV, which satisfies JR
for :math:`k \le 5`, but not for :math:`k \ge 6`.

References
----------
Thiele. Om Flerfoldsvalg. 1895.
Nemhauser, Wolsey, Fisher. An Analysis of Approximations for Maximizing Submodular Set Functions.
Mathematical Programming 14, 1978.
Sánchez-Fernández, Elkind, Lackner, Fernández, Fisteus, Basanta Val, Skowron. Proportional Justified
Representation. AAAI 2017.
"""

from dataclasses import dataclass
from functools import partial

from ..algorithms.ties import Ties
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Ballots, Election, Funded
from ._arguments import require_setting, require_ties, require_weights
from ._committees import seats
from ._counting import Classes, supporters
from ._ties import pick
from .weights import Harmonic, Weights, whole_weights


@dataclass(frozen=True)
class SequentialThiele:
    """Whoever adds most to the score comes next.

    Exact.  O(k m) comparisons, and O(1) sums for each pair of approvals on one ballot.

    Parameters
    ----------
    weights : Weights
        As of `Thiele`.
    ties : Ties
        Which of several candidates who add most comes next.
    setting : Election
        Candidates that all cost the same, and a budget that pays for a whole number of them.

    Raises
    ------
    ValueError
        If the setting is not that; when called, if weights rise.

    Examples
    --------
    >>> from mechsim.algorithms.ties import Lexicographic
    >>> election = Election(("a", "b", "c", "d"), (1, 1, 1, 1), 2)
    >>> votes = ["ab"] * 3 + ["ad"] * 6 + ["b"] * 4 + ["c"] * 5 + ["cd"] * 5
    >>> election.tell(SequentialPAV(Lexicographic(), election)(list(map(list, votes))))
    '{c, d}'
    """

    weights: Weights
    ties: Ties
    setting: Election

    def __post_init__(self) -> None:
        require_weights(self.weights)
        require_ties(self.ties)
        require_setting(self.setting, Election)
        seats(self.setting)

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Funded:
        """Who is elected."""
        return self._elect(tally(reports))

    def of_population(self, population: Population, /) -> Funded:
        """The same, for counted ballots."""
        return self._elect(tally(population))

    def _elect(self, classes: Classes) -> Funded:
        places, who = seats(self.setting), supporters(classes)
        weights = [*whole_weights(self.weights, places), 0]
        members = [0] * len(classes)
        adds = dict.fromkeys(range(len(self.setting.costs)), 0)
        for ballot, voters in classes:
            for c in ballot:
                adds[c] += voters * weights[0]
        chosen: set[int] = set()
        while len(chosen) < places:
            most = max(adds.values())
            c = pick(self.ties, [d for d, added in adds.items() if added == most])
            del adds[c]
            chosen.add(c)
            for k in who.get(c, []):
                less = classes[k][1] * (weights[members[k]] - weights[members[k] + 1])
                members[k] += 1
                for d in classes[k][0] & adds.keys():
                    adds[d] -= less
        return frozenset(chosen)


SequentialPAV = partial(SequentialThiele, Harmonic())
"""Sequential PAV, of ties and a setting, as in ``SequentialPAV(ties, election)(ballots)``."""
