"""Sequential PAV: one candidate after the other, the one who adds most to the score of PAV.

With up to five seats each group that deserves a member gets one.  With six seats four of 24 voters
may get none: they are never enough to be next.
"""

from fractions import Fraction
from functools import partial

from mechsim import Domain, Election, Instance, Strategyproof
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
    Misreport,
)
from mechsim.budgeting import SequentialPAV
from mechsim.catalogue import Card, Fails, Holds

SIX = Election(tuple("abcdefg"), (1,) * 7, 6)
VOTES = [
    list(ballot)
    for ballot in ("abcf", "ade", "e", "f") * 2
    + ("abc", "abf", "acd", "adf", "bce", "bdf", "bd", "be", "cd", "ce", "cf", "d")
    + ("g",) * 4
]
CASE = Instance(SIX, SIX.read(VOTES))
LAST = frozenset({6})
BOARD = Election(("ann", "bob", "cat"), (1, 1, 1), 2)
TWO = Domain(BOARD, agents=2)
FOUR = Domain(BOARD, agents=4)
LONE = Domain(Election(("ann", "bob"), (1, 1), 1), agents=2)
FIRST, BOTH, CAT = BOARD.read([["ann", "bob"], ["ann", "cat"], ["cat"]])
LIE = Misreport(Instance(BOARD, (FIRST, BOTH)), agent=1, report=CAT)
FEW = "with up to five seats one of the elected would add less than a group of n/k"

CARD = Card(
    title="Sequential PAV",
    rule=partial(SequentialPAV, Lexicographic()),
    source="Thiele, 1895; Sánchez-Fernández, Elkind, Lackner, Fernández, Fisteus, Basanta Val, "
    "Skowron, AAAI 2017",
    claims=(
        Holds(JR(), TWO, because=FEW),
        Holds(JR(), FOUR, because=FEW),
        Fails(JR(), Coalition(CASE, LAST), violation=1),
        Fails(PJR(), Coalition(CASE, LAST), violation=1),
        Fails(EJR(), Coalition(CASE, LAST), violation=1),
        Fails(FJR(), Coalition(CASE, LAST), violation=1),
        Fails(Core(), Coalition(CASE, LAST), violation=1),
        Fails(EJRPlusX(), Coalition(CASE, LAST), violation=1),
        Holds(Exhaustive(), LONE, because="all seats are filled"),
        Fails(Strategyproof(), LIE, violation=Fraction(1)),
    ),
)
