r"""Arrow's axioms, of rules that put candidates into an order.

Weak Pareto: if all voters rank :math:`a` above :math:`b`, so does the outcome.  Independence of
irrelevant alternatives: how the outcome ranks :math:`a` and :math:`b` depends on nothing but how
each voter ranks these two.  With at least three candidates only dictatorships satisfy both.

References
----------
Arrow. Social Choice and Individual Values. 1951, second edition 1963.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

import numpy as np

from ..lottery import is_finite
from ..mechanism import Playable, play
from ..population import Reports
from ..setting import Instance, require
from ._base import Undecided
from ._chosen import Chosen, Literal, Sets, Words
from ._sought import replaced


@dataclass(frozen=True)
class AgreedPair:
    """All voters rank ``one`` above ``other``."""

    instance: Instance
    one: int
    other: int

    def validate(self) -> None:
        """Raise `ValueError` unless they do."""
        if (self.one, self.other) not in set(_agreed(self.instance)):
            raise ValueError(
                f"one and other are {self.one} and {self.other}: not all voters rank them so"
            )


@dataclass(frozen=True)
class WeakPareto:
    """Two candidates whom all voters rank alike are ranked so.  The violation is 1 if not."""

    def cases(self, instance: Instance, /) -> Iterator[AgreedPair]:
        """Each pair on which all agree."""
        require(instance.setting, "prefers")
        for one, other in _agreed(instance):
            yield AgreedPair(instance, one, other)

    def outcome_violation(self, outcome: Any, case: AgreedPair, /) -> Fraction:
        """1 unless the one is above the other."""
        return Fraction(not outcome[case.one] < outcome[case.other])

    def explain_outcome(self, when: str, violation: Any, case: AgreedPair, /) -> str:
        """On whom all agree."""
        instance, names = case.instance, case.instance.setting.candidates
        return (
            f"at {instance.tell_reports()}, all rank {names[case.one]} above {names[case.other]}, "
            f"{when}"
        )


@dataclass(frozen=True)
class Rerank:
    """``agent`` reports ``report``, which ranks ``one`` and ``other`` as before."""

    instance: Instance
    agent: int
    report: Any
    one: int
    other: int

    def validate(self) -> None:
        """Raise `ValueError` unless this is an agent, and it ranks the two as before."""
        if not 0 <= self.agent < self.instance.agents:
            raise ValueError(f"agent is {self.agent}: there are {self.instance.agents} agents")
        truth = self.instance.profile[self.agent]
        prefers = self.instance.setting.prefers
        pair = self.one, self.other
        if prefers(self.agent, truth, *pair) != prefers(self.agent, self.report, *pair):
            raise ValueError(f"report is {self.report}: it must rank {pair} as before")

    @property
    def reports(self) -> Reports:
        """The reports after the change."""
        return self.instance.replace(self.agent, self.report).reports


@dataclass(frozen=True)
class IndependentOfIrrelevantAlternatives:
    """A pair stays as it is where nobody ranks these two otherwise.  The violation is 1 if not.

    Voters may change one after the other, so changes of one voter are the cases.
    """

    def cases(self, instance: Instance, /) -> Iterator[Rerank]:
        """Each voter, each other report, each pair that it leaves as it was."""
        require(instance.setting, "prefers")
        prefers = instance.setting.prefers
        pairs = list(combinations(range(len(instance.setting.candidates)), 2))
        for agent, truth in enumerate(instance.profile):
            for report in instance.misreports(agent):
                for one, other in pairs:
                    same = prefers(agent, truth, one, other) == prefers(agent, report, one, other)
                    if same:
                        yield Rerank(instance, agent, report, one, other)

    def violation(self, mechanism: Playable, case: Rerank, /) -> Fraction:
        """1 if the outcome ranks the two otherwise after the change."""
        before = _order(mechanism, case.instance.reports)
        after = _order(mechanism, case.reports)
        return Fraction(_sign(before, case) != _sign(after, case))

    def clauses(self, chosen: Chosen, /) -> None:
        """One above the other before, then after too: for each change that leaves them alike."""
        prefers = chosen.setting.prefers
        for agent in range(chosen.agents):
            place, lie = chosen.departures(agent)
            told = chosen.profiles[place]
            changed = replaced(told, agent, lie)
            types = chosen.types[agent]
            for one, other in permutations(range(len(chosen.setting.candidates)), 2):
                above: Sets = np.array([[r[one] < r[other] for r in chosen.alternatives]])
                likes = np.array([prefers(agent, type_, one, other) for type_ in types])
                same = likes[told[:, agent]] == likes[lie]
                chosen.follows(self, told[same], above, changed[same], above)

    def explain(self, mechanism: Playable, case: Rerank, /) -> str:
        """Who changes how, and what becomes of the two."""
        instance, names = case.instance, case.instance.setting.candidates
        before = instance.tell(_order(mechanism, instance.reports))
        after = instance.tell(_order(mechanism, case.reports))
        return (
            f"at {instance.tell_reports()}, when {instance.name(case.agent)} reports "
            f"{instance.tell_type(case.report)} instead, nobody ranks {names[case.one]} and "
            f"{names[case.other]} otherwise, and the outcome changes from {before} to {after}"
        )

    def explain_clause(self, words: Words, literals: tuple[Literal, ...], /) -> str:
        """What follows at the other profile."""
        first, second = literals
        return (
            f"{words.literal(second)}, as {words.literal(first.denied)} and nobody ranks the two "
            "candidates otherwise"
        )


def _agreed(instance: Instance) -> Iterator[tuple[int, int]]:
    setting = instance.setting
    for one, other in permutations(range(len(setting.candidates)), 2):
        if all(setting.prefers(a, type_, one, other) for a, type_ in enumerate(instance.profile)):
            yield one, other


def _sign(order: Any, case: Rerank) -> int:
    one, other = order[case.one], order[case.other]
    return int(one > other) - int(one < other)


def _order(mechanism: Playable, reports: Reports) -> Any:
    lottery = play(mechanism, reports)
    if not is_finite(lottery) or len(lottery.support) != 1:
        raise Undecided("it is about rules, and this mechanism draws lots")
    return lottery.support[0]
