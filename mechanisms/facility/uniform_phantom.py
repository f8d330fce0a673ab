"""Uniform Phantom: the median of the reports and of the phantoms 1/n, 2/n, ..., (n-1)/n.

The one strategyproof mechanism that gives every like-minded group its fair share.  It divides the
line, not the stretch between two groups: strong proportionality fails.
"""

from fractions import Fraction

from mechsim import (
    Anonymous,
    Domain,
    ExAnte,
    Instance,
    Line,
    SinglePeaked,
    Strategyproof,
    UnanimousFairShare,
)
from mechsim.axioms import (
    ByDistance,
    ClampIdentity,
    GroupStrategyproof,
    Increase,
    IndividualFairShare,
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
    Contradicted,
    Fails,
    Floor,
    Increasing,
    OnlyRule,
    Open,
    Ratio,
    SoManyRules,
    hold,
)
from mechsim.facility import Mean, UniformPhantom
from mechsim.objectives import (
    ComplementedGini,
    Egalitarian,
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
QUARTERS = Domain(UNIT.grid(4), agents=4)
SURVEY = Domain(Line(1, 7).grid(6), agents=3)
TRIPLES = Increasing(UNIT.grid(6), agents=3)
PAIRS = Domain(Line(0, 1, tastes=SinglePeaked()).grid(4), agents=2)
TRIOS = Domain(Line(0, 1, tastes=SinglePeaked()).grid(3), agents=3)
NEARNESS = Domain(UNIT.grid(4), agents=2)

CARD = Card(
    title="Uniform Phantom",
    rule=UniformPhantom,
    source="Aziz, Lam, Lee, Walsh, arXiv:2111.01566",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Anonymous(): "it depends on the sorted reports only",
                Unanimous(): "where all agree the median is there",
                ParetoOptimal(): "it lies between the extremes",
                Strategyproof(): "Moulin 1980: a median of reports and phantoms",
                IndividualFairShare(): "it satisfies UFS",
                UnanimousFairShare(): "arXiv:2111.01566",
                ProportionallyFair(): "arXiv:2111.01566",
            },
        ),
        *hold(
            SIXTHS,
            {
                Monotone(): "order statistics are monotone",
                ClampIdentity(): "in one report it is the report, clamped",
                Proportional(): "with k agents at the high end the median is k/n",
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
            QUARTERS,
            {
                Strategyproof(): "Moulin 1980",
                UnanimousFairShare(): "arXiv:2111.01566",
                ProportionallyFair(): "arXiv:2111.01566",
                Proportional(): "with k agents at the high end the median is k/n",
            },
        ),
        *hold(
            SURVEY,
            {
                Strategyproof(): "Moulin 1980; the unit of length is immaterial",
                UnanimousFairShare(): "arXiv:2111.01566, scaled to seven-point answers",
            },
        ),
        Fails(
            StrictlyMonotone(),
            Increase(Instance(UNIT, (Fraction(0), Fraction(1, 2))), agent=0, report=Fraction(1, 2)),
            violation=Fraction(1),
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
        Fails(
            ExAnte(StronglyProportionallyFair()),
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
            Fraction(6, 5),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="max over k of a/(a^2 + (1 - a)^2), a = k/n",
        ),
        Ratio(
            Egalitarian(),
            Fraction(2),
            Instance(UNIT, (Fraction(0), Fraction(2, 3), Fraction(2, 3))),
            TRIPLES,
            because="(n + 1)/2",
        ),
        Open(
            "how bad Uniform Phantom is for equality is not known; at least 1.2370 for large n",
            Ratio(
                ComplementedGini(),
                Fraction(21, 17),
                Instance(UNIT, (Fraction(0), Fraction(2, 3), Fraction(2, 3))),
            ),
            source="Walsh, arXiv:2506.10460",
        ),
        Floor(
            Utilitarian(),
            UnanimousFairShare(),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            Fraction(6, 5),
            because="so no rule that satisfies it, strategyproof or not, does better",
        ),
        Contradicted(
            "of all rules with unanimous fair share Uniform Phantom is best for total cost",
            Ratio(
                TotalCost(),
                Fraction(4, 3),
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
                TRIPLES,
                because="the mean satisfies it too, and has 2 - 2/n",
            ),
            source="arXiv:2111.01566, abstract; true of strategyproof rules",
            rule=Mean,
        ),
        *(
            OnlyRule(axioms, domain, "arXiv:2111.01566", alternatives=domain.setting.points)
            for domain in (PAIRS, TRIOS)
            for axioms in (
                (Strategyproof(), ByDistance(UnanimousFairShare())),
                (Strategyproof(), ByDistance(ProportionallyFair())),
                (Strategyproof(), Unanimous(), Proportional()),
            )
        ),
        SoManyRules(
            (Strategyproof(), UnanimousFairShare()),
            NEARNESS,
            16,
            because="on a grid more rules are strategyproof if distance is all that hurts",
            alternatives=NEARNESS.setting.points,
        ),
    ),
)
