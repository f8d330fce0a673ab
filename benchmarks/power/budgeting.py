"""Budgets that are overspent, spent unfairly, or spent as a lie would have it."""

from fractions import Fraction
from typing import Any

from mechsim.axioms import EJRPlus, ExAnte, Strategyproof, UnanimousFairShare, WithinBudget
from mechsim.lottery import Finite, uniform
from mechsim.preferences.elections import Election

from .planted import Planted

Ballots = tuple[frozenset[int], ...]

TOWN = Election(("park", "pool", "road", "school"), (2, 2, 3, 4), 7)
PARK = Election(("park", "pool", "road"), (1, 1, 1), 1)
COMMITTEE = Election(("ann", "bob", "cat", "dan", "eve"), (1, 1, 1, 1, 1), 2)
COUNCIL = Election(("ann", "bob", "cat", "dan", "eve"), (1, 1, 1, 1, 1), 3)


def _approvals(ballots: Ballots, project: int) -> int:
    return sum(project in ballot for ballot in ballots)


def spent_is_stale(ballots: Ballots) -> frozenset[int]:
    """Most approved first; what is spent is added up after all with equally many approvals."""
    groups: dict[int, list[int]] = {}
    for project in range(len(TOWN.projects)):
        groups.setdefault(_approvals(ballots, project), []).append(project)
    funded: set[int] = set()
    spent: Any = 0
    for votes in sorted(groups, reverse=True):
        if not votes:
            break
        fitting = [c for c in groups[votes] if spent + TOWN.costs[c] <= TOWN.budget]
        funded.update(fitting)
        spent += sum(TOWN.costs[c] for c in fitting)
    return frozenset(funded)


def spent_is_fresh(ballots: Ballots) -> frozenset[int]:
    """Most approved first; what is spent is added up at once."""
    groups: dict[int, list[int]] = {}
    for project in range(len(TOWN.projects)):
        groups.setdefault(_approvals(ballots, project), []).append(project)
    funded: set[int] = set()
    spent: Any = 0
    for votes in sorted(groups, reverse=True):
        if not votes:
            break
        for c in groups[votes]:
            if spent + TOWN.costs[c] <= TOWN.budget:
                funded.add(c)
                spent += TOWN.costs[c]
    return frozenset(funded)


def ties_to_the_keen(ballots: Ballots) -> frozenset[int]:
    """The two most approved; of equal ones those of voters who approve of few."""

    def keenest(project: int) -> int:
        return min((len(ballot) for ballot in ballots if project in ballot), default=9)

    ranked = sorted(range(5), key=lambda c: (-_approvals(ballots, c), keenest(c), c))
    return frozenset(ranked[:2])


def ties_by_number(ballots: Ballots) -> frozenset[int]:
    """The two most approved; of equal ones those that are listed first."""
    ranked = sorted(range(5), key=lambda c: (-_approvals(ballots, c), c))
    return frozenset(ranked[:2])


def _equal_shares(ballots: Ballots, all_pay_alike: bool) -> frozenset[int]:
    """Equal Shares for unit costs: each supporter pays the price, or all it has if it may."""
    left = [Fraction(COUNCIL.budget) / len(ballots) for _ in ballots]
    funded: set[int] = set()
    while True:
        best: tuple[Fraction, int] | None = None
        for project in range(len(COUNCIL.projects)):
            supporters = [i for i, ballot in enumerate(ballots) if project in ballot]
            if project in funded or not supporters:
                continue
            if all_pay_alike:
                price = Fraction(1, len(supporters))
                if any(left[i] < price for i in supporters):
                    continue
            else:
                if sum(left[i] for i in supporters) < 1:
                    continue
                price = _price(sorted(left[i] for i in supporters))
            if best is None or price < best[0]:
                best = price, project
        if best is None:
            return frozenset(funded)
        price, project = best
        funded.add(project)
        for i, ballot in enumerate(ballots):
            if project in ballot:
                left[i] -= min(price, left[i])


def _price(purses: list[Fraction]) -> Fraction:
    """The least price at which these purses, poorest first, pay 1 together."""
    missing = Fraction(1)
    for k, purse in enumerate(purses):
        payers = len(purses) - k
        if purse * payers >= missing:
            return missing / payers
        missing -= purse
    raise AssertionError("the purses hold less than 1")


def all_pay_alike(ballots: Ballots) -> frozenset[int]:
    """Equal Shares, but a supporter who cannot pay its part blocks the project."""
    return _equal_shares(ballots, all_pay_alike=True)


def poor_pay_what_they_have(ballots: Ballots) -> frozenset[int]:
    """Equal Shares: a supporter who cannot pay its part pays what it has."""
    return _equal_shares(ballots, all_pay_alike=False)


def _first_paid_for(ballots: Ballots, each: Any) -> frozenset[int]:
    """The first project that its supporters can pay for together."""
    for project in range(len(PARK.projects)):
        money: Any = 0
        for ballot in ballots:
            if project in ballot:
                money += each
        if money >= PARK.costs[project]:
            return frozenset({project})
    return frozenset()


def money_in_floats(ballots: Ballots) -> frozenset[int]:
    """What all can pay for together, who have a tenth each; ten tenths are less than 1."""
    return _first_paid_for(ballots, 1 / len(ballots))


def money_in_fractions(ballots: Ballots) -> frozenset[int]:
    """What all can pay for together, who have a tenth each."""
    return _first_paid_for(ballots, Fraction(1, len(ballots)))


def full_is_blank(ballots: Ballots) -> Finite[frozenset[int]]:
    """Two favourites of a random voter; a ballot with every box ticked is taken for blank."""
    valid = [ballot for ballot in ballots if len(ballot) < 5]
    return uniform(frozenset(sorted(ballot)[:2]) for ballot in valid or ballots)


def full_is_valid(ballots: Ballots) -> Finite[frozenset[int]]:
    """Two favourites of a random voter."""
    valid = [ballot for ballot in ballots if len(ballot) < 6]
    return uniform(frozenset(sorted(ballot)[:2]) for ballot in valid or ballots)


BUDGETING = (
    Planted(
        "spending is stale",
        "budgeting",
        spent_is_stale,
        spent_is_fresh,
        WithinBudget(),
        TOWN,
        5,
        "Needs a tie between projects that fit one by one and not together. The twin asks before "
        "each project.",
    ),
    Planted(
        "ties to the keen",
        "budgeting",
        ties_to_the_keen,
        ties_by_number,
        Strategyproof(),
        COMMITTEE,
        4,
        "A voter drops a candidate that wins anyway to seem keen on another. In the twin an "
        "approval only ever helps the candidate approved of, against any other.",
    ),
    Planted(
        "the poor block",
        "budgeting",
        all_pay_alike,
        poor_pay_what_they_have,
        EJRPlus(),
        COUNCIL,
        6,
        "Needs a supporter who has spent its money elsewhere. The twin is the Method of Equal "
        "Shares (Peters, Skowron 2020).",
    ),
    Planted(
        "money in floats",
        "budgeting",
        money_in_floats,
        money_in_fractions,
        EJRPlus(),
        PARK,
        10,
        "Needs ten voters who approve of one project, whose money in floats sums to less than the "
        "cost. In the twin what all approve of is paid for, and no smaller group is due anything.",
    ),
    Planted(
        "full is blank",
        "budgeting",
        full_is_blank,
        full_is_valid,
        ExAnte(UnanimousFairShare()),
        COMMITTEE,
        4,
        "Needs a full ballot among empty ones. In the twin a group of share s decides with "
        "probability s.",
    ),
)
