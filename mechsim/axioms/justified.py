r"""Justified representation: what a group must get that agrees on projects it could pay for.

Let :math:`A_i` be the projects that voter :math:`i` approves of, :math:`\mu(W)` their number or
their cost, and :math:`S` a group that could pay for :math:`T \subseteq \bigcap_{i \in S} A_i`, that
is :math:`|S| B \ge n\, \mathrm{cost}(T)`.  The outcome :math:`W` satisfies

========  ========================================================================================
JR        if such a group with one project is not left with nothing: somebody has a project
PJR       if :math:`|W \cap \bigcup_{i \in S} A_i| \ge |T|`
EJR       if some member has :math:`\mu(A_i \cap W) \ge \mu(T)`
EJR-1     if some member has that, or would with one project of :math:`T \setminus W` more,
          which one may choose (and then more than that)
EJR-x     the same, with any project of :math:`T \setminus W`
========  ========================================================================================

EJR implies PJR implies JR, and EJR implies EJR-x implies EJR-1.  To test PJR or EJR is coNP-hard.

All sets of at most 16 projects are listed.  Of more projects EJR and PJR by number are decided
exactly by extending sets as long as their supporters can pay for them, which takes moments where
ballots are as in real elections.  If it takes more than 5 seconds, HiGHS is asked for a group by
integer programs, for 5 seconds more.  A group is always checked exactly; that there is none is then
the word of HiGHS, and the verdict says so.  What is not decided is said to be unknown, as are the
axioms up to one project and those of cost.

References
----------
Aziz, Brill, Conitzer, Elkind, Freeman, Walsh. Justified Representation in Approval-Based Committee
Voting. Social Choice and Welfare 48, 2017.
Brill, Forster, Lackner, Maly, Peters. Proportionality in Approval-Based Participatory Budgeting.
AAAI 2023.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import inf
from time import monotonic
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ..preferences.approvals import of_classes
from ._agreeing import Agreement
from ._base import Undecided
from ._cohesion import LISTED, Cohesive, Electorate, Found, Group, Projects, Unseen, gets_of
from ._groups_by_program import SECONDS, TRUSTED, Sought, candidates
from ._joining import Joiners
from ._screening import MANY, prices, short_of_projects

UNIONS = 1 << LISTED
"""So many unions of what members of a group have are looked at."""

Measure = Literal["cardinality", "cost"]
UpTo = Literal["none", "one", "any"]


@dataclass(frozen=True)
class JR(Cohesive):
    """No group that could pay for a project which all of it approves of is left with nothing.

    The violation is 1.  Polynomial: one case a project matters.
    """

    def search(self, voters: Electorate, chosen: Projects) -> Found:
        """The first project whose unrepresented supporters could pay for it."""
        paying = dict.fromkeys(voters.projects, 0)
        for ballot, size in zip(voters.ballots, voters.sizes.tolist(), strict=True):
            if not ballot & chosen:
                for c in ballot & paying.keys():
                    paying[c] += size
        for c, size in paying.items():
            if size and size >= voters.needed(voters.costs[c]):
                return frozenset({c})
        return None

    def suffering(self, voters: Electorate, chosen: Projects, wanted: Projects) -> Group | None:
        """Who approves of the one project, and has none."""
        if len(wanted) != 1 or wanted <= chosen:
            return None
        who = np.array([wanted <= b and not b & chosen for b in voters.ballots])
        return voters.among(who, 1) if voters.can_pay(who, wanted) else None


@dataclass(frozen=True)
class PJR(Cohesive):
    """A group that agrees on projects which it could pay for gets as much, all members together.

    The violation is how much is missing.

    Parameters
    ----------
    measure, up_to : str
        As of `EJR`.
    """

    measure: Measure = "cardinality"
    up_to: UpTo = "none"

    def search(self, voters: Electorate, chosen: Projects) -> Found:
        """Of all sets of projects, one of a group that misses most; of many projects, any."""
        if self == PJR() and voters.too_many:
            return _agreeing(self, voters, chosen)
        worst, found = Fraction(0), None
        for bits, need in zip(voters.sets.tolist(), voters.needs.tolist(), strict=True):
            agreeing = (voters.masks & bits) == bits
            if int(voters.sizes[agreeing].sum()) >= need:
                group = self.suffering(voters, chosen, voters.members(bits))
                if group is not None and group.short > worst:
                    worst, found = group.short, voters.members(bits)
        return found

    def suffering(self, voters: Electorate, chosen: Projects, wanted: Projects) -> Group | None:
        """Who agrees, and has projects of one small set only: the smallest such set is sought."""
        agree = [k for k, b in enumerate(voters.ballots) if wanted <= b]
        has = {k: voters.ballots[k] & chosen for k in agree}
        worth, more = worth_of(voters, wanted, self.measure), _more(self, voters, chosen, wanted)
        best: Group | None = None
        few = partial(_is_less, voters, worth, more, self.measure)
        for together in _unions(list(dict.fromkeys(has.values())), few):
            got = worth_of(voters, together, self.measure)
            who = np.zeros(len(voters.ballots), np.bool_)
            who[[k for k in agree if has[k] <= together]] = True
            if voters.can_pay(who, wanted) and (best is None or worth - got > best.short):
                best = voters.among(who, worth - got)
        return best


@dataclass(frozen=True)
class EJR(Cohesive):
    """A group that agrees on projects which it could pay for has a member who gets as much.

    The violation is how much the member who gets most still lacks.

    Parameters
    ----------
    measure : str
        What projects are worth: ``"cardinality"``, their number, or ``"cost"``.
    up_to : str
        ``"none"``; or ``"one"`` or ``"any"``: a member who lacks a project may count one more, and
        must then get more.
    """

    measure: Measure = "cardinality"
    up_to: UpTo = "none"

    def search(self, voters: Electorate, chosen: Projects) -> Found:
        """Of all sets of projects, one of a group that lacks most; of many projects, any."""
        if self == EJR() and voters.too_many:
            return _agreeing(self, voters, chosen)
        sets, most = voters.sets, voters.bits(chosen)
        worth = voters.measured(sets, self.measure)
        limit = self._limit(voters, sets, most, worth)
        gets = voters.measured(voters.masks & most, self.measure)
        gets = gets + _outside(voters, chosen, self.measure)
        paying = np.zeros(len(sets), np.int64)
        best: npt.NDArray[Any] = np.zeros(len(sets), dtype=gets.dtype)
        for k in np.argsort(gets, kind="stable").tolist():
            inside = ((voters.masks[k] & sets) == sets) & (gets[k] < worth) & (gets[k] <= limit)
            paying += np.where(inside, voters.sizes[k], 0)
            best = np.where(inside, gets[k], best)
        bad = np.flatnonzero((paying >= voters.needs) & (paying > 0))
        if not len(bad):
            return None
        short = worth[bad] - best[bad]
        return voters.members(int(sets[bad[int(np.argmax(short))]]))

    def suffering(self, voters: Electorate, chosen: Projects, wanted: Projects) -> Group | None:
        """Who agrees on the projects and gets less than they are worth, more or less."""
        worth, more = worth_of(voters, wanted, self.measure), _more(self, voters, chosen, wanted)
        if more is None:
            return None
        gets = [worth_of(voters, b & chosen, self.measure) for b in voters.ballots]
        who = np.array(
            [
                wanted <= b and got < worth and got + more <= worth
                for b, got in zip(voters.ballots, gets, strict=True)
            ]
        )
        if not voters.can_pay(who, wanted):
            return None
        most = max(got for got, inside in zip(gets, who.tolist(), strict=True) if inside)
        return voters.among(who, worth - most)

    def _limit(
        self, voters: Electorate, sets: npt.NDArray[Any], most: int, worth: npt.NDArray[Any]
    ) -> npt.NDArray[Any]:
        """The most that a member may get and still suffer, but for being below the worth."""
        if self.up_to == "none":
            return worth
        units = [worth_of(voters, frozenset({c}), self.measure) for c in voters.projects]
        order = sorted(range(len(units)), key=units.__getitem__, reverse=self.up_to == "any")
        more: npt.NDArray[Any] = np.zeros(len(sets), dtype=object)
        for k in order:  # the last one that a set lacks decides: the largest, or the smallest
            lacks = (sets >> k & 1) & ~(most >> k & 1) & 1
            unit: Any = units[k]
            more = np.where(lacks.astype(np.bool_), unit, more)
        return np.asarray(worth - more)


@dataclass(frozen=True)
class EJRPlusX(Cohesive):
    r"""Nobody's group could pay for a project that it lacks beside all that a member has.

    It is violated by a project :math:`c \notin W` and a group :math:`S` of its supporters with
    :math:`\mathrm{cost}(A_i \cap W) + \mathrm{cost}(c) \le |S| B / n` for each member.  It implies
    EJR-x of money, and is polynomial.  The violation is how much more than needed the group has.
    """

    def search(self, voters: Electorate, chosen: Projects) -> Found:
        """The first project that a group lacks most."""
        each = voters.budget / voters.voters
        lacked = frozenset(voters.projects) - chosen
        if len(voters.ballots) >= MANY:
            classes = tuple(zip(voters.ballots, voters.sizes.tolist(), strict=True))
            ballots = of_classes(classes, len(voters.costs))
            lacked = short_of_projects(ballots, prices(voters.costs), float(voters.budget), chosen)
        has: dict[int, list[tuple[Fraction, int]]] = {c: [] for c in voters.projects if c in lacked}
        if not has:
            return None
        for ballot, size in zip(voters.ballots, voters.sizes.tolist(), strict=True):
            got = sum((voters.costs[d] for d in ballot & chosen), Fraction(0))
            for c in ballot & has.keys():
                has[c].append((got, size))
        worst, found = Fraction(-1), None
        for c, rows in has.items():
            paying = 0
            for got, size in sorted(rows):
                paying += size
                spare = paying * each - got - voters.costs[c]
                if spare > worst and spare >= 0:
                    worst, found = spare, frozenset({c})
        return found

    def suffering(self, voters: Electorate, chosen: Projects, wanted: Projects) -> Group | None:
        """Supporters of the one project, those who have least first."""
        if len(wanted) != 1 or wanted <= chosen:
            return None
        (c,) = wanted
        has = [
            (sum((voters.costs[d] for d in b & chosen), Fraction(0)), k)
            for k, b in enumerate(voters.ballots)
            if c in b
        ]
        who = np.zeros(len(voters.ballots), np.bool_)
        paying, best = 0, None
        has.sort()
        for place, (got, k) in enumerate(has):
            who[k] = True
            paying += int(voters.sizes[k])
            if place + 1 < len(has) and has[place + 1][0] == got:
                continue
            spare = paying * voters.budget / voters.voters - got - voters.costs[c]
            if spare >= 0 and (best is None or spare > best.short):
                best = voters.among(who, spare)
        return best

    def outcome_violation(self, outcome: Any, case: Any, /) -> Fraction:
        """1 more than what the group has beyond what is needed; 0 if there is no such group."""
        found = self.group(outcome, case)
        return Fraction(0) if found is None else 1 + found.short


def _agreeing(axiom: "PJR | EJR", voters: Electorate, chosen: Projects) -> Found:
    """The projects of a group that agrees on them and gets too little, of many projects."""
    if is_certainly_ejr(voters, chosen):
        return None
    agreement = Agreement(voters, gets_of(voters, chosen), monotonic() + SECONDS)
    level = 0
    try:
        for level in agreement.levels():
            for wanted in agreement.sets(level):
                if axiom.suffering(voters, chosen, wanted) is not None:
                    return wanted
    except (TimeoutError, Undecided):
        return _agreeing_by_program(axiom, voters, chosen, level)
    return None


def _agreeing_by_program(
    axiom: "PJR | EJR", voters: Electorate, chosen: Projects, first: int
) -> Found:
    """The same by integer programs, of groups that agree on so many projects, or more."""
    agreement = Agreement(voters, gets_of(voters, chosen), inf)
    until = monotonic() + SECONDS
    for level in agreement.levels()[first - 1 :]:
        for wanted in candidates(_program(axiom, agreement, chosen, level), until):
            if axiom.suffering(voters, chosen, wanted) is not None:
                return wanted
    return Unseen(TRUSTED)


def _program(axiom: "PJR | EJR", agreement: Agreement, chosen: Projects, level: int) -> Sought:
    """Groups that agree on so many projects, could pay for them, and have fewer."""
    voters = agreement.voters
    members, projects = agreement.involved(level)
    joiners = tuple(
        Joiners(voters.ballots[k] & projects, level, int(voters.sizes[k])) for k in members
    )
    if isinstance(axiom, EJR):
        return Sought(voters, joiners, level)
    return Sought(voters, joiners, level, tuple(voters.ballots[k] & chosen for k in members))


def is_certainly_ejr(voters: Electorate, chosen: Projects) -> bool:
    r"""Whether EJR follows from a sufficient condition, which is polynomial.

    A group that breaks EJR with :math:`T` lacks some :math:`c \in T`, and pays at least for
    :math:`c` and the :math:`|T| - 1` cheapest other projects.  If for no project and number
    :math:`\ell` the supporters with fewer than :math:`\ell` projects can pay as much, there is no
    such group.
    """
    costs = sorted(voters.costs[c] for c in voters.projects)
    gets = gets_of(voters, chosen).tolist()
    who: dict[int, list[int]] = {c: [] for c in voters.projects}
    for k, ballot in enumerate(voters.ballots):
        for c in ballot & who.keys():
            who[c].append(k)
    for c in frozenset(voters.projects) - chosen:
        others = costs.copy()
        others.remove(voters.costs[c])
        paying, cheapest = 0, voters.costs[c]
        levels: dict[int, int] = {}
        for k in who[c]:
            levels[gets[k]] = levels.get(gets[k], 0) + int(voters.sizes[k])
        for level in range(1, len(costs) + 1):
            paying += levels.get(level - 1, 0)
            cheapest += others[level - 2] if level > 1 else 0
            if cheapest > voters.budget:
                break
            if paying and paying >= voters.needed(cheapest):
                return False
    return True


def _outside(voters: Electorate, chosen: Projects, measure: Measure) -> npt.NDArray[Any]:
    """What each class gets from funded projects that are not among those to choose from."""
    more = chosen - frozenset(voters.projects)
    each = [b & more for b in voters.ballots]
    if measure == "cardinality":
        return np.array([len(b) for b in each], np.int64)
    return np.array([sum((voters.costs[c] for c in b), Fraction(0)) for b in each], dtype=object)


def worth_of(voters: Electorate, projects: Projects, measure: Measure) -> Fraction:
    """What projects are worth by a measure."""
    if measure == "cardinality":
        return Fraction(len(projects))
    return sum((voters.costs[c] for c in projects), Fraction(0))


def _more(
    axiom: "PJR | EJR", voters: Electorate, chosen: Projects, wanted: Projects
) -> Fraction | None:
    """What may be counted on top by a relaxed axiom; None if the group lacks nothing."""
    lacking = [worth_of(voters, frozenset({c}), axiom.measure) for c in wanted - chosen]
    if not lacking:
        return None
    return {"none": Fraction(0), "one": max(lacking), "any": min(lacking)}[axiom.up_to]


def _is_less(
    voters: Electorate, worth: Fraction, more: Fraction | None, measure: Measure, has: Projects
) -> bool:
    """Whether projects are worth less, and with what may be counted on top not more."""
    got = worth_of(voters, has, measure)
    return more is not None and got < worth and got + more <= worth


def _unions(sets: list[Projects], few: Callable[[Projects], bool]) -> list[Projects]:
    """The unions of these sets that are ``few``, whose parts all are too; with the empty one."""
    found: dict[Projects, None] = dict.fromkeys([frozenset[int]()] if few(frozenset()) else [])
    for one in sets:
        found.update(dict.fromkeys(u for other in list(found) if few(u := one | other)))
        if len(found) > UNIONS:
            raise Undecided(f"members of one group have more than {UNIONS:,} unions of projects")
    return list(found)
