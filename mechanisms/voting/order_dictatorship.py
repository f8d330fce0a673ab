"""Order dictatorship: the candidates in the order of one voter, fixed in advance.

Arrow: nothing else satisfies weak Pareto and independence of irrelevant alternatives if there are
three candidates.
"""

from fractions import Fraction
from functools import partial

from mechsim import Anonymous, Domain, Instance
from mechsim.axioms import (
    IndependentOfIrrelevantAlternatives,
    NonDictatorial,
    Swap,
    WeakPareto,
)
from mechsim.axioms.non_dictatorial import Dictator
from mechsim.catalogue import Card, Fails, NoRuleSatisfies, SoManyRules, hold
from mechsim.preferences import SocialOrders
from mechsim.voting import OrderDictatorship

VOTE = SocialOrders(("ann", "bob", "cat"))
TWO = Domain(VOTE, agents=2)
SAME = Instance(VOTE, ((0, 1, 2), (0, 1, 2)))

CARD = Card(
    title="Order dictatorship",
    rule=partial(OrderDictatorship, 0),
    source="Arrow, Social Choice and Individual Values (1951)",
    claims=(
        *hold(
            TWO,
            {
                WeakPareto(): "what all think the dictator thinks",
                IndependentOfIrrelevantAlternatives(): "a pair is as the dictator ranks it",
            },
        ),
        Fails(
            Anonymous(),
            Swap(Instance(VOTE, ((0, 1, 2), (1, 0, 2))), first=0, second=1),
            violation=Fraction(1),
        ),
        Fails(NonDictatorial(), Dictator(SAME, agent=0), violation=Fraction(1)),
        NoRuleSatisfies(
            (WeakPareto(), IndependentOfIrrelevantAlternatives(), NonDictatorial()),
            TWO,
            because="Arrow 1951",
        ),
        SoManyRules(
            (WeakPareto(), IndependentOfIrrelevantAlternatives()),
            TWO,
            rules=2,
            because="Arrow 1951: one for each voter",
        ),
    ),
)
