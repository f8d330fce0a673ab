"""The region of all numbers that take one path: what it allows, and points of it.

Most paths of most rules compare numbers with each other and with constants, and these are
answered by shortest paths; the simplex answers the rest.  Both are exact.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from .affine import Row
from .differences import Differences, difference
from .simplex import Farkas, Simplex


@dataclass(frozen=True)
class Region:
    """Inequalities ``row . (x, 1) <= 0``, or ``< 0``, and what follows for differences."""

    bounds: Differences
    inequalities: tuple[tuple[Row, bool], ...] = ()
    plain: bool = True
    """Whether all of them bound differences."""

    def with_(self, row: Row, strict: bool) -> "Region":
        """The part of it that satisfies one more inequality, which it must allow."""
        more = (*self.inequalities, (row, strict))
        pair = difference(row)
        if pair is None:
            return Region(self.bounds, more, False)
        i, j, bound = pair
        bounds = self.bounds.scaled(bound.denominator)
        return Region(bounds.within(i, j, bounds.encoded(bound, strict)), more, self.plain)


@dataclass
class Oracle:
    """Answers about regions.  It remembers the last region that it solved in general."""

    numbers: int
    shortcut: bool = True
    """Whether bounds on differences are used at all."""
    solver: Simplex = field(init=False)
    pushed: list[tuple[Row, bool]] = field(default_factory=list[tuple[Row, bool]])
    asked: int = 0
    solved: int = 0

    def __post_init__(self) -> None:
        self.solver = Simplex(self.numbers)

    def allows(self, region: Region, row: Row, strict: bool) -> bool:
        """Whether some point of the region satisfies this inequality."""
        self.asked += 1
        if not any(row[:-1]):
            return bool(row[-1] < 0 if strict else row[-1] <= 0)
        found = self._by_differences(region, row, strict) if self.shortcut else None
        return self.refute(region, row, strict) is None if found is None else found

    def _by_differences(self, region: Region, row: Row, strict: bool) -> bool | None:
        """The answer where bounds on differences give it."""
        pair = difference(row)
        if pair is not None:
            i, j, bound = pair
            bounds = region.bounds.scaled(bound.denominator)
            possible = bounds.allows(i, j, bounds.encoded(bound, strict))
            return possible if region.plain or not possible else None
        least, sharp = region.bounds.most(tuple([-c for c in row]))
        if least is not None and (-least > 0 or (strict and -least == 0)):
            return False
        below = least is None or -least < 0
        return True if below and sharp and region.plain else None

    def refute(self, region: Region, row: Row, strict: bool) -> Farkas | None:
        """Multipliers that show that no point of the region satisfies this, or None if one does."""
        self.solved += 1
        self._enter(region)
        size = len(self.pushed)
        found = self.solver.push(row, strict)
        self.solver.pop(size)
        return found

    def _enter(self, region: Region) -> None:
        wanted = region.inequalities
        common = 0
        for mine, other in zip(self.pushed, wanted, strict=False):
            if mine != other:
                break
            common += 1
        self.solver.pop(common)
        del self.pushed[common:]
        for row, strict in wanted[common:]:
            self.pushed.append((row, strict))
            if self.solver.push(row, strict) is not None:
                raise ArithmeticError("a path was taken that no number takes")

    def point(self, region: Region, *more: tuple[Row, bool]) -> list[Fraction]:
        """A point of the region, which satisfies these inequalities too."""
        if region.plain and not more and self.shortcut:
            return region.bounds.point()
        self._enter(region)
        size = len(self.pushed)
        try:
            for row, strict in more:
                if self.solver.push(row, strict) is not None:
                    raise ArithmeticError("there is no such point")
            self.solver.push((0,) * (self.numbers + 1), False)  # so that it moves within again
            return self.solver.point()
        finally:
            self.solver.pop(size)
