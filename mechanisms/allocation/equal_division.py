"""Equal division: everybody gets the same part of each divisible good.

Nobody envies or can lie, and agents of different tastes want to trade.
"""

from fractions import Fraction

from mechsim import DivisibleGoods, Domain, EnvyFree, Instance, ParetoOptimal, Strategyproof
from mechsim.allocation import EqualDivision
from mechsim.axioms import Everybody
from mechsim.catalogue import Card, Fails, Holds

GOODS = DivisibleGoods(("land", "wine"), grid=(1, 2))
TWO = Domain(GOODS, agents=2)
TASTES = Instance(GOODS, GOODS.read([[2, 1], [1, 2]]))

CARD = Card(
    title="Equal Division",
    rule=EqualDivision,
    source="folklore",
    claims=(
        Holds(EnvyFree(), TWO, because="all get the same"),
        Holds(Strategyproof(), TWO, because="what is reported does not matter"),
        Fails(ParetoOptimal(), Everybody(TASTES), violation=Fraction(1)),
    ),
)
