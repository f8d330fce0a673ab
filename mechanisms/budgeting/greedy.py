"""Greedy approval voting: the most approved projects first, each if it still fits into the budget.

How most cities decide.  The most popular project may take everything, and then a minority that
could have paid for its own gets nothing.
"""

from fractions import Fraction
from functools import partial

from mechsim import (
    Domain,
    EJRPlus,
    Election,
    ExAnte,
    ExPost,
    Instance,
    Strategyproof,
    UnanimousFairShare,
    WithinBudget,
)
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import Deserving, LikeMinded, Misreport
from mechsim.budgeting import GreedyAV
from mechsim.catalogue import Card, Fails, Holds

TOWN = Election(("hall", "park", "pool"), (2, 1, 1), 2)
HALL, PARK, ALL = TOWN.read([["hall"], ["park"], ["hall", "park", "pool"]])
SPLIT = Instance(TOWN, (HALL, PARK))
LOSER = LikeMinded(SPLIT, PARK, size=1)
SAVER = Misreport(Instance(TOWN, (ALL, ALL)), agent=0, report=PARK)

CARD = Card(
    title="Greedy Approval",
    rule=partial(GreedyAV, Lexicographic()),
    source="Talmon, Faliszewski, AAAI 2019",
    claims=(
        Fails(EJRPlus(), Deserving(SPLIT, project=1), violation=Fraction(1)),
        Fails(ExPost(UnanimousFairShare()), LOSER, violation=Fraction(1, 2)),
        Fails(ExAnte(UnanimousFairShare()), LOSER, violation=Fraction(1, 2)),
        Holds(WithinBudget(), Domain(TOWN, agents=3), because="what does not fit is left out"),
        Fails(Strategyproof(), SAVER, violation=Fraction(1)),
    ),
)
