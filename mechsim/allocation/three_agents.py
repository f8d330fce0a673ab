r"""Maximin shares of three agents under cost utilities: one cuts, the others split the rest.

First every good that just one agent wants goes to that agent, and its share :math:`\mu_i` is due up
to what these are worth: :math:`d_i`.  Of the other goods agent :math:`i` cuts those that it wants
into three as well as it can, and takes one part.  Of the rest, goods that only :math:`j` of the
other two wants go to :math:`j`, worth :math:`e_j`, and likewise for :math:`k`; of the goods that
both want, :math:`S`, a part is due to :math:`j` that is worth

.. math:: d_j - e_j \le c(S_j) \le c(S) + e_k - d_k .

It is sought among all sums of costs, for each part that :math:`i` may take, and for each :math:`i`.

There always is an allocation that gives everybody its share.  That it is found like this has never
failed and is not proved; if it fails, a complete search takes over.

References
----------
That such allocations exist: Botan, Ritossa, Suzuki, Walsh. Maximin fair allocation of indivisible
items under cost utilities. Symposium on Algorithmic Game Theory, 2023.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..algorithms.partition import Bundles
from ..mechanism import accepts_reports
from ..preferences.cost_utilities import CostUtilities, Wanted, Wants
from ..setting import Instance
from .laminar_maximin import Handed, proved_share, require_costs, to_who_wants_it
from .maximin_allocation import maximin_allocation


@dataclass(frozen=True)
class ThreeAgents:
    """Each of three agents gets its maximin share, and every good that is wanted is used.

    The time is exponential at worst, as that of maximin shares is.

    Parameters
    ----------
    setting : CostUtilities

    Raises
    ------
    ValueError
        Of other goods, or when called with more or fewer than three reports.

    Examples
    --------
    >>> goods = CostUtilities(("car", "dog", "egg", "fig"), (6, 3, 2, 1), agents=("a", "b", "c"))
    >>> rule = ThreeAgents(goods)
    >>> goods.tell(rule([["car", "dog"], ["car", "dog", "egg"], ["dog", "egg", "fig"]]))
    'a: {dog}, b: {car}, c: {egg, fig}'
    """

    setting: CostUtilities

    def __post_init__(self) -> None:
        require_costs(self.setting, "ThreeAgents")

    @accepts_reports
    def __call__(self, reports: Wants, /) -> Bundles:
        """Who gets which goods."""
        if len(reports) != 3:
            raise ValueError(f"reports has {len(reports)} of them: the rule is for three agents")
        for cutter in range(3):
            handed = self.cut(reports, cutter)
            if handed is not None:
                return to_who_wants_it(self.setting, reports, handed)
        found = maximin_allocation(Instance(self.setting, reports))
        if not found.exists:
            raise ArithmeticError(f"reports is {reports}: there must be a maximin-share allocation")
        return found.bundles

    def cut(self, reports: Wants, cutter: int) -> Handed | None:
        """What each agent gets if this one cuts; None if no part it may take leaves enough."""
        cost = self.setting.cost
        alone = [_only(reports, agent) for agent in range(3)]
        due = [
            Fraction(proved_share(self.setting, wanted, 3).worst) - cost(own)
            for wanted, own in zip(reports, alone, strict=True)
        ]
        rest = [wanted - own for wanted, own in zip(reports, alone, strict=True)]
        j, k = (agent for agent in range(3) if agent != cutter)
        parts = proved_share(self.setting, rest[cutter], 3).bundles
        for part in parts if due[cutter] > 0 else [frozenset[int]()]:
            taken = part & rest[cutter]
            first, second = rest[j] - taken, rest[k] - taken
            shared = first & second
            least = due[j] - cost(first - shared)
            most = cost(shared) + cost(second - shared) - due[k]
            of_first = self._worth(shared, least, most)
            if of_first is not None:
                given = {cutter: taken, j: first - shared | of_first, k: second - of_first}
                needy = {agent: bundle for agent, bundle in given.items() if due[agent] > 0}
                return {agent: needy.get(agent, Wanted()) | alone[agent] for agent in range(3)}
        return None

    def _worth(self, goods: Wanted, least: Fraction, most: Fraction) -> frozenset[int] | None:
        """Some of these goods that cost ``least`` to ``most``, by all sums that there are."""
        sums = {Fraction(0): frozenset[int]()}
        for good in sorted(goods):
            cost = Fraction(self.setting.costs[good])
            more = {s + cost: chosen | {good} for s, chosen in sums.items() if s + cost <= most}
            sums = more | sums
        return next((sums[s] for s in sorted(sums) if least <= s <= most), None)


def _only(reports: Wants, agent: int) -> frozenset[int]:
    """The goods that nobody else wants."""
    return reports[agent].difference(*(r for other, r in enumerate(reports) if other != agent))
