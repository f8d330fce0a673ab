"""The generalized second price: rank bidders by bid times quality, and charge for each click the
least bid that would have kept the position.

With one position it is Vickrey's auction.  With more it is not strategyproof: where the second
position brings nearly as many clicks as the first and costs half, who could be first bids less.
"""

from fractions import Fraction

from mechsim import (
    BayesianIncentiveCompatible,
    Domain,
    EnvyFree,
    IndividuallyRational,
    Instance,
    Positions,
    Strategyproof,
)
from mechsim.auctions import GSP
from mechsim.axioms import Envy, Misreport
from mechsim.catalogue import Card, Fails, Holds

HALF = Fraction(1, 2)
FREE = Positions((200, 199))
EOS = Instance(FREE, FREE.read((10, 4, 2)))
COIN = Positions((10, 9), values=(1, 2), prior=(HALF, HALF))
HIGH = Instance(COIN, COIN.read((2, 2, 2)))
ALIKE = Domain(Positions((10, 9), values=(0, 1, 2, 3)), agents=3)
QUALITIES = Domain(Positions((3, 2, 1), (1, HALF, 2), values=(0, 1, 4)), agents=3)

CARD = Card(
    title="Generalized Second Price",
    rule=GSP,
    source="Edelman, Ostrovsky, Schwarz, American Economic Review 97 (2007); Varian 2007",
    claims=(
        Fails(Strategyproof(), Misreport(EOS, 0, Fraction(3)), violation=Fraction(392)),
        Fails(
            BayesianIncentiveCompatible(), Misreport(HIGH, 0, Fraction(1)), violation=Fraction(9, 2)
        ),
        Holds(IndividuallyRational(), ALIKE, because="a price per click is at most the own bid"),
        Holds(IndividuallyRational(), QUALITIES, because="the next score is at most the own"),
        Fails(EnvyFree(), Envy(EOS, agent=0, other=1), violation=Fraction(392)),
    ),
)
