"""Borda, where one of the candidates with equal scores is drawn.

Chance does not help: a voter whose favourite ties for the win ranks the rival last.
"""

from fractions import Fraction
from functools import partial

from mechsim import Anonymous, Domain, Instance, Rankings, SDStrategyproof
from mechsim.algorithms.ties import UniformlyAtRandom
from mechsim.axioms import Misreport
from mechsim.catalogue import Card, Fails, Holds
from mechsim.voting import Borda

VOTE = Rankings(("ann", "bob", "cat"))
TRUTH = VOTE.read([["ann", "bob", "cat"], ["bob", "ann", "cat"]])
BURY_BOB = Misreport(Instance(VOTE, TRUTH), agent=0, report=(0, 2, 1))

CARD = Card(
    title="Borda, random ties",
    rule=partial(Borda, UniformlyAtRandom()),
    source="Borda 1781; Gibbard, Econometrica 45 (1977)",
    claims=(
        Fails(SDStrategyproof(), BURY_BOB, violation=Fraction(1, 2)),
        Holds(Anonymous(), Domain(VOTE, agents=3), because="scores are sums over the voters"),
    ),
)
