"""Fixed order: always the same order of the candidates.

It satisfies all that Arrow asks but one thing: voters who agree are not heard either.
"""

from fractions import Fraction
from functools import partial

from mechsim import Domain, Instance
from mechsim.axioms import (
    AgreedPair,
    IndependentOfIrrelevantAlternatives,
    NonDictatorial,
    WeakPareto,
)
from mechsim.catalogue import Card, Fails, hold
from mechsim.preferences import SocialOrders
from mechsim.voting import FixedOrder

VOTE = SocialOrders(("ann", "bob", "cat"))

CARD = Card(
    title="Fixed order",
    rule=partial(FixedOrder, (0, 1, 2)),
    source="Arrow, Social Choice and Individual Values (1951)",
    claims=(
        *hold(
            Domain(VOTE, agents=2),
            {
                IndependentOfIrrelevantAlternatives(): "no report matters",
                NonDictatorial(): "no report matters",
            },
        ),
        Fails(
            WeakPareto(),
            AgreedPair(Instance(VOTE, ((1, 0, 2), (1, 0, 2))), one=1, other=0),
            violation=Fraction(1),
        ),
    ),
)
