"""Bets against mechanisms that are known by their draws only: how sure they are, and of what."""

import json
import math
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import islice, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samplers import (
    best_of_two,
    favourite,
    indifferent,
    manipulable,
    noisy_mean,
    on_the_boundary,
    somebody,
)

from benchmarks.sampling import MONITORS, coin, differences, naive, rare_loss, stops
from mechsim import (
    Anonymous,
    Budget,
    ExAnte,
    ExPost,
    FromUniforms,
    IndividualFairShare,
    Line,
    Misbehaved,
    Priced,
    Rankings,
    Refuted,
    RefutedAt,
    Sampled,
    SDStrategyproof,
    SinglePeaked,
    Strategyproof,
    Survived,
    UnanimousFairShare,
    Universally,
    Unknown,
    WithProbability,
    confirm,
    mix,
    sure,
    uniform,
    verify,
)
from mechsim.__main__ import main
from mechsim._json import decode
from mechsim.axioms import Misreport
from mechsim.facility import AverageOrRandomRank, RandomRank, UniformPhantom
from mechsim.population import FloatArray
from mechsim.proving import bet_against, certificate, prove, replay
from mechsim.proving.betting import STAKES, interval, log_e_values, lower_end
from mechsim.proving.expected import expectations
from mechsim.proving.table_of_bets import Table
from mechsim.sampler import Drawn, Seeded, Stream, as_sampler
from mechsim.setting import Instance, Undecided

UNIT = Line(0, 1)
TRUTHFUL = Strategyproof()
LEVEL = 0.05
SMALL = Budget(2_000)


class TestPurse:
    """Bet against a mean that is not positive, a purse of 1 is a supermartingale."""

    @given(st.integers(1, 9), st.integers(1, 9))
    def test_its_mean_is_one_on_the_boundary(self, up: int, down: int) -> None:
        gain, loss = up / 9, -down / 9
        likely = down / (up + down)  # so that the mean is 0
        expected = 0.0
        for path in product((True, False), repeat=7):
            weight = math.prod(likely if good else 1 - likely for good in path)
            draws = np.array([gain if good else loss for good in path])
            expected += weight * math.exp(log_e_values(draws)[-1])
        assert expected == pytest.approx(1)

    def test_it_is_the_purse_of_one_stake_chosen_before_each_draw(self) -> None:
        draws = [Fraction(k, 7) for k in (3, -2, 7, -7, 1, 1, 5)]
        stakes = [Fraction(str(stake)) for stake in STAKES.tolist()]
        average: Any
        parts = [Fraction(1, len(stakes))] * len(stakes)
        purse, purses = Fraction(1), list[float]()
        for draw in draws:
            average = sum(p * s for p, s in zip(parts, stakes, strict=True)) / sum(parts)
            purse *= 1 + average * draw
            parts = [p * (1 + s * draw) for p, s in zip(parts, stakes, strict=True)]
            purses.append(float(purse))
        found = np.exp(log_e_values(np.array([float(draw) for draw in draws])))
        assert found.tolist() == pytest.approx(purses)

    @pytest.mark.parametrize("alpha", [0.5, 0.2, 0.05])
    def test_it_seldom_ever_grows_by_as_much(self, alpha: float) -> None:
        """Ville, exactly: over all paths of fourteen fair coins."""
        paths = np.array(list(product((-1.0, 1.0), repeat=14)))
        ever = (log_e_values(paths) >= -math.log(alpha)).any(axis=-1).mean()
        assert 0 < ever <= alpha

    @pytest.mark.parametrize("law", [partial(differences, 0.5, True), coin, rare_loss])
    def test_looks_after_every_draw_alarm_seldom_and_a_z_test_often(self, law: Any) -> None:
        bets = np.isfinite(stops(law, MONITORS["bets (here)"], 400, 1_500)).mean()
        foil = np.isfinite(stops(law, naive, 400, 1_500)).mean()
        assert bets <= 0.05 < 0.2 < foil

    def test_a_gain_of_a_hundredth_is_found_in_three_thousand_draws(self) -> None:
        law = partial(differences, 0.6, True)
        found = stops(law, MONITORS["bets (here)"], 200, 3_000)
        assert np.isfinite(found).mean() >= 0.95
        apart = stops(partial(differences, 0.6, False), MONITORS["bets (here)"], 100, 3_000)
        assert np.isfinite(apart).mean() < 0.5  # without common random numbers

    def test_numbers_are_shares_of_their_bound_beyond_rounding(self) -> None:
        case = Misreport(Instance(Line(0, 8), (Fraction(0), Fraction(8))), 0, Fraction(1))
        (what,) = expectations(TRUTHFUL, case)
        shares = what.shares(np.array([-8.0, 0.0, 8e-9, 8.0]))
        assert shares.tolist() == pytest.approx([-1, -1e-9, 0, 1], abs=1e-8)
        assert shares[0] >= -1
        assert shares[1] < 0 >= shares[2]
        assert [what.number(share) for share in shares] == pytest.approx([-8, 0, 8e-9, 8])

    def test_rounding_is_no_gain(self) -> None:
        """Of a rule that no lie moves by more than rounding, however often it is drawn."""

        def nearly_fixed(reports: FloatArray, uniforms: FloatArray) -> FloatArray:
            return np.full(len(uniforms), 0.5 + 1e-10 * float(reports.sum()))

        sampler = FromUniforms(nearly_fixed, 1)
        found = bet_against(sampler, TRUTHFUL, UNIT.grid(2), agents=2, budget=Budget(200))
        assert isinstance(found, Survived)

    def test_no_draw_can_empty_it(self) -> None:
        assert np.isfinite(log_e_values(np.full(1_000, -1.0))).all()


class TestInterval:
    """The ends of an interval are where bets have won, so either fails as seldom as they do."""

    @given(st.lists(st.integers(-10, 10), min_size=1, max_size=40), st.sampled_from([0.2, 0.05]))
    def test_it_lies_above_zero_where_bets_have_won(self, tenths: list[int], alpha: float) -> None:
        draws = np.array(tenths) / 10
        won = log_e_values(draws)[-1]
        if abs(won + math.log(alpha)) > 1e-6:
            assert (lower_end(draws, alpha) > 0) == (won > -math.log(alpha))

    @given(st.lists(st.integers(-10, 10), min_size=1, max_size=40))
    def test_it_contains_the_mean_of_the_draws_and_is_symmetric(self, tenths: list[int]) -> None:
        draws = np.array(tenths) / 10
        low, high = interval(draws, 0.05)
        assert -1 <= low <= draws.mean() <= high <= 1
        assert interval(-draws, 0.05) == pytest.approx((-high, -low))

    def test_it_misses_the_mean_as_seldom_as_it_says(self) -> None:
        rng = np.random.default_rng(0)
        ends = [interval(rare_loss(rng, (1, 500))[0], 0.1) for _ in range(150)]
        assert np.mean([low > 0 or high < 0 for low, high in ends]) <= 0.1

    def test_it_shrinks_with_draws(self) -> None:
        rng = np.random.default_rng(0)
        draws = 0.2 * rng.random(4_000)
        few, many = (np.diff(interval(draws[:n], 0.05))[0] for n in (100, 4_000))
        assert many < few / 3


class TestLevel:
    """However cases are chosen, an axiom that holds is refuted at a level as seldom as it says."""

    @staticmethod
    def alarms(mechanism: Any, runs: int, calls: int) -> int:
        found = [
            bet_against(mechanism, TRUTHFUL, UNIT, agents=2, budget=Budget(calls, seed))
            for seed in range(runs)
        ]
        assert all(isinstance(one, (RefutedAt, Survived)) for one in found)
        return sum(isinstance(one, RefutedAt) for one in found)

    def test_where_a_larger_gain_is_the_next_thing(self) -> None:
        assert self.alarms(on_the_boundary, 20, 8) <= 2

    def test_where_lies_change_draws_as_much_as_they_can_and_no_mean(self) -> None:
        assert self.alarms(indifferent, 25, 80) <= 3

    @pytest.mark.slow
    @pytest.mark.parametrize("mechanism", [on_the_boundary, indifferent], ids=["edge", "coin"])
    def test_in_a_thousand_runs(self, mechanism: Any) -> None:
        assert self.alarms(mechanism, 1_000, 80) <= 50

    def test_a_lower_level_asks_for_more(self) -> None:
        spent = list[int]()
        for alpha in (0.2, 0.05, 1e-6):
            found = bet_against(noisy_mean, TRUTHFUL, UNIT, agents=2, alpha=alpha)
            assert isinstance(found, RefutedAt)
            assert found.e_value >= 1 / alpha
            spent.append(found.spent)
        assert spent == sorted(spent)


class TestRefutedAt:
    """What is refuted at a level gives a case, an estimate by fresh draws, and how to repeat it."""

    def test_a_manipulable_sampler(self) -> None:
        found = verify(noisy_mean, TRUTHFUL, UNIT, agents=2, budget=Budget(4_000))
        assert isinstance(found, RefutedAt)
        assert found.word == "refuted at level alpha"
        assert found.e_value >= 20
        assert found.interval[0] <= found.estimate <= found.interval[1]
        assert found.interval[0] > 0.05
        assert "at level 0.05, noisy_mean fails Strategyproof on Line(0, 1): at" in str(found)
        assert "with confidence 95 %" in str(found)
        with pytest.raises(TypeError, match="neither true nor false"):
            bool(found)
        assert "b3261e" in found._repr_html_()

    def test_no_certificate(self) -> None:
        """A level is no derivation: it is refused by name, with what can be done instead."""
        found = verify(noisy_mean, TRUTHFUL, UNIT, agents=2, budget=Budget(4_000))
        assert isinstance(found, RefutedAt)
        assert replay(found)
        message = r"found refutes Strategyproof at the level 0.05: .*replay\(found\) makes"
        with pytest.raises(ValueError, match=message):
            certificate(found)

    @pytest.mark.parametrize("seed", range(3))
    def test_the_interval_contains_the_exact_gain(self, seed: int) -> None:
        """Of a lottery that is listed and drawn from, the gain is known in fractions."""
        exact = AverageOrRandomRank(Fraction(3, 4))

        def drawn(reports: Any, rng: np.random.Generator) -> Any:
            return exact(reports).sample(rng, 1)[0]

        found = bet_against(drawn, TRUTHFUL, UNIT, agents=2, budget=Budget(6_000, seed))
        assert isinstance(found, RefutedAt)
        gain = TRUTHFUL.violation(exact, found.case)
        assert found.interval[0] <= gain <= found.interval[1]
        assert gain > 0

    @pytest.mark.parametrize(
        ("mechanism", "calls"), [(noisy_mean, 4_000), (manipulable, 40)], ids=["draws", "batches"]
    )
    def test_it_can_be_repeated(self, mechanism: Any, calls: int) -> None:
        found = bet_against(mechanism, TRUTHFUL, UNIT, agents=2, budget=Budget(calls, 3))
        assert isinstance(found, RefutedAt)
        assert replay(found)
        assert not replay(replace(found, e_value=found.e_value + 1))
        assert not replay(replace(found, budget=Budget(calls, 4)))

    def test_it_is_no_witness(self) -> None:
        found = bet_against(noisy_mean, TRUTHFUL, UNIT, agents=2, budget=Budget(4_000))
        assert isinstance(found, RefutedAt)
        with pytest.raises(ValueError, match="no single case shows it"):
            confirm(found)

    def test_it_can_be_written_and_read(self) -> None:
        found = bet_against(noisy_mean, TRUTHFUL, UNIT, agents=2, budget=Budget(4_000))
        assert isinstance(found, RefutedAt)
        written = json.loads(json.dumps(found.to_json()))
        assert written["verdict"] == "refuted at level alpha"
        assert decode(written, trusted=("mechsim", "samplers")) == found

    def test_lengths_are_taken_in_any_unit(self) -> None:
        def scaled(reports: Any, rng: np.random.Generator) -> float:
            return 40 * noisy_mean([report / 40 for report in reports], rng)

        found = bet_against(scaled, TRUTHFUL, Line(0, 40), agents=2, budget=Budget(4_000))
        assert isinstance(found, RefutedAt)
        assert found.bound == 40
        assert found.estimate > 2
        assert found.interval[0] > 0

    def test_batches_and_draws_agree(self) -> None:
        """A batch is many draws: with the same cases the same mean is found."""
        case = Misreport(Instance(UNIT, (Fraction(1, 4), Fraction(1))), 0, Fraction(0))
        (what,) = expectations(TRUTHFUL, case)
        assert what.of_arrays is not None
        numbers = ((np.arange(20_000) + 0.5) / 20_000)[:, None]
        honest, lied = (manipulable.batch(reports, numbers) for reports in what.played)
        in_arrays = what.of_arrays(honest, lied)
        one_by_one = [what.of(a, b) for a, b in zip(honest[::500], lied[::500], strict=True)]
        assert in_arrays[::500].tolist() == pytest.approx(one_by_one)
        exact = TRUTHFUL.violation(
            lambda reports: mix(
                [(Fraction(7, 10), sure(sum(reports) / 2)), (Fraction(3, 10), sure(min(reports)))]
            ),
            case,
        )
        assert in_arrays.mean() == pytest.approx(float(exact), abs=1e-4)


class TestSurvived:
    """Draws never prove; what a violation would have had to be is said."""

    def test_a_truthful_sampler(self) -> None:
        found = verify(somebody, TRUTHFUL, UNIT, agents=2, budget=SMALL)
        assert isinstance(found, Survived)
        assert found.bets is not None
        assert found.bets.draws >= 1_000
        assert 0 < found.bets.detectable < 0.2
        assert "a search is not a proof: bets at level 0.05 on" in str(found)

    def test_more_draws_would_find_less(self) -> None:
        seen = [
            bet_against(somebody, TRUTHFUL, UNIT.grid(1), agents=2, budget=Budget(calls))
            for calls in (800, 12_000)
        ]
        few, many = (one.bets for one in seen if isinstance(one, Survived))
        assert few is not None
        assert many is not None
        assert many.detectable < few.detectable / 2

    @pytest.mark.parametrize("axiom", [TRUTHFUL, ExPost(IndividualFairShare())], ids=str)
    def test_a_finite_setting_is_not_exhausted(self, axiom: Any) -> None:
        def first(reports: Any, rng: np.random.Generator) -> Any:
            return Fraction(1, 2)

        found = verify(first, axiom, UNIT.grid(2), agents=2, budget=SMALL)
        assert isinstance(found, Survived)
        told = prove(first, axiom, UNIT, agents=2)
        assert isinstance(told, Unknown)
        assert "never proved" in told.reason

    def test_all_cases_of_a_small_setting_are_bet_on(self) -> None:
        found = bet_against(somebody, TRUTHFUL, UNIT.grid(1), agents=2, budget=SMALL)
        assert isinstance(found, Survived)
        assert (found.cases, found.instances) == (8, 4)


class TestOtherAxioms:
    """What is about means of bounded numbers is bet on, outcomes are judged, the rest is not."""

    def test_fair_shares_ex_ante(self) -> None:
        def lowest_or_anybody(reports: Any, rng: np.random.Generator) -> Any:
            return min(reports) if rng.random() < 0.9 else somebody(reports, rng)

        held = verify(somebody, ExAnte(UnanimousFairShare()), UNIT, agents=3, budget=SMALL)
        broken = verify(
            lowest_or_anybody, ExAnte(UnanimousFairShare()), UNIT, agents=3, budget=Budget(8_000)
        )
        assert isinstance(held, Survived)
        assert isinstance(broken, RefutedAt)
        assert "on average" in broken.because

    def test_fair_shares_of_batches(self) -> None:
        found = verify(
            manipulable, ExAnte(UnanimousFairShare()), UNIT, agents=3, budget=Budget(8_000)
        )
        assert isinstance(found, RefutedAt)
        exact = 0.7 * mean_gap(found.case) + 0.3 * lowest_gap(found.case)
        assert found.interval[0] <= exact <= found.interval[1]

    def test_an_outcome_that_is_drawn_refutes_ex_post(self) -> None:
        found = verify(somebody, UnanimousFairShare(), UNIT, agents=3)
        assert isinstance(found, Refuted)
        assert isinstance(found.mechanism, Seeded)
        assert confirm(found)
        drawn = found.mechanism(found.case.instance.reports)
        again = somebody(found.case.instance.reports, np.random.default_rng(found.mechanism.seed))
        assert drawn == again
        assert UnanimousFairShare().outcome_violation(drawn, found.case) == found.violation > 0

    def test_several_seeds_are_tried(self) -> None:
        def seldom_fair(reports: Any, rng: np.random.Generator) -> Any:
            return max(reports) if rng.random() < 0.4 else UniformPhantom()(reports)

        assert np.random.default_rng(0).random() > 0.4
        found = verify(seldom_fair, UnanimousFairShare(), UNIT, agents=3, budget=SMALL)
        assert isinstance(found, Refuted)
        assert confirm(found)

    def test_stochastic_dominance(self) -> None:
        abc = Rankings(("a", "b", "c"))
        held = verify(favourite, SDStrategyproof(), abc, agents=3, budget=Budget(4_000))
        broken = verify(best_of_two, SDStrategyproof(), abc, agents=3, budget=Budget(8_000))
        assert isinstance(held, Survived)
        assert isinstance(broken, RefutedAt)
        assert "raises the chance" in broken.because

    def test_probabilities(self) -> None:
        axiom = WithProbability(UnanimousFairShare(), Fraction(9, 10))
        found = verify(somebody, axiom, UNIT, agents=3, budget=SMALL)
        assert isinstance(found, RefutedAt)
        assert "it holds with probability" in found.because

        def fair_half_of_the_time(reports: Any, rng: np.random.Generator) -> Any:
            return UniformPhantom()(reports) if rng.random() < 0.5 else somebody(reports, rng)

        easy = WithProbability(UnanimousFairShare(), Fraction(1, 2))
        found = verify(fair_half_of_the_time, easy, UNIT, agents=3, budget=SMALL)
        assert isinstance(found, Survived)

    @pytest.mark.parametrize(
        ("axiom", "setting", "why"),
        [
            (Anonymous(), UNIT, "not about means"),
            (Universally(TRUTHFUL), UNIT, "not about means"),
            (TRUTHFUL, Line(0, 1, tastes=SinglePeaked()), "an order and no values"),
        ],
        ids=["anonymous", "universally", "single-peaked"],
    )
    def test_what_cannot_be_bet_on_is_unknown(self, axiom: Any, setting: Any, why: str) -> None:
        found = verify(somebody, axiom, setting, agents=2)
        assert isinstance(found, Unknown)
        assert why in found.reason


def mean_gap(case: Any) -> float:
    """What the mean lacks of a fair share."""
    reports = case.instance.reports
    return float(UnanimousFairShare().outcome_violation(sum(reports) / len(reports), case))


def lowest_gap(case: Any) -> float:
    """What the lowest report lacks of a fair share."""
    return float(UnanimousFairShare().outcome_violation(min(case.instance.reports), case))


class TestBound:
    """A level needs a bound: of the setting, or granted by whoever asks, which is said."""

    @staticmethod
    def lucky(reports: Any, rng: np.random.Generator) -> Priced:
        return Priced(0, (Fraction(0), -reports[1] * Fraction(int(rng.integers(2)))))

    class Square:
        """The square of the distance hurts."""

        def value(self, agent: int, peak: Any, place: Any) -> Any:
            return -((peak - place) ** 2)

        def values(self, peaks: Any, places: Any) -> Any:
            return -((peaks - places[:, None]) ** 2)

    class Paying:
        """Two bidders for one good."""

        money = True

        def types(self, agent: int) -> tuple[Fraction, ...]:
            return tuple(map(Fraction, (0, 1, 2)))

        def value(self, agent: int, type_: Any, alternative: Any) -> Any:
            return type_ if alternative == agent else Fraction(0)

    def test_payments_have_none(self) -> None:
        found = verify(self.lucky, TRUTHFUL, self.Paying(), agents=2)
        assert isinstance(found, Unknown)
        assert "give bet_against a bound" in found.reason

    def test_it_can_be_granted(self) -> None:
        found = bet_against(self.lucky, TRUTHFUL, self.Paying(), agents=2, budget=SMALL, bound=2)
        assert isinstance(found, RefutedAt)
        assert found.granted
        assert "granted that no draw is further than 2 from 0" in str(found)
        assert replay(found)

    def test_one_that_is_none_is_refused(self) -> None:
        with pytest.raises(ValueError, match=r"bound is 0\.5: 1 was drawn"):
            bet_against(self.lucky, TRUTHFUL, self.Paying(), agents=2, budget=SMALL, bound=0.5)
        with pytest.raises(ValueError, match="bound is 0: it must be positive"):
            bet_against(somebody, TRUTHFUL, UNIT, agents=2, bound=0)
        with pytest.raises(ValueError, match="alpha is 1: it must be between"):
            bet_against(somebody, TRUTHFUL, UNIT, agents=2, alpha=1)

    def test_more_agents_than_can_be_written_out(self) -> None:
        with pytest.raises(ValueError, match="agents is 10,000,000: the report of each"):
            bet_against(somebody, TRUTHFUL, UNIT, agents=10**7)

    def test_cases_of_many_agents_are_few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As many as can be written out, whatever the budget has room for."""
        monkeypatch.setattr("mechsim.proving.sampled.WRITTEN", 100)
        for agents, cases in ((40, 2), (50, 2), (51, 1), (100, 1)):
            found = bet_against(somebody, TRUTHFUL, UNIT, agents=agents, budget=Budget(600))
            assert isinstance(found, Survived)
            assert found.cases == cases
        with pytest.raises(ValueError, match="agents is 101: the report of each"):
            bet_against(somebody, TRUTHFUL, UNIT, agents=101)

    def test_a_line_has_one(self) -> None:
        case = Misreport(Instance(UNIT, (Fraction(0), Fraction(1))), 0, Fraction(1))
        assert [what.bound for what in expectations(TRUTHFUL, case)] == [1]
        shares = UnanimousFairShare()
        for share in shares.cases(case.instance):
            (what,) = expectations(ExAnte(shares), share)
            places = (Fraction(k, 50) for k in range(51))
            found = [float(shares.outcome_violation(place, share)) for place in places]
            assert what.bound == max(map(abs, found))
        square = Line(0, 1, tastes=self.Square())
        for setting in (square, Line()):
            share = next(iter(shares.cases(Instance(setting, case.instance.reports))))
            with pytest.raises((Undecided, ValueError), match=r"nothing bounds|finite ends"):
                list(expectations(ExAnte(shares), share))
        endless = Misreport(Instance(Line(), case.instance.reports), 0, Fraction(1))
        with pytest.raises(Undecided, match="nothing bounds"):
            list(expectations(TRUTHFUL, endless))


class TestSampler:
    """A function of reports and a generator is a mechanism, known by its draws only."""

    def test_who_is_one(self) -> None:
        assert as_sampler(somebody) == Sampled(somebody)
        assert as_sampler(Sampled(somebody)) == Sampled(somebody)
        assert as_sampler(manipulable) is manipulable
        assert as_sampler(RandomRank()) is None

        def optional(reports: Any, rng: Any = None) -> Any:
            return reports[0]

        assert as_sampler(optional) is None
        assert as_sampler(math.sqrt) is None

    def test_its_lottery_can_be_sampled_and_not_computed(self) -> None:
        lottery = Sampled(somebody)((0, 1))
        assert isinstance(lottery, Drawn)
        draws = lottery.sample(np.random.default_rng(0), 1_000)
        assert np.mean(draws) == pytest.approx(0.5, abs=0.06)
        with pytest.raises(Undecided, match="known by its draws only"):
            lottery.expect(float)

    def test_each_draw_has_numbers_of_its_own_that_can_be_repeated(self) -> None:
        stream = Stream((1, 2))
        first, second = (stream.at(k).random(1_000) for k in (0, 1))
        assert (stream.at(0).random(1_000) == first).all()
        assert abs(np.corrcoef(first, second)[0, 1]) < 0.1
        assert not (stream.at(1).random(1_000) == first).any()
        assert (
            stream.at(1).integers(10, size=3) == Stream((1, 2)).at(1).integers(10, size=3)
        ).all()

    def test_truth_and_lie_are_drawn_with_the_same_numbers(self) -> None:
        """Then noise that does not depend on reports cancels, draw by draw."""

        def noise(reports: Any, rng: np.random.Generator) -> float:
            return float(rng.random())

        def noises(reports: FloatArray, uniforms: FloatArray) -> FloatArray:
            return uniforms[:, 0]

        case = Misreport(Instance(UNIT, (Fraction(1, 4), Fraction(1))), 0, Fraction(0))
        (what,) = expectations(TRUTHFUL, case)
        for sampler in (Sampled(noise), FromUniforms(noises, 1)):
            table = Table(sampler, UNIT, Stream((1, 2)))
            assert (table.draw(what, 50) == what.shares(np.zeros(50))).all()
            drawn = [table.outcome(case.reports, draw) for draw in range(20)]
            assert len(set(drawn)) == 20

    def test_what_misbehaves_is_told(self) -> None:
        hidden = np.random.default_rng(0)

        def of_its_own(reports: Any, rng: np.random.Generator) -> float:
            return float(hidden.random())

        def across_rows(reports: Any, uniforms: Any) -> Any:
            return np.roll(uniforms[:, 0], 1)

        def lotteries(reports: Any, rng: np.random.Generator) -> Any:
            return uniform(reports)

        def failing(reports: Any, rng: np.random.Generator) -> Any:
            return reports[2]

        def outside(reports: Any, rng: np.random.Generator) -> float:
            return 1.5

        def all_of_them(reports: Any, uniforms: Any) -> Any:
            return uniforms

        def far_outside(reports: Any, uniforms: Any) -> Any:
            return 2 + uniforms[:, 0]

        told: dict[Any, str] = {
            of_its_own: "draws two outcomes with the same numbers",
            lotteries: "returns a lottery",
            failing: "raises IndexError",
            outside: "no outcome of",
            FromUniforms(across_rows, 1): "depends on other rows",
            FromUniforms(all_of_them, 1): "it must be",
            FromUniforms(far_outside, 1): "no outcome of",
        }
        for mechanism, what in told.items():
            found = verify(mechanism, TRUTHFUL, UNIT, agents=2)
            assert isinstance(found, Misbehaved)
            assert what in str(found)

    def test_doors_say_what_to_use(self) -> None:
        with pytest.raises(ValueError, match="it must draw, as a function of"):
            bet_against(RandomRank(), TRUTHFUL, UNIT, agents=2)
        with pytest.raises(ValueError, match="assuming is given for somebody"):
            verify(somebody, TRUTHFUL, UNIT, agents=2, assuming=(Anonymous(),))
        with pytest.raises(ValueError, match="width is 0"):
            FromUniforms(manipulable.outcomes, 0)

    def test_on_the_command_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        question = ["--axiom", "SP", "--agents", "2", "--setting", "line", "--calls", "4000"]
        assert main(["verify", "tests/samplers.py:noisy_mean", *question]) == 1
        assert "refuted at level alpha: at level 0.05, noisy_mean fails" in capsys.readouterr().out
        assert main(["verify", "tests/samplers.py:somebody", *question]) == 0
        assert "survived: somebody survived" in capsys.readouterr().out

    def test_cases_are_those_of_a_search(self) -> None:
        """The first to be bet on are simple, as people would try them."""
        found = bet_against(noisy_mean, TRUTHFUL, UNIT, agents=2, budget=Budget(4_000))
        assert isinstance(found, RefutedAt)
        reports = found.case.instance.reports
        assert all(isinstance(report, Fraction) for report in reports)
        assert len(list(islice(TRUTHFUL.cases(found.case.instance), 2))) == 2
