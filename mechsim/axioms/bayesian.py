r"""Bayesian incentive compatibility: who knows its own type and believes the others honest
cannot expect to gain by misreporting.

With :math:`\mu_i(\theta_{-i} \mid \theta_i)` what agent :math:`i` of type :math:`\theta_i`
believes,

.. math:: E_{\theta_{-i} \sim \mu_i}\bigl[u_i(\theta_i, f(\theta))\bigr] \ge
          E_{\theta_{-i} \sim \mu_i}\bigl[u_i(\theta_i, f(\theta_i', \theta_{-i}))\bigr]
          \qquad \forall i,\ \theta_i,\ \theta_i'.

References
----------
d'Aspremont, Gérard-Varet. Incentives and incomplete information. Journal of Public Economics 11,
1979.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, cast

from .._numbers import show, weigh
from ..mechanism import Playable, play
from ..setting import Domain, Instance, Setting, utility
from .strategyproof import Misreport


class Believes(Protocol):
    """A setting that says what agents believe about each other."""

    def beliefs(
        self, agent: int, type_: Any, agents: int, /
    ) -> Iterator[tuple[Fraction, tuple[Any, ...]]]:
        """The profiles that ``agent`` of this type thinks possible, and how likely each is."""
        ...


@dataclass(frozen=True)
class BayesianIncentiveCompatible:
    """No misreport raises the liar's expected utility.  The violation is the expected gain.

    The setting says what an agent believes, by ``beliefs(agent, type, agents)``; the sum over
    the others' types is exact.  What the others report in a case's instance is immaterial.
    """

    def instances(self, setting: Setting, agents: int, /) -> Iterator[Instance]:
        """As few profiles as it takes for each agent to have each of its types in one of them."""
        Domain(setting, agents)  # which refuses infinitely many types
        listed: list[tuple[Any, ...]] = [setting.types(agent) or () for agent in range(agents)]
        if not hasattr(setting, "beliefs"):
            raise ValueError(f"setting is {setting}: it must have beliefs(agent, type, agents)")
        next(cast(Believes, setting).beliefs(0, listed[0][0], agents))  # or it says what it lacks
        for k in range(max(map(len, listed))):
            yield Instance(setting, tuple(types[min(k, len(types) - 1)] for types in listed))

    def cases(self, instance: Instance, /) -> Iterator[Misreport]:
        """Each agent, each other report."""
        for agent in range(instance.agents):
            for report in instance.misreports(agent):
                yield Misreport(instance, agent, report)

    def violation(self, mechanism: Playable, case: Misreport, /) -> Any:
        """What the agent expects to gain by the misreport."""
        truth, setting = case.instance.profile[case.agent], cast(Believes, case.instance.setting)
        beliefs = setting.beliefs(case.agent, truth, case.instance.agents)
        first, *others = (weigh(p, _gain(mechanism, case, profile)) for p, profile in beliefs)
        return sum(others, first)

    def explain(self, mechanism: Playable, case: Misreport, /) -> str:
        """The misreport, and what the agent expects to gain."""
        instance = case.instance
        truth, lie = (instance.tell_type(t) for t in (instance.profile[case.agent], case.report))
        gain = show(self.violation(mechanism, case))
        return (
            f"{instance.name(case.agent)}, whose type is {truth} and who believes the others "
            f"honest, reports {lie} and expects to gain {gain}"
        )


def _gain(mechanism: Playable, case: Misreport, profile: tuple[Any, ...]) -> Any:
    """What the misreport gains where ``profile`` is the truth."""
    setting, agent, truth = case.instance.setting, case.agent, profile[case.agent]
    lied = (*profile[:agent], case.report, *profile[agent + 1 :])
    honest, other = (
        play(mechanism, told).expect(lambda outcome: utility(setting, agent, truth, outcome))
        for told in (profile, lied)
    )
    return other - honest
