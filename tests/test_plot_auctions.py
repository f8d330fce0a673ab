"""The numbers in pictures of auctions, reached a second way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from pictures import FEW, blank, figure_of, lines, words, xy

from mechsim import Instance, plot
from mechsim.auctions import (
    GSP,
    VCG,
    AllPay,
    FirstPrice,
    GreedyCascade,
    OddsCascade,
    SponsoredFirstPrice,
    SponsoredVCG,
)
from mechsim.lottery import Finite, mix, sure
from mechsim.mechanism import play
from mechsim.plot._bids import Tried, try_bids
from mechsim.plot._style import SERIES
from mechsim.preferences import Cascade, Matrix, Multinomial, Positions, Sponsored, values
from mechsim.setting import Priced

F = Fraction
NAMES = ("Ann", "Bob", "Cleo")
CLICKS, WARNING, MONEY = SERIES[:3]


def fractions(*rows: str) -> tuple[tuple[Fraction, ...], ...]:
    return tuple(tuple(map(F, row.split())) for row in rows)


FALLING = Sponsored(Cascade(fractions("3/5 2/5", "3/5 7/10", "1/10 3/10"), 2), agents=NAMES)
CHOICE = Sponsored(Multinomial(fractions("1 1/2", "2 1", "1 3"), 2), agents=NAMES)
TYPED = Sponsored(CHOICE.model, values=tuple(range(0, 13, 2)), agents=NAMES)
SLOTS = Positions((200, 100, 50))
ONE = Sponsored(Matrix(((1,), (1,))))


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction] - pytest finds it
    yield
    plt.close("all")


@dataclass(frozen=True)
class Fee:
    """Of another auction, with what everyone pays besides, or gets."""

    of: Any
    fee: Fraction

    @property
    def setting(self) -> Any:
        return self.of.setting

    def __call__(self, reports: Any, /) -> Priced:
        outcome = self.of(reports)
        return Priced(outcome.alternative, tuple(p + self.fee for p in outcome.payments))


@dataclass(frozen=True)
class Coin:
    """VCG or first price, by the toss of a coin."""

    setting: Positions = SLOTS

    def __call__(self, reports: Any, /) -> Finite[Priced]:
        rules = (VCG(self.setting), FirstPrice(self.setting))
        return mix((F(1, 2), sure(rule(reports))) for rule in rules)


@dataclass(frozen=True)
class Share:
    """A click, in proportion to bids; for what is bid."""

    setting: Sponsored = ONE

    def __call__(self, reports: Any, /) -> Finite[Priced]:
        total = sum(reports)
        won = (
            (bid / total, sure(Priced(((i, 0),), tuple(reports)))) for i, bid in enumerate(reports)
        )
        return mix((F(p), part) for p, part in won if p) if total else sure(Priced((), (0, 0)))


def right_of(axes: Axes) -> Axes:
    """The axes of the payments."""
    (other,) = (one for one in figure_of(axes).axes if one is not axes)
    return other


def curve_of(axes: Axes) -> list[Any]:
    (line,) = (line for line in lines(axes, color=CLICKS) if len(line.get_xdata()) > 1)  # type: ignore[arg-type]
    return xy(line)


def shaded(axes: Axes) -> float:
    """The area of what is shaded, by the shoelace formula."""
    (shade,) = axes.collections
    total = 0.0
    for path in shade.get_paths():
        x, y = np.asarray(path.to_polygons()[0]).T
        total += abs(float(x @ np.roll(y, 1) - y @ np.roll(x, 1))) / 2
    return total


def upper_hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corners of the least concave majorant of points from left to right."""
    hull: list[tuple[float, float]] = []
    for x, y in points:
        while len(hull) > 1:
            (a, b), (c, d) = hull[-2:]
            if (d - b) * (x - a) > (y - b) * (c - a):
                break
            hull.pop()
        hull.append((x, y))
    return hull


def title(axes: Axes) -> str:
    return axes.get_title(loc="left")


bids = st.lists(st.integers(0, 9).map(F), min_size=3, max_size=3).map(tuple)
ANY = [
    GreedyCascade(FALLING),
    OddsCascade(FALLING),
    SponsoredVCG(CHOICE),
    SponsoredFirstPrice(CHOICE),
    GSP(SLOTS),
    Coin(),
]


class TestCurves:
    """Every point of the curves is what the mechanism does at that bid."""

    @given(st.sampled_from(ANY), bids, st.integers(0, 2))
    @FEW
    def test_points(self, mechanism: Any, reports: Any, agent: int) -> None:
        axes = plot.bid_curve(mechanism, reports, agent, ax=blank())
        (payments,) = lines(right_of(axes), color=MONEY, linestyle="-")
        tried = try_bids(mechanism, Instance(mechanism.setting, reports), agent)
        assert [x for x, _ in curve_of(axes)] == [float(bid) for bid in tried.bids]
        for bid, (x, clicks), (z, paid) in zip(
            tried.bids, curve_of(axes), xy(payments), strict=True
        ):
            lottery = play(mechanism, (*reports[:agent], bid, *reports[agent + 1 :]))
            worth = lottery.expect(
                lambda one: mechanism.setting.value(agent, F(1), one.alternative)
            )
            assert (x, clicks) == (z, pytest.approx(float(worth)))
            assert paid == pytest.approx(float(lottery.expect(lambda one: one.payments[agent])))

    def test_steps_are_where_bids_tie(self) -> None:
        axes = plot.bid_curve(GSP(SLOTS), (10, 8, 5, 3), 0, ax=blank())
        steps = [(a, b) for (a, c), (b, d) in pairwise(curve_of(axes)) if c != d]
        assert [(a + b) / 2 for a, b in steps] == pytest.approx([3, 5, 8], abs=1e-3)
        assert all(b - a < 1e-3 for a, b in steps)

    def test_ends_a_little_beyond_the_last_step(self) -> None:
        assert plot.bid_curve(GSP(SLOTS), (10, 8, 5), 0, ax=blank()).get_xlim() == (0, 12)
        assert plot.bid_curve(GSP(SLOTS), (2, 8, 5), 0, ax=blank()).get_xlim()[1] == pytest.approx(
            1.2 * 8, abs=1e-2
        )

    def test_types_are_dots(self) -> None:
        axes = plot.bid_curve(SponsoredVCG(TYPED), (10, 6, 4), 0, ax=blank())
        (line,) = lines(axes, color=CLICKS)
        assert line.get_drawstyle() == "steps-post"
        assert [x for x, _ in xy(line)] == list(range(0, 13, 2))

    def test_bids_may_be_chosen(self) -> None:
        axes = plot.bid_curve(SponsoredVCG(TYPED), (10, 6, 4), 0, bids=(4, 8), ax=blank())
        assert [x for x, _ in curve_of(axes)] == [4, 8, 10]
        axes = plot.bid_curve(SponsoredVCG(CHOICE), (10, 6, 4), 0, bids=(3, 20), ax=blank())
        found = [x for x, _ in curve_of(axes)]
        assert {0, 3, 10, 20} < set(found)
        assert max(found) == 20

    def test_smooth_clicks_end(self) -> None:
        tried = try_bids(Share(), Instance(Share().setting, (F(1), F(1))), 0)
        assert len(tried.bids) < 400
        assert all(c == b / (b + 1) for b, c in zip(tried.bids, tried.clicks, strict=True))

    def test_its_words(self) -> None:
        axes = plot.bid_curve(SponsoredVCG(CHOICE), (10, 6, 4), 0, ax=blank())
        assert axes.get_xlabel() == "what Ann bids a click, others bid (6, 4)"
        assert axes.get_ylabel() == "expected clicks of Ann"
        assert words(axes) == [
            "clicks by SponsoredVCG",
            "the bid, 10: 1/3 clicks",
            "must pay 2, by Myerson's lemma",
            "payment (right): 2 for the bid",
        ]
        many = plot.bid_curve(GSP(SLOTS), range(20), 3, ax=blank())
        assert many.get_xlabel() == "what agent 3 bids a click, others' bids fixed"


class TestMyerson:
    """The shaded area is what the bid must pay, which strategyproof auctions ask for."""

    @given(st.sampled_from([VCG(SLOTS), SponsoredVCG(CHOICE)]), bids, st.integers(0, 2))
    @FEW
    def test_area_is_the_payment(self, mechanism: Any, reports: Any, agent: int) -> None:
        axes = plot.bid_curve(mechanism, reports, agent, ax=blank())
        paid = float(mechanism(reports).payments[agent])
        scale = float(max(c for _, c in curve_of(axes)) * max(x for x, _ in curve_of(axes)))
        assert shaded(axes) == pytest.approx(paid, abs=1e-4 * scale)
        assert "payments make truth best" in title(axes)

    def test_lotteries(self) -> None:
        axes = plot.bid_curve(OddsCascade(FALLING), (5, 4, 7), 0, ax=blank())
        assert shaded(axes) == pytest.approx(84 / 41, abs=1e-3)
        assert "payments make truth best" in title(axes)

    @pytest.mark.parametrize("mechanism", [GSP(SLOTS), FirstPrice(SLOTS), AllPay(SLOTS), Coin()])
    def test_other_payments(self, mechanism: Any) -> None:
        axes = plot.bid_curve(mechanism, (10, 8, 5), 0, ax=blank())
        assert "payments make some lie better" in title(axes)
        assert shaded(axes) == pytest.approx(1050, rel=1e-3)  # 50 * 5 + 100 * 8
        (due,) = lines(right_of(axes), linestyle=":")
        truthful = VCG(SLOTS)
        for bid, paid in xy(due)[::20]:
            expected = truthful((bid, 8.0, 5.0)).payments[0]
            assert paid == pytest.approx(expected, abs=0.5)

    def test_fees_do_not_matter(self) -> None:
        for fee in (F(100), F(-100)):
            axes = plot.bid_curve(Fee(VCG(SLOTS), fee), (10, 8, 5), 0, ax=blank())
            assert "payments make truth best" in title(axes)
            assert words(axes)[2] == "must pay 1050 more than a bid of 0, by Myerson's lemma"
            low, high = right_of(axes).get_ylim()
            assert low <= min(0.0, float(fee))
            assert high >= 1050 + fee

    def test_of_types_the_area_is_the_most(self) -> None:
        axes = plot.bid_curve(SponsoredVCG(TYPED), (10, 6, 4), 0, ax=blank())
        assert shaded(axes) == pytest.approx(50 / 21)  # 6 * 1/7 + 8 * (1/3 - 1/7)
        assert words(axes)[2] == "may pay 50/21 at most, by Myerson's lemma"
        assert "payments make truth best" in title(axes)
        low = plot.bid_curve(SponsoredFirstPrice(TYPED), (10, 6, 4), 0, ax=blank())
        assert "payments make some lie better" in title(low)
        assert words(low)[-1] == "payment that the lemma allows (right)"

    @given(
        st.lists(st.integers(0, 4).map(F), min_size=4, max_size=4),
        st.lists(st.integers(0, 6).map(F), min_size=4, max_size=4),
    )
    def test_types_by_brute_force(self, clicks: list[Fraction], paid: list[Fraction]) -> None:
        types = tuple(map(F, (0, 1, 2, 3)))
        tried = Tried(F(2), types, tuple(clicks), tuple(paid), exhaustive=True)
        gains = [[tried.utility(v, k) for k in range(4)] for v in types]
        assert tried.truth_is_best == all(row[k] == max(row) for k, row in enumerate(gains))

    @given(st.lists(st.integers(0, 4).map(F), min_size=4, max_size=4).map(sorted))
    def test_most_that_types_may_pay(self, clicks: list[Fraction]) -> None:
        types = tuple(map(F, (1, 2, 4, 5)))
        due = Tried(F(2), types, tuple(clicks), (F(0),) * 4, exhaustive=True).due
        tried = Tried(F(2), types, tuple(clicks), due, exhaustive=True)
        assert tried.truth_is_best
        assert due[0] == clicks[0]
        for k in range(1, 4):
            raised = (*due[:k], *(p + F(1, 100) for p in due[k:]))
            assert not Tried(F(2), types, tuple(clicks), raised, exhaustive=True).truth_is_best


class TestFalls:
    """Where clicks fall as the bid rises is marked, and that is where they do."""

    def test_greedy(self) -> None:
        axes = plot.bid_curve(GreedyCascade(FALLING), (F(9, 2), 4, 7), 0, ax=blank())
        (fall,) = (line for line in axes.lines if line.get_gid() == "fall")
        (left, high), (right, low) = xy(fall)
        assert (high, low) == pytest.approx((0.6, 0.42))
        assert left < 14 / 3 <= right  # where 3/5 z = 7/10 * 4
        assert right - left < 1e-3
        assert title(axes) == "Clicks fall where the bid rises: no payment makes this strategyproof"
        assert "clicks fall from 3/5 to 21/50 at 4.667" in words(axes)
        assert not axes.collections

    def test_none(self) -> None:
        for mechanism in (SponsoredVCG(FALLING), OddsCascade(FALLING)):
            axes = plot.bid_curve(mechanism, (F(9, 2), 4, 7), 0, ax=blank())
            assert not [line for line in axes.lines if line.get_gid() == "fall"]

    @given(st.lists(st.integers(0, 3), min_size=2, max_size=8))
    def test_neighbouring_falls_are_one(self, clicks: list[int]) -> None:
        heights = tuple(map(F, clicks))
        places = tuple(F(k) for k in range(len(clicks)))
        tried = Tried(places[0], places, heights, (F(0),) * len(clicks), exhaustive=True)
        down = [a > b for a, b in pairwise(clicks)]
        starts = [k for k, d in enumerate(down) if d and (k == 0 or not down[k - 1])]
        stops = [k + 1 for k, d in enumerate(down) if d and (k + 1 == len(down) or not down[k + 1])]
        assert [fall.before for fall in tried.falls] == [(places[k], heights[k]) for k in starts]
        assert [fall.after for fall in tried.falls] == [(places[k], heights[k]) for k in stops]

    def test_rounding_is_no_fall(self) -> None:
        places = (0.0, 1.0, 2.0)
        tried = Tried(0.0, places, (0.0, 0.3, 0.3 - 1e-15), (0.0,) * 3, exhaustive=True)
        assert not tried.falls


class TestValue:
    """With the value of a click the key says what the bid gains, and the best bid tried."""

    def test_lie(self) -> None:
        axes = plot.bid_curve(GSP(SLOTS), (10, 8, 5, 3), 0, value=10, ax=blank())
        assert words(axes)[-1] == "a click is worth 10: the bid gains 400, a bid of 8 gains 500"

    def test_truth(self) -> None:
        axes = plot.bid_curve(VCG(SLOTS), (10, 8, 5, 3), 0, value=10, ax=blank())
        assert words(axes)[-1] == "a click is worth 10: the bid gains 800, and none tried more"

    def test_far_away(self) -> None:
        axes = plot.bid_curve(VCG(SLOTS), (1, 8, 5, 3), 0, value=100, ax=blank())
        assert words(axes)[-1].startswith("a click is worth 100: the bid gains 0, a bid of 100")
        assert axes.get_xlim()[1] >= 100


class TestRevenue:
    """Each price times the share of those who pay it, and the concave hull of that."""

    @given(st.lists(st.integers(1, 20), min_size=1, max_size=12))
    @FEW
    def test_points(self, samples: list[int]) -> None:
        axes = plot.revenue_curve(values.Empirical(samples), ax=blank())
        drawn = {point for line in lines(axes, marker="o") for point in xy(line)}
        n = len(samples)
        expected = {(sum(v >= s for v in samples) / n, s) for s in samples}
        assert sorted(drawn) == [
            (pytest.approx(q), pytest.approx(q * s)) for q, s in sorted(expected)
        ]

    @given(st.lists(st.integers(1, 20), min_size=1, max_size=12))
    @FEW
    def test_monopoly_by_brute_force(self, samples: list[int]) -> None:
        axes = plot.revenue_curve(values.Empirical(samples), ax=blank())
        ((_, earned),) = xy(lines(axes, marker="D")[0])
        best = max(s * sum(v >= s for v in samples) / len(samples) for s in samples)
        assert earned == pytest.approx(best)

    def test_hull_is_ironed(self) -> None:
        tenth = F(1, 10)
        law = values.Discrete((1, 2, 10), (6 * tenth, 3 * tenth, tenth))
        axes = plot.revenue_curve(law, ax=blank())
        (hull,) = (line for line in axes.lines if line.get_gid() == "hull")
        points = [point for point in xy(hull) if not np.isnan(point[1])]
        assert points == [(pytest.approx(q), pytest.approx(1)) for q in (0.1, 0.4, 1)]
        (below,) = lines(axes, markerfacecolor="white")
        assert xy(below) == [(pytest.approx(0.4), pytest.approx(0.8))]
        assert words(axes) == [
            *("revenue at each value", "concave hull", "ironed"),
            "monopoly: price 1, q = 1, revenue 1",
        ]
        assert title(axes) == "Discrete(values=(1, 2, 10), chances=(3/5, 3/10, 1/10))"

    def test_slopes_of_the_hull(self) -> None:
        law = values.Lognormal(0, 3)
        axes = plot.revenue_curve(law, ax=blank())
        (hull,) = (line for line in axes.lines if line.get_gid() == "hull")
        points = [point for point in xy(hull) if not np.isnan(point[1])]
        (a, high), (b, low) = points[2], points[-2]
        middle = law.quantile(1 - (a + b) / 2)
        assert (low - high) / (b - a) == pytest.approx(law.ironed(middle), rel=1e-3)
        assert law.virtual(middle) != pytest.approx(law.ironed(middle), rel=0.1)

    @pytest.mark.parametrize(
        ("law", "price", "share"),
        [
            (values.Uniform(0, 1), 1 / 2, 1 / 2),
            (values.Uniform(2, 3), 2, 1),
            (values.Exponential(2), 1 / 2, np.exp(-1)),
            (values.Lognormal(0, 1), 1.3534, 0.3811),
        ],
    )
    def test_smooth(self, law: Any, price: float, share: float) -> None:
        axes = plot.revenue_curve(law, ax=blank())
        (curve,) = lines(axes, color=CLICKS)
        q, revenue = np.array(xy(curve)).T
        assert revenue[1:] == pytest.approx(q[1:] * law.quantile(1 - q[1:]))
        ((x, y),) = xy(lines(axes, marker="D")[0])
        assert (x, y) == pytest.approx((share, share * price), rel=1e-3)
        assert y == pytest.approx(revenue.max(), rel=1e-4)
        assert not [line for line in axes.lines if line.get_gid() == "hull"]

    def test_exact_where_the_law_is(self) -> None:
        axes = plot.revenue_curve(values.Uniform(0, 1), ax=blank())
        assert words(axes)[-1] == "monopoly: price 1/2, q = 1/2, revenue 1/4"

    def test_many_samples_keep_the_hull(self) -> None:
        samples = np.random.default_rng(3).lognormal(0, 2, 20_000)
        axes = plot.revenue_curve(values.Empirical(samples), ax=blank())
        (curve,) = lines(axes, color=CLICKS)
        assert len(xy(curve)) < 10_000
        rising = np.sort(samples)[::-1]
        shares = np.arange(1, 20_001) / 20_000
        everything = rising * shares
        ((_, y),) = xy(lines(axes, marker="D")[0])
        assert y == pytest.approx(everything.max())
        (drawn,) = (line for line in axes.lines if line.get_gid() == "hull")
        known = {q: r for q, r in [*xy(curve), *xy(drawn)] if not np.isnan(r)}  # the hull wins
        corners = {q: r for q, r in xy(drawn) if not np.isnan(r)}
        assert len(corners) > 50
        for q, r in upper_hull([(0.0, 0.0), *zip(shares, everything, strict=True)]):
            assert np.interp(q, list(known), list(known.values())) == pytest.approx(r)


def bars_of(axes: Axes, part: str) -> dict[int, tuple[float, float]]:
    """Where the bars of this label are, by row."""
    found: dict[int, tuple[float, float]] = {}
    containers: list[Any] = axes.containers
    for container in containers:
        if container.get_label() == part:
            for bar in container:
                assert isinstance(bar, Rectangle)
                row = round(bar.get_y() + bar.get_height() / 2)
                found[row] = (bar.get_x(), bar.get_width())
    return found


def left_labels(axes: Axes) -> list[str]:
    return [label.get_text() for label in axes.get_yticklabels()]


class TestAuction:
    """A bar a bidder: what it pays and what it keeps add up to what its clicks are worth."""

    @given(st.sampled_from([VCG(SLOTS), SponsoredVCG(CHOICE), OddsCascade(FALLING)]), bids)
    @FEW
    def test_parts(self, mechanism: Any, reports: Any) -> None:
        axes = plot.auction(mechanism, reports, ax=blank())
        lottery = play(mechanism, reports)
        names = [label.split("\n")[0] for label in left_labels(axes)]
        paid, kept = bars_of(axes, "paid"), bars_of(axes, "kept")
        value = mechanism.setting.value

        def expected(agent: int) -> tuple[float, float]:
            bid = reports[agent]
            worth = lottery.expect(lambda one: value(agent, bid, one.alternative))
            return float(worth), float(lottery.expect(lambda one: one.payments[agent]))

        for agent in range(3):
            name = Instance(mechanism.setting, reports).name(agent)
            worth, cost = expected(agent)
            row = names.index(name) if name in names else -1
            assert paid.get(row, (0, 0)) == pytest.approx((0, cost))
            assert kept.get(row, (cost, 0))[1] == pytest.approx(worth - cost)
            if kept.get(row):
                assert kept[row][0] == pytest.approx(cost)

    def test_order_and_words(self) -> None:
        axes = plot.auction(SponsoredVCG(CHOICE), (10, 6, 4), ax=blank())
        assert left_labels(axes) == ["Ann\nposition 0", "Bob\nposition 1", "not shown"]
        assert [text.get_text() for text in axes.texts] == ["Cleo"]
        assert left_labels(right_of(axes)) == [
            "1/3 clicks at 6 each\npays 2, keeps 4/3",
            "1/3 clicks at 5 each\npays 5/3, keeps 1/3",
        ]
        assert title(axes) == "SponsoredVCG: clicks are worth 16/3, 11/3 is paid"
        assert words(axes) == ["paid", "kept"]
        low, high = axes.get_ylim()
        assert low > high  # the first position is on top
        assert right_of(axes).get_ylim() == (low, high)

    def test_positions_go_by_slot(self) -> None:
        axes = plot.auction(VCG(SLOTS), (1, 8, 10, 3, 5), ax=blank())
        assert left_labels(axes) == [
            "agent 2\nposition 0", "agent 1\nposition 1", "agent 4\nposition 2", "not shown",
        ]  # fmt: skip
        assert [text.get_text() for text in axes.texts] == ["agent 0, agent 3"]

    def test_order_of_a_cascade(self) -> None:
        axes = plot.auction(GreedyCascade(FALLING), (5, 4, 7), ax=blank())
        assert left_labels(axes)[:2] == [
            "Ann\nposition 0, seen as no. 2",
            "Cleo\nposition 1, seen as no. 1",
        ]

    def test_lotteries(self) -> None:
        axes = plot.auction(OddsCascade(FALLING), (5, 4, 7), ax=blank())
        assert left_labels(axes) == ["Ann\nposition 0 (35/41)", "Cleo\nposition 1", "not shown"]
        assert title(axes).startswith("OddsCascade: in expectation, clicks are worth 3.585")
        one = plot.auction(lambda b: mix([(F(1, 2), sure(VCG(SLOTS)(b))), (F(1, 2), sure(
            VCG(SLOTS)(b[::-1])))]), Instance(SLOTS, (4, 3)), ax=blank())  # fmt: skip
        assert left_labels(one)[0] == "agent 0\nposition 0 (1/2) or 1 (1/2)"

    def test_payments_beyond_the_worth(self) -> None:
        axes = plot.auction(AllPay(SLOTS), (10, 8, 5, 3), ax=blank())
        assert bars_of(axes, "paid beyond the value of clicks") == {
            1: (800, 800), 2: (250, 750), 3: (0, 600),
        }  # fmt: skip
        assert bars_of(axes, "paid") == {0: (0, 2000), 1: (0, 800), 2: (0, 250)}
        assert left_labels(axes)[3] == "agent 3\nnot shown"
        assert left_labels(right_of(axes))[2:] == [
            "50 clicks at 20 each\npays 1000, loses 750",
            "0 clicks\npays 600, loses 600",
        ]

    def test_payments_received(self) -> None:
        axes = plot.auction(Fee(VCG(SLOTS), F(-1000)), (10, 8, 5), ax=blank())
        received = {row: -width for row, (_, width) in bars_of(axes, "received").items()}
        outcome = VCG(SLOTS)((10, 8, 5))
        expected = {i: float(p - 1000) for i, p in enumerate(outcome.payments) if p < 1000}
        assert received == expected
        assert left_labels(right_of(axes))[2] == "50 clicks\ngets 1000, keeps 1250"

    def test_many(self) -> None:
        axes = plot.auction(GSP(SLOTS), range(1, 41), ax=blank())
        assert left_labels(axes)[-1] == "not shown"
        (told,) = (text.get_text() for text in axes.texts)
        assert told.startswith("agent 0, agent 1,")
        listed, more = told.split(" and ")
        assert len(listed.split(", ")) + int(more.removesuffix(" more")) == 37

    def test_nobody(self) -> None:
        axes = plot.auction(SponsoredVCG(CHOICE), (0, 0, 0), ax=blank())
        assert left_labels(axes) == ["not shown"]
        assert [text.get_text() for text in axes.texts] == ["Ann, Bob, Cleo"]


class TestAxes:
    """What is drawn on is returned, a new figure by default; drawing warns of nothing."""

    def test_all(self, tmp_path: Any) -> None:
        draws: list[Callable[[Axes | None], Axes]] = [
            lambda ax: plot.bid_curve(GreedyCascade(FALLING), (5, 4, 7), 0, ax=ax),
            lambda ax: plot.revenue_curve(values.Lognormal(0, 3), ax=ax),
            lambda ax: plot.auction(VCG(SLOTS), (5, 4, 7, 2), ax=ax),
        ]
        for draw in draws:
            given_axes = blank()
            assert draw(given_axes) is given_axes
            plot.save(draw(None), tmp_path / "picture.png")
            assert (tmp_path / "picture.png").stat().st_size > 5_000


class TestErrors:
    """What cannot be drawn is named."""

    def test_agents(self) -> None:
        for agent in (-1, 3):
            with pytest.raises(ValueError, match=f"agent is {agent}: there are 3 agents"):
                plot.bid_curve(VCG(SLOTS), (1, 2, 3), agent)

    def test_settings(self) -> None:
        with pytest.raises(ValueError, match="setting is None: it must be Positions or Sponsored"):
            plot.bid_curve(lambda b: VCG(SLOTS)(b), (1, 2, 3), 0)
        assert plot.bid_curve(lambda b: VCG(SLOTS)(b), Instance(SLOTS, (1, 2, 3)), 0)

    def test_payments(self) -> None:
        def free(_: Any) -> Any:
            return (0, 1, 2)

        with pytest.raises(ValueError, match="the picture needs payments"):
            plot.auction(free, Instance(SLOTS, (1, 2, 3)))
        with pytest.raises(ValueError, match="the picture needs payments"):
            plot.bid_curve(free, Instance(SLOTS, (1, 2, 3)), 0)

    def test_bids(self) -> None:
        with pytest.raises(ValueError, match=r"reports\[0\] is 5: it must be one of"):
            plot.bid_curve(SponsoredVCG(TYPED), (10, 6, 4), 0, bids=(5,))
        with pytest.raises(ValueError, match=r"bids\[1\] is 'x'"):
            plot.bid_curve(VCG(SLOTS), (10, 6, 4), 0, bids=(5, "x"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - that it is refused is the test
        with pytest.raises(ValueError, match=r"reports\[0\] is -1: it must be at least 0"):
            plot.bid_curve(VCG(SLOTS), (10, 6, 4), 0, bids=(-1,))

    def test_values(self) -> None:
        with pytest.raises(ValueError, match="value is nan"):
            plot.bid_curve(VCG(SLOTS), (10, 6, 4), 0, value=float("nan"))

    def test_lotteries_that_do_not_list(self) -> None:
        @dataclass(frozen=True)
        class Hidden:
            def expect(self, value: Any, /) -> Any:
                return value(VCG(SLOTS)((1, 2, 3)))

            def sample(self, rng: Any, size: int, /) -> Any:
                raise NotImplementedError

        with pytest.raises(ValueError, match="a lottery must list its outcomes"):
            plot.auction(lambda _: Hidden(), Instance(SLOTS, (1, 2, 3)))
