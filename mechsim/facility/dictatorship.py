r"""Dictatorship: build where one agent says.

.. math:: f(x) = x_i.

Strategyproof and unanimous, and unfair to everyone else.
"""

from dataclasses import dataclass

from .._numbers import whole
from ..declared import Report, Term
from ..mechanism import accepts_reports
from ..population import FloatArray
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch, blocks, read_batch


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

    def declared(self, agents: int, /) -> Term:
        """The report of the agent, as a term."""
        self._require(agents)
        return Report(self.agent)

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        self._require(len(reports))
        return reports[self.agent]

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same, for each row of a (batch, agents) array."""
        batch = read_batch(profiles)
        self._require(batch.shape[1])
        for _ in blocks(self.setting, batch):
            pass  # each is read at the door
        return batch[:, self.agent].copy()

    def _require(self, agents: int) -> None:
        if self.agent >= agents:
            raise ValueError(f"agent is {self.agent}: there are only {agents} reports")
