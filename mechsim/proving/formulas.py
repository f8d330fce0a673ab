"""Terms as formulas of linear arithmetic over the reports, for z3 to find no reports that fit.

The k-th smallest of N terms is the number that is one of them, that k of them do not exceed, and
that N - k + 1 of them reach: a few literals and two counts, and no sorting.  Where agents may be
exchanged their reports are taken in increasing order, which leaves z3 far less to try.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count, pairwise
from typing import Any

from ..declared import Fixed, Ranked, Report, Term

MOST = 2**32 - 1
"""Of z3's resources no more can be asked for at once."""

RESOURCES = 10_000
"""Units of z3's own count that a call of the budget pays for: near a millisecond."""

Formula = Any
"""A term or a formula of z3, which comes without types."""


@dataclass(frozen=True)
class Found:
    """What z3 says: reports, the lie last if there is one, or None if none fit.

    ``undecided`` is why it does not know; ``spent`` counts its resources.
    """

    numbers: tuple[Fraction, ...] | None
    spent: int
    undecided: str = ""


@dataclass(frozen=True, eq=False)
class World:
    """Reports of so many agents between two ends, and what is demanded of them.

    Each question has a context of its own, so that an answer does not depend on what was asked
    before.
    """

    z3: Any
    solver: Any
    reports: tuple[Formula, ...]
    ends: tuple[Fraction | None, Fraction | None]
    known: dict[Any, Formula] = field(default_factory=dict[Any, Formula])
    names: Iterator[int] = field(default_factory=count)

    @staticmethod
    def of(
        z3: Any, agents: int, ends: tuple[Fraction | None, Fraction | None], alike: Sequence[range]
    ) -> "World":
        """The reports; those of agents ``alike`` increase."""
        context = z3.Context()
        solver = z3.SolverFor("QF_LRA", context)
        reports = tuple(z3.Real(f"x{agent}", context) for agent in range(agents))
        world = World(z3, solver, reports, ends)
        for report in reports:
            world.demand_inside(report)
        for block in alike:
            for first, second in pairwise(block):
                world.demand(reports[first] <= reports[second])
        return world

    @property
    def context(self) -> Any:
        """That of the solver."""
        return self.solver.ctx

    def demand(self, formula: Formula) -> None:
        """Only reports for which this is true."""
        self.solver.add(formula)

    def demand_inside(self, number: Formula) -> None:
        """It lies between the ends."""
        low, high = self.ends
        if low is not None:
            self.demand(number >= self.number(low))
        if high is not None:
            self.demand(number <= self.number(high))

    def fresh(self, name: str) -> Formula:
        """A number of which nothing is known."""
        return self.z3.Real(f"{name}{next(self.names)}", self.context)

    def number(self, number: Fraction | int) -> Formula:
        """A number, exactly."""
        return self.z3.RealVal(str(number), self.context)

    def any_of(self, formulas: Iterable[Formula]) -> Formula:
        """One of them is true; of none, never."""
        listed = list(formulas)
        return self.z3.Or(listed) if listed else self.z3.BoolVal(False, self.context)

    def all_of(self, formulas: Iterable[Formula]) -> Formula:
        """Each of them is true."""
        listed = list(formulas)
        return self.z3.And(listed) if listed else self.z3.BoolVal(True, self.context)

    def at_least(self, least: int, formulas: Sequence[Formula]) -> Formula:
        """So many of them are true."""
        if least <= 0 or least >= len(formulas):
            return self.all_of(formulas if least > 0 else ())
        return self.z3.AtLeast(*formulas, least) if least > 1 else self.any_of(formulas)

    def distance(self, first: Formula, second: Formula) -> Formula:
        """The distance between two numbers."""
        return self.z3.If(first >= second, first - second, second - first)

    def expected(self, parts: Iterable[tuple[Fraction, Formula]]) -> Formula:
        """What the numbers are on average, by their probabilities."""
        return self.z3.Sum([self.number(p) * number for p, number in parts])

    def chance(self, parts: Iterable[tuple[Fraction, Formula]]) -> Formula:
        """How likely it is that what is drawn fits."""
        one, zero = self.number(1), self.number(0)
        return self.expected((p, self.z3.If(fits, one, zero)) for p, fits in parts)

    def value(self, term: Term, reports: tuple[Formula, ...]) -> Formula:
        """The term at these reports."""
        if isinstance(term, Report):
            return reports[term.agent]
        if isinstance(term, Fixed):
            return self.number(Fraction(term.place))
        at = (term, tuple(report.get_id() for report in reports))
        if at not in self.known:
            if isinstance(term, Ranked):
                values = [self.value(part, reports) for part in term.of]
                self.known[at] = self.ranked(term.rank, values)
            else:
                self.known[at] = self.expected(
                    (weight, self.value(part, reports)) for weight, part in term.parts
                )
        return self.known[at]

    def ranked(self, rank: int, values: Sequence[Formula]) -> Formula:
        """A fresh number that is the ``rank``-th smallest of these."""
        chosen = self.fresh("rank")
        self.demand(self.any_of(chosen == value for value in values))
        self.demand(self.at_least(rank, [value <= chosen for value in values]))
        self.demand(self.at_least(len(values) - rank + 1, [value >= chosen for value in values]))
        return chosen

    def found(self, numbers: Sequence[Formula], resources: int) -> Found:
        """Numbers for which all demands are met, if there are any."""
        self.solver.set("rlimit", min(resources, MOST))
        answer = self.solver.check()
        spent = dict(list(self.solver.statistics())).get("rlimit count", 0)
        if answer == self.z3.unsat:
            return Found(None, spent)
        if answer != self.z3.sat:
            return Found(None, spent, f"as it was {self.solver.reason_unknown()}")
        model = self.solver.model()
        return Found(tuple(_fraction(model.eval(n, model_completion=True)) for n in numbers), spent)


def _fraction(number: Any) -> Fraction:
    return Fraction(number.numerator_as_long(), number.denominator_as_long())
