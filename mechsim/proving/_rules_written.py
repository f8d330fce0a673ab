"""What `mechsim.design.impossible` answers, as certificates hold it.

Design is beside this package, so its answers are known here by what they have.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any, Protocol, runtime_checkable

from .._text import brief
from ..axioms import Neutral, Onto
from ..preferences.between import Between
from ..preferences.cells import Cells
from ..preferences.space import ChebyshevDistance, EuclideanDistance, ManhattanDistance
from ..preferences.stretches import Stretches
from . import certcheck
from ._written import Certificate, by_formula, exact, exactly, write_world

PARTS = (Between, Cells, Stretches)
"""Settings with any place as an outcome, whose alternatives are parts that cover all places."""

METRICS: dict[type, str] = {
    EuclideanDistance: "euclidean",
    ManhattanDistance: "manhattan",
    ChebyshevDistance: "chebyshev",
}


@runtime_checkable
class SomeRule(Protocol):
    """A rule that satisfies what was asked."""

    @property
    def question(self) -> Any:
        """The axioms, the setting, how many agents, and the alternatives."""
        ...

    @property
    def outcomes(self) -> tuple[int, ...]:
        """The number of what is chosen at each profile that differs."""
        ...

    def __call__(self, reports: Any, /) -> Any:
        """What is chosen at ``reports``."""
        ...


@runtime_checkable
class NoRule(Protocol):
    """No rule satisfies what was asked: what the axioms say, and how it contradicts itself."""

    @property
    def question(self) -> Any:
        """The axioms, the setting, how many agents, and the alternatives."""
        ...

    @property
    def core(self) -> Sequence[Any]:
        """Clauses: the axiom or None, literals by variable, and what each literal says."""
        ...

    @property
    def lemmas(self) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
        """Clauses that follow, each with the numbers of those that it follows from."""
        ...


def require_listed(axioms: Iterable[Any], setting: Any) -> None:
    """Raise `ValueError` if a table on a line is asked about all alternatives."""
    for axiom in axioms:
        if by_formula(setting) and isinstance(axiom, (Neutral, Onto)):
            raise ValueError(
                f"axioms has {brief(axiom)}, on {brief(setting)}: tables are certified to satisfy "
                "it where alternatives are listed, and the places of a line are not"
            )


@dataclass(frozen=True)
class Ordered:
    """A setting with the order of its distances instead of them: which of two outcomes is nearer.

    Of rules that draw no lots no more is asked, and the numbers are rational.
    """

    setting: Any

    def types(self, agent: int, /) -> Any:
        """Those of the setting."""
        return self.setting.types(agent)

    def alternatives(self, agents: int, /) -> Any:
        """Those of the setting."""
        return self.setting.alternatives(agents)

    def value(self, agent: int, type_: Any, alternative: Any, /) -> Any:
        """Minus what orders the distances."""
        return -self.setting.order(type_, alternative)


def setting_of(question: Any) -> Any:
    """The setting of a question, with exact values.

    Raises
    ------
    ValueError
        If alternatives do not have one value each.
    """
    setting = question.setting
    if isinstance(setting, PARTS):
        return setting
    if getattr(setting, "is_abstraction", False):
        raise ValueError(
            f"found is on {brief(setting)}, whose alternatives are parts of a continuum: "
            "certificates are about alternatives that have one value each, and about Between, "
            "Cells and Stretches"
        )
    return Ordered(setting) if hasattr(setting, "order") else exactly(setting)


def contradiction(found: NoRule, names: Sequence[Any]) -> tuple[Certificate, Certificate]:
    """The statement and the proof; ``names`` are those of the axioms in question."""
    question = found.question
    if isinstance(question.setting, PARTS):
        for axiom, name in zip(question.axioms, names, strict=True):
            if isinstance(name, str) and name not in certcheck.OF_PARTS:
                raise ValueError(
                    f"axiom is {brief(axiom)}, on {brief(question.setting)}: of parts of a "
                    f"continuum certificates know {', '.join(certcheck.OF_PARTS)}, and ratios"
                )
    world, alternatives = _world(question)
    statement = {
        "setting": world,
        "agents": question.agents,
        "alternatives": alternatives,
        "axioms": list(names),
    }
    return statement, _proof(found, dict(zip(question.axioms, names, strict=True)))


def _world(question: Any) -> tuple[Certificate, list[Any]]:
    """The setting with all that may be better than an outcome, and what may be chosen."""
    setting = setting_of(question)
    if isinstance(setting, PARTS):
        if tuple(question.alternatives) != tuple(setting.alternatives(question.agents)):
            raise ValueError("found is about some parts of a continuum, and they must be all")
        return _in_parts(setting), [*range(len(question.alternatives))]
    types = [tuple(map(exact, setting.types(agent))) for agent in range(question.agents)]
    some = tuple(map(exact, question.alternatives))
    listed = hasattr(setting, "alternatives") and not by_formula(setting)
    rivals = map(exact, setting.alternatives(question.agents) if listed else ())
    world = write_world(setting, types, tuple(dict.fromkeys((*some, *rivals))))
    return world.data, [world.write(one) for one in some]


def _in_parts(setting: Between | Cells | Stretches) -> Certificate:
    """A setting with any place as an outcome."""
    if isinstance(setting, Stretches):
        line = write_world(exactly(setting.line), [], ()).data
        return {"kind": "stretches", "line": line, "parts": setting.parts}
    points = [plain_point(point) for point in setting.types(0) or ()]
    if isinstance(setting, Between):
        return {"kind": "between", "points": points, "parts": setting.parts}
    space = setting.space
    if type(space.metric) not in METRICS:
        raise ValueError(f"space is {space}: certificates are about {', '.join(METRICS.values())}")
    return {
        "kind": "cells",
        "low": plain_point(space.low),
        "high": plain_point(space.high),
        "points": points,
        "parts": list(setting.parts),
        "metric": METRICS[type(space.metric)],
        "facilities": space.facilities,
    }


def plain_point(point: Iterable[Any]) -> list[str]:
    """Its numbers as they are written."""
    return [str(Fraction(number)) for number in point]


def _proof(found: NoRule, names: dict[Any, Any]) -> Certificate:
    """What each variable says, the clauses by their axioms, and the lemmas."""
    number: dict[tuple[Any, Any], int] = {}
    called: dict[int, int] = {}
    clauses: list[tuple[Any, str]] = []
    for reason in found.core:
        clause: list[int] = []
        for literal, said in zip(reason.literals, reason.said, strict=True):
            place = number.setdefault((said.profile, said.members), len(number) + 1)
            called.setdefault(abs(literal), place)
            clause.append(place if said.holds else -place)
        name = certcheck.ONE_OUTCOME if reason.axiom is None else names[reason.axiom]
        clauses.append((name if isinstance(name, str) else next(iter(name)), _text(clause)))
    lemmas: list[list[str]] = []
    for lemma, hints in found.lemmas:  # of what no clause speaks nothing depends
        kept = [(one > 0, called[abs(one)]) for one in lemma if abs(one) in called]
        lemmas.append([_text(k if holds else -k for holds, k in kept), _text(hints)])
    return {
        "variables": [f"{_text(at)}: {_text(some)}" for at, some in number],
        "clauses": [
            [name, [clause for _, clause in group]]
            for name, group in groupby(clauses, key=lambda pair: pair[0])
        ],
        "lemmas": lemmas,
    }


def renamings(setting: Any, alternatives: Iterable[Any]) -> Certificate:
    """Neutrality, with the ways in which types and alternatives are renamed."""
    listed = (map(exact, setting.types(0)), map(exact, alternatives))
    types, some = ({one: k for k, one in enumerate(these)} for these in listed)
    if not hasattr(setting, "renamings"):
        raise ValueError(f"axioms has Neutral, and {brief(setting)} does not say what is renamed")
    ways: list[str] = []
    for new in setting.renamings():
        names = [exact(new.alternative(one)) for one in some]
        for name in names:
            if name not in some:
                raise ValueError(
                    f"alternatives lacks {name!r}, which another is called after {brief(new)}"
                )
        moved = _text(types[exact(new.type_(one))] for one in types)
        ways.append(f"{moved}: {_text(some[name] for name in names)}")
    return {"neutral": ways}


def _text(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))
