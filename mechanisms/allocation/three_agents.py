"""Maximin shares of three agents under cost utilities: one cuts, and the others split the rest.

Three agents can always be given their shares.  That it is enough to let somebody cut is an open
question; so far whoever cut left enough.
"""

from fractions import Fraction

from mechsim import (
    CostUtilities,
    Domain,
    EnvyFreeUpToOne,
    Instance,
    MaximinShare,
    ParetoOptimal,
    Strategyproof,
)
from mechsim.allocation import ThreeAgents
from mechsim.axioms import Envy, Misreport
from mechsim.catalogue import Card, Fails, Holds, Open

THREE = CostUtilities(("car", "dog", "egg"), (3, 2, 1))
FOUR = CostUtilities(("car", "dog", "egg", "fig"), (3, 2, 2, 1))
ALIKE = Instance(THREE, THREE.read([[], ["car", "dog", "egg"], ["car", "dog", "egg"]]))
CONTESTED = Instance(THREE, THREE.read([["car", "dog"], ["car"], ["car"]]))
SHARES = Holds(MaximinShare(), Domain(THREE, agents=3), because="whoever cuts leaves enough")

CARD = Card(
    title="Three Agents with Cost Utilities",
    rule=ThreeAgents,
    source="Botan, Ritossa, Suzuki, Walsh, SAGT 2023 (that there is such an allocation)",
    claims=(
        SHARES,
        Holds(MaximinShare(), Domain(FOUR, agents=3), because="whoever cuts leaves enough"),
        Holds(ParetoOptimal(), Domain(THREE, agents=3), because="who wants a good has it"),
        Open(
            "whoever cuts first, some part that it may take leaves enough for the other two",
            SHARES,
            source="never seen to fail; the theorem only says that there is an allocation",
        ),
        Fails(EnvyFreeUpToOne(), Envy(ALIKE, agent=1, other=2), violation=Fraction(1)),
        Fails(
            Strategyproof(),
            Misreport(CONTESTED, agent=0, report=frozenset({0})),
            violation=Fraction(1),
        ),
    ),
)
