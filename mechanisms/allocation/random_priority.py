"""Random priority: serial dictatorship in an order drawn uniformly at random.

Strategyproof, with Pareto optimal outcomes.  But somebody may envy another for some utilities, and
with four agents all may prefer another lottery for all their utilities.
"""

from fractions import Fraction

from mechsim import (
    Domain,
    ExPost,
    Houses,
    Instance,
    OrdinallyEfficient,
    ParetoOptimal,
    SDEnvyFree,
    SDStrategyproof,
)
from mechsim.allocation import RandomPriority
from mechsim.axioms import Envy, Everybody, WeaklySDEnvyFree
from mechsim.catalogue import Card, Fails, Holds

HOUSES = Houses(("attic", "barn", "cave"))
THREE = Domain(HOUSES, agents=3)
FOUR = Houses(("attic", "barn", "cave", "dome"))
TWO_CAMPS = Instance(FOUR, ((0, 1, 2, 3), (0, 1, 2, 3), (1, 0, 3, 2), (1, 0, 3, 2)))
ENVY = Envy(Instance(HOUSES, ((0, 1, 2), (0, 2, 1), (1, 0, 2))), agent=0, other=2)

CARD = Card(
    title="Random Priority",
    rule=RandomPriority,
    source="Abdulkadiroğlu, Sönmez, Econometrica 66 (1998)",
    claims=(
        Holds(SDStrategyproof(), THREE, because="each order is strategyproof"),
        Holds(ExPost(ParetoOptimal()), THREE, because="a serial dictatorship is drawn"),
        Fails(OrdinallyEfficient(), Everybody(TWO_CAMPS), violation=Fraction(1, 12)),
        Holds(OrdinallyEfficient(), THREE, because="cycles need four agents"),
        Fails(SDEnvyFree(), ENVY, violation=Fraction(1, 6)),
        Holds(WeaklySDEnvyFree(), THREE, because="changing places in the order is fair"),
    ),
)
