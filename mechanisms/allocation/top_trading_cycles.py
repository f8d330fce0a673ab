"""Top trading cycles: agents trade what they own, each for the best that is left.

Strategyproof, Pareto optimal, and nobody ends up with less than it owns: the only rule that is all.
"""

from fractions import Fraction
from functools import partial

from mechsim import Domain, Houses, Instance, ParetoOptimal, SDEnvyFree, SDStrategyproof
from mechsim.allocation import TopTradingCycles
from mechsim.axioms import Envy, RespectsEndowment
from mechsim.catalogue import Card, Fails, Holds

HOUSES = Houses(("attic", "barn", "cave"))
THREE = Domain(HOUSES, agents=3)
ALIKE = Instance(HOUSES, ((0, 1, 2), (0, 1, 2), (0, 1, 2)))

CARD = Card(
    title="Top Trading Cycles",
    rule=partial(TopTradingCycles, (0, 1, 2)),
    source="Shapley, Scarf, Journal of Mathematical Economics 1 (1974)",
    claims=(
        Holds(SDStrategyproof(), THREE, because="a lie does not hasten a cycle: Roth 1982"),
        Holds(ParetoOptimal(), THREE, because="each cycle takes the best that is left"),
        Holds(RespectsEndowment((0, 1, 2)), THREE, because="an object waits for its owner"),
        Fails(SDEnvyFree(), Envy(ALIKE, agent=1, other=0), violation=Fraction(1)),
    ),
)
