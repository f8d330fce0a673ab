r"""Most nominated: the peer whom most others name; the first of several.

.. math:: f(\theta) \in \arg\max_w |\{i : \theta_i = w\}|.

Who may win does well not to name its closest rival.
"""

from dataclasses import dataclass

from ..mechanism import accepts_reports
from ..preferences.nominations import Nominations, Votes


@dataclass(frozen=True)
class MostNominated:
    """The peer with most nominations.  O(n^2).

    Examples
    --------
    >>> peers = Nominations(("ann", "bob", "cat"))
    >>> peers.tell(MostNominated(peers)(["cat", "cat", "bob"]))
    'cat'
    """

    setting: Nominations

    @accepts_reports
    def __call__(self, reports: Votes, /) -> int:
        """Who is chosen."""
        votes = self.setting.votes(reports)
        return votes.index(max(votes))
