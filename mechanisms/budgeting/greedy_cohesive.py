"""The Greedy Cohesive Rule: the group that deserves most gets it, and leaves.

It satisfies FJR, and is about numbers of projects: of money it says little.
"""

from mechsim import Domain, Election, Instance
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
from mechsim.budgeting import GreedyCohesive
from mechsim.catalogue import Card, Fails, Holds

CASE_1_ELECTION = Election(tuple("abc"), (6, 5, 2), 8)
VOTES_1 = [
    list(ballot)
    for ballot in (
        "bc",
        "b",
    )
]
CASE_1 = Instance(CASE_1_ELECTION, CASE_1_ELECTION.read(VOTES_1))
CASE_2_ELECTION = Election(tuple("abcd"), (5, 6, 4, 3), 14)
VOTES_2 = [
    list(ballot)
    for ballot in (
        "ab",
        "c",
        "ab",
    )
]
CASE_2 = Instance(CASE_2_ELECTION, CASE_2_ELECTION.read(VOTES_2))
CASE_3_ELECTION = Election(tuple("abcde"), (3, 6, 6, 2, 5), 17)
VOTES_3 = [list(ballot) for ballot in ("abce",) + ("abcde",) * 2]
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
    title="Greedy Cohesive Rule",
    rule=GreedyCohesive,
    source="Peters, Pierczyński, Skowron, arXiv:2008.13276",
    claims=(
        Holds(JR(), TOWN, because="FJR implies it"),
        Holds(PJR(), TOWN, because="FJR implies it"),
        Holds(EJR(), TOWN, because="FJR implies it"),
        Holds(FJR(), TOWN, because="the first member of a group to leave got as much"),
        Fails(Core(), Coalition(CASE_1, frozenset([1, 2])), violation=1),
        Fails(EJR("cost"), Coalition(CASE_2, frozenset([1])), violation=1),
        Fails(EJR("cost", "one"), Coalition(CASE_3, frozenset([1, 2, 4])), violation=7),
        Fails(EJR("cost", "any"), Coalition(CASE_3, frozenset([1, 2, 4])), violation=7),
        Fails(PJR("cost", "any"), Coalition(CASE_3, frozenset([1, 2, 4])), violation=7),
        Fails(EJRPlusX(), Coalition(CASE_4, frozenset([1])), violation=1),
        Fails(Exhaustive(), Deserving(CASE_5, 0), violation=2),
    ),
)
