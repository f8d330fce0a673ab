"""Designed mechanisms as pictures need them: types as numbers, lotteries by alternative, titles."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from collections.abc import Iterable, Sequence
from fractions import Fraction
from textwrap import fill
from typing import Any, TypeAlias

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from .._numbers import sequence, show, show_all, whole
from .._text import brief
from ..design import Designed
from ..setting import Instance, Priced
from ._reading import name_of, short
from ._style import LINES, MARKERS, SERIES

Profile: TypeAlias = tuple[Any, ...]

Others: TypeAlias = Iterable[Sequence[Any]]
"""Profiles of all agents but one, in their order."""

TICKS = 9
"""Types named along an axis at most."""


def require_design(designed: object) -> Designed:
    """``designed`` itself, or a `ValueError` that says what it is."""
    if not isinstance(designed, Designed):
        raise ValueError(
            f"designed is {name_of(designed)}: it must be a mechanism that was designed"
        )
    return designed


def require_agent(designed: Designed, agent: object) -> int:
    """One of the agents, or a `ValueError`."""
    number = whole(agent, "agent", least=0)
    if number >= designed.agents:
        raise ValueError(f"agent is {number}: there are {designed.agents} agents")
    return number


def is_number(value: object) -> bool:
    """Whether a type or an alternative is a place on a line."""
    return isinstance(value, (int, float, Fraction)) and not isinstance(value, bool)


def numbers_of(designed: Designed, agent: int) -> tuple[Any, ...]:
    """The types of an agent from the least, if they are numbers."""
    listed = designed.sought.types[agent]
    for type_ in listed:
        if not is_number(type_):
            raise ValueError(
                f"designed has the type {brief(type_)} of agent {agent}: the picture needs types "
                "that are numbers"
            )
    return tuple(sorted(listed))


def places_of_design(designed: Designed) -> tuple[Any, ...]:
    """The alternatives from the least, if they are numbers."""
    listed = designed.question.alternatives
    for alternative in listed:
        if not is_number(alternative):
            raise ValueError(
                f"designed has the alternative {brief(alternative)}: the picture needs "
                "alternatives that are numbers"
            )
    return tuple(sorted(listed))


def chances_at(designed: Designed, profile: Profile) -> dict[Any, Fraction]:
    """How likely each alternative is that can be drawn there."""
    return {
        outcome.alternative if isinstance(outcome, Priced) else outcome: p
        for outcome, p in designed(profile).probability.items()
    }


def expected_at(designed: Designed, profile: Profile) -> Any:
    """The expected place there."""
    return sum((p * y for y, p in chances_at(designed, profile).items()), Fraction(0))


def insert(others: Profile, agent: int, report: Any) -> Profile:
    """The profile in which ``agent`` reports ``report`` among the others."""
    return (*others[:agent], report, *others[agent:])


def read_others(designed: Designed, agent: int, others: Others) -> tuple[Profile, ...]:
    """Profiles of the others, each checked against their types.

    Raises
    ------
    ValueError
        If there is none, or one has a wrong length or a report that is no type.
    """
    rest = [i for i in range(designed.agents) if i != agent]
    profiles: list[Profile] = []
    for k, given in enumerate(others):
        reports = tuple(sequence(given, f"others[{k}]"))
        if len(reports) != len(rest):
            raise ValueError(
                f"others[{k}] has {len(reports)} entries: it must have one for each of the "
                f"{len(rest)} other agents"
            )
        for place, (i, report) in enumerate(zip(rest, reports, strict=True)):
            if report not in designed.sought.types[i]:
                raise ValueError(
                    f"others[{k}][{place}] is {show(report)}: it must be one of the types of "
                    f"agent {i}, {show_all(designed.sought.types[i])}"
                )
        profiles.append(reports)
    if not profiles:
        raise ValueError("others is empty: it must have at least one profile of the other agents")
    return tuple(dict.fromkeys(profiles))


def tell_others(designed: Designed, agent: int, others: Profile) -> str:
    """What the other agents do: ``agent 1 reports 1/4``."""
    here = Instance(designed.setting, ())
    told = [here.tell_type(report) for report in others]
    if not told:
        return "nobody else reports"
    if len(told) == 1:
        return f"{here.name(1 - agent)} reports {told[0]}"
    return f"the others report {show_all(told)}"


def title_of(designed: Designed, letters: int) -> str:
    """The goal, the axioms and the exact value, in lines of so many letters."""
    question = designed.question
    axioms = ", ".join(map(brief, question.axioms)) or "no axioms"
    value = designed.value
    told = show(value) if len(show(value)) <= 24 else f"about {float(value):.6g}"
    return fill(f"{brief(question.goal)} with {axioms}: {told}", letters)


def ticks_of(types: Sequence[Any]) -> tuple[list[float], list[str]]:
    """Where an axis has its marks, and what they say."""
    step = -(-len(types) // TICKS)
    shown = types[::step]
    return [float(type_) for type_ in shown], [short(type_) for type_ in shown]


def blank_figure(width: float, height: float) -> Figure:
    """A figure of this size in inches that belongs to no window."""
    figure = plt.figure(figsize=(width, height), layout="constrained")
    plt.close(figure)  # a notebook shows the figure that a cell ends with, once
    return figure


def look_of(number: int, count: int) -> dict[str, Any]:
    """How a curve of ``count`` looks: broken over whole lines, so that none hides another."""
    return {
        "color": SERIES[number % len(SERIES)],
        "linestyle": LINES[number % len(LINES)],
        "linewidth": 1.8,
        "marker": MARKERS[number % len(MARKERS)],
        "markersize": 5 + min(count - 1 - number, 4),
    }
