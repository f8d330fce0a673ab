"""Domains of claims beside `Domain`, which lists every profile of a finite setting."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

from .._numbers import whole
from .._text import brief, many
from ..setting import Domain, Instance


@dataclass(frozen=True)
class Increasing:
    """All instances of a finite setting whose reports stand in the order of its types.

    For an anonymous mechanism, agents being alike, they stand for all instances, and there are
    many fewer of them.

    Examples
    --------
    >>> from mechsim import Line
    >>> domain = Increasing(Line(0, 1).grid(2), agents=4)
    >>> domain.size, Domain(Line(0, 1).grid(2), agents=4).size
    (15, 81)
    """

    setting: Any
    agents: int

    def __post_init__(self) -> None:
        every = Domain(self.setting, self.agents)  # which refuses what is no domain
        if len({every.setting.types(agent) for agent in range(every.agents)}) > 1:
            raise ValueError(f"setting is {brief(self.setting)}: its agents have different types")

    @property
    def size(self) -> int:
        """How many instances there are."""
        return math.comb(len(self.setting.types(0)) + self.agents - 1, self.agents)

    def __iter__(self) -> Iterator[Instance]:
        for reports in combinations_with_replacement(self.setting.types(0), self.agents):
            yield Instance(self.setting, reports)

    def __str__(self) -> str:
        return f"{Domain(self.setting, self.agents)} in increasing order"


@dataclass(frozen=True)
class Continuum:
    """All reports of so many agents in a setting whose types are not listed.

    Nothing is enumerated: a claim about it is true if `mechsim.proving.prove` proves it, by
    running the mechanism on every path that it can take.

    Parameters
    ----------
    setting : Setting
        One whose types are numbers between bounds: ``Line(0, 1)``, positions, goods.
    agents : int
        How many agents report.

    Examples
    --------
    >>> from mechsim import Line
    >>> print(Continuum(Line(0, 1), agents=3))
    all reports of 3 agents on Line(0, 1)
    """

    setting: Any
    agents: int

    def __post_init__(self) -> None:
        whole(self.agents, "agents", least=1)
        if not hasattr(self.setting, "types"):
            raise ValueError(f"setting is {self.setting!r}: it must have types, as Line(0, 1)")
        if any(self.setting.types(agent) is not None for agent in range(self.agents)):
            raise ValueError(
                f"setting is {brief(self.setting)}: it lists its types, for Domain(setting, agents)"
            )

    def __str__(self) -> str:
        return f"all reports of {many(self.agents, 'agent')} on {brief(self.setting)}"
