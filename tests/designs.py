"""Optimal mechanisms that pictures are drawn of, and what is found in the pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from matplotlib.figure import Figure
from worlds import Trade

from mechsim import (
    BayesianIncentiveCompatible,
    ExAnte,
    IndividuallyRational,
    Instance,
    Line,
    Positions,
    Strategyproof,
)
from mechsim.axioms import BudgetBalanced, InterimIndividuallyRational
from mechsim.design import Designed, NoMechanism, Revenue, Welfare, optimize
from mechsim.objectives import MaxCost

F = Fraction
DSIC: tuple[Any, ...] = (Strategyproof(), ExAnte(IndividuallyRational()))


@dataclass(frozen=True)
class Valued:
    """One buyer with diminishing value for money's worth: not linear in the type."""

    money = True

    def types(self, agent: int, /) -> tuple[Fraction, ...]:
        return (F(1), F(2), F(3))

    def alternatives(self, agents: int) -> tuple[str, ...]:
        return ("none", "some", "all")

    def value(self, agent: int, type_: Fraction, alternative: str, /) -> Fraction:
        return {"none": F(0), "some": F(1), "all": type_ * type_}[alternative]


@dataclass(frozen=True)
class Skewed:
    """Two bidders; a high type of one makes a high type of the other likelier."""

    money = True

    def types(self, agent: int, /) -> tuple[Fraction, ...]:
        return (F(1), F(2))

    def alternatives(self, agents: int) -> tuple[int, ...]:
        return (0, 1)

    def value(self, agent: int, type_: Fraction, alternative: int, /) -> Fraction:
        return type_ if agent == alternative else F(0)

    def chance(self, profile: tuple[Fraction, ...], /) -> Fraction:
        return F(3, 8) if profile[0] == profile[1] else F(1, 8)


@dataclass(frozen=True)
class Missed:
    instance: Instance


@dataclass(frozen=True)
class Efficient:
    """What is chosen is worth the most to all together."""

    def cases(self, instance: Instance, /) -> Iterator[Missed]:
        yield Missed(instance)

    def outcome_violation(self, outcome: Any, case: Missed, /) -> Fraction:
        here = case.instance

        def worth(one: Any) -> Fraction:
            return sum((here.setting.value(i, t, one) for i, t in enumerate(here.profile)), F(0))

        return max(map(worth, here.setting.alternatives(2))) - worth(outcome.alternative)


def designed(*given: Any, agents: int = 2) -> Designed:
    goal, axioms, setting = given
    found = optimize(goal, axioms, setting, agents=agents)
    assert isinstance(found, Designed)
    return found


@cache
def facility(agents: int = 2) -> Designed:
    return designed(MaxCost(), [Strategyproof()], Line(0, 1).grid(4), agents=agents)


@cache
def auction() -> Designed:
    quarters, alike = tuple(F(k, 4) for k in range(1, 5)), (F(1, 4),) * 4
    return designed(Revenue(), DSIC, Positions((1,), values=quarters, prior=alike))


@cache
def trade() -> Designed:
    axioms = (BayesianIncentiveCompatible(), InterimIndividuallyRational())
    return designed(Welfare(), [*axioms, ExAnte(BudgetBalanced())], Trade(4))


@cache
def nobody() -> NoMechanism:
    axioms = (*DSIC, ExAnte(BudgetBalanced()), ExAnte(Efficient()))
    found = optimize(Welfare(), axioms, Trade(4), agents=2)
    assert isinstance(found, NoMechanism)
    return found


def heading(figure: Figure) -> str:
    return figure.get_suptitle().replace("\n", " ")
