"""Fairness and an objective about the probabilities of projects, written and solved."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from .._numbers import show
from .._text import brief
from ..axioms import GroupFairShare
from ..objectives import Egalitarian, Utilitarian
from ..program import Draft, Infeasible, Optimum, Program, Terms
from ._demands import Voters, demands_of

Numbers = npt.NDArray[np.int64]

ONE = Fraction(1)
"""The height of the one step of a project that nobody wants."""

FEW = 500
"""Up to so many demands are written from the start; of more, those that are broken."""


@dataclass(frozen=True)
class LeximinUtility:
    """Voters' expected utilities from the smallest: it as large as can be, then the next, ...

    Voters who want no project that the budget can pay for are left out.
    """


@dataclass(frozen=True)
class _Step:
    """What a project is worth above ``low`` and up to ``high`` points; ``below`` are so many."""

    project: int
    low: Fraction
    high: Fraction
    below: int
    alone: bool

    def tell(self, project: str) -> str:
        """In words."""
        return project if self.alone else f"{project} from {show(self.low)} to {show(self.high)}"


def _steps_of(voters: Voters) -> list[_Step]:
    """The steps of all projects, those of a project one above the other."""
    levels: list[set[Fraction]] = [set() for _ in voters.setting.costs]
    projects: list[int] = voters.projects.tolist()
    for c, worth in zip(projects, voters.worths, strict=True):
        levels[c].add(worth)
    return [
        _Step(c, low, high, below, alone=len(found) < 2)
        for c, found in enumerate(levels)
        for below, (low, high) in enumerate(pairwise([Fraction(0), *sorted(found or {ONE})]))
    ]


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of the probabilities of projects."""

    voters: Voters
    axioms: tuple[Any, ...]
    objective: Utilitarian | Egalitarian | LeximinUtility

    def __post_init__(self) -> None:
        if not isinstance(cast(object, self.objective), (Utilitarian, Egalitarian, LeximinUtility)):
            raise ValueError(
                f"objective is {brief(self.objective)}: it must be Utilitarian(), Egalitarian() or "
                "LeximinUtility()"
            )


class Fair:
    """A program about probabilities ``p`` of projects, being written."""

    def __init__(self, draft: Draft, p: Numbers, question: Question) -> None:
        self.draft, self.p, self.question = draft, p, question
        self._first: list[npt.NDArray[np.bool_]] = []

    def at_most(self, name: str, index: tuple[Any, ...], bound: Any, *terms: Terms) -> None:
        """Rows that are used from the start."""
        self.draft.at_most(name, index, bound, *terms)
        self._mark(index)

    def equal(self, name: str, index: tuple[Any, ...], bound: Any, *terms: Terms) -> None:
        """Rows that are used from the start."""
        self.draft.equal(name, index, bound, *terms)
        self._mark(index)

    def _mark(self, index: tuple[Any, ...], *, used: bool = True) -> None:
        self._first.append(np.full(len(index[0]) if index else 1, used))

    def solve(self) -> tuple[Optimum, ...] | Infeasible:
        """The best probabilities, after those of lower levels if there are any; or why none."""
        for axiom in self.question.axioms:
            self._write(axiom)
        objective = self.question.objective
        if isinstance(objective, Utilitarian):
            voters = self.question.voters
            weights: list[Fraction] = [
                voters.sizes[k] * worth
                for k, worth in zip(voters.classes.tolist(), voters.worths, strict=True)
            ]
            found = self._solved(self.draft.maximize(Terms(self.p[voters.projects], weights)))
            return found if isinstance(found, Infeasible) else (found,)
        return self._levels(once=isinstance(objective, Egalitarian))

    def _write(self, axiom: Any) -> None:
        voters = self.question.voters
        demands = demands_of(axiom, voters)
        if demands is None:
            self._flow(axiom)
            return
        rows = len(demands.least)
        row_of = np.full(len(voters.types), -1)
        row_of[demands.classes] = np.arange(rows)
        used = row_of[voters.classes] >= 0
        self.draft.at_least(
            "{0}",
            (demands.told,),
            demands.least,
            self._gets(used, row_of[voters.classes[used]]),
        )
        self._mark((demands.told,), used=rows <= FEW)

    def _gets(self, used: npt.NDArray[np.bool_], rows: Numbers) -> Terms:
        """The utility of classes, one a row."""
        voters = self.question.voters
        worths = [voters.worths[j] for j in np.flatnonzero(used).tolist()]
        return Terms(self.p[voters.projects[used]], worths, rows)

    def _flow(self, axiom: GroupFairShare) -> None:
        """Each class takes its shares out of the steps of its projects; each is taken once.

        Projects are worth different points to voters: a step lies between one number of points and
        the next.  A class wants those up to its own, so what a group wants of a project adds up to
        the most points that a member gives it.  Of approvals each project is one step, of height 1.
        """
        voters = self.question.voters
        setting: Any = voters.setting
        budget = Fraction(setting.budget)
        agents = sum(voters.sizes)
        due = [
            Fraction(size, agents) * setting.best(type_, budget, axiom.benchmark)
            for type_, size in zip(voters.types, voters.sizes, strict=True)
        ]
        told = [voters.tell(k) for k in range(len(voters.types))]
        steps = _steps_of(voters)
        place = {(step.project, step.high): s for s, step in enumerate(steps)}
        wants = [
            (k, s)
            for k, c, worth in zip(
                voters.classes.tolist(), voters.projects.tolist(), voters.worths, strict=True
            )
            for s in range(place[c, worth] - steps[place[c, worth]].below, place[c, worth] + 1)
        ]
        pairs = np.array(wants, np.int64).reshape(-1, 2)
        taken = self.draft.variables("taken by entry {entry}", (range(len(wants)),))
        self.draft.at_least(
            "the {0} take what is due to them", (told,), due, Terms(taken, 1, pairs[:, 0])
        )
        names = [step.tell(setting.projects[step.project]) for step in steps]
        self.draft.at_most(
            "of {0} no more is taken than its probability",
            (names,),
            0,
            Terms(taken, 1, pairs[:, 1]),
            Terms(
                self.p[[step.project for step in steps]],
                [step.low - step.high for step in steps],
                np.arange(len(steps)),
            ),
        )
        self._mark((told,))
        self._mark((names,))

    def _levels(self, *, once: bool) -> tuple[Optimum, ...] | Infeasible:
        """The smallest utility as large as can be; then, of those that can have more, the next."""
        voters = self.question.voters
        costs, budget = voters.setting.costs, voters.setting.budget
        loose = np.zeros(len(voters.types), np.bool_)
        loose[voters.classes[[costs[c] <= budget for c in voters.projects.tolist()]]] = True
        if not loose.any():
            raise ValueError("instance has no voter who wants what the budget can pay for")
        levels: list[Optimum] = []
        while True:
            number = len(levels) + 1
            level = self.draft.variables(f"level {number}", low=None)
            start = sum(map(len, self._first))
            classes = np.flatnonzero(loose)
            row_of = np.full(len(loose), -1)
            row_of[classes] = np.arange(len(classes))
            told = [voters.tell(k) for k in classes.tolist()]
            used = loose[voters.classes]
            self.draft.at_least(
                f"level {number} is reached by the {{0}}",
                (told,),
                0,
                self._gets(used, row_of[voters.classes[used]]),
                Terms(level, -1, np.arange(len(classes))),
            )
            self._mark((told,), used=len(classes) <= FEW)
            found = self._solved(self.draft.maximize(Terms(level)))
            if isinstance(found, Infeasible):
                return found
            levels.append(found)
            if once:
                return tuple(levels)
            held = [y != 0 for y in found.dual[start : start + len(classes)]]
            if not any(held):
                raise ArithmeticError("no voter is held back by the level: rows have no prices")
            loose[classes[held]] = False
            if not loose.any():
                return tuple(levels)
            self.equal(f"level {number} stays", (), found.primal[int(level)], Terms(level))

    def _solved(self, program: Program) -> Optimum | Infeasible:
        first = np.concatenate(self._first)
        found = program.solve(first=None if first.all() else first)
        return cast("Optimum | Infeasible", found)  # probabilities are bounded
