"""The farther end: keep a nuisance away from the majority.

For agents who want the facility far away it is strategyproof.  To those who want it near it is a
foil of nearly everything, monotonicity included.
"""

from fractions import Fraction

from mechsim import (
    Anonymous,
    Domain,
    ExAnte,
    ExPost,
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
    HybridFairShare,
    Increase,
    Individual,
    IndividualFairShare,
    IndividualNuisanceShare,
    JointMisreport,
    LikeMinded,
    Misreport,
    Monotone,
    Neighbours,
    ParetoOptimal,
    Party,
    Proportional,
    ProportionallyFair,
    Seen,
    Split,
    StrictlyMonotone,
    StronglyProportional,
    StronglyProportionallyFair,
    Unanimous,
    UnanimousNuisanceShare,
)
from mechsim.catalogue import Card, Continuum, Fails, Increasing, NoRuleSatisfies, Ratio, hold
from mechsim.facility import FartherEnd
from mechsim.objectives import Approximates, Compared, Egalitarian, Utilitarian
from mechsim.preferences import Hybrid, Obnoxious

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
ALL_REPORTS = Continuum(UNIT, agents=3)
NUISANCE = Domain(Line(0, 1, tastes=Obnoxious()).grid(6), agents=3)
ALL_NUISANCES = Continuum(Line(0, 1, tastes=Obnoxious()), agents=3)
ANY = Line(0, 1, tastes=SinglePeaked())
BOTH = Instance(Line(0, 1, tastes=Obnoxious()), (Fraction(0), Fraction(1)))
HALF_AND_END = Instance(Line(0, 1, tastes=Obnoxious()), (Fraction(1, 2), Fraction(1)))
FIFTHS = Domain(Line(0, 1, tastes=Obnoxious()).grid(5), agents=2)

CARD = Card(
    title="Farther end",
    rule=FartherEnd,
    source="Cheng, Yu, Zhang, COCOA 2011",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Anonymous(): "it counts",
            },
        ),
        *hold(
            (NUISANCE, ALL_NUISANCES),
            {
                Strategyproof(): "a false half can only bring the facility nearer",
            },
        ),
        Fails(Unanimous(), Agreement(Instance(UNIT, (Fraction(0),))), violation=Fraction(1)),
        Fails(ParetoOptimal(), Everybody(Instance(UNIT, (Fraction(0),))), violation=Fraction(1)),
        Fails(
            Monotone(),
            Increase(Instance(UNIT, (Fraction(0),)), agent=0, report=Fraction(1)),
            violation=Fraction(1),
        ),
        Fails(
            Strategyproof(),
            Misreport(Instance(UNIT, (Fraction(0),)), agent=0, report=Fraction(1)),
            violation=Fraction(1),
        ),
        Fails(
            Strategyproof(),
            Misreport(Instance(ANY, (Fraction(0),)), agent=0, report=Fraction(1)),
            violation=Fraction(1),
        ),
        Fails(
            GroupStrategyproof(),
            JointMisreport(Instance(UNIT, (Fraction(0),)), group=(0,), lies=(Fraction(1),)),
            violation=Fraction(1),
        ),
        Fails(
            ClampIdentity(), Seen(Instance(UNIT, (Fraction(0),)), agent=0), violation=Fraction(1)
        ),
        Fails(
            StrictlyMonotone(),
            Increase(Instance(UNIT, (Fraction(0),)), agent=0, report=Fraction(1)),
            violation=Fraction(1),
        ),
        Fails(
            IndividualFairShare(),
            Individual(Instance(UNIT, (Fraction(0),)), type_=Fraction(0)),
            violation=Fraction(1),
        ),
        Fails(
            UnanimousFairShare(),
            LikeMinded(Instance(UNIT, (Fraction(0),)), type_=Fraction(0), size=1),
            violation=Fraction(1),
        ),
        Fails(
            Proportional(),
            Split(Instance(UNIT, (Fraction(0),)), low=Fraction(0), high=Fraction(1), above=True),
            violation=Fraction(1),
        ),
        Fails(
            StronglyProportional(),
            Split(Instance(UNIT, (Fraction(0),)), low=Fraction(0), high=Fraction(0), above=True),
            violation=Fraction(1),
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
            violation=Fraction(1),
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
            violation=Fraction(1),
        ),
        Fails(
            IndividualNuisanceShare(),
            Individual(BOTH, type_=Fraction(1)),
            violation=Fraction(1, 4),
        ),
        Fails(
            ExAnte(IndividualNuisanceShare()),
            Individual(BOTH, type_=Fraction(1)),
            violation=Fraction(1, 4),
        ),
        *(
            Fails(
                reading(UnanimousNuisanceShare()),
                LikeMinded(BOTH, type_=Fraction(1), size=1),
                violation=Fraction(1, 4),
            )
            for reading in (ExPost, ExAnte)
        ),
        Fails(
            HybridFairShare(),
            Party(
                Instance(Line(0, 1, tastes=Hybrid((0,))), (Fraction(1, 2), Fraction(0))),
                type_=Fraction(0),
                size=1,
                minds=False,
            ),
            violation=Fraction(1, 2),
        ),
        Ratio(
            Utilitarian(),
            Fraction(3),
            HALF_AND_END,
            Increasing(Line(0, 1, tastes=Obnoxious()).grid(6), agents=2),
            because="Cheng, Yu, Zhang: 3 for an even number of agents",
        ),
        Fails(
            Approximates(Utilitarian(), 2, strictly=True),
            Compared(HALF_AND_END, Utilitarian()),
            violation=Fraction(1),
        ),
        Fails(
            Approximates(Utilitarian(), Fraction(9, 5), strictly=True),
            Compared(HALF_AND_END, Utilitarian()),
            violation=Fraction(1),
        ),
        Fails(
            Approximates(Egalitarian(), 2, strictly=True),
            Compared(BOTH, Egalitarian()),
            violation=Fraction(1),
        ),
        NoRuleSatisfies(
            (Strategyproof(), IndividualNuisanceShare()),
            FIFTHS,
            because="arXiv:2301.04340: shares and strategyproofness exclude each other",
        ),
    ),
)
