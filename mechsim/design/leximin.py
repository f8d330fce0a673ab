r"""Leximin: the worst profile as well off as can be, then the second worst, and so on.

Of two mechanisms the better one has the better vector of expected objectives over the profiles,
sorted from the worst, compared lexicographically.  One linear program a level finds it: profiles
whose rows have a multiplier are at the level in every optimum, and stay there.

References
----------
Ogryczak, Pióro, Tomaszewski. Telecommunications network design and max-min optimization problem.
Journal of Telecommunications and Information Technology 3, 2005.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..axioms._sought import Numbers
from ..objectives import Objective
from ..program import Optimum, Program, Terms, exact
from .goals import evaluated
from .sought import Blueprint


@dataclass(frozen=True)
class Leximin:
    """The expected objective at the worst profile, then at the second worst, and so on.

    `Designed.value` is the last level; `Designed.levels` lists them all.
    """

    objective: Objective

    def finish(self, sought: Blueprint, /) -> Program:
        """One row a profile, for the first level."""
        return self._level(sought, np.arange(len(sought.profiles)))

    def again(self, sought: Blueprint, optimum: Optimum, /) -> Program | None:
        """The program of the next level, or None if every profile is at its level."""
        start, rows = sought.levels[-1]
        multipliers = optimum.dual[start : start + len(rows)]
        loose = np.array([multiplier == 0 for multiplier in multipliers])
        if loose.all():
            raise ArithmeticError("no profile is held back by the level: its rows have no prices")
        if not loose.any():
            return None
        level = sought.draft_columns - 1
        name = f"level {len(sought.levels)} stays"
        sought.equal(name, (), optimum.primal[level], Terms(level))
        return self._level(sought, rows[loose])

    def _level(self, sought: Blueprint, rows: Numbers) -> Program:
        """The level as a variable, which each of these profiles reaches."""
        number = len(sought.levels) + 1
        level = sought.draft.variables(f"level {number}", low=None)
        sought.draft_columns = int(level) + 1
        value, _ = evaluated(sought, self.objective, best=False)
        numerator, below = exact([value[row] for row in rows.tolist()], "objective")
        place = np.arange(len(rows))
        sign = 1 if self.objective.minimised else -1
        sought.levels.append((len(sought.first), rows))
        sought.at_most(
            f"level {number} is reached at {{0}}",
            (sought.told(rows),),
            0,
            Terms(sought.lottery(sought.profiles[rows]), sign * numerator, place[:, None], below),
            Terms(level, -sign, place),
        )
        draft = sought.draft
        return draft.minimize(Terms(level)) if sign > 0 else draft.maximize(Terms(level))


def levels(objective: Objective, sought: Blueprint, optimum: Optimum) -> tuple[Fraction, ...]:
    """The expected objective at each profile that symmetries tell apart, from the worst."""
    value, _ = evaluated(sought, objective, best=False)
    columns: list[list[int]] = sought.lottery(sought.profiles).tolist()
    found: list[Fraction] = [
        sum((optimum.primal[j] * c for j, c in zip(row, costs, strict=True)), Fraction(0))
        for row, costs in zip(columns, value, strict=True)
    ]
    return tuple(sorted(found, reverse=objective.minimised))
