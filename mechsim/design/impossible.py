"""Whether a rule satisfies axioms on a finite setting: one that does, or why there is none.

What a rule chooses at a profile is a Boolean variable for each alternative, and an axiom says which
choices exclude each other.  A solver finds a rule, or a contradiction; of that as few profiles and
clauses are kept as make one, and its lemmas are written down so that others can follow them.

References
----------
Tang, Lin. Computer-aided proofs of Arrow's and other impossibility theorems. Artificial
Intelligence 173, 2009.
Geist, Endriss. Automated search for impossibility theorems in social choice theory: ranking sets
of objects. JAIR 40, 2011.
"""

import json
import math
import random
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any, cast

import numpy as np

from .._json import decode
from .._numbers import real, show, whole
from .._text import brief
from ..axioms import Axiom, OutcomeAxiom, lift
from ..setting import Setting, Undecided
from .choices import Choices, OutOfTime
from .refutation import Clause, Refutation, core_of, read_proof, refutation, solved, solver
from .rules import SCHEMA, NoRule, RuleQuestion, SomeRule, Undetermined
from .shortening import by_units, exclusions, without_pure

ROUNDS = 8
"""How often a solver is asked for a smaller contradiction by chance."""

AGENTS = 1_000
"""Agents for whom a rule is sought, at most."""

ALTERNATIVES = 10_000
"""Alternatives that may be chosen, at most."""

LARGE = 400_000
"""Clauses with which a contradiction is read off the solver's proof and not made smaller."""

FEW = 400
"""Clauses of a contradiction that are spared one by one."""


def impossible(
    axioms: Iterable[Axiom | OutcomeAxiom],
    setting: Setting,
    *,
    agents: int,
    alternatives: Iterable[Any] | None = None,
    seconds: float | None = None,
) -> NoRule | SomeRule | Undetermined:
    """A rule that satisfies ``axioms`` on a finite setting, or the proof that there is none.

    Parameters
    ----------
    axioms : iterable of Axiom or OutcomeAxiom
        Those that have ``clauses`` or ``symmetries``; outcome axioms are asked of every outcome.
    setting : Setting
        With finitely many types, as ``Rankings(("a", "b", "c"))``.
    agents : int
        How many agents report.
    alternatives : iterable, optional
        What may be chosen; by default what the setting lists, by ``alternatives(agents)``.
    seconds : float, optional
        When to stop looking for a rule, and then making a contradiction smaller.

    Returns
    -------
    SomeRule
        A rule that satisfies the axioms: a table that can be called, verified and saved.
    NoRule
        Profiles at which the axioms contradict each other, none of which can be spared, and the
        argument.  Of hundreds of thousands of clauses they are as a solver finds them, and where
        the time was over not all was tried; then some may be spared, and its ``note`` says so.
    Undetermined
        The time was over; or alternatives are cells of a continuum, as `Cells` has them, of which
        only a contradiction shows something.

    Raises
    ------
    ValueError
        If something is not finite, an axiom does not say what it excludes, or ``seconds`` is not
        positive.

    Examples
    --------
    >>> from mechsim import Rankings, Strategyproof
    >>> from mechsim.axioms import NonDictatorial, Onto
    >>> vote = Rankings(("a", "b", "c"))
    >>> found = impossible([Strategyproof(), Onto(), NonDictatorial()], vote, agents=2)
    >>> found.status
    'impossible'
    """
    question = pose(axioms, setting, agents, alternatives)
    return answer(question, seconds)


def pose(
    axioms: Iterable[Any], setting: Any, agents: int, alternatives: Iterable[Any] | None = None
) -> RuleQuestion:
    """The question, complete.

    Raises
    ------
    ValueError
        If it is none.
    """
    if whole(agents, "agents", least=1) > AGENTS:
        raise ValueError(f"agents is {agents:,}: a table is for at most {AGENTS:,} agents")
    if isinstance(cast(object, axioms), str) or not isinstance(cast(object, axioms), Iterable):
        raise ValueError(f"axioms is {brief(axioms)}: it must be a list of axioms")
    if isinstance(setting, type) or not (hasattr(setting, "types") and hasattr(setting, "value")):
        raise ValueError(
            f"setting is {setting!r}: it must have types and value, as Rankings(('a', 'b', 'c'))"
        )
    read = tuple(dict.fromkeys(map(lift, axioms)))
    for axiom in read:
        if not (hasattr(axiom, "clauses") or hasattr(axiom, "symmetries")):
            raise ValueError(
                f"axioms has {brief(axiom)}: it does not say what it excludes, as Strategyproof, "
                "Onto, NonDictatorial, Anonymous, Neutral and axioms of outcomes do"
            )
    for agent in range(agents):
        if not setting.types(agent):
            raise ValueError(
                f"setting is {brief(setting)}: its types must be finitely many, as on a grid"
            )
    if alternatives is None and not hasattr(setting, "alternatives"):
        raise ValueError(f"setting is {brief(setting)}: say what the alternatives are")
    return RuleQuestion(read, setting, agents, _alternatives(setting, agents, alternatives))


def _alternatives(setting: Any, agents: int, given: Iterable[Any] | None) -> tuple[Any, ...]:
    """What may be chosen, each once."""
    some: Any = setting.alternatives(agents) if given is None else given
    if not isinstance(some, Iterable):
        raise ValueError(f"alternatives is {some!r}: it must list what may be chosen")
    listed: tuple[Any, ...] = tuple(islice(cast("Iterable[Any]", some), ALTERNATIVES + 1))
    if len(listed) > ALTERNATIVES:
        raise ValueError(f"alternatives has more than {ALTERNATIVES:,} entries: these are too many")
    if not listed:
        raise ValueError("alternatives is empty: something must be chosen")
    admits = getattr(setting, "admits", None)
    for place, one in enumerate(listed):
        if not isinstance(one, Hashable) or (admits is not None and not admits(one)):
            raise ValueError(
                f"alternatives[{place}] is {one!r}: it is no outcome of {brief(setting)}"
            )
    return tuple(dict.fromkeys(listed))


def load_rule(path: str | Path, *, trusted: tuple[str, ...] = ("mechsim",)) -> SomeRule:
    """The rule that `SomeRule.save` wrote; whether it satisfies its axioms is asked once more.

    Parameters
    ----------
    path : path
    trusted : tuple of str
        Packages from which settings and axioms may be imported.

    Raises
    ------
    ValueError
        If the file is none of these.
    ArithmeticError
        If the rule breaks a clause of an axiom.
    """
    written: Any = json.loads(Path(path).read_text(encoding="utf-8"))
    if not isinstance(written, dict) or cast(Any, written).get("schema") != SCHEMA:
        raise ValueError(f"{path} is no rule: its schema is not {SCHEMA}")
    filed = cast(dict[str, Any], written)
    question: RuleQuestion = decode(filed["question"], trusted)
    chosen = write(question)
    outcomes: list[int] = filed["outcomes"]
    if len(outcomes) != len(chosen.profiles) or not set(outcomes) <= set(
        range(len(question.alternatives))
    ):
        raise ValueError(f"{path} is no rule: its outcomes are not one of each profile")
    rule = SomeRule(question, chosen, tuple(outcomes))
    true = chosen.singles[np.arange(len(outcomes)), outcomes].tolist()
    false = set(chosen.singles.ravel().tolist()) - set(true)
    with solver(chosen.listed()) as engine:
        if not engine.solve(assumptions=[*true, *(-variable for variable in false)]):
            raise ArithmeticError(f"{path}: the rule does not satisfy its axioms")
    return rule


def write(question: RuleQuestion, *, unique: bool = False, end: float | None = None) -> Choices:
    """The unknown rule with all clauses; ``unique`` where rules are to be counted.

    Raises
    ------
    OutOfTime
        If ``end``, a time of `time.monotonic`, comes before they are written.
    """
    symmetric = [axiom for axiom in question.axioms if hasattr(axiom, "symmetries")]
    try:
        chosen = Choices(question.setting, question.agents, question.alternatives, symmetric, end)
        for axiom in question.axioms:
            if hasattr(axiom, "clauses"):
                axiom.clauses(chosen)
    except Undecided as why:
        raise ValueError(f"the question cannot be written as clauses: {why}") from None
    chosen.finish(unique=unique)
    return chosen


def answer(
    question: RuleQuestion, seconds: float | None = None
) -> NoRule | SomeRule | Undetermined:
    """The answer to a question; see `impossible`."""
    end = end_of(seconds)
    late = Undetermined(question, f"no answer after {show(seconds)} seconds")
    try:
        chosen = write(question, end=end)
    except OutOfTime:
        return late
    listed = _Listed.of(chosen)
    found = listed.at_once(end) if len(listed.clauses) > LARGE else listed.solve(end)
    if found is None:
        return late
    if isinstance(found, frozenset):
        if getattr(question.setting, "is_abstraction", False):
            return Undetermined(question, "the alternatives are too coarse to exclude a rule")
        return SomeRule.of(question, chosen, found)
    core = found if isinstance(found, Refutation) else listed.shortened(found, end)
    note = "as a solver found them: some may be spared" if core is found else ""
    if not note and _is_over(end):
        note = f"{show(seconds)} seconds were over: some may be spared"
    return NoRule(question, chosen, tuple(map(chosen.reason, core.used)), core.lemmas, note)


def end_of(seconds: float | None) -> float | None:
    """The time of `time.monotonic` at which so many seconds, more than 0, are over."""
    if seconds is None or seconds == math.inf:
        return seconds
    if real(seconds, "seconds") <= 0:
        raise ValueError(f"seconds is {show(seconds)}: it must be more than 0")
    return monotonic() + seconds


@dataclass(frozen=True, eq=False)
class _Listed:
    """All clauses; the last ones say that something is chosen, and each can be switched off."""

    clauses: list[Clause]
    rows: int
    variables: int

    @staticmethod
    def of(chosen: Choices) -> "_Listed":
        return _Listed(chosen.listed(), len(chosen.profiles), chosen.variables)

    def solve(self, end: float | None) -> "frozenset[int] | list[int] | None":
        """What is true in a rule, or rows at which nothing can be chosen; None if time is over.

        ``end`` is a time of `time.monotonic`.
        """
        fixed = self.clauses[: -self.rows]
        switched = [
            (*clause, -(self.variables + 1 + row))
            for row, clause in enumerate(self.clauses[-self.rows :])
        ]
        switches = [self.variables + 1 + row for row in range(self.rows)]
        with solver([*fixed, *switched], asked=end is not None) as engine:
            satisfied = solved(engine, switches, end)
            if satisfied is None:
                return None
            if satisfied:
                return frozenset(v for v in engine.get_model() if 0 < v <= self.variables)
            core = core_of(engine)
            rng = random.Random(0)
            for _ in range(ROUNDS):
                if _is_over(end):
                    break
                rng.shuffle(core)
                engine.solve(assumptions=core)
                smaller = core_of(engine)
                if len(smaller) == len(core):
                    break
                core = smaller
            core = _spared(engine, core, end)
        return [switch - self.variables - 1 for switch in core]

    def at_once(self, end: float | None) -> "frozenset[int] | Refutation | None":
        """What is true in a rule, or a contradiction as the solver finds it; None if time is over.

        Switches and several calls would each take as long as the first.
        """
        with solver(self.clauses, proof=True) as engine:
            satisfied = solved(engine, (), end)
            if satisfied is None:
                return None
            if satisfied:
                return frozenset(v for v in engine.get_model() if 0 < v <= self.variables)
            lemmas = read_proof(engine.get_proof() or ())
        return refutation(self.clauses, lemmas)

    def shortened(self, rows: Sequence[int], end: float | None = None) -> Refutation:
        """A contradiction that needs the choices at these profiles, in few clauses."""
        first = len(self.clauses) - self.rows
        numbers = [*range(first), *(first + row for row in rows)]
        numbers = without_pure(self.clauses, numbers)
        rng = random.Random(0)
        for _ in range(ROUNDS):
            given = [self.clauses[number] for number in numbers]
            found = refutation(given, _lemmas(given))
            smaller = [numbers[k] for k in found.used]
            if len(smaller) > 0.9 * len(numbers) or _is_over(end):
                numbers = smaller
                break
            numbers = smaller
            rng.shuffle(numbers)
        numbers.sort()
        if len(numbers) <= FEW:
            numbers = _minimal(self.clauses, numbers, self.variables, end)
        given = [self.clauses[number] for number in numbers]
        excluded = None if _is_over(end) else exclusions(given)
        found = refutation(given, _lemmas(given)) if excluded is None else by_units(given, excluded)
        return Refutation(tuple(numbers[k] for k in found.used), found.lemmas)


def _lemmas(clauses: Sequence[Clause]) -> list[Clause]:
    with solver(clauses, proof=True) as engine:
        if engine.solve():
            raise ArithmeticError("clauses that contradict each other no longer do")
        return read_proof(engine.get_proof() or ())


def _is_over(end: float | None) -> bool:
    return end is not None and monotonic() > end


def _spared(engine: Any, core: list[int], end: float | None) -> list[int]:
    """Switches none of which can be spared, or not many if the time is over."""
    needed: list[int] = []
    waiting = list(core)
    while waiting and not _is_over(end):
        one = waiting.pop()
        if engine.solve(assumptions=[*needed, *waiting]):
            needed.append(one)
        else:
            kept = set(core_of(engine))
            waiting = [other for other in waiting if other in kept]
    return sorted([*needed, *waiting])


def _minimal(
    clauses: Sequence[Clause], numbers: Sequence[int], variables: int, end: float | None
) -> list[int]:
    """Clauses that contradict each other, none of which can be spared."""
    switched = [(*clauses[n], -(variables + 1 + k)) for k, n in enumerate(numbers)]
    with solver(switched) as engine:
        kept = _spared(engine, [variables + 1 + k for k in range(len(numbers))], end)
    return [numbers[k - variables - 1] for k in kept]
