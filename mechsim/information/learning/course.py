"""What learning cost, round by round."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ..._tables import Table
from ...program.repeated import Repeated

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Course:
    r"""Sums over the first ``rounds`` rounds, computed with the true law.

    Parameters
    ----------
    rounds : int array
        Where the sums are read.
    regret : float array
        :math:`\sum_t (\mathrm{OPT} - u_t)`, where :math:`u_t` is what the principal expects in
        round :math:`t` and OPT the optimal incentive compatible mechanism; it is negative where
        mechanisms that are not incentive compatible bring more.
    shortfall : float array
        :math:`\sum_t \max(\mathrm{OPT} - u_t, 0)`, at least as much: no credit for such rounds.
    violation : float array
        :math:`\sum_t` the largest expected gain of an agent by a disobedience.
    solves, searches : int
        How many programs were solved, and how many of them not by the basis of the last.
    kept : bool
        Whether the learner went on as it explored, because it found nothing better.
    """

    rounds: Integers
    regret: Floats
    shortfall: Floats
    violation: Floats
    solves: int
    searches: int
    kept: bool = False

    def table(self) -> Table:
        """One row a reading."""
        columns = (self.rounds, self.regret, self.shortfall, self.violation)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        cells = ((f"{t:,}", *(f"{x:.4g}" for x in sums)) for t, *sums in rows)
        return Table(("rounds", "regret", "shortfall", "violation"), tuple(cells))

    def __str__(self) -> str:
        return f"{self.solves:,} programs, {self.searches:,} searched\n\n{self.table()}"


def add_up(
    at: Integers,
    lengths: Integers,
    regret: Floats,
    violation: Floats,
    program: Repeated | None = None,
    *,
    kept: bool = False,
) -> Course:
    """The course whose rounds come in stretches of these ``lengths``, each alike in itself."""
    ends = np.concatenate([np.zeros(1), np.cumsum(lengths)])

    def up_to(amount: Floats) -> Floats:
        total = np.concatenate([np.zeros(1), np.cumsum(amount * lengths)])
        return np.asarray(np.interp(at, ends, total), np.float64)

    shortfall = np.maximum(regret, 0.0)
    solves, searches = (program.solves, program.searches) if program else (1, 1)
    sums = up_to(regret), up_to(shortfall), up_to(violation)
    return Course(at, *sums, solves, searches, kept)
