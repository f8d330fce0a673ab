"""Random dictatorship: the candidate whom a uniformly random voter ranks first.

Anonymous and strategyproof, in expectation and by every rule that it may draw; but each of these
rules alone is a dictatorship.
"""

from fractions import Fraction

from mechsim import Anonymous, Domain, Instance, Rankings, SDStrategyproof, Universally
from mechsim.axioms import Swap
from mechsim.catalogue import Card, Fails, Holds
from mechsim.voting import RandomDictatorship

VOTE = Rankings(("ann", "bob", "cat"))
THREE_VOTERS = Domain(VOTE, agents=3)
TRADE = Swap(Instance(VOTE, ((0, 1, 2), (1, 0, 2))), first=0, second=1)

CARD = Card(
    title="Random Dictatorship",
    rule=RandomDictatorship,
    source="Gibbard, Econometrica 45 (1977)",
    claims=(
        Holds(Anonymous(), THREE_VOTERS, because="each voter is equally likely to be drawn"),
        Fails(Universally(Anonymous()), TRADE, violation=Fraction(1)),
        Holds(SDStrategyproof(), THREE_VOTERS, because="it is universally strategyproof"),
        Holds(
            Universally(SDStrategyproof()), THREE_VOTERS, because="a dictator gets its favourite"
        ),
    ),
)
