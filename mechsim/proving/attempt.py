"""A question about all reports of a space: what is run on each path, and what is seen there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any, NamedTuple

from .._text import brief
from ..axioms import Axiom, Refuted, Strategyproof, Universally, shrink
from ..axioms._memory import watched
from ..axioms.checking import Found, try_case
from ..mechanism import Playable
from ..setting import Instance, Undecided
from .affine import Affine, Judge, Row, Unsupported, form, lowest, row_of
from .bytecode import Opaque
from .domains import Space, space_of
from .known_axioms import departs, departure_of, is_known, may_grant
from .paths import Explorer, Part
from .region import Oracle, Region
from .symbolic import Symbolic
from .whitebox import Box, look_into


class Question(NamedTuple):
    """Whether a mechanism satisfies an axiom for all reports of so many agents."""

    mechanism: Playable
    axiom: Axiom
    setting: Any
    agents: int
    assuming: tuple[Any, ...]


class Seen(NamedTuple):
    """What some paths showed, up to the first on which the axiom fails or nothing can be said."""

    paths: int
    asked: int
    """Questions to the oracle."""
    cases: int
    """Paths on which a case arises."""
    point: tuple[Fraction, ...] | None = None
    """Numbers for which the violation is positive."""
    refused: str = ""
    """Why nothing can be said."""

    @property
    def ends(self) -> bool:
        """Whether there is no need to look further."""
        return self.point is not None or bool(self.refused)


@dataclass(frozen=True)
class Attempt:
    """A question that is one for paths."""

    question: Question
    space: Space
    box: Box

    @staticmethod
    def at(question: Question) -> "Attempt":
        """The attempt; raises `Opaque` if it is none for paths."""
        mechanism, axiom, setting, agents, assuming = question
        if not is_known(axiom):
            raise Opaque(f"the cases of {brief(axiom)} are not known to be all there are")
        space = space_of(setting, agents)
        if space is None:
            raise Opaque(f"types of {brief(setting)} are not known to be numbers between bounds")
        if assuming and isinstance(axiom, Universally):
            raise ValueError(
                f"assuming is given for {brief(axiom)}: nothing can be granted of rules that are "
                "drawn"
            )
        for granted in assuming:
            if not may_grant(granted, setting):
                raise ValueError(
                    f"assuming has {brief(granted)}: of all reports only Anonymous can be "
                    "granted, on a line where agents like the same"
                )
        return Attempt(question, space, look_into(mechanism, axiom, setting))

    @property
    def departs(self) -> bool:
        """Whether cases are departures of one agent, so that there is one more type."""
        return departs(self.question.axiom)

    @property
    def expects(self) -> bool:
        """Whether nothing is asked of a lottery but what somebody expects."""
        by_value = getattr(self.question.setting, "gain", None) is None
        return type(self.question.axiom) is Strategyproof and by_value and not self.box.judges

    @property
    def departing(self) -> range | None:
        """The agents who depart, or None: then cases are counted until none arises."""
        if not self.departs:
            return None
        return range(1 if self.question.assuming else self.question.agents)

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return self.space.numbers * (self.question.agents + self.departs)

    @property
    def whole(self) -> Part:
        """All paths."""
        size, agents = self.size, self.question.agents
        region = self.space.region(size)
        first = 1 if self.departs else 0
        for agent in range(first, agents - 1 if self.question.assuming else first):
            row = [0] * (size + 1)
            row[agent], row[agent + 1] = 1, -1
            region = region.with_(tuple(row), False)
        return Part(region)

    def look(self, first: int, part: Part, most: int, replayed: int) -> Seen:
        """What the paths of a part show; of some a point is played in fractions too.

        These are the first ``replayed`` ones, and each sixteenth.
        """
        oracle = Oracle(self.size)
        explorer = Explorer(self._program(first), part, oracle, most, self.expects)
        cases = 0
        try:
            for region, found in explorer:
                cases += found is not None
                again = explorer.paths <= replayed or explorer.paths % 16 == 0
                point = self._judged(first, explorer, region, found, again)
                if point is not None:
                    return Seen(explorer.paths, oracle.asked, cases, point)
        except (Unsupported, Opaque, Undecided) as why:
            return Seen(explorer.paths, oracle.asked, cases, refused=str(why))
        return Seen(explorer.paths, oracle.asked, cases)

    def step(self, first: int, part: Part) -> list[Seen | Part]:
        """What the first path of a part shows, and its other paths in parts, in order."""
        oracle = Oracle(self.size)
        explorer = Explorer(self._program(first), part, oracle, 1, self.expects)
        cases = 0
        try:
            region, found = next(iter(explorer))
            cases = int(found is not None)
            point = self._judged(first, explorer, region, found, True)
        except (Unsupported, Opaque, Undecided) as why:
            return [Seen(explorer.paths, oracle.asked, cases, refused=str(why))]
        return [Seen(explorer.paths, oracle.asked, cases, point), *explorer.others()]

    def refuted(self, first: int, point: Sequence[Fraction]) -> Found:
        """The refutation at a point, played in fractions and shrunk."""
        mechanism, axiom, setting, *_ = self.question
        case = self._case(first, point)
        found = try_case(axiom, mechanism, case, watched(mechanism, setting))
        if isinstance(found, Refuted):
            return shrink(found)
        if isinstance(found, (int, float, Fraction)):
            raise Unsupported("it answers fractions otherwise")
        return found  # type: ignore[no-any-return]

    def _program(self, first: int) -> Callable[[Judge], Any]:
        size = self.size
        units = [(*(int(k == place) for k in range(size)), 0) for place in range(size)]
        mechanism, _, setting, *_ = self.question

        def program(judge: Judge) -> Any:
            forms = [form(unit, judge) for unit in units]
            played = Symbolic(mechanism, setting, judge, self.box)
            try:
                return self._violation(first, forms, played)
            except (Exception, SystemExit) as error:
                judge.refuse(told(error))

        return program

    def _case(self, first: int, values: Sequence[Any]) -> Any:
        """The case for these numbers, or None if there are fewer."""
        step = self.space.numbers
        types = [self.space.make(values[k : k + step]) for k in range(0, len(values), step)]
        instance = Instance(self.question.setting, tuple(types[: self.question.agents]))
        departure = departure_of(self.question.axiom)
        if departure is not None:
            return departure(instance, first, types[-1])
        return next(islice(self.question.axiom.cases(instance), first, None), None)

    def _violation(self, first: int, values: Sequence[Any], played: Any) -> Any:
        case = self._case(first, values)
        return None if case is None else self.question.axiom.violation(played, case)

    def _judged(
        self, first: int, explorer: Explorer[Any], region: Region, found: Any, again: bool
    ) -> tuple[Fraction, ...] | None:
        """A point where the violation is positive, or None if it is so nowhere on this path."""
        if found is None:
            return None
        row = _row(found, explorer)
        more = (tuple([-c for c in row]), True)
        if explorer.oracle.allows(region, *more):
            extra = (more,) if any(row[:-1]) else ()
            return tuple(Oracle(self.size).point(region, *extra))  # whatever was asked before
        if again:
            point = explorer.oracle.point(region)
            expected = sum(
                (c * x for c, x in zip(row, (*point, Fraction(1)), strict=True)), Fraction(0)
            )
            plain = Symbolic(self.question.mechanism, self.question.setting, None, self.box)
            try:
                same = self._violation(first, point, plain) == expected
            except (Exception, SystemExit) as error:
                explorer.refuse(told(error))
            if not same:
                explorer.refuse("it answers fractions otherwise")
        return None


def told(error: BaseException) -> str:
    """Why a run ended."""
    if isinstance(error, (Undecided, Opaque)):
        return str(error)
    return f"it raises {type(error).__name__}: {error}"


def _row(found: Any, explorer: Explorer[Any]) -> Row:
    """A violation as a form."""
    if type(found) is Affine:
        return row_of(found)
    if type(found) not in (int, Fraction):
        explorer.refuse(f"the violation is a {type(found).__name__}")
    zeros = (0,) * explorer.oracle.numbers
    return (*zeros, lowest(found))
