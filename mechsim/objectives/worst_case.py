"""Where a mechanism does worst: a search for the profile of the largest ratio.

What it finds is a lower bound on the worst case, shown by a profile; only where all profiles of a
finite setting were tried is it the worst case itself.
"""

import heapq
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import islice
from typing import Any

import numpy as np

from .._json import JSON, encode
from .._numbers import is_ball, show_all, whole
from .._text import brief, many
from ..budget import Budget, require_budget
from ..lottery import Lottery
from ..mechanism import Playable
from ..preferences.single_peaked import Line, Points
from ..preferences.tastes import Hybrid
from ..setting import Instance, Setting, Undecided
from . import _profiles
from ._base import Convention, Expected, Objective, measured, played, require_question
from ._line import wants_nearness
from .ratio import has_batch, over_optima, ratio, ratios, told

BLOCK = 4_096
"""Profiles answered at a time by a mechanism that answers many at once."""

KEPT = 12
"""The best profiles found so far, from which local improvement starts."""

NOISE = 1e-9
"""A relative gain in floats up to this is rounding."""


@dataclass(frozen=True)
class WorstCase:
    """The largest ratio found, where, and how.

    Parameters
    ----------
    mechanism, objective, convention
        What was asked.
    ratio : Fraction, float or Enclosed
        The largest found, evaluated exactly where reports and mechanism are exact.
    instance : Instance
        Where it was found.
    found : str
        By which part of the search, as in "among agents at two places".
    tried : int
        How many profiles were evaluated.
    exhausted : tuple of Line
        Settings of which every profile was tried.
    ordered : bool
        Whether these were tried with every order of the agents; otherwise with one, because the
        mechanism answered some profiles alike in every order.
    """

    mechanism: Any
    objective: Objective
    convention: Convention
    ratio: Any
    instance: Instance
    found: str
    tried: int
    exhausted: tuple[Line, ...]
    ordered: bool

    @property
    def is_exact(self) -> bool:
        """Whether all profiles of the setting were tried, so that no ratio there is larger."""
        return self.ordered and self.instance.setting in self.exhausted

    def __str__(self) -> str:
        of = self.convention.heading.format(self.objective.heading)
        where = f"{show_all(self.instance.profile)} on {brief(self.instance.setting)}"
        return f"{brief(self.mechanism)} has {told(self.ratio)} of {of} at {where}{self._scope()}"

    def _scope(self) -> str:
        order = "" if self.ordered else ", if the order of the agents does not matter"
        if self.instance.setting in self.exhausted:
            return f", the largest of all {many(self.tried, 'profile')}{order}"
        steps = [str(len(line.points or ()) - 1) for line in self.exhausted]
        grids = f", all on grids of {', '.join(steps)} steps included{order}" if steps else ""
        return (
            f". The worst case is at least that: found {self.found}, "
            f"{many(self.tried, 'profile')} tried{grids}"
        )

    def _repr_html_(self) -> str:
        return f"<p><b>{'worst case' if self.is_exact else 'at least'}</b> {escape(str(self))}.</p>"

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        said: dict[str, JSON] = {
            "schema": "mechsim/worst-case/1",
            "sentence": str(self),
            "exact": self.is_exact,
        }
        written = encode(self, brief)
        return said | written if isinstance(written, dict) else said


def worst_case(
    mechanism: Playable,
    objective: Objective,
    setting: Setting,
    *,
    agents: int,
    budget: Budget = Budget(),
    convention: Convention = Expected(),
) -> WorstCase:
    """The largest ratio that a search of the budget finds: a lower bound on the worst case.

    Where the peaks are on finitely many points and all profiles fit into the budget, all are tried.
    Otherwise whole grids are, then profiles of few places, and the worst of these are improved by
    small steps and written in short fractions.  A mechanism with ``of_batch`` is searched in
    floats; what is returned has been evaluated exactly.

    Parameters
    ----------
    mechanism : callable
        Reports to a place or a lottery over places.
    objective : Objective
    setting : Line
        With two finite ends.
    agents : int
        How many agents report.
    budget : Budget
        How many profiles may be evaluated, and where the random part starts.
    convention : Convention
        What the objective means of a lottery.

    Examples
    --------
    >>> from mechsim.facility import Median
    >>> from mechsim.objectives import SquaredCost
    >>> found = worst_case(Median(), SquaredCost(), Line(0, 1), agents=3, budget=Budget(500))
    >>> found.ratio, found.instance.profile
    (Fraction(3, 2), (Fraction(0, 1), Fraction(0, 1), Fraction(1, 1)))
    >>> print(worst_case(Median(), SquaredCost(), Line(0, 1).grid(4), agents=3))
    Median has the ratio 3/2 of squared cost at (0, 0, 1/4) on Line(0, 1).grid(4), the largest of \
all 125 profiles
    """
    whole(agents, "agents", least=1)
    require_question(mechanism, objective)
    require_budget(budget)
    if not isinstance(setting, Line):
        raise Undecided(f"worst cases are searched on lines, and {brief(setting)} is none")
    setting.require_bounds("a search")
    many = (
        setting.points is None or _profiles.size(len(setting.points), agents, True) > budget.calls
    )
    ordered = _minds_order(mechanism, setting, agents) if many else True
    search = _Search(mechanism, objective, setting, convention, budget.calls, ordered)
    exhausted = _exhaust(search, agents)
    if setting not in exhausted and not search.unbounded:
        rng = np.random.default_rng(budget.seed)
        families = filter(search.inside, _profiles.families(setting, agents))
        search.of(islice(families, search.left // 2), "among agents at two places")
        random = _shuffled(_profiles.drawn(setting, agents, rng), ordered, rng)
        search.of(islice(random, search.left // 3), "among agents at a few random places")
        _improve(search)
    score, profile, found = search.finish()
    here = Instance(setting, profile)
    return WorstCase(
        mechanism, objective, convention, score, here, found, search.tried, exhausted, ordered
    )


@dataclass
class _Search:
    """The worst profiles seen so far, and what is left of the budget."""

    mechanism: Any
    objective: Objective
    line: Line
    convention: Convention
    calls: int
    ordered: bool
    tried: int = 0
    best: list[tuple[float, int, Points, str]] = field(
        default_factory=list[tuple[float, int, Points, str]]
    )

    @property
    def left(self) -> int:
        """How many more profiles may be evaluated."""
        return max(self.calls - self.tried, 0)

    @property
    def unbounded(self) -> bool:
        """Whether a profile was found at which the ratio is infinite."""
        return any(score == math.inf for score, *_ in self.best)

    def inside(self, profile: Points) -> bool:
        """Whether these are peaks that agents may have."""
        return self.line.points is None or set(profile) <= set(self.line.points)

    def exact(self, profile: Points) -> Any:
        """The ratio, as it is proved by this profile."""
        return ratio(self.mechanism, self.objective, Instance(self.line, profile), self.convention)

    def of(self, profiles: Iterable[Points], how: str) -> None:
        """Try ``profiles``, or as many as it takes for a ratio to be infinite."""
        waiting = iter(profiles)
        while block := list(islice(waiting, BLOCK)):
            if self.worst(block, how)[0] == math.inf:
                break

    def worst(self, block: list[Points], how: str) -> tuple[float, Points]:
        """Try these profiles and remember the worst of them; the very worst."""
        scores = self._scores(block)
        for score, profile in zip(scores, block, strict=True):
            self.tried += 1
            self._remember(score, profile, how)
        first = max(range(len(block)), key=scores.__getitem__)
        return scores[first], block[first]

    def _scores(self, block: list[Points]) -> list[float]:
        if self.line.points is not None or not wants_nearness(self.line):
            return [_rounded(self.exact(profile)) for profile in block]
        peaks = np.array([[float(x) for x in profile] for profile in block])
        if has_batch(self.mechanism):
            found = ratios(self.mechanism, self.objective, self.line, peaks, self.convention)
        else:
            here = (Instance(self.line, profile) for profile in block)
            achieved = [
                _rounded(measured(self.mechanism, self.objective, instance, self.convention))
                for instance in here
            ]
            found = over_optima(self.objective, self.line, peaks, np.array(achieved))
        return [float(score) for score in found]

    def _remember(self, score: float, profile: Points, how: str) -> None:
        entry = (score, -self.tried, profile, how)
        if len(self.best) < KEPT:
            heapq.heappush(self.best, entry)
        elif score > self.best[0][0] * (1 + NOISE):
            heapq.heapreplace(self.best, entry)

    def finish(self) -> tuple[Any, Points, str]:
        """The worst of those remembered, evaluated exactly and written as shortly as it goes."""
        exact = [(self.exact(p), -k, p, how) for _, k, p, how in self.best]
        score, _, profile, how = max(exact, key=lambda entry: (_rounded(entry[0]), -entry[1]))
        if self.line.points is None:
            score, profile = _shortened(self, score, profile)
        return score, profile, how


def _rounded(score: Any) -> float:
    return float(score.mid()) if is_ball(score) else float(score)


def _exhaust(search: _Search, agents: int) -> tuple[Line, ...]:
    """Try every profile of the setting or of grids of it, as far as half the budget goes."""
    line, ordered, done = search.line, search.ordered, list[Line]()
    if line.points is not None:
        if _profiles.size(len(line.points), agents, ordered) <= search.left:
            search.of(_profiles.everything(line.points, agents, ordered), "among all profiles")
            done.append(line)
        return tuple(done)
    for steps in _profiles.grids(agents, ordered, search.calls // 4):
        grid = line.grid(steps)
        if search.tried + _profiles.size(steps + 1, agents, ordered) > search.calls // 2:
            break
        every = _profiles.everything(grid.points or (), agents, ordered)
        before = search.tried
        search.of(every, f"among all profiles on {brief(grid)}")
        if search.tried - before == _profiles.size(steps + 1, agents, ordered):
            done.append(grid)
        if search.unbounded:
            break
    return tuple(done)


def _minds_order(mechanism: Playable, line: Line, agents: int) -> bool:
    """Whether it matters who reports what: for the agents, or for the mechanism where asked."""
    if isinstance(line.tastes, Hybrid):
        return True
    points = list(line.points or line.grid(3 * agents + 1).points or ())
    spread = [points[k * (len(points) - 1) // max(agents - 1, 1)] for k in range(agents)]
    ends = [points[0]] * (agents // 2) + [points[-1]] * (agents - agents // 2)
    for profile in (tuple(spread), tuple(ends)):
        for k in range(1, agents):
            turned = (*profile[k:], *profile[:k])
            if _played(mechanism, line, turned) != _played(mechanism, line, profile):
                return True
        if _played(mechanism, line, profile[::-1]) != _played(mechanism, line, profile):
            return True
    return False


def _played(mechanism: Playable, line: Line, profile: Points) -> Lottery[Any]:
    return played(mechanism, Instance(line, profile))


def _shuffled(
    profiles: Iterator[Points], ordered: bool, rng: np.random.Generator
) -> Iterator[Points]:
    """The profiles, with their agents in random order where order matters."""
    for profile in profiles:
        order: list[int] = rng.permutation(len(profile)).tolist()
        yield tuple(profile[k] for k in order) if ordered else profile


def _improve(search: _Search) -> None:
    """Climb from the worst profiles by small steps, each time with a share of what is left."""
    starts = sorted(search.best, reverse=True)[: KEPT // 2]
    for number, (score, _, profile, how) in enumerate(starts):
        share = search.left // (len(starts) - number)
        found = f"by small steps from a profile {how}"
        _climb(search, score, profile, found, search.tried + share)


def _climb(search: _Search, score: float, profile: Points, how: str, until: int) -> None:
    for step in _profiles.STEPS:
        improved = True
        while improved and search.tried < until and score < math.inf:
            near = list(_profiles.neighbours(search.line, profile, search.line.length * step))
            if not search.ordered:
                near = [tuple(sorted(moved)) for moved in near]
            block = [moved for moved in dict.fromkeys(near) if search.inside(moved)]
            if not block:
                break
            found = search.worst(block[: until - search.tried], how)
            improved = found[0] > score * (1 + NOISE)
            if improved:
                score, profile = found


def _shortened(search: _Search, score: Any, profile: Points) -> tuple[Any, Points]:
    """A profile of shorter fractions whose ratio is no smaller."""
    simpler = True
    while simpler:
        simpler = False
        for short in _profiles.simpler(search.line, profile):
            found = search.exact(short)
            if _rounded(found) >= _rounded(score):
                score, profile, simpler = found, short, True
                break
    return score, profile
