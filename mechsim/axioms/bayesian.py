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

import numpy as np

from .._numbers import show, weigh
from ..mechanism import Playable, play
from ..program import Terms, exact
from ..setting import Domain, Instance, Setting, interdependent, require
from ._sought import Sought, gains, replaced
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
    the others' types is exact.  What the others report in a case's instance is immaterial.  Values
    may be interdependent: ``value_at(agent, profile, alternative)``.
    """

    def instances(self, setting: Setting, agents: int, /) -> Iterator[Instance]:
        """As few profiles as it takes for each agent to have each of its types in one of them."""
        Domain(setting, agents)  # which refuses infinitely many types
        listed: list[tuple[Any, ...]] = [setting.types(agent) or () for agent in range(agents)]
        require(setting, "beliefs")
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
        require(case.instance.setting, "beliefs")
        truth, setting = case.instance.profile[case.agent], cast(Believes, case.instance.setting)
        beliefs = setting.beliefs(case.agent, truth, case.instance.agents)
        first, *others = (weigh(p, _gain(mechanism, case, profile)) for p, profile in beliefs)
        return sum(others, first)

    def rows(self, sought: Sought, /) -> None:
        """One row an agent, type and lie."""
        for agent in range(sought.agents):
            types = np.arange(len(sought.types[agent]))
            truths, lies = (part.ravel() for part in np.meshgrid(types, types, indexing="ij"))
            different = truths != lies
            truths, lies = truths[different], lies[different]
            terms: list[Terms] = []
            for row, (truth, lie) in enumerate(zip(truths.tolist(), lies.tolist(), strict=True)):
                chances, told = believed(sought, agent, truth)
                row_of = np.full(len(told), row)
                parts = gains(
                    sought,
                    agent,
                    told[:, agent],
                    told,
                    replaced(told, agent, np.full(len(told), lie)),
                    row_of,
                )
                terms += [weighted(part, chances) for part in parts]
            sought.at_most(
                f"agent {agent} of type {{0}} expects no gain by reporting {{1}}",
                (sought.told_types(agent, truths), sought.told_types(agent, lies)),
                0,
                *terms,
                first=np.abs(truths - lies) == 1,
            )

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
    setting, agent = case.instance.setting, case.agent
    lied = (*profile[:agent], case.report, *profile[agent + 1 :])
    honest, other = (
        play(mechanism, told).expect(
            lambda outcome: interdependent(setting, agent, profile, outcome)
        )
        for told in (profile, lied)
    )
    return other - honest


def believed(sought: Sought, agent: int, truth: int) -> tuple[list[Fraction], Any]:
    """What ``agent`` of this type, by number, believes: chances, and (k, agents) profiles."""
    setting = sought.setting
    if not hasattr(setting, "beliefs"):
        raise ValueError(f"setting is {setting}: it must have beliefs(agent, type, agents)")
    number = [{type_: k for k, type_ in enumerate(listed)} for listed in sought.types]
    drawn = list(cast(Believes, setting).beliefs(agent, sought.types[agent][truth], sought.agents))
    profiles = [[number[i][type_] for i, type_ in enumerate(profile)] for _, profile in drawn]
    return [p for p, _ in drawn], np.array(profiles, dtype=np.int64)


def weighted(terms: Terms, chances: list[Fraction]) -> Terms:
    """Each profile's terms times how likely it is."""
    weight, below = exact(chances, "beliefs")
    numerator = np.asarray(terms.numerator)
    row = np.asarray(terms.row)
    if row.ndim == 2:
        weight = weight[:, None]
    return Terms(terms.column, numerator * weight, terms.row, terms.denominator * below)
