"""Uniform Phantom: the median of the reports and of the phantoms 1/n, 2/n, ..., (n-1)/n.

The one strategyproof mechanism that gives every like-minded group its fair share.
"""

from mechsim import (
    Anonymous,
    Domain,
    ExAnte,
    ExPost,
    Line,
    Strategyproof,
    UnanimousFairShare,
    Universally,
)
from mechsim.catalogue import Card, Holds
from mechsim.facility import UniformPhantom

SIXTHS = Domain(Line(0, 1).grid(6), agents=3)
QUARTERS = Domain(Line(0, 1).grid(4), agents=4)
SURVEY = Domain(Line(1, 7).grid(6), agents=3)

CARD = Card(
    title="Uniform Phantom",
    rule=UniformPhantom,
    source="Aziz, Lam, Lee, Walsh, arXiv:2111.01566",
    claims=(
        Holds(Anonymous(), SIXTHS, because="it depends on the sorted reports only"),
        Holds(Universally(Anonymous()), SIXTHS, because="it draws one rule, which is anonymous"),
        Holds(Strategyproof(), SIXTHS, because="Moulin 1980: a median of reports and phantoms"),
        Holds(Strategyproof(), QUARTERS, because="Moulin 1980"),
        Holds(Strategyproof(), SURVEY, because="Moulin 1980; the unit of length is immaterial"),
        Holds(Universally(Strategyproof()), SIXTHS, because="it draws one strategyproof rule"),
        Holds(ExPost(UnanimousFairShare()), SIXTHS, because="arXiv:2111.01566"),
        Holds(ExPost(UnanimousFairShare()), QUARTERS, because="arXiv:2111.01566"),
        Holds(
            ExPost(UnanimousFairShare()),
            SURVEY,
            because="arXiv:2111.01566, scaled to seven-point answers",
        ),
        Holds(ExAnte(UnanimousFairShare()), SIXTHS, because="it holds ex post"),
    ),
)
