"""Maximin-share allocation: everybody gets its maximin share, or all get the same part of it.

There are goods and agents for which no allocation gives everybody its share.  What is attained
instead, and that nothing better is, comes with a certificate.
"""

from fractions import Fraction

from mechsim import (
    CostUtilities,
    Domain,
    EnvyFree,
    EnvyFreeUpToOne,
    Goods,
    Instance,
    MaximinShare,
    ParetoOptimal,
    Strategyproof,
)
from mechsim.allocation import MaximinAllocation
from mechsim.axioms import Cutter, Envy, Misreport
from mechsim.catalogue import Card, Fails, Holds, NoAllocation, NoRuleSatisfies, Open

ONE = Goods(("car",))
TWO_AGENTS = Domain(Goods(("car", "dog", "egg"), grid=(0, 1, 2)), agents=2)
THREE_AGENTS = Domain(CostUtilities(("car", "dog", "egg"), (3, 2, 1)), agents=3)
TWO_GOODS = Domain(Goods(("car", "dog"), grid=(0, 1, 2)), agents=2)
NINE = Goods(tuple("abcdefghi"))
FEIGE_SAPIR_TAUBER = Instance(
    NINE,
    NINE.read(
        [
            [1, 16, 23, 26, 4, 10, 12, 19, 9],
            [1, 16, 22, 26, 4, 9, 13, 20, 9],
            [1, 15, 23, 25, 4, 10, 13, 20, 9],
        ]
    ),
)
TWELVE = Goods(tuple("abcdefghijkl"))
BASE = (17, 25, 12, 1, 2, 22, 3, 28, 11, 0, 21, 23)
SHIFTS = (
    (3, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0),
    (3, -1, 0, 0, -1, 0, 0, 0, -1, 0, 0, 0),
    (3, 0, -1, 0, 0, 0, -1, 0, 0, 0, 0, -1),
)
ROWS = tuple(
    tuple(10**6 + 1000 * base + shift for base, shift in zip(BASE, shifts, strict=True))
    for shifts in SHIFTS
)
KUROKAWA_PROCACCIA_WANG = Instance(TWELVE, TWELVE.read(ROWS))
SHORT = Cutter(FEIGE_SAPIR_TAUBER, agent=1)
ENVY = Envy(Instance(ONE, ONE.read([[1], [1]])), agent=1, other=0)
THREE = Goods(("car", "dog", "egg"))
CONTESTED = Instance(THREE, THREE.read([[0, 0, 1], [0, 0, 1]]))
LIE = Misreport(CONTESTED, agent=1, report=(Fraction(0), Fraction(0), Fraction(2)))
COSTS = CostUtilities(("car", "dog", "egg"), (3, 2, 1))
BOTH = Envy(Instance(COSTS, COSTS.read([["car", "dog"]] * 3)), agent=1, other=0)

CARD = Card(
    title="Maximin-Share Allocation",
    rule=MaximinAllocation,
    source="Budish, JPE 119 (2011); Kurokawa, Procaccia, Wang, JACM 65 (2018)",
    claims=(
        Holds(MaximinShare(), TWO_AGENTS, because="one agent cuts and the other chooses"),
        Holds(MaximinShare(), THREE_AGENTS, because="Botan, Ritossa, Suzuki, Walsh, SAGT 2023"),
        Holds(ParetoOptimal(), TWO_AGENTS, because="it is worth most in total of those so fair"),
        Holds(ParetoOptimal(), THREE_AGENTS, because="it is worth most in total of those so fair"),
        Open(
            "with cost utilities there is a strategyproof mechanism that always gives maximin "
            "shares, if goods may be left over; if all are given there is none for two agents and "
            "goods of costs 2, 2, 2, 3 and 3",
            Holds(MaximinShare(), THREE_AGENTS, because="this one does, and is not strategyproof"),
            source="Botan, Ritossa, Suzuki, Walsh, SAGT 2023, for m = n + 2 goods; else open here",
        ),
        NoRuleSatisfies(
            (Strategyproof(), MaximinShare(), ParetoOptimal()),
            TWO_GOODS,
            because="with two values there is one",
        ),
        NoAllocation(
            FEIGE_SAPIR_TAUBER, Fraction(39, 40), because="Feige, Sapir, Tauber, WINE 2021"
        ),
        NoAllocation(
            KUROKAWA_PROCACCIA_WANG,
            Fraction(4_054_999, 4_055_000),
            because="Kurokawa, Procaccia, Wang, JACM 65 (2018)",
        ),
        Fails(MaximinShare(), SHORT, violation=Fraction(1)),
        Fails(EnvyFree(), ENVY, violation=Fraction(1)),
        Fails(EnvyFreeUpToOne(), BOTH, violation=Fraction(2)),
        Fails(Strategyproof(), LIE, violation=Fraction(1)),
    ),
)
