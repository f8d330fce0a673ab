"""Auctions of separable positions: one class for each statement."""

from fractions import Fraction
from itertools import pairwise, permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from strategies import exact

from mechsim import BayesianIncentiveCompatible, EnvyFree, Instance, Positions, Priced
from mechsim.auctions import GSP, VCG, AllPay, FirstPrice
from mechsim.axioms import Envy, Misreport
from mechsim.setting import utility

AUCTIONS = [VCG, GSP, FirstPrice, AllPay]
HALF = Fraction(1, 2)
Game = tuple[Positions, tuple[Fraction, ...]]

small = st.integers(0, 6).map(Fraction)
positive = st.fractions(Fraction(1, 3), 4, max_denominator=3)


@st.composite
def games(draw: st.DrawFn, min_bidders: int = 1, max_slots: int = 4) -> Game:
    """Positions with unequal qualities, and bids for them; rich in ties."""
    bids = draw(st.lists(small, min_size=min_bidders, max_size=4))
    effects = draw(st.lists(positive, min_size=1, max_size=max_slots))
    qualities = draw(st.lists(positive, min_size=len(bids), max_size=len(bids)))
    return Positions(tuple(sorted(effects, reverse=True)), tuple(qualities)), tuple(bids)


def best_welfare(setting: Positions, bids: tuple[Fraction, ...], out: int | None = None) -> Any:
    """The most that positions can be worth in total, by trying every assignment; ``out`` absent."""
    present = [agent for agent in range(len(bids)) if agent != out]
    slots: list[int | None] = [*range(len(setting.effects)), *[None] * len(present)]
    return max(
        sum(setting.share_value(a, bids[a], k) for a, k in zip(present, chosen, strict=True))
        for chosen in set(permutations(slots, len(present)))
    )


def welfare(setting: Positions, bids: tuple[Fraction, ...], outcome: Priced) -> Any:
    return sum(setting.value(a, bid, outcome.alternative) for a, bid in enumerate(bids))


def best_gain(mechanism: Any, truth: tuple[Any, ...], bids: tuple[Any, ...]) -> Any:
    """The most that one bidder gains by another bid than its own of ``bids``.

    Between two bids that tie with others the ranking does not change, so for a price that does
    not depend on the own bid the setting's misreports are all that matter.
    """
    setting = mechanism.setting
    free = Instance(setting, bids)
    return max(
        utility(setting, a, truth[a], mechanism(free.replace(a, bid).reports))
        - utility(setting, a, truth[a], mechanism(bids))
        for a in range(len(bids))
        for bid in free.misreports(a)
    )


class TestVCGChargesTheHarm:
    """Each pays the others' best welfare without it, less their welfare with it."""

    @given(game=games())
    def test_solved_again_without_each(self, game: Game) -> None:
        setting, bids = game
        outcome = VCG(setting)(bids)
        total = welfare(setting, bids, outcome)
        for agent, payment in enumerate(outcome.payments):
            others = total - setting.value(agent, bids[agent], outcome.alternative)
            assert payment == best_welfare(setting, bids, out=agent) - others

    @given(game=games())
    def test_sum_of_steps(self, game: Game) -> None:
        """The formula written out: the k-th pays sum over l >= k of (a_l - a_(l+1)) s_(l+1)."""
        setting, bids = game
        outcome = VCG(setting)(bids)
        effects = [*setting.effects, Fraction(0)]
        score = sorted((setting.quality(a) * b for a, b in enumerate(bids)), reverse=True)
        score += [Fraction(0)] * len(effects)
        for k, payment in zip(outcome.alternative, outcome.payments, strict=True):
            last = len(setting.effects) if k is not None else 0
            steps = range(k or 0, last)
            assert payment == sum((effects[l] - effects[l + 1]) * score[l + 1] for l in steps)


class TestEfficient:
    """By declared values, no assignment of positions is worth more than the ranking by score."""

    @pytest.mark.parametrize("auction", AUCTIONS)
    @given(game=games())
    def test_every_assignment(self, auction: Any, game: Game) -> None:
        setting, bids = game
        assert welfare(setting, bids, auction(setting)(bids)) == best_welfare(setting, bids)


class TestVCGIsStrategyproof:
    """No bid gives more than the truth, and the truth never gives less than nothing."""

    @given(game=games(), lie=st.fractions(0, 7, max_denominator=4))
    def test_no_lie_helps(self, game: Game, lie: Fraction) -> None:
        setting, truth = game
        lied = (lie, *truth[1:])
        honest = utility(setting, 0, truth[0], VCG(setting)(truth))
        assert honest >= 0
        assert utility(setting, 0, truth[0], VCG(setting)(lied)) <= honest

    @given(game=games(min_bidders=2))
    def test_no_bid_at_all_helps(self, game: Game) -> None:
        setting, truth = game
        assert best_gain(VCG(setting), truth, truth) <= 0


class TestVCGIsEnvyFree:
    """Nobody prefers another's position at what the other pays in expectation."""

    @given(game=games(min_bidders=2))
    def test_all_pairs(self, game: Game) -> None:
        setting, truth = game
        slot, paid = (outcome := VCG(setting)(truth)).alternative, outcome.payments
        for i, j in permutations(range(len(truth)), 2):
            worth = [truth[i] * setting.clicks(i, slot[k]) - paid[k] for k in (i, j)]
            assert worth[0] >= worth[1]


class TestOnePosition:
    """With one position GSP and VCG are Vickrey's auction: the winner pays the second score."""

    @given(game=games(max_slots=1))
    def test_second_price(self, game: Game) -> None:
        setting, bids = game
        outcome = VCG(setting)(bids)
        score = [setting.quality(agent) * bid for agent, bid in enumerate(bids)]
        winner = score.index(max(score))
        others = [s for agent, s in enumerate(score) if agent != winner]
        assert GSP(setting)(bids) == outcome
        assert outcome.alternative.index(0) == winner
        assert sum(outcome.payments) == outcome.payments[winner]
        assert outcome.payments[winner] == setting.effects[0] * max(others, default=Fraction(0))


class TestGSPPrice:
    """The price of a click is the least bid that keeps the position."""

    @given(game=games(min_bidders=2))
    def test_threshold(self, game: Game) -> None:
        setting, bids = game
        mechanism = GSP(setting)
        outcome = mechanism(bids)
        for agent, k in enumerate(outcome.alternative):
            if k is not None:
                price = Fraction(outcome.payments[agent] / setting.clicks(agent, k))
                above, below = price + Fraction(1, 1000), price - Fraction(1, 1000)
                moved = Instance(setting, bids).replace(agent, above).profile
                assert mechanism(moved).alternative[agent] in (*range(k + 1),)
                if below >= 0:
                    moved = Instance(setting, bids).replace(agent, below).profile
                    lower = mechanism(moved).alternative[agent]
                    assert lower is None or lower > k


class TestRevenue:
    """At equal bids first price raises at least what GSP does, and GSP at least what VCG does."""

    @given(game=games())
    def test_bidder_by_bidder(self, game: Game) -> None:
        setting, bids = game
        charged = [auction(setting)(bids).payments for auction in (VCG, GSP, FirstPrice, AllPay)]
        for less, more in pairwise(charged):
            assert all(a <= b for a, b in zip(less, more, strict=True))


class TestEdelmanOstrovskySchwarz2007:
    """Values 10, 4, 2 for positions of 200 and 100 clicks, and of 200 and 199."""

    def test_payments(self) -> None:
        setting = Positions((200, 100))
        assert VCG(setting)([10, 4, 2]) == Priced((0, 1, None), (600, 200, 0))
        assert GSP(setting)([10, 4, 2]) == Priced((0, 1, None), (200 * 4, 100 * 2, 0))
        assert sum(VCG(setting)([10, 4, 2]).payments) == 800
        assert sum(GSP(setting)([10, 4, 2]).payments) == 1000

    def test_gsp_rewards_a_lower_bid(self) -> None:
        setting = Positions((200, 199))
        worth = [utility(setting, 0, 10, GSP(setting)([b, 4, 2])) for b in (10, 3)]
        assert worth == [1200, 1592]
        assert best_gain(GSP(setting), (10, 4, 2), (10, 4, 2)) == 1592 - 1200

    def test_nobody_envies_at_vcg_prices(self) -> None:
        setting = Positions((200, 199))
        truth = Instance(setting, setting.read([10, 4, 2]))
        axiom = EnvyFree()
        envies = [
            axiom.outcome_violation(VCG(setting)(truth.reports), c) for c in axiom.cases(truth)
        ]
        assert max(envies) <= 0


class TestSymmetricNashEquilibria:
    """Positions .5, .3, .1 and values 10, 8, 5, 3: GSP's equilibria range from VCG's revenue up."""

    SETTING = Positions((Fraction(1, 2), Fraction(3, 10), Fraction(1, 10)))
    VALUES = SETTING.read([10, 8, 5, 3])
    LOWER = (Fraction(10), Fraction(29, 5), Fraction(13, 3), Fraction(3))
    UPPER = (Fraction(10), Fraction(41, 5), Fraction(7), Fraction(5))

    def recursion(self, shift: int) -> list[Fraction]:
        """Bids from the last one up: a_(k-1) b_k = a_k b_(k+1) + v_(k-shift) (a_(k-1) - a_k)."""
        a = [*map(exact, self.SETTING.effects), Fraction(0)]
        bids = [Fraction(0)]
        for k in (3, 2, 1):
            step = exact(self.VALUES[k - shift]) * (a[k - 1] - a[k])
            bids.insert(0, (a[k] * bids[0] + step) / a[k - 1])
        return bids[:-1]

    def test_recursions(self) -> None:
        assert self.recursion(0) == [*self.LOWER[1:]]
        assert self.recursion(1) == [*self.UPPER[1:]]

    @pytest.mark.parametrize("bids", [LOWER, UPPER], ids=["lower", "upper"])
    def test_nash_and_free_of_envy(self, bids: tuple[Fraction, ...]) -> None:
        """The outcome that the bids make is judged at the true values."""
        mechanism, axiom = GSP(self.SETTING), EnvyFree()
        assert best_gain(mechanism, self.VALUES, bids) <= 0
        truth = Instance(self.SETTING, self.VALUES)
        outcome = mechanism(bids)
        assert max(axiom.outcome_violation(outcome, case) for case in axiom.cases(truth)) == 0

    def test_revenues(self) -> None:
        revenue = [sum(GSP(self.SETTING)(bids).payments) for bids in (self.LOWER, self.UPPER)]
        assert revenue == [Fraction(9, 2), Fraction(67, 10)]
        assert sum(VCG(self.SETTING)(self.VALUES).payments) == Fraction(9, 2)

    @pytest.mark.parametrize(("sign", "revenue"), [(1, 4.5), (-1, 6.7)])
    def test_no_others_raise_less_or_more(self, sign: int, revenue: float) -> None:
        """Linear programs over payments by slot that leave no envy, the last slot being none."""
        pairs = list(permutations(range(4), 2))
        worth = np.outer([*map(float, self.VALUES)], [0.5, 0.3, 0.1, 0.0])
        rows = np.array([np.eye(4)[i] - np.eye(4)[j] for i, j in pairs])
        bound = [worth[i, i] - worth[i, j] for i, j in pairs]
        limits = [(0, None)] * 3 + [(0, 0)]
        found = linprog(sign * np.ones(4), A_ub=rows, b_ub=bound, bounds=limits)
        assert found.x is not None
        assert found.x.sum() == pytest.approx(revenue)


class TestPriceOfAnarchy:
    """Without overbidding GSP has an equilibrium worth 4/5 of the best: 1 and 1/2 for 1 and 1/2."""

    def test_two_positions(self) -> None:
        setting = Positions((1, HALF))
        truth, bids = (Fraction(1), HALF), (Fraction(0), HALF)
        assert best_gain(GSP(setting), truth, bids) <= 0
        worth = welfare(setting, truth, GSP(setting)(bids))
        assert best_welfare(setting, truth) / worth == Fraction(5, 4)


class TestFirstPrice:
    """Who bids the truth gains nothing; who bids less may."""

    @given(game=games())
    def test_the_truth_gains_nothing(self, game: Game) -> None:
        setting, truth = game
        outcome = FirstPrice(setting)(truth)
        assert all(utility(setting, a, v, outcome) == 0 for a, v in enumerate(truth))

    def test_shading(self) -> None:
        setting = Positions((Fraction(4, 5),), qualities=(1, HALF))
        worth = [
            utility(setting, 0, 9, FirstPrice(setting)([bid, 7])) for bid in (9, Fraction(15, 4))
        ]
        assert worth == [0, Fraction(21, 5)]


class TestGSPAgainstAPrior:
    """Three uniform values on [0, 1], positions 1 and .9: who has .9 gains .124 by bidding .575.

    By the continuous formulas the truth is worth .3159 and the lie .4402; here the others' values
    are 40 midpoints, each equally likely.
    """

    def test_expected_gain(self) -> None:
        midpoints = tuple(Fraction(2 * k + 1, 80) for k in range(40))
        lie, truth = Fraction(23, 40), Fraction(9, 10)
        setting = Positions(
            (1, Fraction(9, 10)),
            values=((lie, truth), midpoints, midpoints),
            prior=((HALF, HALF), (Fraction(1, 40),) * 40, (Fraction(1, 40),) * 40),
        )
        instance = Instance(setting, (truth, midpoints[0], midpoints[0]))
        case = Misreport(instance, agent=0, report=lie)
        gain = BayesianIncentiveCompatible().violation(GSP(setting), case)
        assert float(gain) == pytest.approx(0.4402 - 0.3159, abs=2e-3)
        assert BayesianIncentiveCompatible().violation(VCG(setting), case) < 0


class TestTies:
    """Of equal scores the lower index is placed first, and at VCG's prices nobody minds."""

    @given(game=games(min_bidders=2))
    def test_who_ties_is_indifferent(self, game: Game) -> None:
        setting, bids = game
        outcome = VCG(setting)(bids)
        instance = Instance(setting, bids)
        for i, j in permutations(range(len(bids)), 2):
            if bids[i] * setting.quality(i) == bids[j] * setting.quality(j):
                assert EnvyFree().outcome_violation(outcome, Envy(instance, i, j)) == 0
                slot = outcome.alternative
                above = slot[i] is not None and (slot[j] is None or slot[i] < slot[j])
                assert above == (i < j) or slot[i] is slot[j] is None


class TestKindOfNumber:
    """Floats give floats near the exact payments; exact bids give exact payments."""

    @pytest.mark.parametrize("auction", AUCTIONS)
    @given(game=games())
    def test_is_kept(self, auction: Any, game: Game) -> None:
        setting, bids = game
        exact = auction(setting)(bids).payments
        assert {type(payment) for payment in exact} == {Fraction}
        rounded = auction(setting)(tuple(map(float, bids))).payments
        assert rounded == pytest.approx(tuple(map(float, exact)))
