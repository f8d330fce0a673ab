r"""How often rules for indivisible goods leave somebody below its maximin share, and by how much.

**Question.**  The maximin share of an agent among :math:`n` is what it could be sure of by cutting,

.. math:: \mathrm{MMS}_i = \max_{P_1, \dots, P_n} \min_j v_i(P_j),

and there are goods of which not everybody can have its share.  Rules that are used promise less, or
something else.  How often, and by how much, do they miss it, as agents and goods become more, and
as agents come to agree on what the goods are worth?

**What the table answers.**  One row a law of values, number of agents, number of goods, rule and
replicate.  A replicate draws ten profiles, the same for all rules: values are independent, or share
a component that gives them a correlation of 0.5 or 0.9; or they are near-tight, so that each agent
can cut the goods into parts that are worth 100, and has 1 to spare at most.

- ``missed``: the share of profiles where somebody gets less than its maximin share.
- ``part``: what the agent that gets the smallest part of its share gets of it, on average;
  ``worst part``: the same where it is smallest.  Agents whose share is 0 do not count.
- ``EF1``, ``EFX0``: the share of profiles where envy ends if one good, or any, is taken away.
- ``welfare``: total value, of what it would be if each good went to whom it is worth most.

**What is found.**  In all 4,800 profiles there is an allocation that gives everybody its share.
What makes it hard is agreement: from independent values to a correlation of 0.9 round robin goes
from missing in 12 % of the profiles to 89 %, envy-cycle elimination from 53 % to 77 %, and maximum
Nash welfare from 2 % to 27 %.  The number of agents hardly matters; more goods help where values
are independent, save for envy cycles.  Leximin of values divided by their sum misses once, by 6 %,
and is EFX0 in 99.6 %; it has 96 % of the largest total value.  The allocations that are made to
give the shares have 99 % of it, but are EFX0 in 83 % only.  Rules that promise a part come down to
it, and half of the shares leaves somebody short more often than round robin, which promises none.
That nobody has anything to spare makes no difference by itself: near-tight values are like
independent ones.

References
----------
Caragiannis, Kurokawa, Moulin, Procaccia, Shah, Wang. The unreasonable fairness of maximum Nash
welfare. ACM Transactions on Economics and Computation 7, 2019.
Feige, Sapir, Tauber. A tight negative example for MMS fair allocations. WINE 2021.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from mechsim import Instance
from mechsim.allocation import (
    EnvyCycle,
    HalfMaximinShare,
    Leximin,
    MaximinAllocation,
    MaximumNashWelfare,
    RoundRobin,
    ThreeQuartersMaximinShare,
)
from mechsim.axioms import EnvyFreeUpToAny, EnvyFreeUpToOne
from mechsim.preferences import CorrelatedValues, Goods, TightValues, UniformValues
from mechsim.studies import Results, Study, product

PROFILES = 10
UP_TO_ONE, UP_TO_ANY = EnvyFreeUpToOne(), EnvyFreeUpToAny()


@dataclass(frozen=True)
class Law:
    """A law of values, and what it is called."""

    name: str
    drawn: Any

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Rule:
    """A rule, and what it is called."""

    name: str
    make: Any

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Point:
    """Where the study measures."""

    values: Law
    agents: int
    goods: int
    rule: Rule


@dataclass(frozen=True)
class Normalised:
    """Leximin of values that are divided by the agent's value of all goods."""

    setting: Goods

    def __call__(self, reports: Any, /) -> tuple[frozenset[int], ...]:
        """Who gets which goods."""
        return Leximin(self.setting, normalised=True)(reports)


def measure(point: Point, rng: np.random.Generator) -> Mapping[str, float]:
    """Means over profiles, which are drawn alike for all rules."""
    goods = Goods(tuple(f"good {k}" for k in range(1, point.goods + 1)))
    size = (point.agents, point.goods)
    profiles = [goods.read(point.values.drawn.sample(rng, size)) for _ in range(PROFILES)]
    rule = point.rule.make(goods)
    outcomes = [(Instance(goods, profile), rule(profile)) for profile in profiles]
    parts = [smallest_part(here, bundles) for here, bundles in outcomes]
    return {
        "missed": float(np.mean([part < 1 for part in parts])),
        "part": float(np.mean([float(part) for part in parts])),
        "worst part": float(min(parts)),
        "EF1": float(np.mean([holds(UP_TO_ONE, *pair) for pair in outcomes])),
        "EFX0": float(np.mean([holds(UP_TO_ANY, *pair) for pair in outcomes])),
        "welfare": float(np.mean([welfare(*pair) for pair in outcomes])),
    }


def smallest_part(here: Instance, bundles: tuple[frozenset[int], ...]) -> Fraction:
    """What agents get of their maximin shares, the least of it; 1 where nobody's is positive."""
    parts: list[Fraction] = []
    for agent, (type_, bundle) in enumerate(zip(here.profile, bundles, strict=True)):
        share = here.setting.maximin_share(type_, here.agents).worst
        if share:
            worth = here.setting.share_value(agent, type_, bundle)
            parts.append(Fraction(worth) / Fraction(share))
    return min(parts, default=Fraction(1))


def holds(axiom: Any, here: Instance, bundles: tuple[frozenset[int], ...]) -> bool:
    """Whether no case of the axiom is violated."""
    return all(axiom.outcome_violation(bundles, case) <= 0 for case in axiom.cases(here))


def welfare(here: Instance, bundles: tuple[frozenset[int], ...]) -> float:
    """Total value, of the most that it can be."""
    got = sum(row[good] for row, own in zip(here.profile, bundles, strict=True) for good in own)
    return float(Fraction(got) / sum(map(max, zip(*here.profile, strict=True))))


def figure(results: Results) -> Any:
    """Four of the measures for three agents, against goods: one row of panels a law of values."""
    from mechsim import plot

    measures = {
        "missed": "somebody misses\nits maximin share",
        "part": "smallest part of a share\nthat somebody gets",
        "EFX0": "envy-free up to\nany good (EFX0)",
        "welfare": "total value,\nof the most",
    }
    return plot.curves(
        results.where("agents", 3).summary(),
        measures,
        along="goods",
        series="rule",
        panels="values",
    )


LAWS = (
    Law("independent", UniformValues(100)),
    Law("correlated 0.5", CorrelatedValues(common=50, own=50)),
    Law("correlated 0.9", CorrelatedValues(common=75, own=25)),
    Law("near-tight", TightValues(100)),
)
RULES = (
    Rule("round robin", RoundRobin),
    Rule("envy-cycle elimination", EnvyCycle),
    Rule("half of MMS", HalfMaximinShare),
    Rule("three quarters of MMS", ThreeQuartersMaximinShare),
    Rule("maximum Nash welfare", MaximumNashWelfare),
    Rule("leximin", Normalised),
    Rule("MMS", MaximinAllocation),
)
POINTS = product(Point, LAWS, (2, 3, 4), (5, 7, 9, 11), RULES)
STUDY = Study(
    name="maximin-shares",
    question="How often do rules leave somebody below its maximin share, and by how much?",
    points=POINTS,
    measure=measure,
    replicates=10,
    common=("rule",),
    quick_points=product(Point, (LAWS[0], LAWS[2]), (3,), (5,), RULES),
    figure=figure,
    conclusion="At a correlation of 0.9 round robin misses in 89 % of profiles, Nash welfare in "
    "27 %.\nLeximin misses once in 4,800 profiles, and there is always an allocation without.",
)
