r"""Proportional fairness where the facility is a nuisance: shares also of groups that are apart.

On an interval of length :math:`L`, for :math:`n` agents and each group :math:`S` of range
:math:`r = \max_S x - \min_S x`,

.. math:: |y - x_i| \ge \frac{L |S|}{\alpha n} - r \qquad \forall i \in S.

All agents between two reports ask for more than any others with these extremes.  Of the groups from
:math:`x_{(i)}` to :math:`x_{(j)}` that contain the agent at :math:`x_{(m)}` the one that asks the
most is found at either end alone, with :math:`s = L / (\alpha n)`:

.. math:: r_m = \max_{i \le m} \bigl(x_{(i)} - (i - 1) s\bigr)
          + \max_{j \ge m} \bigl(j s - x_{(j)}\bigr).

For :math:`\alpha < 2` there may be no such place.  For :math:`\alpha = 2` one was found at every
profile tried.

References
----------
Lam, Aziz, Li, Ramezani, Walsh. Proportional Fairness in Obnoxious Facility Location.
arXiv:2301.04340.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .._numbers import Number, distance, show
from ..lottery import Finite
from ..population import FloatArray
from ..setting import Instance, unpriced
from .intervals import irrational, on_a_line, standing
from .nuisance_region import Region, left_over
from .nuisance_share import due_of_nuisance, read_alpha
from .proportional_fairness import Neighbours


@dataclass(frozen=True)
class ProportionalNuisanceShare:
    """No member of a group is nearer than its size and range allow.

    The violation is what is missing.

    Parameters
    ----------
    alpha : Number
        At least 1, and 2 by default.

    Examples
    --------
    >>> from mechsim import Line, judge
    >>> from mechsim.preferences import Obnoxious
    >>> line = Line(0, 1, tastes=Obnoxious())
    >>> here = Instance(line, line.read([0, Fraction(1, 100)]))
    >>> judge(Fraction(1, 4), ProportionalNuisanceShare(), here).word
    'refuted'
    """

    alpha: Number = Fraction(2)

    def __post_init__(self) -> None:
        object.__setattr__(self, "alpha", read_alpha(self.alpha))

    def cases(self, instance: Instance, /) -> Iterator[Neighbours]:
        """All agents between two reports, and each of them.  O(c^3) for c different reports."""
        places, upto = standing(instance.reports)
        counts = [0, *upto]
        for width in range(len(places)):
            for first, low in enumerate(places[: len(places) - width]):
                last = first + width
                size = counts[last + 1] - counts[first]
                for member in places[first : last + 1]:
                    yield Neighbours(instance, low, places[last], size, member)

    def binding(self, lottery: Finite[Any], instance: Instance, /) -> Iterable[Neighbours]:
        """For each agent the group that asks the most for it.  O(n log n)."""
        return self.cases(instance) if irrational(lottery) else self._asking(instance)

    def outcome_violation(self, outcome: Any, case: Neighbours, /) -> Any:
        """How much nearer to the member the facility is than it may be."""
        owed = due_of_nuisance(case.instance, case.size, self.alpha) - case.range
        return owed - distance(case.member, unpriced(outcome))

    def region(self, instance: Instance, /) -> Region:
        """The places that satisfy it.  O(n log n)."""
        groups = self._asking(instance)
        radii = [
            due_of_nuisance(instance, g.size, self.alpha) - (Fraction(g.high) - Fraction(g.low))
            for g in groups
        ]
        return left_over(on_a_line(instance), [g.member for g in groups], radii)

    def radii_of_batch(self, ordered: FloatArray, length: float, /) -> FloatArray:
        """How far away the nuisance must be: of (batch, agents) rows in order, the same shape."""
        agents: int = ordered.shape[1]
        step = length / (float(self.alpha) * agents)
        from_left = np.maximum.accumulate(ordered - step * np.arange(agents), axis=1)
        asked = (step * np.arange(1, agents + 1) - ordered)[:, ::-1]
        radii: FloatArray = from_left + np.maximum.accumulate(asked, axis=1)[:, ::-1]
        return radii

    def _asking(self, instance: Instance) -> list[Neighbours]:
        """For each place, in order, the group that asks the most for an agent there."""
        places, upto = standing(instance.reports)
        counts = [0, *upto]
        due = [Fraction(due_of_nuisance(instance, count, self.alpha)) for count in counts]
        from_left = [Fraction(place) - due[k] for k, place in enumerate(places)]
        from_right = [due[k + 1] - Fraction(place) for k, place in enumerate(places)]
        left, right = list[int](), list[int]()
        for k, asked in enumerate(from_left):
            left.append(k if not left or asked > from_left[left[-1]] else left[-1])
        for k in reversed(range(len(places))):
            right.append(k if not right or from_right[k] > from_right[right[-1]] else right[-1])
        return [
            Neighbours(instance, places[i], places[j], counts[j + 1] - counts[i], place)
            for place, i, j in zip(places, left, reversed(right), strict=True)
        ]

    def explain_outcome(self, when: str, violation: Any, case: Neighbours, /) -> str:
        """Which member of which group is how much too near."""
        instance, missing = case.instance, show(violation)
        group = f"the {case.size} agents from {show(case.low)} to {show(case.high)}"
        return (
            f"at {instance.tell_reports()}, the nuisance is {missing} nearer to an agent at "
            f"{instance.tell_type(case.member)} than {group} allow, {when}"
        )
