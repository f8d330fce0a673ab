"""Auctions with any click model: what is shown is best, and what is paid follows from it."""

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Domain, Instance, Strategyproof, optimize, verify
from mechsim.algorithms.ironing import ironed_values, virtual_values
from mechsim.auctions import (
    GreedyCascade,
    IgnoreExternality,
    Myerson,
    OddsCascade,
    SponsoredVCG,
)
from mechsim.axioms import (
    BayesianIncentiveCompatible,
    ExAnte,
    IndividuallyRational,
    InterimIndividuallyRational,
)
from mechsim.design import Revenue
from mechsim.preferences import Cascade, Continuation, Matrix, Multinomial, Sponsored

F = Fraction


def fractions(*rows: Sequence[str]) -> tuple[tuple[Fraction, ...], ...]:
    return tuple(tuple(map(Fraction, row)) for row in rows)


MNL1 = fractions(("1", "1/2"), ("2", "1"), ("1", "3"))
MNL2 = fractions(("1", "2"), ("3", "1"), ("2", "2"))
CAS1 = fractions(("1/2", "1/5"), ("2/5", "1/2"), ("3/10", "4/5"))
V1, V2 = (F(10), F(6), F(4)), (F(5), F(4), F(3))

probability = st.sampled_from([F(0), F(1, 5), F(1, 3), F(1, 2), F(4, 5)])
value = st.integers(0, 5).map(F)


@st.composite
def models(
    draw: st.DrawFn, kinds: Sequence[Any] = (Matrix, Multinomial, Cascade, Continuation)
) -> Any:
    kind = draw(st.sampled_from(kinds))
    bidders = draw(st.integers(1, 3))
    if kind is Continuation:
        row = st.lists(probability, min_size=bidders, max_size=bidders).map(tuple)
        capacity = draw(st.none() | st.integers(1, bidders))
        return Continuation(draw(row), draw(row), capacity)
    positions = draw(st.integers(1, 3))
    row = st.lists(probability, min_size=positions, max_size=positions).map(tuple)
    table = tuple(draw(st.lists(row, min_size=bidders, max_size=bidders)))
    return kind(table, draw(st.none() | st.integers(1, positions)))


def worth(model: Any, values: Sequence[Fraction], shown: Any) -> Fraction:
    return sum((v * c for v, c in zip(values, model.clicks(shown), strict=True)), F(0))


@st.composite
def auctions(draw: st.DrawFn) -> tuple[Any, tuple[Fraction, ...]]:
    model = draw(models())
    values = draw(st.lists(value, min_size=model.bidders, max_size=model.bidders))
    return model, tuple(values)


class TestWinners:
    """What a click model says is best to show is so among everything that may be shown."""

    @given(auctions())
    def test_brute_force(self, auction: Any) -> None:
        model, values = auction
        every = list(model.alternatives())
        shown = model.best(values)
        assert shown in every
        assert worth(model, values, shown) == max(worth(model, values, one) for one in every)
        assert all(values[i] > 0 and model.clicks(shown)[i] > 0 for i, _ in shown)

    @given(models((Cascade,)), st.data())
    def test_cascades_are_shown_by_falling_values(self, model: Any, data: Any) -> None:
        values = data.draw(st.lists(value, min_size=model.bidders, max_size=model.bidders))
        order = [values[i] for i, _ in model.best(values)]
        assert order == sorted(order, reverse=True)

    def test_many_positions_are_refused(self) -> None:
        with pytest.raises(ValueError, match="probabilities has 15 positions"):
            Cascade(((F(1, 2),) * 15,)).best((1,))


class TestVectors:
    """The numbers of the instances that the specification calls MNL-1, MNL-2 and CAS-1."""

    @pytest.mark.parametrize(
        ("weights", "values", "capacity", "shown", "clicks", "payments"),
        [
            (MNL1, V1, 1, ((0, 0),), ("1/2", "0", "0"), ("4", "0", "0")),
            (MNL1, V1, 2, ((0, 0), (1, 1)), ("1/3", "1/3", "0"), ("2", "5/3", "0")),
            (MNL2, V2, 1, ((0, 1),), ("2/3", "0", "0"), ("3", "0", "0")),
            (MNL2, V2, 2, ((1, 0), (0, 1)), ("1/3", "1/2", "0"), ("1", "5/3", "0")),
        ],
    )
    def test_multinomial(
        self, weights: Any, values: Any, capacity: int, shown: Any, clicks: Any, payments: Any
    ) -> None:
        model = Multinomial(weights, capacity)
        found = SponsoredVCG(Sponsored(model))(values)
        assert found.alternative == shown
        assert model.clicks(shown) == tuple(map(F, clicks))
        assert found.payments == tuple(map(F, payments))

    def test_cascade(self) -> None:
        one = SponsoredVCG(Sponsored(Cascade(CAS1, 1)))(V1)
        assert worth(Cascade(CAS1, 1), V1, one.alternative) == 5
        two = SponsoredVCG(Sponsored(Cascade(CAS1, 2)))(V1)
        assert two.alternative == ((0, 0), (2, 1))
        assert worth(Cascade(CAS1), V1, two.alternative) == F(33, 5)
        assert two.payments == (F(68, 25), 0, F(3, 2))

    def test_odds(self) -> None:
        auction = OddsCascade(Sponsored(Cascade(CAS1, 2)))
        priced = auction.multinomial(V1)
        assert worth(auction.multinomial.setting.model, V1, priced.alternative) == F(16, 3)
        assert list(priced.payments) == [F(26, 17), F(5, 3), 0]
        assert auction.thinning(((0, 0), (1, 1))) == (F(2, 3), 1)

    def test_assignment(self) -> None:
        scaled = ((F(1), F(3, 5)), (F(4, 5), F(1, 2)), (F(3, 10), F(2, 5)))
        found = SponsoredVCG(Sponsored(Matrix(scaled)))((10, 10, 10))
        assert found.alternative == ((0, 0), (1, 1))
        assert found.payments == (7, 4, 0)


class TestVCG:
    """Payments are the harm done; nobody loses, and no lie helps."""

    @given(auctions())
    def test_harm(self, auction: Any) -> None:
        model, values = auction
        found = SponsoredVCG(Sponsored(model))(values)
        every = list(model.alternatives())
        clicks = model.clicks(found.alternative)
        for i in range(model.bidders):
            others = [F(0) if k == i else v for k, v in enumerate(values)]
            without = max(worth(model, others, one) for one in every)
            harm = without - worth(model, others, found.alternative)
            assert found.payments[i] == harm
            assert 0 <= harm <= values[i] * clicks[i]

    @given(auctions())
    def test_clicks_rise_with_the_bid(self, auction: Any) -> None:
        model, values = auction
        before = F(0)
        for bid in range(7):
            clicks = model.clicks(model.best((F(bid), *values[1:])))[0]
            assert clicks >= before
            before = clicks

    @pytest.mark.parametrize(
        "model",
        [
            Matrix(CAS1),
            Multinomial(MNL1, 2),
            Cascade(CAS1),
            Continuation((F(1, 2), F(2, 5), F(3, 5)), (F(1, 2), F(3, 4), F(1, 5)), 2),
        ],
    )
    def test_strategyproof(self, model: Any) -> None:
        setting = Sponsored(model, values=(0, 1, 2, 4))
        for axiom in (Strategyproof(), IndividuallyRational()):
            assert verify(SponsoredVCG(setting), axiom, setting, agents=3).word == "proved"


class TestOddsCascade:
    """Thinning brings about the clicks of the multinomial auction, at half the best welfare."""

    @given(models((Cascade,)), st.data())
    def test_clicks(self, model: Any, data: Any) -> None:
        values = tuple(data.draw(st.lists(value, min_size=model.bidders, max_size=model.bidders)))
        auction = OddsCascade(Sponsored(model))
        lottery = auction(values)
        inner = auction.multinomial.setting.model
        wanted = inner.clicks(inner.best(values))
        assert all(0 <= theta <= 1 for theta in auction.thinning(inner.best(values)))
        for i in range(model.bidders):

            def rate(outcome: Any, i: int = i) -> Any:
                return model.clicks(outcome.alternative)[i]

            assert lottery.expect(rate) == wanted[i]
        welfare = lottery.expect(lambda o: worth(model, values, o.alternative))
        assert 2 * welfare >= worth(model, values, model.best(values))

    def test_three_are_shown(self) -> None:
        """Thinning of the third takes off the clicks of both before it."""
        third = F(1, 3)
        model = Cascade(((third, F(0), F(0)), (F(0), third, F(0)), (F(0), F(0), third)))
        auction = OddsCascade(Sponsored(model))
        shown = ((0, 0), (1, 1), (2, 2))
        assert auction.multinomial((1, 1, 1)).alternative == shown
        assert auction.thinning(shown) == (F(3, 5), F(3, 4), 1)

    def test_half_is_tight(self) -> None:
        small = F(1, 1000)
        model = Cascade(((F(999, 1000), F(0)), (F(0), small)))
        values = (F(1), 1 / small)
        best = worth(model, values, model.best(values))
        lottery = OddsCascade(Sponsored(model))(values)
        reached = lottery.expect(lambda o: worth(model, values, o.alternative))
        assert F(19, 10) < best / reached <= 2

    def test_strategyproof_in_expectation(self) -> None:
        setting = Sponsored(Cascade(CAS1, 2), values=(0, 1, 2, 4))
        assert verify(OddsCascade(setting), Strategyproof(), setting, agents=3).word == "proved"


class TestFoils:
    """Clicks fall as a bid rises: no payments make these rules strategyproof."""

    @pytest.mark.parametrize(
        ("rule", "table", "others", "low", "high", "clicks"),
        [
            (
                GreedyCascade,
                fractions(("3/5", "2/5"), ("3/5", "7/10"), ("1/10", "3/10")),
                (F(4), F(7)),
                F(9, 2),
                F(5),
                (F(3, 5), F(21, 50)),
            ),
            (
                IgnoreExternality,
                fractions(("7/10", "9/10"), ("2/5", "1/10"), ("3/10", "9/10")),
                (F(8), F(5)),
                F(6),
                F(7),
                (F(7, 10), F(27, 50)),
            ),
        ],
    )
    def test_falls(
        self, rule: Any, table: Any, others: Any, low: Any, high: Any, clicks: Any
    ) -> None:
        model = Cascade(table, 2)
        found = [
            model.clicks(rule(Sponsored(model))((bid, *others)).alternative)[0]
            for bid in (low, high)
        ]
        assert found[0] > found[1]
        assert tuple(found) == clicks

    @pytest.mark.parametrize("rule", [GreedyCascade, IgnoreExternality])
    def test_only_for_cascades(self, rule: Any) -> None:
        with pytest.raises(ValueError, match="it must be that of a Cascade"):
            rule(Sponsored(Matrix(CAS1)))((1, 2, 3))


TENTH = F(1, 10)


class TestIroning:
    """Ironed virtual values are slopes of the concave hull of the revenue curve."""

    def test_vector(self) -> None:
        values, chances = (1, 2, 10), (6 * TENTH, 3 * TENTH, TENTH)
        assert virtual_values(values, chances) == (F(1, 3), F(-2, 3), 10)
        assert ironed_values(values, chances) == (0, 0, 10)

    @given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4)), min_size=1, max_size=6))
    def test_hull(self, steps: list[tuple[int, int]]) -> None:
        values = tuple(map(F, itertools.accumulate(step for step, _ in steps)))
        total = sum(weight for _, weight in steps)
        chances = tuple(F(weight, total) for _, weight in steps)
        ironed, plain = ironed_values(values, chances), virtual_values(values, chances)
        assert list(ironed) == sorted(ironed)
        if list(plain) == sorted(plain):
            assert ironed == plain
        quantiles = [sum(chances[a:], F(0)) for a in range(len(values))] + [F(0)]
        revenue = [v * q for v, q in zip(values, quantiles, strict=False)] + [F(0)]
        height: Any = F(0)
        for a in reversed(range(len(values))):
            height += ironed[a] * chances[a]
            chords = [
                revenue[i]
                + (revenue[j] - revenue[i])
                * (quantiles[a] - quantiles[i])
                / (quantiles[j] - quantiles[i])
                for i in range(len(quantiles))
                for j in range(len(quantiles))
                if quantiles[i] < quantiles[a] < quantiles[j]
            ]
            assert height == max([revenue[a], *chords])


def revenue_of(auction: Myerson, setting: Sponsored) -> Any:
    total: Any = F(0)
    for profile in itertools.product(*(setting.types(i) or () for i in range(setting.bidders))):
        total += setting.chance(profile) * sum(auction(profile).payments)
    return total


def thirds(model: Any) -> Sponsored:
    return Sponsored(model, values=(1, 2, 3), prior=(F(1, 3),) * 3)


W = fractions(("2", "1"), ("1", "3"))
R2 = Sponsored(
    Multinomial(W, 2),
    values=((1, 4, 5), (2, 6)),
    prior=((F(1, 2), TENTH, 4 * TENTH), (F(1, 2), F(1, 2))),
)
ITEM = Matrix(((1,), (1,)))


class TestMyerson:
    """No incentive compatible mechanism brings more revenue: the linear program says so."""

    @pytest.mark.parametrize(
        ("setting", "revenue"),
        [
            (thirds(Multinomial(W, 2)), F(53, 36)),
            (R2, F(59, 20)),
            (thirds(Cascade(fractions(("1/2", "1/5"), ("2/5", "3/5")))), F(19, 15)),
            (Sponsored(ITEM, values=(1, 2), prior=(F(1, 2), F(1, 2))), F(3, 2)),
            (thirds(ITEM), F(2)),
            (
                Sponsored(ITEM, values=(1, 4, 5), prior=(F(1, 2), TENTH, 4 * TENTH)),
                F(16, 5),
            ),
            (
                Sponsored(
                    ITEM,
                    values=((1, 2, 10), (2, 3, 4)),
                    prior=((6 * TENTH, 3 * TENTH, TENTH), (2 * TENTH, 5 * TENTH, 3 * TENTH)),
                ),
                F(79, 25),
            ),
        ],
    )
    def test_vectors(self, setting: Sponsored, revenue: Fraction) -> None:
        assert revenue_of(Myerson(setting), setting) == revenue

    @pytest.mark.parametrize("setting", [thirds(Multinomial(W, 2)), R2, thirds(ITEM)])
    def test_linear_programs(self, setting: Sponsored) -> None:
        ours = revenue_of(Myerson(setting), setting)
        dominant: list[Any] = [Strategyproof(), ExAnte(IndividuallyRational())]
        interim: list[Any] = [BayesianIncentiveCompatible(), InterimIndividuallyRational()]
        for axioms in (dominant, interim):
            found: Any = optimize(Revenue(), axioms, setting, agents=2)
            assert found.value == ours

    @pytest.mark.parametrize("setting", [thirds(Multinomial(W, 2)), R2])
    def test_strategyproof(self, setting: Sponsored) -> None:
        for axiom in (Strategyproof(), IndividuallyRational()):
            assert verify(Myerson(setting), axiom, setting, agents=2).word == "proved"

    def test_needs_a_prior(self) -> None:
        with pytest.raises(ValueError, match="it must have a prior"):
            Myerson(Sponsored(ITEM))


class TestDoor:
    """What is no click model is named."""

    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (lambda: Matrix(((F(3, 2),),)), r"probabilities\[0\]\[0\] is 3/2: it must be between"),
            (lambda: Multinomial(((-1,),)), r"weights\[0\]\[0\] is -1: it must be at least 0"),
            (
                lambda: Multinomial(((1, 2), (1,))),
                r"weights\[1\] has 1 entries: weights\[0\] has 2",
            ),
            (lambda: Cascade(((float("nan"),),)), r"probabilities\[0\]\[0\] is nan"),
            (lambda: Matrix(()), "probabilities is empty"),
            (lambda: Matrix(((1,),), 2), "capacity is 2: there are only 1 positions"),
            (lambda: Matrix(((1,),), 0), "capacity is 0: it must be a whole number"),
            (lambda: Continuation((1,), (1,)), r"goes_on\[0\] is 1: it must be below 1"),
            (lambda: Continuation((1,), (0, 0)), "goes_on has 2 entries: clicked has 1"),
            (
                lambda: Multinomial.of_probabilities(((1,),)),
                r"probabilities\[0\]\[0\] is 1: it must be below 1",
            ),
            (lambda: Sponsored(ITEM, agents=("a",)), "2 bidders by its clicks and 1 agents"),
        ],
    )
    def test_is_named(self, make: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            make()

    def test_names_come_back(self) -> None:
        setting = Sponsored(Multinomial(MNL1, 2), agents=("Ann", "Bob", "Cid"))
        shown = SponsoredVCG(setting)(V1).alternative
        assert setting.tell(shown) == "Ann at position 0, Bob at position 1"
        assert setting.tell(()) == "nothing shown"
        assert Instance(setting, setting.read(V1)).agents == 3

    def test_domains(self) -> None:
        setting = Sponsored(Cascade(CAS1), values=(0, 1))
        assert len(list(Domain(setting, agents=3))) == 8
        assert setting.admits(((1, 0), (0, 1)))
        assert not setting.admits(((1, 0), (0, 0)))
