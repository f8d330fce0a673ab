r"""Whether lotteries are those of some mixture of rules that all satisfy an axiom.

`Universally` asks it of the rules that a mechanism says it draws.  Two mechanisms with the same
lotteries may draw different rules, so that one way to draw fails and another one does not.  This
axiom asks whether any does:

.. math:: \exists \lambda \ge 0: \quad
    P(f(\theta) = o) = \sum_{r : r(\theta) = o} \lambda_r \quad \forall \theta, o,

over the rules :math:`r` that satisfy the axiom.  Such rules choose, at each profile, one of the
outcomes that may be drawn there, and on a finite setting they are finitely many.  If there is no
mixture, some weights :math:`w \ge 0` of outcomes at profiles show it (Farkas): each of these rules
chooses outcomes that weigh at least 1 in total, while those that are drawn weigh less on average.

References
----------
Nisan, Ronen. Algorithmic mechanism design. Games and Economic Behavior 35, 2001 (universal
truthfulness).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import Any, ClassVar, TypeAlias, cast

from .._numbers import show
from .._text import brief, many
from ..algorithms.mixing import NODES, Part, largest_part, mean
from ..algorithms.selections import OutOfPatience, Patience, Prices, Selections
from ..lottery import is_finite, sure
from ..mechanism import Playable, play
from ..setting import Domain, Instance
from ._base import Undecided
from .anonymous import has_float
from .strategyproof import Strategyproof

Weight: TypeAlias = tuple[tuple[Any, ...], Any, Fraction]
"""Reports, an outcome there, and its weight."""

SHOWN = 6
"""Weights that an explanation lists."""


@dataclass(frozen=True)
class Weighing:
    """Outcomes weigh what ``weights`` say, and others nothing.

    Parameters
    ----------
    instance : Instance
        A profile of the finite setting that this is about, with all of its agents.
    weights : tuple of (reports, outcome, Fraction)
    """

    instance: Instance
    weights: tuple[Weight, ...]

    def validate(self) -> None:
        """Raise `ValueError` unless these are weights of outcomes at profiles."""
        setting = self.instance.setting
        for reports, outcome, weight in self.weights:
            told = f"the weight of {self.instance.tell(outcome)}"
            if not isinstance(cast(object, weight), (int, Fraction)) or weight < 0:
                raise ValueError(f"{told} is {show(weight)}: it must be a fraction, at least 0")
            if len(reports) != self.instance.agents or any(
                report not in (setting.types(agent) or ()) for agent, report in enumerate(reports)
            ):
                there = Instance(setting, reports).tell_reports()
                raise ValueError(f"{told} is at {there}, which is no profile of {brief(setting)}")
        if len({(reports, outcome) for reports, outcome, _ in self.weights}) < len(self.weights):
            raise ValueError("weights has an outcome twice at one profile")


@dataclass(frozen=True, eq=False)
class Drawn:
    """All lotteries on a finite setting, and what may be chosen from them.

    Parameters
    ----------
    domain : Domain
    profiles : tuple of reports
        All of the domain, in its order.
    outcomes : tuple of tuples
        What may be drawn at each profile.
    chances : tuple of tuples of Fraction
    selections : Selections
        The rules that satisfy the axiom and choose among these outcomes.
    """

    domain: Domain
    profiles: tuple[tuple[Any, ...], ...]
    outcomes: tuple[tuple[Any, ...], ...]
    chances: Prices
    selections: Selections

    @property
    def certain(self) -> bool:
        """Whether nothing is left to chance anywhere."""
        return all(len(there) == 1 for there in self.outcomes)

    @cached_property
    def _places(self) -> dict[tuple[Any, ...], int]:
        return {profile: place for place, profile in enumerate(self.profiles)}

    def prices(self, weights: tuple[Weight, ...]) -> Prices:
        """The weights of what may be drawn, in the order of the outcomes."""
        prices = [[Fraction(0)] * len(there) for there in self.outcomes]
        for reports, outcome, weight in weights:
            place = self._places[reports]
            if outcome in self.outcomes[place]:
                prices[place][self.outcomes[place].index(outcome)] = Fraction(weight)
        return tuple(map(tuple, prices))

    def weighing(self, part: Part) -> Weighing:
        """The weights that show that a part is the largest."""
        weights = tuple(
            (profile, outcome, price)
            for profile, there, prices in zip(
                self.profiles, self.outcomes, part.prices, strict=True
            )
            for outcome, price in zip(there, prices, strict=True)
            if price
        )
        first = weights[0][0] if weights else self.profiles[0]
        return Weighing(Instance(self.domain.setting, first), weights)


@dataclass(frozen=True)
class MixtureOf:
    """The lotteries are those of a mixture of rules that satisfy ``axiom``.

    It is about all lotteries of a finite setting together, and not about how they are drawn.  The
    violation in a case is by how much the lightest such rule outweighs the lotteries, where rules
    that weigh 1 or more count as 1.  The case that is found has the largest violation of all: what
    is left of 1 if the largest possible part of the lotteries is made by a mixture.

    Parameters
    ----------
    axiom : Strategyproof

    Examples
    --------
    >>> from mechsim import Line
    >>> from mechsim.axioms import check, places
    >>> from mechsim.facility import LeftRightMiddle
    >>> axiom, domain = MixtureOf(Strategyproof()), Domain(Line(0, 4).grid(2), 2)
    >>> found = check(axiom, LeftRightMiddle(Line(0, 4)), places(axiom, domain))
    >>> found.violation
    Fraction(1, 4)
    """

    axiom: Strategyproof

    heading: ClassVar = "mix. {}"
    seeks: ClassVar[bool] = True
    """It finds the case that decides itself."""

    def __post_init__(self) -> None:
        if self.axiom != Strategyproof():
            raise ValueError(
                f"axiom is {brief(self.axiom)}: mixtures are known of Strategyproof() only"
            )

    def instances(self, setting: Any, agents: int, /) -> Iterator[Instance]:
        """One, which stands for all."""
        Domain(setting, agents)
        yield Instance(setting, tuple(setting.types(agent)[0] for agent in range(agents)))

    def cases(self, instance: Instance, /) -> Iterator[Weighing]:
        """Weights of all kinds are cases, which are not listed; `binding` finds one that decides.

        Raises
        ------
        Undecided
            Always.
        """
        raise Undecided("there are infinitely many ways to weigh outcomes")

    def binding(self, mechanism: Playable, instance: Instance, /) -> list[Weighing]:
        """The weights that show it, if there is no mixture."""
        patience = Patience(NODES)
        drawn = self.drawn(mechanism, instance.setting, instance.agents, patience)
        part = self.part(drawn, patience)
        return [] if part.share == 1 else [drawn.weighing(part)]

    def violation(self, mechanism: Playable, case: Weighing, /) -> Fraction:
        """What the lightest rule weighs, up to 1, less what the lotteries weigh."""
        patience = Patience(NODES)
        drawn = self.drawn(mechanism, case.instance.setting, case.instance.agents, patience)
        prices = drawn.prices(case.weights)
        try:
            lightest = drawn.selections.cheapest(prices, Fraction(1), patience)
        except OutOfPatience as why:
            raise Undecided(str(why)) from None
        least = Fraction(1)
        if lightest is not None:
            chosen = zip(prices, lightest, strict=True)
            least = sum((listed[option] for listed, option in chosen), Fraction(0))
        return least - mean(drawn.chances, prices)

    def explain(self, mechanism: Playable, case: Weighing, /) -> str:
        """What each rule of this kind chooses, and why the lotteries cannot do as much."""
        rules = f"rule that satisfies {brief(self.axiom)} and chooses what may be drawn"
        if not case.weights:
            return f"there is no {rules}"
        average = self._average(mechanism, case)
        least = self.violation(mechanism, case) + average
        most = f"so a mixture of these makes at most {show(average / least)} of its lotteries"
        if {weight for *_, weight in case.weights} == {least}:
            chosen = _told(case)
            return (
                f"each {rules} chooses {chosen}, but the probabilities of these sum to "
                f"{show(average / least)}, {most}"
            )
        return (
            f"by certain weights of {many(len(case.weights), 'outcome')}, each {rules} weighs at "
            f"least {show(least)}, and the lotteries weigh {show(average)} on average, {most}"
        )

    def drawn(self, mechanism: Playable, setting: Any, agents: int, patience: Patience) -> Drawn:
        """The lotteries, and the rules of this kind that choose among what is drawn.

        Raises
        ------
        Undecided
            If there are too many, their outcomes are not listed, or something is no fraction.
        """
        try:
            domain = Domain(setting, agents)
        except ValueError:
            raise Undecided(
                f"{brief(setting)} has infinitely many types, and mixtures are sought on finite "
                "settings, as on a grid"
            ) from None
        types = [setting.types(agent) for agent in range(agents)]
        lies = domain.size * sum(len(listed) - 1 for listed in types)
        if max(domain.size, lies) > patience.nodes:
            raise Undecided(
                f"{domain} has {domain.size:,} profiles and {lies:,} lies: more than "
                f"{patience.nodes:,} of them are not compared"
            )
        patience.spend(lies)
        profiles: list[tuple[Any, ...]] = []
        outcomes: list[tuple[Any, ...]] = []
        chances: list[tuple[Fraction, ...]] = []
        for instance in domain:
            lottery = play(mechanism, instance.reports)
            if not is_finite(lottery):
                raise Undecided("a mixture is asked for, and a lottery does not list its outcomes")
            if any(map(has_float, lottery.support)):
                raise Undecided("outcomes are floats, which rounding may have set apart")
            profiles.append(instance.profile)
            outcomes.append(lottery.support)
            chances.append(tuple(lottery.probability.values()))
        selections = Selections(
            tuple(map(len, outcomes)), self._conflicts(domain, profiles, outcomes)
        )
        return Drawn(domain, tuple(profiles), tuple(outcomes), tuple(chances), selections)

    def part(self, drawn: Drawn, patience: Patience) -> Part:
        """The largest part of the lotteries that a mixture makes.

        Raises
        ------
        Undecided
            If the search for it is given up.
        """
        try:
            return largest_part(drawn.selections, drawn.chances, patience)
        except OutOfPatience as why:
            raise Undecided(str(why)) from None

    def _conflicts(
        self,
        domain: Domain,
        profiles: list[tuple[Any, ...]],
        outcomes: list[tuple[Any, ...]],
    ) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Outcomes at two profiles between which some agent would gain by a lie."""
        places = {profile: place for place, profile in enumerate(profiles)}
        known: dict[tuple[int, Any, Any, Any], bool] = {}
        for place, profile in enumerate(profiles):
            instance = Instance(domain.setting, profile)
            for agent, truth in enumerate(profile):
                for lie in instance.misreports(agent):
                    other = places[(*profile[:agent], lie, *profile[agent + 1 :])]
                    for o, honest in enumerate(outcomes[place]):
                        for r, lied in enumerate(outcomes[other]):
                            key = agent, truth, honest, lied
                            if key not in known:
                                known[key] = self._gains(instance, *key)
                            if known[key]:
                                yield (place, o), (other, r)

    def _gains(self, instance: Instance, agent: int, truth: Any, honest: Any, lied: Any) -> bool:
        gain = self.axiom.between(instance, agent, truth, sure(honest), sure(lied))
        if not isinstance(gain, (int, Fraction)):
            raise Undecided(f"a lie gains {show(gain)}, and only fractions are compared exactly")
        return gain > 0

    def _average(self, mechanism: Playable, case: Weighing) -> Fraction:
        """What the lotteries weigh."""
        total = Fraction(0)
        for reports, outcome, weight in case.weights:
            lottery: Any = play(mechanism, reports)
            total += weight * lottery.probability.get(outcome, 0)
        return total


def _told(case: Weighing) -> str:
    """The outcomes that weigh something, at most `SHOWN`: ``0 or 2 at (0, 2), or 4 at (0, 4)``."""
    setting, there = case.instance.setting, list[str]()
    for reports, weights in groupby(case.weights[:SHOWN], key=lambda weight: weight[0]):
        here = Instance(setting, reports)
        told = " or ".join(here.tell(outcome) for _, outcome, _ in weights)
        there.append(f"{told} at {here.tell_reports()}")
    if len(case.weights) > SHOWN:
        there.append(f"one of {len(case.weights) - SHOWN} others")
    return ", or ".join(there)
