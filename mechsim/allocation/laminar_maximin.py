r"""Maximin shares under laminar cost utilities, for any number of agents.

The distinct sets of goods that agents approve of form a forest.  Let :math:`k` of the :math:`n`
agents want :math:`A` or a set below it, and :math:`\mu_A` be the maximin share of those who want
:math:`A`.  For *any* partition :math:`Z_1, \dots, Z_n` of :math:`A` these :math:`k` agents can be
given their shares out of :math:`A` such that bundles :math:`W_j` are left over for :math:`n - k` of
the indices, with

.. math:: c(W_j) \ge c(Z_j).

By induction: let each child of :math:`A` do so with the parts of the :math:`Z_j` in it.  An index
that no child has used is live, with :math:`Z_j` outside the children and the children's
:math:`W_j`.  There are :math:`n - k + t` live indices or more, where :math:`t` agents want
:math:`A` itself.  If :math:`t` of the live bundles are worth :math:`\mu_A`, these are handed out.
Otherwise more than :math:`n - k` live indices have :math:`c(Z_j) < \mu_A`; begin again with a
maximin partition of :math:`A` instead of :math:`Z`.  Then all live bundles are worth
:math:`\mu_A`: :math:`t` are handed out, and others take the places of the poor :math:`Z_j`.

In the end every good that is left goes to somebody who wants it, if anybody does: the allocation is
Pareto optimal, as no other is worth more in total.  One maximin partition is computed for each
distinct set; the rest is O(sets x depth x goods).

References
----------
That maximin-share allocations exist: Botan, Ritossa, Suzuki, Walsh. Maximin fair allocation of
indivisible items under cost utilities. Symposium on Algorithmic Game Theory, 2023.
"""

from dataclasses import dataclass

from .._numbers import show
from ..algorithms.partition import Bundles, Division
from ..mechanism import accepts_reports
from ..preferences.cost_utilities import CostUtilities, Wanted, Wants, is_laminar

Parts = tuple[frozenset[int], ...]
Handed = dict[int, frozenset[int]]
"""What agents were handed, or what is left at indices of a partition."""


@dataclass(frozen=True)
class LaminarMaximin:
    """Everybody gets its maximin share, and every good that is wanted goes to who wants it.

    Parameters
    ----------
    setting : CostUtilities

    Raises
    ------
    ValueError
        Of other goods, or when called with approvals that are not laminar.

    Examples
    --------
    >>> goods = CostUtilities(("car", "dog", "egg", "fig"), (5, 4, 3, 2), agents=("ann", "bob"))
    >>> rule = LaminarMaximin(goods)
    >>> goods.tell(rule([["car", "dog", "egg", "fig"], ["car", "dog"]]))
    'ann: {dog, egg, fig}, bob: {car}'
    """

    setting: CostUtilities

    def __post_init__(self) -> None:
        require_costs(self.setting, "LaminarMaximin")

    @accepts_reports
    def __call__(self, reports: Wants, /) -> Bundles:
        """Who gets which goods."""
        if not is_laminar(reports):
            told = ", ".join(map(self.setting.tell_bundle, reports))
            raise ValueError(
                f"reports is {told}: of any two sets one must hold the other, or they must have no "
                "good in common"
            )
        return to_who_wants_it(self.setting, reports, Forest(self.setting, reports).handed())


def require_costs(setting: object, rule: str) -> None:
    """Raise `ValueError` unless the setting is `CostUtilities`."""
    if not isinstance(setting, CostUtilities):
        raise ValueError(f"setting is {setting}: {rule} is for CostUtilities")


def to_who_wants_it(setting: CostUtilities, reports: Wants, handed: Handed) -> Bundles:
    """What was handed out, and each good that is left to somebody who wants it, if anybody does.

    The dearest is given first, always to the one who has least.
    """
    agents = range(len(reports))
    bundles = [handed.get(agent, frozenset()) & reports[agent] for agent in agents]
    left = set(range(len(setting.names))).difference(*bundles)
    for good in sorted(left, key=lambda g: (-setting.costs[g], g)):
        wanting = [agent for agent in agents if good in reports[agent]]
        poorest = min(
            wanting or agents, key=lambda i: setting.share_value(i, reports[i], bundles[i])
        )
        bundles[poorest] |= {good}
    return tuple(bundles)


def proved_share(setting: CostUtilities, wanted: Wanted, agents: int) -> Division:
    """The maximin share, with a partition that attains it.

    Raises
    ------
    TimeoutError
        If the search for it was given up.
    """
    share = setting.maximin_share(wanted, agents)
    if not share.proven:
        raise TimeoutError(
            f"the maximin share of {setting.tell_bundle(wanted)} among {agents} is not known: it "
            f"lies between {show(share.worst)} and {show(share.bound)}"
        )
    return share


class Forest:
    """The distinct sets that are wanted, and what has been found out about them."""

    def __init__(self, setting: CostUtilities, reports: Wants) -> None:
        self.setting = setting
        self.agents: dict[Wanted, list[int]] = {}
        for agent, wanted in enumerate(reports):
            self.agents.setdefault(wanted, []).append(agent)
        self.shares = {w: proved_share(setting, w, len(reports)) for w in self.agents}
        self.below: dict[Wanted, list[Wanted]] = {wanted: [] for wanted in self.agents}
        self.roots: list[Wanted] = []
        largest_first = sorted(filter(None, self.agents), key=len, reverse=True)
        for place, wanted in enumerate(largest_first):
            above = [other for other in largest_first[:place] if wanted < other]
            (self.below[above[-1]] if above else self.roots).append(wanted)
        self.known: dict[tuple[Wanted, Parts], tuple[Handed, Handed]] = {}

    def handed(self) -> Handed:
        """What each agent gets who wants anything."""
        every: Handed = {}
        for root in self.roots:
            every |= self.served(root, self.shares[root].bundles)[0]
        return every

    def served(self, wanted: Wanted, partition: Parts) -> tuple[Handed, Handed]:
        """Shares to all who want this set or one below, and what is left at other indices."""
        parts = tuple(part & wanted for part in partition)
        if (wanted, parts) not in self.known:
            self.known[wanted, parts] = self._serve(wanted, parts)
        return self.known[wanted, parts]

    def _serve(self, wanted: Wanted, parts: Parts) -> tuple[Handed, Handed]:
        share = self.shares[wanted]
        agents = self.agents[wanted] if share.worst else []  # who is due nothing waits for the rest
        handed, live = self._children_served(wanted, parts)
        rich = [j for j, bundle in live.items() if self.setting.cost(bundle) >= share.worst]
        if len(rich) >= len(agents):
            taken = dict(zip(agents, rich, strict=False))
            left = {j: bundle for j, bundle in live.items() if j not in taken.values()}
            return handed | {agent: live[j] for agent, j in taken.items()}, left
        poor = [j for j in live if j not in rich]
        handed, live = self._children_served(wanted, tuple(p & wanted for p in share.bundles))
        bundles = list(live.values())
        handed |= dict(zip(agents, bundles, strict=False))
        return handed, dict(zip(poor, bundles[len(agents) :], strict=False))

    def _children_served(self, wanted: Wanted, parts: Parts) -> tuple[Handed, Handed]:
        """The same for the sets just below, and the live indices with what is left at each."""
        children = self.below[wanted]
        outside = wanted.difference(*children)
        handed: Handed = {}
        live = {j: part & outside for j, part in enumerate(parts)}
        for child in children:
            of_child, left = self.served(child, parts)
            handed |= of_child
            live = {j: bundle | left[j] for j, bundle in live.items() if j in left}
        return handed, live
