"""Fairness and an objective about the probabilities of projects, written and solved."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from .._text import brief
from ..axioms import GroupFairShare
from ..objectives import Egalitarian, Utilitarian
from ..program import Draft, Infeasible, Optimum, Program, Terms
from ._demands import Voters, demands_of

Numbers = npt.NDArray[np.int64]

FEW = 500
"""Up to so many demands are written from the start; of more, those that are broken."""


@dataclass(frozen=True)
class LeximinUtility:
    """Voters' expected utilities from the smallest: it as large as can be, then the next, ...

    Voters who want no project that the budget can pay for are left out.
    """


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
        """Each class takes its shares out of the parts of its projects; each part is taken once."""
        voters = self.question.voters
        setting: Any = voters.setting
        if any(worth != 1 for worth in voters.worths):
            raise ValueError(f"axioms has {brief(axiom)}: it is written as rows for approvals only")
        budget = Fraction(setting.budget)
        agents = sum(voters.sizes)
        due = [
            Fraction(size, agents) * setting.best(type_, budget, axiom.benchmark)
            for type_, size in zip(voters.types, voters.sizes, strict=True)
        ]
        told = [voters.tell(k) for k in range(len(voters.types))]
        entries = range(len(voters.worths))
        taken = self.draft.variables("taken by entry {entry}", (entries,))
        self.draft.at_least(
            "the {0} take what is due to them", (told,), due, Terms(taken, 1, voters.classes)
        )
        self.draft.at_most(
            "of {0} no more is taken than its probability",
            (setting.projects,),
            0,
            Terms(taken, 1, voters.projects),
            Terms(self.p, -1, np.arange(len(self.p))),
        )
        self._mark((told,))
        self._mark((setting.projects,))

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
