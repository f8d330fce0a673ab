r"""Correlated audits: experts are asked at random, and paid only when all work and all agree.

Efforts are drawn from a plan :math:`\mu` and each expert is told its own.  Where all are asked for
an effort that costs something, and all report the same signal, each is paid a reward; otherwise
nobody is paid.  An expert that is asked to work cannot tell whether the others are, so it works
on the chance of being audited, and one audit serves for all experts at once.  Independent draws
cannot do that.

References
----------
Cacciamani, Castiglioni, Gatti. Online Information Acquisition: Hiring Multiple Agents.
arXiv:2307.06210.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._numbers import show
from ..lottery import Finite
from ..mechanism import Draw, accepts_reports, compound
from ..preferences.acquisition import Acquisition, ContractTerms


@dataclass(frozen=True)
class Agreement:
    """The rule that asks for ``efforts`` and pays ``reward`` each if all work and all agree."""

    efforts: tuple[str, ...]
    reward: Fraction
    setting: Acquisition

    def __post_init__(self) -> None:
        self.setting.require_efforts(self.efforts)

    @accepts_reports
    def __call__(self, reports: tuple[str, ...], /) -> ContractTerms:
        """What is asked, and what is paid, the same in every state."""
        asked = enumerate(self.efforts)
        working = all(self.setting.effort(agent, name).cost > 0 for agent, name in asked)
        paid = self.reward if working and len(set(reports)) == 1 else Fraction(0)
        return ContractTerms(self.efforts, ((paid,) * len(self.setting.states),) * len(reports))


@dataclass(frozen=True)
class Audit:
    """Efforts drawn from ``plan``, a lottery over them, each with its `Agreement`."""

    plan: Finite[Any]
    reward: Fraction
    setting: Acquisition

    def __post_init__(self) -> None:
        for efforts in self.plan.support:
            self.setting.require_efforts(efforts)

    def __str__(self) -> str:
        drawn = self.plan.probability.items()
        plan = ", ".join(f"{' and '.join(efforts)} {show(p)}" for efforts, p in drawn)
        return f"Audit({plan}; reward {show(self.reward)})"

    def rules(self, agents: int, /) -> Draw[str, ContractTerms]:
        """The agreements, as likely as the plan has them."""
        for efforts, probability in self.plan.probability.items():
            yield probability, Agreement(efforts, self.reward, self.setting)

    @accepts_reports
    def __call__(self, reports: tuple[str, ...], /) -> Finite[ContractTerms]:
        """The terms that may be drawn."""
        return compound(self.rules(len(reports)), reports)
