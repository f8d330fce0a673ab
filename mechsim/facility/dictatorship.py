r"""Dictatorship: build where one agent says.

.. math:: f(x) = x_i.

Strategyproof and unanimous, and unfair to everyone else.
"""

from dataclasses import dataclass

from .._numbers import whole
from ..mechanism import accepts_reports
from ..preferences.single_peaked import Line, Point, Points


@dataclass(frozen=True)
class Dictatorship:
    """The report of ``agent``, counted from 0.  O(1).

    Examples
    --------
    >>> Dictatorship(agent=1)([0.9, 0.1, 0.4])
    0.1
    """

    agent: int = 0
    setting: Line = Line()

    def __post_init__(self) -> None:
        whole(self.agent, "agent", least=0)

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        if self.agent >= len(reports):
            raise ValueError(f"agent is {self.agent}: there are only {len(reports)} reports")
        return reports[self.agent]
