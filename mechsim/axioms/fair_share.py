r"""Unanimous fair share (UFS): agents of one mind are due their share, however few they are.

A group :math:`S` of agents with the same type :math:`\theta` may ask for what its share
:math:`|S|/n` of the agents is worth:

.. math:: v_i(\theta, y) \ge \mathrm{share}\bigl(\theta, |S|/n\bigr) \qquad \forall i \in S.

On an interval of length :math:`L` this reads :math:`|y - x_i| \le L (1 - |S|/n)`.  The largest
group at each type binds, so those groups are the cases.

References
----------
Aziz, Lam, Lee, Walsh. Strategyproof and Proportionally Fair Facility Location.
arXiv:2111.01566.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, cast

from .._numbers import Number, show
from ..population import tally
from ..setting import Instance, require


class SharesFairly(Protocol):
    """A setting that says what a share of the agents is due."""

    def fair_share(self, type_: Any, share: Fraction, /) -> Number:
        """What a group of this share of the agents, all of this type, may ask for."""
        ...


@dataclass(frozen=True)
class LikeMinded:
    """All ``size`` agents whose type is ``type_``."""

    instance: Instance
    type_: Any
    size: int

    def validate(self) -> None:
        """Raise `ValueError` unless so many agents report this."""
        found = dict(tally(self.instance.reports)).get(self.type_, 0)
        if self.size != found or not found:
            told = self.instance.tell_type(self.type_)
            raise ValueError(f"size is {self.size}: {found} agents report {told}")

    @property
    def share(self) -> Fraction:
        """Their share of the agents."""
        return Fraction(self.size, self.instance.agents)


@dataclass(frozen=True)
class UnanimousFairShare:
    """Every like-minded group gets its share.  The violation is the shortfall in value.

    The setting says what a share is worth, by ``fair_share(type, share)``, and values types
    alike for all agents.  One case for each type that occurs.
    """

    def cases(self, instance: Instance, /) -> Iterator[LikeMinded]:
        """The group of all agents at each type that occurs."""
        for type_, size in tally(instance.reports):
            yield LikeMinded(instance, type_, size)

    def outcome_violation(self, outcome: Any, case: LikeMinded, /) -> Number:
        """What the group is due, less what it gets."""
        setting = case.instance.setting
        require(setting, "fair_share")
        due = cast(SharesFairly, setting).fair_share(case.type_, case.share)
        worth: Number = setting.value(0, case.type_, outcome)
        return due - worth

    def explain_outcome(self, when: str, violation: Any, case: LikeMinded, /) -> str:
        """Who is due how much, and what is missing."""
        instance = case.instance
        type_, missing = instance.tell_type(case.type_), show(violation)
        if case.size == 1:
            who = f"the agent who reports {type_} gets {missing} less than its share"
        else:
            who = f"the {case.size} agents who report {type_} get {missing} less than their share"
        return f"at {instance.tell_reports()}, {who} {when}"
