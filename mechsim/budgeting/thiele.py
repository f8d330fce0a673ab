r"""Thiele rules: the committee that is worth most, where further members are worth less to a voter.

For weights :math:`w_1 \ge w_2 \ge \dots \ge 0`, candidates of one cost and a budget for :math:`k`,

.. math::

   \max_{|W| = k}\ \sum_i \sum_{j=1}^{|A_i \cap W|} w_j.

========================================  ==============================================
Proportional Approval Voting (PAV)        :math:`w_j = 1/j`
Chamberlin-Courant                        :math:`w = (1, 0, 0, \dots)`
approval voting                           :math:`w = (1, 1, 1, \dots)`
:math:`q`-geometric                       :math:`w_j = q^{j-1}`
========================================  ==============================================

Of several best committees it is the one that has the first candidate, if one does, then the second,
and so on.  All :math:`k` seats are filled, also by candidates whom nobody approves of; if there are
fewer candidates than seats, all are elected.

PAV satisfies EJR, and is the only Thiele rule that does; Chamberlin-Courant satisfies JR.  To find
the best committee is NP-hard for both.  The search is by branch and bound in whole numbers, hence
exact.  With 1,000 voters it takes some milliseconds to elect 5 of 30 candidates.  To elect 10 of 50
takes a fraction of a second where voters who are near to each other approve of the same, and up to
a minute where approvals are independent, or large parties overlap.

References
----------
Thiele. Om Flerfoldsvalg. 1895.
Chamberlin, Courant. Representative Deliberations and Representative Decisions. APSR 77, 1983.
Aziz, Brill, Conitzer, Elkind, Freeman, Walsh. Justified Representation in Approval-Based Committee
Voting. Social Choice and Welfare 48, 2017.
Lackner, Skowron. Multi-Winner Voting with Approval Preferences. Springer, 2023.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import accumulate, combinations
from math import comb
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Ballots, Election, Funded
from ._arguments import require_setting, require_weights
from ._committees import seats
from ._counting import Classes, voters_of
from .weights import Geometric, Harmonic, Weights, whole_weights

LISTED = 500
"""Of up to so many committees all are scored."""

Flags: TypeAlias = npt.NDArray[np.bool_]
Lists: TypeAlias = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


@dataclass(frozen=True)
class Thiele:
    """The committee of the highest score.

    Parameters
    ----------
    weights : Weights
        What further members are worth: `Harmonic`, `Geometric`, or a value with a method
        ``weight`` of its own.
    setting : Election
        Candidates that all cost the same, and a budget that pays for a whole number of them.

    Raises
    ------
    ValueError
        If the setting is not that; when called, if weights rise, or if in whole numbers scores are
        too large for 62 bits.

    Examples
    --------
    >>> election = Election(("ann", "bob", "cat", "dan"), (1, 1, 1, 1), 3)
    >>> votes = [["ann", "bob", "cat"]] * 5 + [["dan"]] * 2
    >>> PAV(election)(votes) == {0, 1, 3}
    True
    >>> approval_voting = Thiele(Geometric(1), election)
    >>> election.tell(approval_voting(votes))
    '{ann, bob, cat}'
    >>> PAV(election).score(votes, ["ann", "bob", "dan"])
    Fraction(19, 2)
    """

    weights: Weights
    setting: Election

    def __post_init__(self) -> None:
        require_weights(self.weights)
        require_setting(self.setting, Election)
        seats(self.setting)

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Funded:
        """Who is elected."""
        return self._elect(tally(reports))

    def of_population(self, population: Population, /) -> Funded:
        """The same, for counted ballots."""
        return self._elect(tally(population))

    def score(
        self,
        reports: Iterable[Iterable[str | int]] | Population,
        committee: Iterable[str | int],
        /,
    ) -> Fraction:
        """What a committee is worth to all voters together.

        Parameters
        ----------
        reports : ballots, or a population of them
        committee : iterable of str or int
            Candidates by name or number, as on a ballot; any number of them.
        """
        (members,) = self.setting.read([list(committee)])
        worth = [Fraction(0)]
        worth += accumulate(Fraction(self.weights.weight(j + 1)) for j in range(len(members)))
        classes: Classes = tally(self.setting.read(reports))
        return sum((n * worth[len(ballot & members)] for ballot, n in classes), Fraction(0))

    def _elect(self, classes: Classes) -> Funded:
        from ._kernels import search

        places, candidates = seats(self.setting), len(self.setting.costs)
        sizes = np.array([min(len(ballot), places) for ballot, _ in classes])
        weights = whole_weights(self.weights, int(sizes.max()))
        worth = [0, *accumulate(weights)]
        if voters_of(classes) * worth[-1] >= 2**62:
            raise ValueError(
                f"reports are of {voters_of(classes):,} voters: in whole numbers scores are too "
                f"large for {places} seats"
            )
        if comb(candidates, min(places, candidates)) <= LISTED:
            return self._best_listed(classes, worth)
        approved = np.zeros((len(classes), candidates), np.bool_)
        for k, (ballot, _) in enumerate(classes):
            approved[k, list(ballot)] = True
        voters = np.array([n for _, n in classes], np.int64)
        members = search(
            places,
            int(voters @ np.array(worth, np.int64)[sizes]),
            voters,
            np.array([*weights, 0], np.int64),
            _lists(approved),
            _lists(approved.T),
            _needs(approved),
        )
        return frozenset(np.flatnonzero(members).tolist())

    def _best_listed(self, classes: Classes, worth: list[int]) -> Funded:
        """The first committee of all that scores most: the definition."""
        candidates = range(len(self.setting.costs))
        places = min(seats(self.setting), len(candidates))
        committees = map(frozenset, combinations(candidates, places))
        return max(
            committees, key=lambda c: sum(n * worth[len(ballot & c)] for ballot, n in classes)
        )


PAV = partial(Thiele, Harmonic())
"""Proportional Approval Voting, of a setting, as in ``PAV(election)(ballots)``."""

ChamberlinCourant = partial(Thiele, Geometric(0))
"""Chamberlin-Courant, of a setting, as in ``ChamberlinCourant(election)(ballots)``."""


def _lists(table: Flags) -> Lists:
    """The columns that are true in each row, one list after the other, and where each begins."""
    ends = np.cumsum(table.sum(axis=1), dtype=np.int64)
    return np.concatenate([np.zeros(1, np.int64), ends]), np.nonzero(table)[1].astype(np.int64)


def _needs(approved: Flags) -> Flags:
    """Whether an earlier candidate has all the supporters of one, and so comes before it.

    A committee with the one and without the other is worth no less after an exchange.
    """
    whole = approved.astype(np.float64)
    common = whole.T @ whole
    contained: Flags = common == np.diag(common)[:, None]
    return np.tril(contained, -1)
