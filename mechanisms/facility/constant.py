"""The constant rule: build at a place fixed in advance, here the middle.

Nobody can manipulate what listens to nobody.  It is fair to single agents, because nobody is ever
farther than half the line, and ignores what all agree on.
"""

from fractions import Fraction
from functools import partial

from mechsim import (
    Anonymous,
    Domain,
    Instance,
    Line,
    SinglePeaked,
    Strategyproof,
    UnanimousFairShare,
)
from mechsim.axioms import (
    Agreement,
    ClampIdentity,
    Everybody,
    GroupStrategyproof,
    Increase,
    IndividualFairShare,
    LikeMinded,
    Monotone,
    Neighbours,
    ParetoOptimal,
    Proportional,
    ProportionallyFair,
    Split,
    StrictlyMonotone,
    StronglyProportional,
    StronglyProportionallyFair,
    Unanimous,
)
from mechsim.catalogue import Card, Continuum, Fails, hold
from mechsim.facility import Constant

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
ALL_REPORTS = Continuum(UNIT, agents=3)
ORDERS = Domain(Line(0, 1, tastes=SinglePeaked()).grid(4), agents=3)
ALL_TASTES = Continuum(Line(0, 1, tastes=SinglePeaked()), agents=3)
THIRDS = Domain(UNIT.grid(3), agents=3)

CARD = Card(
    title="Constant",
    rule=partial(Constant, Fraction(1, 2)),
    source="folklore",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Anonymous(): "it is constant",
                Strategyproof(): "no report changes anything",
                IndividualFairShare(): "nobody is farther than 1/2 from the middle",
            },
        ),
        *hold(
            SIXTHS,
            {
                Monotone(): "it is constant",
                ClampIdentity(): "it is constant",
            },
        ),
        *hold(
            (ORDERS, ALL_TASTES),
            {
                Strategyproof(): "no report changes anything",
            },
        ),
        *hold(
            THIRDS,
            {
                GroupStrategyproof(): "no reports change anything",
            },
        ),
        Fails(Unanimous(), Agreement(Instance(UNIT, (Fraction(0),))), violation=Fraction(1, 2)),
        Fails(ParetoOptimal(), Everybody(Instance(UNIT, (Fraction(0),))), violation=Fraction(1, 2)),
        Fails(
            StrictlyMonotone(),
            Increase(Instance(UNIT, (Fraction(0),)), agent=0, report=Fraction(1)),
            violation=Fraction(1),
        ),
        Fails(
            UnanimousFairShare(),
            LikeMinded(Instance(UNIT, (Fraction(0),)), type_=Fraction(0), size=1),
            violation=Fraction(1, 2),
        ),
        Fails(
            Proportional(),
            Split(Instance(UNIT, (Fraction(0),)), low=Fraction(0), high=Fraction(1), above=True),
            violation=Fraction(1, 2),
        ),
        Fails(
            StronglyProportional(),
            Split(Instance(UNIT, (Fraction(0),)), low=Fraction(0), high=Fraction(0), above=True),
            violation=Fraction(1, 2),
        ),
        Fails(
            ProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0),)),
                low=Fraction(0),
                high=Fraction(0),
                size=1,
                member=Fraction(0),
            ),
            violation=Fraction(1, 2),
        ),
        Fails(
            StronglyProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0),)),
                low=Fraction(0),
                high=Fraction(0),
                size=1,
                member=Fraction(0),
            ),
            violation=Fraction(1, 2),
        ),
    ),
)
