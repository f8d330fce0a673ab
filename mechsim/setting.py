"""The world a mechanism acts in, and a world together with what the agents in it report."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, Protocol, runtime_checkable

import numpy as np

from ._numbers import Number, show_all


class Setting(Protocol):
    """Which types an agent may have, and what an agent of a type likes.

    ``types`` lists them where they are finitely many.  Where they are not, it is None and the
    setting is searched instead (see `Searchable`).
    """

    @property
    def types(self) -> tuple[Any, ...] | None:
        """Every type an agent may have, or None."""
        ...

    def read(self, given: object, /) -> tuple[Any, ...]:
        """Reports from whatever a caller gave, or a `ValueError` that says what is wrong."""
        ...

    def value(self, agent: int, type_: Any, alternative: Any, /) -> Number:
        """What ``alternative`` is worth to ``agent`` when its type is ``type_``."""
        ...

    def misreports(self, agent: int, reports: tuple[Any, ...], /) -> Iterator[Any]:
        """Other reports of ``agent`` worth trying: all of them where they are finitely many."""
        ...

    def simpler(self, type_: Any, /) -> Iterator[Any]:
        """Types that read more simply than ``type_``, simplest first."""
        ...


@runtime_checkable
class Searchable(Protocol):
    """A setting with infinitely many types says where to look first."""

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[tuple[Any, ...]]:
        """Endlessly many profiles, simple ones first, the rest drawn with ``rng``."""
        ...


@dataclass(frozen=True)
class Instance:
    """A setting and the reports in it: where axioms are judged."""

    setting: Setting
    reports: tuple[Any, ...]

    @property
    def agents(self) -> int:
        """How many agents there are."""
        return len(self.reports)

    def name(self, agent: int) -> str:
        """What ``agent`` is called."""
        return f"agent {agent}"

    def replace(self, agent: int, report: Any) -> "Instance":
        """The instance in which ``agent`` reports ``report`` instead."""
        reports = (*self.reports[:agent], report, *self.reports[agent + 1 :])
        return Instance(self.setting, reports)

    def __str__(self) -> str:
        return f"{show_all(self.reports)} on {self.setting}"


@dataclass(frozen=True)
class Domain:
    """All instances of a finite setting with a given number of agents."""

    setting: Setting
    agents: int

    def __post_init__(self) -> None:
        if self.setting.types is None:
            raise ValueError(f"setting is {self.setting}: a domain needs finitely many types")
        if self.agents < 1:
            raise ValueError(f"agents is {self.agents}: at least one agent must report")

    def __len__(self) -> int:
        profiles: int = len(self.setting.types or ()) ** self.agents
        return profiles

    def __iter__(self) -> Iterator[Instance]:
        for reports in product(self.setting.types or (), repeat=self.agents):
            yield Instance(self.setting, reports)

    def __str__(self) -> str:
        noun = "agent" if self.agents == 1 else "agents"
        return f"{self.agents} {noun} on {self.setting}"
