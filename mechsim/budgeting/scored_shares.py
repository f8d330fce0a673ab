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

Money is left over.  *Add1* gives each voter more than :math:`B/n`, in steps of one unit of money,
runs the rule again, and takes the last outcome that costs at most :math:`B`; *Add1u* then adds what
fits, most points first.

References
----------
Peters, Pierczyński, Skowron. Proportional Participatory Budgeting with Additive Utilities.
NeurIPS 2021, arXiv:2008.13276.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ..algorithms.ties import Ties
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Funded, Money
from ..preferences.scored import ScoredElection, Scores, Scorings
from ._counting import in_turn, totals, voters_of
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
    completion : str
        How money that is left over is spent: ``"none"``, ``"add1"`` or ``"add1u"``.
    step : Money
        What each voter gets more in a round of a completion.

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
    completion: Literal["none", "add1", "add1u"] = "none"
    step: Money = 1

    def __post_init__(self) -> None:
        if self.completion not in ("none", "add1", "add1u"):
            raise ValueError(
                f"completion is {self.completion!r}: it must be 'none', 'add1' or 'add1u'"
            )
        if self.step <= 0:
            raise ValueError(f"step is {self.step}: it must be positive")

    @accepts_reports
    def __call__(self, reports: Scorings, /) -> Funded:
        """What is funded."""
        return self._fund(tally(reports))

    def of_population(self, population: Population, /) -> Funded:
        """The same, for counted rows of points."""
        return self._fund(tally(population))

    def _fund(self, classes: tuple[tuple[Scores, int], ...]) -> Funded:
        if self.completion == "none":
            return self.spend(classes).funded
        funded = self._add1(classes)
        if self.completion == "add1u":
            merit = totals(self.setting, classes)
            return in_turn(self.setting.approval, merit, self.ties, funded)
        return funded

    def _add1(self, classes: tuple[tuple[Scores, int], ...]) -> Funded:
        """The last outcome that fits, as all get more and more; all projects end that at last."""
        share = Fraction(self.setting.budget) / voters_of(classes)
        buyable = {c for scores, _ in classes for c, _ in scores}
        last = self.spend(classes, share).funded
        while len(last) < len(buyable):
            share += self.step
            funded = self.spend(classes, share).funded
            if self.setting.cost(funded) > self.setting.budget:
                break
            last = funded
        return last

    def spend(
        self, classes: tuple[tuple[Scores, int], ...], share: Fraction | None = None
    ) -> ScoredSpending:
        """What the voters buy together, if each starts with ``share``, by default B/n."""
        who: dict[int, list[tuple[int, Fraction]]] = {}
        for k, (scores, _) in enumerate(classes):
            for c, points in scores:
                who.setdefault(c, []).append((k, points))
        if share is None:
            share = Fraction(self.setting.budget) / voters_of(classes)
        left = [share] * len(classes)
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
