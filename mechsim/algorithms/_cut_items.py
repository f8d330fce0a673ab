r"""The programs in which everybody keeps at least what it has and gains as much as it can.

With :math:`x_{ig}` for the part of item g that agent i gets, and values in units of the agent's
largest one,

.. math:: \max \sum_i s_i \quad\text{where}\quad \sum_g v_{ig} x_{ig} - s_i = v_i(A_i), \quad
          \sum_i x_{ig} = 1, \quad x, s \ge 0.

Both answers, by HiGHS in floats, only say where to look: any positive weights are right, and
bundles are compared exactly by whoever asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .partition import Bundles

FINE = 10**9
"""Weights are rounded to this precision."""

SECONDS = 5.0
"""So long HiGHS may take."""


@dataclass(frozen=True)
class CutItems:
    """The programs for agents with these ``rows`` of values, who ``has`` so much each."""

    rows: tuple[tuple[int, ...], ...]
    has: Sequence[int]

    @property
    def units(self) -> list[int]:
        """The largest value of each agent."""
        return [max(1, *map(abs, row)) for row in self.rows]

    def weights(self) -> tuple[int, ...]:
        """Weights of the agents by which what they have is worth as near to the most as can be."""
        found = self._solved(whole=False)
        agents = len(self.rows)
        if found.x is None:
            return (1,) * agents
        prices: list[float] = found.eqlin.marginals[:agents].tolist()
        # for each unit that an agent must have, the others gain less by its weight, or it by one
        dual = [max(1.0, abs(p)) / unit for p, unit in zip(prices, self.units, strict=True)]
        return tuple(max(1, round(FINE * weight / min(dual))) for weight in dual)

    def whole(self) -> Bundles | None:
        """Bundles that nearly solve the program, if HiGHS finds some in time."""
        found = self._solved(whole=True)
        if found.x is None:
            return None
        agents, items = len(self.rows), len(self.rows[0])
        holders: list[int] = (
            found.x[: agents * items].reshape(agents, items).argmax(axis=0).tolist()
        )
        return tuple(
            frozenset(g for g, holder in enumerate(holders) if holder == agent)
            for agent in range(agents)
        )

    def _solved(self, whole: bool) -> Any:
        from scipy.optimize import linprog

        agents, items = len(self.rows), len(self.rows[0])
        columns = agents * items
        values, once = np.zeros((agents, columns + agents)), np.zeros((items, columns + agents))
        for agent, (row, unit) in enumerate(zip(self.rows, self.units, strict=True)):
            own = slice(agent * items, (agent + 1) * items)
            values[agent, own] = [value / unit for value in row]
            values[agent, columns + agent] = -1
            once[:, own] = np.eye(items)
        has = [value / unit for value, unit in zip(self.has, self.units, strict=True)]
        return linprog(
            np.r_[np.zeros(columns), -np.ones(agents)],
            A_eq=np.r_[values, once],
            b_eq=[*has, *[1.0] * items],
            bounds=(0, None),
            integrality=np.r_[np.full(columns, int(whole)), np.zeros(agents)],
            options={"time_limit": SECONDS},
        )
