r"""Trades in parts of items after which somebody is better off and nobody worse, or why none are.

Where values :math:`v_{ig}` of any sign add up, no division dominates :math:`A`, not even one that
cuts items, if and only if there are weights :math:`w_i > 0` by which every item is where it is
worth most:

.. math:: w_i v_{ig} \ge w_j v_{jg} \qquad \forall i, j,\ \forall g \in A_i.

If :math:`v_{ig}` and :math:`v_{jg}` have the same sign this bounds :math:`w_j / w_i` or
:math:`w_i / w_j` from above.  There are such weights if and only if the product of these bounds
round every cycle of agents is at least 1; where it is less, each agent on the cycle passes on as
much as makes up for what it receives, and the first is left with a gain.  O(n^2 m + n^3).

References
----------
Varian. Two problems in the theory of fairness. Journal of Public Economics 5, 1976.
Barman, Krishnamurthy, Vaish. Finding fair and efficient allocations. ACM Conference on Economics
and Computation, 2018.
Branzei, Sandomirskiy. Algorithms for competitive division of chores.
Mathematics of Operations Research 49, 2024.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import TypeAlias

from .._numbers import Number
from .improvement import require_division
from .partition import Bundles

Weights: TypeAlias = tuple[Fraction, ...]
"""By which every item is where it is worth most."""


@dataclass(frozen=True)
class Part:
    """``giver`` hands this ``part`` of ``item`` to ``taker``."""

    item: int
    giver: int
    taker: int
    part: Fraction


Trade: TypeAlias = tuple[Part, ...]
"""Parts that change hands at once."""


@dataclass(frozen=True)
class _Bound:
    """The weight of ``second`` is at most ``ratio`` times that of ``first``, because of ``item``.

    A trade makes the first lose and the second gain: the ``giver`` is the first if the item is a
    good to them, and the second if it is a chore.
    """

    first: int
    second: int
    ratio: Fraction
    item: int
    giver: int


def trade(rows: Sequence[Sequence[Number]], bundles: Bundles) -> Trade | Weights:
    """Parts of items that leave somebody better off and nobody worse, or weights that forbid it.

    Parameters
    ----------
    rows : sequence of rows
        ``rows[i][g]`` is what item g is worth to agent i, of any sign.  Floats are taken for the
        fractions that they are.
    bundles : tuple of frozenset of int
        The items, counted from 0, that each agent has; together all of them.

    Raises
    ------
    ValueError
        If there is not one bundle a row, or an item is not held exactly once.

    Examples
    --------
    >>> for part in trade([(2, 1), (3, 1)], (frozenset({0}), frozenset({1}))):
    ...     print(part.giver, "gives", part.part, "of", part.item)
    0 gives 1/3 of 0
    1 gives 1 of 1
    >>> trade([(3, 1), (2, 1)], (frozenset({0}), frozenset({1})))
    (Fraction(1, 1), Fraction(1, 1))
    """
    require_division(rows, bundles)
    exact = tuple(tuple(Fraction(value) for value in row) for row in rows)
    gift = next(_gifts(exact, bundles), None)
    if gift is not None:
        return (gift,)
    return _balanced(exact, list(_bounds(exact, bundles)))


def _gifts(rows: tuple[Weights, ...], bundles: Bundles) -> Iterator[Part]:
    """Items that somebody would rather have, and whose holder does not mind losing them."""
    for giver, taker in permutations(range(len(rows)), 2):
        for item in sorted(bundles[giver]):
            if (
                rows[giver][item] <= 0 <= rows[taker][item]
                and rows[giver][item] != rows[taker][item]
            ):
                yield Part(item, giver, taker, Fraction(1))


def _bounds(rows: tuple[Weights, ...], bundles: Bundles) -> Iterator[_Bound]:
    """Of each pair the least of the bounds on its weights."""
    least: dict[tuple[int, int], _Bound] = {}
    for holder, other in permutations(range(len(rows)), 2):
        for item in sorted(bundles[holder]):
            mine, theirs = rows[holder][item], rows[other][item]
            if mine > 0 and theirs > 0:
                bound = _Bound(holder, other, mine / theirs, item, holder)
            elif mine < 0 and theirs < 0:
                bound = _Bound(other, holder, theirs / mine, item, holder)
            else:
                continue
            pair = bound.first, bound.second
            if pair not in least or bound.ratio < least[pair].ratio:
                least[pair] = bound
    yield from least.values()


def _balanced(rows: tuple[Weights, ...], bounds: list[_Bound]) -> Trade | Weights:
    """Weights within all bounds, or the trade round a cycle of bounds that contradict each other.

    Bellman and Ford's algorithm, with products in place of sums.
    """
    weights = [Fraction(1)] * len(rows)
    binding: dict[int, _Bound] = {}
    lowered: list[int] = []
    for _ in rows:
        lowered = []
        for bound in bounds:
            allowed = bound.ratio * weights[bound.first]
            if allowed < weights[bound.second]:
                weights[bound.second] = allowed
                binding[bound.second] = bound
                lowered.append(bound.second)
        if not lowered:
            return tuple(weights)
    agent = lowered[-1]
    for _ in rows:  # back to an agent on the cycle
        agent = binding[agent].first
    cycle = [binding[agent]]
    while cycle[-1].first != agent:
        cycle.append(binding[cycle[-1].first])
    return _round(rows, cycle[::-1])


def _round(rows: tuple[Weights, ...], cycle: list[_Bound]) -> Trade:
    """What each passes on: the first loses an amount, and each other as much as it has gained."""
    amounts: list[tuple[_Bound, Fraction]] = []
    lost = Fraction(1)
    for bound in cycle:
        amounts.append((bound, lost / abs(rows[bound.first][bound.item])))
        lost /= bound.ratio
    most = max(part for _, part in amounts)
    return tuple(
        Part(
            bound.item,
            bound.giver,
            bound.second if bound.giver == bound.first else bound.first,
            part / most,
        )
        for bound, part in amounts
    )
