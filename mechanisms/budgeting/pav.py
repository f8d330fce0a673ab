"""Proportional Approval Voting: the committee of the highest score, where the j-th member that a
voter approves of adds 1/j.

A group that agrees has its proportional part of the seats.  Groups that agree in part only may get
less than they could pay for: three of six voters, with three of twelve seats each, could have four.
"""

from fractions import Fraction

from mechsim import Domain, Election, Instance, Strategyproof
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
    SingletonProportional,
    SubsetStrategyproof,
)
from mechsim.budgeting import PAV
from mechsim.catalogue import Card, Fails, Holds, NoRuleSatisfies

TWELVE = Election(tuple("abcdefghijklmno"), (1,) * 15, 12)
VOTES = [list(ballot) for ballot in ("abcd", "abce", "abcf", "ghi", "jkl", "mno")]
CASE = Instance(TWELVE, TWELVE.read(VOTES))
SIX = frozenset(range(6))
BOARD = Election(("ann", "bob", "cat"), (1, 1, 1), 2)
FOUR_SEEK_THREE = Election.of(dict.fromkeys(("ann", "bob", "cat", "dan"), 1), 3)
THREE_SEATS = tuple(one for one in FOUR_SEEK_THREE.alternatives(3) if len(one) == 3)
TWO = Domain(BOARD, agents=2)
THREE = Domain(BOARD, agents=3)
LONE = Domain(Election(("ann", "bob"), (1, 1), 1), agents=2)
FIRST, BOTH, CAT = BOARD.read([["ann", "bob"], ["ann", "cat"], ["cat"]])
LIE = Misreport(Instance(BOARD, (FIRST, BOTH)), agent=1, report=CAT)

CARD = Card(
    title="Proportional Approval Voting",
    rule=PAV,
    source="Thiele, 1895; Aziz, Brill, Conitzer, Elkind, Freeman, Walsh, Social Choice and Welfare "
    "48, 2017; the core: Peters, Skowron, EC 2020",
    claims=(
        Holds(JR(), TWO, because="EJR implies it"),
        Holds(PJR(), TWO, because="EJR implies it"),
        Holds(EJR(), TWO, because="else an exchange of members would raise the score"),
        Holds(EJR(), THREE, because="else an exchange of members would raise the score"),
        Holds(EJRPlusX(), TWO, because="else an exchange of members would raise the score"),
        Fails(FJR(), Coalition(CASE, SIX), violation=1),
        Fails(Core(), Coalition(CASE, SIX), violation=1),
        Holds(Exhaustive(), LONE, because="all seats are filled"),
        Fails(Strategyproof(), LIE, violation=Fraction(1)),
        NoRuleSatisfies(
            (SingletonProportional(), SubsetStrategyproof()),
            Domain(FOUR_SEEK_THREE, agents=3),
            because="Peters, AAMAS 2018: the base case of an induction on voters and seats",
            alternatives=THREE_SEATS,
        ),
    ),
)
