"""The axioms once more, written out by hand: slow, plain, and without the library's own.

A detail is what an axiom quantifies over at a profile: an agent and its lie, a pair of agents, a
group.  ``details`` lists them all, with lies from a list of ``types``, and ``violation`` says by
how much a mechanism breaks the axiom there.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, permutations, product
from typing import Any

from mechsim.axioms import (
    Anonymous,
    EJRPlus,
    EnvyFree,
    EnvyFreeUpToOne,
    ExAnte,
    IndividuallyRational,
    MaximinShare,
    SDStrategyproof,
    Strategyproof,
    StrictlyProper,
    UnanimousFairShare,
    WithinBudget,
)
from mechsim.lottery import is_finite
from mechsim.preferences.additive import Goods
from mechsim.preferences.beliefs import Beliefs
from mechsim.preferences.elections import Election
from mechsim.preferences.positions import Positions
from mechsim.preferences.rankings import Rankings
from mechsim.preferences.single_peaked import Line
from mechsim.preferences.tastes import Obnoxious, SinglePeaked
from mechsim.setting import Priced

from .planted import Planted

Profile = tuple[Any, ...]
Detail = tuple[Any, ...]
Function = Callable[[Profile], Any]


def drawn(answer: Any) -> list[tuple[Any, Any]]:
    """Outcomes with their probabilities."""
    return list(answer.probability.items()) if is_finite(answer) else [(answer, 1)]


def likes(setting: Any, type_: Any, agent: int, outcome: Any) -> Any:
    """What an outcome is worth to an agent, less what it pays."""
    if isinstance(setting, Line):
        away: Any = abs(outcome - type_)
        return away if isinstance(setting.tastes, Obnoxious) else -away
    if isinstance(setting, Positions):
        slot = outcome.alternative[agent]
        effects: Any = setting.effects
        clicks = 0 if slot is None else effects[slot]
        return type_ * clicks - outcome.payments[agent]
    if isinstance(setting, Rankings):
        return -type_.index(outcome)
    if isinstance(setting, Election):
        return len(type_ & outcome)
    if isinstance(setting, Goods):
        return sum(type_[good] for good in outcome[agent])
    assert isinstance(setting, Beliefs)
    return sum(p * score for p, score in zip(type_, outcome, strict=True))


def expected(setting: Any, type_: Any, agent: int, answer: Any) -> Any:
    """The same, in expectation."""
    return sum(p * likes(setting, type_, agent, outcome) for outcome, p in drawn(answer))


def told(reports: Profile, agent: int, lie: Any) -> Profile:
    """The reports with a lie in them."""
    return (*reports[:agent], lie, *reports[agent + 1 :])


def lies(setting: Any, reports: Profile, types: Iterable[Any]) -> Iterator[Detail]:
    """Each agent and each lie."""
    for agent, lie in product(range(len(reports)), types):
        if lie != reports[agent]:
            yield agent, lie


def gain(setting: Any, mechanism: Function, reports: Profile, detail: Detail) -> Any:
    """What a lie gains; of single-peaked agents the most that it may."""
    agent, lie = detail
    truth, honest = reports[agent], mechanism(reports)
    lied = mechanism(told(reports, agent, lie))
    if isinstance(setting, Line) and isinstance(setting.tastes, SinglePeaked):
        ends = sorted({truth, *(place for place, _ in [*drawn(honest), *drawn(lied)])})
        around = [(a, b) for a in ends for b in ends if a <= truth <= b]
        return max(_mass(lied, a, b) - _mass(honest, a, b) for a, b in around)
    return expected(setting, truth, agent, lied) - expected(setting, truth, agent, honest)


def _mass(answer: Any, low: Any, high: Any) -> Any:
    return sum(p for place, p in drawn(answer) if low <= place <= high)


def likelier(setting: Any, mechanism: Function, reports: Profile, detail: Detail) -> Any:
    """By how much a lie raises the chance of getting one of the k best, for the best k."""
    agent, lie = detail
    truth, honest = reports[agent], drawn(mechanism(reports))
    lied = drawn(mechanism(told(reports, agent, lie)))
    return max(
        sum(p for one, p in lied if one in truth[:k])
        - sum(p for one, p in honest if one in truth[:k])
        for k in range(1, len(truth))
    )


def no_worse(setting: Any, mechanism: Function, reports: Profile, detail: Detail) -> Any:
    """Whether a lie is at least as good as the truth."""
    return int(gain(setting, mechanism, reports, detail) >= 0)


def pairs(setting: Any, reports: Profile, types: Iterable[Any]) -> Iterator[Detail]:
    """Each ordered pair of agents."""
    yield from permutations(range(len(reports)), 2)


def changes(setting: Any, mechanism: Function, reports: Profile, detail: Detail) -> Any:
    """Whether the outcome changes when two agents trade reports."""
    first, second = detail
    traded = told(told(reports, first, reports[second]), second, reports[first])
    return int(dict(drawn(mechanism(reports))) != dict(drawn(mechanism(traded))))


def agents(setting: Any, reports: Profile, types: Iterable[Any]) -> Iterator[Detail]:
    """Each agent."""
    for agent in range(len(reports)):
        yield (agent,)


def short_of_share(setting: Any, mechanism: Function, reports: Profile, detail: Detail) -> Any:
    """What the group that reports as this agent is due, less what it gets."""
    (agent,) = detail
    share = reports.count(reports[agent]) / len(reports)
    got = expected(setting, reports[agent], agent, mechanism(reports))
    if isinstance(setting, Line):
        return -(1 - share) - got
    assert isinstance(setting, Election)
    return share * min(len(reports[agent]), float(setting.budget)) - got  # costs are 1


def loss(setting: Any, mechanism: Function, reports: Profile, detail: Detail) -> Any:
    """What an agent loses by taking part."""
    (agent,) = detail
    return -expected(setting, reports[agent], agent, mechanism(reports))


def envy(setting: Any, mechanism: Function, reports: Profile, detail: Detail) -> Any:
    """By how much an agent would like to be in the place of another, and pay what that pays."""
    agent, other = detail
    outcome = mechanism(reports)
    mine = likes(setting, reports[agent], agent, outcome)
    swapped = Priced(
        told(outcome.alternative, agent, outcome.alternative[other]),
        told(outcome.payments, agent, outcome.payments[other]),
    )
    return likes(setting, reports[agent], agent, swapped) - mine


def envy_but_one(setting: Any, mechanism: Function, reports: Profile, detail: Detail) -> Any:
    """The same for goods, after the good that the agent likes best is taken from the other."""
    agent, other = detail
    values, bundles = reports[agent], mechanism(reports)
    theirs = sorted(values[good] for good in bundles[other])[:-1]
    return sum(theirs) - sum(values[good] for good in bundles[agent])


def below_cut(setting: Any, mechanism: Function, reports: Profile, detail: Detail) -> Any:
    """The better of all ways to cut in two and get the worse part, less what the agent gets."""
    (agent,) = detail
    values, total = reports[agent], sum(reports[agent])
    sides = product((0, 1), repeat=len(values))
    halves = [sum(value for value, side in zip(values, cut, strict=True) if side) for cut in sides]
    best = max(min(half, total - half) for half in halves)
    return best - sum(values[good] for good in mechanism(reports)[agent])


def once(setting: Any, reports: Profile, types: Iterable[Any]) -> Iterator[Detail]:
    """Nothing in particular."""
    yield ()


def overspent(setting: Any, mechanism: Function, reports: Profile, detail: Detail) -> Any:
    """What is spent above the budget."""
    return sum(setting.costs[c] for c in mechanism(reports)) - setting.budget


def groups(setting: Any, reports: Profile, types: Iterable[Any]) -> Iterator[Detail]:
    """Each project and each group of its supporters."""
    for project in range(len(setting.projects)):
        supporters = [i for i, ballot in enumerate(reports) if project in ballot]
        for size in range(1, len(supporters) + 1):
            for group in combinations(supporters, size):
                yield project, group


def left_out(setting: Any, mechanism: Function, reports: Profile, detail: Detail) -> Any:
    """How often the group could pay for the project, less what its best-served member gets."""
    project, group = detail
    funded = mechanism(reports)
    if project in funded:
        return 0
    times = len(group) * setting.budget // (len(reports) * setting.costs[project])
    return times - max(len(reports[i] & funded) for i in group)


@dataclass(frozen=True)
class ByHand:
    """An axiom by hand."""

    details: Callable[[Any, Profile, Iterable[Any]], Iterator[Detail]]
    violation: Callable[[Any, Function, Profile, Detail], Any]


BY_HAND: dict[Any, ByHand] = {
    Strategyproof(): ByHand(lies, gain),
    SDStrategyproof(): ByHand(lies, likelier),
    StrictlyProper(): ByHand(lies, no_worse),
    Anonymous(): ByHand(pairs, changes),
    UnanimousFairShare(): ByHand(agents, short_of_share),
    ExAnte(UnanimousFairShare()): ByHand(agents, short_of_share),
    IndividuallyRational(): ByHand(agents, loss),
    EnvyFree(): ByHand(pairs, envy),
    EnvyFreeUpToOne(): ByHand(pairs, envy_but_one),
    MaximinShare(): ByHand(agents, below_cut),
    WithinBudget(): ByHand(once, overspent),
    EJRPlus(): ByHand(groups, left_out),
}


def worst(
    entry: Planted, mechanism: Function, types: tuple[Any, ...], most: int
) -> tuple[Any, Profile, Detail]:
    """The largest violation at profiles of ``types``, and where it is.

    All profiles where there are at most ``most``, else so many drawn at random.
    """
    by_hand = BY_HAND[entry.axiom]
    answers: dict[Profile, Any] = {}

    def remembered(reports: Profile) -> Any:
        if reports not in answers:
            answers[reports] = mechanism(reports)
        return answers[reports]

    found: tuple[Any, Profile, Detail] = (-1, (), ())
    rng = random.Random(0)
    every = len(types) ** entry.agents <= most
    profiles = (
        product(types, repeat=entry.agents)
        if every
        else (tuple(rng.choices(types, k=entry.agents)) for _ in range(most))
    )
    for reports in profiles:
        for detail in by_hand.details(entry.setting, reports, types):
            violation = by_hand.violation(entry.setting, remembered, reports, detail)
            if violation > found[0]:
                found = violation, reports, detail
    return found
