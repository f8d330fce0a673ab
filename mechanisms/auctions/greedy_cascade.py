"""Greed in a cascade: add the advertisement and position that bring most, again and again.

At least a third of the best welfare, but a higher bid may lose clicks, so that no payments make it
strategyproof.
"""

from fractions import Fraction

from mechsim import Instance, Strategyproof
from mechsim.auctions import GreedyCascade
from mechsim.axioms import Misreport
from mechsim.catalogue import Card, Fails
from mechsim.preferences import Cascade, Sponsored

TENTH = Fraction(1, 10)
RATES = ((6 * TENTH, 4 * TENTH), (6 * TENTH, 7 * TENTH), (TENTH, 3 * TENTH))
VISIT = Sponsored(Cascade(RATES, 2))
HIGH = Instance(VISIT, VISIT.read((5, 4, 7)))

CARD = Card(
    title="Greedy cascade",
    rule=GreedyCascade,
    source="Fisher, Nemhauser, Wolsey 1978, for the bound",
    claims=(Fails(Strategyproof(), Misreport(HIGH, 0, Fraction(9, 2)), violation=3 * TENTH),),
)
