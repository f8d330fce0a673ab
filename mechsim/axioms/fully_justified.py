r"""Full justified representation and the core: what groups must get that need not agree.

A group :math:`S` that could pay for :math:`T`, :math:`|S| B \ge n\, \mathrm{cost}(T)`, has a member
with :math:`|A_i \cap W| \ge \beta` if each member has :math:`|A_i \cap T| \ge \beta` (FJR); it does
not even gain by :math:`T`, each member, :math:`|A_i \cap T| > |A_i \cap W|` (core).  The core
implies FJR, which implies EJR.  Both are coNP-hard to test.

All sets of at most 16 projects are listed.  Of more, those are left out that cannot matter, and of
real elections seldom more than 16 remain.  If so, HiGHS is asked for a group by integer programs,
for 5 seconds.  A group is always checked exactly; that there is none is then the word of HiGHS, and
the verdict says so.  What it does not decide in time is said to be unknown.

References
----------
Peters, Pierczyński, Skowron. Proportional Participatory Budgeting with Additive Utilities.
arXiv:2008.13276.
Fain, Goel, Munagala. The Core of the Participatory Budgeting Problem. WINE 2016.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic

import numpy as np

from ._cohesion import (
    LISTED,
    Cohesive,
    Electorate,
    Found,
    Group,
    Integers,
    Projects,
    Unseen,
    gets_of,
)
from ._groups_by_program import SECONDS, TRUSTED, Sought, candidates
from ._joining import Joiners, listed, projects_of, reduced


@dataclass(frozen=True)
class FJR(Cohesive):
    """No group could pay for projects of which each member approves more than any of them gets.

    The violation is how many more the least served by the projects has than the best served now.
    """

    def search(self, voters: Electorate, chosen: Projects) -> Found:
        """Of all sets of projects, one of a group that lacks most; of many projects, any."""
        gets = gets_of(voters, chosen)
        if voters.too_many:
            most = max((len(b) for b in voters.ballots), default=0)
            levels = (np.where(gets < k, k, 0) for k in range(1, most + 1))
            return _joined(self, voters, chosen, levels)
        sets = voters.sets
        worst, found = 0, None
        for level in range(1, len(voters.projects) + 1):
            able = gets < level
            paying = np.zeros(len(sets), np.int64)
            best = np.full(len(sets), -1, np.int64)
            for k in np.flatnonzero(able).tolist():
                inside = np.bitwise_count(voters.masks[k] & sets) >= level
                paying += np.where(inside, voters.sizes[k], 0)
                best = np.where(inside, np.maximum(best, gets[k]), best)
            bad = np.flatnonzero((paying >= voters.needs) & (paying > 0))
            if len(bad):
                short = level - best[bad]
                if int(short.max()) > worst:
                    worst = int(short.max())
                    found = voters.members(int(sets[bad[int(np.argmax(short))]]))
        return found

    def suffering(self, voters: Electorate, chosen: Projects, wanted: Projects) -> Group | None:
        """Of all levels, the group that lacks most."""
        worth = np.array([len(b & wanted) for b in voters.ballots])
        gets = np.array([len(b & chosen) for b in voters.ballots])
        best: Group | None = None
        for level in range(1, int(worth.max(initial=0)) + 1):
            who = (worth >= level) & (gets < level)
            if voters.can_pay(who, wanted):
                short = level - int(gets[who].max())
                if best is None or short > best.short:
                    best = voters.among(who, short)
        return best


@dataclass(frozen=True)
class Core(Cohesive):
    """No group could pay for projects of which each member gets more than it does now.

    The violation is how much more, for the member who gains least.
    """

    def search(self, voters: Electorate, chosen: Projects) -> Found:
        """Of all sets of projects, one by which members gain most; of many projects, any."""
        gets = gets_of(voters, chosen)
        if voters.too_many:
            return _joined(self, voters, chosen, [gets + 1])
        sets = voters.sets
        found = None
        for gain in range(1, len(voters.projects) + 1):
            paying = np.zeros(len(sets), np.int64)
            for k in range(len(voters.ballots)):
                inside = np.bitwise_count(voters.masks[k] & sets) >= gets[k] + gain
                paying += np.where(inside, voters.sizes[k], 0)
            bad = np.flatnonzero((paying >= voters.needs) & (paying > 0))
            if not len(bad):
                break
            found = voters.members(int(sets[bad[0]]))
        return found

    def suffering(self, voters: Electorate, chosen: Projects, wanted: Projects) -> Group | None:
        """Who gains; of those, the ones who gain most, as long as they can pay."""
        gains = np.array([len(b & wanted) - len(b & chosen) for b in voters.ballots])
        for gain in range(int(gains.max(initial=0)), 0, -1):
            who = gains >= gain
            if voters.can_pay(who, wanted):
                return voters.among(who, gain)
        return None


def _joined(
    axiom: FJR | Core, voters: Electorate, chosen: Projects, wants: Iterable[Integers]
) -> Found:
    """The projects of a group that gets too little, of many projects.

    ``wants`` has, for each kind of group that is looked for, how many of the projects a voter of
    each class must approve of to be in it; 0 if it cannot.
    """
    until = monotonic() + SECONDS
    trusted = False
    for each in wants:
        everybody = zip(voters.ballots, each.tolist(), voters.sizes.tolist(), strict=True)
        joiners = reduced(voters, (Joiners(*one) for one in everybody if one[1]))
        if len(projects_of(joiners)) <= LISTED:
            found = listed(voters, joiners)
            if found is not None:
                return found
            continue
        trusted = True
        for wanted in candidates(Sought(voters, joiners), until):
            if axiom.suffering(voters, chosen, wanted) is not None:
                return wanted
    return Unseen(TRUSTED) if trusted else None
