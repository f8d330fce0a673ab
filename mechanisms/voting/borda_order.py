"""Borda's order: the candidates by the sum of their ranks.

How it puts two candidates depends on where others stand between them.
"""

from fractions import Fraction

from mechsim import Anonymous, Domain, Instance
from mechsim.axioms import IndependentOfIrrelevantAlternatives, NonDictatorial, Rerank
from mechsim.catalogue import Card, Fails, hold
from mechsim.preferences import SocialOrders
from mechsim.voting import BordaOrder

VOTE = SocialOrders(("ann", "bob", "cat"))
TWO = Domain(VOTE, agents=2)
EVEN = Instance(VOTE, ((0, 1, 2), (1, 0, 2)))

CARD = Card(
    title="Borda's order",
    rule=BordaOrder,
    source="Borda 1781; Arrow, Social Choice and Individual Values (1951)",
    claims=(
        *hold(
            TWO,
            {
                Anonymous(): "scores are sums over the voters",
                NonDictatorial(): "each voter counts",
            },
        ),
        Fails(
            IndependentOfIrrelevantAlternatives(),
            Rerank(EVEN, agent=0, report=(0, 2, 1), one=0, other=1),
            violation=Fraction(1),
        ),
    ),
)
