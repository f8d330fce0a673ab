"""Dictatorship: the candidate whom one voter, fixed in advance, ranks first.

Gibbard and Satterthwaite: nothing else is strategyproof if three candidates can win.
"""

from fractions import Fraction
from functools import partial

from mechsim import Anonymous, Domain, Instance, Rankings, SDStrategyproof, Universally
from mechsim.axioms import Swap
from mechsim.catalogue import Card, Fails, Holds
from mechsim.voting import Dictatorship

VOTE = Rankings(("ann", "bob", "cat"))
TRADE = Swap(Instance(VOTE, ((0, 1, 2), (1, 0, 2))), first=0, second=1)

CARD = Card(
    title="Dictatorship",
    rule=partial(Dictatorship, 0),
    source="Gibbard, Econometrica 41 (1973)",
    claims=(
        Fails(Anonymous(), TRADE, violation=Fraction(1)),
        Fails(Universally(Anonymous()), TRADE, violation=Fraction(1)),
        Holds(SDStrategyproof(), Domain(VOTE, agents=3), because="the dictator gets its favourite"),
        Holds(
            Universally(SDStrategyproof()),
            Domain(VOTE, agents=2),
            because="it draws one strategyproof rule",
        ),
    ),
)
