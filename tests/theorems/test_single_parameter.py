"""Myerson's lemma, efficiency and transfers, as axioms of auctions."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Domain, EnvyFree, Instance, Line, Positions, Strategyproof, judge, verify
from mechsim.auctions import (
    GSP,
    VCG,
    AverageBid,
    ExcludeHighest,
    FirstPrice,
    GreedyCascade,
    Groves,
    IgnoreExternality,
    Myerson,
    SponsoredFirstPrice,
    SponsoredGroves,
    SponsoredVCG,
    UnthinnedOdds,
)
from mechsim.axioms import (
    BidCurve,
    BudgetBalanced,
    Efficient,
    ExAnte,
    IndividuallyRational,
    MonotoneAllocation,
    NoPositiveTransfers,
    PaymentIdentity,
    TotalValue,
)
from mechsim.catalogue import Card, Earns, Entry, Fails, expected_revenue
from mechsim.facility import Median
from mechsim.preferences import Cascade, Matrix, Multinomial, Sponsored, values
from mechsim.setting import Priced

F = Fraction
THIRDS = (F(1, 3),) * 3
rate = st.sampled_from([F(0), F(1, 5), F(1, 2), F(4, 5)])
RULES = (
    SponsoredVCG,
    SponsoredFirstPrice,
    SponsoredGroves,
    ExcludeHighest,
    GreedyCascade,
    IgnoreExternality,
    UnthinnedOdds,
)


@st.composite
def cascades(draw: st.DrawFn) -> Sponsored:
    row = st.lists(rate, min_size=2, max_size=2).map(tuple)
    table = tuple(draw(st.lists(row, min_size=2, max_size=3)))
    return Sponsored(Cascade(table), values=(0, 1, 2, 4))


class TestLemma:
    """A mechanism is strategyproof if and only if clicks rise with bids and payments follow."""

    @given(cascades(), st.sampled_from(RULES))
    def test_both_ways(self, setting: Sponsored, rule: Any) -> None:
        agents = setting.bidders
        found = [
            verify(rule(setting), axiom, setting, agents=agents).word
            for axiom in (Strategyproof(), MonotoneAllocation(), PaymentIdentity())
        ]
        assert (found[0] == "proved") == (found[1] == found[2] == "proved")

    @given(st.lists(st.integers(0, 5).map(F), min_size=2, max_size=4), st.data())
    def test_separable(self, bids: list[Fraction], data: Any) -> None:
        setting = Positions((3, 2, 2))
        instance = Instance(setting, setting.read(bids))
        case = BidCurve(instance, data.draw(st.integers(0, len(bids) - 1)))
        assert MonotoneAllocation().violation(VCG(setting), case) == 0
        assert PaymentIdentity().violation(VCG(setting), case) == 0
        assert PaymentIdentity().violation(Groves(setting), case) == 0
        assert MonotoneAllocation().violation(GSP(setting), case) == 0

    def test_curves(self) -> None:
        """In the specification's cascade clicks of the first fall from .8 at 2 to .72 at 5/2."""
        table = (F(8, 10), F(3, 10)), (F(5, 10), F(1, 10)), (F(2, 10), F(3, 10))
        setting = Sponsored(Cascade(table))
        case = BidCurve(Instance(setting, (F(5, 2), F(3), F(2))), 0)
        clicks = {bid: got for bid, got, _ in case.points(UnthinnedOdds(setting))}
        assert (clicks[F(2)], clicks[F(5, 2)]) == (F(4, 5), F(18, 25))
        told = MonotoneAllocation().explain(UnthinnedOdds(setting), case)
        assert "gets 4/5 by bidding 2 and 18/25 by bidding 9/4, which is more" in told

    def test_explains_payments(self) -> None:
        setting = Positions((1,))
        case = BidCurve(Instance(setting, (F(3), F(2))), 0)
        told = PaymentIdentity().explain(FirstPrice(setting), case)
        assert told.startswith("against the others at (3, 2), agent 0 pays ")
        assert PaymentIdentity().violation(FirstPrice(setting), case) > 0

    def test_needs_amounts(self) -> None:
        line = Line(0, 1)
        verdict = verify(Median(line), MonotoneAllocation(), line.grid(2), agents=2)
        assert verdict.word == "unknown"
        assert "does not say amount" in str(verdict)


class TestEfficient:
    """What is missing of the best welfare, or of a share of it."""

    @given(cascades(), st.data())
    def test_brute_force(self, setting: Sponsored, data: Any) -> None:
        level = st.sampled_from([F(0), F(1), F(2), F(4)])
        bids = tuple(data.draw(level) for _ in range(setting.bidders))
        outcome = GreedyCascade(setting)(bids)
        welfare = [
            sum(v * c for v, c in zip(bids, setting.model.clicks(one), strict=True))
            for one in (*setting.model.alternatives(), outcome.alternative)
        ]
        case = TotalValue(Instance(setting, bids))
        assert Efficient().outcome_violation(outcome, case) == max(welfare) - welfare[-1]
        assert Efficient(F(1, 3)).outcome_violation(outcome, case) == max(welfare) / 3 - welfare[-1]
        assert welfare[-1] >= max(welfare) / 3

    def test_reserves_lose_some(self) -> None:
        setting = Positions((1, F(1, 2), F(2, 5)), (F(1, 2), F(1, 2)))
        here = Instance(setting, setting.read((10, 2)))
        for auction in (GSP(setting, 3), VCG(setting, 3)):
            assert Efficient().outcome_violation(auction(here.reports), TotalValue(here)) == F(1, 2)
        told = str(judge(VCG(setting, 3)(here.reports), Efficient(), here))
        assert (
            "agent 0 in slot 0, agent 1 in slot 1 would be worth 11/2, and 1/2 is missing" in told
        )


class TestTransfers:
    """Who is paid receives money, and the auctioneer may lose."""

    def test_groves(self) -> None:
        setting = Positions((2, 1))
        outcome = Groves(setting)((3, 2))
        assert list(outcome.payments) == [-1, -5]
        here = Instance(setting, setting.read((3, 2)))
        assert "agent 0 receives 1" in str(judge(outcome, NoPositiveTransfers(), here))
        assert judge(outcome, BudgetBalanced(), here).word == "refuted"
        assert judge(VCG(setting)((3, 2)), NoPositiveTransfers(), here).word != "refuted"

    @given(cascades())
    def test_fees_do_not_change_what_is_best(self, setting: Sponsored) -> None:
        for fee in (F(0), F(3)):
            auction = SponsoredGroves(setting, fee)
            assert (
                verify(auction, Strategyproof(), setting, agents=setting.bidders).word == "proved"
            )


class TestEnvy:
    """Who would change places, where what a place is worth depends on the others."""

    def test_swaps(self) -> None:
        """With w = (3, 1), (3, 1/2) and values 9, 8: .8889 at the truth, 1.05 after a swap."""
        setting = Sponsored(Multinomial(((3, 1), (3, F(1, 2)))))
        here = Instance(setting, setting.read((9, 8)))
        outcome = SponsoredVCG(setting)(here.reports)
        own = setting.place_value(0, F(9), outcome.alternative, 0) - outcome.payments[0]
        swapped = setting.place_value(0, F(9), outcome.alternative, 1) - outcome.payments[1]
        assert float(own) == pytest.approx(0.8889, abs=1e-4)
        assert float(swapped) == pytest.approx(1.05)
        assert judge(outcome, EnvyFree(), here).word == "refuted"

    def test_none_with_one_position(self) -> None:
        setting = Sponsored(Multinomial(((3,), (3,), (1,))), values=(0, 1, 2, 3))
        assert verify(SponsoredVCG(setting), EnvyFree(), setting, agents=3).word == "proved"


class TestAverageBid:
    """Who is nearest to the average wins; whoever leaves it behind loses."""

    def test_falls(self) -> None:
        setting = Positions((1,))
        found = [AverageBid(setting)((1, bid, 9)).alternative for bid in (5, 20)]
        assert found == [(None, 0, None), (None, None, 0)]

    @given(cascades())
    def test_the_highest_is_left_out(self, setting: Sponsored) -> None:
        bids = tuple(F(2**k) for k in range(setting.bidders))
        shown = ExcludeHighest(setting)(bids).alternative
        assert all(i != setting.bidders - 1 for i, _ in shown)


class TestEarns:
    """Revenue claims are played and solved again, and false ones are found."""

    ITEM = Domain(Sponsored(Matrix(((1,), (1,))), (1, 2, 3), THIRDS), agents=2)

    def entry(self, rule: Any) -> Entry:
        fails = Fails(MonotoneAllocation(), BidCurve(next(iter(self.ITEM)), 0), F(0))
        return Entry("x", "auctions", Card("X", rule, "nobody", (fails,)), "")

    def low(self) -> Card:
        claim = Earns(self.ITEM, F(14, 9), F(2), because="no reserve")
        return Card("VCG", SponsoredVCG, "somebody", (claim,))

    def test_true_ones(self) -> None:
        found = self.low().claims[0].rederive(self.entry(SponsoredVCG), [])
        assert found.true
        assert found.verdict.word == "suboptimal"
        best = Earns(self.ITEM, F(2), F(2), because="Myerson")
        done = best.rederive(self.entry(Myerson), [self.low()])
        assert (done.true, done.foils, done.verdict.word) == (True, 1, "optimal")
        assert "no mechanism brings more than 2" in str(done.verdict)

    def test_false_ones(self) -> None:
        for revenue, most in ((F(3, 2), F(2)), (F(14, 9), F(3))):
            claim = Earns(self.ITEM, revenue, most, because="hearsay")
            assert not claim.rederive(self.entry(SponsoredVCG), []).true
        best = Earns(self.ITEM, F(2), F(2), because="Myerson")
        assert "no power" in best.rederive(self.entry(Myerson), []).note
        wrong = Earns(Domain(Sponsored(Matrix(((1,),)), (1, 2)), 1), F(1), F(1), because="no prior")
        assert "cannot be tested" in wrong.rederive(self.entry(SponsoredVCG), []).note

    def test_ex_post_rationality_of_a_thinned_lottery(self) -> None:
        """Payments in expectation are charged also to who is then not shown."""
        setting = Sponsored(Cascade(((F(1, 2), F(1, 4)), (F(1, 3), F(1, 2)))), values=(0, 1, 3))
        from mechsim.auctions import OddsCascade

        auction = OddsCascade(setting)
        assert verify(auction, IndividuallyRational(), setting, agents=2).word == "refuted"
        assert verify(auction, ExAnte(IndividuallyRational()), setting, agents=2).word == "proved"

    @pytest.mark.parametrize("seed", range(6))
    def test_myerson_is_the_linear_program(self, seed: int) -> None:
        """On random instances, irregular ones too, no mechanism earns more."""
        import numpy as np

        from mechsim.catalogue.revenue import _most  # pyright: ignore[reportPrivateUsage]

        rng = np.random.default_rng(seed)
        table = tuple(tuple(F(int(w), 4) for w in row) for row in rng.integers(1, 9, (2, 2)))
        laws: list[Any] = []
        for _ in range(2):
            points = np.sort(rng.choice(12, 3, replace=False)).tolist()
            weights = rng.integers(1, 8, 3).tolist()
            chances = tuple(F(w, sum(weights)) for w in weights)
            laws.append(values.Discrete(tuple(map(F, points)), chances))
        for model in (Multinomial(table), Multinomial(table, 1)):
            domain = Domain(Sponsored(model, prior=tuple(laws)), agents=2)
            assert expected_revenue(Myerson(domain.setting), domain) == _most(domain)[0]


def test_priced_outcomes_are_read() -> None:
    """Efficiency reads the alternative of a priced outcome, and of a plain one."""
    setting = Positions((1,))
    here = Instance(setting, setting.read((3, 2)))
    for outcome in ((0, None), Priced((0, None), (F(1), F(0)))):
        assert TotalValue(here).of(outcome) == 3
