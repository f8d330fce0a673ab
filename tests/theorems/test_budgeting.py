"""Rules for participatory budgeting: one class for each statement, with worked elections."""

from fractions import Fraction

import pytest
from election_strategies import (
    ballots,
    election,
    instances,
    one_by_one,
    project_set,
    satisfies_ejr,
    subsets,
    sweep,
)
from hypothesis import assume, given
from hypothesis import strategies as st

from mechsim import Election, Instance, Population, UnanimousFairShare
from mechsim.algorithms.rounding import Rounded
from mechsim.algorithms.ties import Lexicographic, Priority, Refuse, UniformlyAtRandom
from mechsim.budgeting import BWMES, EqualShares, GreedyAV
from mechsim.population import tally
from mechsim.preferences.elections import Ballots

F = Fraction
FIRST = Lexicographic()


def agree_voter_by_voter(setting: Election, reports: Ballots) -> bool:
    """Insist that Equal Shares is what it is voter by voter; whether somebody paid all it had."""
    funded, left = one_by_one(setting, reports)
    spending = EqualShares(FIRST, setting).spend(tally(reports))
    assert spending.funded == funded == EqualShares(FIRST, setting)(reports)
    by_ballot = dict(zip(reports, left, strict=True))
    assert spending.left == tuple(by_ballot[ballot] for ballot, _ in spending.classes)
    return any(
        sum((price for c, price in spending.bought if c in ballot), left[k])
        > Fraction(setting.budget) / len(reports)
        for k, ballot in enumerate(reports)
    )


class TestEqualSharesByHand:
    """Worked elections: budget, costs, ballots, and what is funded."""

    @pytest.mark.parametrize(
        ("setting", "reports", "funded"),
        [
            (election(3, 1, 3), ballots("ab"), "a"),
            (election(2, 2, 2), ballots("a", "b"), ""),
            (election(6, 6, 4, 2), ballots("abc"), "bc"),
            (election(6, 1, 5, 1, 6, 2), ballots("abd", "abd", "bce"), "ac"),
            (election(3, 1, 1, 1, 1), ballots("d", "bcd", "c", "a", "abcd", "b"), "b"),
        ],
    )
    def test_small(self, setting: Election, reports: Ballots, funded: str) -> None:
        assert EqualShares(FIRST, setting)(reports) == project_set(funded)

    def test_a_group_that_agrees_on_nothing_may_be_short(self) -> None:
        """Nine voters could pay for a, c, d, e and each get two of them; each gets one."""
        setting = election(400, 90, 89, 90, 90, 90)
        reports = ballots(
            "ac", "ac", "ad", "ad", "ae", "ae", "bcd", "bde", "bce", "b",
        )  # fmt: skip
        spending = EqualShares(FIRST, setting).spend(tally(reports))
        assert spending.funded == project_set("ab")
        left = dict(zip(reports, (F(25),) * 6 + (F(71, 4),) * 4, strict=True))
        assert spending.left == tuple(left[ballot] for ballot, _ in spending.classes)

    def test_the_same_with_unit_costs(self) -> None:
        counted = {"ac": 6, "ad": 6, "ae": 6, "bcd": 3, "bde": 3, "bce": 3, "b": 4, "": 23}
        population = Population(ballots(*counted), tuple(counted.values()))
        setting = election(8, 1, 1, 1, 1, 1)
        assert EqualShares(FIRST, setting)(population) == project_set("ab")

    def test_a_committee_of_twelve(self) -> None:
        """c to n are twelve candidates of a majority; four voters who like a and b get both."""
        counted = {
            "abc": 2, "abd": 2, "cdefghijklmn": 6, "defghijklmn": 5, "efghijklmn": 9,
        }  # fmt: skip
        setting = election(12, *[1] * 14)
        population = Population(ballots(*counted), tuple(counted.values()))
        assert EqualShares(FIRST, setting)(population) == project_set("abefghijklmn")


class TestEqualShares:
    """The definition on classes is the one voter by voter; whatever is bought is paid for."""

    @given(drawn=instances())
    def test_is_voter_by_voter(self, drawn: tuple[Election, Ballots]) -> None:
        agree_voter_by_voter(*drawn)

    def test_is_voter_by_voter_in_a_sweep(self) -> None:
        poor = [agree_voter_by_voter(*drawn) for drawn in sweep(1_500)]
        assert sum(poor) > 60  # a price that some supporter could not pay in full

    @given(drawn=instances(max_agents=8, max_projects=5))
    def test_payments_add_up(self, drawn: tuple[Election, Ballots]) -> None:
        """Played again from the prices: projects get their cost, voters keep what is said, and
        nobody could still pay for another project."""
        self._add_up(*drawn)

    def test_payments_add_up_in_a_sweep(self) -> None:
        for drawn in sweep():
            self._add_up(*drawn)

    def _add_up(self, setting: Election, reports: Ballots) -> None:
        spending = EqualShares(FIRST, setting).spend(tally(reports))
        left = [Fraction(setting.budget) / len(reports) for _ in spending.classes]
        before = F(0)
        for c, price in spending.bought:
            assert price >= before  # prices never fall
            before, paid = price, F(0)
            for k, (ballot, voters) in enumerate(spending.classes):
                if c in ballot:
                    paid += voters * min(left[k], price)
                    left[k] -= min(left[k], price)
            assert paid == setting.costs[c]
        assert tuple(left) == spending.left
        for c in set(range(len(setting.projects))) - spending.funded:
            counted = zip(spending.classes, left, strict=True)
            assert sum(v * b for (ballot, v), b in counted if c in ballot) < setting.costs[c]

    @given(drawn=instances())
    def test_satisfies_ejr(self, drawn: tuple[Election, Ballots]) -> None:
        """Peters, Pierczyński, Skowron: EJR, with any costs."""
        setting, reports = drawn
        assert satisfies_ejr(setting, reports, EqualShares(FIRST, setting)(reports))

    def test_satisfies_ejr_in_a_sweep(self) -> None:
        for setting, reports in sweep():
            assert satisfies_ejr(setting, reports, EqualShares(FIRST, setting)(reports))

    @given(drawn=instances())
    def test_keeps_to_the_budget(self, drawn: tuple[Election, Ballots]) -> None:
        setting, reports = drawn
        for rule in (EqualShares(FIRST, setting), GreedyAV(FIRST, setting)):
            assert setting.cost(rule(reports)) <= setting.budget


class TestGreedy:
    """Approvals first: what is left out did not fit, and a minority may be left with nothing."""

    @pytest.mark.parametrize(
        ("setting", "reports", "funded"),
        [
            (election(2, 2, 1), ballots("b", "a"), "a"),
            (election(6, 6, 4, 2), ballots("abc"), "a"),
            (election(3, 1, 3), ballots("ab"), "a"),
            (election(3, 2, 2, 1), ballots("b", "b", "ac", "ab"), "bc"),
        ],
    )
    def test_small(self, setting: Election, reports: Ballots, funded: str) -> None:
        assert GreedyAV(FIRST, setting)(reports) == project_set(funded)

    @given(drawn=instances())
    def test_is_one_pass_over_the_sorted_projects(self, drawn: tuple[Election, Ballots]) -> None:
        setting, reports = drawn
        approvals = [sum(c in b for b in reports) for c in range(len(setting.projects))]
        funded: list[int] = []
        for c in sorted(range(len(approvals)), key=lambda c: -approvals[c]):
            if approvals[c] and setting.cost(frozenset([*funded, c])) <= setting.budget:
                funded.append(c)
        assert GreedyAV(FIRST, setting)(reports) == frozenset(funded)


class TestBWMESByHand:
    """Published examples: budget, costs, ballots, and the probability of each project."""

    @pytest.mark.parametrize(
        ("setting", "reports", "marginals"),
        [
            (election(33000, 21000, 10000, 2000), ballots("ab", "bc"), (1, 1, 1)),
            (
                election(30000, 8000, 8000, 12000, 12000),
                ballots("ac", "cd", "bd"),
                (F(1, 2), 1, 1, F(1, 2)),
            ),
            (election(5000, 1000, 5000), ballots("ab", "b", "b", "b"), (1, F(4, 5))),
            (
                election(80000, 8000, 15000, 10000, 10000, 6000, 12000, 9000, 9000, 5000, 5000),
                ballots("abc", "abc", "abd", "abd", "ab", "ef", "gh", "ij"),
                (1, 1, 1, 1, 1, F(11, 12), 1, F(1, 9), 1, 1),
            ),
            (election(15000, 5000, 5000, 6000), ballots("abc", "abc", "ab"), (1, 1, F(5, 6))),
        ],
    )
    def test_examples(
        self, setting: Election, reports: Ballots, marginals: tuple[Fraction, ...]
    ) -> None:
        lottery = BWMES(FIRST, setting)(reports)
        assert lottery == Rounded(marginals, tuple(map(Fraction, setting.costs)))

    def test_group_fair_share_is_more_than_it_gives(self) -> None:
        """Who is not of one mind may together be due more: 4/3, and they get less than 1.06."""
        setting = election(3, F(29, 10), 1, 3, 1)
        lottery = BWMES(FIRST, setting)(ballots("ac", "abd", "ac"))
        assert lottery.marginals == (F(1), F(1, 30), F(1, 45), F(0))
        assert lottery.core == {0}


class TestBestOfBothWorlds:
    """Fair in every outcome, fairer in expectation, and the budget is kept up to one project."""

    @given(drawn=instances(max_agents=8, max_projects=5))
    def test_every_outcome_contains_that_of_equal_shares(
        self, drawn: tuple[Election, Ballots]
    ) -> None:
        setting, reports = drawn
        lottery = BWMES(FIRST, setting)(reports)
        funded = EqualShares(FIRST, setting)(reports)
        assert funded <= lottery.core
        assert all(funded <= outcome for outcome in lottery.finite().support)

    @given(drawn=instances(max_agents=8, max_projects=5))
    def test_the_budget_is_spent(self, drawn: tuple[Election, Ballots]) -> None:
        """In expectation all of it, or all that there is to pay for; each outcome is BB1."""
        setting, reports = drawn
        lottery = BWMES(FIRST, setting)(reports)
        possible = frozenset(setting.affordable)
        assert lottery.cost == min(setting.budget, setting.cost(possible))
        for outcome in lottery.finite().support:
            spent = setting.cost(outcome)
            assert setting.admits(outcome)
            one_more = [setting.cost(outcome | {c}) for c in possible - outcome]
            assert spent >= lottery.cost or max(one_more, default=0) >= setting.budget

    def test_leftovers_never_pay_for_a_whole_project(self) -> None:
        """So the parts that voters buy do not depend on their order, nor on anybody else."""
        for setting, reports in sweep():
            lottery = BWMES(FIRST, setting)(reports)
            spending = EqualShares(FIRST, setting).spend(tally(reports))
            for c in frozenset(setting.affordable) - spending.funded:
                bought = F(0)
                for (ballot, voters), left in zip(spending.classes, spending.left, strict=True):
                    if setting.cheapest_first(ballot - spending.funded)[:1] == [c]:
                        bought += left * voters
                assert bought < setting.costs[c]
                assert lottery.marginals[c] * setting.costs[c] >= bought

    @given(drawn=instances(max_agents=8, max_projects=5))
    def test_strong_unanimous_fair_share(self, drawn: tuple[Election, Ballots]) -> None:
        """A group of one mind gets what its part of the budget could buy it, which is more than
        its part of what the whole budget could."""
        self._fair_shares(*drawn)

    def test_strong_unanimous_fair_share_in_a_sweep(self) -> None:
        for drawn in sweep():
            self._fair_shares(*drawn)

    def _fair_shares(self, setting: Election, reports: Ballots) -> None:
        p = BWMES(FIRST, setting)(reports).marginals
        for ballot, size in tally(reports):
            share = F(size, len(reports))
            part = Election(setting.projects, setting.costs, setting.budget * share)
            alone = _most(ballot & frozenset(setting.affordable), part)
            assert setting.value(0, ballot, p) >= alone >= setting.fair_share(ballot, share)

    @given(drawn=instances())
    def test_unanimous_fair_share_is_the_axiom(self, drawn: tuple[Election, Ballots]) -> None:
        setting, reports = drawn
        lottery, axiom = BWMES(FIRST, setting)(reports), UnanimousFairShare()
        for case in axiom.cases(Instance(setting, reports)):
            by_parts = axiom.outcome_violation(lottery.marginals, case)
            listed = lottery.finite().probability.items()
            assert by_parts == sum(p * axiom.outcome_violation(o, case) for o, p in listed)
            assert by_parts <= 0


def _most(ballot: frozenset[int], setting: Election) -> Fraction:
    """The most the budget buys of ``ballot``, one project in part, by trying everything."""
    best = F(0)
    for whole in subsets(ballot):
        left = setting.budget - setting.cost(whole)
        if left >= 0:
            rest = [min(F(1), left / setting.costs[c]) for c in ballot - whole]
            best = max(best, len(whole) + max(rest, default=F(0)))
    return best


RULES = [EqualShares, BWMES, GreedyAV]


@pytest.mark.parametrize("rule", RULES)
class TestCountedBallots:
    """f(population) = f(expanded), and neither depends on the order of voters."""

    @given(drawn=instances(), copies=st.lists(st.integers(1, 9), min_size=6, max_size=6))
    def test_populations(
        self, rule: type[EqualShares], drawn: tuple[Election, Ballots], copies: list[int]
    ) -> None:
        setting, reports = drawn
        population = Population(reports, tuple(copies[: len(reports)]))
        mechanism = rule(FIRST, setting)
        assert mechanism(population) == mechanism(population.expanded())

    @given(drawn=instances(), data=st.data())
    def test_anonymous(
        self, rule: type[EqualShares], drawn: tuple[Election, Ballots], data: st.DataObject
    ) -> None:
        setting, reports = drawn
        shuffled = tuple(data.draw(st.permutations(reports)))
        assert rule(FIRST, setting)(shuffled) == rule(FIRST, setting)(reports)

    def test_anonymous_in_a_sweep(self, rule: type[EqualShares]) -> None:
        for setting, reports in sweep():
            assert rule(FIRST, setting)(reports[::-1]) == rule(FIRST, setting)(reports)

    @given(drawn=instances(), factor=st.fractions(F(1, 7), 9, max_denominator=7))
    def test_the_unit_of_money_is_immaterial(
        self, rule: type[EqualShares], drawn: tuple[Election, Ballots], factor: Fraction
    ) -> None:
        assume(factor > 0)
        setting, reports = drawn
        costs = tuple(cost * factor for cost in setting.costs)
        other = Election(setting.projects, costs, setting.budget * factor)
        first, second = rule(FIRST, setting)(reports), rule(FIRST, other)(reports)
        assert getattr(first, "marginals", first) == getattr(second, "marginals", second)


@pytest.mark.parametrize("rule", [EqualShares, GreedyAV])
class TestTies:
    """The policy decides between projects that are equally good, and is not asked otherwise."""

    def test_named_order(self, rule: type[EqualShares]) -> None:
        setting, reports = election(1, 1, 1), ballots("ab")
        assert rule(Lexicographic(), setting)(reports) == {0}
        assert rule(Priority((1, 0)), setting)(reports) == {1}

    def test_refuse(self, rule: type[EqualShares]) -> None:
        setting = election(1, 1, 1)
        assert rule(Refuse(), setting)(ballots("b")) == {1}
        with pytest.raises(ValueError, match=r"reports tie \(0, 1\): this rule refuses ties"):
            rule(Refuse(), setting)(ballots("ab"))

    def test_a_policy_must_name_one(self, rule: type[EqualShares]) -> None:
        with pytest.raises(ValueError, match="ties is UniformlyAtRandom: a rule that funds one"):
            rule(UniformlyAtRandom(), election(1, 1, 1))(ballots("ab"))


class TestLargeElections:
    """Equal Shares on classes: a hundred million voters are as quick as their ballots are few."""

    def test_a_hundred_million(self) -> None:
        setting = election(10**9, *(10**8 + k for k in range(12)))
        counted = Population(tuple(frozenset({k, (k + 1) % 12}) for k in range(12)), (10**8,) * 12)
        funded = EqualShares(FIRST, setting)(counted)
        assert setting.cost(funded) <= setting.budget
        scaled = Population(counted.values, (1,) * 12)
        assert funded == EqualShares(FIRST, setting)(scaled.expanded())
