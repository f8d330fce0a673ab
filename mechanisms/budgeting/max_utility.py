"""The knapsack: the feasible outcome with most approvals in all.

A majority takes all, if that counts more.
"""

from mechsim import Domain, Election, Instance
from mechsim.axioms import (
    EJR,
    FJR,
    JR,
    PJR,
    Coalition,
    Core,
    EJRPlusX,
    Exhaustive,
)
from mechsim.budgeting import MaxUtility
from mechsim.catalogue import Card, Fails, Holds

CASE_ELECTION = Election(tuple("ab"), (2, 1), 2)
VOTES = [
    list(ballot)
    for ballot in (
        "b",
        "a",
    )
]
CASE = Instance(CASE_ELECTION, CASE_ELECTION.read(VOTES))
TOWN = Domain(Election(("hall", "park", "pool"), (2, 1, 1), 2), agents=2)
PAIR = Domain(Election(("hall", "park"), (2, 2), 2), agents=2)

CARD = Card(
    title="Maximum Utility",
    rule=MaxUtility,
    source="Talmon, Faliszewski, AAAI 2019",
    claims=(
        Fails(JR(), Coalition(CASE, frozenset([1])), violation=1),
        Fails(PJR(), Coalition(CASE, frozenset([1])), violation=1),
        Fails(EJR(), Coalition(CASE, frozenset([1])), violation=1),
        Fails(FJR(), Coalition(CASE, frozenset([1])), violation=1),
        Fails(Core(), Coalition(CASE, frozenset([1])), violation=1),
        Fails(EJR("cost"), Coalition(CASE, frozenset([1])), violation=1),
        Fails(EJR("cost", "one"), Coalition(CASE, frozenset([1])), violation=1),
        Fails(EJR("cost", "any"), Coalition(CASE, frozenset([1])), violation=1),
        Fails(PJR("cost", "any"), Coalition(CASE, frozenset([1])), violation=1),
        Fails(EJRPlusX(), Coalition(CASE, frozenset([1])), violation=1),
        Holds(Exhaustive(), PAIR, because="another approval would be worth more"),
    ),
)
