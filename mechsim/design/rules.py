"""What `impossible` answers: a rule, the argument that there is none, or that time was over."""

import json
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from .._json import JSON, encode
from .._numbers import show
from .._tables import Table
from .._text import brief, many
from ..axioms._chosen import Literal
from .arguing import argue
from .argument import Argument
from .choices import Choices, Reason
from .refutation import Clause

SCHEMA = "mechsim/rule/1"

SHOWN = 60
"""Profiles that a table shows."""

TOLD = 600
"""Clauses of a contradiction whose argument is told without being asked for."""


@dataclass(frozen=True)
class RuleQuestion:
    """What is asked for.

    Parameters
    ----------
    axioms : tuple of Axiom
        As they are read of mechanisms.
    setting : Setting
    agents : int
    alternatives : tuple
    """

    axioms: tuple[Any, ...]
    setting: Any
    agents: int
    alternatives: tuple[Any, ...]

    def __str__(self) -> str:
        axioms = ", ".join(map(brief, self.axioms)) or "no axioms"
        return f"{many(self.agents, 'agent')} on {brief(self.setting)} with {axioms}"


@dataclass(frozen=True, eq=False, repr=False)
class SomeRule:
    """A rule that satisfies the axioms: an outcome at each profile, looked up.

    It is defined on the types that were listed; other reports raise `ValueError`.

    Parameters
    ----------
    question : RuleQuestion
        What it satisfies.
    chosen : Choices
        Which profiles are alike.
    outcomes : tuple of int
        The number of the alternative at each canonical profile.
    """

    question: RuleQuestion
    chosen: Choices
    outcomes: tuple[int, ...]

    status = "possible"

    @staticmethod
    def of(question: RuleQuestion, chosen: Choices, true: frozenset[int]) -> "SomeRule":
        """The rule that chooses, at each profile, the first alternative whose variable is true."""
        outcomes = tuple(
            next(a for a, variable in enumerate(row) if variable in true)
            for row in chosen.singles.tolist()
        )
        return SomeRule(question, chosen, outcomes)

    def __call__(self, reports: Any, /) -> Any:
        """The outcome at ``reports``."""
        question = self.question
        read = getattr(question.setting, "read", None)
        given = tuple(reports) if read is None else tuple(read(reports))
        if len(given) != question.agents:
            raise ValueError(
                f"reports has {len(given)} entries: there are {question.agents} agents"
            )
        numbers: list[int] = []
        for agent, (report, known) in enumerate(zip(given, self.chosen.numbers, strict=True)):
            if report not in known:
                raise ValueError(
                    f"reports[{agent}] is {show(report)}: this rule is defined on the "
                    f"{len(known)} types of {brief(question.setting)} only"
                )
            numbers.append(known[report])
        return question.alternatives[self._at(np.array([numbers], dtype=np.int64))]

    def _at(self, profile: Any) -> int:
        (variables,) = self.chosen.chosen(profile).tolist()
        return next(a for a, variable in enumerate(variables) if variable in self._true)

    @cached_property
    def _true(self) -> frozenset[int]:
        rows = np.arange(len(self.outcomes))
        return frozenset(self.chosen.singles[rows, list(self.outcomes)].tolist())

    def table(self) -> Table:
        """The outcome at each profile that symmetries tell apart."""
        words = self.chosen.words
        rows = tuple(
            (words.profile(profile), words.some((outcome,)))
            for profile, outcome in zip(
                self.chosen.profiles[:SHOWN].tolist(), self.outcomes, strict=False
            )
        )
        return Table(("profile", "outcome"), rows)

    @property
    def __name__(self) -> str:
        """What sentences call it."""
        return "the rule that was found"

    def __str__(self) -> str:
        return f"possible: there is a rule for {self.question}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<p>{escape(str(self))}</p>{self.table()._repr_html_()}"

    def save(self, path: str | Path) -> None:
        """Write it to a file, with its question; `mechsim.design.load_rule` reads it.

        Raises
        ------
        ValueError
            If something in the question was defined where nobody can import it.
        """
        written: dict[str, Any] = {
            "schema": SCHEMA,
            "question": encode(self.question),
            "outcomes": list(self.outcomes),
        }
        Path(path).write_text(json.dumps(written, ensure_ascii=False) + "\n", encoding="utf-8")

    def to_json(self) -> JSON:
        """The answer as an object for `json.dumps`."""
        table: list[JSON] = [list(row) for row in self.table().rows]
        return {"status": self.status, "sentence": str(self), "table": table}


@dataclass(frozen=True, eq=False, repr=False)
class NoRule:
    """No rule satisfies the axioms: at these profiles they contradict each other.

    Parameters
    ----------
    question : RuleQuestion
        What was asked for.
    chosen : Choices
        Which profiles are alike.
    core : tuple of Reason
        What the axioms say that makes the contradiction.
    lemmas : tuple of (clause, hints)
        The contradiction step by step; see `mechsim.design.refutation`.
    note : str
        Why it may be larger than need be, if it may: not all was tried to make it smaller.
    """

    question: RuleQuestion
    chosen: Choices
    core: tuple[Reason, ...]
    lemmas: tuple[tuple[Clause, tuple[int, ...]], ...]
    note: str = ""

    status = "impossible"

    @cached_property
    def profiles(self) -> tuple[tuple[Any, ...], ...]:
        """The profiles at which the rule cannot choose; without one of them it could.

        Some may be spared where there is a ``note``.
        """
        return tuple(
            tuple(listed[k] for listed, k in zip(self.chosen.types, profile, strict=True))
            for profile in self._numbers
        )

    @cached_property
    def _numbers(self) -> list[tuple[int, ...]]:
        """The same by the numbers of types."""
        found = {
            reason.said[0].profile
            for reason in self.core
            if reason.axiom is None and all(one.holds for one in reason.said)
        }
        return sorted(found)

    def said(self, literal: int) -> Literal:
        """What a variable of a lemma says."""
        for reason in self.core:
            if abs(literal) in map(abs, reason.literals):
                place = [abs(one) for one in reason.literals].index(abs(literal))
                one = reason.said[place]
                return Literal(one.profile, one.members, literal > 0)
        raise ValueError(f"literal is {literal}: no clause of the contradiction has it")

    def argument(self) -> Argument:
        """The proof in words, which may use more profiles if it is shorter with them.

        With thousands of clauses it takes some seconds.
        """
        return self._argument

    @cached_property
    def _argument(self) -> Argument:
        return argue(self.chosen, self.core, self.lemmas)

    @property
    def __name__(self) -> str:
        """What sentences call it."""
        return "the proof that there is no rule"

    @property
    def sentence(self) -> str:
        """What is impossible, and where the axioms contradict each other."""
        return (
            f"impossible: there is no rule for {self.question}; the axioms contradict each other "
            f"at {many(len(self.profiles), 'profile')}{self._noted}"
        )

    @property
    def _noted(self) -> str:
        return f" ({self.note})" if self.note else ""

    @property
    def is_long(self) -> bool:
        """Whether the argument is told only if it is asked for."""
        return len(self.core) > TOLD

    def __str__(self) -> str:
        if self.is_long:
            return f"{self.sentence}, by {many(len(self.core), 'clause')}; argument() tells why"
        return f"{self.sentence}:\n{self.argument()}"

    def __repr__(self) -> str:
        return self.sentence

    def _repr_html_(self) -> str:
        if self.is_long:
            return f"<p>{escape(str(self))}</p>"
        return f"<p>{escape(self.sentence)}:</p>{self.argument()._repr_html_()}"

    def to_json(self) -> JSON:
        """The answer as an object for `json.dumps`; the argument is null where it is very long."""
        words = self.chosen.words
        profiles: list[JSON] = [words.profile(profile) for profile in self._numbers]
        lines: list[JSON] = [] if self.is_long else list(self.argument().lines)
        return {
            "status": self.status,
            "sentence": self.sentence,
            "profiles": profiles,
            "argument": lines or None,
            "clauses": len(self.core),
            "steps": len(self.lemmas),
            "note": self.note or None,
        }


@dataclass(frozen=True)
class Undetermined:
    """Neither a rule nor a contradiction is known, and why."""

    question: RuleQuestion
    why: str

    status = "unknown"

    def __str__(self) -> str:
        return f"unknown: {self.why}; asked for {self.question}"

    def to_json(self) -> JSON:
        """The answer as an object for `json.dumps`."""
        return {"status": self.status, "sentence": str(self)}
