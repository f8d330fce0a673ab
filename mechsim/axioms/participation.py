r"""Participation: nobody does better by staying away.

.. math:: v_i(\theta_i, f(\theta)) \ge v_i(\theta_i, f(\theta_{-i}, \varnothing))
          \qquad \forall i,\ \theta.

A rule that breaks it has the no-show paradox.  Moulin (1988) shows that with four candidates and
many voters every Condorcet consistent rule does, and that with three there are rules which do not.

References
----------
Moulin. Condorcet's principle implies the no show paradox. Journal of Economic Theory 45, 1988.
Brandt, Geist, Peters. Optimal bounds for the no-show paradox via SAT solving. Mathematical Social
Sciences 90, 2017.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..mechanism import Playable, play
from ..population import Reports
from ..setting import Instance, require, utility
from ._chosen import Chosen, Literal, Words, told_lie, upper_sets
from ._sought import replaced
from .strategyproof import told_lottery


@dataclass(frozen=True)
class StayingAway:
    """``agent``, who reports something at ``instance``, might report nothing."""

    instance: Instance
    agent: int

    def validate(self) -> None:
        """Raise `ValueError` unless this is an agent, and it reports something."""
        if not 0 <= self.agent < self.instance.agents:
            raise ValueError(f"agent is {self.agent}: there are {self.instance.agents} agents")
        if self.instance.profile[self.agent] == self.instance.setting.absent:
            raise ValueError(f"agent is {self.agent}: it stays away already")

    @property
    def reports(self) -> Reports:
        """The reports without this agent."""
        return self.instance.replace(self.agent, self.instance.setting.absent).reports


@dataclass(frozen=True)
class ParticipationCriterion:
    """No agent expects to gain by staying away.  The violation is the gain.

    The setting has a type ``absent`` for those who do, as `mechsim.preferences.MayAbstain`.
    """

    def cases(self, instance: Instance, /) -> Iterator[StayingAway]:
        """Each agent that reports something."""
        require(instance.setting, "absent")
        for agent, type_ in enumerate(instance.profile):
            if type_ != instance.setting.absent:
                yield StayingAway(instance, agent)

    def violation(self, mechanism: Playable, case: StayingAway, /) -> Any:
        """What the agent gains by staying away, in expectation."""
        instance, agent = case.instance, case.agent
        truth = instance.profile[agent]

        def value(outcome: Any) -> Any:
            return utility(instance.setting, agent, truth, outcome)

        there, away = play(mechanism, instance.reports), play(mechanism, case.reports)
        return away.expect(value) - there.expect(value)

    def clauses(self, chosen: Chosen, /) -> None:
        """If staying away leads to what the agent likes better than something, so does voting."""
        require(chosen.setting, "absent")
        for agent in range(chosen.agents):
            types = chosen.types[agent]
            nobody = types.index(chosen.setting.absent)
            place, lie = chosen.departures(agent)
            told, leaves = chosen.profiles[place], lie == nobody
            for truth, type_ in enumerate(types):
                here = leaves & (told[:, agent] == truth)
                if here.any() and truth != nobody:
                    wanted, kept = upper_sets(chosen, agent, type_)
                    away = replaced(told[here], agent, lie[here])
                    chosen.follows(self, away, wanted, told[here], kept)

    def explain(self, mechanism: Playable, case: StayingAway, /) -> str:
        """Who had better stay away."""
        instance = case.instance
        there = told_lottery(instance, play(mechanism, instance.reports))
        away = told_lottery(instance, play(mechanism, case.reports))
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} had better stay away: then "
            f"the outcome is {away} instead of {there}"
        )

    def explain_clause(self, words: Words, literals: tuple[Literal, ...], /) -> str:
        """Who would stay away otherwise."""
        return told_lie(words, *literals)
