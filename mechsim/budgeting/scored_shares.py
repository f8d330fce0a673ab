r"""The Method of Equal Shares with additive utilities: voters give points to projects.

Voter :math:`i` starts with :math:`b_i = B/n`.  A project :math:`c` is affordable at the price
:math:`\rho` of a point if its supporters, each paying :math:`\rho` for each of its points, or all
it has left, together pay its cost:

.. math:: \rho(c) = \min\Bigl\{\rho :
          \sum_i \min\bigl(b_i, \rho\, u_i(c)\bigr) = \mathrm{cost}(c)\Bigr\}.

While some project is affordable, fund the one with the lowest price of a point, and let its
supporters pay.  If a project is worth 1 to whoever names it, this is Equal Shares of approvals; if
it is worth its cost, it is Equal Shares of money.

The outcome satisfies EJR up to one project (`mechsim.axioms.ScoredEJR`).  Suppose :math:`S` could
pay for :math:`T`, and let :math:`\alpha_c` be the least that :math:`c` is worth to a member.  As
long as all members have :math:`\mathrm{cost}(c)/|S|` left, a project :math:`c \in T` is affordable
at :math:`\mathrm{cost}(c) / (|S| \alpha_c)`, and nothing dearer is bought.  So the first member who
has less than that for some :math:`c` which is not yet bought got, for each part of its money, at
least what :math:`T` would have given it; and it spent more than all of :math:`T` but :math:`c`
costs it.

References
----------
Peters, Pierczyński, Skowron. Proportional Participatory Budgeting with Additive Utilities.
NeurIPS 2021, arXiv:2008.13276.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ..algorithms.ties import Ties
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Funded
from ..preferences.scored import ScoredElection, Scores, Scorings
from ._counting import voters_of
from ._ties import pick


@dataclass(frozen=True)
class ScoredSpending:
    """What was bought, in this order, at these prices of a point; and what each voter has left.

    ``left[k]`` is left to each voter of class k.
    """

    classes: tuple[tuple[Scores, int], ...]
    bought: tuple[tuple[int, Fraction], ...]
    left: tuple[Fraction, ...]

    @property
    def funded(self) -> Funded:
        """The projects that were bought."""
        return frozenset(c for c, _ in self.bought)


@dataclass(frozen=True)
class EqualSharesOfScores:
    """Each voter pays for points, at one price for all, until nothing is affordable.

    It works on classes of equal rows of points.  As voters' money only gets less, prices never
    fall, so a project is priced again only when its last price is lower than the best one found.
    Exact; O(projects^2 x classes log classes) at worst.

    Parameters
    ----------
    ties : Ties
        Which of several projects with the lowest price of a point is funded first.
    setting : ScoredElection
        The projects, their costs and the budget.

    Examples
    --------
    >>> from mechsim.algorithms.ties import Lexicographic
    >>> election = ScoredElection(("park", "pool", "road"), (2, 1, 2), 3)
    >>> votes = [{"park": 1, "road": 3}] * 2 + [{"pool": 1}]
    >>> election.tell(EqualSharesOfScores(Lexicographic(), election)(votes))
    '{pool, road}'
    """

    ties: Ties
    setting: ScoredElection

    @accepts_reports
    def __call__(self, reports: Scorings, /) -> Funded:
        """What is funded."""
        return self.spend(tally(reports)).funded

    def of_population(self, population: Population, /) -> Funded:
        """The same, for counted rows of points."""
        return self.spend(tally(population)).funded

    def spend(self, classes: tuple[tuple[Scores, int], ...]) -> ScoredSpending:
        """What the voters buy together, if each starts with B/n."""
        who: dict[int, list[tuple[int, Fraction]]] = {}
        for k, (scores, _) in enumerate(classes):
            for c, points in scores:
                who.setdefault(c, []).append((k, points))
        left = [Fraction(self.setting.budget) / voters_of(classes)] * len(classes)
        price = {c: Fraction(0) for c in sorted(who)}  # at least
        bought: list[tuple[int, Fraction]] = []
        while tied := self._cheapest(classes, who, left, price):
            c = pick(self.ties, sorted(tied))
            rho = price.pop(c)
            bought.append((c, rho))
            for k, points in who[c]:
                left[k] -= min(left[k], rho * points)
        return ScoredSpending(classes, tuple(bought), tuple(left))

    def _cheapest(
        self,
        classes: tuple[tuple[Scores, int], ...],
        who: dict[int, list[tuple[int, Fraction]]],
        left: list[Fraction],
        price: dict[int, Fraction],
    ) -> list[int]:
        """The affordable projects with the lowest price; ``price`` is brought up to date."""
        tied: list[int] = []
        for c in sorted(price, key=price.__getitem__):
            if tied and price[c] > price[tied[0]]:
                break
            purses: dict[tuple[Fraction, Fraction], int] = {}
            for k, points in who[c]:
                purse = left[k], points
                purses[purse] = purses.get(purse, 0) + classes[k][1]
            now = _price(Fraction(self.setting.costs[c]), purses.items())
            if now is None:
                del price[c]
                continue
            price[c] = now
            if tied and now < price[tied[0]]:
                tied = []
            if not tied or now == price[tied[0]]:
                tied.append(c)
        return tied


def _price(
    cost: Fraction, purses: Iterable[tuple[tuple[Fraction, Fraction], int]]
) -> Fraction | None:
    """The least price of a point at which supporters pay the cost; None if they cannot.

    ``purses`` are what a supporter has, and its points, and how many supporters are so.
    """
    poorest = sorted(purses, key=lambda purse: purse[0][0] / purse[0][1])
    total = sum((points * count for (_, points), count in poorest), Fraction(0))
    for (money, points), count in poorest:
        if cost * points <= money * total:
            return cost / total
        cost -= money * count
        total -= points * count
    return None
