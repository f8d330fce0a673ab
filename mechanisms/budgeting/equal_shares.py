"""The Method of Equal Shares: every voter may spend an equal part of the budget on projects it
approves of; the project that costs each supporter least is funded first.

Every group that could pay for a project out of its part of the budget is represented.  But money
may be left over, so a voter alone can get less than its fair share; and who leaves out a project
that others pay for keeps its money.
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
from mechsim.axioms import LikeMinded, Misreport
from mechsim.budgeting import EqualShares
from mechsim.catalogue import Card, Fails, Holds

TOWN = Election(("hall", "park", "pool"), (2, 1, 1), 2)
TWO = Domain(TOWN, agents=2)
THREE = Domain(TOWN, agents=3)
EMPTY, HALL, PARK, BOTH, POOL = TOWN.read([[], ["hall"], ["park"], ["park", "pool"], ["pool"]])
ALONE = LikeMinded(Instance(TOWN, (EMPTY, HALL)), HALL, size=1)
FREE_RIDE = Misreport(Instance(TOWN, (PARK, BOTH)), agent=1, report=POOL)

CARD = Card(
    title="Equal Shares",
    rule=partial(EqualShares, Lexicographic()),
    source="Peters, Pierczyński, Skowron, NeurIPS 2021, arXiv:2008.13276",
    claims=(
        Holds(EJRPlus(), TWO, because="a group that can pay is asked for no more than it can"),
        Holds(EJRPlus(), THREE, because="a group that can pay is asked for no more than it can"),
        Fails(ExPost(UnanimousFairShare()), ALONE, violation=Fraction(1, 2)),
        Fails(ExAnte(UnanimousFairShare()), ALONE, violation=Fraction(1, 2)),
        Holds(WithinBudget(), THREE, because="voters spend only what they have"),
        Fails(Strategyproof(), FREE_RIDE, violation=Fraction(1)),
    ),
)
