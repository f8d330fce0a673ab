r"""Maskin monotonicity: what is chosen stays chosen where it falls in nobody's opinion.

If :math:`f(\theta) = a` and every agent that likes :math:`a` no less than some :math:`b` at
:math:`\theta_i` does so at :math:`\theta_i'` too, then :math:`f(\theta') = a`.

In voting it is also called strong positive association.  Agents may change one after the other, so
changes of one agent are the cases.

References
----------
Maskin. Nash equilibrium and welfare optimality. Review of Economic Studies 66, 1999.
Muller, Satterthwaite. The equivalence of strong positive association and strategy-proofness.
Journal of Economic Theory 14, 1977.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from ..lottery import is_finite
from ..mechanism import Playable, play
from ..population import Reports
from ..setting import Instance, require, unpriced
from ._base import Undecided
from ._chosen import Chosen, Literal, Sets, Words
from ._sought import replaced


@dataclass(frozen=True)
class Change:
    """``agent`` changes its mind and reports ``report``."""

    instance: Instance
    agent: int
    report: Any

    def validate(self) -> None:
        """Raise `ValueError` unless this is an agent."""
        if not 0 <= self.agent < self.instance.agents:
            raise ValueError(f"agent is {self.agent}: there are {self.instance.agents} agents")

    @property
    def reports(self) -> Reports:
        """The reports after the change."""
        return self.instance.replace(self.agent, self.report).reports


@dataclass(frozen=True)
class MaskinMonotonic:
    """A rule keeps its outcome where that falls below nothing that it was not below before.

    The setting lists what can be chosen, by ``alternatives(agents)``.  The violation is 1 if the
    outcome changes.
    """

    deviation: ClassVar = Change

    def cases(self, instance: Instance, /) -> Iterator[Change]:
        """Each agent, each other report."""
        require(instance.setting, "alternatives")
        for agent in range(instance.agents):
            for report in instance.misreports(agent):
                yield Change(instance, agent, report)

    def violation(self, mechanism: Playable, case: Change, /) -> Any:
        """1 if the outcome is given up although it did not fall, 0 if not."""
        instance, agent = case.instance, case.agent
        before = _outcome(mechanism, instance.reports)
        after = _outcome(mechanism, case.reports)
        others = instance.setting.alternatives(instance.agents)
        was = _worse(instance.setting, agent, instance.profile[agent], before, others)
        now = _worse(instance.setting, agent, case.report, before, others)
        return Fraction(before != after and was <= now)

    def clauses(self, chosen: Chosen, /) -> None:
        """What does not fall stays chosen: one alternative, two profiles."""
        listed, every = chosen.alternatives, np.eye(len(chosen.alternatives), dtype=bool)
        for agent in range(chosen.agents):
            place, lie = chosen.departures(agent)
            told = chosen.profiles[place]
            changed = replaced(told, agent, lie)
            worse = [
                [_worse(chosen.setting, agent, type_, one, listed) for one in listed]
                for type_ in chosen.types[agent]
            ]
            for first, before in enumerate(worse):
                for second, after in enumerate(worse):
                    here = (told[:, agent] == first) & (lie == second)
                    kept: Sets = every[[was <= now for was, now in zip(before, after, strict=True)]]
                    if here.any() and len(kept):
                        chosen.follows(self, told[here], kept, changed[here], kept)

    def explain(self, mechanism: Playable, case: Change, /) -> str:
        """What was chosen, what is, and who changed how."""
        instance = case.instance
        before = instance.tell(_outcome(mechanism, instance.reports))
        after = instance.tell(_outcome(mechanism, case.reports))
        return (
            f"at {instance.tell_reports()}, when {instance.name(case.agent)} reports "
            f"{instance.tell_type(case.report)} instead, {before} falls below nothing, and the "
            f"outcome changes to {after}"
        )

    def explain_clause(self, words: Words, literals: tuple[Literal, ...], /) -> str:
        """What stays chosen where."""
        first, second = literals
        one, where = words.some(first.members), words.profile(first.profile)
        there = words.profile(second.profile)
        must = "must be" if second.holds else "cannot be"
        return (
            f"as {one} is chosen at {where}, {words.some(second.members)} {must} chosen at "
            f"{there}, where {one} falls below nothing"
        )


def _worse(setting: Any, agent: int, type_: Any, one: Any, others: Any) -> frozenset[Any]:
    """The alternatives that an agent of this type likes no better."""
    worth = setting.value(agent, type_, one)
    return frozenset(other for other in others if setting.value(agent, type_, other) <= worth)


def _outcome(mechanism: Playable, reports: Reports) -> Any:
    lottery = play(mechanism, reports)
    if not is_finite(lottery) or len(lottery.support) != 1:
        raise Undecided("it is about rules, and this mechanism draws lots")
    return unpriced(lottery.support[0])
