r"""Strict properness: telling the truth is not just best, everything else is worse.

.. math:: E[v_i(\theta_i, f(\theta))] > E[v_i(\theta_i, f(\theta_i', \theta_{-i}))]
          \qquad \forall i,\ \theta,\ \theta_i' \ne \theta_i.

With ``>=`` this is strategyproofness, which of a scoring rule is called properness.

References
----------
Gneiting, Raftery. Strictly Proper Scoring Rules, Prediction, and Estimation. JASA 102, 2007.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from .._numbers import is_ball, show
from ..lottery import Lottery
from ..mechanism import Playable
from ..setting import Instance, require
from .strategyproof import Misreport, Strategyproof


@dataclass(frozen=True)
class StrictlyProper:
    """Every misreport lowers the liar's expected value.

    It is about beliefs to be scored, so the setting says about what, by ``states``.

    The violation is 1 where a misreport does at least as well as the truth and 0 where it does
    worse: a tie breaks the axiom, though nothing is gained.  Where the gain is a ball that may
    or may not be negative, it is the violation.
    """

    deviation: ClassVar = Misreport

    def cases(self, instance: Instance, /) -> Iterator[Misreport]:
        """Each agent, each other report."""
        require(instance.setting, "states")
        return Strategyproof().cases(instance)

    def violation(self, mechanism: Playable, case: Misreport, /) -> Any:
        """Whether the misreport does at least as well as the truth."""
        require(case.instance.setting, "states")
        return _tie_or_gain(Strategyproof().violation(mechanism, case))

    def between(
        self, instance: Instance, agent: int, truth: Any, honest: Lottery[Any], lied: Lottery[Any]
    ) -> Any:
        """Whether ``lied`` does at least as well as ``honest`` for this agent and type."""
        require(instance.setting, "states")
        return _tie_or_gain(Strategyproof().between(instance, agent, truth, honest, lied))

    def explain(self, mechanism: Playable, case: Misreport, /) -> str:
        """The misreport that does as well, or by how much it does better."""
        instance = case.instance
        truth, lie = (instance.tell_type(t) for t in (instance.profile[case.agent], case.report))
        gain = Strategyproof().violation(mechanism, case)
        less = "at least as" if is_ball(gain) else "as"
        much = f"gains it {show(gain)}" if gain > 0 else f"is {less} good for it as the truth"
        return f"{instance.name(case.agent)} reports {lie} instead of {truth}, which {much}"


def _tie_or_gain(gain: Any) -> Any:
    if is_ball(gain) and not (gain < 0 or gain >= 0):
        return gain  # to be refined, or given up, by whoever asked
    return Fraction(gain >= 0)
