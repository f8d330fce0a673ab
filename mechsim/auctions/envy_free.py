r"""Envy-free equilibria of the generalized second price, also called symmetric.

Bidders are in the order of :math:`w_k = v_k q_k`, and position :math:`k` costs, per unit of effect,
the next score, :math:`p_k = s_{k+1}`.  Prices are envy-free if nobody would rather have another
position at its price,

.. math:: (w_k - p_k)\,\alpha_k \ \ge\ (w_k - p_l)\,\alpha_l \qquad \forall k, l,

with :math:`\alpha_k = 0` below the last position.  Scores that bring them about are a Nash
equilibrium, as moving down costs what is there and moving up more.  They are a polyhedron; its
lowest and highest points are

.. math:: \alpha_{k-1} s_k = \alpha_k s_{k+1} + w_k (\alpha_{k-1} - \alpha_k), \qquad
          \alpha_{k-1} s_k = \alpha_k s_{k+1} + w_{k-1} (\alpha_{k-1} - \alpha_k),

and the revenue of the lowest is that of VCG.

References
----------
Varian. Position auctions. International Journal of Industrial Organization 25, 2007.
Edelman, Ostrovsky, Schwarz. Internet advertising and the generalized second-price auction.
American Economic Review 97, 2007.
"""

from fractions import Fraction
from typing import Any

from .._numbers import Number
from ..preferences.bidders import Bids
from ..preferences.positions import Positions
from ..program import Draft, Optimum, Terms
from ._ranking import ranking, scores


def envy_free_bids(setting: Positions, values: Any, *, highest: bool = False) -> Bids:
    """The lowest or the highest envy-free bids, for each bidder, if clicks are worth ``values``.

    Who gets no position bids its value in the lowest; the first bids its value, or twice that where
    the second bids as much.  Where two of the highest scores are equal, ties must go to whom a
    click is worth more for them to be an equilibrium.

    Examples
    --------
    >>> setting = Positions((Fraction(1, 2), Fraction(3, 10), Fraction(1, 10)))
    >>> print(*envy_free_bids(setting, (10, 8, 5, 3)))
    10 29/5 13/3 3
    >>> print(*envy_free_bids(setting, (10, 8, 5, 3), highest=True))
    10 41/5 7 5
    """
    worth = setting.read(values)
    order = ranking(setting, worth)
    w = [scores(setting, worth)[agent] for agent in order]
    effects = [*setting.effects[: len(w)], Fraction(0)]
    score: list[Number] = list(w)
    below: Number = Fraction(0)  # alpha_k s_{k+1}, from the bottom
    for k in range(min(len(w) - 1, len(effects) - 1), 0, -1):
        step = effects[k - 1] - effects[k]
        below += (w[k - 1] if highest else w[k]) * step
        score[k] = below / effects[k - 1]
    if len(score) > 1:
        score[0] = w[0] if w[0] > score[1] else 2 * w[0]
    bids: list[Number] = [Fraction(0)] * len(worth)
    for agent, s in zip(order, score, strict=True):
        bids[agent] = s / setting.quality(agent)
    return tuple(bids)


def envy_free_revenue(setting: Positions, values: Any, *, highest: bool = False) -> Optimum:
    """The lowest or the highest revenue of envy-free prices: a program, solved and certified.

    Examples
    --------
    >>> setting = Positions((Fraction(1, 2), Fraction(3, 10), Fraction(1, 10)))
    >>> lowest, highest = (
    ...     envy_free_revenue(setting, (10, 8, 5, 3), highest=high).value for high in (False, True)
    ... )
    >>> print(lowest, highest)
    9/2 67/10
    """
    worth = setting.read(values)
    order = ranking(setting, worth)
    w = [Fraction(scores(setting, worth)[agent]) for agent in order]
    effects = [Fraction(effect) for effect in setting.effects[: len(w)]]
    draft = Draft()
    sold = range(len(effects))
    price = draft.variables("p[{position}]", ([str(k) for k in sold],))
    for k in range(len(w)):
        own = effects[k] if k < len(effects) else Fraction(0)
        who = setting.name(order[k])
        for other in sold:
            if other != k:
                terms = [Terms(price[[other]], [effects[other]])]
                if own:
                    terms.append(Terms(price[[k]], [-own]))
                gain = w[k] * (effects[other] - own)
                draft.at_least(f"{who} does not envy position {other}", (), gain, *terms)
        if own:
            draft.at_most(f"{who} would not rather have none", (), w[k], Terms(price[[k]]))
    if len(w) <= len(setting.effects):  # nobody is below the last
        draft.at_most("nobody is below the last position", (), 0, Terms(price[[-1]]))
    revenue = Terms(price, effects)
    program = draft.maximize(revenue) if highest else draft.minimize(revenue)
    found = program.solve()
    assert isinstance(found, Optimum)  # the recursion is feasible
    return found
