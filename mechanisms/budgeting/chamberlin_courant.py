"""The rule of Chamberlin and Courant: as many voters as possible have a member they approve of.

Nobody counts who has one already.  So each group that deserves a member gets one, and a large group
may get no more than one.
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
)
from mechsim.budgeting import ChamberlinCourant
from mechsim.catalogue import Card, Fails, Holds

THREE = Election(tuple("abcd"), (1, 1, 1, 1), 3)
VOTES = [list(ballot) for ballot in ("ab",) * 4 + ("c", "d")]
CASE = Instance(THREE, THREE.read(VOTES))
PAIR = frozenset({0, 1})
BOARD = Election(("ann", "bob", "cat"), (1, 1, 1), 2)
TWO = Domain(BOARD, agents=2)
TRIO = Domain(BOARD, agents=3)
LONE = Domain(Election(("ann", "bob"), (1, 1), 1), agents=2)
BOTH, CAT = BOARD.read([["ann", "cat"], ["cat"]])
LIE = Misreport(Instance(BOARD, (BOTH, BOTH)), agent=1, report=CAT)

CARD = Card(
    title="Chamberlin-Courant",
    rule=ChamberlinCourant,
    source="Thiele, 1895; Chamberlin, Courant, American Political Science Review 77, 1983; Aziz, "
    "Brill, Conitzer, Elkind, Freeman, Walsh, Social Choice and Welfare 48, 2017",
    claims=(
        Holds(JR(), TWO, because="else an exchange of members would represent more voters"),
        Holds(JR(), TRIO, because="else an exchange of members would represent more voters"),
        Fails(PJR(), Coalition(CASE, PAIR), violation=1),
        Fails(EJR(), Coalition(CASE, PAIR), violation=1),
        Fails(FJR(), Coalition(CASE, PAIR), violation=1),
        Fails(Core(), Coalition(CASE, PAIR), violation=1),
        Fails(EJRPlusX(), Coalition(CASE, frozenset({1})), violation=1),
        Holds(Exhaustive(), LONE, because="all seats are filled"),
        Fails(Strategyproof(), LIE, violation=Fraction(1)),
    ),
)
