r"""Immediate acceptance: first choices first; known as the Boston mechanism.

In round :math:`k` each agent without an object asks for its :math:`k`-th choice; an object that is
still free goes, for good, to whoever asks for it and comes first in the order.

No other assignment is better for all by what was reported.  But who fears to lose its first choice
does better to rank first what it can still get.

References
----------
Abdulkadiroğlu, Sönmez. School choice: a mechanism design approach. American Economic Review 93,
2003.
"""

from dataclasses import dataclass

from ..mechanism import accepts_reports
from ..preferences.houses import Assignment, Houses
from ..preferences.rankings import Ballots


@dataclass(frozen=True)
class ImmediateAcceptance:
    """Objects by rounds; of those who ask for one the agent listed first.  O(n m).

    Examples
    --------
    >>> houses = Houses(("attic", "barn", "cave"))
    >>> ImmediateAcceptance(houses)([(0, 1, 2), (0, 1, 2), (1, 0, 2)])
    (0, 2, 1)
    """

    setting: Houses

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Assignment:
        """Who gets which object."""
        held: list[int | None] = [None] * len(reports)
        for rank in range(len(self.setting.objects)):
            for agent, ranking in enumerate(reports):
                if held[agent] is None and rank < len(ranking) and ranking[rank] not in held:
                    held[agent] = ranking[rank]
        return tuple(held)
