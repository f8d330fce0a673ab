r"""Bayesian persuasion: what to tell a receiver who knows how one decides what to tell.

The sender recommends action :math:`a` in state :math:`\theta` with probability
:math:`x(a \mid \theta)`, and the receiver does best to follow:

.. math:: \max \sum_{\theta, a} \mu(\theta)\, x(a \mid \theta)\, v(a, \theta)
          \quad\text{s.t.}\quad
          \sum_\theta \mu(\theta)\, x(a \mid \theta) \bigl(u(a, \theta) - u(a', \theta)\bigr) \ge 0.

References
----------
Kamenica, Gentzkow. Bayesian Persuasion. American Economic Review 101, 2011.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .._numbers import Number, real, show
from .._tables import Table
from ..program import Draft, Optimum, Terms
from ..program.families import literal
from .decision import Decision


@dataclass(frozen=True, eq=False, repr=False)
class Persuasion:
    """What is recommended in each state, and the proof that nothing serves the sender better.

    Parameters
    ----------
    actions : tuple of str
    recommends : tuple of tuples of Fraction
        One row a state, one probability an action.
    value : Fraction
        What the sender expects.
    optimum : Optimum
    """

    actions: tuple[str, ...]
    recommends: tuple[tuple[Fraction, ...], ...]
    value: Fraction
    optimum: Optimum

    def table(self) -> Table:
        """One row a state."""
        rows = ((str(t), *map(show, row)) for t, row in enumerate(self.recommends))
        return Table(("state", *self.actions), tuple(rows))

    def __str__(self) -> str:
        return f"{show(self.value)}\n\n{self.table()}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<p>{show(self.value)}</p>{self.table()._repr_html_()}"


def persuade(prior: Sequence[Number], receiver: Decision, sender: Decision) -> Persuasion:
    """The best recommendations for the sender.

    Parameters
    ----------
    prior : sequence of Fraction
        One positive probability a state.
    receiver, sender : Decision
        What the actions, the same for both, are worth to each.

    Examples
    --------
    >>> guess = Decision.guess(("innocent", "guilty"))
    >>> convict = Decision(guess.actions, ((0, 0), (1, 1)))
    >>> persuade((Fraction(7, 10), Fraction(3, 10)), guess, convict).value
    Fraction(3, 5)
    """
    mu = [Fraction(real(p, f"prior[{k}]")) for k, p in enumerate(prior)]
    if not mu or min(mu) <= 0 or sum(mu) != 1:
        raise ValueError(f"prior sums to {show(sum(mu))}: it must be positive, with total 1")
    if receiver.actions != sender.actions:
        raise ValueError(f"sender has the actions {sender.actions}: receiver, {receiver.actions}")
    for name, one in (("receiver", receiver), ("sender", sender)):
        if len(one.utility[0]) != len(mu):
            raise ValueError(f"{name} has {len(one.utility[0])} states: prior has {len(mu)}")
    draft, states = Draft(), range(len(mu))
    actions = receiver.actions
    x = draft.variables("recommends {action} in state {state}", (actions, list(states)))
    each = np.arange(len(mu))[:, None]
    draft.equal("recommends something in state {0}", (list(states),), 1, Terms(x.T, 1, each))
    pairs = [(a, b) for a in range(len(actions)) for b in range(len(actions)) if a != b]
    for a, b in pairs:
        gain = [
            p * (Fraction(receiver.utility[a][t]) - Fraction(receiver.utility[b][t]))
            for t, p in enumerate(mu)
        ]
        name = literal(f"told {actions[a]}, does not rather {actions[b]}")
        draft.at_least(name, (), 0, Terms(x[a], gain))
    worth = np.array(
        [[p * Fraction(v) for p, v in zip(mu, row, strict=True)] for row in sender.utility],
        dtype=object,
    )
    found: Any = draft.maximize(Terms(x, worth)).solve()
    assert isinstance(found, Optimum)  # to tell all is feasible
    rows = tuple(tuple(found.primal[int(c)] for c in column) for column in x.T)
    return Persuasion(actions, rows, Fraction(found.value), found)
