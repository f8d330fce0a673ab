"""Random Rank: sort the reports, draw a rank uniformly, build there.

Every rule it may draw is anonymous and strategyproof.  In expectation every like-minded group
gets its fair share; the place finally drawn may leave a group with nothing.
"""

from fractions import Fraction

from mechsim import (
    Anonymous,
    Domain,
    ExAnte,
    ExPost,
    Instance,
    Line,
    Strategyproof,
    UnanimousFairShare,
    Universally,
)
from mechsim.axioms import LikeMinded
from mechsim.catalogue import Card, Fails, Holds
from mechsim.facility import RandomRank

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
PAIR = LikeMinded(Instance(UNIT, (Fraction(0), Fraction(2, 3))), Fraction(0), size=1)

CARD = Card(
    title="Random Rank",
    rule=RandomRank,
    source="Aziz, Lam, Lee, Walsh, arXiv:2205.14798",
    claims=(
        Holds(Anonymous(), SIXTHS, because="it depends on the sorted reports only"),
        Holds(Universally(Anonymous()), SIXTHS, because="every order statistic is anonymous"),
        Holds(Strategyproof(), SIXTHS, because="it is universally strategyproof"),
        Holds(Universally(Strategyproof()), SIXTHS, because="Moulin 1980: order statistics"),
        Fails(ExPost(UnanimousFairShare()), PAIR, violation=Fraction(1, 6)),
        Holds(
            ExAnte(UnanimousFairShare()),
            SIXTHS,
            because="E|y - x_i| <= (n - |S|)/n times the length",
        ),
    ),
)
