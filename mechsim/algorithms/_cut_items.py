r"""The programs in which everybody keeps at least what it has, and all together gain the most.

With :math:`x_{ig}` for the part of item g that agent i gets, and values in units of the agent's
largest one,

.. math:: \max \sum_i \sum_g v_{ig} x_{ig} \quad\text{where}\quad
          \sum_g v_{ig} x_{ig} \ge v_i(A_i), \quad \sum_i x_{ig} = 1, \quad x \ge 0.

HiGHS solves them in floats.  Its answers only say where to look: any positive weights are right,
and whoever asks compares bundles exactly.  That there is no gain is its word, to be granted.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .partition import Bundles

FINE = 10**9
"""Weights are rounded to this precision."""

SECONDS = 5.0
"""So long HiGHS may take."""

LARGEST = 2**53
"""Of larger values than this, floats do not tell a gain of 1 from none."""

TRUSTED = "that HiGHS overlooks no division that dominates"


@dataclass(frozen=True)
class Most:
    """The ``bundles`` that HiGHS found, if any, and whether it is sure that nothing is gained."""

    bundles: Bundles | None
    no_gain: bool


@dataclass(frozen=True)
class CutItems:
    """The programs for agents with these ``rows`` of values, who ``has`` so much each."""

    rows: tuple[tuple[int, ...], ...]
    has: tuple[int, ...]

    @property
    def units(self) -> list[int]:
        """The largest value of each agent."""
        return [max(1, *map(abs, row)) for row in self.rows]

    def weights(self) -> tuple[int, ...]:
        """Weights of the agents by which what they have is worth as near to the most as can be."""
        found = self._solved(whole=False)
        if found.x is None:
            return (1,) * len(self.rows)
        prices: list[float] = found.ineqlin.marginals.tolist()
        dual = [Fraction(1 + abs(p)) / unit for p, unit in zip(prices, self.units, strict=True)]
        return tuple(max(1, round(FINE * weight / min(dual))) for weight in dual)

    def whole(self) -> Most:
        """The most for items that are not cut."""
        found = self._solved(whole=True)
        if found.x is None:
            return Most(None, no_gain=False)
        agents, items = len(self.rows), len(self.rows[0])
        holders: list[int] = found.x.reshape(agents, items).argmax(axis=0).tolist()
        gain = -found.fun - sum(h / unit for h, unit in zip(self.has, self.units, strict=True))
        return Most(
            tuple(
                frozenset(g for g, holder in enumerate(holders) if holder == agent)
                for agent in range(agents)
            ),
            no_gain=bool(
                found.status == 0 and max(self.units) <= LARGEST and gain < 0.5 / max(self.units)
            ),
        )

    def _solved(self, whole: bool) -> Any:
        from scipy.optimize import linprog

        agents, items = len(self.rows), len(self.rows[0])
        worth = np.zeros((agents, agents, items))
        for agent, (row, unit) in enumerate(zip(self.rows, self.units, strict=True)):
            worth[agent, agent] = [value / unit for value in row]
        values = worth.reshape(agents, agents * items)
        return linprog(
            -values.sum(axis=0),
            A_ub=-values,
            b_ub=[-h / unit for h, unit in zip(self.has, self.units, strict=True)],
            A_eq=np.tile(np.eye(items), agents),
            b_eq=np.ones(items),
            bounds=(0, None),
            integrality=np.full(agents * items, int(whole)),
            options={"time_limit": SECONDS},
        )
