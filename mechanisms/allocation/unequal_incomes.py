"""Competitive equilibrium from unequal incomes: the second agent has twice as much money.

No division is better for all; but who has less envies.
"""

from fractions import Fraction
from functools import partial

from mechsim import DivisibleGoods, Domain, EnvyFree, Instance, ParetoOptimal
from mechsim.allocation import FisherMarket
from mechsim.axioms import Envy
from mechsim.catalogue import Card, Fails, Holds

GOODS = DivisibleGoods(("land", "wine"), grid=(1, 2))
TWO = Domain(GOODS, agents=2)
ALIKE = Instance(GOODS, GOODS.read([[1, 1], [1, 1]]))

CARD = Card(
    title="Fisher Market from Unequal Incomes",
    rule=partial(FisherMarket, incomes=(Fraction(1), Fraction(2))),
    source="Eisenberg, Gale, Annals of Mathematical Statistics 30 (1959)",
    claims=(
        Holds(ParetoOptimal(), TWO, because="what is liked better costs more"),
        Fails(EnvyFree(), Envy(ALIKE, agent=0, other=1), violation=Fraction(2, 3)),
    ),
)
