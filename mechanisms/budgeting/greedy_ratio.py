"""Greedy by votes per cost: most approvals for the money first, each if it fits.

Cheap projects of a majority leave nothing for a minority that could pay for one.
"""

from fractions import Fraction
from functools import partial

from mechsim import Domain, Election, Instance
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import (
    EJR,
    FJR,
    JR,
    PJR,
    Coalition,
    Core,
    EJRPlusX,
    Exhaustive,
)
from mechsim.budgeting import GreedyRatio
from mechsim.catalogue import Card, Fails, Holds

CASE_ELECTION = Election(tuple("abcd"), (5, 6, 4, 3), 14)
VOTES = [
    list(ballot)
    for ballot in (
        "ab",
        "c",
        "ab",
    )
]
CASE = Instance(CASE_ELECTION, CASE_ELECTION.read(VOTES))
TOWN = Domain(Election(("hall", "park", "pool"), (2, 1, 1), 2), agents=2)
PAIR = Domain(Election(("hall", "park"), (2, 2), 2), agents=2)

CARD = Card(
    title="Greedy by Votes per Cost",
    rule=partial(GreedyRatio, Lexicographic()),
    source="Talmon, Faliszewski, AAAI 2019",
    claims=(
        Fails(JR(), Coalition(CASE, frozenset([2])), violation=1),
        Fails(PJR(), Coalition(CASE, frozenset([2])), violation=1),
        Fails(EJR(), Coalition(CASE, frozenset([2])), violation=1),
        Fails(FJR(), Coalition(CASE, frozenset([2])), violation=1),
        Fails(Core(), Coalition(CASE, frozenset([2])), violation=1),
        Fails(EJR("cost"), Coalition(CASE, frozenset([2])), violation=4),
        Fails(EJR("cost", "one"), Coalition(CASE, frozenset([2])), violation=4),
        Fails(EJR("cost", "any"), Coalition(CASE, frozenset([2])), violation=4),
        Fails(PJR("cost", "any"), Coalition(CASE, frozenset([2])), violation=4),
        Fails(EJRPlusX(), Coalition(CASE, frozenset([2])), violation=Fraction(5, 3)),
        Holds(Exhaustive(), PAIR, because="whatever fits is taken"),
    ),
)
