"""Races of position auctions: against one read of the matrix, scipy, and payments by re-solving."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from mechsim.auctions import GSP
from mechsim.preferences import Positions

from .limit import FloatArray, Race, stream

SCIPY = "scipy's linear_sum_assignment, welfare only"
AGAIN = "scipy, solved again without each winner"


def assign(weights: FloatArray, most: int) -> tuple[Any, FloatArray]:
    """Positions and all VCG payments of each auction: (batch, bidders, positions) weights."""
    from mechsim.auctions import _assignment_kernels

    shape = weights.shape[:2]
    position, paid = np.empty(shape, np.int64), np.empty(shape)
    _assignment_kernels.assign_all(weights, np.ones(shape), most, position, paid)
    return position, paid


def multinomial(table: FloatArray, bids: FloatArray, most: int) -> int:
    """Welfare and all VCG payments of the multinomial model; how many matchings of all bidders."""
    from mechsim.auctions import _winner_kernels

    filled = np.empty(bids.shape, np.int64), np.empty(bids.shape), np.empty(bids.shape)
    return _winner_kernels.harm(True, table, bids, most, *filled)


def scipy_welfare(weights: FloatArray) -> float:
    """The best assignment of each auction, no payments."""
    from scipy.optimize import linear_sum_assignment

    total = 0.0
    for one in weights:
        rows, columns = linear_sum_assignment(one, maximize=True)
        total += float(one[rows, columns].sum())
    return total


def scipy_again(weights: FloatArray) -> float:
    """The best assignment, and one more without each winner: what a payment is by definition."""
    from scipy.optimize import linear_sum_assignment

    total = 0.0
    for one in weights:
        rows, columns = linear_sum_assignment(one, maximize=True)
        best = float(one[rows, columns].sum())
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
            others = one.copy()
            others[i] = 0.0
            row, column = linear_sum_assignment(others, maximize=True)
            total += float(others[row, column].sum()) - best + float(one[i, j])
    return total


def sort_rows(bids: FloatArray) -> FloatArray:
    """The textbook's way to a batch of GSP auctions: sort every row."""
    order = np.argsort(-bids, axis=1)[:, :5]
    prices: FloatArray = np.take_along_axis(bids, order, axis=1)[:, 1:]
    return prices * np.array([0.4, 0.3, 0.2, 0.1])


def races(quick: bool) -> Iterator[Race]:
    """One large auction with all payments, batches of small ones, GSP, the multinomial model."""
    rng = np.random.default_rng(7)
    sizes = [(10_000, 4), (10_000, 20)] if quick else [(1_000, 20), (10_000, 4), (10_000, 20)]
    if not quick:
        sizes += [(100_000, 4), (100_000, 20), (10_000, 50)]
    for bidders, positions in sizes:
        weights = rng.random((1, bidders, positions))
        job = f"assignment of {bidders:,} x {positions}, all VCG payments"
        ours = partial(assign, weights, positions)
        yield Race(job, ours, "one read", stream(weights), 3 if positions <= 20 else 5, limit=True)
        if bidders >= 10_000:
            yield Race(job, ours, SCIPY, partial(scipy_welfare, weights), 5)
        if bidders == 10_000 and positions <= 20:
            yield Race(job, ours, AGAIN, partial(scipy_again, weights), 30, rounds=3)
    batch = rng.random((2_000 if quick else 20_000, 10, 4))
    job = f"{len(batch):,} assignments of 10 x 4, all VCG payments"
    yield Race(job, partial(assign, batch, 4), AGAIN, partial(scipy_again, batch), 25, rounds=3)
    bids = rng.random((100_000, 10))
    auction = GSP(Positions((Fraction(2, 5), Fraction(3, 10), Fraction(1, 5), Fraction(1, 10))))
    job = f"{len(bids):,} GSP auctions of 10 x 4"
    sell = partial(auction.of_batch, bids)
    yield Race(job, sell, "one read of bids and payments", stream(np.tile(bids, 2)), 10, limit=True)
    yield Race(job, sell, "numpy, rows sorted", partial(sort_rows, bids), 2)
    bidders = 10_000 if quick else 100_000
    table, values = rng.random((1, bidders, 20)), rng.exponential(size=(1, bidders))
    yield Race(
        f"multinomial model, {bidders:,} x 20, welfare and all VCG payments",
        partial(multinomial, table, values, 20),
        "one read",
        stream(table),
        46,
        limit=True,
    )
