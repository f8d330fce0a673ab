r"""Whoever is chosen has a share of the most nominations that anybody has.

.. math:: \deg(f(\theta)) \ge \alpha \max_w \deg(w), \qquad \deg(w) = |\{i : \theta_i = w\}|.

References
----------
Alon, Fischer, Procaccia, Tennenholtz. Sum of us: strategyproof selection from the selectors.
TARK 2011.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .._numbers import Number, real, show
from ..setting import Instance, require
from .pareto import Everybody


@dataclass(frozen=True)
class ShareOfNominations:
    """The winner has at least ``share`` of the largest number.  The violation is what is missing.

    The setting counts, by ``votes(reports)``.

    Parameters
    ----------
    share : Number
        From 0 to 1.

    Examples
    --------
    >>> from mechsim import Instance, judge
    >>> from mechsim.preferences import Nominations
    >>> here = Instance(Nominations(("ann", "bob", "cat")), (1, 2, 1))
    >>> judge(2, ShareOfNominations(0.75), here).word
    'refuted'
    """

    share: Number

    def __post_init__(self) -> None:
        object.__setattr__(self, "share", real(self.share, "share"))
        if not 0 <= self.share <= 1:
            raise ValueError(f"share is {show(self.share)}: it must be from 0 to 1")

    def cases(self, instance: Instance, /) -> Iterator[Everybody]:
        """One."""
        yield Everybody(instance)

    def outcome_violation(self, outcome: Any, case: Everybody, /) -> Number:
        """How many nominations are missing."""
        require(case.instance.setting, "votes")
        votes = case.instance.setting.votes(case.instance.profile)
        missing: Number = self.share * max(votes) - votes[outcome]
        return missing

    def explain_outcome(self, when: str, violation: Any, case: Everybody, /) -> str:
        """How many are missing."""
        return (
            f"at {case.instance.tell_reports()}, {show(violation)} nominations are missing to "
            f"{show(self.share)} of the most, {when}"
        )
