"""Myerson's auction in content of any kind: show what is best for ironed virtual values, and charge
the least that keeps the clicks, step by step.

No mechanism that is incentive compatible and individually rational brings more revenue; the tests
solve the linear program over all of them.
"""

from fractions import Fraction

from mechsim import (
    BayesianIncentiveCompatible,
    Domain,
    EnvyFree,
    ExAnte,
    IndividuallyRational,
    Instance,
    Strategyproof,
)
from mechsim.auctions import Myerson
from mechsim.axioms import (
    BudgetBalanced,
    Efficient,
    Envy,
    MonotoneAllocation,
    NoPositiveTransfers,
    PaymentIdentity,
    TotalValue,
)
from mechsim.catalogue import Card, Earns, Fails, Holds
from mechsim.preferences import Cascade, Matrix, Multinomial, Sponsored

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
POOR = Instance(REGULAR.setting, (Fraction(1), Fraction(1)))
CLOSE = Sponsored(Multinomial(((3, 1), (3, HALF))), (7, 8, 9), (THIRD,) * 3)
EQUAL = Instance(CLOSE, CLOSE.read((7, 7)))
IRONED = Domain(
    Sponsored(
        Matrix(((1,), (1,))),
        ((1, 2, 10), (2, 3, 4)),
        ((6 * TENTH, 3 * TENTH, TENTH), (2 * TENTH, HALF, 3 * TENTH)),
    ),
    agents=2,
)
STEPS, EVEN = tuple(k * TENTH for k in range(1, 11)), (TENTH,) * 10
ALONE = Domain(Sponsored(Matrix(((1,),)), STEPS, EVEN), agents=1)
GRID = Domain(Sponsored(Matrix(((1,), (1,))), STEPS, EVEN), agents=2)
LOOKED = Domain(
    Sponsored(Cascade(((HALF, 2 * TENTH), (4 * TENTH, 6 * TENTH))), (1, 2, 3), (THIRD,) * 3),
    agents=2,
)

CARD = Card(
    title="Myerson",
    rule=Myerson,
    source="Myerson, Mathematics of Operations Research 6 (1981)",
    claims=(
        Holds(Strategyproof(), REGULAR, because="clicks rise with the bid, and so are charged"),
        Holds(Strategyproof(), IRREGULAR, because="ironed values rise"),
        Holds(Strategyproof(), ITEM, because="the winner pays the least value that wins"),
        Holds(BayesianIncentiveCompatible(), REGULAR, because="it is strategyproof"),
        Holds(BayesianIncentiveCompatible(), IRREGULAR, because="it is strategyproof"),
        Holds(
            IndividuallyRational(),
            REGULAR,
            because="a click costs at most its value",
        ),
        Holds(MonotoneAllocation(), REGULAR, because="ironed values rise"),
        Holds(PaymentIdentity(), REGULAR, because="it is strategyproof"),
        Holds(NoPositiveTransfers(), REGULAR, because="clicks only rise"),
        Holds(
            IndividuallyRational(),
            IRREGULAR,
            because="a click costs at most its value",
        ),
        Holds(MonotoneAllocation(), IRREGULAR, because="ironed values rise"),
        Holds(PaymentIdentity(), IRREGULAR, because="it is strategyproof"),
        Holds(NoPositiveTransfers(), IRREGULAR, because="clicks only rise"),
        Holds(BudgetBalanced(), IRREGULAR, because="nobody is paid"),
        Fails(EnvyFree(), Envy(EQUAL, agent=0, other=1), violation=Fraction(7, 15)),
        Fails(Efficient(), TotalValue(POOR), violation=Fraction(5, 6)),
        Fails(ExAnte(Efficient()), TotalValue(POOR), violation=Fraction(5, 6)),
        Fails(Efficient(share=HALF), TotalValue(POOR), violation=Fraction(5, 12)),
        Fails(Efficient(share=THIRD), TotalValue(POOR), violation=Fraction(5, 18)),
        Fails(ExAnte(Efficient(share=HALF)), TotalValue(POOR), violation=Fraction(5, 12)),
        Fails(ExAnte(Efficient(share=THIRD)), TotalValue(POOR), violation=Fraction(5, 18)),
        Earns(REGULAR, Fraction(53, 36), Fraction(53, 36), because="Myerson 1981"),
        Earns(IRREGULAR, Fraction(59, 20), Fraction(59, 20), because="Myerson 1981, ironed"),
        Earns(ITEM, Fraction(2), Fraction(2), because="Myerson 1981"),
        Earns(IRONED, Fraction(79, 25), Fraction(79, 25), because="Myerson 1981, ironed"),
        Earns(ALONE, Fraction(3, 10), Fraction(3, 10), because="1/4 + 1/(2k) for k = 10"),
        Earns(GRID, Fraction(49, 100), Fraction(49, 100), because="5/12 + 3/(4k) - 1/(6k^2)"),
        Earns(LOOKED, Fraction(19, 15), Fraction(19, 15), because="the best of a cascade, exactly"),
    ),
)
