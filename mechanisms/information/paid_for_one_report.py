"""A contract that pays 10 for reporting "one", and takes 1 for reporting nothing.

Whoever saw zero lies.  The fine is more than limited liability allows, and the wage more than a cap
of 5 does.
"""

from fractions import Fraction
from functools import partial

from mechsim import Instance, Obedient
from mechsim.axioms import (
    CappedPayments,
    Disobedience,
    LimitedLiability,
    Participation,
    TruthfulReports,
)
from mechsim.catalogue import Card, Fails
from mechsim.information import FlatContract, hidden_bit

PAIR = hidden_bit(Fraction(3, 5), cost=1)
WAGES = {"one": Fraction(10), "nothing": Fraction(-1)}
LIE = Disobedience(Instance(PAIR, ()), 0, "work", "work", (("one", "one"), ("zero", "one")))
FINED = Participation(Instance(PAIR, ("nothing", "zero")), 0)
PAID = Participation(Instance(PAIR, ("one", "zero")), 0)

CARD = Card(
    title="Paid for One Report",
    rule=partial(FlatContract, ("work", "work"), WAGES),
    source="a foil for Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(
        Fails(Obedient(), LIE, violation=5),
        Fails(TruthfulReports(), LIE, violation=5),
        Fails(LimitedLiability(), FINED, violation=1),
        Fails(CappedPayments(5), PAID, violation=5),
    ),
)
