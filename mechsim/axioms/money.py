r"""Money: nobody would rather have stayed out, and what is paid covers what is spent.

Staying out is worth 0, so at the outcome :math:`(y, t)`

.. math:: v_i(\theta_i, y) - t_i \ge 0 \qquad \forall i,

ex post, or interim, in the expectation of an agent that knows its own type only.  The budget is
balanced if :math:`\sum_i t_i` is at least the cost :math:`c(y)`, or exactly that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .._numbers import show, weigh
from .._text import brief
from ..mechanism import Playable, play
from ..program import Terms
from ..setting import Domain, Instance, Priced, Setting, Undecided, interdependent, require, utility
from ._sought import Sought
from .bayesian import BayesianIncentiveCompatible, believed, weighted


@dataclass(frozen=True)
class Participation:
    """``agent`` takes part, and reports what is true."""

    instance: Instance
    agent: int


def _require_a_way_out(setting: Any, outcome: Any) -> None:
    """Raise `Undecided` unless agents may stay out, which is where there is money."""
    if not (getattr(setting, "money", False) or isinstance(outcome, Priced)):
        raise Undecided(
            f"{brief(setting)} does not say that agents may stay out, which is then worth 0 to "
            "them: by money = True, or by an outcome with payments"
        )


@dataclass(frozen=True)
class IndividuallyRational:
    """Nobody ends up with less than nothing.  The violation is what the agent loses.

    One case an agent.  The setting says that agents may stay out, which is worth 0 to them, by
    ``money = True``, or the outcome does by having payments.
    """

    def cases(self, instance: Instance, /) -> Iterator[Participation]:
        """Each agent."""
        for agent in range(instance.agents):
            yield Participation(instance, agent)

    def outcome_violation(self, outcome: Any, case: Participation, /) -> Any:
        """What the agent pays, less what it gets."""
        instance, agent = case.instance, case.agent
        _require_a_way_out(instance.setting, outcome)
        return -utility(instance.setting, agent, instance.profile[agent], outcome)

    def rows_in_expectation(self, sought: Sought, /) -> None:
        """One row an agent and profile."""
        place = np.arange(len(sought.profiles))
        lottery, terms = sought.lottery(sought.profiles), list[Terms]()
        for agent in range(sought.agents):
            numerator, denominator = sought.values(agent)
            worth, row = numerator[sought.profiles[:, agent]], place + agent * len(place)
            terms.append(Terms(lottery, -worth, row[:, None], denominator))
            if sought.has_payments:
                terms.append(Terms(sought.payments(sought.profiles)[:, agent], 1, row))
        who = np.repeat(np.arange(sought.agents), len(place)).tolist()
        told = sought.told(np.tile(place, sought.agents))
        name = "agent {0} loses nothing in expectation at {1}"
        sought.at_most(name, (who, told), 0, *terms)

    def explain_outcome(self, when: str, violation: Any, case: Participation, /) -> str:
        """Who loses how much."""
        instance = case.instance
        who, lost = instance.name(case.agent), show(violation)
        return f"at {instance.tell_reports()}, {who} loses {lost} by taking part {when}"


@dataclass(frozen=True)
class InterimIndividuallyRational:
    """Nobody who knows its own type expects to lose.  The violation is the expected loss.

    The setting says what an agent believes, by ``beliefs(agent, type, agents)``.
    """

    def instances(self, setting: Setting, agents: int, /) -> Iterator[Instance]:
        """As few profiles as it takes for each agent to have each of its types in one of them."""
        return BayesianIncentiveCompatible().instances(setting, agents)

    def cases(self, instance: Instance, /) -> Iterator[Participation]:
        """Each agent."""
        return IndividuallyRational().cases(instance)

    def violation(self, mechanism: Playable, case: Participation, /) -> Any:
        """What the agent expects to lose."""
        setting, agent = case.instance.setting, case.agent
        require(setting, "beliefs")
        beliefs = setting.beliefs(agent, case.instance.profile[agent], case.instance.agents)

        def worth(told: tuple[Any, ...]) -> Any:
            def value(outcome: Any) -> Any:
                _require_a_way_out(setting, outcome)
                return interdependent(setting, agent, told, outcome)

            return play(mechanism, told).expect(value)

        first, *others = (weigh(p, worth(told)) for p, told in beliefs)
        return -sum(others, first)

    def rows(self, sought: Sought, /) -> None:
        """One row an agent and type."""
        for agent in range(sought.agents):
            types = np.arange(len(sought.types[agent]))
            numerator, denominator = sought.values(agent)
            terms: list[Terms] = []
            for type_ in types.tolist():
                chances, told = believed(sought, agent, type_)
                row = np.full(len(told), type_)
                worth = Terms(sought.lottery(told), -numerator[type_], row[:, None], denominator)
                terms.append(weighted(worth, chances))
                if sought.has_payments:
                    paid = sought.payments(told)[:, agent]
                    terms.append(weighted(Terms(paid, np.ones(len(told), int), row), chances))
            name = f"agent {agent} of type {{0}} expects to lose nothing"
            sought.at_most(name, (sought.told_types(agent, types),), 0, *terms)

    def explain(self, mechanism: Playable, case: Participation, /) -> str:
        """Who expects to lose how much."""
        who, truth = case.instance.name(case.agent), case.instance.profile[case.agent]
        lost = show(self.violation(mechanism, case))
        return f"{who}, whose type is {case.instance.tell_type(truth)}, expects to lose {lost}"


@dataclass(frozen=True)
class Purse:
    """What is paid by all at ``instance``, too little or too much."""

    instance: Instance
    too_much: bool = False


@dataclass(frozen=True)
class BudgetBalanced:
    """What agents pay covers what the alternative costs.  The violation is what is missing.

    The setting may say what costs what, by ``cost(alternative)``; otherwise nothing costs.

    Parameters
    ----------
    exactly : bool
        Whether nothing may be left over either.
    """

    exactly: bool = False

    def cases(self, instance: Instance, /) -> Iterator[Purse]:
        """One; two where nothing may be left over."""
        yield Purse(instance)
        if self.exactly:
            yield Purse(instance, too_much=True)

    def outcome_violation(self, outcome: Any, case: Purse, /) -> Any:
        """What is missing, or left over."""
        left = surplus(case.instance.setting, outcome)
        return left if case.too_much else -left

    def explain_outcome(self, when: str, violation: Any, case: Purse, /) -> str:
        """How much is missing or left over."""
        what = "left over" if case.too_much else "missing"
        return f"at {case.instance.tell_reports()}, {show(violation)} is {what} {when}"


def surplus(setting: Any, outcome: Any) -> Any:
    """What is left of the payments when the alternative has been paid for."""
    cost = getattr(setting, "cost", None)
    if isinstance(outcome, Priced):
        spent = Fraction(0) if cost is None else cost(outcome.alternative)
        return sum(outcome.payments, Fraction(0)) - spent
    return Fraction(0) if cost is None else -cost(outcome)


@dataclass(frozen=True)
class Drawer:
    """What the mechanism takes in on average, with ``agents`` of them in ``instance``."""

    instance: Instance


@dataclass(frozen=True)
class BudgetBalancedOnAverage:
    """What agents pay covers what is spent, in expectation over the prior.

    The setting says how likely a profile is, by ``chance(profile)``; where it does not, all are
    equally likely.  The violation is what is missing on average.
    """

    def instances(self, setting: Setting, agents: int, /) -> Iterator[Instance]:
        """One."""
        require(setting, "chance")
        yield next(iter(Domain(setting, agents)))

    def cases(self, instance: Instance, /) -> Iterator[Drawer]:
        """One."""
        yield Drawer(instance)

    def violation(self, mechanism: Playable, case: Drawer, /) -> Any:
        """What is missing on average."""
        setting = case.instance.setting
        require(setting, "chance")
        domain = Domain(setting, case.instance.agents)
        missing = (
            weigh(
                _chance(domain, there),
                play(mechanism, there.reports).expect(lambda outcome: surplus(setting, outcome)),
            )
            for there in domain
        )
        return -sum(missing, Fraction(0))

    def rows(self, sought: Sought, /) -> None:
        """One row."""
        terms: list[Terms] = []
        domain = Domain(sought.setting, sought.agents)
        for place, there in enumerate(sought.instances()):
            told = sought.profiles[place : place + 1]
            chance = _chance(domain, there)
            spent = [-chance * surplus(sought.setting, one) for one in sought.alternatives]
            terms.append(Terms(sought.lottery(told)[0], spent))
            if sought.has_payments:
                terms.append(Terms(sought.payments(told)[0], [-chance] * sought.agents))
        sought.at_most("payments cover what is spent on average", (), 0, *terms)

    def explain(self, mechanism: Playable, case: Drawer, /) -> str:
        """How much is missing."""
        return f"{show(self.violation(mechanism, case))} is missing on average"


def _chance(domain: Domain, there: Instance) -> Fraction:
    """How likely a profile is: as the setting says, or as any other."""
    chance = getattr(domain.setting, "chance", None)
    return Fraction(1, domain.size) if chance is None else Fraction(chance(there.profile))
