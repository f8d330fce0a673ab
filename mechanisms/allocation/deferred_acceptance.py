"""Deferred acceptance: agents propose, objects keep whom they prefer until somebody better comes.

Stable, and nobody gains by a lie; but the agents might all be better off if stability were given
up.
"""

from fractions import Fraction
from functools import partial

from mechsim import Domain, Houses, Instance, ParetoOptimal, SDStrategyproof, Strategyproof
from mechsim.allocation import DeferredAcceptance
from mechsim.axioms import Everybody, Stable
from mechsim.catalogue import Card, Fails, Holds

HOUSES = Houses(("attic", "barn", "cave"))
PRIORITIES = ((1, 0, 2), (0, 2, 1), (0, 1, 2))
THREE = Domain(HOUSES, agents=3)
PRICE = Instance(HOUSES, ((0, 1, 2), (1, 0, 2), (0, 1, 2)))

CARD = Card(
    title="Deferred Acceptance",
    rule=partial(DeferredAcceptance, PRIORITIES),
    source="Gale, Shapley, American Mathematical Monthly 69 (1962)",
    claims=(
        Holds(Stable(PRIORITIES), THREE, because="who is turned down meets somebody better"),
        Holds(Strategyproof(), THREE, because="agents propose (Roth 1982)"),
        Holds(SDStrategyproof(), THREE, because="agents propose (Roth 1982)"),
        Fails(ParetoOptimal(), Everybody(PRICE), violation=Fraction(1)),
    ),
)
