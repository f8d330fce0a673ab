"""The constant rule: build in the middle of [0, 1], whatever is reported.

A foil: strategyproof and anonymous, and blind to what anybody wants.
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
from mechsim.facility import Constant

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
ALL = LikeMinded(Instance(UNIT, (Fraction(0), Fraction(0))), Fraction(0), size=2)

CARD = Card(
    title="Constant 1/2",
    rule=partial(Constant, Fraction(1, 2)),
    source="folklore",
    claims=(
        Holds(Anonymous(), SIXTHS, because="the outcome does not depend on the reports"),
        Holds(Universally(Anonymous()), SIXTHS, because="it draws one rule, which is anonymous"),
        Holds(Strategyproof(), SIXTHS, because="the outcome does not depend on the reports"),
        Holds(Universally(Strategyproof()), SIXTHS, because="it draws one strategyproof rule"),
        Fails(ExPost(UnanimousFairShare()), ALL, violation=Fraction(1, 2)),
        Fails(ExAnte(UnanimousFairShare()), ALL, violation=Fraction(1, 2)),
    ),
)
