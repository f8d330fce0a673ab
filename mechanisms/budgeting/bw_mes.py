"""BW-MES-PB: Equal Shares, then voters spend what they have left on parts of projects, and the
parts are rounded to a lottery.

Best of both worlds: whatever is drawn contains the outcome of Equal Shares, and in expectation
every group of one mind gets its fair share.  The price is a budget that may be missed by one
project.
"""

from fractions import Fraction
from functools import partial

from mechsim import (
    Domain,
    EJRPlus,
    Election,
    ExAnte,
    ExPost,
    Instance,
    Strategyproof,
    UnanimousFairShare,
    WithinBudget,
)
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import LikeMinded, Misreport, Total
from mechsim.budgeting import BWMES
from mechsim.catalogue import Card, Fails, Holds

TOWN = Election(("hall", "park", "pool"), (2, 1, 1), 2)
TWO = Domain(TOWN, agents=2)
THREE = Domain(TOWN, agents=3)
HALL, PARK, BOTH = TOWN.read([["hall"], ["park"], ["hall", "park"]])
LOSER = LikeMinded(Instance(TOWN, (HALL, PARK)), HALL, size=1)
FREE_RIDE = Misreport(Instance(TOWN, (HALL, BOTH)), agent=1, report=PARK)

CARD = Card(
    title="BW-MES-PB",
    rule=partial(BWMES, Lexicographic()),
    source="Aziz, Lu, Suzuki, Vollen, Walsh, AAAI 2024, arXiv:2404.05198",
    claims=(
        Holds(EJRPlus(), TWO, because="every outcome contains that of Equal Shares"),
        Holds(EJRPlus(), THREE, because="every outcome contains that of Equal Shares"),
        Fails(ExPost(UnanimousFairShare()), LOSER, violation=Fraction(1, 2)),
        Holds(
            ExAnte(UnanimousFairShare()),
            TWO,
            because="a group pays at most the j-th lowest cost for its j-th project",
        ),
        Holds(
            ExAnte(UnanimousFairShare()),
            THREE,
            because="a group pays at most the j-th lowest cost for its j-th project",
        ),
        Fails(WithinBudget(), Total(Instance(TOWN, (PARK, PARK))), violation=Fraction(1)),
        Fails(Strategyproof(), FREE_RIDE, violation=Fraction(1, 2)),
    ),
)
