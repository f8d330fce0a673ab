r"""Responsiveness: every agent can change the outcome, whatever the others report.

.. math:: \forall i,\ \theta\ \exists\, \theta_i':\ f(\theta_i', \theta_{-i}) \ne f(\theta).

A mechanism that draws may be responsive in its lotteries and in none of its rules; one that plays a
game instead is responsive where agents can move the index.

References
----------
Walsh. Mechanisms that play a game, not toss a coin. arXiv:2308.10413.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..mechanism import Playable
from ..setting import Domain, Instance, Undecided


@dataclass(frozen=True)
class Voice:
    """Whether ``agent`` has a say at ``instance``."""

    instance: Instance
    agent: int

    def validate(self) -> None:
        """Raise `ValueError` unless there is such an agent."""
        if not 0 <= self.agent < self.instance.agents:
            raise ValueError(f"agent is {self.agent}: there are {self.instance.agents} agents")


@dataclass(frozen=True)
class Responsive:
    """At every profile each agent has a report that changes the outcome, or the lottery.

    The violation is 1 where all its reports come to the same.  Types must be finitely many.  Each
    agent at each profile is a case.

    Examples
    --------
    >>> from mechsim import Line, verify
    >>> from mechsim.facility import Mean, Median
    >>> halves = Line(0, 1).grid(2)
    >>> verify(Mean(halves), Responsive(), halves, agents=3).word
    'proved'
    >>> verify(Median(halves), Responsive(), halves, agents=3).word
    'refuted'
    """

    def instances(self, setting: Any, agents: int, /) -> Iterator[Instance]:
        """Every profile."""
        return iter(Domain(setting, agents))  # which refuses infinitely many types

    def cases(self, instance: Instance, /) -> Iterator[Voice]:
        """Each agent."""
        for agent in range(instance.agents):
            yield Voice(instance, agent)

    def violation(self, mechanism: Playable, case: Voice, /) -> Fraction:
        """1 if the agent can change nothing, and 0 otherwise."""
        instance, agent = case.instance, case.agent
        types = instance.setting.types(agent)
        if types is None:
            raise Undecided("what an agent can bring about is listed, and its types are not")
        now = mechanism(instance.reports)
        others = (instance.replace(agent, type_) for type_ in types)
        return Fraction(all(mechanism(other.reports) == now for other in others))

    def explain(self, mechanism: Playable, case: Voice, /) -> str:
        """Who has no say."""
        instance = case.instance
        return (
            f"at {instance.tell_reports()}, whatever {instance.name(case.agent)} reports, the "
            "outcome is the same"
        )
