"""The search for violations: what it finds, how it tells it, and what it grants and exhausts."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise, permutations, product
from typing import Any, cast

import numpy as np
import pytest
from own_rule import Undeclared

from mechsim import (
    Anonymous,
    Budget,
    Domain,
    Instance,
    Line,
    Misbehaved,
    Positions,
    Priced,
    Proved,
    Rankings,
    Refuted,
    SDStrategyproof,
    SinglePeaked,
    Strategyproof,
    Survived,
    UnanimousFairShare,
    Unknown,
    certificate,
    confirm,
    verify,
)
from mechsim.auctions import VCG
from mechsim.axioms import Misreport, Neutral, StrictlyMonotone, Unanimous, shrink
from mechsim.axioms._memory import watched
from mechsim.axioms._patience import CLOCK
from mechsim.axioms.checking import try_case
from mechsim.facility import Dictatorship, Mean, Median, RandomRank, UniformPhantom
from mechsim.information import Logarithmic, ScoringRule
from mechsim.lottery import sure
from mechsim.preferences import Beliefs
from mechsim.preferences.tastes import Hybrid
from mechsim.proving.literals import literals
from mechsim.proving.orbits import Orbits
from mechsim.proving.quest import Quest, jumps
from mechsim.proving.strategies import bisected, compared
from mechsim.proving.tables import largest_gain, tabulated
from mechsim.setting import Strand, itself
from mechsim.voting import RandomDictatorship

F = Fraction
UNIT = Line(0, 1)
Reports = tuple[Fraction, ...]
SEEDS = range(7)


def median(x: Reports) -> Fraction:
    return sorted(x)[(len(x) - 1) // 2]


def spread(x: Reports) -> Fraction:
    return (min(x) + max(x)) / 2


def mean(x: Reports) -> Fraction:
    return sum(x, F(0)) / len(x)


def tie(x: Reports) -> Fraction:
    low, second, *_ = sorted(x)
    return spread(x) if low == second else median(x)


def strip(x: Reports) -> Fraction:
    return spread(x) if F(1, 2) <= max(x) - min(x) <= F(5001, 10_000) else median(x)


def box(x: Reports) -> Fraction:
    inside = all(F(3, 10) <= report <= F(3464, 10_000) for report in x[:3])
    return spread(x) if inside else median(x)


def small(x: Reports) -> Fraction:
    return median(x) + F(1, 1000) * (max(x) - median(x))


def edge(x: Reports) -> Fraction:
    return spread(x) if max(x) > F(9999, 10_000) else median(x)


def count(x: Reports) -> Fraction:
    place = F(3, 10) if sum(report > F(1, 2) for report in x) == 4 else F(1, 2)
    return sorted((*x, *[place] * (len(x) - 1)))[len(x) - 1]


def sevenths(x: Reports) -> Fraction:
    nearest = F(round(7 * median(x)), 7)
    return spread(x) if abs(median(x) - nearest) < F(2, 100_000) else median(x)


def two(x: Reports) -> Fraction:
    return spread(x) if F(1, 4) in x and max(x) == 1 else median(x)


class TestPlantedFaults:
    """Medians of five reports with a fault that is hard to meet are refuted for every seed."""

    @pytest.mark.parametrize(
        "rule", [mean, tie, strip, box, small, edge, count, sevenths, two], ids=lambda f: f.__name__
    )
    def test_is_found(self, rule: Callable[[Reports], Fraction]) -> None:
        for seed in SEEDS:
            calls = 0

            def counted(x: Reports) -> Fraction:
                nonlocal calls
                calls += 1
                return rule(x)

            budget = Budget(calls=100_000, seed=seed)
            verdict = verify(counted, Strategyproof(), UNIT, agents=5, budget=budget)
            assert isinstance(verdict, Refuted)
            assert confirm(verdict)
            assert calls < 100_000
            truth = verdict.case.instance.reports[verdict.case.agent]
            honest, lied = rule(verdict.case.instance.reports), rule(verdict.case.reports)
            assert abs(honest - truth) - abs(lied - truth) == verdict.violation > 0

    def test_a_correct_rule_survives(self) -> None:
        verdict = verify(median, Strategyproof(), UNIT, agents=5, budget=Budget(calls=2_000))
        assert isinstance(verdict, Survived)
        assert verdict.independent > 100

    def test_the_same_seed_gives_the_same_witness(self) -> None:
        first, second = (
            verify(strip, Strategyproof(), UNIT, agents=5, budget=Budget(seed=3)) for _ in range(2)
        )
        assert first == second


class TestWitnesses:
    """What is found at long numbers is told at short ones, in order."""

    def test_simple_numbers_in_order(self) -> None:
        verdict = verify(mean, Strategyproof(), UNIT, agents=3)
        assert isinstance(verdict, Refuted)
        assert verdict.case.instance.reports == (0, 0, F(1, 2))
        assert (verdict.case.agent, verdict.case.report) == (2, 1)

    def test_a_narrow_fault_keeps_the_numbers_it_needs(self) -> None:
        def narrow(x: Reports) -> Fraction:
            low, high = min(x), max(x)
            return (low + high) / 2 if F(4999, 10_000) < high < F(1, 2) else low

        verdict = verify(narrow, Strategyproof(), UNIT, agents=3)
        assert isinstance(verdict, Refuted)
        numbers = (*verdict.case.instance.reports, verdict.case.report)
        assert max(number.denominator for number in numbers) <= 1_000_000
        assert shrink(verdict) == verdict

    def test_a_dictator_is_not_put_elsewhere(self) -> None:
        """Reports are only put in order where the violation survives that."""

        def second(x: Reports) -> Fraction:
            return (x[1] + max(x)) / 2

        verdict = verify(second, Strategyproof(), UNIT, agents=2)
        assert isinstance(verdict, Refuted)
        assert confirm(verdict)

    def test_a_lie_that_nobody_proposes(self) -> None:
        """The lie lies where the setting proposes none; all the rest becomes simple."""

        def hidden(x: Reports) -> Fraction:
            wrong = any(F(41_420, 100_000) < report < F(41_430, 100_000) for report in x)
            return max(x) if wrong else min(x)

        reports = (F(123_457, 999_983), F(876_543, 999_983), F(234_567, 999_983))
        case = Misreport(Instance(UNIT, reports), 1, F(414_243, 1_000_003))
        found = try_case(Strategyproof(), hidden, case, watched(hidden, UNIT))
        assert isinstance(found, Refuted)
        simple = shrink(found, limit=2_000)
        assert confirm(simple)
        assert max(report.denominator for report in simple.case.instance.reports) <= 2
        assert simple.case.report.denominator < 10_000

    def test_agents_are_left_out_where_they_may_be(self) -> None:
        found = verify(mean, Strategyproof(), UNIT, agents=5)
        assert isinstance(found, Refuted)
        assert shrink(found).case.instance.agents == 5
        few = shrink(found, fewer=True)
        assert few.case.instance.reports == (0, F(1, 2))
        assert confirm(few)

    def test_agents_who_matter_stay(self) -> None:
        def three(x: Reports) -> Fraction:
            return mean(x) if len(x) >= 3 else median(x)

        found = verify(three, Strategyproof(), UNIT, agents=5)
        assert isinstance(found, Refuted)
        assert shrink(found, fewer=True).case.instance.agents == 3

    def test_single_peaked_agents(self) -> None:
        """All preferences with a peak: a rule that only distance makes truthful is refuted."""

        def step(x: Reports) -> Fraction:
            return F(0) if x[0] <= F(1, 2) else F(1)

        budget = Budget(calls=2_000)
        assert isinstance(verify(step, Strategyproof(), UNIT, agents=1, budget=budget), Proved)
        anybody = Line(0, 1, tastes=SinglePeaked())
        verdict = verify(step, Strategyproof(), anybody, agents=1)
        assert isinstance(verdict, Refuted)
        assert verdict.violation == 1


class TestMisbehaviour:
    """What is no mechanism is told at a simple profile where it shows."""

    def test_leaves_the_line(self) -> None:
        verdict = verify(lambda x: max(x) + min(x), Strategyproof(), UNIT, agents=2)
        assert isinstance(verdict, Misbehaved)
        assert verdict.case.instance.reports == (1, 1)

    def test_counts_its_calls(self) -> None:
        calls: list[Reports] = []

        def fickle(x: Reports) -> Fraction:
            calls.append(x)
            return min(x) if len(calls) % 2 else max(x)

        verdict = verify(fickle, Strategyproof(), UNIT, agents=2)
        assert isinstance(verdict, Misbehaved)
        assert "two ways" in verdict.what

    def test_hangs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(CLOCK, "patience", 0.3)

        def endless(x: Reports) -> Fraction:
            while max(x) == 1:
                pass
            return min(x)

        verdict = verify(endless, Strategyproof(), UNIT, agents=2)
        assert isinstance(verdict, Misbehaved)
        assert "has not answered after 0.3 s" in verdict.what
        assert max(verdict.case.instance.reports) == 1

    def test_a_compiler_takes_its_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Calls do not grow old in code of a compiler, which would not work again after an end."""
        monkeypatch.setattr(CLOCK, "patience", 0.3)
        compiler: dict[str, Any] = {"__name__": "numba.core", "time": time}
        exec("def build():\n    time.sleep(0.5)\n    time.sleep(0.5)", compiler)

        def slow(x: Reports) -> Fraction:
            build = compiler.pop("build", None)
            if build is not None:
                build()
            return min(x)

        assert isinstance(verify(slow, Strategyproof(), Line(0, 1).grid(2), agents=2), Proved)

    def test_sorts_its_reports_in_place(self) -> None:
        def sorts(x: Any) -> Any:
            x.sort()
            return x[0]

        verdict = verify(sorts, Strategyproof(), UNIT, agents=2)
        assert isinstance(verdict, Misbehaved)
        assert "take sorted(...) of it" in verdict.what


class TestInterrupts:
    """Ctrl-C ends a search with what is known so far."""

    def test_says_so(self) -> None:
        calls = 0

        def interrupted(x: Reports) -> Fraction:
            nonlocal calls
            calls += 1
            if calls == 200:
                raise KeyboardInterrupt
            return median(x)

        verdict = verify(interrupted, Strategyproof(), UNIT, agents=3)
        assert isinstance(verdict, Survived)
        assert verdict.interrupted
        assert "until it was interrupted" in str(verdict)

    def test_before_anything_was_tried(self) -> None:
        """No case is no evidence."""

        def hangs(x: Reports) -> Fraction:
            raise KeyboardInterrupt

        verdict = verify(hangs, Strategyproof(), UNIT, agents=3)
        assert isinstance(verdict, Unknown)
        assert "nothing was tried: the search was interrupted, 1 profile played" in str(verdict)

    def test_no_case_arose(self) -> None:
        verdict = verify(median, Caseless(), UNIT, agents=3, budget=Budget(9))
        assert isinstance(verdict, Unknown)
        assert "nothing was tried: no case arose" in verdict.reason


@dataclass(frozen=True)
class Caseless:
    """An axiom that nothing can break."""

    def cases(self, instance: Instance, /) -> Iterator[Any]:
        yield from ()

    def violation(self, mechanism: Any, case: Any, /) -> Any:
        raise AssertionError


THRESHOLD, TWO_NINTHS = 0.37, F(2, 9)


def _helper(x: Reports) -> bool:
    return max(x) > THRESHOLD


@dataclass(frozen=True)
class _WithField:
    cap: Fraction = TWO_NINTHS

    def __call__(self, x: Reports) -> Fraction:
        return min(min(x), self.cap) if _helper(x) else F(1, 13)


class TestLiterals:
    """Numbers in code, in functions that it calls, in globals, closures and fields are seen."""

    def test_where_they_stand(self) -> None:
        inner = 0.125

        def rule(x: Reports) -> float:
            return 0.75 if _helper(x) else inner

        found = literals(rule)
        assert {F(3, 4), F(1, 8), F("0.37"), F(0.37)} <= set(found)
        assert {F(2, 9), F(13), F("0.37")} <= set(literals(_WithField()))

    def test_compiled_code_has_none(self) -> None:
        assert literals(len) == ()


class TestTables:
    """A table of outcomes decides as trying every case does, exactly."""

    @pytest.mark.parametrize("rule", [Median(), UniformPhantom(), Mean(), RandomRank()])
    def test_agrees_with_every_case(self, rule: Any) -> None:
        line = UNIT.grid(3)
        table = tabulated(rule, line, 3)
        found = table.best_lie()
        assert found is not None
        gain, lie = found
        best = max(
            Strategyproof().violation(rule, case)
            for instance in Domain(line, 3)
            for case in Strategyproof().cases(instance)
        )
        assert (gain > 0) == (best > 0)
        if lie is not None:
            assert Strategyproof().violation(rule, lie) == best

    def test_a_kernel_is_its_source(self) -> None:
        rng = np.random.default_rng(0)
        rows = rng.integers(0, 6, (50, 4)).astype(np.int32)
        worth = rng.integers(-9, 9, (4, 6))
        plain: Any = largest_gain.__wrapped__  # type: ignore[attr-defined] # pyright: ignore
        assert largest_gain(rows, worth) == plain(rows, worth)
        gain, row, truth, lie = largest_gain(rows, worth)
        by_hand = max(
            worth[t, rows[b, r]] - worth[t, rows[b, t]]
            for b, t, r in product(range(50), range(4), range(4))
        )
        assert gain == by_hand
        assert worth[truth, rows[row, lie]] - worth[truth, rows[row, truth]] == gain

    def test_anonymity_is_looked_up(self) -> None:
        assert tabulated(Median(), UNIT.grid(3), 3).is_anonymous
        assert not tabulated(Dictatorship(1), UNIT.grid(3), 3).is_anonymous

    def test_a_large_setting(self) -> None:
        line, budget = UNIT.grid(10), Budget(calls=20_000)
        verdict = verify(median, Strategyproof(), line, agents=4, budget=budget)
        assert isinstance(verdict, Proved)
        assert verdict.certificate.cases == 4 * 11**4 * 10
        verdict = verify(small, Strategyproof(), line, agents=4, budget=budget)
        assert isinstance(verdict, Refuted)
        assert verdict.arithmetic == "exact"


class TestOrbits:
    """One profile of each kind; their number is what the literature counts."""

    @pytest.mark.parametrize(("agents", "orbits"), [(3, 10), (4, 24), (5, 42), (6, 83)])
    def test_three_candidates(self, agents: int, orbits: int) -> None:
        domain = Domain(Rankings(("a", "b", "c")), agents)
        assert sum(1 for _ in Orbits(domain, (Anonymous(), Neutral()))) == orbits

    @pytest.mark.parametrize("granted", [(Anonymous(),), (Neutral(),), (Anonymous(), Neutral())])
    def test_cover_every_profile(self, granted: tuple[Any, ...]) -> None:
        vote = Rankings(("a", "b", "c"))
        kept = {instance.reports for instance in Orbits(Domain(vote, 3), granted)}
        renamings = [*vote.renamings()] if Neutral() in granted else []
        for instance in Domain(vote, 3):
            images = [instance.profile]
            images += [tuple(map(renaming.type_, instance.profile)) for renaming in renamings]
            if Anonymous() in granted:
                images = [order for image in images for order in permutations(image)]
            assert any(image in kept for image in images)

    def test_a_proof_says_what_it_took_for_granted(self) -> None:
        vote = Rankings(("a", "b", "c"))
        rule, granted = RandomDictatorship(vote), (Anonymous(), Neutral())
        verdict = verify(rule, SDStrategyproof(), vote, agents=4, assuming=granted)
        assert isinstance(verdict, Proved)
        assert verdict.certificate.instances == 24
        assert "granted Anonymous, granted Neutral" in str(verdict)

    def test_refutes_too(self) -> None:
        verdict = verify(mean, Strategyproof(), UNIT.grid(4), agents=3, assuming=(Anonymous(),))
        assert isinstance(verdict, Refuted)

    def test_what_cannot_be_granted(self) -> None:
        with pytest.raises(ValueError, match="assuming has Unanimous: only Anonymous and Neutral"):
            verify(mean, Strategyproof(), UNIT.grid(4), agents=3, assuming=(Unanimous(),))


class TestWhoCannotTradePlaces:
    """Anonymity is not enough for one order of the reports where agents like things differently."""

    def test_one_nuisance(self) -> None:
        """Of two agents on {0, 1/2, 1} the first is a nuisance, and gains by a lie at (1/2, 0)."""
        setting = Line(0, 1, tastes=Hybrid((0,))).grid(2)
        zero, half, one = F(0), F(1, 2), F(1)
        table: dict[Reports, Fraction] = {(half, half): zero}

        def rule(x: Reports) -> Fraction:
            return table.get(tuple(sorted(x)), one)

        assert isinstance(verify(rule, Strategyproof(), setting, agents=2), Refuted)
        assert isinstance(verify(rule, Anonymous(), setting, agents=2), Proved)
        with pytest.raises(ValueError, match="like 1 differently, so they cannot trade places"):
            verify(rule, Strategyproof(), setting, agents=2, assuming=(Anonymous(),))


class TestSharesAreTraded:
    """Who trade reports in an auction trade positions and payments too."""

    def test_vcg(self) -> None:
        slots = Positions((2, 1), values=(0, 1, 2, 4))
        assert isinstance(verify(VCG(slots), Anonymous(), slots, agents=2), Proved)
        favours = verify(VCG(slots), Anonymous(), slots, agents=3)  # who is first wins ties
        assert isinstance(favours, Refuted)
        assert len(set(favours.case.instance.reports)) == 2

    def test_a_favourite(self) -> None:
        """Who wins regardless of the bids, and pays nothing."""
        slots = Positions((1,), values=(0, 1))

        def first(bids: Reports) -> Priced:
            return Priced((0, *(None for _ in bids[1:])), (F(0),) * len(bids))

        assert isinstance(verify(first, Anonymous(), slots, agents=2), Refuted)

    def test_certificates_do_not_say_so(self) -> None:
        slots = Positions((2, 1), values=(0, 1, 2, 4))
        with pytest.raises(ValueError, match="do not say who gets what"):
            certificate(cast(Refuted, verify(VCG(slots), Anonymous(), slots, agents=3)))


class TestNeutral:
    """Names of candidates, and the two directions of a line, do not matter."""

    def test_its_foil_is_the_low_median_of_two(self) -> None:
        verdict = verify(Median(), Neutral(), UNIT.grid(2), agents=2)
        assert isinstance(verdict, Refuted)
        assert isinstance(verify(Median(), Neutral(), UNIT.grid(2), agents=3), Proved)

    def test_a_rule_with_a_favourite(self) -> None:
        vote = Rankings(("ann", "bob"))
        verdict = verify(lambda ballots: 0, Neutral(), vote, agents=2)
        assert isinstance(verdict, Refuted)
        assert "the outcome is not renamed likewise" in str(verdict)
        assert isinstance(verify(RandomDictatorship(vote), Neutral(), vote, agents=2), Proved)


class TestRuleOfThree:
    """Of N independent draws without a violation, 3/N bounds their rate with 95 % confidence."""

    def test_bound(self) -> None:
        budget = Budget(calls=2_000)
        rule = Undeclared(UniformPhantom())
        verdict = verify(rule, UnanimousFairShare(), UNIT, agents=3, budget=budget)
        assert isinstance(verdict, Survived)
        rate = verdict.rate
        assert rate == F(3, verdict.independent)
        assert rate is not None
        assert (1 - rate) ** verdict.independent < F(5, 100)


@dataclass(frozen=True)
class Rarely:
    """The low median, and the mean where three reports lie in three small cells.

    That has probability 6 / 30^3, and nothing about it is simple, so that only many tries find it.
    """

    setting: Line = UNIT

    def __call__(self, x: Reports) -> Fraction:
        cells = sorted(x)
        wrong = all(a < report < a + F(1, 30) for a, report in zip(CELLS, cells, strict=True))
        return mean(x) if wrong else median(x)

    def of_batch(self, profiles: Any) -> Any:
        cells = np.sort(profiles, axis=1)
        low = np.array(CELLS, dtype=float)
        wrong = ((low < cells) & (cells < low + 1 / 30)).all(axis=1)
        return np.where(wrong, profiles.mean(axis=1), cells[:, 1])


CELLS = (F(261, 1000), F(561, 1000), F(861, 1000))


@dataclass(frozen=True)
class Alleged:
    """The median, whose batches say that it is the mean, or fail."""

    fails: bool = False

    def __call__(self, x: Reports) -> Fraction:
        return median(x)

    def of_batch(self, profiles: Any) -> Any:
        if self.fails:
            raise RuntimeError("not today")
        return profiles.mean(axis=1)


class TestBisection:
    """A jump of the outcome along a line is pinned down to 1e-12 of it, on both sides."""

    @pytest.mark.parametrize("jump", [F(1, 7), F(618_033, 999_983), F(9_999, 10_000)], ids=str)
    def test_both_sides(self, jump: Fraction) -> None:
        def step(x: Reports) -> Fraction:
            return F(0) if x[0] < jump else F(1)

        recalled = watched(step, UNIT)
        quest = Quest(Strategyproof(), step, recalled, UNIT, 2, np.random.default_rng(0))
        strand, reports = Strand(F(0), F(1), itself), (F(0), F(1, 2))
        low, high = max(jump - F(1, 3), F(0)), min(jump + F(1, 3), F(1))
        played = {t: quest.ask((t, F(1, 2))) for t in (low, high)}
        found = bisected(quest, strand, reports, 0, low, high, played)
        assert max(t for t in found if t < jump) > jump - F(1, 10**11)
        assert min(t for t in (*found, F(1)) if t >= jump) < jump + F(1, 10**11)


class TestPairs:
    """Of the reports along a line all pairs are compared, but of no more than can be afforded."""

    @pytest.mark.parametrize(("played", "taken"), [(9, 9), (10, 10), (11, 10), (1_000, 10)])
    def test_of_many_some(self, played: int, taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("mechsim.proving.strategies.COMPARED", 10)

        class Departing:
            deviation = Misreport

        axiom: Any = Departing()
        quest = Quest(axiom, Median(), watched(Median()), UNIT, 2, np.random.default_rng(0))
        strand, reports = Strand(F(0), F(1), itself), (F(0), F(1, 2))
        places = [F(k, played) for k in range(played)]
        lotteries = {t: sure(t) for t in places}
        cases = list(compared(quest, strand, reports, 0, lotteries))
        truths = sorted({case.instance.reports[0] for case in cases})
        assert len(truths) == taken
        assert len(cases) == taken * (taken - 1)
        gaps = [b - a for a, b in pairwise(truths)]
        assert max(gaps) - min(gaps) <= F(1, played)

    def test_scores_that_are_computed_are_numbers(self) -> None:
        """A smooth rule has no jump; where scores are no tuple, each pair seemed to be one."""
        coin = Beliefs(("heads", "tails"))
        rule = ScoringRule(Logarithmic(), coin)
        even, near, far = (sure(rule(((p, 1 - p),))) for p in (F(1, 2), F(501, 1000), F(9, 10)))
        assert not jumps(even, near, F(1, 1000))
        assert jumps(even, far, F(1, 1000))


class TestBatches:
    """A mechanism that plays batches is searched by them, and refuted only by playing it."""

    def test_finds_what_is_rare(self) -> None:
        for seed in SEEDS:
            budget = Budget(seed=seed)
            found = verify(Rarely(), Strategyproof(), UNIT, agents=3, budget=budget)
            assert isinstance(found, Refuted)
            assert confirm(found)

    def test_says_how_many(self) -> None:
        budget = Budget(calls=1_000)
        rule = Undeclared(UniformPhantom())
        verdict = verify(rule, Strategyproof(), UNIT, agents=3, budget=budget)
        assert isinstance(verdict, Survived)
        assert verdict.swept >= 2**14
        assert f"in batches of {verdict.swept:,} misreports" in str(verdict)
        assert "batches" not in str(replace(verdict, swept=0))

    def test_the_budget_pays_for_them(self) -> None:
        budget = Budget(calls=1_000)
        with_, without = (
            verify(rule, Strategyproof(), UNIT, agents=3, budget=budget)
            for rule in (Undeclared(UniformPhantom()), UniformPhantom().__call__)
        )
        assert isinstance(with_, Survived)
        assert isinstance(without, Survived)
        assert without.swept == 0
        assert with_.instances < without.instances

    @pytest.mark.parametrize("rule", [Alleged(), Alleged(fails=True)], ids=repr)
    def test_batches_alone_refute_nothing(self, rule: Any) -> None:
        budget = Budget(calls=2_000)
        assert isinstance(verify(rule, Strategyproof(), UNIT, agents=3, budget=budget), Proved)

    @pytest.mark.parametrize("setting", [Line(0, 1, tastes=SinglePeaked()), UNIT.grid(60)], ids=str)
    def test_where_values_do_not_tell(self, setting: Line) -> None:
        budget = Budget(calls=500)
        rule = Undeclared(Median(setting))
        found = verify(rule, Strategyproof(), setting, agents=3, budget=budget)
        assert isinstance(found, Survived)
        assert found.swept == 0


class TestRounding:
    """What floats lose is no violation."""

    def test_single_peaked_agents(self) -> None:
        def middle(x: Reports) -> float:
            return sorted(map(float, x))[1]

        anybody = Line(0, 1, tastes=SinglePeaked())
        budget = Budget(calls=2_000)
        found = verify(middle, Strategyproof(), anybody, agents=3, budget=budget)
        assert isinstance(found, Survived)

    def test_a_rise_too_small_for_floats(self) -> None:
        def average(x: Reports) -> float:
            return sum(map(float, x)) / len(x)

        budget = Budget(calls=2_000)
        found = verify(average, StrictlyMonotone(), UNIT, agents=3, budget=budget)
        assert isinstance(found, Survived)
        stuck = verify(lambda x: float(max(x)), StrictlyMonotone(), UNIT, agents=3, budget=budget)
        assert isinstance(stuck, Refuted)

    def test_kinds_of_numbers_that_differ_by_the_order(self) -> None:
        def largest(x: Reports) -> Any:
            return x[0] if x[0] >= x[1] else float(x[1])

        budget = Budget(calls=2_000)
        assert isinstance(verify(largest, Anonymous(), UNIT, agents=2, budget=budget), Survived)


class TestDrawnProfiles:
    """The numbers of a profile are drawn in turn, each where those before it leave room."""

    def test_what_is_drawn_is_seen(self) -> None:
        seen: list[tuple[Any, ...]] = []

        class Watching:
            def types(self, agent: int) -> None:
                return None

            def profiles(self, agents: int, rng: np.random.Generator) -> Iterator[Any]:
                yield (Fraction(0),) * agents

            def strands(self, agent: int, reports: Any) -> Iterator[Strand]:
                seen.append(tuple(reports))
                yield Strand(reports[agent - 1] if agent else Fraction(0), Fraction(1), itself)

        setting: Any = Watching()
        rng = np.random.default_rng(0)
        quest = Quest(Strategyproof(), Median(), watched(Median()), setting, 5, rng)
        for _ in range(20):
            reports = quest.drawn(3)
            assert list(reports) == sorted(reports)
            assert all(before[:k] == reports[:k] for k, before in enumerate(seen[::2]))
            seen.clear()

    def test_many_agents(self) -> None:
        """A tuple for each number would be 80 GB of them."""
        watch = watched(Median())
        quest = Quest(Strategyproof(), Median(), watch, UNIT, 10**5, np.random.default_rng(0))
        began = time.process_time()
        assert len(quest.drawn(12)) == 10**5
        assert time.process_time() - began < 15


class TestIndependentDraws:
    """Draws that are not independent of each other are not counted twice."""

    @pytest.mark.parametrize("axiom", [UnanimousFairShare(), Anonymous()], ids=repr)
    def test_one_a_profile(self, axiom: Any) -> None:
        budget = Budget(calls=2_000)
        found = verify(Undeclared(UniformPhantom()), axiom, UNIT, agents=9, budget=budget)
        assert isinstance(found, Survived)
        assert found.independent <= budget.calls


class TestSwallowedEnds:
    """A mechanism that catches whatever ends it is ended again."""

    def test_bare_except(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(CLOCK, "patience", 0.3)
        swallowed = 0

        def stubborn(x: Reports) -> Fraction:
            nonlocal swallowed
            while swallowed < 1:
                try:
                    while True:
                        pass
                except BaseException:
                    swallowed += 1
            while True:
                pass

        found = verify(stubborn, Strategyproof(), UNIT, agents=2)
        assert isinstance(found, Misbehaved)
        assert swallowed == 1
