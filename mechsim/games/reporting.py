"""The game in which agents choose what to report to a mechanism."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from .._numbers import show
from .._text import brief
from ..mechanism import Playable, play
from ..setting import Setting, utility
from .game import Game


def reporting_game(
    mechanism: Playable, setting: Setting, types: Sequence[Any], reports: Sequence[Sequence[Any]]
) -> Game:
    """What agents of these types get by each combination of reports, in expectation.

    Parameters
    ----------
    mechanism : rule or mechanism
    setting : Setting
        Its ``value`` says what an agent of a type gets; payments are subtracted.
    types : sequence, one an agent
        What they are like, whatever they say.
    reports : for each agent, the reports among which it chooses

    Returns
    -------
    Game
        The mechanism is played once for each of the product of the reports.  Payoffs are exact
        where values are.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from mechsim import Line
    >>> from mechsim.facility import Mean
    >>> from mechsim.games import pure_equilibria
    >>> grid = [Fraction(k, 4) for k in range(5)]
    >>> game = reporting_game(Mean(), Line(0, 1), [grid[1], grid[4]], [grid, grid])
    >>> [game.tell(actions) for actions in pure_equilibria(game)]
    ['0, 1']
    """
    if len(types) != len(reports):
        raise ValueError(f"reports has {len(reports)} entries: there are {len(types)} types")
    shape = tuple(map(len, reports))
    tables = [np.empty(shape, dtype=object) for _ in types]
    for place in product(*map(range, shape)):
        said = tuple(choices[k] for choices, k in zip(reports, place, strict=True))
        lottery = play(mechanism, said)
        for agent, type_ in enumerate(types):

            def worth(outcome: Any, agent: int = agent, type_: Any = type_) -> Any:
                return utility(setting, agent, type_, outcome)

            tables[agent][place] = lottery.expect(worth)
    names = tuple(tuple(_name(report) for report in choices) for choices in reports)
    return Game(tuple(tables), names, tuple(getattr(setting, "agents", ())) or ())


def _name(report: Any) -> str:
    return (
        show(report)
        if isinstance(report, (int, float)) or hasattr(report, "numerator")
        else brief(report)
    )
