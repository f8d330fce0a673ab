r"""The Method of Equal Shares: every voter gets an equal part of the budget to spend.

Voter :math:`i` starts with :math:`b_i = B/n`.  Project :math:`c` with supporters :math:`N_c` is
affordable at the price :math:`\rho` if each supporter pays :math:`\rho`, or all it has left:

.. math:: \rho(c) = \min\Bigl\{\rho : \sum_{i \in N_c} \min(b_i, \rho) = \mathrm{cost}(c)\Bigr\}.

While some project is affordable, fund the one with the lowest price and let its supporters pay.
If a project is worth 1 to whoever approves of it, whatever its cost, the outcome satisfies EJR, and
the axiom of `mechsim.axioms.EJRPlus`.  If it is worth its cost, the price per cost decides, and the
outcome satisfies EJR of money up to any project.

Money is left over.  *Add1* gives each voter more than :math:`B/n`, in steps of one unit of money,
runs the rule again, and takes the last outcome that costs at most :math:`B`; *Add1u* then adds what
fits, most approved first.  Cities that use the rule complete it so.

References
----------
Peters, Skowron. Proportionality and the Limits of Welfarism. EC 2020.
Peters, Pierczyński, Skowron. Proportional Participatory Budgeting with Additive Utilities.
arXiv:2008.13276.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ..algorithms.ties import Ties
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Ballot, Ballots, Election, Funded, Money
from ._counting import Classes, approvals, in_turn, supporters, voters_of
from ._ties import pick


@dataclass(frozen=True)
class Spending:
    """What was bought, in this order, at these prices; and what each voter has left.

    ``left[k]`` is left to each voter of class k.  A supporter pays the price, or all it has.
    """

    classes: tuple[tuple[Ballot, int], ...]
    bought: tuple[tuple[int, Fraction], ...]
    left: tuple[Fraction, ...]

    @property
    def funded(self) -> Funded:
        """The projects that were bought."""
        return frozenset(c for c, _ in self.bought)


@dataclass(frozen=True)
class EqualShares:
    """Each voter pays for what it approves of, until nothing is affordable.

    It works on classes of equal ballots.  Money is kept by purse, which is all voters who have
    equally much left; and as prices never fall, a project is priced again only when its last price
    is lower than the best one found.  Exact, and 10^5 voters take seconds.

    Parameters
    ----------
    ties : Ties
        Which of several projects with the lowest price is funded first.
    setting : Election
        The projects, their costs and the budget.
    satisfaction : str
        What a project is worth to its supporters: ``"cardinality"``, 1, or ``"cost"``.
    completion : str
        How money that is left over is spent: ``"none"``, ``"add1"`` or ``"add1u"``.
    step : Money
        What each voter gets more in a round of a completion.

    Examples
    --------
    >>> from mechsim.algorithms.ties import Lexicographic
    >>> election = Election(("park", "pool", "road"), (2, 1, 2), 3)
    >>> funded = EqualShares(Lexicographic(), election)([{"park", "road"}] * 2 + [{"pool"}])
    >>> election.tell(funded)
    '{park, pool}'
    """

    ties: Ties
    setting: Election
    satisfaction: Literal["cardinality", "cost"] = "cardinality"
    completion: Literal["none", "add1", "add1u"] = "none"
    step: Money = 1

    def __post_init__(self) -> None:
        if self.satisfaction not in ("cardinality", "cost"):
            raise ValueError(
                f"satisfaction is {self.satisfaction!r}: it must be 'cardinality' or 'cost'"
            )
        if self.completion not in ("none", "add1", "add1u"):
            raise ValueError(
                f"completion is {self.completion!r}: it must be 'none', 'add1' or 'add1u'"
            )
        if self.step <= 0:
            raise ValueError(f"step is {self.step}: it must be positive")

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Funded:
        """What is funded."""
        return self._fund(tally(reports))

    def of_population(self, population: Population, /) -> Funded:
        """The same, for counted ballots."""
        return self._fund(tally(population))

    def _fund(self, classes: Classes) -> Funded:
        if self.completion == "none":
            return self.spend(classes).funded
        funded = self._add1(classes)
        if self.completion == "add1u":
            return in_turn(self.setting, approvals(classes), self.ties, funded)
        return funded

    def _add1(self, classes: Classes) -> Funded:
        """The last outcome that fits, as all get more and more; all projects end that at last."""
        share = Fraction(self.setting.budget) / voters_of(classes)
        buyable = len(frozenset[int]().union(*(ballot for ballot, _ in classes)))
        last = self.spend(classes, share).funded
        while len(last) < buyable:
            share += self.step
            funded = self.spend(classes, share).funded
            if self.setting.cost(funded) > self.setting.budget:
                break
            last = funded
        return last

    def spend(self, classes: Classes, share: Fraction | None = None) -> Spending:
        """What the voters buy together, if each starts with ``share``, by default B/n."""
        who = supporters(classes)
        if share is None:
            share = Fraction(self.setting.budget) / voters_of(classes)
        amounts = [share]
        purse = [0] * len(classes)  # class k has amounts[purse[k]] left
        price = {c: Fraction(0) for c in sorted(who)}  # at least, per unit of worth
        bought: list[tuple[int, Fraction]] = []
        while True:
            tied: list[int] = []
            for c in sorted(price, key=price.__getitem__):
                if tied and price[c] > price[tied[0]]:
                    break
                voters: dict[int, int] = {}
                for k in who[c]:
                    voters[purse[k]] = voters.get(purse[k], 0) + classes[k][1]
                cost = Fraction(self.setting.costs[c])
                now = _price(cost, ((amounts[p], v) for p, v in voters.items()))
                if now is None:
                    del price[c]
                    continue
                if self.satisfaction == "cost":
                    now /= cost
                price[c] = now
                if tied and now < price[tied[0]]:
                    tied = []
                if not tied or now == price[tied[0]]:
                    tied.append(c)
            if not tied:
                break
            c = pick(self.ties, sorted(tied))
            paid = price.pop(c)
            if self.satisfaction == "cost":
                paid *= self.setting.costs[c]
            bought.append((c, paid))
            _pay(paid, who[c], purse, amounts)
        return Spending(classes, tuple(bought), tuple(amounts[p] for p in purse))


def _price(cost: Fraction, purses: Iterable[tuple[Fraction, int]]) -> Fraction | None:
    """The least that supporters must pay at most; None if they cannot.

    ``purses`` are amounts and how many supporters have each.
    """
    purses = sorted(purses)
    voters = sum(count for _, count in purses)
    for amount, count in purses:
        if amount * voters >= cost:
            return cost / voters
        cost -= amount * count
        voters -= count
    return None


def _pay(price: Fraction, supporters: list[int], purse: list[int], amounts: list[Fraction]) -> None:
    """Let each class of supporters pay ``price``, or all it has."""
    known = {amount: p for p, amount in enumerate(amounts)}
    moved: dict[int, int] = {}
    for k in supporters:
        before = purse[k]
        if before not in moved:
            left = amounts[before] - min(amounts[before], price)
            moved[before] = known.setdefault(left, len(amounts))
            if moved[before] == len(amounts):
                amounts.append(left)
        purse[k] = moved[before]
