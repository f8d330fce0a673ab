r"""The Method of Equal Shares: every voter gets an equal part of the budget to spend.

Voter :math:`i` starts with :math:`b_i = B/n`.  Project :math:`c` with supporters :math:`N_c` is
affordable at the price :math:`\rho` if each supporter pays :math:`\rho`, or all it has left:

.. math:: \rho(c) = \min\Bigl\{\rho : \sum_{i \in N_c} \min(b_i, \rho) = \mathrm{cost}(c)\Bigr\}.

While some project is affordable, fund the one with the lowest price and let its supporters pay.
Here a project is worth 1 to whoever approves of it, whatever its cost.  The outcome satisfies EJR,
and the axiom of `mechsim.axioms.EJRPlus`.

References
----------
Peters, Skowron. Proportionality and the Limits of Welfarism. EC 2020.
Peters, Pierczyński, Skowron. Proportional Participatory Budgeting with Additive Utilities.
arXiv:2008.13276.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ..algorithms.ties import Ties
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Ballot, Ballots, Election, Funded
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

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Funded:
        """What is funded."""
        return self.spend(tally(reports)).funded

    def of_population(self, population: Population, /) -> Funded:
        """The same, for counted ballots."""
        return self.spend(tally(population)).funded

    def spend(self, classes: tuple[tuple[Ballot, int], ...]) -> Spending:
        """What the voters buy together; each class is a ballot and how many cast it."""
        supporters: dict[int, list[int]] = {}
        for k, (ballot, _) in enumerate(classes):
            for c in ballot:
                supporters.setdefault(c, []).append(k)
        amounts = [Fraction(self.setting.budget) / sum(voters for _, voters in classes)]
        purse = [0] * len(classes)  # class k has amounts[purse[k]] left
        price = {c: Fraction(0) for c in sorted(supporters)}  # at least
        bought: list[tuple[int, Fraction]] = []
        while True:
            tied: list[int] = []
            for c in sorted(price, key=price.__getitem__):
                if tied and price[c] > price[tied[0]]:
                    break
                voters: dict[int, int] = {}
                for k in supporters[c]:
                    voters[purse[k]] = voters.get(purse[k], 0) + classes[k][1]
                cost = Fraction(self.setting.costs[c])
                now = _price(cost, ((amounts[p], v) for p, v in voters.items()))
                if now is None:
                    del price[c]
                    continue
                price[c] = now
                if tied and now < price[tied[0]]:
                    tied = []
                if not tied or now == price[tied[0]]:
                    tied.append(c)
            if not tied:
                break
            c = pick(self.ties, sorted(tied))
            bought.append((c, price[c]))
            _pay(price.pop(c), supporters[c], purse, amounts)
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
