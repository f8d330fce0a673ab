r"""Whether linear inequalities, some of them strict, have a common solution: exact and incremental.

The general simplex of Dutertre and de Moura (A fast linear-arithmetic solver for DPLL(T), CAV
2006).  Each form that is bounded gets a variable of its own, and stays in the tableau for good; a
bound on it is set, checked and taken back.  A strict bound is one by an infinitesimal, so numbers
are pairs.  Where there is no solution, the row that shows it is a vector of Farkas multipliers.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from .affine import Exact, Row, lowest

Pair: TypeAlias = tuple[Exact, Exact]
"""A number and a multiple of an infinitesimal."""

Bound: TypeAlias = tuple[Pair, int, Exact]
"""A bound, the inequality it comes from, and that one's multiple that says it."""

Farkas: TypeAlias = dict[int, Fraction]
"""A multiplier for each inequality that it takes; see `Simplex`."""


@dataclass
class Simplex:
    """Inequalities ``row . (x, 1) <= 0``, or ``< 0``, on so many numbers, as a stack.

    `push` returns None if they still have a solution, and else multipliers of the inequalities,
    numbered from 0: their combination says that 0 is below 0.
    """

    numbers: int
    columns: list[int] = field(default_factory=list[int])
    """The variables that the others are written in, whose values are free within bounds."""
    rows: dict[int, list[Exact]] = field(default_factory=dict[int, list[Exact]])
    """Each other variable in terms of those."""
    values: list[Pair] = field(default_factory=list[Pair])
    upper: list[Bound | None] = field(default_factory=list["Bound | None"])
    lower: list[Bound | None] = field(default_factory=list["Bound | None"])
    known: dict[Row, int] = field(default_factory=dict[Row, int])
    undo: list[tuple[bool, int, Bound | None] | None] = field(
        default_factory=list["tuple[bool, int, Bound | None] | None"]
    )
    pivots: int = 0

    def __post_init__(self) -> None:
        self.columns = list(range(self.numbers))
        self.values = [(0, 0)] * self.numbers
        self.upper, self.lower = [None] * self.numbers, [None] * self.numbers

    def push(self, row: Row, strict: bool) -> Farkas | None:
        """One more inequality; it stays, whether or not there is a solution."""
        index = len(self.undo)
        lead = next((c for c in row if c), 0)
        scale = abs(Fraction(lead)) if any(row[:-1]) else Fraction(1)
        head = tuple([lowest(c / scale) for c in row[:-1]])
        sign = 1 if lead > 0 else -1
        bound = -sign * lowest(row[-1] / scale)
        if not any(head):
            self.undo.append(None)
            holds = row[-1] < 0 if strict else row[-1] <= 0
            return self._check() if holds else {index: Fraction(1)}
        variable = self._variable(head if sign > 0 else tuple([-c for c in head]))
        mine: Bound = ((bound, -sign * int(strict)), index, 1 / scale)
        ends, others = (self.upper, self.lower) if sign > 0 else (self.lower, self.upper)
        old, other = ends[variable], others[variable]
        if old is not None and (old[0] <= mine[0] if sign > 0 else old[0] >= mine[0]):
            self.undo.append(None)
            return self._check()
        self.undo.append((sign > 0, variable, old))
        ends[variable] = mine
        if other is not None and (other[0] > mine[0] if sign > 0 else other[0] < mine[0]):
            return _combined([(mine, 1), (other, 1)])
        value = self.values[variable]
        outside = value > mine[0] if sign > 0 else value < mine[0]
        if outside and variable not in self.rows:
            self._move(variable, mine[0])
        return self._check()

    def pop(self, size: int) -> None:
        """Take back all inequalities but the first ``size``."""
        while len(self.undo) > size:
            what = self.undo.pop()
            if what is not None:
                up, variable, old = what
                (self.upper if up else self.lower)[variable] = old

    def point(self) -> list[Fraction]:
        """A solution, if the last answer was that there is one."""
        small = Fraction(1)
        for variable, (real, tiny) in enumerate(self.values):
            for sign, bound in ((1, self.upper[variable]), (-1, self.lower[variable])):
                if bound is None:
                    continue
                room, steeper = sign * (bound[0][0] - real), sign * (tiny - bound[0][1])
                if steeper > 0 and room < small * steeper:
                    small = Fraction(room) / steeper
        return [self.values[v][0] + small / 2 * self.values[v][1] for v in range(self.numbers)]

    def _violated(self, variable: int) -> int:
        """1 above its bounds, -1 below, 0 within."""
        value, up, low = self.values[variable], self.upper[variable], self.lower[variable]
        if up is not None and value > up[0]:
            return 1
        return -1 if low is not None and value < low[0] else 0

    def _variable(self, head: Row) -> int:
        """That of a form with leading coefficient 1."""
        if head in self.known:
            return self.known[head]
        chosen = [(v, c) for v, c in enumerate(head) if c]
        if len(chosen) == 1:
            self.known[head] = chosen[0][0]
            return chosen[0][0]
        row: list[Exact] = [0] * self.numbers
        for v, c in chosen:
            if v in self.rows:
                row = [a + c * b for a, b in zip(row, self.rows[v], strict=True)]
            else:
                row[self.columns.index(v)] += c
        variable = len(self.values)
        self.rows[variable] = row
        self.values.append(self._sum(row))
        self.upper.append(None)
        self.lower.append(None)
        self.known[head] = variable
        return variable

    def _sum(self, row: list[Exact]) -> Pair:
        real: Exact = 0
        tiny: Exact = 0
        for c, v in zip(row, self.columns, strict=True):
            if c:
                a, b = self.values[v]
                real += c * a
                tiny += c * b
        return lowest(real), lowest(tiny)

    def _move(self, variable: int, value: Pair) -> None:
        """Give a free variable another value."""
        column = self.columns.index(variable)
        real, tiny = value[0] - self.values[variable][0], value[1] - self.values[variable][1]
        self.values[variable] = value
        for basic, row in self.rows.items():
            c = row[column]
            if c:
                a, b = self.values[basic]
                self.values[basic] = (lowest(a + c * real), lowest(b + c * tiny))

    def _check(self) -> Farkas | None:
        """Move until all is within bounds, by Bland's rule, or say why nothing is."""
        while True:
            wrong = min((v for v in self.rows if self._violated(v)), default=None)
            if wrong is None:
                return None
            side = self._violated(wrong)
            row = self.rows[wrong]
            free = [
                (v, k)
                for k, v in enumerate(self.columns)
                if row[k] and self._can_move(v, -side if row[k] > 0 else side)
            ]
            end = self.upper[wrong] if side > 0 else self.lower[wrong]
            assert end is not None
            if not free:
                return self._conflict(end, row, side)
            self._pivot(wrong, *min(free), end[0])

    def _can_move(self, variable: int, direction: int) -> bool:
        bound = self.upper[variable] if direction > 0 else self.lower[variable]
        value = self.values[variable]
        return bound is None or (value < bound[0] if direction > 0 else value > bound[0])

    def _conflict(self, end: Bound, row: list[Exact], side: int) -> Farkas:
        parts: list[tuple[Bound, Exact]] = [(end, 1)]
        for c, v in zip(row, self.columns, strict=True):
            if c:
                bound = self.lower[v] if c * side > 0 else self.upper[v]
                assert bound is not None
                parts.append((bound, c if c > 0 else -c))
        return _combined(parts)

    def _pivot(self, basic: int, variable: int, column: int, value: Pair) -> None:
        """Exchange a variable with a free one, and give it a value."""
        self.pivots += 1
        row = self.rows.pop(basic)
        pivot = Fraction(row[column])
        over = lowest(1 / pivot)
        solved = [-c * over if c else 0 for c in row]
        solved[column] = over
        real = (value[0] - self.values[basic][0]) * over
        tiny = (value[1] - self.values[basic][1]) * over
        self.values[basic] = value
        a, b = self.values[variable]
        self.values[variable] = (lowest(a + real), lowest(b + tiny))
        for other, line in self.rows.items():
            c = line[column]
            if not c:
                continue
            a, b = self.values[other]
            self.values[other] = (lowest(a + c * real), lowest(b + c * tiny))
            changed = [lowest(p + c * q) if q else p for p, q in zip(line, solved, strict=True)]
            changed[column] = lowest(c * over)
            self.rows[other] = changed
        self.rows[variable] = [lowest(c) for c in solved]
        self.columns[column] = basic


def _combined(parts: list[tuple[Bound, Exact]]) -> Farkas:
    total: Farkas = {}
    for (_, index, scale), weight in parts:
        total[index] = total.get(index, Fraction(0)) + Fraction(scale * weight)
    return total
