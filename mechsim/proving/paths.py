"""All paths that a program takes as its numbers vary over a region, one after the other.

The program is run on affine forms.  Where it compares two of them and the region of its path
allows either answer, the path forks: it goes on with one answer, and is run again from the start
with the other one.  So each run ends in a region of its own, in which all that it computed is
affine, and the regions together are everything.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, NoReturn, TypeAlias, TypeVar

from .affine import Affine, Judge, Row, Unsupported, form, lowest
from .region import Oracle, Region

R = TypeVar("R")


Normal: TypeAlias = tuple[tuple[Row, bool] | None, int, bool]
"""A question in normal form, its number, and whether it has the answer or the opposite.

None is one about no report; then the answer comes last.
"""

LONGEST = 5_000
"""Questions on one path, after which it is taken to be endless."""


@dataclass(frozen=True)
class Step:
    """A question, its answer, and the region in which the answer is the other one, if any."""

    question: tuple[Row, bool]
    answer: bool
    other: Region | None


@dataclass(frozen=True)
class Part:
    """All paths through a region, on which these were the first questions and their answers."""

    region: Region
    begun: tuple[Step, ...] = ()


@dataclass
class Explorer(Generic[R]):
    """Runs ``program`` on every path of ``part``; it is the judge of the forms within.

    Whatever comes to light that makes paths no proof, such as a question that is not asked again
    when the same answers are given, raises `Unsupported`.
    """

    program: Callable[[Judge], R]
    part: Part
    oracle: Oracle
    most: int
    """Paths after which it gives up."""
    apart: bool = False
    playing: bool = False
    running: bool = False
    paths: int = 0
    trail: list[Step] = field(default_factory=list[Step])
    region: Region = field(init=False)
    normal: dict[tuple[Row, bool], Normal] = field(default_factory=dict[tuple[Row, bool], Normal])
    """All that was ever asked, in normal form; hashes of fractions are slow."""
    numbers: dict[tuple[Row, bool], int] = field(default_factory=dict[tuple[Row, bool], int])
    """Numbers for these."""
    known: dict[int, bool] = field(default_factory=dict[int, bool])
    """Answers on this path."""
    place: int = 0
    refused: str = ""

    def __iter__(self) -> Iterator[tuple[Region, R]]:
        """Each path's region, and what the program returned on it."""
        self.region, self.trail = self.part.region, list(self.part.begun)
        while True:
            if self.paths == self.most:
                self.refuse(f"there are more than {self.most:,} paths")
            self.paths += 1
            self.place, self.playing, self.known = 0, False, {}
            self.running = True
            try:
                found = self.program(self)
            finally:
                self.running = False
            if self.refused:  # and the code went on as if nothing were
                raise Unsupported(self.refused)
            if self.place < len(self.trail):
                self.refuse("it asks less when it is run again")
            yield self.region, found
            while self.trail and self.trail[-1].other is None:
                self.trail.pop()
            if not self.trail:
                return
            last = self.trail[-1]
            assert last.other is not None
            self.region = last.other
            self.trail[-1] = Step(last.question, not last.answer, None)

    def others(self) -> Iterator[Part]:
        """After the first path: the others, in parts, in the order in which they would come."""
        for place in reversed(range(len(self.part.begun), len(self.trail))):
            fork = self.trail[place]
            if fork.other is not None:
                before = tuple(
                    Step(step.question, step.answer, None) for step in self.trail[:place]
                )
                yield Part(fork.other, (*before, Step(fork.question, not fork.answer, None)))

    def refuse(self, why: str, /) -> NoReturn:
        """Say that this cannot be proved."""
        self.refused = self.refused or why
        raise Unsupported(self.refused)

    def constant(self, number: Fraction) -> Affine:
        """A number as a form."""
        return form((*(0,) * self.oracle.numbers, lowest(number)), self)

    def below(self, row: Row, strict: bool, /) -> bool:
        """Whether the form is below 0, or not above it, on this path."""
        found = self.normal.get((row, strict))
        if found is None:
            found = self.normal[row, strict] = self._in_normal_form(row, strict)
        question, number, same = found
        if question is None:
            return same
        answer = self.known.get(number)
        if answer is None:
            answer = self.known[number] = self._ask(question)
        return answer if same else not answer

    def _in_normal_form(self, row: Row, strict: bool) -> Normal:
        for lead in row[:-1]:
            if lead:
                break
        else:
            return None, 0, bool(row[-1] < 0 if strict else row[-1] <= 0)
        scale = lead if lead > 0 else -lead
        row = tuple([lowest(Fraction(c) / scale) for c in row] if scale != 1 else map(lowest, row))
        question = (row, strict) if lead > 0 else (tuple([-c for c in row]), not strict)
        return question, self.numbers.setdefault(question, len(self.numbers)), lead > 0

    def _ask(self, question: tuple[Row, bool]) -> bool:
        if self.place < len(self.trail):
            step = self.trail[self.place]
            if step.question != question:
                self.refuse("it asks something else when it is run again")
        else:
            step = self._answered(question)
            self.trail.append(step)
        self.place += 1
        return step.answer

    def _answered(self, question: tuple[Row, bool]) -> Step:
        if self.refused:
            raise Unsupported(self.refused)
        if self.place == LONGEST:
            self.refuse(f"it compares reports more than {LONGEST:,} times")
        row, strict = question
        region, other = self.region, (tuple([-c for c in row]), not strict)
        if not self.oracle.allows(region, *question):
            return Step(question, False, None)
        if not self.oracle.allows(region, *other):
            return Step(question, True, None)
        self.region = region.with_(*question)
        return Step(question, True, region.with_(*other))
