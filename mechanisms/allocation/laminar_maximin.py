"""Maximin shares under laminar cost utilities: of two sets that are wanted one holds the other.

Then everybody can have its maximin share, whatever the number of agents, and be given it by going
from the smallest sets up.
"""

from fractions import Fraction

from mechsim import (
    CostUtilities,
    Domain,
    EnvyFree,
    Instance,
    MaximinShare,
    ParetoOptimal,
    Strategyproof,
)
from mechsim.allocation import LaminarMaximin
from mechsim.axioms import Envy, Misreport
from mechsim.catalogue import Card, Fails, Holds

GOODS = ("car", "dog", "egg", "fig")
FAMILY = (GOODS, ("car", "dog", "egg"), ("dog", "egg"), ("car",), ("egg",))
TREE = CostUtilities(GOODS, (4, 3, 2, 1), family=FAMILY)
CHAIN = CostUtilities(GOODS, (2, 2, 2, 1), family=(GOODS, GOODS[:3], GOODS[:2]))
FREE = CostUtilities(GOODS, (4, 3, 2, 1))
BOTH_WANT_IT = Instance(FREE, FREE.read([["car"], ["car"]]))
LIE = Misreport(BOTH_WANT_IT, agent=1, report=frozenset({0, 1, 2}))

CARD = Card(
    title="Laminar Maximin Shares",
    rule=LaminarMaximin,
    source="Botan, Ritossa, Suzuki, Walsh, SAGT 2023 (that there is such an allocation)",
    claims=(
        Holds(MaximinShare(), Domain(TREE, agents=2), because="induction on the tree of sets"),
        Holds(MaximinShare(), Domain(TREE, agents=3), because="induction on the tree of sets"),
        Holds(MaximinShare(), Domain(TREE, agents=4), because="induction on the tree of sets"),
        Holds(ParetoOptimal(), Domain(TREE, agents=3), because="who wants a good has it"),
        Holds(MaximinShare(), Domain(CHAIN, agents=3), because="induction on the tree of sets"),
        Fails(EnvyFree(), Envy(BOTH_WANT_IT, agent=1, other=0), violation=Fraction(4)),
        Fails(Strategyproof(), LIE, violation=Fraction(4)),
    ),
)
