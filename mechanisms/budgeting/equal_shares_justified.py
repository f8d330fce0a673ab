"""Equal Shares, where a project is worth 1 whatever it costs: all that it does and does not do for
groups.

Nine of ten voters could pay for four projects of which each of them approves two; all have one.
"""

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
    Deserving,
    EJRPlusX,
    Exhaustive,
)
from mechsim.budgeting import EqualShares
from mechsim.catalogue import Card, Fails, Holds

CASE_1_ELECTION = Election(tuple("abcde"), (90, 89, 90, 90, 90), 400)
VOTES_1 = [
    list(ballot)
    for ballot in ("ac",) * 2
    + ("ad",) * 2
    + ("ae",) * 2
    + (
        "bcd",
        "bde",
        "bce",
        "b",
    )
]
CASE_1 = Instance(CASE_1_ELECTION, CASE_1_ELECTION.read(VOTES_1))
CASE_2_ELECTION = Election(tuple("abcd"), (1, 1, 1, 1), 3)
VOTES_2 = [
    list(ballot)
    for ballot in (
        "d",
        "bcd",
        "c",
        "a",
        "abcd",
        "b",
    )
]
CASE_2 = Instance(CASE_2_ELECTION, CASE_2_ELECTION.read(VOTES_2))
CASE_3_ELECTION = Election(tuple("abcd"), (5, 6, 4, 3), 14)
VOTES_3 = [
    list(ballot)
    for ballot in (
        "ab",
        "c",
        "ab",
    )
]
CASE_3 = Instance(CASE_3_ELECTION, CASE_3_ELECTION.read(VOTES_3))
CASE_4_ELECTION = Election(tuple("abcde"), (1, 5, 1, 6, 2), 6)
VOTES_4 = [list(ballot) for ballot in ("abd",) * 2 + ("bce",)]
CASE_4 = Instance(CASE_4_ELECTION, CASE_4_ELECTION.read(VOTES_4))
CASE_5_ELECTION = Election(tuple("ab"), (2, 2), 2)
VOTES_5 = [
    list(ballot)
    for ballot in (
        "a",
        "b",
    )
]
CASE_5 = Instance(CASE_5_ELECTION, CASE_5_ELECTION.read(VOTES_5))
TOWN = Domain(Election(("hall", "park", "pool"), (2, 1, 1), 2), agents=2)

CARD = Card(
    title="Equal Shares and Representation",
    rule=partial(EqualShares, Lexicographic()),
    source="Peters, Pierczyński, Skowron, arXiv:2008.13276",
    claims=(
        Holds(JR(), TOWN, because="EJR implies it"),
        Holds(PJR(), TOWN, because="EJR implies it"),
        Holds(EJR(), TOWN, because="who has most left could pay"),
        Fails(FJR(), Coalition(CASE_1, frozenset([0, 2, 3, 4])), violation=1),
        Fails(Core(), Coalition(CASE_2, frozenset([2, 3])), violation=1),
        Fails(EJR("cost"), Coalition(CASE_3, frozenset([1])), violation=1),
        Holds(EJR("cost", "one"), TOWN, because="no violation is known"),
        Holds(EJR("cost", "any"), TOWN, because="no violation is known"),
        Holds(PJR("cost", "any"), TOWN, because="no violation is known"),
        Fails(EJRPlusX(), Coalition(CASE_4, frozenset([1])), violation=1),
        Fails(Exhaustive(), Deserving(CASE_5, 0), violation=2),
    ),
)
