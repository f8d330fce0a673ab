"""Equal Shares where voters give points: each pays for points, at one price for all; the project
whose points are cheapest is funded first.

Every group that could pay for projects has a member who is served as well, up to one project.  It
need not be served quite as well: what is cheap for its points may be bought before what is better,
and then too little money is left.
"""

from fractions import Fraction
from functools import partial

from mechsim import (
    Domain,
    ExAnte,
    ExPost,
    Instance,
    ScoredElection,
    Strategyproof,
    UnanimousFairShare,
    WithinBudget,
)
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import (
    Coalition,
    Deserving,
    Exhaustive,
    LikeMinded,
    Misreport,
    ScoredCore,
    ScoredEJR,
    ScoredFJR,
    ScoredJR,
)
from mechsim.budgeting import EqualSharesOfScores
from mechsim.catalogue import Card, Fails, Holds

TOWN = ScoredElection(("hall", "park"), (2, 1), 2, grid=(0, 1, 2))
TWO = Domain(TOWN, agents=2)
THREE = Domain(TOWN, agents=3)
HOUSE = ScoredElection(("shed", "hall"), (1, 2), 2)
ALONE = Instance(HOUSE, HOUSE.read([{"shed": 2, "hall": 3}]))
FOR_THE_HALL = Coalition(ALONE, frozenset({1}))
NOTHING, HALL = TOWN.read([{}, {"hall": 1}])
ABSENT = LikeMinded(Instance(TOWN, (NOTHING, HALL)), HALL, size=1)
GREEN = ScoredElection(("park", "pool"), (1, 1), 2)
PARK, BOTH, POOL = GREEN.read([{"park": 1}, {"park": 1, "pool": 1}, {"pool": 1}])
FREE_RIDE = Misreport(Instance(GREEN, (PARK, BOTH)), agent=1, report=POOL)
HALVES = ScoredElection(("east", "west"), (2, 2), 2)
SPLIT = Instance(HALVES, HALVES.read([{"east": 1}, {"west": 1}]))

CARD = Card(
    title="Equal Shares of Scores",
    rule=partial(EqualSharesOfScores, Lexicographic()),
    source="Peters, Pierczyński, Skowron, NeurIPS 2021, arXiv:2008.13276",
    claims=(
        Holds(ScoredEJR("one"), TWO, because="who first lacks money got the best for it so far"),
        Holds(ScoredEJR("one"), THREE, because="who first lacks money got the best for it so far"),
        Fails(ScoredJR(), FOR_THE_HALL, violation=1),
        Fails(ScoredEJR(), FOR_THE_HALL, violation=1),
        Fails(ScoredFJR(), FOR_THE_HALL, violation=1),
        Fails(ScoredCore(), FOR_THE_HALL, violation=1),
        Holds(WithinBudget(), THREE, because="voters spend only what they have"),
        Fails(Exhaustive(), Deserving(SPLIT, 0), violation=2),
        Fails(ExPost(UnanimousFairShare()), ABSENT, violation=Fraction(1, 2)),
        Fails(ExAnte(UnanimousFairShare()), ABSENT, violation=Fraction(1, 2)),
        Fails(Strategyproof(), FREE_RIDE, violation=1),
    ),
)
