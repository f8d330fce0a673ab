r"""Two-partition: who is nominated most by one side is chosen from the other side.

Peers are parted into side 0 and side 1; the winner is the peer of side 1 with most nominations from
side 0, the first of several, and agent 0 if side 1 is empty.  A nomination counts only if it comes
from a peer who cannot win, so nobody's bears on its own chance.

With sides drawn by coins the winner has, in expectation, at least a quarter of the largest number
of nominations.

References
----------
Alon, Fischer, Procaccia, Tennenholtz. Sum of us: strategyproof selection from the selectors.
TARK 2011.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from .._numbers import sequence, whole
from ..lottery import Finite
from ..mechanism import Draw, accepts_reports, compound
from ..preferences.nominations import Nominations, Votes


@dataclass(frozen=True)
class Partition:
    """The choice of fixed sides.  O(n).

    Parameters
    ----------
    sides : sequence of 0 and 1, one an agent
        Side 0 nominates, and side 1 is chosen from.
    setting : Nominations

    Examples
    --------
    >>> peers = Nominations(("ann", "bob", "cat"))
    >>> peers.tell(Partition((0, 1, 1), peers)(["cat", "ann", "bob"]))
    'cat'
    """

    sides: tuple[int, ...]
    setting: Nominations

    def __post_init__(self) -> None:
        given = sequence(self.sides, "sides")
        sides = tuple(whole(side, f"sides[{agent}]", 0) for agent, side in enumerate(given))
        object.__setattr__(self, "sides", sides)
        if len(sides) != len(self.setting.agents) or max(sides) > 1:
            raise ValueError(
                f"sides is {sides}: it must be 0 or 1 for each of {len(self.setting.agents)} agents"
            )

    @accepts_reports
    def __call__(self, reports: Votes, /) -> int:
        """Who is chosen."""
        votes = [0] * len(reports)
        for side, peer in zip(self.sides, reports, strict=True):
            votes[peer] += side == 0
        eligible = [agent for agent, side in enumerate(self.sides) if side == 1]
        return max(eligible, key=lambda agent: votes[agent], default=0)


@dataclass(frozen=True)
class TwoPartition:
    """Each peer on either side with probability 1/2.  O(2^n n).

    Examples
    --------
    >>> peers = Nominations(("ann", "bob"))
    >>> print(TwoPartition(peers)(["bob", "ann"]))
    outcome  probability
    -------  -----------
    0                3/4
    1                1/4
    """

    setting: Nominations

    def rules(self, agents: int, /) -> Draw[int, int]:
        """One for each way to part the peers, equally likely; agent j is on the side of bit j."""
        for bits in product((0, 1), repeat=agents):  # the last varies fastest, and is bit 0
            yield Fraction(1, 2**agents), Partition(bits[::-1], self.setting)

    @accepts_reports
    def __call__(self, reports: Votes, /) -> Finite[int]:
        """Who is chosen, and how likely it is."""
        return compound(self.rules(len(reports)), reports)
