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

from .._numbers import Number, show, show_all
from ..setting import Instance


class SharesFairly(Protocol):
    """A setting that says what a share of the agents is due."""

    def fair_share(self, type_: Any, share: Fraction, /) -> Number:
        """What a group of this share of the agents, all of this type, may ask for."""
        ...


@dataclass(frozen=True)
class LikeMinded:
    """The ``members``: all agents whose type is that of the first of them."""

    instance: Instance
    members: tuple[int, ...]

    @property
    def type_(self) -> Any:
        """The type they share."""
        return self.instance.reports[self.members[0]]

    @property
    def share(self) -> Fraction:
        """Their share of the agents."""
        return Fraction(len(self.members), self.instance.agents)


@dataclass(frozen=True)
class UnanimousFairShare:
    """Every like-minded group gets its share.  The violation is the shortfall in value.

    The setting says what a share is worth, by ``fair_share(type, share)``.
    """

    def cases(self, instance: Instance, /) -> Iterator[LikeMinded]:
        """The group of all agents at each type that occurs."""
        groups: dict[Any, list[int]] = {}
        for agent, report in enumerate(instance.reports):
            groups.setdefault(report, []).append(agent)
        for members in groups.values():
            yield LikeMinded(instance, tuple(members))

    def outcome_violation(self, outcome: Any, case: LikeMinded, /) -> Number:
        """What the group is due, less what it gets."""
        setting = case.instance.setting
        due = cast(SharesFairly, setting).fair_share(case.type_, case.share)
        return due - setting.value(case.members[0], case.type_, outcome)

    def explain_outcome(self, when: str, violation: Number, case: LikeMinded, /) -> str:
        """Who is due how much, and what is missing."""
        instance = case.instance
        size = f"{len(case.members)} of {instance.agents} agents"
        names = ", ".join(instance.name(agent) for agent in case.members[:3])
        more = ", ..." if len(case.members) > 3 else ""
        return (
            f"at {show_all(instance.reports)}, the {size} who report {show(case.type_)} "
            f"({names}{more}) get {show(violation)} less than their share {when}"
        )
