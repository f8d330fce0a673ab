"""Mechanisms that hire experts: what is asked of whom, what is paid, and what that leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

from .._numbers import show
from .._tables import Table
from ..lottery import Finite, Lottery, is_finite
from ..mechanism import Draw, Playable, accepts_reports, compound, play
from ..preferences.acquisition import Acquisition, ContractTerms
from ..program import Optimum
from .decision import Decision

Efforts = tuple[str, ...]
"""One effort an expert."""


@dataclass(frozen=True)
class PostedRewards:
    """The rule that asks for ``efforts`` and pays what a table says.

    Parameters
    ----------
    efforts : tuple of str
    rewards : mapping of signals to tuples
        For each profile of signals one row an expert, one number a state.
    setting : Acquisition
    """

    efforts: Efforts
    rewards: Mapping[tuple[str, ...], tuple[tuple[Fraction, ...], ...]]
    setting: Acquisition

    @accepts_reports
    def __call__(self, reports: tuple[str, ...], /) -> ContractTerms:
        """What is asked, and what the reports earn in each state."""
        return ContractTerms(self.efforts, self.rewards[reports])


@dataclass(frozen=True, eq=False, repr=False)
class Hired:
    """An optimal mechanism, which can be played, with its proof.

    Parameters
    ----------
    plan : Finite
        What efforts are asked for.
    offers : tuple of PostedRewards
        One for each of the plan's efforts, in its order.
    value : Fraction
        What the principal expects: the worth of the decision less payments.
    optimum : Optimum
        The linear program, solved and certified.
    setting : Acquisition
    """

    plan: Finite[Efforts]
    offers: tuple[PostedRewards, ...]
    value: Fraction
    optimum: Optimum
    setting: Acquisition

    def rules(self, agents: int, /) -> Draw[str, ContractTerms]:
        """The offers, as likely as the plan has them."""
        yield from zip(self.plan.probability.values(), self.offers, strict=True)

    @accepts_reports
    def __call__(self, reports: tuple[str, ...], /) -> Finite[ContractTerms]:
        """The terms that may be drawn."""
        return compound(self.rules(len(reports)), reports)

    @cached_property
    def expected_pay(self) -> tuple[Fraction, ...]:
        """What each expert is paid on average, if all obey."""
        paid = [Fraction(0)] * len(self.setting.experts)
        for likely, offer in zip(self.plan.probability.values(), self.offers, strict=True):
            for (state, signals), chance in self.setting.law(offer.efforts).items():
                for i, row in enumerate(offer.rewards[signals]):
                    paid[i] += likely * chance * row[state]
        return tuple(paid)

    def table(self) -> Table:
        """What is asked how often, and what is paid for which reports in which state."""
        rows: list[tuple[str, ...]] = []
        for likely, offer in zip(self.plan.probability.values(), self.offers, strict=True):
            asked = f"{' and '.join(offer.efforts)} ({show(likely)})"
            for signals, rewards in offer.rewards.items():
                for i, row in enumerate(rewards):
                    for state, paid in zip(self.setting.states, row, strict=True):
                        if paid:
                            told = " and ".join(signals)
                            rows.append((asked, told, state, self.setting.agents[i], show(paid)))
        return Table(("asked", "reported", "state", "expert", "paid"), tuple(rows))

    def __str__(self) -> str:
        return f"Hired(worth {show(self.value)} to the principal)"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        rows = sum(1 for y in self.optimum.dual if y)
        said = f"worth {show(self.value)} to the principal, proved by {rows} rows"
        return f"<p>{said}</p>{self.table()._repr_html_()}"


def kept(mechanism: Playable, setting: Acquisition, decision: Decision) -> Fraction:
    """What any mechanism leaves to the principal on average, if all obey; exactly.

    Parameters
    ----------
    mechanism
        Of signals to lotteries over `ContractTerms`, with exact rewards.
    setting : Acquisition
    decision : Decision

    Returns
    -------
    Fraction
        The worth of the decision, less payments.
    """
    signals = list(product(*(expert.signals for expert in setting.experts)))
    laws: dict[Efforts, dict[tuple[int, Efforts], Fraction]] = {}
    total = Fraction(0)
    plans: list[dict[Efforts, Fraction]] = []
    for reports in signals:
        plan: dict[Efforts, Fraction] = {}
        for terms, p in require_finite(play(mechanism, reports)).items():
            plan[terms.efforts] = plan.get(terms.efforts, Fraction(0)) + p
            if terms.efforts not in laws:
                laws[terms.efforts] = setting.law(terms.efforts)
            for state in range(len(setting.states)):
                likely = laws[terms.efforts].get((state, reports), Fraction(0))
                total -= p * likely * sum(Fraction(row[state]) for row in terms.rewards)
        plans.append(plan)
        if plan != plans[0]:
            raise ValueError(f"mechanism asks for efforts by what is reported, as at {reports}")
    return total + sum(
        (p * Fraction(decision.worth_of(setting, efforts)) for efforts, p in plans[0].items()),
        Fraction(0),
    )


def require_finite(lottery: Lottery[Any]) -> Mapping[Any, Fraction]:
    """The outcomes of a lottery and their probabilities, if it lists them."""
    if not is_finite(lottery):
        raise ValueError("mechanism has a lottery that does not list its outcomes")
    return lottery.probability
