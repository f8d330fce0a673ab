"""Greedy approval voting and fair shares: whoever is outvoted gets none, and what nobody wants
is not bought.
"""

from fractions import Fraction
from functools import partial

from mechsim import Election, ExAnte, Instance
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import (
    BudgetBalancedUpToOne,
    Everyone,
    GroupFairShare,
    Individual,
    IndividualFairShare,
    LikeMinded,
    StrongIndividualFairShare,
    StrongUnanimousFairShare,
    Total,
)
from mechsim.budgeting import GreedyAV
from mechsim.catalogue import Card, Fails

TOWN = Election(("hall", "park", "pool"), (2, 1, 1), 2)
HALL, PARK = TOWN.read([["hall"], ["park"]])
SPLIT = Instance(TOWN, (HALL, PARK))
UNIT = Election(("a", "b", "c"), (1, 1, 1), 2)
NOBODY = Instance(UNIT, UNIT.read([[], []]))
LOSER = Individual(SPLIT, PARK)

CARD = Card(
    title="Greedy Approval, Fair Shares",
    rule=partial(GreedyAV, Lexicographic()),
    source="Talmon, Faliszewski, AAAI 2019",
    claims=(
        Fails(ExAnte(IndividualFairShare()), LOSER, violation=Fraction(1, 2)),
        Fails(ExAnte(StrongIndividualFairShare()), LOSER, violation=1),
        Fails(ExAnte(StrongUnanimousFairShare()), LikeMinded(SPLIT, PARK, size=1), violation=1),
        Fails(GroupFairShare(), Everyone(SPLIT), violation=Fraction(1, 2)),
        Fails(BudgetBalancedUpToOne(), Total(NOBODY), violation=2),
    ),
)
