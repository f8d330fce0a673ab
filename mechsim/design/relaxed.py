"""The mechanisms that satisfy axioms as constraints of cvxpy, for objectives that are not linear.

Nash welfare, entropy and squares are concave or convex in the probabilities; cvxpy solves them in
floats, so nothing is proved.  For what is linear see `optimize`.
"""

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..program import Program
from ..setting import Setting
from .goals import Welfare
from .optimize import Question, ask
from .sought import Blueprint


@dataclass(frozen=True, eq=False)
class Relaxed:
    """Constraints on the probabilities and payments of a mechanism.

    Parameters
    ----------
    question : Question
        Which axioms, where.
    sought : Blueprint
        Which probability is which variable.
    x : cvxpy.Expression
        All variables, as one vector.
    constraints : list of cvxpy.Constraint
        That the axioms hold.
    """

    question: Question
    sought: Blueprint
    x: Any
    constraints: list[Any]

    def probabilities(self) -> Any:
        """The probability of each alternative at each profile: a (profiles, alternatives) array."""
        return self._of(self.sought.lottery(self.sought.profiles))

    def utilities(self) -> Any:
        """What each agent expects at each profile: a (profiles, agents) expression."""
        cp: Any = importlib.import_module("cvxpy")
        drawn = self.probabilities()
        parts: list[Any] = []
        for agent in range(self.sought.agents):
            numerator, denominator = self.sought.values(agent)
            worth = np.asarray(numerator, dtype=float) / denominator
            gained = cp.sum(cp.multiply(drawn, worth[self.sought.profiles[:, agent]]), axis=1)
            if self.question.payments:
                gained = gained - self._of(self.sought.payments(self.sought.profiles)[:, agent])
            parts.append(gained)
        return cp.vstack(parts).T

    def lottery(self, reports: Any) -> dict[Any, float]:
        """The probabilities at a profile, after a problem with these constraints was solved."""
        if self.x.value is None:
            raise ValueError("x has no value: solve a problem with these constraints first")
        pairs = zip(reports, self.sought.numbers, strict=True)
        profile = np.array([[known[report] for report, known in pairs]])
        chances = self.x.value[self.sought.lottery(profile)[0]].tolist()
        return dict(zip(self.question.alternatives, chances, strict=True))

    def _of(self, columns: Any) -> Any:
        cp: Any = importlib.import_module("cvxpy")
        return cp.reshape(self.x[columns.ravel()], columns.shape, order="C")


def relax(
    axioms: Iterable[Any],
    setting: Setting,
    *,
    agents: int,
    alternatives: Iterable[Any] | None = None,
    payments: bool | None = None,
) -> Relaxed:
    """The constraints by which a mechanism satisfies ``axioms``, for cvxpy; as `optimize`.

    Examples
    --------
    The strategyproof lottery with the largest expected Nash product, on three points.

    >>> import cvxpy as cp
    >>> from mechsim import Line, Strategyproof
    >>> line = Line(0, 1).grid(2)
    >>> within = relax([Strategyproof()], line, agents=2)
    >>> logs = cp.sum(cp.log(1 + within.utilities()))
    >>> problem = cp.Problem(cp.Maximize(logs), within.constraints)
    >>> print(f"{problem.solve():.3f}")
    -5.074
    >>> print(f"{within.lottery((0, 0))[0]:.3f}")
    1.000
    """
    question = ask(Welfare(), axioms, setting, agents, alternatives, payments)
    sought, program = question.write()
    x, constraints = _constraints(program)
    return Relaxed(question, sought, x, constraints)


def _constraints(program: Program) -> tuple[Any, list[Any]]:
    problem: Any = program.to_cvxpy()
    parts = {variable.name(): variable for variable in problem.variables()}
    cp: Any = importlib.import_module("cvxpy")
    x = cp.hstack([parts[family.name] for family in program.variables])
    return x, list(problem.constraints)
