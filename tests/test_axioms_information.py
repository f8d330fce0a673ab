"""Strict properness and obedience against their foils, and what their settings refuse."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import (
    Acquisition,
    Beliefs,
    Budget,
    Domain,
    Instance,
    Misbehaved,
    Obedient,
    Proved,
    Refuted,
    Strategyproof,
    StrictlyProper,
    Survived,
    Unknown,
    confirm,
    verify,
)
from mechsim._json import decode, encode
from mechsim._numbers import is_ball
from mechsim.algorithms.balls import ball
from mechsim.axioms import Disobedience, Misreport, Tally, check
from mechsim.information import (
    Linear,
    Logarithmic,
    Quadratic,
    Scores,
    ScoringContract,
    ScoringRule,
    Spherical,
    ZeroOne,
)
from mechsim.preferences import ContractTerms, Effort, Expert, World

THIRD, HALF, ONE = Fraction(1, 3), Fraction(1, 2), Fraction(1)
EVEN = (HALF, HALF)
COIN = Beliefs(("heads", "tails"))


@dataclass(frozen=True)
class Root:
    """A foil whose violations are irrational: about the score sqrt(r[k]), which is not proper."""

    def value(self, belief: Any, /) -> Any:
        first, *others = (ball(p) * ball(p).sqrt() for p in belief)
        return sum(others, first)

    def slope(self, belief: Any, /) -> tuple[Any, ...]:
        return tuple(ball(p).sqrt() for p in belief)


@dataclass(frozen=True)
class Thorned:
    """Scores that are 0, or 2**-bits for any lie, each behind a root of 2."""

    belief: Any
    bits: int

    def __len__(self) -> int:
        return 2

    def __iter__(self) -> Iterator[Any]:
        root = ball(Fraction(2)).sqrt()
        extra = Fraction(0) if self.belief == EVEN else Fraction(1, 2**self.bits)
        score = root * root - 2 + ball(extra)
        yield from (score, score)


@dataclass(frozen=True)
class Thorn:
    """A foil: who believes the coin to be fair gains 2**-bits by any lie."""

    bits: int

    def __call__(self, reports: Any, /) -> Thorned:
        (belief,) = reports
        return Thorned(belief, self.bits)


@dataclass(frozen=True)
class Constant:
    """An axiom that is violated by ``much`` everywhere."""

    much: Any

    def cases(self, instance: Instance, /) -> Iterator[Misreport]:
        yield from Strategyproof().cases(instance)

    def violation(self, mechanism: Any, case: Any, /) -> Any:
        return self.much


def at(*belief: Fraction, setting: Beliefs = COIN) -> Instance:
    return Instance(setting, (belief,))


class TestFoils:
    """Every axiom has a mechanism that breaks it, by a smallest witness that we can name."""

    @pytest.mark.parametrize(
        ("axiom", "foil", "case", "violation"),
        [
            (
                Strategyproof(),
                ScoringRule(Linear(), COIN),
                Misreport(at(THIRD, 2 * THIRD), 0, (Fraction(1, 5), Fraction(4, 5))),
                Fraction(2, 45),
            ),
            (
                StrictlyProper(),
                ScoringRule(ZeroOne(), COIN),
                Misreport(at(HALF, HALF), 0, (Fraction(3, 4), Fraction(1, 4))),
                1,
            ),
        ],
    )
    def test_witness(self, axiom: Any, foil: Any, case: Any, violation: Any) -> None:
        verdict = verify(foil, axiom, COIN, agents=1)
        assert isinstance(verdict, Refuted)
        assert verdict.arithmetic == "exact"
        named = Refuted(foil, verdict.axiom, case, violation)
        assert confirm(named), "the smallest witness that we can name replays"
        assert confirm(verdict)


ninths = st.fractions(Fraction(1, 9), Fraction(8, 9), max_denominator=9)


class TestStrictlyProper:
    """Positive exactly where a lie does at least as well as the truth."""

    @pytest.mark.parametrize("convex", [Quadratic(), ZeroOne(), Linear()])
    @given(p=ninths, r=ninths)
    def test_definition(self, convex: Any, p: Fraction, r: Fraction) -> None:
        rule, truth, lie = ScoringRule(convex, COIN), (p, 1 - p), (r, 1 - r)
        case = Misreport(at(*truth), 0, lie)
        honest, lied = ([*rule([report])] for report in (truth, lie))
        does_as_well = p * lied[0] + (1 - p) * lied[1] >= p * honest[0] + (1 - p) * honest[1]
        assert StrictlyProper().violation(rule, case) == does_as_well

    def test_says_when_a_lie_is_better_and_when_as_good(self) -> None:
        case = Misreport(at(THIRD, 2 * THIRD), 0, (Fraction(1, 5), Fraction(4, 5)))
        better = StrictlyProper().explain(ScoringRule(Linear(), COIN), case)
        assert better == (
            "the forecaster reports heads 1/5, tails 4/5 instead of heads 1/3, tails 2/3, "
            "which gains it 2/45"
        )
        as_good = StrictlyProper().explain(ScoringRule(ZeroOne(), COIN), case)
        assert as_good.endswith("which is as good for it as the truth")


class TestBalls:
    """An irrational violation refutes only if all of it is positive, and passes only if none is."""

    GRID = Beliefs(("heads", "tails"), steps=4)

    @pytest.mark.parametrize("convex", [Logarithmic(), Spherical()])
    @pytest.mark.parametrize("axiom", [Strategyproof(), StrictlyProper()])
    def test_proofs(self, convex: Any, axiom: Any) -> None:
        rule = ScoringRule(convex, self.GRID)
        assert isinstance(verify(rule, axiom, self.GRID, agents=1), Proved)

    def test_searches(self) -> None:
        rule = ScoringRule(Logarithmic(), COIN)
        found = verify(rule, StrictlyProper(), COIN, agents=1, budget=Budget(100))
        assert isinstance(found, Survived)

    def test_refutations_replay(self) -> None:
        eighths = replace(self.GRID, steps=8)
        verdict = verify(ScoringRule(Root(), eighths), Strategyproof(), eighths, agents=1)
        assert isinstance(verdict, Refuted)
        assert verdict.arithmetic == "ball"
        assert verdict.violation > 0
        assert confirm(verdict)

    def test_strict_refutations_are_exact(self) -> None:
        verdict = verify(ScoringRule(Root(), COIN), StrictlyProper(), COIN, agents=1)
        assert isinstance(verdict, Refuted)
        assert verdict.violation == 1

    @pytest.mark.parametrize("bits", [60, 180, 700])
    def test_narrow_gains_are_found_by_refining(self, bits: int) -> None:
        """At working precision the gain's ball straddles zero; at more bits it is positive."""
        case = Misreport(at(*EVEN, setting=self.GRID), 0, (Fraction(1, 4), Fraction(3, 4)))
        rough = Strategyproof().violation(Thorn(bits), case)
        assert is_ball(rough)
        assert rough.contains(0)
        for axiom in (Strategyproof(), StrictlyProper()):
            found = check(axiom, Thorn(bits), [case.instance])
            assert isinstance(found, Refuted)
            assert confirm(found)

    @pytest.mark.parametrize("axiom", [Strategyproof(), StrictlyProper()])
    def test_what_cannot_be_decided_is_unknown(self, axiom: Any) -> None:
        """Never refuted and never proved."""
        verdict = verify(Thorn(5_000), axiom, self.GRID, agents=1)
        assert isinstance(verdict, Unknown)
        assert "848 bits do not decide" in verdict.reason

    def test_a_tie_between_balls_is_unknown_too(self) -> None:
        """Between two lies nothing is gained, which balls cannot show."""
        quarter = at(Fraction(1, 4), Fraction(3, 4), setting=self.GRID)
        assert isinstance(check(Strategyproof(), Thorn(60), [quarter]), Unknown)

    def test_zero_itself_is_decided(self) -> None:
        """A ball of radius 0 at 0 is exactly zero, which is no violation."""
        rule = ScoringRule(Quadratic(), self.GRID)
        zero = ball(Fraction(0))
        assert isinstance(check(Constant(zero), rule, Domain(self.GRID, 1)), Tally)


class TestBeliefs:
    """The setting lists, reads and refuses beliefs."""

    @pytest.mark.parametrize(
        ("reports", "message"),
        [
            ([], "reports is empty"),
            ([(HALF, THIRD)], r"reports\[0\] sums to 5/6: it must sum to 1"),
            ([EVEN, (0.5, 0.25)], r"reports\[1\] sums to 0.75: it must sum to 1"),
            ([(-1, 2)], r"reports\[0\]\[0\], of heads, is -1: it must not be negative"),
            ([(ONE,)], r"reports\[0\] has 1 probabilities: .* states heads, tails"),
            (EVEN, r"reports\[0\] is 1/2: a belief has one probability a state"),
            ([("1/2", "1/2")], r"reports\[0\]\[0\] is '1/2' \(str\)"),
            (None, "reports is None"),
        ],
    )
    def test_refuses(self, reports: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            ScoringRule(Quadratic(), COIN)(reports)

    def test_reads_what_people_have(self) -> None:
        rule = ScoringRule(Quadratic(), COIN)
        given: list[Any] = [[[0.25, 0.75]], ((0.25, 0.75),), np.array([[0.25, 0.75]])]
        for reports in given:
            assert list(rule(reports)) == [-0.125, 0.875]
        tenths = (0.1, 0.2, 0.7)  # which do not sum to 1 exactly
        assert len(ScoringRule(Quadratic(), Beliefs(("a", "b", "c")))([tenths])) == 3

    def test_a_grid_takes_its_beliefs_only(self) -> None:
        with pytest.raises(
            ValueError, match=r"reports\[0\] is heads 1/3, tails 2/3: it must be one"
        ):
            Beliefs(("heads", "tails"), steps=4).read([(THIRD, 2 * THIRD)])

    def test_one_forecaster_is_scored(self) -> None:
        with pytest.raises(ValueError, match="reports has 2 beliefs: a scoring rule scores one"):
            ScoringRule(Quadratic(), COIN)([EVEN, EVEN])

    def test_no_logarithm_of_nothing(self) -> None:
        with pytest.raises(ValueError, match=r"belief is \(0, 1\): the logarithmic score needs"):
            ScoringRule(Logarithmic(), COIN)([(0, 1)])

    def test_needs_states_and_steps(self) -> None:
        with pytest.raises(ValueError, match="there must be two or more"):
            Beliefs(("rain",))
        with pytest.raises(ValueError, match=r"states\[1\] is 'rain' again"):
            Beliefs(("rain", "rain"))
        with pytest.raises(ValueError, match="steps is 2: positive probabilities of 3 states need"):
            Beliefs(("a", "b", "c"), steps=2)

    @pytest.mark.parametrize(("states", "steps", "many"), [(2, 4, 3), (3, 7, 15), (4, 6, 10)])
    def test_a_grid_has_every_interior_belief(self, states: int, steps: int, many: int) -> None:
        listed = Beliefs(tuple("abcdef"[:states]), steps).types(0) or ()
        assert len({*listed}) == len(listed) == many  # (steps - 1) choose (states - 1)
        assert all(sum(belief) == 1 and min(belief) > 0 for belief in listed)

    @pytest.mark.parametrize("agents", [1, 2])
    def test_a_search_stays_inside(self, agents: int) -> None:
        weather = Beliefs(("rain", "snow", "sun"))
        drawn = weather.profiles(agents, np.random.default_rng(0))
        for _, reports in zip(range(200), drawn, strict=False):
            assert weather.read(reports) == reports
            for lie in weather.misreports(0, reports):
                assert weather.read([lie]) == (lie,)
                assert lie != reports[0]
                assert min(lie) > 0

    def test_simpler_beliefs_are_on_coarser_grids(self) -> None:
        found = [*COIN.simpler((Fraction(1, 5), Fraction(4, 5)))]
        thirds, quarters = (THIRD, 2 * THIRD), (Fraction(1, 4), Fraction(3, 4))
        assert found == [EVEN, thirds, thirds[::-1], quarters, quarters[::-1]]

    def test_a_rule_with_too_few_scores_misbehaves(self) -> None:
        assert isinstance(verify(alone, Strategyproof(), COIN, agents=1), Misbehaved)

    def test_a_plain_function_will_do(self) -> None:
        assert isinstance(verify(squares, Strategyproof(), COIN, agents=1), Refuted)

    def test_equal_scores_are_of_one_report_and_one_rule(self) -> None:
        assert Scores(Logarithmic(), EVEN) == Scores(Logarithmic(), EVEN)
        assert Scores(Logarithmic(), EVEN) != Scores(Spherical(), EVEN)
        assert len({Scores(Logarithmic(), EVEN), Scores(Logarithmic(), EVEN)}) == 1


def alone(reports: Any) -> tuple[Fraction, ...]:
    """A user's rule that forgets a state."""
    return (ONE,)


def squares(reports: Any) -> tuple[Fraction, ...]:
    """A user's rule that pays the square of the probability, which is not proper."""
    return tuple(p * p for p in reports[0])


def expert(*, accuracy: Fraction = ONE, cost: Fraction = ONE) -> Expert:
    rows = (Fraction(0), accuracy, 1 - accuracy), (Fraction(0), 1 - accuracy, accuracy)
    rest = Effort("rest", Fraction(0), ((ONE, Fraction(0), Fraction(0)),) * 2)
    return Expert("Ann", ("nothing", "up", "down"), (rest, Effort("look", cost, rows)))


RISE = (World("rise", HALF), World("fall", HALF))
MARKET = Acquisition(RISE, (expert(),))
CONTRACT = ScoringContract(("look",), Quadratic(), ONE, MARKET)
EX_ANTE = Instance(MARKET, ())


@dataclass(frozen=True)
class Nosy:
    """A foil: it asks for efforts after it has seen the reports."""

    def __call__(self, reports: tuple[str, ...], /) -> ContractTerms:
        asked = "rest" if reports == ("nothing",) else "look"
        return ContractTerms((asked,), ((Fraction(0),) * 2,))


class TestObedient:
    """The violation is what disobedience gains, by the definition written out."""

    @given(
        stake=st.fractions(0, 4, max_denominator=6),
        accuracy=st.sampled_from([Fraction(2, 3), Fraction(3, 4), Fraction(1)]),
        cost=st.fractions(0, 1, max_denominator=6),
    )
    def test_definition(self, stake: Fraction, accuracy: Fraction, cost: Fraction) -> None:
        """Resting and calling it up wins half of the time; lying wins when looking errs."""
        setting = Acquisition(RISE, (expert(accuracy=accuracy, cost=cost),))
        contract = ScoringContract(("look",), ZeroOne(), stake, setting)
        honest = accuracy * stake - cost
        (instance,) = Obedient().instances(setting, 1)
        idle = Disobedience(instance, 0, "look", "rest", (("nothing", "up"),))
        assert Obedient().violation(contract, idle) == stake / 2 - honest
        swapped = Disobedience(instance, 0, "look", "look", (("up", "down"), ("down", "up")))
        assert Obedient().violation(contract, swapped) == (1 - accuracy) * stake - cost - honest

    def test_smallest_witness(self) -> None:
        verdict = verify(CONTRACT, Obedient(), MARKET, agents=1)
        assert isinstance(verdict, Refuted)
        idle = Disobedience(EX_ANTE, 0, "look", "rest", (("nothing", "nothing"),))
        assert verdict.case == idle
        assert verdict.violation == HALF
        assert confirm(verdict)
        assert str(verdict).endswith(
            "Ann, asked to look, chooses to rest and to report the truth, which gains it 1/2"
        )

    def test_every_deviation_is_a_case(self) -> None:
        """Two efforts are asked; rest brings 1 signal and look brings 2, each told in 3 ways."""
        cases = list(Obedient().cases(EX_ANTE))
        assert len(cases) == len({*cases}) == 2 * (3 + 9 - 1)

    @pytest.mark.parametrize(("scale", "verdict"), [(3, Refuted), (4, Proved)])
    def test_irrational_payments(self, scale: int, verdict: type) -> None:
        """The spherical score rises from sqrt(1/2) to 1, and 1/(1 - sqrt(1/2)) is about 3.4."""
        contract = ScoringContract(("look",), Spherical(), Fraction(scale), MARKET)
        assert isinstance(verify(contract, Obedient(), MARKET, agents=1), verdict)

    def test_efforts_are_asked_before_reports(self) -> None:
        verdict = verify(Nosy(), Obedient(), MARKET, agents=1)
        assert isinstance(verdict, Misbehaved)
        assert "asks for efforts by what is reported" in str(verdict)

    def test_needs_all_experts(self) -> None:
        with pytest.raises(ValueError, match="agents has one too many: agent 1 is none of Ann"):
            Domain(MARKET, agents=2)
        with pytest.raises(ValueError, match="agents is 2"):
            verify(CONTRACT, Obedient(), MARKET, agents=2)

    def test_what_is_never_asked_is_never_disobeyed(self) -> None:
        case = Disobedience(EX_ANTE, 0, "rest", "look", (("up", "up"), ("down", "down")))
        assert Obedient().violation(CONTRACT, case) == 0


class TestAcquisition:
    """The setting refuses laws that are none, and names the row."""

    def broken(self, **changes: Any) -> Expert:
        rest, look = expert().efforts
        return replace(expert(), efforts=(rest, replace(look, **changes)))

    def test_names_the_row_that_does_not_sum_to_one(self) -> None:
        rows = (Fraction(0), HALF, HALF), (Fraction(0), HALF, THIRD)
        message = r"likelihood of Ann's effort look in world 1 \(fall\) sums to 5/6: it must sum"
        with pytest.raises(ValueError, match=message):
            Acquisition(RISE, (self.broken(likelihood=rows),))

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"cost": 0.5}, "cost of Ann's effort look is 0.5: it must be an int or a Fraction"),
            ({"likelihood": ()}, "has 0 rows: it must have one for each of 2 worlds"),
            ({"likelihood": ((ONE,), (ONE,))}, "has 1 entries: it must have one for each of the"),
            ({"likelihood": ((0.5, 0.5, 0.0),) * 2}, "has 0.5: it must be an int or Fraction"),
            ({"name": "rest"}, "efforts of Ann lists 'rest' twice"),
        ],
    )
    def test_refuses(self, changes: dict[str, Any], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            Acquisition(RISE, (self.broken(**changes),))

    def test_refuses_a_prior_that_is_none(self) -> None:
        with pytest.raises(ValueError, match="the probability of worlds sums to 1/2"):
            Acquisition(RISE[:1], ())
        with pytest.raises(ValueError, match="experts is empty"):
            Acquisition(RISE, ())

    @pytest.mark.parametrize(
        ("reports", "message"),
        [
            (["up", "up"], "reports has 2 entries: it must have one for each of Ann"),
            (["UP"], r"reports\[0\] is 'UP': it must be one of nothing, up, down"),
            ("up", "reports is 'up'"),
        ],
    )
    def test_refuses_reports(self, reports: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            CONTRACT(reports)

    @pytest.mark.parametrize(
        ("efforts", "message"),
        [
            (("sleep",), r"efforts\[0\] is 'sleep': it must be one of Ann's, rest, look"),
            (("look", "look"), "efforts has 2 entries: it must have one for each of Ann"),
        ],
    )
    def test_refuses_efforts(self, efforts: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            ScoringContract(efforts, Quadratic(), ONE, MARKET)

    def test_is_written_down_and_read_back(self) -> None:
        assert decode(json.loads(json.dumps(encode(CONTRACT)))) == CONTRACT

    def test_terms_in_words(self) -> None:
        terms = ScoringContract(("look",), ZeroOne(), ONE, MARKET)(["up"])
        assert MARKET.tell(terms) == "Ann to look, for (1, 0) in states rise, fall"
        assert MARKET.value(0, "up", terms) == 0
