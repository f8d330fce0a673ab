r"""Elections drawn at random: ballots by a law, costs that differ by orders, a tight budget.

Costs are whole numbers, log-normal but for the rounding, and at least 1; the budget is a share of
what all projects cost together, rounded down:

.. math::
    c_j = \max\{1, \mathrm{round}(\text{median} \cdot e^{\sigma z_j})\}, \qquad
    B = \Bigl\lfloor \text{share} \cdot \sum_j c_j \Bigr\rfloor,

unless the budget is given, with :math:`z_j` standard normal and :math:`\sigma` the dispersion.
"""

import math
from fractions import Fraction
from typing import cast

import numpy as np

from .._numbers import Number, real, show, whole
from ..population import Population
from .approval_sampling import ApprovalLaw, BoolArray
from .elections import Election, Money


def draw_election(
    law: ApprovalLaw,
    projects: int,
    voters: int,
    rng: np.random.Generator,
    *,
    median: Number = 10_000,
    dispersion: Number = 1.0,
    share: Number | None = None,
    budget: Money | None = None,
) -> tuple[Election, Population]:
    """Draw an election for participatory budgeting, and its ballots, counted.

    Projects are called ``p1``, ``p2`` and so on.  O(voters x projects).

    Parameters
    ----------
    law : ApprovalLaw
        Of the ballots.
    projects, voters : int
        At least 1.
    rng : Generator
        The source of chance.  Ballots are drawn before costs.
    median : Number
        Of the costs, in any unit of money; positive.
    dispersion : Number
        Standard deviation of the logarithm of a cost, at least 0: then all cost the same, and
        with a median of 1 a committee is elected.
    share : Number, optional
        How much of what all projects cost the budget is, positive and at most 1; a third by
        default.  The budget is at least 1.
    budget : int or Fraction, optional
        The budget itself, positive, in place of ``share``.

    Raises
    ------
    ValueError
        If a parameter is out of its range, or both ``share`` and ``budget`` are given.

    Examples
    --------
    >>> from mechsim.preferences import Resampling
    >>> rng = np.random.default_rng(1)
    >>> election, ballots = draw_election(Resampling(0.3, 0.5), 20, 1_000, rng)
    >>> election
    Election of 20 projects, budget 89227
    >>> print(ballots)
    1,000 reports of 890 values
    """
    whole(projects, "projects", least=1)
    whole(voters, "voters", least=1)
    if not isinstance(cast(object, rng), np.random.Generator):
        raise ValueError(f"rng is {rng!r}: it must be a generator, as np.random.default_rng(1)")
    if share is not None and budget is not None:
        raise ValueError("share and budget are given: one of them says what the budget is")
    centre, sigma, part = (
        real(median, "median"),
        real(dispersion, "dispersion"),
        real(Fraction(1, 3) if share is None else share, "share"),
    )
    if centre <= 0:
        raise ValueError(f"median is {show(centre)}: it must be positive")
    if not 0 <= sigma <= 10:
        raise ValueError(f"dispersion is {show(sigma)}: it must lie between 0 and 10")
    if not 0 < part <= 1:
        raise ValueError(f"share is {show(part)}: it must be positive and at most 1")
    ballots = counted(law.sample(rng, (voters, projects)))
    drawn = float(centre) * np.exp(float(sigma) * rng.standard_normal(projects))
    costs = tuple(max(1, round(cost)) for cost in drawn.tolist())
    if budget is None:
        budget = max(1, math.floor(part * sum(costs)))
    return Election(tuple(f"p{c + 1}" for c in range(projects)), costs, budget), ballots


def counted(drawn: BoolArray) -> Population:
    """The rows of a (voters, projects) matrix as ballots, counted, in order of first appearance."""
    packed = np.packbits(drawn, axis=1)
    keys = np.ascontiguousarray(packed).view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, counts = np.unique(keys, return_index=True, return_counts=True)
    order = np.argsort(first)
    kept = drawn[first[order]]
    approved: list[int] = np.nonzero(kept)[1].tolist()
    ends: list[int] = np.cumsum(kept.sum(axis=1)).tolist()
    starts = [0, *ends[:-1]]
    values = tuple(frozenset(approved[a:b]) for a, b in zip(starts, ends, strict=True))
    return Population(values, tuple(counts[order].tolist()))
