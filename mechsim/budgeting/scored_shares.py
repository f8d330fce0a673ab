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

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Literal

from ..algorithms.ties import Ties
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Funded, Money
from ..preferences.scored import ScoredElection, Scores, Scorings
from ._arguments import require_setting, require_ties
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
    Exact, in integers: 10^5 voters take seconds.

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
        require_ties(self.ties)
        require_setting(self.setting, ScoredElection)
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
        (funded,) = deque(self.rounds(classes), maxlen=1)
        return funded

    def rounds(self, classes: tuple[tuple[Scores, int], ...], /) -> Iterator[Funded]:
        """What is bought in each round of the completion that fits; the last is what is funded.

        In round k, from 0, each voter starts with ``k * step`` more than B/n.  All projects end
        that at last.  *Add1u* adds to the outcome of the last round.
        """
        share = Fraction(self.setting.budget) / voters_of(classes)
        buyable = {c for scores, _ in classes for c, _ in scores}
        last = self.spend(classes, share).funded
        while self.completion != "none" and len(last) < len(buyable):
            share += self.step
            funded = self.spend(classes, share).funded
            if self.setting.cost(funded) > self.setting.budget:
                break
            yield last
            last = funded
        if self.completion == "add1u":
            last = in_turn(self.setting.approval, totals(self.setting, classes), self.ties, last)
        yield last

    def spend(
        self, classes: tuple[tuple[Scores, int], ...], share: Fraction | None = None
    ) -> ScoredSpending:
        """What the voters buy together, if each starts with ``share``, by default B/n."""
        if share is None:
            share = Fraction(self.setting.budget) / voters_of(classes)
        purses = _Purses.of(classes, share, self.setting.costs)
        price = {c: Fraction(0) for c in sorted(purses.supporters)}  # at least
        bought: list[tuple[int, Fraction]] = []
        while tied := _cheapest(purses, price):
            c = pick(self.ties, sorted(tied))
            bought.append((c, price.pop(c)))
            purses.pay(c)
        return ScoredSpending(classes, tuple(bought), purses.left())


def _cheapest(purses: "_Purses", price: dict[int, Fraction]) -> list[int]:
    """The affordable projects with the lowest price; ``price`` is brought up to date."""
    tied: list[int] = []
    for c in sorted(price, key=price.__getitem__):
        if tied and price[c] > price[tied[0]]:
            break
        now = purses.price(c)
        if now is None:
            del price[c]
            continue
        price[c] = now
        if tied and now < price[tied[0]]:
            tied = []
        if not tied or now == price[tied[0]]:
            tied.append(c)
    return tied


@dataclass
class _Purses:
    """What voters have left and what projects cost, in integers of a grain that gets finer.

    Class k has ``money[k] / grain`` left, project c costs ``costs[c] / grain``, and a supporter is
    its class, its points in units of ``1 / unit``, and how many voters are so.
    """

    money: list[int]
    costs: list[int]
    grain: int
    supporters: dict[int, list[tuple[int, int, int]]]
    unit: int

    @staticmethod
    def of(
        classes: tuple[tuple[Scores, int], ...], share: Fraction, costs: Iterable[Money]
    ) -> "_Purses":
        """Where each voter has ``share``."""
        prices = [Fraction(cost) for cost in costs]
        grain = lcm(share.denominator, *(cost.denominator for cost in prices))
        unit = lcm(*{points.denominator for scores, _ in classes for _, points in scores})
        supporters: dict[int, list[tuple[int, int, int]]] = {}
        for k, (scores, voters) in enumerate(classes):
            for c, points in scores:
                supporters.setdefault(c, []).append((k, int(points * unit), voters))
        whole = [int(cost * grain) for cost in prices]
        return _Purses([int(share * grain)] * len(classes), whole, grain, supporters, unit)

    def left(self) -> tuple[Fraction, ...]:
        """What each voter of each class has."""
        return tuple(Fraction(money, self.grain) for money in self.money)

    def price(self, project: int) -> Fraction | None:
        """The least price of a point at which supporters pay the cost; None if they cannot."""
        found = self._ratio(project)
        return None if found is None else Fraction(found[0] * self.unit, found[1] * self.grain)

    def _ratio(self, project: int) -> tuple[int, int] | None:
        """What those pay together who do not pay all they have, and how many points they have.

        Whoever cannot pay a price pays all it has, and the others' price is higher; until all can.
        """
        cost = self.costs[project]
        rich: list[tuple[int, int, int]] = self.supporters[project]
        while rich:
            total = sum(points * voters for _, points, voters in rich)
            able = [one for one in rich if self.money[one[0]] * total >= cost * one[1]]
            if len(able) == len(rich):
                return cost, total
            paid = sum(self.money[k] * voters for k, _, voters in rich)
            cost -= paid - sum(self.money[k] * voters for k, _, voters in able)
            rich = able
        return None

    def pay(self, project: int) -> None:
        """Let the supporters of an affordable project pay for it."""
        found = self._ratio(project)
        assert found is not None  # it is affordable
        price = Fraction(*found)
        finer = price.denominator
        self.grain *= finer
        self.costs = [cost * finer for cost in self.costs]
        self.money = [money * finer for money in self.money]
        for k, points, _ in self.supporters[project]:
            self.money[k] -= min(self.money[k], price.numerator * points)
