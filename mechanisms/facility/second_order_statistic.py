"""Order statistics: build at the k-th smallest report; here the second smallest.

The rules that Random Rank draws.
"""

from fractions import Fraction
from functools import partial

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
from mechsim.facility import OrderStatistic

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
FAR = Fraction(5, 6)
MINORITY = LikeMinded(Instance(UNIT, (Fraction(0), Fraction(0), FAR)), FAR, size=1)

CARD = Card(
    title="Second Order Statistic",
    rule=partial(OrderStatistic, 2),
    source="Moulin, Public Choice 35 (1980)",
    claims=(
        Holds(Anonymous(), SIXTHS, because="it depends on the sorted reports only"),
        Holds(Universally(Anonymous()), SIXTHS, because="it draws one rule, which is anonymous"),
        Holds(Strategyproof(), SIXTHS, because="Moulin 1980: a median of reports and phantoms"),
        Holds(Universally(Strategyproof()), SIXTHS, because="it draws one strategyproof rule"),
        Fails(ExPost(UnanimousFairShare()), MINORITY, violation=Fraction(1, 6)),
        Fails(ExAnte(UnanimousFairShare()), MINORITY, violation=Fraction(1, 6)),
    ),
)
