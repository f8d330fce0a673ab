"""Sequential Phragmén: voters earn money at the same speed, and buy what they can pay for; the rule
stops when the next project does not fit.

It satisfies PJR.  A group of four of 24 voters, who agree on two projects and deserve two of
twelve, may get one each.
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
from mechsim.budgeting import Phragmen
from mechsim.catalogue import Card, Fails, Holds

CASE_1_ELECTION = Election(tuple("abcd"), (5, 6, 4, 3), 14)
VOTES_1 = [
    list(ballot)
    for ballot in (
        "ab",
        "c",
        "ab",
    )
]
CASE_1 = Instance(CASE_1_ELECTION, CASE_1_ELECTION.read(VOTES_1))
CASE_2_ELECTION = Election(tuple("abcde"), (1, 5, 1, 6, 2), 6)
VOTES_2 = [list(ballot) for ballot in ("abd",) * 2 + ("bce",)]
CASE_2 = Instance(CASE_2_ELECTION, CASE_2_ELECTION.read(VOTES_2))
CASE_3_ELECTION = Election(tuple("abc"), (4, 1, 2), 4)
VOTES_3 = [list(ballot) for ballot in ("b",) * 3 + ("a",) * 4 + ("c",)]
CASE_3 = Instance(CASE_3_ELECTION, CASE_3_ELECTION.read(VOTES_3))
CASE_4_ELECTION = Election(tuple("abcdefghijklmn"), (1,) * 14, 12)
VOTES_4 = [
    list(ballot)
    for ballot in ("abc",) * 2
    + ("abd",) * 2
    + ("cdefghijklmn",) * 6
    + ("defghijklmn",) * 5
    + ("efghijklmn",) * 9
]
CASE_4 = Instance(CASE_4_ELECTION, CASE_4_ELECTION.read(VOTES_4))
TOWN = Domain(Election(("hall", "park", "pool"), (2, 1, 1), 2), agents=2)

CARD = Card(
    title="Sequential Phragmén",
    rule=partial(Phragmen, Lexicographic()),
    source="Brill, Freeman, Janson, Lackner, AAAI 2017; Los, Christoff, Grossi, IJCAI 2022",
    claims=(
        Holds(JR(), TOWN, because="PJR implies it"),
        Holds(PJR(), TOWN, because="who earns most can pay first"),
        Fails(EJR(), Coalition(CASE_4, frozenset([0, 1])), violation=1),
        Fails(FJR(), Coalition(CASE_4, frozenset([0, 1])), violation=1),
        Fails(Core(), Coalition(CASE_4, frozenset([0, 1])), violation=1),
        Fails(EJR("cost"), Coalition(CASE_1, frozenset([1])), violation=1),
        Holds(EJR("cost", "one"), TOWN, because="loads are balanced up to a project"),
        Holds(EJR("cost", "any"), TOWN, because="loads are balanced up to a project"),
        Holds(PJR("cost", "any"), TOWN, because="loads are balanced up to a project"),
        Fails(EJRPlusX(), Coalition(CASE_2, frozenset([1])), violation=1),
        Fails(Exhaustive(), Deserving(CASE_3, 2), violation=2),
    ),
)
