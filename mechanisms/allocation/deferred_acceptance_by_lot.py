"""Deferred acceptance of coarse priorities, with ties broken by one lot, as schools do it.

Stable for the coarse priorities and strategyproof, whatever is drawn.
"""

from functools import partial

from mechsim import Domain, ExPost, Houses, SDStrategyproof
from mechsim.allocation import DeferredAcceptanceByLot
from mechsim.axioms import Stable
from mechsim.catalogue import Card, Holds

HOUSES = Houses(("attic", "barn", "cave"))
PRIORITIES = ((1, 0, 1), (0, 1, 1), (0, 0, 0))
THREE = Domain(HOUSES, agents=3)

CARD = Card(
    title="Deferred Acceptance by Lot",
    rule=partial(DeferredAcceptanceByLot, PRIORITIES),
    source="Abdulkadiroğlu, Pathak, Roth, American Economic Review 99 (2009)",
    claims=(
        Holds(
            ExPost(Stable(PRIORITIES)),
            THREE,
            because="coarse priorities give fewer claims",
        ),
        Holds(SDStrategyproof(), THREE, because="it is for each order"),
    ),
)
