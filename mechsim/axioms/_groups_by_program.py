r"""Sets of projects that a group of voters would rather pay for, sought by integer programs.

With :math:`x_c` for the projects of :math:`T`, :math:`y_k` for the classes of voters in the group,
:math:`w_k` voters each, of whom :math:`n` share the budget :math:`B`:

.. math:: \sum_k w_k y_k \ge \frac nB \sum_c \mathrm{cost}(c)\, x_c - \epsilon, \qquad
   \sum_{c \in A_k} x_c \ge d_k y_k, \qquad \sum_k y_k \ge 1.

Groups that agree on :math:`\ell` projects have :math:`d_k = \ell` and :math:`\sum_c x_c = \ell`;
those who may have fewer than :math:`\ell` projects in all, counted by :math:`q_c`, have
:math:`y_k \le q_c` for the funded projects of :math:`A_k` and :math:`\sum_c q_c \le \ell - 1`.

HiGHS solves this in floats.  Whoever asks checks each solution exactly, and a set that is none is
excluded by a row.  No true one is lost by rounding the row of money, which is loosened by
:math:`\epsilon`, a part of one voter; all other rows have small integers.  That there is none is
the word of HiGHS, to be granted as `TRUSTED`: its bounds and cuts are computed in floats.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import numpy as np
import numpy.typing as npt

from .._text import many
from ._base import Undecided
from ._cohesion import Electorate, Projects
from ._joining import Joiners, projects_of

SECONDS = 5.0
"""So long all programs of one search may take."""

EPSILON = 0.125
"""So much of a voter the row of money is loosened by."""

REJECTED = 50
"""After so many solutions that are none, exactly, a search is given up."""

TRUSTED = "that HiGHS overlooks no solution of an integer program"

LATE, INFEASIBLE = 1, 2
"""What `scipy.optimize.milp` calls them."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sought:
    """What a program looks for, and how.

    Parameters
    ----------
    voters : Electorate
    joiners : tuple of Joiners
        Who may be in the group.
    exactly : int, optional
        How many projects the set has.
    funded : tuple of sets, optional
        Of each of the joiners, the funded projects; together the group has fewer than ``exactly``.
    excluded : tuple of sets
        Sets of projects that are no solutions.
    """

    voters: Electorate
    joiners: tuple[Joiners, ...]
    exactly: int | None = None
    funded: tuple[Projects, ...] = ()
    excluded: tuple[Projects, ...] = ()


def candidates(sought: Sought, until: float) -> Iterator[Projects]:
    """Sets of projects that solve the program but for rounding, each once, up to the last.

    Parameters
    ----------
    sought : Sought
    until : float
        The time, by `time.monotonic`, at which to give up.

    Raises
    ------
    Undecided
        If HiGHS does not answer in time or gives up, or answered `REJECTED` times.
    """
    for _ in range(REJECTED if sought.joiners else 0):
        found = _solve(sought, until)
        if found is None:
            return
        yield found
        sought = replace(sought, excluded=(*sought.excluded, found))
    if sought.joiners:
        raise Undecided(f"{REJECTED} sets of projects solve an integer program only by rounding")


def _solve(sought: Sought, until: float) -> Projects | None:
    """One set of projects, or None if HiGHS finds that there is none."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    projects = projects_of(sought.joiners)
    rows = _Rows()
    _write(sought, projects, rows)
    matrix, low, high = rows.finished()
    size = int(matrix.shape[1])
    left = max(until - monotonic(), 0.0)
    answer: Any = milp(
        np.zeros(size),
        integrality=np.ones(size, np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, low, high),
        options={"time_limit": left},
    )
    if answer.x is not None:
        taken: list[float] = answer.x[: len(projects)].tolist()
        return frozenset(c for c, x in zip(projects, taken, strict=True) if x > 0.5)
    if answer.status == INFEASIBLE:
        return None
    raise Undecided(
        f"HiGHS did not find in {left:.2g} seconds whether some of "
        f"{many(len(sought.joiners), 'kind')} of voters could pay for some of "
        f"{many(len(projects), 'project')}"
        if answer.status == LATE
        else f"HiGHS gave up an integer program: {answer.message}"
    )


class _Rows:
    """Rows of a program that are being written, each with a lower and an upper bound."""

    def __init__(self) -> None:
        self._columns: list[int] = []
        self._values: list[float] = []
        self._starts = [0]
        self._low: list[float] = []
        self._high: list[float] = []

    def add(self, terms: dict[int, float], low: float = -np.inf, high: float = np.inf) -> None:
        """One row: the sum of its terms, by column, lies between the bounds."""
        self._columns += terms.keys()
        self._values += terms.values()
        self._starts.append(len(self._columns))
        self._low.append(low)
        self._high.append(high)

    def finished(self) -> tuple[Any, Floats, Floats]:
        """The matrix and the bounds."""
        from scipy.sparse import csr_array

        matrix = csr_array((self._values, self._columns, self._starts))
        return matrix, np.array(self._low), np.array(self._high)


def _write(sought: Sought, projects: tuple[int, ...], rows: _Rows) -> None:
    """The rows; columns are the projects, the joiners, and the projects they may have."""
    voters, joiners = sought.voters, sought.joiners
    x = {c: place for place, c in enumerate(projects)}
    y = range(len(x), len(x) + len(joiners))
    price = {x[c]: float(-voters.costs[c] * voters.voters / voters.budget) for c in projects}
    sizes = {column: float(j.voters) for column, j in zip(y, joiners, strict=True)}
    rows.add(price | sizes, low=-EPSILON)
    rows.add(dict.fromkeys(y, 1.0), low=1)
    for column, j in zip(y, joiners, strict=True):
        rows.add({**{x[c]: 1.0 for c in j.ballot}, column: -float(j.wants)}, low=0)
    if sought.exactly is not None:
        rows.add(dict.fromkeys(x.values(), 1.0), sought.exactly, sought.exactly)
    if sought.exactly is not None and sought.funded:
        had = sorted(frozenset[int]().union(*sought.funded))
        q = {c: y.stop + place for place, c in enumerate(had)}
        rows.add(dict.fromkeys(q.values(), 1.0), high=sought.exactly - 1)
        for column, has in zip(y, sought.funded, strict=True):
            for c in has:
                rows.add({column: 1.0, q[c]: -1.0}, high=0)
    for one in sought.excluded:  # at least one project more or less
        other = {place: -1.0 if c in one else 1.0 for c, place in x.items()}
        rows.add(other, low=1 - len(one))
