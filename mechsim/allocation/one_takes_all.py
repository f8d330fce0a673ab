r"""One takes all: an agent, fixed in advance, gets every good.

.. math:: A_i = M.

Strategyproof for the emptiest of reasons, and the foil of everything that is fair.
"""

from dataclasses import dataclass
from typing import Any

from .._numbers import whole
from ..algorithms.partition import Bundles
from ..mechanism import accepts_reports
from ._values import Divisible


@dataclass(frozen=True)
class OneTakesAll:
    """Everything for ``agent``, counted from 0.  O(n + m).

    Examples
    --------
    >>> from mechsim import Goods
    >>> OneTakesAll(1, Goods(("car", "dog")))([[1, 1], [1, 0]])
    (frozenset(), frozenset({0, 1}))
    """

    agent: int
    setting: Divisible

    def __post_init__(self) -> None:
        object.__setattr__(self, "agent", whole(self.agent, "agent", 0))

    @accepts_reports
    def __call__(self, reports: tuple[Any, ...], /) -> Bundles:
        """Who gets which goods."""
        if self.agent >= len(reports):
            raise ValueError(f"agent is {self.agent}: there are only {len(reports)} reports")
        everything = frozenset(range(len(self.setting.names)))
        return tuple(
            everything if agent == self.agent else frozenset[int]() for agent in range(len(reports))
        )
