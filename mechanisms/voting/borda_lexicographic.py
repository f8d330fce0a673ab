"""Borda, where of candidates with equal scores the one listed first wins.

A voter whose favourite is just behind ranks the strongest rival last.
"""

from fractions import Fraction
from functools import partial

from mechsim import (
    Anonymous,
    Domain,
    Instance,
    Rankings,
    SDStrategyproof,
    Universally,
)
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import (
    Change,
    CondorcetConsistent,
    MaskinMonotonic,
    Misreport,
    PairwiseWinner,
    ParticipationCriterion,
)
from mechsim.catalogue import Card, Fails, Holds, Open, SomeRuleSatisfies
from mechsim.preferences import MayAbstain
from mechsim.voting import Borda

VOTE = Rankings(("ann", "bob", "cat"))
TRUTH = VOTE.read([["ann", "bob", "cat"], ["bob", "ann", "cat"]])
CONDORCET = VOTE.read([*[["ann", "bob", "cat"]] * 3, *[["bob", "cat", "ann"]] * 2])
BURY_ANN = Misreport(Instance(VOTE, TRUTH), agent=1, report=(1, 2, 0))

FOUR = MayAbstain(Rankings(("ann", "bob", "cat", "dan")))
NO_SHOWS = (CondorcetConsistent(), ParticipationCriterion(), Anonymous())
MANY = "Moulin 1988 needs many voters"

CARD = Card(
    title="Borda, lexicographic ties",
    rule=partial(Borda, Lexicographic()),
    source="Borda 1781; Gibbard, Econometrica 41 (1973)",
    claims=(
        Fails(SDStrategyproof(), BURY_ANN, violation=Fraction(1)),
        Fails(Universally(SDStrategyproof()), BURY_ANN, violation=Fraction(1)),
        Holds(Anonymous(), Domain(VOTE, agents=3), because="scores are sums over the voters"),
        Fails(
            MaskinMonotonic(),
            Change(Instance(VOTE, ((0, 1, 2), (1, 2, 0))), agent=1, report=(1, 0, 2)),
            violation=Fraction(1),
        ),
        Open(
            "with four candidates and many voters no Condorcet consistent rule satisfies "
            "participation: rules for up to three voters are found here, and more are not tried",
            SomeRuleSatisfies(NO_SHOWS, Domain(FOUR, agents=2), because=MANY),
            source="Moulin, Journal of Economic Theory 45 (1988); twelve voters are enough: "
            "Brandt, Geist, Peters, Mathematical Social Sciences 90 (2017)",
        ),
        Fails(
            CondorcetConsistent(),
            PairwiseWinner(Instance(VOTE, CONDORCET)),
            violation=Fraction(1),
        ),
    ),
    slow=(SomeRuleSatisfies(NO_SHOWS, Domain(FOUR, agents=3), because=MANY),),
)
