"""The world a mechanism acts in, and a world together with what the agents in it report.

A setting says which types agents may have and what an agent of a type likes; click rates, costs,
budgets and priors live in it and nowhere else.  The least a setting can be is two methods,
``types`` and ``value``; further ones, each a protocol below, make it searchable, let its
witnesses be shrunk, and give its agents and alternatives their names.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, Protocol, TypeGuard

import numpy as np

from ._numbers import Number, show, show_all, whole
from ._text import brief
from .population import Population, Reports


class Undecided(Exception):  # noqa: N818 - it is an answer, not an error
    """Raised by an axiom or a setting that cannot judge this mechanism at all; says why."""


def require(setting: Any, method: str) -> None:
    """Raise `Undecided` unless ``setting`` has the method that an axiom asks it for."""
    if not hasattr(setting, method):
        raise Undecided(f"{brief(setting)} does not say {method}, which the axiom asks for")


def unpriced(outcome: Any) -> Any:
    """``outcome``, for an axiom that does not say what payments are worth.

    Raises
    ------
    Undecided
        If agents pay.
    """
    if isinstance(outcome, Priced):
        raise Undecided("agents pay, and the axiom does not say what payments are worth")
    return outcome


class Setting(Protocol):
    """Which types an agent may have, and what an agent of a type likes."""

    def types(self, agent: int, /) -> tuple[Any, ...] | None:
        """Every type of ``agent``, simplest first, or None where they are infinitely many."""
        ...

    def value(self, agent: int, type_: Any, alternative: Any, /) -> Any:
        """What ``alternative`` is worth to ``agent`` when its type is ``type_``."""
        ...


class Searchable(Setting, Protocol):
    """A setting with infinitely many types says where to look first."""

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[tuple[Any, ...]]:
        """Endlessly many profiles, simple ones first, the rest drawn with ``rng``."""
        ...

    def misreports(self, agent: int, reports: tuple[Any, ...], /) -> Iterator[Any]:
        """Other reports of ``agent`` that are worth trying."""
        ...

    def simpler(self, type_: Any, /) -> Iterator[Any]:
        """Types that read more simply than ``type_``, simplest first."""
        ...


@dataclass(frozen=True)
class Strand:
    """Types of one agent that differ in one number only: a straight line through its types.

    ``at(t)`` is the type for each ``low <= t <= high``.
    """

    low: Number
    high: Number
    at: Callable[[Any], Any]


def itself(number: Any) -> Any:
    """The type that is one number."""
    return number


class Stranded(Searchable, Protocol):
    """A setting whose types are made of numbers, so that one can be varied at a time."""

    def strands(self, agent: int, reports: tuple[Any, ...], /) -> Iterator[Strand]:
        """The lines through the type that ``agent`` reports, one for each number in it."""
        ...


class Named(Protocol):
    """A setting that knows what its agents are called."""

    @property
    def agents(self) -> tuple[str, ...]:
        """The names, one an agent."""
        ...


class Tells(Protocol):
    """A setting that can put an alternative into words."""

    def tell(self, alternative: Any, /) -> str:
        """The alternative, by the names that the user gave."""
        ...


@dataclass(frozen=True)
class Priced:
    """An outcome with money: ``payments[i]`` is what agent i pays; negative is received."""

    alternative: Any
    payments: tuple[Number, ...]


def utility(setting: Setting, agent: int, type_: Any, outcome: Any) -> Any:
    """The value of the outcome's alternative, less what the agent pays for it."""
    if isinstance(outcome, Priced):
        return setting.value(agent, type_, outcome.alternative) - outcome.payments[agent]
    return setting.value(agent, type_, outcome)


def interdependent(setting: Setting, agent: int, profile: tuple[Any, ...], outcome: Any, /) -> Any:
    """The agent's `utility` where ``profile`` is the truth.

    A setting in which what others know bears on one's value says so by
    ``value_at(agent, profile, alternative)``.
    """
    value_at = getattr(setting, "value_at", None)
    if value_at is None:
        return utility(setting, agent, profile[agent], outcome)
    if isinstance(outcome, Priced):
        return value_at(agent, profile, outcome.alternative) - outcome.payments[agent]
    return value_at(agent, profile, outcome)


def is_searchable(setting: object) -> TypeGuard[Searchable]:
    """Whether a setting says where to look for profiles."""
    return hasattr(setting, "profiles")


def is_stranded(setting: object) -> TypeGuard[Stranded]:
    """Whether types are made of numbers that can be varied one at a time."""
    return hasattr(setting, "strands")


@dataclass(frozen=True)
class Instance:
    """A setting and the reports in it: where axioms are judged."""

    setting: Any
    reports: Reports

    @property
    def agents(self) -> int:
        """How many agents there are."""
        return len(self.reports)

    @property
    def profile(self) -> tuple[Any, ...]:
        """The reports, written out one an agent."""
        return self.reports.expanded() if isinstance(self.reports, Population) else self.reports

    def name(self, agent: int) -> str:
        """What ``agent`` is called: by the setting, or by its number."""
        names: tuple[str, ...] = getattr(self.setting, "agents", ())
        return names[agent] if agent < len(names) else f"agent {agent}"

    def tell(self, outcome: Any) -> str:
        """An outcome in words: by the setting, or as it is."""
        if isinstance(outcome, Priced):
            named: tuple[str, ...] = getattr(self.setting, "agents", ())
            paid = ", ".join(
                f"{named[agent]} {show(payment)}" if agent < len(named) else show(payment)
                for agent, payment in enumerate(outcome.payments)
            )
            return f"{self.tell(outcome.alternative)} with payments ({paid})"
        tell = getattr(self.setting, "tell", None)
        return str(tell(outcome)) if tell is not None else show_all((outcome,))[1:-1]

    def tell_type(self, type_: Any) -> str:
        """A type in words: by the setting, or as it is."""
        tell = getattr(self.setting, "tell_type", None)
        return str(tell(type_)) if tell is not None else show_all((type_,))[1:-1]

    def tell_reports(self) -> str:
        """The reports on one line: by the setting's words for a type, or as they are."""
        if isinstance(self.reports, Population):
            return str(self.reports)
        return show_all([self.tell_type(report) for report in self.reports])

    def replace(self, agent: int, report: Any) -> "Instance":
        """The instance in which ``agent`` reports ``report`` instead."""
        profile = self.profile
        return Instance(self.setting, (*profile[:agent], report, *profile[agent + 1 :]))

    def misreports(self, agent: int) -> Iterator[Any]:
        """Other reports of ``agent``: all of them where its types are finitely many."""
        profile = self.profile
        types = self.setting.types(agent)
        if types is not None:
            yield from (type_ for type_ in types if type_ != profile[agent])
        elif is_searchable(self.setting):
            yield from self.setting.misreports(agent, profile)

    def simpler(self, agent: int) -> Iterator[Any]:
        """Reports of ``agent`` that read more simply, simplest first."""
        report = self.profile[agent]
        types = self.setting.types(agent)
        if types is not None:
            yield from types[: types.index(report)]
        elif is_searchable(self.setting):
            yield from self.setting.simpler(report)

    def __str__(self) -> str:
        return f"{self.tell_reports()} on {brief(self.setting)}"


@dataclass(frozen=True)
class Domain:
    """All instances of a finite setting with a given number of agents."""

    setting: Any
    agents: int

    def __post_init__(self) -> None:
        whole(self.agents, "agents", least=1)
        if not hasattr(self.setting, "types"):
            raise ValueError(f"setting is {self.setting!r}: it must have types and value")
        for agent in range(self.agents):
            if self.setting.types(agent) is None:
                raise ValueError(
                    f"setting is {brief(self.setting)}: a domain needs finitely many types"
                )

    def _types(self) -> list[tuple[Any, ...]]:
        return [self.setting.types(agent) or () for agent in range(self.agents)]

    @property
    def size(self) -> int:
        """How many instances there are."""
        return math.prod(map(len, self._types()))

    def __iter__(self) -> Iterator[Instance]:
        for reports in product(*self._types()):
            yield Instance(self.setting, reports)

    def __str__(self) -> str:
        noun = "agent" if self.agents == 1 else "agents"
        return f"{self.agents} {noun} on {brief(self.setting)}"
