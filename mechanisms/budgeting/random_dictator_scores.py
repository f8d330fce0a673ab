"""Fractional random dictatorship where voters give points: the mean of what each would fund.

What a group is due in expectation it gets, as with approval ballots; and an outcome that is drawn
may cost more than the budget, and leave out those who could pay for what they want.  Where points
differ, even individual fair share contradicts outcomes that represent everybody.
"""

from fractions import Fraction

from mechsim import (
    Domain,
    ExAnte,
    IndividualFairShare,
    Instance,
    ScoredElection,
    UnanimousFairShare,
    WithinBudget,
)
from mechsim.axioms import (
    Coalition,
    Deserving,
    Exhaustive,
    GroupFairShare,
    Individual,
    ScoredJR,
    StrongIndividualFairShare,
    Total,
)
from mechsim.budgeting import FractionalRandomDictator
from mechsim.catalogue import Card, Fails, Holds, Impossible

TOWN = ScoredElection(("hall", "park"), (2, 1), 2, grid=(0, 1, 2))
TWO = Domain(TOWN, agents=2)
NOTHING, HALL, PARK, BOTH = TOWN.read([{}, {"hall": 2}, {"park": 1}, {"hall": 1, "park": 2}])
ABSENT = Instance(TOWN, (NOTHING, BOTH))
SPLIT = Instance(TOWN, (HALL, PARK))
PLAN = ScoredElection(("bench", "lamp", "hall"), (1, 1, 2), 2)
STAKES = Instance(PLAN, PLAN.read([{"bench": 1, "hall": 10}, {"lamp": 1}]))

CARD = Card(
    title="Fractional Random Dictatorship of Points",
    rule=FractionalRandomDictator,
    source="Aziz, Lu, Suzuki, Vollen, Walsh, AAAI 2024, arXiv:2404.05198",
    claims=(
        Holds(ExAnte(IndividualFairShare()), TWO, because="group fair share implies it"),
        Holds(ExAnte(UnanimousFairShare()), TWO, because="group fair share implies it"),
        Holds(GroupFairShare(), TWO, because="each member's own part is worth its share to it"),
        Fails(
            ExAnte(StrongIndividualFairShare()), Individual(ABSENT, BOTH), violation=Fraction(3, 4)
        ),
        Fails(ScoredJR(), Coalition(SPLIT, frozenset({1})), violation=1),
        Impossible(
            (ExAnte(IndividualFairShare()), ScoredJR()),
            STAKES,
            because="each voter can pay for its small project, and then nothing is left for the "
            "hall, of which the first voter is due a half",
        ),
        Fails(WithinBudget(), Total(Instance(TOWN, (BOTH,))), violation=1),
        Fails(Exhaustive(), Deserving(Instance(TOWN, (NOTHING, PARK)), 1), violation=1),
    ),
)
