"""The rule whose worst ratio is least, of those that satisfy axioms, and why none has a smaller.

There are finitely many profiles and outcomes, so finitely many ratios: the least at which there is
a rule is found by bisection.  The rule is one half of the answer, and the other is the
contradiction at the next smaller ratio.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from .._json import JSON
from .._numbers import Number
from .._text import brief, many
from ..axioms import Axiom, OutcomeAxiom
from ..objectives import Approximates, Objective, evaluate
from ..objectives.approximates import best_there
from ..objectives.ratio import over_optimum, show_ratio
from ..setting import Setting, Undecided
from .impossible import answer, pose, write
from .refutation import solver
from .rules import NoRule, RuleQuestion, SomeRule, Undetermined


@dataclass(frozen=True, eq=False, repr=False)
class BestRule:
    """A rule of the least worst ratio.

    Parameters
    ----------
    question : RuleQuestion
        Without a bound on the ratio.
    objective : Objective
    ratio : Fraction or math.inf
        The worst ratio of ``rule``.
    rule : SomeRule
    below : Fraction, optional
        The largest ratio smaller than that which occurs at all; None if there is none.
    none_below : NoRule, optional
        That no rule has a worst ratio of ``below`` or less.
    """

    question: RuleQuestion
    objective: Objective
    ratio: Number
    rule: SomeRule
    below: Number | None
    none_below: NoRule | None

    status = "optimal"

    def __str__(self) -> str:
        told = f"{self.objective.heading} of ratio {show_ratio(self.ratio)}"
        if self.none_below is None:
            return f"{told} is the least of a rule for {self.question}: no ratio is smaller"
        return (
            f"{told} is the least of a rule for {self.question}: with {show_ratio(self.below)} the "
            f"axioms contradict each other at {many(len(self.none_below.profiles), 'profile')}"
        )

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<p>{escape(str(self))}</p>{self.rule.table()._repr_html_()}"

    def to_json(self) -> JSON:
        """The answer as an object for `json.dumps`."""
        none = None if self.none_below is None else self.none_below.to_json()
        return {
            "status": self.status,
            "sentence": str(self),
            "ratio": show_ratio(self.ratio),
            "rule": self.rule.to_json(),
            "none_below": none,
        }


def best_rule(
    objective: Objective,
    axioms: Iterable[Axiom | OutcomeAxiom],
    setting: Setting,
    *,
    agents: int,
    alternatives: Iterable[Any] | None = None,
) -> BestRule | NoRule:
    """The deterministic rule that satisfies ``axioms`` and is nearest to the optimum, at worst.

    Parameters
    ----------
    objective : Objective
        As ``MaxCost()``.
    axioms, setting, agents, alternatives
        As `impossible` has them.

    Returns
    -------
    BestRule
        With the contradiction at the next smaller ratio.
    NoRule
        If no rule satisfies the axioms, whatever its ratio.

    Raises
    ------
    ValueError
        If the question is none, or ratios are not exact.

    Examples
    --------
    >>> from mechsim import Line, Strategyproof
    >>> from mechsim.objectives import MaxCost
    >>> found = best_rule(MaxCost(), [Strategyproof()], Line(0, 1).grid(4), agents=2)
    >>> found.ratio, found.below
    (Fraction(5, 3), Fraction(3, 2))
    """
    question = pose(axioms, setting, agents, alternatives)
    if getattr(setting, "is_abstraction", False):
        raise ValueError(f"setting is {brief(setting)}: rules are of places, and these are parts")
    chosen = write(question)
    ratios = _ratios(objective, chosen, question.alternatives)
    listed = sorted({ratio for row in ratios for ratio in row})
    table = np.searchsorted(np.array(listed, dtype=object), np.array(ratios, dtype=object))
    with solver(chosen.listed()) as engine:
        least, most = 0, len(listed) - 1
        if not engine.solve():
            return _none(answer(question))
        while least < most:
            middle = (least + most) // 2
            forbidden = np.unique(chosen.singles[table > middle])
            if engine.solve(assumptions=[-int(variable) for variable in forbidden]):
                most = middle
            else:
                least = middle + 1
    bound = listed[most]
    rule = answer(_with(question, objective, bound))
    if not isinstance(rule, SomeRule):
        raise ArithmeticError(f"the rule of ratio {show_ratio(bound)} is no longer found: {rule}")
    below = listed[most - 1] if most else None
    none = None if below is None else _none(answer(_with(question, objective, below)))
    return BestRule(question, objective, bound, rule, below, none)


def _ratios(objective: Objective, chosen: Any, alternatives: tuple[Any, ...]) -> list[list[Any]]:
    """The ratio of each alternative at each canonical profile: (profiles, alternatives)."""
    found: list[list[Any]] = []
    for instance in chosen.instances():
        try:
            best = best_there(objective, instance).value
            row = [
                over_optimum(objective, evaluate(objective, instance, one), best)
                for one in alternatives
            ]
        except Undecided as why:
            raise ValueError(f"objective is {brief(objective)}: {why}") from None
        for ratio in row:
            if not (ratio == math.inf or hasattr(ratio, "numerator")):
                raise ValueError(
                    f"objective is {brief(objective)}: its ratio {ratio} at {instance} is not exact"
                )
        found.append(row)
    return found


def _with(question: RuleQuestion, objective: Objective, bound: Number) -> RuleQuestion:
    """The question with a bound on the ratio besides."""
    if bound == math.inf:
        return question
    axioms = (*question.axioms, Approximates(objective, bound))
    return pose(axioms, question.setting, question.agents, question.alternatives)


def _none(found: SomeRule | NoRule | Undetermined) -> NoRule:
    if not isinstance(found, NoRule):
        raise ArithmeticError(f"a contradiction is no longer found: {found}")
    return found
