r"""Committees by approval ballots: proportionality and honesty in their weakest forms.

With :math:`n` voters and :math:`k` seats, a candidate whom at least :math:`n/k` voters approve of
and who is the only one of each of them ought to be elected.  A voter who approves of :math:`A`
ought not to gain by a ballot :math:`B \subset A`, that is to be given
:math:`f(B) \cap A \supset f(A) \cap A`, more and nothing else missing.  No rule satisfies both for
:math:`n = k = 3` and four candidates.

References
----------
Peters. Proportionality and strategyproofness in multiwinner elections. AAMAS 2018.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ..lottery import is_finite
from ..mechanism import Playable, play
from ..population import Reports
from ..setting import Instance, require, unpriced
from ._base import Undecided
from ._chosen import Chosen, Literal, Words, told_lie
from ._sought import replaced
from .strategyproof import Misreport


@dataclass(frozen=True)
class Singletons:
    """Voters who approve of ``candidate`` alone are enough for a seat."""

    instance: Instance
    candidate: int

    def validate(self) -> None:
        """Raise `ValueError` unless they are."""
        if self.candidate not in set(_deserving(self.instance)):
            raise ValueError(
                f"candidate is {self.candidate}: too few approve of this candidate alone"
            )


@dataclass(frozen=True)
class SingletonProportional:
    """Whom enough voters want alone is elected.  The violation is 1 if not.

    With ``n`` voters and a budget for ``k`` candidates, ``n/k`` are enough; candidates of different
    costs need that share of the voters that they need of the budget.
    """

    def cases(self, instance: Instance, /) -> Iterator[Singletons]:
        """Each candidate with enough such voters."""
        require(instance.setting, "costs")
        require(instance.setting, "budget")
        for candidate in _deserving(instance):
            yield Singletons(instance, candidate)

    def outcome_violation(self, outcome: Any, case: Singletons, /) -> Fraction:
        """1 unless the candidate is elected."""
        return Fraction(case.candidate not in _elected(outcome))

    def explain_outcome(self, when: str, violation: Any, case: Singletons, /) -> str:
        """Who is not elected."""
        name = case.instance.setting.projects[case.candidate]
        return (
            f"at {case.instance.tell_reports()}, enough voters want {name} and nobody else, {when}"
        )


@dataclass(frozen=True)
class SubsetStrategyproof:
    """No part of a ballot gets its voter more of it, and nothing less.  The violation is 1 if some.

    Empty ballots are no such part.
    """

    def cases(self, instance: Instance, /) -> Iterator[Misreport]:
        """Each voter, each part of the ballot that is not empty."""
        require(instance.setting, "costs")
        require(instance.setting, "budget")
        for agent, truth in enumerate(instance.profile):
            for report in instance.misreports(agent):
                if report and report < truth:
                    yield Misreport(instance, agent, report)

    def violation(self, mechanism: Playable, case: Misreport, /) -> Fraction:
        """1 if the voter gets more of the ballot and nothing less of it."""
        truth = case.instance.profile[case.agent]
        told = _rule(mechanism, case.instance.reports) & truth
        return Fraction(told < _rule(mechanism, case.reports) & truth)

    def clauses(self, chosen: Chosen, /) -> None:
        """Of what a part would get, the truth gets something else than a part of it."""
        for agent in range(chosen.agents):
            place, lie = chosen.departures(agent)
            told = chosen.profiles[place]
            lied = replaced(told, agent, lie)
            types = chosen.types[agent]
            for number, truth in enumerate(types):
                part = np.array([bool(one) and one < truth for one in types])
                here = (told[:, agent] == number) & part[lie]
                got = [_elected(one) & truth for one in chosen.alternatives]
                less = [(one, [one < other for other in got]) for one in dict.fromkeys(got)]
                pairs = [(more, [one != other for other in got]) for one, more in less if any(more)]
                if here.any() and pairs:
                    wanted, kept = (np.array(sets, dtype=bool) for sets in zip(*pairs, strict=True))
                    chosen.follows(self, lied[here], wanted, told[here], kept)

    def explain(self, mechanism: Playable, case: Misreport, /) -> str:
        """Who reports which part, and what changes."""
        instance = case.instance
        before = instance.tell(_rule(mechanism, instance.reports))
        after = instance.tell(_rule(mechanism, case.reports))
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} reports "
            f"{instance.tell_type(case.report)} instead, and the outcome changes from {before} to "
            f"{after}"
        )

    def explain_clause(self, words: Words, literals: tuple[Literal, ...], /) -> str:
        """Who would lie otherwise."""
        lied, honest = literals
        return told_lie(words, lied, honest)


def _deserving(instance: Instance) -> Iterator[int]:
    setting, ballots = instance.setting, instance.profile
    for one, cost in enumerate(setting.costs):
        alone = sum(ballot == frozenset({one}) for ballot in ballots)
        if alone and cost <= setting.budget and alone * setting.budget >= len(ballots) * cost:
            yield one


def _elected(outcome: Any) -> frozenset[int]:
    if not isinstance(outcome, frozenset):
        raise Undecided("it is about candidates who are elected or not, and not in part")
    return outcome  # pyright: ignore[reportUnknownVariableType]  # of what, the setting says


def _rule(mechanism: Playable, reports: Reports) -> frozenset[int]:
    lottery = play(mechanism, reports)
    if not is_finite(lottery) or len(lottery.support) != 1:
        raise Undecided("it is about rules, and this mechanism draws lots")
    return _elected(unpriced(lottery.support[0]))
