r"""What auctions for places in generated text earn as advertisements draw clicks from each other.

**Question.**  Four places in a text are sold to six bidders, whose values of a click are uniform on
[0, 1].  Alone in place :math:`j` an advertisement is clicked with probability :math:`p_j`, odds
:math:`w_j = p_j / (1 - p_j)`; beside others,

.. math:: \mathrm{CTR}_i = \frac{w_i}{1 + w_i + s \sum_{k \ne i} w_k},

so that at substitution :math:`s = 0` nobody disturbs another, and at :math:`s = 1` users choose by
the multinomial model.  Classic auctions are blind to this, and run on the :math:`p_j`; others
believe in :math:`s = 1`.  Who is right at which :math:`s`, and what does it cost to be wrong?

**What the table answers.**  One row an auction, substitution and replicate, a mean over 250 drawn
profiles, the same for all.

- ``welfare``: what all clicks are worth; ``share``: of the best welfare at that substitution.
- ``revenue``: what the clicks bring at the price per click that the auction asks for.
- ``shown``: how many are shown on average.

Bids are those that the auction expects: the truth where it is strategyproof, the symmetric
Bayes-Nash equilibrium for the first price, and the highest envy-free equilibrium for the second.

**What is found.**  The classic auctions show four whatever happens.  Without substitution that is
best; with all of it they keep 95 % of the best welfare and lose more than half of their revenue.
Who believes in the multinomial model shows two or three, and is best from about :math:`s = 0.8` on.
The highest equilibrium of GSP earns most up to :math:`s = 0.4`; at :math:`s = 1` Myerson's auction
does, followed by the multinomial VCG auction, which needs no prior.  First price and VCG earn the
same, as they must.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from itertools import product as every
from typing import Any

import numpy as np

from mechsim.auctions import (
    GSP,
    VCG,
    FirstPrice,
    Myerson,
    OddsCascade,
    Sales,
    SponsoredVCG,
    SymmetricBids,
    envy_free_bids,
)
from mechsim.population import FloatArray
from mechsim.preferences import Cascade, Multinomial, Positions, Sponsored, values
from mechsim.studies import Results, Study, product

BIDDERS, PROFILES = 6, 250
ALONE = (Fraction(7, 10), Fraction(11, 20), Fraction(2, 5), Fraction(3, 10))
"""The probability of a click in each place, if nothing else is shown."""
ODDS: FloatArray = np.array([float(p / (1 - p)) for p in ALONE])
TABLE = (ALONE,) * BIDDERS
SEPARABLE = Positions(ALONE)
FIRST = SymmetricBids(values.Uniform(0, 1), BIDDERS, ALONE)
CHOICE = Multinomial.of_probabilities(TABLE)


def truthful(bids: FloatArray) -> FloatArray:
    """Where no lie helps."""
    return bids


def first_price_bids(bids: FloatArray) -> FloatArray:
    """The symmetric Bayes-Nash equilibrium."""
    found: FloatArray = FIRST(bids)
    return found


def highest_bids(bids: FloatArray) -> FloatArray:
    """The highest envy-free equilibrium of the generalized second price, profile by profile."""
    rows = (envy_free_bids(SEPARABLE, row, highest=True) for row in bids.tolist())
    return np.array([[float(b) for b in row] for row in rows])


@dataclass(frozen=True)
class Auction:
    """A mechanism, what it is called, and how bidders bid in it."""

    name: str
    mechanism: Any
    bid: Any = truthful

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Point:
    """Where the study measures."""

    auction: Auction
    substitution: float


def rates(positions: Any, substitution: float) -> FloatArray:
    """The clicks of each bidder, if the bidders with a position are all shown."""
    odds = np.where(positions >= 0, ODDS[positions], 0.0)
    others = odds.sum(axis=1, keepdims=True) - odds
    found: FloatArray = odds / (1 + odds + substitution * others)
    return found


def thinned_rates(sales: Sales, substitution: float) -> FloatArray:
    """The expected clicks, if each is shown with the probability that thinning says."""
    batch = np.arange(len(sales))
    holder = np.full((len(sales), len(ALONE) + 1), -1)
    for i, column in enumerate(sales.positions.T):
        holder[batch, column] = np.where(column >= 0, i, holder[batch, column])
    holder = holder[:, : len(ALONE)]
    kept = np.where(holder >= 0, 1.0, 0.0)
    left = np.ones(len(sales))
    for j in range(len(ALONE)):
        click = np.where(holder[:, j] >= 0, sales.clicks[batch, holder[:, j]], 0.0)
        kept[:, j] = click / (float(ALONE[j]) * left)
        left = left - click
    found = np.zeros(sales.clicks.shape)
    for stays in every((False, True), repeat=len(ALONE)):
        chance = np.prod(np.where(stays, kept, 1 - kept), axis=1)
        gone = (sales.positions >= 0) & ~np.array([*stays, False])[sales.positions]
        shown = np.where(gone, -1, sales.positions)
        found += chance[:, None] * rates(shown, substitution)
    return found


def best_welfare(drawn: FloatArray, substitution: float) -> FloatArray:
    """The most that clicks can be worth: higher values in better places, some places empty."""
    ranked = -np.sort(-drawn, axis=1)
    best = np.zeros(len(drawn))
    for size in range(1, len(ALONE) + 1):
        for places in combinations(range(len(ALONE)), size):
            shown = np.full(drawn.shape, -1)
            shown[:, :size] = places
            best = np.maximum(best, (ranked * rates(shown, substitution)).sum(axis=1))
    return best


def measure(point: Point, rng: np.random.Generator) -> Mapping[str, float]:
    """Means over profiles, which are drawn alike for all auctions and substitutions."""
    drawn = rng.random((PROFILES, BIDDERS))
    auction = point.auction
    sales: Sales = auction.mechanism.of_batch(auction.bid(drawn))
    if isinstance(auction.mechanism, OddsCascade):
        clicks = thinned_rates(sales, point.substitution)
    else:
        clicks = rates(sales.positions, point.substitution)
    welfare = (drawn * clicks).sum(axis=1)
    return {
        "welfare": float(welfare.mean()),
        "share": float(welfare.mean() / best_welfare(drawn, point.substitution).mean()),
        "revenue": float((sales.per_click * clicks).sum(axis=1).mean()),
        "shown": float((clicks > 0).sum(axis=1).mean()),
    }


def figure(results: Results) -> Any:
    """Welfare, its share of the best, revenue and how many are shown, against substitution."""
    from mechsim import plot

    measures = {
        "welfare": "welfare",
        "share": "share of the best\nwelfare",
        "revenue": "revenue",
        "shown": "advertisements shown",
    }
    return plot.curves(
        results.summary(), measures, along="substitution", series="auction", label="substitution"
    )


UNIFORM = values.Uniform(0, 1)
AUCTIONS = (
    Auction("first price", FirstPrice(SEPARABLE), first_price_bids),
    Auction("GSP", GSP(SEPARABLE), highest_bids),
    Auction("VCG", VCG(SEPARABLE)),
    Auction("VCG, reserve 1/2", VCG(SEPARABLE, Fraction(1, 2))),
    Auction("multinomial VCG", SponsoredVCG(Sponsored(CHOICE))),
    Auction("multinomial Myerson", Myerson(Sponsored(CHOICE, prior=UNIFORM))),
    Auction("odds cascade", OddsCascade(Sponsored(Cascade(TABLE)))),
)
POINTS = product(Point, AUCTIONS, (0.0, 0.2, 0.4, 0.6, 0.8, 1.0))
STUDY = Study(
    name="position-auctions",
    question="What do auctions earn as advertisements draw clicks from each other?",
    points=POINTS,
    measure=measure,
    replicates=60,
    common=("auction", "substitution"),
    quick_points=tuple(point for point in POINTS if point.substitution in (0.0, 1.0)),
    quick_replicates=4,
    figure=figure,
    conclusion="Who ignores substitution shows too many, and loses half its revenue as it grows.\n"
    "Where it is full, auctions that know it keep all welfare, and Myerson's earns most.",
)
