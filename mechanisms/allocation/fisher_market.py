"""Competitive equilibrium from equal incomes: all buy, for the same money, at prices that clear.

The largest Nash welfare of divisible goods.  Nobody envies, no division is better for all, and who
knows what the other likes can shade its report.
"""

from fractions import Fraction

from mechsim import DivisibleGoods, Domain, EnvyFree, Instance, ParetoOptimal, Strategyproof
from mechsim.allocation import FisherMarket
from mechsim.axioms import Misreport
from mechsim.catalogue import Card, Fails, Holds

GOODS = DivisibleGoods(("land", "wine"), grid=(1, 2))
TWO = Domain(GOODS, agents=2)
ANY = DivisibleGoods(("land", "wine"))
TASTES = Instance(ANY, ANY.read([[2, 1], [1, 2]]))
LIE = Misreport(TASTES, agent=0, report=(Fraction(2), Fraction(3)))

CARD = Card(
    title="Fisher Market",
    rule=FisherMarket,
    source="Eisenberg, Gale, Annals of Mathematical Statistics 30 (1959)",
    claims=(
        Holds(EnvyFree(), TWO, because="all could buy what the others do: Varian 1974"),
        Holds(ParetoOptimal(), TWO, because="what is liked better costs more"),
        Fails(Strategyproof(), LIE, violation=Fraction(1, 6)),
    ),
)
