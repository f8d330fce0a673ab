"""Kernels of auctions do, row by row, what the definitions do; ties are decided alike."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim.algorithms.assignment import best_matching
from mechsim.algorithms.envelope import kinks
from mechsim.auctions import (
    GSP,
    VCG,
    FirstPrice,
    Myerson,
    OddsCascade,
    SponsoredFirstPrice,
    SponsoredVCG,
)
from mechsim.preferences import Cascade, Matrix, Multinomial, Positions, Sponsored, values

F = Fraction
probability = st.sampled_from([F(0), F(1, 8), F(1, 4), F(1, 2), F(3, 4)])
bid = st.integers(0, 4).map(F)


@st.composite
def models(draw: st.DrawFn, kinds: Any = (Matrix, Multinomial)) -> Any:
    bidders, positions = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    row = st.lists(probability, min_size=positions, max_size=positions).map(tuple)
    table = tuple(draw(st.lists(row, min_size=bidders, max_size=bidders)))
    return draw(st.sampled_from(kinds))(table, draw(st.none() | st.integers(1, positions)))


@st.composite
def profiles(draw: st.DrawFn, bidders: int) -> list[tuple[Fraction, ...]]:
    profile = st.lists(bid, min_size=bidders, max_size=bidders).map(tuple)
    return draw(st.lists(profile, min_size=1, max_size=4))


def agree(auction: Any, rows: Any) -> None:
    """Each row of the batch is the definition's outcome."""
    sales = auction.of_batch(np.array([[float(b) for b in row] for row in rows]))
    assert len(sales) == len(rows)
    for b, row in enumerate(rows):
        exact, found = auction(row), sales.row(b)
        assert found.alternative == exact.alternative
        assert found.payments == pytest.approx([float(p) for p in exact.payments], abs=1e-9)


class TestSeparable:
    """Ranking by score, in each of the three ways to charge."""

    @given(st.data())
    def test_rows(self, data: Any) -> None:
        bidders, slots = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 4))
        effects = sorted((F(data.draw(st.integers(1, 8)), 8) for _ in range(slots)), reverse=True)
        qualities = tuple(F(data.draw(st.integers(1, 4)), 2) for _ in range(bidders))
        setting = Positions(tuple(effects), qualities)
        reserve = data.draw(st.sampled_from([F(0), F(1), F(2)]))
        rows = data.draw(profiles(bidders))
        for auction in (FirstPrice(setting), GSP(setting, reserve), VCG(setting, reserve)):
            agree(auction, rows)

    def test_clicks_and_more(self) -> None:
        sales = GSP(Positions((2, 1), (1, 3))).of_batch([[4.0, 2.0]])
        assert sales.clicks.tolist() == [[1, 6]]
        assert sales.payments.tolist() == [[0, 8]]
        assert sales.per_click.tolist() == [[0, pytest.approx(4 / 3)]]
        assert sales.welfare([[4.0, 2.0]]).tolist() == [16]
        assert sales.utilities([[4.0, 2.0]]).tolist() == [[4, 4]]
        assert "revenue 8" in str(sales)


class TestContent:
    """What is best to show, and VCG and first-price payments."""

    @given(st.data())
    def test_rows(self, data: Any) -> None:
        model = data.draw(models())
        rows = data.draw(profiles(model.bidders))
        agree(SponsoredVCG(Sponsored(model)), rows)
        agree(SponsoredFirstPrice(Sponsored(model)), rows)

    @given(st.data())
    def test_odds(self, data: Any) -> None:
        cascade = data.draw(models((Cascade,)))
        auction = OddsCascade(Sponsored(cascade))
        rows = data.draw(profiles(cascade.bidders))
        sales = auction.of_batch(np.array([[float(b) for b in row] for row in rows]))
        for b, row in enumerate(rows):
            clicks = [F(0)] * cascade.bidders
            for priced, chance in auction(row).probability.items():
                for i, rate in enumerate(cascade.clicks(priced.alternative)):
                    clicks[i] += chance * rate
            assert sales.clicks[b].tolist() == pytest.approx([float(c) for c in clicks])

    @given(st.integers(0, 10**6))
    @settings(max_examples=60)
    def test_larger_matchings(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        bidders, positions = int(rng.integers(5, 25)), int(rng.integers(3, 8))
        top = int(rng.choice([2, 5, 1000]))
        table = rng.integers(0, top, (bidders, positions)) / 1024
        most = int(rng.integers(1, positions + 1))
        exact = tuple(tuple(F(x) for x in row) for row in table.tolist())
        sales = SponsoredVCG(Sponsored(Matrix(exact, most))).of_batch(np.ones((1, bidders)))
        want = best_matching(exact, most)
        assert sales.positions[0].tolist() == [-1 if j is None else j for j in want]

    def test_few_matchings_for_many_bidders(self) -> None:
        """Welfare and all payments of 20,000 bidders for 20 positions: at most 15 matchings."""
        from mechsim.auctions import _winner_kernels

        rng = np.random.default_rng(3)
        table, bids = rng.random((1, 20_000, 20)), rng.exponential(size=(1, 20_000))
        out = np.empty((1, 20_000), np.int64), np.empty((1, 20_000)), np.empty((1, 20_000))
        assert _winner_kernels.harm(True, table, bids, 20, *out) <= 15


class TestMyerson:
    """Thresholds: sums over finitely many values, or the kinks where there are infinitely many."""

    @given(st.data())
    def test_sums_over_lower_values(self, data: Any) -> None:
        model = data.draw(models())
        points = (F(0), F(1), F(2), F(4))
        counts = [[data.draw(st.integers(1, 6)) for _ in points] for _ in range(model.bidders)]
        prior = tuple(tuple(F(c, sum(row)) for c in row) for row in counts)
        auction = Myerson(Sponsored(model, (points,) * model.bidders, prior))
        row = tuple(data.draw(st.sampled_from(points)) for _ in range(model.bidders))
        found = auction(row)
        for i, value in enumerate(row):
            rates = [
                model.clicks(auction((*row[:i], v, *row[i + 1 :])).alternative)[i]
                for v in points
                if v <= value
            ]
            assert rates == sorted(rates)
            steps = zip(points[1:], points, strict=False)
            rent = sum(((a - b) * c for (a, b), c in zip(steps, rates[:-1], strict=False)), F(0))
            assert found.payments[i] == value * rates[-1] - rent
        agree(auction, [row])

    @given(st.data())
    def test_smooth_laws_by_integration(self, data: Any) -> None:
        """v c(v) - int c, the integral taken on a fine grid."""
        model = data.draw(models())
        auction = Myerson(Sponsored(model, prior=values.Uniform(0, 4)))
        row = tuple(data.draw(st.integers(0, 40)) / F(10) for _ in range(model.bidders))
        agree(auction, [row])
        found = auction(row)
        clicks = model.clicks(found.alternative)
        i = data.draw(st.integers(0, model.bidders - 1))
        grid = [row[i] * (2 * k + 1) / 100 for k in range(50)]
        rates = [model.clicks(auction((*row[:i], z, *row[i + 1 :])).alternative)[i] for z in grid]
        area = sum(rates, F(0)) * row[i] / 50
        slack = row[i] / 50 * (max(rates) - min(rates)) * 2 + F(1, 10**9)
        asked: Fraction = row[i] * clicks[i] - area
        assert asked - slack <= found.payments[i] <= asked + slack

    @given(st.data())
    def test_identity_is_vcg(self, data: Any) -> None:
        """The kinks of the envelope, each paid at its place, are the harm done to others."""
        model = data.draw(models((Matrix, Multinomial, Cascade)))
        (row,) = data.draw(profiles(model.bidders).filter(lambda rows: len(rows) == 1))
        paid = SponsoredVCG(Sponsored(model))(row).payments
        for i in range(model.bidders):

            def line(z: Any, i: int = i) -> Any:
                at = (*row[:i], z, *row[i + 1 :])
                clicks = model.clicks(model.best(at))
                others = sum((v * c for v, c in zip(at, clicks, strict=True)), F(0))
                return clicks[i], others - z * clicks[i]

            charged = ((k.after - k.before) * k.place for k in kinks(line, F(0), row[i]))
            ties = line(row[i])[0]
            top = max((k.after for k in kinks(line, F(0), row[i])), default=F(0))
            assert sum(charged, F(0)) == paid[i]
            assert ties == top


class TestContinuousRevenue:
    """Revenue over uniform values, averaged over the midpoints of a grid, near the exact number."""

    @pytest.mark.parametrize(
        ("model", "laws", "exact"),
        [
            (Matrix(((F(1),),)), (values.Uniform(0, 1),), F(1, 4)),
            (Matrix(((F(1),),) * 2), (values.Uniform(0, 1),) * 2, F(5, 12)),
            (Matrix(((F(1),),) * 3), (values.Uniform(0, 1),) * 3, F(17, 32)),
            (
                Matrix(((F(1),),) * 2),
                (values.Uniform(0, 1), values.Uniform(0, 2)),
                F(31, 48),
            ),
            (Matrix(((F(1), F(1, 2)),) * 2), (values.Uniform(0, 1),) * 2, F(11, 24)),
            (
                Multinomial(((F(2), F(1)), (F(1), F(3))), 2),
                (values.Uniform(0, 1),) * 2,
                F(29832, 100_000),
            ),
        ],
    )
    def test_myerson(self, model: Any, laws: Any, exact: Fraction) -> None:
        points = {1: 4000, 2: 200, 3: 40}[len(laws)]
        shares = (np.arange(points) + 0.5) / points
        axes = [law.quantile(shares) for law in laws]
        bids = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, len(laws))
        revenue = Myerson(Sponsored(model, prior=laws)).of_batch(bids).revenue.mean()
        assert revenue == pytest.approx(float(exact), abs=2 / points**2 + 1e-5)

    @pytest.mark.parametrize(
        ("effects", "bidders", "reserve", "exact"),
        [
            ((1,), 2, F(0), F(1, 3)),
            ((1,), 3, F(0), F(1, 2)),
            ((1,), 4, F(0), F(3, 5)),
            ((1,), 2, F(1, 2), F(5, 12)),
            ((1, F(1, 2)), 2, F(1, 2), F(11, 24)),
            ((1, F(1, 2)), 2, F(0), F(1, 6)),
        ],
    )
    def test_vcg(self, effects: Any, bidders: int, reserve: Fraction, exact: Fraction) -> None:
        points = {2: 400, 3: 60, 4: 24}[bidders]
        axis = (np.arange(points) + 0.5) / points
        bids = np.stack(np.meshgrid(*[axis] * bidders), axis=-1).reshape(-1, bidders)
        revenue = VCG(Positions(effects), reserve).of_batch(bids).revenue.mean()
        assert revenue == pytest.approx(float(exact), abs=1 / points**2 + 1e-4)

    def test_a_second_bidder_beats_the_best_reserve(self) -> None:
        """Bulow and Klemperer: one more bidder without a reserve brings at least as much."""
        for n, with_reserve in ((1, F(1, 4)), (2, F(5, 12)), (3, F(17, 32))):
            assert F(n, n + 2) >= with_reserve
            assert with_reserve == F(n - 1, n + 1) + F(1, 2**n * (n + 1))


class TestDoor:
    """What is no batch, and what has no kernel, is named."""

    @pytest.mark.parametrize(
        ("bids", "message"),
        [
            ([1.0, 2.0], r"bids has the shape \(2,\)"),
            ([[1.0, 2.0, 3.0]], r"it must be \(batch, 2\)"),
            ([[1.0, -2.0]], r"bids\[0, 1\] is -2.0"),
            ([[1.0, 2.0], [np.nan, 0.0]], r"bids\[1, 0\] is nan"),
        ],
    )
    def test_bids(self, bids: Any, message: str) -> None:
        for auction in (
            GSP(Positions((1,), (1, 1))),
            SponsoredVCG(Sponsored(Matrix(((1,), (1,))))),
        ):
            with pytest.raises(ValueError, match=message):
                auction.of_batch(bids)

    def test_cascades_have_no_kernel(self) -> None:
        with pytest.raises(ValueError, match="batches are for a Matrix or a Multinomial"):
            SponsoredVCG(Sponsored(Cascade(((F(1, 2),),)))).of_batch([[1.0]])
