r"""What a mechanism that is sought should be good at.

Over the profiles :math:`\theta` and the lotteries :math:`p(\theta)`, with an objective :math:`c` of
outcomes (see `mechsim.objectives`) and its best value :math:`c^*(\theta)`,

.. math:: \text{worst-case ratio } \min_p \max_\theta \frac{E_p[c(\theta, y)]}{c^*(\theta)},
          \qquad
          \text{average } \min_p \sum_\theta \Pr[\theta] \, E_p[c(\theta, y)],

and with payments :math:`t` the revenue :math:`\sum_\theta \Pr[\theta] \sum_i t_i(\theta)`, less
what alternatives cost.  The setting says how likely a profile is, by ``chance(profile)``; where it
does not, all are equally likely.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Protocol

import numpy as np

from ..axioms import surplus
from ..axioms._sought import share
from ..objectives import Objective, best_of, evaluate, optimum
from ..program import Program, Terms, exact
from ..setting import Instance, Undecided
from .sought import Blueprint


class Goal(Protocol):
    """What is to be as small or as large as can be."""

    def finish(self, sought: Blueprint, /) -> Program:
        """Write rows that define the goal, if it takes any, and the objective."""
        ...


@dataclass(frozen=True)
class WorstCaseRatio:
    """How close the expected objective is to its optimum at the worst profile.

    It is at least 1 and small where the objective is to be small, else at most 1 and large.  The
    optimum is that over all outcomes where the setting knows it, else over the alternatives.
    """

    objective: Objective

    def finish(self, sought: Blueprint, /) -> Program:
        """One row a profile."""
        ratio = sought.draft.variables("ratio")
        value, best = evaluated(sought, self.objective)
        rows = np.arange(len(sought.profiles))
        sign = 1 if self.objective.minimised else -1
        numerator, below = exact(value, "objective")
        bound, over = exact(best, "optimum")
        sought.at_most(
            "the ratio covers {0}",
            (sought.told(rows),),
            0,
            Terms(sought.lottery(sought.profiles), sign * numerator, rows[:, None], below),
            Terms(ratio, -sign * bound, rows, over),
        )
        draft = sought.draft
        return draft.minimize(Terms(ratio)) if sign > 0 else draft.maximize(Terms(ratio))


@dataclass(frozen=True)
class WorstCaseValue:
    """The expected objective at the worst profile, or by how much it misses the optimum there.

    Parameters
    ----------
    objective : Objective
    regret : bool
        Whether what is lost against the optimum counts, and not the objective itself.
    """

    objective: Objective
    regret: bool = False

    def finish(self, sought: Blueprint, /) -> Program:
        """One row a profile."""
        worst = sought.draft.variables("worst", low=None)
        value, best = evaluated(sought, self.objective)
        rows = np.arange(len(sought.profiles))
        sign = 1 if self.objective.minimised else -1
        numerator, below = exact(value, "objective")
        bound = [sign * one for one in best] if self.regret else 0
        sought.at_most(
            "the worst case covers {0}",
            (sought.told(rows),),
            bound,
            Terms(sought.lottery(sought.profiles), sign * numerator, rows[:, None], below),
            Terms(worst, -1 if self.regret else -sign, rows),
        )
        draft, least = sought.draft, self.regret or sign > 0
        return draft.minimize(Terms(worst)) if least else draft.maximize(Terms(worst))


@dataclass(frozen=True)
class Average:
    """The expected objective over the profiles, as likely as the setting says."""

    objective: Objective

    def finish(self, sought: Blueprint, /) -> Program:
        """No rows."""
        value, _ = evaluated(sought, self.objective, best=False)
        weight = [[p * one for one in row] for p, row in zip(_chances(sought), value, strict=True)]
        terms = Terms(sought.lottery(sought.profiles), weight)
        draft = sought.draft
        return draft.minimize(terms) if self.objective.minimised else draft.maximize(terms)


@dataclass(frozen=True)
class Welfare:
    """What outcomes are worth to all agents together, less what they cost, on average."""

    def finish(self, sought: Blueprint, /) -> Program:
        """No rows."""
        lottery = sought.lottery(sought.profiles)
        chances, below = exact(_chances(sought), "chance")
        terms: list[Terms] = []
        for agent in range(sought.agents):
            numerator, denominator = sought.values(agent)
            worth = numerator[sought.profiles[:, agent]] * chances[:, None]
            terms.append(Terms(lottery, worth, denominator=denominator * below))
        return sought.draft.maximize(*terms, *_spent(sought))


@dataclass(frozen=True)
class Revenue:
    """What agents pay, less what outcomes cost, on average."""

    needs_payments: ClassVar[bool] = True

    def finish(self, sought: Blueprint, /) -> Program:
        """No rows."""
        chances, below = exact(_chances(sought), "chance")
        paid = sought.payments(sought.profiles)
        taken = Terms(paid, chances[:, None], denominator=below)
        return sought.draft.maximize(taken, *_spent(sought))


def evaluated(
    sought: Blueprint, objective: Objective, *, best: bool = True
) -> tuple[list[list[Fraction]], list[Fraction]]:
    """The objective of each alternative at each profile, and the best value there."""
    values: list[list[Fraction]] = []
    optima: list[Fraction] = []
    for instance in sought.instances():
        row = [evaluate(objective, instance, one) for one in sought.alternatives]
        values.append([share(number, "an objective") for number in row])
        if best:
            optima.append(share(_best(objective, instance, sought.alternatives), "an optimum"))
    return values, optima


def _best(objective: Objective, instance: Instance, alternatives: tuple[Any, ...]) -> Any:
    try:
        return optimum(objective, instance).value
    except Undecided:
        return best_of(objective, instance, alternatives).value


def _chances(sought: Blueprint) -> list[Fraction]:
    """How likely each canonical profile is, together with all that are like it."""
    chance = getattr(sought.setting, "chance", None)
    if chance is None:
        return sought.shares()
    if sought.anonymous or sought.renamings:
        return sought.shares(chance)
    return [share(chance(instance.profile), "a chance") for instance in sought.instances()]


def _spent(sought: Blueprint) -> Iterator[Terms]:
    """What alternatives cost on average, to be subtracted."""
    if sought.has_payments and hasattr(sought.setting, "cost"):
        left = [surplus(sought.setting, one) for one in sought.alternatives]
        weight = [[p * one for one in left] for p in _chances(sought)]
        yield Terms(sought.lottery(sought.profiles), weight)
