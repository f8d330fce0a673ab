"""Mid-or-nearest: the middle of the line, or the agent nearest to it.

No strategyproof rule has a better worst case for the agent who is worst off.  Larger groups get no
more than single agents.
"""

from fractions import Fraction

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
    ClampIdentity,
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
from mechsim.catalogue import (
    Card,
    Continuum,
    Fails,
    Increasing,
    LeastRatio,
    NoRuleSatisfies,
    Ratio,
    hold,
)
from mechsim.facility import MidOrNearest
from mechsim.objectives import (
    Approximates,
    ComplementedGini,
    Egalitarian,
    Gini,
    MaxCost,
    SquaredCost,
    TotalCost,
    Utilitarian,
)

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
ALL_REPORTS = Continuum(UNIT, agents=3)
ORDERS = Domain(Line(0, 1, tastes=SinglePeaked()).grid(4), agents=3)
ALL_TASTES = Continuum(Line(0, 1, tastes=SinglePeaked()), agents=3)
THIRDS = Domain(UNIT.grid(3), agents=3)
PAIRS = Domain(UNIT.grid(6), agents=2)
ALL_PAIRS = Continuum(UNIT, agents=2)
TRIPLES = Increasing(UNIT.grid(6), agents=3)
HALVES = Domain(UNIT.grid(2), agents=2)

CARD = Card(
    title="Mid-or-nearest",
    rule=MidOrNearest,
    source="Walsh, arXiv:2506.10460",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Anonymous(): "it depends on the sorted reports only",
                Unanimous(): "where all agree the median is there",
                ParetoOptimal(): "it lies between the extremes",
                Strategyproof(): "Moulin 1980: a median of reports and phantoms",
                IndividualFairShare(): "its phantoms lie between 1/n and 1 - 1/n",
            },
        ),
        *hold(
            SIXTHS,
            {
                Monotone(): "order statistics are monotone",
                ClampIdentity(): "in one report it is the report, clamped",
            },
        ),
        *hold(
            (ORDERS, ALL_TASTES),
            {
                Strategyproof(): "Moulin 1980: a median of reports and phantoms",
            },
        ),
        *hold(
            THIRDS,
            {
                GroupStrategyproof(): "Moulin 1980: medians with phantoms are group strategyproof",
            },
        ),
        *hold(
            (PAIRS, ALL_PAIRS),
            {
                UnanimousFairShare(): "for two agents it is Uniform Phantom",
                ProportionallyFair(): "for two agents it is Uniform Phantom",
            },
        ),
        *hold(
            PAIRS,
            {
                Proportional(): "for two agents it is Uniform Phantom",
            },
        ),
        Fails(
            StrictlyMonotone(),
            Increase(Instance(UNIT, (Fraction(0), Fraction(1, 2))), agent=0, report=Fraction(1, 2)),
            violation=Fraction(1),
        ),
        Fails(
            UnanimousFairShare(),
            LikeMinded(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))), type_=Fraction(0), size=2
            ),
            violation=Fraction(1, 6),
        ),
        Fails(
            Proportional(),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(1),
                above=True,
            ),
            violation=Fraction(1, 6),
        ),
        Fails(
            StronglyProportional(),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(1, 2))),
                low=Fraction(0),
                high=Fraction(1, 2),
                above=True,
            ),
            violation=Fraction(1, 4),
        ),
        Fails(
            ProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(0),
                size=2,
                member=Fraction(0),
            ),
            violation=Fraction(1, 6),
        ),
        Fails(
            StronglyProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0), Fraction(1, 2))),
                low=Fraction(0),
                high=Fraction(0),
                size=1,
                member=Fraction(0),
            ),
            violation=Fraction(1, 4),
        ),
        Ratio(
            TotalCost(),
            Fraction(2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="any strategyproof rule with individual fair share: n - 1",
        ),
        Ratio(
            MaxCost(),
            Fraction(2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="Procaccia, Tennenholtz: 2 is best for strategyproof rules",
        ),
        Ratio(
            SquaredCost(),
            Fraction(3),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="n",
        ),
        Ratio(
            Utilitarian(),
            Fraction(4, 3),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="2 - 2/n",
        ),
        Ratio(
            Egalitarian(),
            Fraction(3, 2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 2))),
            TRIPLES,
            because="3/2 is best for strategyproof rules",
        ),
        Ratio(
            ComplementedGini(),
            Fraction(6, 5),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 2))),
            TRIPLES,
            because="1/(1 - b(1 - b)/(1 + b)) for a share b of the agents in the middle",
        ),
        NoRuleSatisfies(
            (Strategyproof(), Approximates(Gini())),
            HALVES,
            because="arXiv:2506.10460: no strategyproof rule bounds the Gini index itself",
        ),
        LeastRatio(
            Egalitarian(),
            (Strategyproof(),),
            HALVES,
            Fraction(3, 2),
            because="on the line too: where y = f(0, 1) is 1/2 or more, f(0, y) = y",
        ),
        LeastRatio(
            ComplementedGini(),
            (Strategyproof(),),
            HALVES,
            Fraction(6, 5),
            because="on the line too: where y = f(0, 1) is 1/2 or more, f(0, y) = y",
        ),
    ),
)
