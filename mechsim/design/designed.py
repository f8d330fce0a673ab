"""What `optimize` answers: a mechanism with its proof, the proof that there is none, or a bound."""

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from .._json import decode, encode
from .._numbers import show
from .._tables import Table
from .._text import brief
from ..lottery import Finite, mix, sure
from ..program import Infeasible, Optimum, Program
from ..setting import Instance, Priced
from .leximin import levels
from .sought import Blueprint

if TYPE_CHECKING:
    from .optimize import Question

SCHEMA = "mechsim/designed/1"

SHOWN = 60
"""Profiles that a table shows."""


@dataclass(frozen=True, eq=False, repr=False)
class Designed:
    """The best mechanism: a lottery at each profile, looked up.

    It is defined on the types that were listed; other reports raise `ValueError`.

    Parameters
    ----------
    question : Question
        What it is the best for.
    optimum : Optimum
        The probabilities, and the multipliers that prove them best, checked exactly.
    sought : Blueprint
        Which probability is which variable.
    """

    question: "Question"
    optimum: Optimum
    sought: Blueprint

    @property
    def setting(self) -> Any:
        """The world."""
        return self.question.setting

    @property
    def agents(self) -> int:
        """How many report."""
        return self.question.agents

    @property
    def value(self) -> Fraction:
        """What the objective comes to, exactly."""
        return self.optimum.value

    @property
    def levels(self) -> tuple[Fraction, ...]:
        """The expected objective at each profile that symmetries tell apart, from the worst.

        Raises
        ------
        ValueError
            If the goal is not about an objective.
        """
        objective = getattr(self.question.goal, "objective", None)
        if objective is None:
            raise ValueError(f"goal is {brief(self.question.goal)}: it has no objective")
        return levels(objective, self.sought, self.optimum)

    @property
    def program(self) -> Program:
        """The program that was solved."""
        return self.optimum.program

    def __call__(self, reports: Any, /) -> Finite[Any]:
        """The lottery at ``reports``."""
        read = getattr(self.setting, "read", None)
        given = tuple(reports) if read is None else tuple(read(reports))
        if len(given) != self.agents:
            raise ValueError(f"reports has {len(given)} entries: there are {self.agents} agents")
        numbers: list[int] = []
        for agent, (report, known) in enumerate(zip(given, self.sought.numbers, strict=True)):
            if report not in known:
                raise ValueError(
                    f"reports[{agent}] is {show(report)}: this mechanism is defined on the "
                    f"{len(known)} types of {brief(self.setting)} only"
                )
            numbers.append(known[report])
        return self._lottery(np.array([numbers], dtype=np.int64))

    def _lottery(self, profile: Any) -> Finite[Any]:
        primal = self.optimum.primal
        columns: list[int] = self.sought.lottery(profile)[0].tolist()
        chances = [primal[j] for j in columns]
        drawn: list[tuple[Fraction, Any]] = [
            (p, y) for p, y in zip(chances, self.question.alternatives, strict=True) if p
        ]
        if self.question.payments:
            columns = self.sought.payments(profile)[0].tolist()
            paid = tuple(primal[j] for j in columns)
            drawn = [(p, Priced(y, paid)) for p, y in drawn]
        return mix((p, sure(outcome)) for p, outcome in drawn)

    @property
    def scope(self) -> str:
        """What the value says beyond the types and the alternatives that were listed."""
        question = self.question
        bound = "as a mechanism for more types is one for these, none for more types is better"
        complete = getattr(question.setting, "leaves_nothing_out", None)
        if complete is not None and complete(question.goal, question.axioms):
            others = "no other alternative would help, as each can be split between two of these"
        else:
            listed = len(question.alternatives)
            others = f"with others than these {listed} alternatives there may be a better one"
        return f"{bound}; {others}"

    def proof(self) -> Table:
        """The rows that prove it best, with their multipliers."""
        return self.optimum.proof()

    def table(self) -> Table:
        """The lottery at each profile that symmetries tell apart."""
        sought = self.sought
        rows: list[tuple[str, str]] = []
        for row in range(min(len(sought.profiles), SHOWN)):
            here = sought.instance(row)
            lottery = self._lottery(sought.profiles[row : row + 1])
            rows.append((here.tell_reports(), _told(here, lottery)))
        return Table(("profile", "lottery"), tuple(rows))

    def __str__(self) -> str:
        question = self.question
        axioms = ", ".join(map(brief, question.axioms)) or "no axioms"
        rows = sum(1 for y in self.optimum.dual if y)
        return (
            f"{brief(question.goal)} of the best mechanism for {question.agents} agents on "
            f"{brief(question.setting)} with {axioms}: {show(self.value)}, proved by {rows} of "
            f"{self.program.shape[0]:,} rows"
        )

    __repr__ = __str__

    @property
    def __name__(self) -> str:
        """What sentences call it."""
        return f"the best mechanism by {brief(self.question.goal)}"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(str(self))}</p>{self.table()._repr_html_()}"

    def save(self, path: str | Path) -> None:
        """Write it to a file, with its question and its proof.

        Raises
        ------
        ValueError
            If something in the question was defined where nobody can import it.
        """
        written: dict[str, Any] = {
            "schema": SCHEMA,
            "question": encode(self.question),
            "primal": [[j, str(x)] for j, x in enumerate(self.optimum.primal) if x],
            "dual": [[j, str(y)] for j, y in enumerate(self.optimum.dual) if y],
        }
        Path(path).write_text(json.dumps(written, ensure_ascii=False) + "\n", encoding="utf-8")


def load(path: str | Path, *, trusted: tuple[str, ...] = ("mechsim",)) -> Designed:
    """The mechanism that `Designed.save` wrote, proved best once more.

    Parameters
    ----------
    path : path
    trusted : tuple of str
        Packages from which settings, axioms and objectives may be imported.

    Raises
    ------
    ValueError
        If the file is none of these.
    ArithmeticError
        If it does not prove what it says.
    """
    written: Any = json.loads(Path(path).read_text(encoding="utf-8"))
    if not isinstance(written, dict) or cast(Any, written).get("schema") != SCHEMA:
        raise ValueError(f"{path} is no designed mechanism: its schema is not {SCHEMA}")
    filed = cast(dict[str, Any], written)
    question: Question = decode(filed["question"], trusted)
    if hasattr(question.goal, "again"):  # its program grows as it is solved
        from .optimize import best

        return cast(Designed, best(question))
    sought, program = question.write()
    rows, columns = program.shape
    primal, dual = [Fraction(0)] * columns, [Fraction(0)] * rows
    for vector, name in ((primal, "primal"), (dual, "dual")):
        for place, number in cast(list[tuple[int, str]], filed[name]):
            vector[place] = Fraction(number)
    return Designed(question, Optimum(program, tuple(primal), tuple(dual)), sought)


@dataclass(frozen=True, eq=False, repr=False)
class NoMechanism:
    """No mechanism satisfies the axioms: these rows contradict each other.

    Parameters
    ----------
    question : Question
        What was asked for.
    infeasible : Infeasible
        The rows, with multipliers that combine them to a contradiction.
    """

    question: "Question"
    infeasible: Infeasible

    @property
    def core(self) -> tuple[str, ...]:
        """The rows that contradict each other, none of which can be spared.

        That no probability is negative is granted.
        """
        program, multipliers = self.infeasible.program, self.infeasible.multipliers
        return tuple(program.row_name(row) for row, y in enumerate(multipliers) if y)

    def __str__(self) -> str:
        axioms = ", ".join(map(brief, self.question.axioms))
        listed = "\n".join(f"  {row}" for row in self.core)
        return (
            f"no mechanism for {self.question.agents} agents on {brief(self.question.setting)} "
            f"satisfies {axioms}: these {len(self.core)} rows contradict each other\n{listed}"
        )

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from html import escape

        rows = Table(("these rows contradict each other",), tuple((row,) for row in self.core))
        return f"<p>{escape(str(self).splitlines()[0])}</p>{rows._repr_html_()}"

    @property
    def __name__(self) -> str:
        """What sentences call it."""
        return "the proof that there is no mechanism"


@dataclass(frozen=True)
class NotBest:
    """The time was over: no mechanism does better than ``bound``, and none is known to reach it."""

    question: "Question"
    bound: Fraction | None

    def __str__(self) -> str:
        if self.bound is None:
            return "stopped: the time was over before anything was known"
        return f"stopped: no mechanism does better than {show(self.bound)}"


def _told(here: Instance, lottery: Finite[Any]) -> str:
    drawn = lottery.probability.items()
    if len(drawn) == 1:
        return here.tell(lottery.support[0])
    return ", ".join(f"{here.tell(outcome)}: {show(p)}" for outcome, p in drawn)
