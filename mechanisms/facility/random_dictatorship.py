"""Random dictatorship: a uniformly random agent says where to build.

At every profile its lottery is that of Random Rank, so it shares all that is true of lotteries.
But a dictatorship is not anonymous, and that is what "universally" sees.
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
from mechsim.axioms import LikeMinded, Swap
from mechsim.catalogue import Card, Fails, Holds
from mechsim.facility import RandomDictatorship

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
TRADE = Swap(Instance(UNIT, (Fraction(0), Fraction(1))), first=0, second=1)
PAIR = LikeMinded(Instance(UNIT, (Fraction(0), Fraction(2, 3))), Fraction(0), size=1)

CARD = Card(
    title="Random Dictatorship",
    rule=RandomDictatorship,
    source="Gibbard, Econometrica 45 (1977); Aziz, Lam, Lee, Walsh, arXiv:2205.14798",
    claims=(
        Holds(Anonymous(), SIXTHS, because="each report is equally likely to be drawn"),
        Fails(Universally(Anonymous()), TRADE, violation=Fraction(1)),
        Holds(Strategyproof(), SIXTHS, because="it is universally strategyproof"),
        Holds(Universally(Strategyproof()), SIXTHS, because="a dictator gets its report"),
        Fails(ExPost(UnanimousFairShare()), PAIR, violation=Fraction(1, 6)),
        Holds(ExAnte(UnanimousFairShare()), SIXTHS, because="its lottery is Random Rank's"),
    ),
)
