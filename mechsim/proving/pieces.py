"""The pieces of a rule on a line: regions of reports, and what is affine on each of them."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from .._numbers import show, whole
from ..axioms._patience import ticking
from ..budget import Budget, require_budget
from ..mechanism import Playable
from ..preferences.single_peaked import Line
from .affine import Affine, Judge, Row, Unsupported, form, row_of
from .bytecode import Opaque
from .domains import space_of
from .paths import Explorer, Part
from .region import Oracle
from .symbolic import Symbolic
from .whitebox import look_into


@dataclass(frozen=True)
class Piece:
    """A convex part of all reports on which the outcome is one affine form.

    Parameters
    ----------
    inequalities : tuple of (row, strict)
        The reports ``x`` for which ``row . (x, 1)`` is at most 0, or below 0 where strict.
    outcome : tuple of int or Fraction
        Coefficients of the outcome, its constant last.
    """

    inequalities: tuple[tuple[Row, bool], ...]
    outcome: Row

    @property
    def told(self) -> str:
        """The outcome as one writes it: ``x0``, ``1/2``, ``1/2 x0 + 1/2 x1``."""
        terms = [
            f"{'' if c == 1 else show(c) + ' '}x{agent}"
            for agent, c in enumerate(self.outcome[:-1])
            if c
        ]
        constant = self.outcome[-1]
        if constant or not terms:
            terms.append(show(constant))
        return " + ".join(terms).replace("+ -", "- ")

    def contains(self, reports: tuple[Fraction, ...]) -> bool:
        """Whether these reports belong to it."""
        for row, strict in self.inequalities:
            found = sum(
                (c * x for c, x in zip(row, (*reports, Fraction(1)), strict=True)), Fraction(0)
            )
            if found > 0 or (strict and found == 0):
                return False
        return True

    def corners(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """Of two agents' reports: the corners of its closure, around it."""
        lines = [row for row, _ in self.inequalities]
        found: set[tuple[Fraction, Fraction]] = set()
        for (a, b, c), (d, e, f) in combinations(lines, 2):
            if a * e != b * d:
                over = Fraction(a * e - b * d)
                point = (b * f - c * e) / over, (c * d - a * f) / over
                if all(row[0] * point[0] + row[1] * point[1] + row[2] <= 0 for row in lines):
                    found.add(point)
        return _around(sorted(found))


def _around(points: list[tuple[Fraction, Fraction]]) -> tuple[tuple[Fraction, Fraction], ...]:
    """Corners of a convex polygon, from the lowest left one, counterclockwise."""
    if len(points) < 3:
        return tuple(points)
    (x, y), *rest = points
    slopes = [((q - y) / (p - x), p, q) for p, q in rest if p != x]
    upright = sorted((q, p) for p, q in rest if p == x)
    return ((x, y), *((p, q) for _, p, q in sorted(slopes)), *((p, q) for q, p in upright))


def pieces(
    rule: Playable, setting: Line, *, agents: int, budget: Budget = Budget(5_000)
) -> tuple[Piece, ...]:
    """The pieces of a rule: together they are all reports, and no two overlap.

    Parameters
    ----------
    rule : callable
        Reports to a place, without chance, in code that `prove` can run.
    setting : Line
        Where reports lie.
    agents : int
        How many agents report.
    budget : Budget
        At most so many pieces, as ``calls``.

    Raises
    ------
    ValueError
        If the rule is beyond this, and why.

    Examples
    --------
    >>> from mechsim.facility import UniformPhantom
    >>> from mechsim.preferences import Line
    >>> found = pieces(UniformPhantom(), Line(0, 1), agents=2)
    >>> sorted({piece.told for piece in found})
    ['1/2', 'x0', 'x1']
    """
    whole(agents, "agents", least=1)
    require_budget(budget)
    space = space_of(setting, agents)
    if space is None or space.low is None or space.high is None:
        raise ValueError(f"setting is {setting!r}: it must be an interval with exact ends")
    units = [(*(int(k == place) for k in range(agents)), 0) for place in range(agents)]
    try:
        box = look_into(rule, setting)

        def program(judge: Judge) -> Any:
            forms = tuple(form(unit, judge) for unit in units)
            return Symbolic(rule, setting, judge, box)(forms)

        with ticking():
            found = list(
                Explorer(program, Part(space.region(agents)), Oracle(agents), budget.calls)
            )
    except (Unsupported, Opaque) as why:
        raise ValueError(f"rule is {rule!r}: it has no pieces, as {why}") from None
    return tuple(Piece(region.inequalities, _outcome(outcome)) for region, outcome in found)


def _outcome(outcome: Any) -> Row:
    if type(outcome) is not Affine:
        raise ValueError(f"rule returns {type(outcome).__name__}: pieces are of sure places")
    return row_of(outcome)


def by_outcome(found: tuple[Piece, ...]) -> dict[str, list[Piece]]:
    """The pieces of each outcome, by its words."""
    told: dict[str, list[Piece]] = defaultdict(list)
    for piece in found:
        told[piece.told].append(piece)
    return dict(told)
