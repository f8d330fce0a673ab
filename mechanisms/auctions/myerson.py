"""Myerson's auction in content of any kind: show what is best for ironed virtual values, and charge
the least that keeps the clicks, step by step.

No mechanism that is incentive compatible and individually rational brings more revenue; the tests
solve the linear program over all of them.
"""

from fractions import Fraction

from mechsim import BayesianIncentiveCompatible, Domain, Strategyproof
from mechsim.auctions import Myerson
from mechsim.catalogue import Card, Holds
from mechsim.preferences import Matrix, Multinomial, Sponsored

THIRD, HALF, TENTH = Fraction(1, 3), Fraction(1, 2), Fraction(1, 10)
WEIGHTS = ((2, 1), (1, 3))
REGULAR = Domain(Sponsored(Multinomial(WEIGHTS, 2), (1, 2, 3), (THIRD,) * 3), agents=2)
IRREGULAR = Domain(
    Sponsored(
        Multinomial(WEIGHTS, 2),
        ((1, 4, 5), (2, 6)),
        ((HALF, TENTH, 4 * TENTH), (HALF, HALF)),
    ),
    agents=2,
)
ITEM = Domain(Sponsored(Matrix(((1,), (1,))), (1, 2, 3), (THIRD,) * 3), agents=2)

CARD = Card(
    title="Myerson",
    rule=Myerson,
    source="Myerson, Mathematics of Operations Research 6 (1981)",
    claims=(
        Holds(Strategyproof(), REGULAR, because="clicks rise with the bid, and so are charged"),
        Holds(Strategyproof(), IRREGULAR, because="ironed virtual values rise with the value"),
        Holds(Strategyproof(), ITEM, because="the winner pays the least value that wins"),
        Holds(BayesianIncentiveCompatible(), REGULAR, because="it is strategyproof"),
        Holds(BayesianIncentiveCompatible(), IRREGULAR, because="it is strategyproof"),
    ),
)
