r"""Scoring rules made to measure: the strongest incentive for an effort, and the cheapest.

An effort brings the posterior :math:`q_k` with probability :math:`w_k`; without it the belief stays
at the prior :math:`d = \sum_k w_k q_k`.  A rule is a menu: who reports :math:`q_k` is paid
:math:`S_k(\theta)`.  Honesty is best if :math:`q_k \cdot S_k \ge q_k \cdot S_l`, and who makes no
effort gets :math:`u_0 = \max_k d \cdot S_k`.

*Strongest*, for scores in [0, 1]: :math:`\max \sum_k w_k\, q_k \cdot S_k - u_0`.  For two states
the optimum is a bet, with gain :math:`E(q - d)^+ / \max(d, 1 - d)`.

*Cheapest*, for scores from 0 and an effort that costs :math:`c`: :math:`\min \sum_k w_k\, q_k \cdot
S_k` such that the gain is at least :math:`c`.  With :math:`g = c / (E \max_\theta q_\theta /
d_\theta - 1)` it is :math:`c + g`, by the function :math:`g \max_\theta q_\theta / d_\theta`.

References
----------
Li, Hartline, Shan, Wu. Optimization of Scoring Rules. EC 2022.
Papireddygari, Waggoner. Contracts with Information Acquisition, via Scoring Rules. EC 2022.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .._numbers import Number, real, show
from .._tables import Table
from ..preferences.beliefs import Belief, expect
from ..program import Draft, Infeasible, Optimum, Terms
from .scoring import MaxAffine


@dataclass(frozen=True, eq=False, repr=False)
class Menu:
    """What each posterior that is reported earns in each state, with the proof that it is best.

    Parameters
    ----------
    posteriors : tuple of beliefs
    scores : tuple of tuples of Fraction
        One row a posterior, one number a state.
    value : Fraction
        The gain of the effort, or what it costs the principal.
    optimum : Optimum
        The linear program, solved and certified.
    """

    posteriors: tuple[Belief, ...]
    scores: tuple[tuple[Fraction, ...], ...]
    value: Fraction
    optimum: Optimum

    def earned(self, belief: Belief, reported: int, /) -> Number:
        """What somebody with a belief expects from reporting a posterior, by its place."""
        found: Number = expect(belief, self.scores[reported])
        return found

    @property
    def convex(self) -> MaxAffine:
        """The function whose scoring rule pays what the menu does in expectation, if not by state.

        Of bets that a belief likes equally the rule pays the first, and the menu the one made for
        it.
        """
        return MaxAffine(self.scores)

    def table(self) -> Table:
        """One row a posterior."""
        rows = (
            (", ".join(map(show, q)), ", ".join(map(show, s)))
            for q, s in zip(self.posteriors, self.scores, strict=True)
        )
        return Table(("reported", "earns in each state"), tuple(rows))

    def __str__(self) -> str:
        return f"{show(self.value)}\n\n{self.table()}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<p>{show(self.value)}</p>{self.table()._repr_html_()}"


def strongest_incentive(posteriors: Sequence[Belief], weights: Sequence[Fraction]) -> Menu:
    """The menu of scores in [0, 1] under which the effort gains most.

    Parameters
    ----------
    posteriors : sequence of beliefs
        Exact, one probability a state.
    weights : sequence of Fraction
        How likely each is, with total 1.

    Examples
    --------
    >>> tenth, half = Fraction(1, 10), Fraction(1, 2)
    >>> strongest_incentive([(tenth, 9 * tenth), (9 * tenth, tenth)], [half, half]).value
    Fraction(2, 5)
    """
    return _solve(posteriors, weights, None)


def cheapest_incentive(
    posteriors: Sequence[Belief], weights: Sequence[Fraction], cost: Number
) -> Menu:
    """The menu of scores from 0 that makes an effort worth its cost for the least payment.

    Raises
    ------
    ValueError
        If the cost is not positive, or no posterior differs from the prior.

    Examples
    --------
    >>> tenth, half = Fraction(1, 10), Fraction(1, 2)
    >>> cheapest_incentive([(tenth, 9 * tenth), (9 * tenth, tenth)], [half, half], 1).value
    Fraction(9, 4)
    """
    cost = real(cost, "cost")
    if cost <= 0:
        raise ValueError(f"cost is {show(cost)}: it must be positive")
    return _solve(posteriors, weights, Fraction(cost))


def _solve(
    posteriors: Sequence[Belief], weights: Sequence[Fraction], cost: Fraction | None
) -> Menu:
    beliefs, shares = _read(posteriors, weights)
    many, states = len(beliefs), len(beliefs[0])
    prior = [sum(w * q[t] for w, q in zip(shares, beliefs, strict=True)) for t in range(states)]
    draft, names = Draft(), [str(k) for k in range(many)]
    high = None if cost is not None else 1
    score = draft.variables("{posterior} earns in {state}", (names, range(states)), high=high)
    idle = draft.variables("earned without effort", low=None)
    q = np.array(beliefs, dtype=object)
    pairs = [(k, other) for k in range(many) for other in range(many) if k != other]
    if pairs:
        k, other = (np.array(side) for side in zip(*pairs, strict=True))
        row = np.arange(len(pairs))[:, None]
        draft.at_least(
            "{0} does not rather report {1}",
            (k.tolist(), other.tolist()),
            0,
            Terms(score[k], q[k], row),
            Terms(score[other], -q[k], row),
        )
    draft.at_least(
        "without effort {0} is no better",
        (names,),
        0,
        Terms(idle, 1, np.arange(many)),
        Terms(score, [[-p for p in prior]] * many, np.arange(many)[:, None]),
    )
    paid = Terms(score, [[w * p for p in b] for w, b in zip(shares, beliefs, strict=True)])
    if cost is None:
        found: Any = draft.maximize(paid, Terms(idle, -1)).solve()
    else:
        gain = (paid, Terms(idle, -1))
        draft.at_least("the effort is worth its cost", (), cost, *gain)
        found = draft.minimize(paid).solve()
    if isinstance(found, Infeasible):
        raise ValueError("posteriors are all the prior: no scores make an effort worth its cost")
    point = found.primal
    rows = tuple(tuple(point[int(c)] for c in row) for row in score)
    return Menu(beliefs, rows, Fraction(found.value), found)


def _read(
    posteriors: Sequence[Belief], weights: Sequence[Fraction]
) -> tuple[tuple[Belief, ...], tuple[Fraction, ...]]:
    beliefs = tuple(tuple(Fraction(real(p, "posteriors")) for p in row) for row in posteriors)
    shares = tuple(Fraction(real(w, "weights")) for w in weights)
    if len(beliefs) != len(shares) or not beliefs:
        raise ValueError(
            f"weights has {len(shares)} entries: it must have one for each of {len(beliefs)} "
            "posteriors, one at least"
        )
    for k, row in enumerate(beliefs):
        if len(row) != len(beliefs[0]) or min(row) < 0 or sum(row) != 1:
            raise ValueError(
                f"posteriors[{k}] is ({', '.join(map(show, row))}): it must be "
                f"{len(beliefs[0])} probabilities with total 1"
            )
    if min(shares) < 0 or sum(shares) != 1:
        raise ValueError(f"weights sum to {show(sum(shares))}: they must be probabilities")
    return beliefs, shares
