r"""Equal Shares in floats, compiled, as long as floats decide.

Every float comes with a bound on its distance from the exact number, so that a winner is a winner
in exact arithmetic too; where intervals overlap the kernel stops and says which projects are in
doubt.  With supporters :math:`N`, what each of them has at most :math:`e_i` away from
:math:`b_i`, and at most :math:`r` lost by adding, let

.. math:: F(\rho) = \sum_{i \in N} w_i \min(b_i, \rho), \qquad
    \bigl|F(\rho) - F^*(\rho)\bigr| \le d = r + \sum_{i \in N} w_i e_i.

:math:`F` is concave and piecewise linear.  If it reaches the cost at :math:`\rho`, where the voters
who are not out of money weigh :math:`w`, the exact price is at least :math:`\rho - d / w`; and at
most :math:`\rho + d / w`, if no voter runs out of money before that.

This module imports the compiler; import it where the kernel is called.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ..algorithms.compiled import compiled_together

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Indices: TypeAlias = npt.NDArray[np.int32]

UNIT = 2.0**-52
"""No rounding of one sum or product is larger, relative to its result; this is twice as much."""
GONE = np.inf
"""The bound of a project that is bought, or that its supporters can never pay for."""


@compiled_together
def priced(
    classes: Indices,
    weight: Floats,
    left: Floats,
    away: Floats,
    cost: float,
    least: float,
    work: Floats,
) -> tuple[float, float, float]:
    """The price of a project, with the bounds it lies between; the upper one is inf in doubt.

    The price is inf if the supporters cannot pay.  ``least`` is a lower bound of the price, and
    ``work`` is (2, supporters): their money and their weights, side by side.  One pass over the
    supporters, and one for each time that more of them turn out to have less than the price.
    """
    many = len(classes)
    total, wrong, heads = 0.0, 0.0, 0.0
    spent, paying, room = 0.0, 0.0, np.inf
    for t in range(many):
        k = int(classes[t])
        money, w = left[k], weight[k]
        work[0, t] = money
        work[1, t] = w
        held = w * money
        total += held
        wrong += w * away[k]
        heads += w
        out = money < least
        spent += held if out else 0.0
        paying += 0.0 if out else w
        room = min(room, np.inf if out else money)
    lost = wrong + (many + 4) * UNIT * (total + cost)
    if total + lost < cost:
        return np.inf, np.inf, np.inf
    if total - lost <= cost:
        return least, least, np.inf
    while True:
        if paying <= 0.0 or spent >= cost:
            return least, least, np.inf
        price = (cost - spent) / paying
        if room >= price:
            break
        before = paying
        spent, paying, room = 0.0, 0.0, np.inf
        for t in range(many):
            money, w = work[0, t], work[1, t]
            out = money < price
            spent += w * money if out else 0.0
            paying += 0.0 if out else w
            room = min(room, np.inf if out else money)
        if paying == before:
            break
    off = lost / paying + 4 * UNIT * price
    return price, price - off, price + off if price + off <= room else np.inf


@compiled_together
def buy(
    starts: Ints,
    classes: Indices,
    weight: Floats,
    cost: Floats,
    worth: Floats,
    left: Floats,
    away: Floats,
    least: Floats,
    bought: Ints,
    work: Floats,
) -> tuple[int, bool]:
    """Buy while one project is certainly the cheapest.

    Returns how many were bought, and whether something may still be for sale.

    Parameters
    ----------
    starts, classes : the supporters of each project, as of `Approvals.by_project`
    weight : (classes,) float64
        How many voters each class has.
    cost, worth : (projects,) float64
        Money, and what a project is worth to a supporter: prices are per worth.
    left, away : (classes,) float64
        What each voter has, and how far that is from exact at most; updated.
    least : (projects,) float64
        A lower bound of each price, `GONE` of what is not for sale; updated.
    bought : (projects,) int64
        What is bought, in order; filled.
    work : (2, largest number of supporters) float64
    """
    count = 0
    projects = len(cost)
    most = np.empty(projects)
    about = np.empty(projects)
    while True:
        most[:] = np.inf
        cheapest, doubtful = np.inf, np.inf
        fresh = np.zeros(projects, np.bool_)
        while True:
            c, lowest = -1, np.inf
            for d in range(projects):
                if least[d] < lowest and not fresh[d]:
                    c, lowest = d, least[d]
            if c < 0 or lowest > cheapest or lowest >= doubtful:
                break
            fresh[c] = True
            who = classes[starts[c] : starts[c + 1]]
            price, low, high = priced(
                who, weight, left, away, cost[c], lowest * worth[c] * (1.0 - 4 * UNIT), work
            )
            if price == np.inf:
                least[c] = GONE
                continue
            least[c] = max(least[c], low / worth[c] * (1.0 - 4 * UNIT))
            most[c] = high / worth[c] * (1.0 + 4 * UNIT)
            about[c] = price
            cheapest = min(cheapest, most[c])
            if high == np.inf:
                doubtful = min(doubtful, least[c])
        rivals, c, waiting = 0, -1, False
        for d in range(projects):
            waiting |= least[d] < GONE
            if least[d] <= cheapest and least[d] < GONE:
                rivals, c = rivals + 1, d
        if rivals != 1 or cheapest == np.inf:
            return count, waiting
        off = most[c] * worth[c] - about[c]
        sure = about[c] - off
        for t in range(starts[c], starts[c + 1]):
            k = int(classes[t])
            if left[k] + away[k] <= sure:
                left[k], away[k] = 0.0, 0.0
            else:
                away[k] += off + UNIT * (left[k] + about[c])
                left[k] = max(left[k] - about[c], 0.0)
        least[c] = GONE
        bought[count] = c
        count += 1
