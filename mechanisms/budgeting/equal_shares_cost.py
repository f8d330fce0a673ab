"""Equal Shares, where a project is worth what it costs: the rule that cities use.

It satisfies EJR of money up to any project, and not EJR of numbers: one project of 6 is as good as
two of 4 and 2.
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

CASE_1_ELECTION = Election(tuple("abc"), (6, 4, 2), 6)
VOTES_1 = [list(ballot) for ballot in ("abc",)]
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
CASE_3_ELECTION = Election(tuple("ab"), (2, 2), 2)
VOTES_3 = [
    list(ballot)
    for ballot in (
        "a",
        "b",
    )
]
CASE_3 = Instance(CASE_3_ELECTION, CASE_3_ELECTION.read(VOTES_3))
TOWN = Domain(Election(("hall", "park", "pool"), (2, 1, 1), 2), agents=2)

CARD = Card(
    title="Equal Shares of Money",
    rule=partial(EqualShares, Lexicographic(), satisfaction="cost"),
    source="Brill, Forster, Lackner, Maly, Peters, AAAI 2023",
    claims=(
        Holds(JR(), TOWN, because="EJR up to any project implies it"),
        Fails(PJR(), Coalition(CASE_1, frozenset([1, 2])), violation=1),
        Fails(EJR(), Coalition(CASE_1, frozenset([1, 2])), violation=1),
        Fails(FJR(), Coalition(CASE_1, frozenset([1, 2])), violation=1),
        Fails(Core(), Coalition(CASE_1, frozenset([1, 2])), violation=1),
        Fails(EJR("cost"), Coalition(CASE_2, frozenset([1])), violation=1),
        Holds(EJR("cost", "one"), TOWN, because="EJR up to any project implies it"),
        Holds(EJR("cost", "any"), TOWN, because="whoever lacks any project could pay for it"),
        Holds(PJR("cost", "any"), TOWN, because="EJR up to any project implies it"),
        Holds(EJRPlusX(), TOWN, because="supporters of a lacking project have too little left"),
        Fails(Exhaustive(), Deserving(CASE_3, 0), violation=2),
    ),
)
