r"""What differences of numbers may be, given bounds on some of them: shortest paths.

Bounds :math:`x_i - x_j \le c` on the numbers, with one more that is zero for bounds on a number
itself, are kept closed: the bound of each pair is the least that follows from all of them, a
shortest path.  So a further bound is possible if and only if it closes no cycle that is negative
(or zero, with a strict bound on it), a question of one sum; and adding one closes the table
again in O(m^2) (Dill, Timing assumptions and verification of finite-state concurrent systems,
1990).

Bounds are whole numbers in units of ``1 / (2 unit)``: twice the bound, and 1 more unless strict.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from .affine import Exact, Row, Unsupported

Table: TypeAlias = tuple[tuple[int, ...], ...]

NONE = 1 << 400
"""No bound."""

FAR = NONE >> 1
"""What exceeds this is no bound."""

BITS = 300
"""Bounds have no more bits than this, so that sums of them stay far below `FAR`."""


def _small(bound: int) -> int:
    """The bound, unless it is so large that it might be taken for none."""
    if bound.bit_length() > BITS:
        raise Unsupported("it compares numbers that differ by more than 90 digits")
    return bound


def joined(first: int, second: int) -> int:
    """The sum of two bounds, strict if one of them is."""
    return (first & -2) + (second & -2) + (first & second & 1)


@dataclass(frozen=True)
class Differences:
    """A closed table of bounds: ``table[i][j]`` bounds number i less number j; the last is zero."""

    table: Table
    unit: int = 1

    @staticmethod
    def free(numbers: int) -> "Differences":
        """No bounds."""
        size = range(numbers + 1)
        return Differences(tuple(tuple(1 if i == j else NONE for j in size) for i in size))

    def scaled(self, denominator: int) -> "Differences":
        """The same in a unit of which this is a multiple."""
        unit = lcm(self.unit, denominator)
        if unit == self.unit:
            return self
        times = unit // self.unit
        rows = [
            tuple([NONE if b > FAR else _small((b & -2) * times + (b & 1)) for b in row])
            for row in self.table
        ]
        return Differences(tuple(rows), unit)

    def encoded(self, bound: Exact, strict: bool) -> int:
        """A bound that is a multiple of the unit."""
        return _small(2 * (bound.numerator * (self.unit // bound.denominator)) + (not strict))

    def allows(self, i: int, j: int, bound: int) -> bool:
        """Whether number i less number j may stay within a bound."""
        return joined(self.table[j][i], bound) >= 1

    def within(self, i: int, j: int, bound: int) -> "Differences":
        """The table with this bound too, which it must allow."""
        old = self.table
        if old[i][j] <= bound:
            return self
        tail = old[j]
        rows: list[tuple[int, ...]] = []
        for row in old:
            if row[i] > FAR:
                rows.append(row)
                continue
            start = joined(row[i], bound)
            even, odd = start & -2, start & 1
            rows.append(
                tuple(
                    [
                        found if found < (there := even + (b & -2) + (odd & b)) else there
                        for found, b in zip(row, tail, strict=True)
                    ]
                )
            )
        return Differences(tuple(rows), self.unit)

    def most(self, row: Row) -> tuple[Exact | None, bool]:
        r"""An upper bound on a form, None without one, and whether it is the supremum.

        The positive coefficients are matched with the negative ones.  With a single one on either
        side there is one way to do so, and linear programming duality says that it is exact.
        """
        *coefficients, constant = row
        over = sum(coefficients)
        ups = [(v, c) for v, c in enumerate(coefficients) if c > 0]
        downs = [(v, -c) for v, c in enumerate(coefficients) if c < 0]
        if over:
            (downs if over > 0 else ups).append((len(coefficients), over if over > 0 else -over))
        sharp = len(ups) <= 1 or len(downs) <= 1
        total: Exact = 0
        while ups:
            (i, a), (j, b) = ups.pop(), downs.pop()
            moved = min(a, b)
            bound = self.table[i][j]
            if bound > FAR:
                return None, sharp
            total += moved * (bound >> 1)
            if a > moved:
                ups.append((i, a - moved))
            if b > moved:
                downs.append((j, b - moved))
        return Fraction(total) / self.unit + constant, sharp

    def point(self) -> list[Fraction]:
        """Numbers within all bounds, away from strict ones."""
        place: list[Fraction] = []
        zero = len(self.table) - 1
        known: list[tuple[int, Fraction]] = [(zero, Fraction(0))]
        for i in range(zero):
            highs = [
                x + Fraction(b >> 1, self.unit) for j, x in known if (b := self.table[i][j]) < FAR
            ]
            lows = [
                x - Fraction(b >> 1, self.unit) for j, x in known if (b := self.table[j][i]) < FAR
            ]
            if highs and lows:
                low, high = max(lows), min(highs)
                x = low if low == high else low + (high - low) * Fraction(3 + 2 * i, 7 + 5 * i)
            elif highs or lows:
                x = max(lows) + 1 + i if lows else min(highs) - 1 - i
            else:
                x = Fraction(1 + i)
            place.append(x)
            known.append((i, x))
        return place


def difference(row: Row) -> tuple[int, int, Exact] | None:
    """``(i, j, c)`` if the form is below 0 where number i less number j is below c, else None."""
    found = [(v, c) for v, c in enumerate(row[:-1]) if c]
    if len(found) == 1 and abs(found[0][1]) == 1:
        v, c = found[0]
        zero = len(row) - 1
        return (v, zero, -row[-1]) if c > 0 else (zero, v, -row[-1])
    if len(found) != 2:
        return None
    (v, c), (w, d) = found
    if c == 1 and d == -1:
        return v, w, -row[-1]
    return (w, v, -row[-1]) if c == -1 and d == 1 else None
