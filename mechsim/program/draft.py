"""Writing a program down: variables, then rows, then what is minimised or maximised."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from .families import Columns, Exact, Family, Sense, Terms, Variables, collect, exact, scaled
from .problem import Objective, Program


class Draft:
    """A program that is being written; `minimize` or `maximize` finishes it.

    Examples
    --------
    The maximal lottery of a majority cycle: nobody beats it on average.

    >>> names = ["rock", "paper", "scissors"]
    >>> margin = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    >>> draft = Draft()
    >>> p = draft.variables("p[{winner}]", (names,))
    >>> draft.equal("p is a lottery", (), 1, Terms(p))
    >>> rows = np.arange(3)[:, None]
    >>> draft.at_least("{rival} does not beat p", (names,), 0, Terms(p, margin.T, rows))
    >>> [str(share) for share in draft.minimize().solve().primal]
    ['1/3', '1/3', '1/3']
    """

    def __init__(self) -> None:
        self._variables: list[Variables] = []
        self._rows: list[Family] = []
        self._columns = 0

    def variables(
        self,
        name: str,
        axes: tuple[Sequence[Any], ...] = (),
        *,
        low: int | Fraction | None = 0,
        high: int | Fraction | None = None,
        integer: bool = False,
    ) -> Columns:
        """New variables, one for each combination of the axes' entries.

        Parameters
        ----------
        name : str
            A template with one blank an axis, such as ``"p[{profile},{outcome}]"``.
        axes : tuple of sequences
            What fills the blanks; without axes it is a single variable.
        low, high : int, Fraction or None
            Bounds of each; None is no bound.
        integer : bool
            Whether they must be integers, which `Program.to_pulp` can hand on.

        Returns
        -------
        integer array with one dimension an axis
            The numbers of the variables, for `Terms`.
        """
        family = Variables(
            name, axes, _bound(low, "low"), _bound(high, "high"), integer, self._columns
        )
        self._variables.append(family)
        self._columns += len(family)
        return family.columns

    def at_least(
        self, name: str, index: tuple[Sequence[Any], ...], bound: Exact, /, *terms: Terms
    ) -> None:
        """Rows whose terms sum to ``bound`` or more: one a member of ``index``.

        Parameters
        ----------
        name : str
            A template such as ``"agent {0} at {1} says {2}"``.
        index : tuple of sequences
            What fills the blanks, each with one entry a row; without blanks it is a single row.
        bound : exact numbers
            One for all rows, or one a row.
        *terms
            What is summed.
        """
        self._add(name, index, bound, terms, ">=")

    def at_most(
        self, name: str, index: tuple[Sequence[Any], ...], bound: Exact, /, *terms: Terms
    ) -> None:
        """Rows whose terms sum to ``bound`` or less; as `at_least`."""
        self._add(name, index, bound, terms, "<=")

    def equal(
        self, name: str, index: tuple[Sequence[Any], ...], bound: Exact, /, *terms: Terms
    ) -> None:
        """Rows whose terms sum to ``bound`` exactly; as `at_least`."""
        self._add(name, index, bound, terms, "=")

    def minimize(self, *terms: Terms) -> Program:
        """The program that makes the sum of ``terms`` as small as can be."""
        return self._finish(terms, maximize=False)

    def maximize(self, *terms: Terms) -> Program:
        """The program that makes the sum of ``terms`` as large as can be."""
        return self._finish(terms, maximize=True)

    def _add(
        self,
        name: str,
        index: tuple[Sequence[Any], ...],
        bound: Exact,
        terms: tuple[Terms, ...],
        sense: Sense,
    ) -> None:
        rows = len(index[0]) if index else 1
        row, column, numerator, denominator = collect(terms, (rows, self._columns))
        right, below = exact(bound, "bound")
        if right.shape not in ((), (rows,)):
            raise ValueError(
                f"bound of {name!r} has shape {right.shape}: it must be one number or ({rows},)"
            )
        common = lcm(denominator, below)
        self._rows.append(
            Family(
                name,
                index,
                row,
                column,
                scaled(numerator, common // denominator),
                np.broadcast_to(scaled(right, common // below), (rows,)).copy(),
                common,
                sense,
            )
        )

    def _finish(self, terms: tuple[Terms, ...], *, maximize: bool) -> Program:
        _, column, numerator, denominator = collect(terms, (1, self._columns))
        objective = Objective(column, numerator, denominator)
        return Program(tuple(self._variables), tuple(self._rows), objective, maximize)


def _bound(given: int | Fraction | None, name: str) -> Fraction | None:
    if given is None:
        return None
    (numerator, denominator) = exact(given, name)
    return Fraction(int(numerator), denominator)
