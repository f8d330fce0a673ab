"""Fractional random dictatorship: the mean of what each voter would fund with all of the budget.

Every group gets, of the projects that any of it wants, what its shares add up to.  It need not get
what its part of the budget could buy, and no outcome need represent anybody.

That is too much for lotteries whose outcomes represent everybody: group fair share in expectation
and justified representation of every outcome contradict each other.
"""

from fractions import Fraction

from mechsim import Domain, Election, ExAnte, Instance, UnanimousFairShare
from mechsim.axioms import (
    JR,
    Coalition,
    GroupFairShare,
    Individual,
    IndividualFairShare,
    LikeMinded,
    StrongIndividualFairShare,
    StrongUnanimousFairShare,
)
from mechsim.budgeting import FractionalRandomDictator
from mechsim.catalogue import Card, Fails, Holds, Impossible

TOWN = Domain(Election(("hall", "park", "pool"), (2, 1, 1), 2), agents=2)
TWO = Election(("a", "b"), (3, 1), 3)
BOTH, NOTHING = TWO.read([["a", "b"], []])
ABSENT = Instance(TWO, (BOTH, NOTHING))
HALL = Election(("hall", "park"), (2, 1), 2)
PAIRS = tuple(f"{place}{i}" for i in range(1, 6) for place in ("garden", "court"))
STREETS = Election(("school", *PAIRS), (6, *(5,) * 10), 10)
EACH_ITS_OWN = Instance(
    STREETS, STREETS.read([["school", *PAIRS[2 * i : 2 * i + 2]] for i in range(5)])
)
SPLIT = Instance(HALL, HALL.read([["hall"], ["park"]]))

CARD = Card(
    title="Fractional Random Dictatorship",
    rule=FractionalRandomDictator,
    source="Aziz, Lu, Suzuki, Vollen, Walsh, AAAI 2024, arXiv:2404.05198",
    claims=(
        Holds(ExAnte(IndividualFairShare()), TOWN, because="group fair share implies it"),
        Holds(ExAnte(UnanimousFairShare()), TOWN, because="group fair share implies it"),
        Holds(GroupFairShare(), TOWN, because="each member's own part is worth its share to it"),
        Fails(
            ExAnte(StrongIndividualFairShare()), Individual(ABSENT, BOTH), violation=Fraction(1, 3)
        ),
        Fails(
            ExAnte(StrongUnanimousFairShare()),
            LikeMinded(ABSENT, BOTH, size=1),
            violation=Fraction(1, 3),
        ),
        Fails(JR(), Coalition(SPLIT, frozenset({1})), violation=1),
        Impossible(
            (GroupFairShare(), JR()),
            EACH_ITS_OWN,
            because="shares leave nothing for the school that all want, and without it three "
            "outcomes' worth of projects are needed to represent all",
        ),
    ),
)
