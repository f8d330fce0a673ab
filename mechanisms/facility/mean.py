"""The mean: build at the average report.

Proportional in every sense; but whoever exaggerates drags the facility along, so it is not
strategyproof.
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
from mechsim.axioms import Misreport
from mechsim.catalogue import Card, Fails, Holds
from mechsim.facility import Mean

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
LIE = Misreport(Instance(UNIT, (Fraction(0), Fraction(1, 6))), agent=1, report=Fraction(1, 4))

CARD = Card(
    title="Mean",
    rule=Mean,
    source="folklore; Aziz, Lam, Lee, Walsh, arXiv:2111.01566",
    claims=(
        Holds(Anonymous(), SIXTHS, because="a sum does not depend on the order of its terms"),
        Holds(Universally(Anonymous()), SIXTHS, because="it draws one rule, which is anonymous"),
        Fails(Strategyproof(), LIE, violation=Fraction(1, 24)),
        Fails(Universally(Strategyproof()), LIE, violation=Fraction(1, 24)),
        Holds(
            ExPost(UnanimousFairShare()),
            SIXTHS,
            because="n|mean - x_i| is a sum of n - |S| distances, none above the length",
        ),
        Holds(ExAnte(UnanimousFairShare()), SIXTHS, because="it holds ex post"),
    ),
)
