r"""How an outcome uses the budget: nothing fits any more, or it is met up to one project.

References
----------
Aziz, Lu, Suzuki, Vollen, Walsh. Fair Lotteries for Participatory Budgeting. arXiv:2404.05198.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from .._numbers import show
from ..algorithms.rounding import Rounded
from ..setting import Instance
from ._cohesion import funded, require_budget, wanted
from .representation import Deserving, Total


@dataclass(frozen=True)
class Exhaustive:
    """No project that somebody approves of, or gives points, fits any more.

    The violation is its cost.  One case a project.
    """

    monotone: ClassVar = False

    def cases(self, instance: Instance, /) -> Iterator[Deserving]:
        """Each project that is worth something to somebody."""
        require_budget(instance.setting)
        for project in wanted(instance):
            yield Deserving(instance, project)

    def outcome_violation(self, outcome: Any, case: Deserving, /) -> Fraction:
        """What the project costs, if it still fits."""
        setting: Any = case.instance.setting
        chosen = funded(outcome)
        cost = Fraction(setting.costs[case.project])
        fits = setting.cost(chosen) + cost <= setting.budget
        return cost if fits and case.project not in chosen else Fraction(0)

    def explain_outcome(self, when: str, violation: Any, case: Deserving, /) -> str:
        """Which project still fits."""
        project = case.instance.tell(frozenset({case.project}))
        return f"at {case.instance.tell_reports()}, {when}, {project} still fits"


@dataclass(frozen=True)
class BudgetBalancedUpToOne:
    r"""The cost is the budget, or would be passed or reached by one project more or less (BB1).

    That is :math:`\mathrm{cost}(W) = B`; or it is less, and some project more makes it at least
    :math:`B`; or it is more, and some project less makes it at most :math:`B`.  The violation is
    how far the cost is from the budget.
    """

    def cases(self, instance: Instance, /) -> Iterator[Total]:
        """One."""
        require_budget(instance.setting)
        yield Total(instance)

    def outcome_violation(self, outcome: Any, case: Total, /) -> Fraction:
        """The distance from the budget, if no project more or less bridges it."""
        setting: Any = case.instance.setting
        chosen = funded(outcome)
        over = Fraction(setting.cost(chosen)) - setting.budget
        if over < 0:
            others = (c for k, c in enumerate(setting.costs) if k not in chosen)
            bridged = max(others, default=Fraction(0)) + over >= 0
        else:
            bridged = over <= max((setting.costs[k] for k in chosen), default=Fraction(0))
        return Fraction(0) if bridged or not over else abs(over)

    def by_rounding(self, lottery: Rounded, instance: Instance, /) -> bool:
        """Whether every outcome satisfies it because parts that cost the budget are rounded.

        The cost of an outcome of `Rounded` is its expectation but for the last part: that project,
        or one more, bridges the difference (Aziz et al., arXiv:2404.05198).
        """
        require_budget(instance.setting)
        setting: Any = instance.setting
        return lottery.costs == tuple(setting.costs) and lottery.cost == setting.budget

    def explain_outcome(self, when: str, violation: Any, case: Total, /) -> str:
        """How far off it is."""
        return (
            f"at {case.instance.tell_reports()}, {when}, what is spent is {show(violation)} from "
            "the budget, more than a project"
        )
