r"""Two dictators: one facility where one fixed agent says, one where another does.

.. math:: f(x) = \{x_i, x_j\}.

Strategyproof, and not anonymous.  It is Pareto optimal where the two are apart; where they are
together the second facility is wasted.
"""

from dataclasses import dataclass
from typing import Any

from .._numbers import whole
from .._text import brief
from ..mechanism import accepts_reports
from ..preferences.space import Point, Space
from ._two_facilities import TWO_ON_A_LINE, Places, in_order


@dataclass(frozen=True)
class TwoDictators:
    """The reports of ``first`` and ``second``, counted from 0.  O(1).

    Parameters
    ----------
    first, second : int
        Two agents.
    setting : Space
        Of any dimension, for two facilities.

    Examples
    --------
    >>> print(TwoDictators().setting.tell(TwoDictators()([[3 / 4], [0], [1 / 4]])))
    (0) and (0.75)
    """

    first: int = 0
    second: int = 1
    setting: Space = TWO_ON_A_LINE

    def __post_init__(self) -> None:
        whole(self.first, "first", least=0)
        whole(self.second, "second", least=0)
        if self.first == self.second:
            raise ValueError(f"second is {self.second}: it must be another agent than first")
        setting: Any = self.setting
        if not isinstance(setting, Space) or setting.facilities != 2:
            raise ValueError(f"setting is {brief(setting)}: it must be a space for two facilities")

    @accepts_reports
    def __call__(self, reports: tuple[Point, ...], /) -> Places:
        """Where to build."""
        for name, agent in (("first", self.first), ("second", self.second)):
            if agent >= len(reports):
                raise ValueError(f"{name} is {agent}: there are only {len(reports)} reports")
        return in_order(reports[self.first], reports[self.second])
