r"""Proofs for all reports of a continuum: the mechanism is run once for each way it can go.

`mechsim.proving.paths` runs mechanism and axiom on reports that stand for all numbers.  On each
path the violation is an affine form on a region given by linear inequalities; if it is positive
nowhere on any of them the axiom holds for all reports of so many agents.  If it is positive
somewhere, that place is played in fractions, and refutes.

What is proved is about exact numbers: reports are fractions, and floats in an outcome are read as
the fractions that they are.  Code that computes in floats, asks for more of a report than its
order and its sums, keeps state, or cannot be looked into, is not judged here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, islice
from typing import Any

from .._numbers import whole
from .._text import brief
from ..axioms import (
    Anonymous,
    Axiom,
    EnvyFree,
    EnvyFreeUpToAny,
    EnvyFreeUpToOne,
    ExAnte,
    Explored,
    ExPost,
    IndividualFairShare,
    IndividuallyRational,
    OutcomeAxiom,
    ParetoOptimal,
    ProportionallyFair,
    Proved,
    Refuted,
    Strategyproof,
    StronglyProportionallyFair,
    Unanimous,
    UnanimousFairShare,
    Universally,
    Unknown,
    Verdict,
    lift,
    shrink,
)
from ..axioms._memory import watched
from ..axioms._patience import ticking
from ..axioms.checking import Found, try_case
from ..budget import Budget, require_budget
from ..mechanism import Playable
from ..preferences.single_peaked import Line
from ..preferences.tastes import Distance, Obnoxious, SinglePeaked
from ..setting import Instance, Undecided
from .affine import Affine, Judge, Row, Unsupported, form, lowest, row_of
from .bytecode import Opaque
from .domains import Space, space_of
from .paths import Explorer
from .region import Oracle, Region
from .symbolic import Symbolic
from .whitebox import Box, look_into

DEPARTURES = (Strategyproof,)
"""Axioms whose cases at a profile are all departures of one agent."""

LISTED = (
    Anonymous,
    EnvyFree,
    EnvyFreeUpToAny,
    EnvyFreeUpToOne,
    IndividualFairShare,
    IndividuallyRational,
    ParetoOptimal,
    ProportionallyFair,
    StronglyProportionallyFair,
    Unanimous,
    UnanimousFairShare,
)
"""Axioms that list all their cases at a profile, on a continuum too."""

REPLAYED = 256
"""Paths of which a point is played in fractions, before only each sixteenth is."""

Case = Callable[[Any, Any], Any]


def prove(
    mechanism: Playable,
    axiom: Axiom | OutcomeAxiom,
    setting: Any,
    *,
    agents: int,
    budget: Budget = Budget(),
    assuming: Sequence[Any] = (),
) -> Verdict:
    """Prove or refute an axiom for all reports of a continuum, by exploring all paths.

    Parameters
    ----------
    mechanism : callable
        Reports to an outcome or a lottery, in code that compares reports, and adds them and
        multiplies them by numbers: sorting, medians, minima, absolute values, roundings.
    axiom : Axiom or OutcomeAxiom
        An axiom whose cases are known here; an outcome axiom is read ex post.
    setting : Setting
        One whose types are numbers between bounds: ``Line(0, 1)``, positions, goods.
    agents : int
        How many agents report.
    budget : Budget
        At most so many paths, as ``calls``.
    assuming : sequence of axioms
        ``(Anonymous(),)`` grants anonymity on a line; then one agent departs, and the reports of
        the others increase.

    Returns
    -------
    Verdict
        `Proved` for all reports, `Refuted` with a witness, or `Unknown`, which says what is beyond
        this; it does not search.

    Notes
    -----
    The number of paths grows like the number of orders of the reports, :math:`(n + 1)!`; each
    takes as long as a few plays of the mechanism in fractions.  See King, Symbolic execution and
    program testing, CACM 1976.

    Examples
    --------
    >>> from mechsim.axioms import Strategyproof
    >>> from mechsim.facility import Median
    >>> from mechsim.preferences import Line
    >>> print(prove(Median(), Strategyproof(), Line(0, 1), agents=2))
    Median satisfies Strategyproof for 2 agents with any numbers from 0 to 1 on Line(0, 1), in \
exact arithmetic: no violation on any of 11 paths
    """
    whole(agents, "agents", least=1)
    require_budget(budget)
    read = lift(axiom)
    try:
        with ticking():
            return _Attempt.of(mechanism, read, setting, agents, tuple(assuming)).verdict(budget)
    except (Unsupported, Opaque, Undecided) as why:
        return Unknown(mechanism, read, f"no proof by paths: {why}", 0)


@dataclass(frozen=True)
class _Attempt:
    """A question about all reports of a space."""

    mechanism: Playable
    axiom: Axiom
    setting: Any
    agents: int
    space: Space
    ordered: bool
    assuming: tuple[Any, ...]
    box: Box

    @staticmethod
    def of(
        mechanism: Playable, axiom: Axiom, setting: Any, agents: int, assuming: tuple[Any, ...]
    ) -> "_Attempt":
        """The question, if it is one for paths."""
        if not _is_known(axiom):
            raise Opaque(f"the cases of {brief(axiom)} are not known to be all there are")
        space = space_of(setting, agents)
        if space is None:
            raise Opaque(f"types of {brief(setting)} are not known to be numbers between bounds")
        ordered = False
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
            ordered = True
        box = look_into(mechanism, axiom, setting)
        return _Attempt(mechanism, axiom, setting, agents, space, ordered, assuming, box)

    def verdict(self, budget: Budget) -> Verdict:
        """That of all explorations, one a departing agent or case of the axiom."""
        numbers = self.space.numbers
        paths = asked = cases = 0
        departs = _departs(self.axiom)
        for first in range(1 if self.ordered and departs else self.agents) if departs else count():
            size = numbers * (self.agents + departs)
            oracle = Oracle(size)
            explorer = Explorer(
                self._program(first),
                self._region(size),
                oracle,
                budget.calls - paths,
                apart=departs and self._expects(),
            )
            here = 0
            for region, found in explorer:
                here += found is not None
                verdict = self._judged(first, explorer, region, found)
                if verdict is not None:
                    return verdict
            paths, asked = paths + explorer.paths, asked + oracle.asked
            cases += here
            if not departs and not here:
                break
        if not cases:
            raise Undecided("no case arises")
        self.box.require_unchanged()
        where = f"{self.space.told(self.agents)} on {brief(self.setting)}, in exact arithmetic"
        explored = Explored(paths, asked, self.setting, self.agents)
        return Proved(self.mechanism, self.axiom, explored, where, self.assuming)

    def _expects(self) -> bool:
        """Whether nothing is asked of a lottery but what somebody expects."""
        return getattr(self.setting, "gain", None) is None and not self.box.judges

    def _region(self, size: int) -> Region:
        region = self.space.region(size)
        first = 1 if _departs(self.axiom) else 0
        for agent in range(first, self.agents - 1 if self.ordered else first):
            row = [0] * (size + 1)
            row[agent], row[agent + 1] = 1, -1
            region = region.with_(tuple(row), False)
        return region

    def _program(self, first: int) -> Callable[[Judge], Any]:
        numbers = self.space.numbers
        size = numbers * (self.agents + _departs(self.axiom))
        units = [(*(int(k == place) for k in range(size)), 0) for place in range(size)]

        def program(judge: Judge) -> Any:
            forms = [form(unit, judge) for unit in units]
            played = Symbolic(self.mechanism, self.setting, judge, self.box)
            try:
                return self._violation(first, forms, played)
            except (Exception, SystemExit) as error:
                judge.refuse(told(error))

        return program

    def _types(self, values: Sequence[Any]) -> list[Any]:
        """The types that these numbers make, one an agent, and the lie."""
        step = self.space.numbers
        return [self.space.make(values[k : k + step]) for k in range(0, len(values), step)]

    def _case(self, first: int, values: Sequence[Any]) -> Any:
        """The case for these numbers, or None if there are fewer."""
        types = self._types(values)
        instance = Instance(self.setting, tuple(types[: self.agents]))
        if _departs(self.axiom):
            return self.axiom.deviation(instance, first, types[-1])  # type: ignore[attr-defined]
        return next(islice(self.axiom.cases(instance), first, None), None)

    def _violation(self, first: int, values: Sequence[Any], played: Any) -> Any:
        case = self._case(first, values)
        return None if case is None else self.axiom.violation(played, case)

    def _judged(
        self, first: int, explorer: "Explorer[Any]", region: Region, found: Any
    ) -> Found | None:
        """A refutation, or None if the violation is positive nowhere on this path."""
        if found is None:
            return None
        row = _row(found, explorer)
        more = (tuple([-c for c in row]), True)
        if explorer.oracle.allows(region, *more):
            constant = not any(row[:-1])
            point = explorer.oracle.point(region, *(() if constant else (more,)))
            return self._refuted(first, explorer, point)
        if explorer.paths <= REPLAYED or explorer.paths % 16 == 0:
            point = explorer.oracle.point(region)
            expected = sum(
                (c * x for c, x in zip(row, (*point, Fraction(1)), strict=True)), Fraction(0)
            )
            plain = Symbolic(self.mechanism, self.setting, None, self.box)
            try:
                same = self._violation(first, point, plain) == expected
            except (Exception, SystemExit) as error:
                explorer.refuse(told(error))
            if not same:
                explorer.refuse("it answers fractions otherwise")
        return None

    def _refuted(self, first: int, explorer: "Explorer[Any]", point: list[Fraction]) -> Found:
        case = self._case(first, point)
        recalled = watched(self.mechanism, self.setting)
        found = try_case(self.axiom, self.mechanism, case, recalled)
        if isinstance(found, Refuted):
            return shrink(found)
        if isinstance(found, (int, float, Fraction)):
            explorer.refuse("it answers fractions otherwise")
        return found  # type: ignore[no-any-return]


def told(error: BaseException) -> str:
    """Why a run ended."""
    if isinstance(error, (Undecided, Opaque)):
        return str(error)
    return f"it raises {type(error).__name__}: {error}"


def _departs(axiom: Axiom) -> bool:
    return getattr(axiom, "deviation", None) is not None


def _is_known(axiom: Any) -> bool:
    if type(axiom) in (ExPost, ExAnte, Universally):
        return type(axiom.axiom) in (*DEPARTURES, *LISTED)
    return type(axiom) in (*DEPARTURES, *LISTED)


def may_grant(axiom: Any, setting: Any) -> bool:
    """Whether paths make use of this: anonymity, on a line where all agents like the same."""
    if axiom != Anonymous():
        return False
    return type(setting) is Line and type(setting.tastes) in (Distance, SinglePeaked, Obnoxious)


def _row(found: Any, explorer: "Explorer[Any]") -> Row:
    """A violation as a form."""
    if type(found) is Affine:
        return row_of(found)
    if type(found) not in (int, Fraction):
        explorer.refuse(f"the violation is a {type(found).__name__}")
    zeros = (0,) * explorer.oracle.numbers
    return (*zeros, lowest(found))
