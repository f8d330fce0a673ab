"""The questions for all reports of a continuum that `benchmarks.proving` asks."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from mechsim import Goods, Line, Positions
from mechsim.allocation import PickingSequence
from mechsim.auctions import GSP, VCG, FirstPrice
from mechsim.axioms import (
    Anonymous,
    ClampIdentity,
    EnvyFreeUpToOne,
    ProportionallyFair,
    Strategyproof,
    UnanimousFairShare,
    Verdict,
)
from mechsim.budget import Budget
from mechsim.facility import AverageOrRandomRank, LeftRightMiddle, Mean, Median, UniformPhantom
from mechsim.lottery import Finite, mix, sure
from mechsim.proving import prove_by_paths
from mechsim.setting import Priced

UNIT, ITEM = Line(0, 1), Positions((1,))
TWO_SLOTS, THREE_SLOTS = Positions((2, 1)), Positions((3, 2, 1))
PATHS = Budget(20_000)
CENT = Fraction(1, 100)


@dataclass(frozen=True)
class Question:
    """What is asked, in words and as arguments of `prove`, and within how many seconds."""

    words: str
    mechanism: Any
    axiom: Any
    setting: Any
    agents: int
    goal: float | None = None
    anonymous: bool = False
    before: tuple[int | None, float] | None = None
    """Paths and seconds of the prototype of this prover, which had an SMT solver for oracle."""

    certified: bool = True
    """Whether a certificate is written; it does not leave equal outcomes of a lottery apart."""

    def ask(self) -> Verdict:
        """The verdict."""
        assuming = (Anonymous(),) if self.anonymous else ()
        return prove_by_paths(
            self.mechanism,
            self.axiom,
            self.setting,
            agents=self.agents,
            budget=PATHS,
            assuming=assuming,
        )


def tie(reports: tuple[Any, ...]) -> Any:
    """The median, and the highest report where the two lowest are equal and others are not."""
    ranked = sorted(reports)
    if ranked[0] == ranked[1] and ranked[0] < ranked[-1]:
        return ranked[-1]
    return ranked[(len(ranked) - 1) // 2]


def strip(reports: tuple[Any, ...]) -> Any:
    """The median, and halfway between the ends on a strip of width one in a million."""
    ranked = sorted(reports)
    spread = ranked[-1] - ranked[0]
    if Fraction(1, 2) <= spread <= Fraction(1, 2) + Fraction(1, 10**6):
        return (ranked[0] + ranked[-1]) / 2
    return ranked[(len(ranked) - 1) // 2]


def middle_too_likely(reports: tuple[Any, ...]) -> Finite[Any]:
    """Left-right-middle with weights .249, .249 and .502."""
    low, high = min(reports), max(reports)
    end, between = Fraction(249, 1000), Fraction(502, 1000)
    return mix(((end, sure(low)), (between, sure((low + high) / 2)), (end, sure(high))))


def down_to_cents(bids: tuple[Any, ...]) -> Priced:
    """The second price, rounded down to cents."""
    winner = bids.index(max(bids))
    price = math.floor(sorted(bids)[-2] * 100) * CENT
    places = tuple(0 if agent == winner else None for agent in range(len(bids)))
    return Priced(places, tuple(price if agent == winner else 0 for agent in range(len(bids))))


def snake(agents: int, goods: int) -> tuple[Goods, PickingSequence]:
    """Goods, and the draft in which the order of the turns is reversed after each round."""
    names = Goods(tuple("abcde"[:goods]))
    there_and_back = (*range(agents), *reversed(range(agents)))
    order = tuple(there_and_back[turn % len(there_and_back)] for turn in range(goods))
    return names, PickingSequence(names, order)


def questions() -> Iterator[Question]:
    """All of them."""
    yield from _medians()
    yield from _fairness()
    yield from _lotteries()
    yield from _auctions()
    yield from _drafts()
    yield from _refuted()


_sp = partial(Question, axiom=Strategyproof(), setting=UNIT)


def _medians() -> Iterator[Question]:
    spent = {3: (73, 0.18), 4: (488, 0.7), 5: (3_670, 5.0)}
    for agents, before in spent.items():
        goal = 1 if agents == 3 else None
        yield _sp(f"median of {agents}", Median(), agents=agents, goal=goal, before=before)
    ordered = partial(_sp, anonymous=True)
    for agents, goal, before in ((5, 2, (41, 0.13)), (6, None, (57, 0.21))):
        words = f"median of {agents}, granted anonymity"
        yield ordered(words, Median(), agents=agents, goal=goal, before=before)
    for agents, goal, before in (
        *((3, None, (218, 0.7)), (4, None, (1_325, 3.0))),
        (5, 20, (7_289, 39.0)),
    ):
        words = f"Uniform Phantom of {agents}, granted anonymity"
        yield ordered(words, UniformPhantom(), agents=agents, goal=goal, before=before)


def _fairness() -> Iterator[Question]:
    asked = partial(Question, setting=UNIT)
    yield asked("median of 5: clamp identity", Median(), ClampIdentity(), agents=5)
    yield asked("median of 5: anonymous", Median(), Anonymous(), agents=5)
    for agents, before in ((2, (10, 0.02)), (3, (126, 0.5)), (4, (2_152, 14.0))):
        words = f"Uniform Phantom of {agents}: unanimous fair share"
        fair = UnanimousFairShare()
        yield asked(words, UniformPhantom(), fair, agents=agents, before=before)
    words = "Uniform Phantom of 3: proportionally fair"
    yield asked(words, UniformPhantom(), ProportionallyFair(), agents=3)


def _lotteries() -> Iterator[Question]:
    for agents, before in ((2, (26, 0.1)), (3, (185, 0.7)), (4, (997, 13.0))):
        yield _sp(f"left-right-middle of {agents}", LeftRightMiddle(), agents=agents, before=before)
    for agents, before in ((2, (12, 0.1)), (3, (54, 0.5)), (4, (168, 1.8))):
        words = f"average or random rank of {agents}"
        certified = agents < 4
        rule = AverageOrRandomRank()
        yield _sp(words, rule, agents=agents, before=before, certified=certified)


def _auctions() -> Iterator[Question]:
    sp = Strategyproof()
    for agents, goal, before in ((2, None, (8, 0.01)), (3, None, (54, 0.08)), (4, 1, (244, 0.5))):
        words = f"Vickrey, {agents} bidders"
        yield Question(words, VCG(ITEM), sp, ITEM, agents, goal, before=before)
    for number, slots in ((2, TWO_SLOTS), (3, THREE_SLOTS)):
        words = f"VCG, {number} slots, 4 bidders"
        yield Question(words, VCG(slots), sp, slots, 4, 1, before=(384, 0.9))


def _drafts() -> Iterator[Question]:
    spent = {
        (2, 3): (12, 0.03),
        (2, 4): (144, 0.26),
        (2, 5): (1_776, 4.7),
        (3, 4): (144, 0.5),
        (3, 5): (5_256, 10.0),
    }
    for (agents, goods), before in spent.items():
        setting, draft = snake(agents, goods)
        words = f"snake draft, {agents} agents, {goods} goods: envy-free up to one"
        yield Question(words, draft, EnvyFreeUpToOne(), setting, agents, before=before)


def _refuted() -> Iterator[Question]:
    sp = Strategyproof()
    yield _sp("mean of 3", Mean(), agents=3)
    often = AverageOrRandomRank(Fraction(3, 5))
    yield _sp("average or random rank of 3, the mean too often", often, agents=3)
    yield _sp("left-right-middle of 3, the middle too often", middle_too_likely, agents=3)
    yield Question("first price, 3 bidders", FirstPrice(ITEM), sp, ITEM, 3)
    yield Question("generalized second price, 2 slots, 3 bidders", GSP(TWO_SLOTS), sp, TWO_SLOTS, 3)
    yield Question(
        "Vickrey down to cents, 3 bidders", down_to_cents, sp, ITEM, 3, before=(305, 3.5)
    )
    yield _sp(
        "median of 5, wrong where the two lowest tie", tie, agents=5, goal=1, before=(28, 0.07)
    )
    words = "median of 5, wrong on a strip of width 1e-6"
    yield _sp(words, strip, agents=5, goal=1, before=(1, 0.03))
