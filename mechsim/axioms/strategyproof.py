r"""Strategyproofness: no agent gains by misreporting, whatever the others report.

For a mechanism :math:`f`, types :math:`\theta` and values :math:`v`,

.. math:: E[v_i(\theta_i, f(\theta))] \ge E[v_i(\theta_i, f(\theta_i', \theta_{-i}))]
          \qquad \forall i,\ \theta,\ \theta_i'.

For a deterministic mechanism the expectation is the value itself.  Where a setting knows tastes by
their order only, as ``Line(0, 1, tastes=SinglePeaked())``, no preference of that order may gain.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from .._numbers import show
from ..algorithms.rounding import Rounded
from ..lottery import Lottery, is_finite
from ..mechanism import Playable, play
from ..population import Reports
from ..setting import Instance, unpriced, utility
from ._chosen import Chosen, Literal, Words, no_lie_pays, told_lie, told_temptation
from ._sought import Sought, dominance, no_gains


@dataclass(frozen=True)
class Misreport:
    """Where the truth is ``instance``, ``agent`` reports ``report`` instead."""

    instance: Instance
    agent: int
    report: Any

    def validate(self) -> None:
        """Raise `ValueError` unless this is an agent and the report is a type."""
        if not 0 <= self.agent < self.instance.agents:
            raise ValueError(f"agent is {self.agent}: there are {self.instance.agents} agents")
        types = self.instance.setting.types(self.agent)
        if types is not None and self.report not in types:
            told = self.instance.tell_type(self.report)
            raise ValueError(f"report is {told}: it must be a type of {self.instance.setting}")

    @property
    def reports(self) -> Reports:
        """What the mechanism is told."""
        return self.instance.replace(self.agent, self.report).reports


@dataclass(frozen=True)
class Strategyproof:
    """No misreport raises the liar's expected value.  The violation is the gain.

    On a finite setting every misreport is a case; on a continuum the setting proposes them.
    The number of cases at a profile is agents times misreports.
    """

    deviation: ClassVar = Misreport

    straight: ClassVar[bool] = True
    """On a line it is linear between peaks and what is halfway between two of them."""

    def cases(self, instance: Instance, /) -> Iterator[Misreport]:
        """Each agent, each other report."""
        for agent in range(instance.agents):
            for report in instance.misreports(agent):
                yield Misreport(instance, agent, report)

    def violation(self, mechanism: Playable, case: Misreport, /) -> Any:
        """What the agent gains by the misreport, in expectation."""
        honest, lied = play(mechanism, case.instance.reports), play(mechanism, case.reports)
        truth = case.instance.profile[case.agent]
        return self.between(case.instance, case.agent, truth, honest, lied)

    def between(
        self, instance: Instance, agent: int, truth: Any, honest: Lottery[Any], lied: Lottery[Any]
    ) -> Any:
        """What an ``agent`` whose type is ``truth`` gains if ``lied`` replaces ``honest``."""
        setting = instance.setting
        gain = getattr(setting, "gain", None)
        if gain is not None:
            for lottery in filter(is_finite, (honest, lied)):
                for outcome in lottery.support:
                    unpriced(outcome)
            return gain(agent, truth, honest, lied)

        def value(outcome: Any) -> Any:
            return utility(setting, agent, truth, outcome)

        return lied.expect(value) - honest.expect(value)

    def rows(self, sought: Sought, /) -> None:
        """One row an agent, profile and lie; where tastes are orders, one a set that is wanted."""
        setting = sought.setting
        if getattr(setting, "gain", None) is None or not hasattr(setting, "wanted"):
            no_gains(sought)
        else:
            dominance(sought, lambda _, type_: setting.wanted(type_, sought.alternatives))

    def clauses(self, chosen: Chosen, /) -> None:
        """If a lie leads to what the liar likes better than something, so does the truth."""
        no_lie_pays(chosen, self)

    def explain_clause(self, words: Words, literals: tuple[Literal, ...], /) -> str:
        """Who would lie how, and where."""
        return told_lie(words, *literals)

    def explain_exclusion(
        self,
        words: Words,
        said: tuple[Literal, ...],
        here: int,
        other: str,
        known: str,
        alike: bool,
        /,
    ) -> str:
        """Who would lie how, from or to another profile."""
        return told_temptation(words, said, here, other, known, alike)

    def explain(self, mechanism: Playable, case: Misreport, /) -> str:
        """The misreport, what it changes, and what the agent gains."""
        instance = case.instance
        truth, lie = (instance.tell_type(t) for t in (instance.profile[case.agent], case.report))
        honest = told_lottery(instance, play(mechanism, instance.reports))
        lied = told_lottery(instance, play(mechanism, case.reports))
        gain = show(self.violation(mechanism, case))
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} reports {lie} instead of "
            f"{truth}, which moves the outcome from {honest} to {lied} and gains it {gain}"
        )

    def explain_mean(self, gain: float, case: Misreport, /) -> str:
        """The misreport, and what it seems to gain."""
        instance = case.instance
        truth, lie = (instance.tell_type(t) for t in (instance.profile[case.agent], case.report))
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} reports {lie} instead of "
            f"{truth}, which gains it about {show(gain)} on average"
        )


def told_lottery(instance: Instance, lottery: Lottery[Any]) -> str:
    """A sure outcome as itself, a lottery by its weights."""
    if isinstance(lottery, Rounded):
        return f"a lottery with marginals {instance.tell(lottery.marginals)}"
    if not is_finite(lottery):
        return "a lottery"
    weights = lottery.probability.items()
    if len(weights) == 1:
        return instance.tell(lottery.support[0])
    return "{" + ", ".join(f"{instance.tell(o)}: {show(p)}" for o, p in weights) + "}"
