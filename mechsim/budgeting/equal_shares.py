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

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Literal

from ..algorithms.ties import Ties
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.approvals import Approvals, of_classes
from ..preferences.elections import Ballot, Ballots, Election, Funded, Money
from ._arguments import require_setting, require_ties
from ._certified import Accounts, Market, price_of
from ._counting import Classes, approvals, in_turn, supporters, voters_of
from ._ties import pick

MANY = 2_000
"""With so many approvals in all its runs, or more, the rule runs on arrays."""
RUNS = 20
"""So many runs of a completion are expected at least."""


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
        require_ties(self.ties)
        require_setting(self.setting, Election)
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
        return self.of_classes(tally(reports))

    def of_population(self, population: Population, /) -> Funded:
        """The same, for counted ballots."""
        return self.of_classes(tally(population))

    def of_classes(self, classes: Classes, /) -> Funded:
        """The same, for different ballots and how many cast each."""
        (funded,) = deque(self.rounds(classes), maxlen=1)
        return funded

    def of_approvals(self, ballots: Approvals, /) -> Funded:
        """The same, for ballots as arrays.

        It reads all approvals a few times.  Floats decide what they can, with bounds on their
        errors; ties and what is closer than that are decided in fractions.
        """
        (funded,) = deque(self._on_arrays(ballots), maxlen=1)
        return funded

    def rounds(self, classes: Classes, /) -> Iterator[Funded]:
        """What is bought in each round of the completion that fits; the last is what is funded.

        In round k, from 0, each voter starts with ``k * step`` more than B/n.  *Add1u* adds to the
        outcome of the last round.
        """
        if _many(classes, 1 if self.completion == "none" else RUNS):
            return self._on_arrays(of_classes(classes, len(self.setting.costs)))
        share = Fraction(self.setting.budget) / voters_of(classes)
        return self._rounds(share, approvals(classes), lambda s: self.define(classes, s).funded)

    def _on_arrays(self, ballots: Approvals) -> Iterator[Funded]:
        share, market = Fraction(self.setting.budget) / ballots.voters, self._market(ballots)
        votes = {c: v for c, v in enumerate(ballots.votes.tolist()) if v}
        return self._rounds(share, votes, lambda s: frozenset(market.order(s)))

    def _rounds(
        self, share: Fraction, votes: dict[int, int], bought: Callable[[Fraction], Funded]
    ) -> Iterator[Funded]:
        """What is bought for larger and larger shares of the money, up to the last one that fits.

        Each is told when it is known whether it is the last.
        """
        last = bought(share)
        while self.completion != "none" and len(last) < len(votes):
            share += self.step
            funded = bought(share)
            if self.setting.cost(funded) > self.setting.budget:
                break
            yield last
            last = funded
        yield in_turn(self.setting, votes, self.ties, last) if self.completion == "add1u" else last

    def spend(self, classes: Classes, share: Fraction | None = None) -> Spending:
        """What the voters buy together, if each starts with ``share``, by default B/n."""
        if share is None:
            share = Fraction(self.setting.budget) / voters_of(classes)
        if not _many(classes):
            return self.define(classes, share)
        ballots = of_classes(classes, len(self.setting.costs))
        market, accounts = self._market(ballots), Accounts(ballots, share)
        bought = tuple((c, market.settle(accounts, c)) for c in market.order(share))
        return Spending(classes, bought, accounts.left)

    def _market(self, ballots: Approvals) -> Market:
        costs = tuple(map(Fraction, self.setting.costs))
        worth = costs if self.satisfaction == "cost" else (Fraction(1),) * len(costs)
        return Market(ballots, costs, worth, partial(pick, self.ties))

    def define(self, classes: Classes, share: Fraction) -> Spending:
        """The same, by the definition, all in fractions."""
        who = supporters(classes)
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
                now = price_of(cost, ((amounts[p], v) for p, v in voters.items()))
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


def _many(classes: Classes, runs: int = 1) -> bool:
    return runs * sum(len(ballot) for ballot, _ in classes) >= MANY


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
