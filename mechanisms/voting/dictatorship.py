"""Dictatorship: the candidate whom one voter, fixed in advance, ranks first.

Gibbard and Satterthwaite: nothing else is strategyproof if three candidates can win.
"""

from fractions import Fraction
from functools import partial

from mechsim import (
    Anonymous,
    Domain,
    Instance,
    Rankings,
    SDStrategyproof,
    Strategyproof,
    Universally,
)
from mechsim.axioms import (
    CondorcetConsistent,
    MaskinMonotonic,
    NonDictatorial,
    Onto,
    Swap,
    Unanimous,
)
from mechsim.axioms.non_dictatorial import Dictator
from mechsim.catalogue import Card, Fails, Holds, NoRuleSatisfies, SoManyRules
from mechsim.voting import Dictatorship

VOTE = Rankings(("ann", "bob", "cat"))
FOUR = Rankings(("ann", "bob", "cat", "dan"))
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
        Holds(Onto(), Domain(VOTE, agents=2), because="the dictator may like anybody best"),
        Holds(
            MaskinMonotonic(),
            Domain(VOTE, agents=2),
            because="the favourite stays the favourite where nobody passes it",
        ),
        Fails(
            NonDictatorial(),
            Dictator(Instance(VOTE, ((0, 1, 2), (0, 1, 2))), agent=0),
            violation=Fraction(1),
        ),
        *(
            NoRuleSatisfies(
                (Strategyproof(), Onto(), NonDictatorial()),
                domain,
                because="Gibbard 1973, Satterthwaite 1975",
            )
            for domain in (Domain(VOTE, agents=2), Domain(VOTE, agents=3))
        ),
        NoRuleSatisfies(
            (Strategyproof(), CondorcetConsistent()),
            Domain(VOTE, agents=3),
            because="Condorcet consistent rules are onto, and nobody is a dictator",
        ),
        SoManyRules(
            (Strategyproof(), Onto()),
            Domain(VOTE, agents=2),
            rules=2,
            because="Gibbard 1973: one dictatorship for each voter",
        ),
        NoRuleSatisfies(
            (MaskinMonotonic(), Unanimous(), NonDictatorial()),
            Domain(VOTE, agents=2),
            because="Muller and Satterthwaite 1977",
        ),
    ),
    slow=(
        NoRuleSatisfies(
            (Strategyproof(), Onto(), NonDictatorial()),
            Domain(FOUR, agents=2),
            because="Gibbard 1973, Satterthwaite 1975: also of four candidates",
        ),
    ),
)
