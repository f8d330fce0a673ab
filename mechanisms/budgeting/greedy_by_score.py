"""Greedy by score: the projects with most points first, each if it still fits into the budget.

How most cities decide in which voters give points.  Whoever gives most points to one project takes
the whole budget for it.
"""

from fractions import Fraction
from functools import partial

from mechsim import (
    Domain,
    ExAnte,
    IndividualFairShare,
    Instance,
    ScoredElection,
    UnanimousFairShare,
    WithinBudget,
)
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import (
    Coalition,
    Everyone,
    Exhaustive,
    GroupFairShare,
    Individual,
    LikeMinded,
    ScoredCore,
    ScoredEJR,
    ScoredFJR,
    ScoredJR,
)
from mechsim.budgeting import GreedyByScore
from mechsim.catalogue import Card, Fails, Holds

TOWN = ScoredElection(("hall", "park"), (2, 1), 2, grid=(0, 1, 2))
LOUD, MODEST = TOWN.read([{"hall": 2}, {"park": 1}])
SPLIT = Instance(TOWN, (LOUD, MODEST))
FOR_THE_PARK = Coalition(SPLIT, frozenset({1}))

CARD = Card(
    title="Greedy by Score",
    rule=partial(GreedyByScore, Lexicographic()),
    source="Talmon, Faliszewski, AAAI 2019",
    claims=(
        Fails(ScoredJR(), FOR_THE_PARK, violation=1),
        Fails(ScoredEJR(), FOR_THE_PARK, violation=1),
        Fails(ScoredEJR("one"), FOR_THE_PARK, violation=1),
        Fails(ScoredFJR(), FOR_THE_PARK, violation=1),
        Fails(ScoredCore(), FOR_THE_PARK, violation=1),
        Fails(ExAnte(IndividualFairShare()), Individual(SPLIT, MODEST), Fraction(1, 2)),
        Fails(ExAnte(UnanimousFairShare()), LikeMinded(SPLIT, MODEST, size=1), Fraction(1, 2)),
        Fails(GroupFairShare(), Everyone(SPLIT), violation=Fraction(1, 2)),
        Holds(WithinBudget(), Domain(TOWN, agents=2), because="what does not fit is left out"),
        Holds(Exhaustive(), Domain(TOWN, agents=2), because="whatever fits is taken"),
    ),
)
