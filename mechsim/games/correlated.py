r"""Correlated and coarse correlated equilibria, by linear programming.

A mediator draws an action profile from :math:`p` and tells every player its own action.  In a
**correlated equilibrium** nobody gains by another action than the one that is told:

.. math:: \sum_{a_{-i}} p(a)\,[u_i(a_i, a_{-i}) - u_i(b, a_{-i})] \ge 0
          \quad\text{for all } i, a_i, b;

in a **coarse** one nobody gains by an action that is chosen before anything is told:
:math:`\sum_a p(a)\,[u_i(a) - u_i(b, a_{-i})] \ge 0` for all :math:`i, b`.

References
----------
Aumann. Subjectivity and Correlation in Randomized Strategies. J. of Mathematical Economics 1, 1974.
Moulin, Vial. Strategically Zero-Sum Games. International Journal of Game Theory 7, 1978.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .._numbers import real, show
from .._tables import Table
from ..program import Draft, Optimum, Terms
from .game import Actions, Game


@dataclass(frozen=True)
class Correlated:
    """The best correlated equilibrium, and the proof that none is better.

    Parameters
    ----------
    game : Game
    probability : mapping of action profiles to Fractions
        Those that are drawn.
    optimum : Optimum
        The solved program, whose multipliers prove the value.
    coarse : bool
    """

    game: Game
    probability: dict[Actions, Fraction]
    optimum: Optimum
    coarse: bool

    @property
    def value(self) -> Fraction:
        """The objective."""
        return self.optimum.value

    def expected(self) -> tuple[Fraction, ...]:
        """What each player gets."""
        tables = self.game.payoffs
        return tuple(
            sum((p * Fraction(table[a]) for a, p in self.probability.items()), Fraction(0))
            for table in tables
        )

    def __str__(self) -> str:
        kind = "coarse correlated" if self.coarse else "correlated"
        rows = ((self.game.tell(a), show(p)) for a, p in self.probability.items())
        table = Table(("actions", "probability"), tuple(rows))
        return f"the best {kind} equilibrium, of value {show(self.value)}\n{table}"


Objective = Callable[[tuple[Any, ...]], Any]
"""Payoffs of all players to a number."""


def correlated_equilibrium(game: Game, objective: Objective = sum) -> Correlated:
    """The correlated equilibrium with the largest expected objective, by default the sum.

    Payoffs enter exactly, floats as the fractions that they are; so the value is exact, and its
    certificate is that of any `Program`.

    Examples
    --------
    >>> print(correlated_equilibrium(Game.symmetric([[6, 2], [7, 0]], ("yield", "dare"))))
    the best correlated equilibrium, of value 21/2
    actions       probability
    ------------  -----------
    yield, yield          1/2
    yield, dare           1/4
    dare, yield           1/4
    """
    return _best(game, objective, coarse=False)


def coarse_correlated_equilibrium(game: Game, objective: Objective = sum) -> Correlated:
    """The coarse correlated equilibrium with the largest expected objective."""
    return _best(game, objective, coarse=True)


def _best(game: Game, objective: Objective, coarse: bool) -> Correlated:
    profiles = list(game.profiles())
    draft = Draft()
    drawn = draft.variables("p[{actions}]", ([game.tell(a) for a in profiles],))
    draft.equal("probabilities sum to one", (), 1, Terms(drawn))
    for player in range(len(game.payoffs)):
        for name, losses in _constraints(game, player, coarse):
            places = np.flatnonzero(np.array([bool(x) for x in losses]))
            if len(places):
                draft.at_least(name, (), 0, Terms(drawn[places], [losses[k] for k in places]))
    tables = game.payoffs
    weights = [_exact(objective(tuple(table[a] for table in tables))) for a in profiles]
    found = draft.maximize(Terms(drawn, weights)).solve()
    assert isinstance(found, Optimum)  # a finite game has an equilibrium
    chances = [found.at(int(column)) for column in drawn.ravel()]
    kept = {a: p for a, p in zip(profiles, chances, strict=True) if p}
    return Correlated(game, kept, found, coarse)


def _constraints(game: Game, player: int, coarse: bool) -> Iterator[tuple[str, list[Fraction]]]:
    """For each deviation its name, and what is lost by it at each action profile."""
    table, names = game.payoffs[player], game.actions[player]
    profiles = list(game.profiles())

    def loss(actions: Actions, other: int) -> Fraction:
        changed = (*actions[:player], other, *actions[player + 1 :])
        return _exact(table[actions]) - _exact(table[changed])

    who = game.players[player]
    for other, instead in enumerate(names):
        if coarse:
            yield f"{who} always plays {instead}", [loss(a, other) for a in profiles]
            continue
        for told, action in enumerate(names):
            if told != other:
                losses = [loss(a, other) if a[player] == told else Fraction(0) for a in profiles]
                yield f"{who} plays {instead} when told {action}", losses


def _exact(number: Any) -> Fraction:
    return Fraction(real(number, "a payoff"))
