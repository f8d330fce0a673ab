"""Proofs by declaration: what a form shows, what z3 says of it, and what is never proved."""

import importlib
import itertools
import json
import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import UNIT, Profile, profiles

from mechsim import Line
from mechsim._extents import DEEPEST
from mechsim._json import decode
from mechsim.axioms import (
    Anonymous,
    ByForm,
    ExAnte,
    Explored,
    IndividualFairShare,
    Misbehaved,
    ParetoOptimal,
    Proportional,
    ProportionallyFair,
    Proved,
    Refuted,
    Strategyproof,
    StronglyProportional,
    StronglyProportionallyFair,
    Tally,
    Unanimous,
    UnanimousFairShare,
    Universally,
    Unknown,
    Unsatisfiable,
    check,
    confirm,
    lift,
)
from mechsim.batch import Lotteries
from mechsim.budget import Budget
from mechsim.declared import (
    Declared,
    Fixed,
    Form,
    Mixed,
    Ranked,
    Report,
    Term,
    Weighted,
    any_of,
    clip,
    drawn,
    inside,
    largest,
    mean,
    median,
    mixed,
    reports,
    smallest,
    weighted,
)
from mechsim.facility import (
    AverageOrRandomRank,
    Constant,
    ConstrainedMedian,
    Dictatorship,
    FartherEnd,
    GeneralizedMedian,
    HighMedian,
    LeftRightMiddle,
    Mean,
    Median,
    MidOrNearest,
    Midrange,
    OrderStatistic,
    PhantomMedian,
    RandomDictatorship,
    RandomRank,
    UniformPhantom,
)
from mechsim.mechanism import play
from mechsim.preferences.tastes import Hybrid, Obnoxious, SinglePeaked
from mechsim.proving import certificate, prove, prove_by_paths, prove_declared, verify
from mechsim.proving.forms import between_reports, blocks, clamps, key, on_the_line, spread
from mechsim.setting import Domain

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
FEW = settings(max_examples=12)
PEAKED = Line(0, 1, tastes=SinglePeaked())
NUISANCE = Line(0, 1, tastes=Obnoxious())
SP = Strategyproof()
FAIR = (
    IndividualFairShare(),
    UnanimousFairShare(),
    ProportionallyFair(),
    StronglyProportionallyFair(),
    Proportional(),
    StronglyProportional(),
)


def phantom_term(agents: int, shift: Fraction = Fraction(0)) -> Term:
    """Uniform Phantom, with the first of the phantoms shifted."""
    first, *others = (Fraction(k, agents) for k in range(1, agents))
    return median(*reports(agents), first + shift, *others)


def uniform_phantom(agents: int, shift: Fraction = Fraction(0)) -> Declared:
    return Declared(phantom_term(agents, shift), agents)


def wrong(make: Any) -> Any:
    """Something that is called with what type checkers refuse."""
    return make


def left_right_middle(agents: int, end: Fraction) -> Declared:
    low, high = smallest(*reports(agents)), largest(*reports(agents))
    return Declared(Mixed(((end, low), (1 - 2 * end, mean(low, high)), (end, high))), agents)


def average_or_rank(agents: int, weight: Fraction) -> Declared:
    every, share = reports(agents), (1 - weight) / agents
    ranks = ((share, Ranked(rank, every)) for rank in range(1, agents + 1))
    return Declared(Mixed(((weight, mean(*every)), *ranks)), agents)


DECLARED = [
    Median(),
    HighMedian(),
    OrderStatistic(2),
    UniformPhantom(),
    PhantomMedian((0, THIRD, HALF, 1)),
    ConstrainedMedian(),
    MidOrNearest(),
    Midrange(),
    Mean(),
    Dictatorship(1),
    Constant(THIRD),
    GeneralizedMedian((0, 0, THIRD, 1, 0, 1, HALF, 1)),
    RandomRank(),
    RandomDictatorship(),
    AverageOrRandomRank(),
    LeftRightMiddle(),
]


FOR_ANY = [m for m in DECLARED if not isinstance(m, (PhantomMedian, GeneralizedMedian))]
DRAWING = [m for m in DECLARED if hasattr(m, "rules")]


def named(mechanism: Any) -> str:
    return type(mechanism).__name__


def places() -> st.SearchStrategy[Fraction]:
    return st.fractions(min_value=0, max_value=1, max_denominator=4)


def terms(agents: int) -> st.SearchStrategy[Term]:
    """Small terms: ranks and averages, nested."""
    leaf: st.SearchStrategy[Term] = st.one_of(
        st.integers(0, agents - 1).map(Report), places().map(Fixed)
    )

    def grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        listed = st.lists(inner, min_size=2, max_size=3).map(tuple)
        ranked = listed.flatmap(
            lambda of: st.integers(1, len(of)).map(lambda rank: Ranked(rank, of))
        )
        return st.one_of(ranked, listed.map(lambda of: mean(*of)))

    return st.recursive(leaf, grown, max_leaves=4)


def forms(agents: int) -> st.SearchStrategy[Form]:
    pair = st.lists(terms(agents), min_size=2, max_size=3)
    return st.one_of(terms(agents), pair.map(lambda of: any_of(*of)))


class TestADeclarationIsTheRule:
    """What a mechanism of the library declares, it computes: exactly, on any reports."""

    @given(mechanism=st.sampled_from(DECLARED), x=profiles(3, 3))
    def test_for_three_agents(self, mechanism: Any, x: Profile) -> None:
        assert Declared(mechanism.declared(3), 3)(x) == mechanism(x)

    @given(mechanism=st.sampled_from(FOR_ANY), x=profiles(2, 6))
    def test_for_any_number(self, mechanism: Any, x: Profile) -> None:
        assert Declared(mechanism.declared(len(x)), len(x))(x) == mechanism(x)

    @pytest.mark.parametrize("mechanism", DECLARED, ids=named)
    def test_on_another_line(self, mechanism: Any) -> None:
        there = replace(mechanism, setting=Line(-1, Fraction(5, 2)))
        x = (Fraction(-1), Fraction(3, 4), Fraction(5, 2))
        assert Declared(there.declared(3), 3)(x) == there(x)

    @given(mechanism=st.sampled_from(DRAWING), x=profiles(3, 3))
    def test_so_do_the_rules_that_are_drawn(self, mechanism: Any, x: Profile) -> None:
        rules = [(p, rule(x)) for p, rule in mechanism.rules(3)]
        assert rules == [(p, term.at(x)) for p, term in drawn(mechanism.declared(3))]


class TestTerms:
    """A term is what it says, on fractions, on floats and on arrays."""

    def test_ranks_and_weights(self) -> None:
        x = (Fraction(1), Fraction(0), HALF)
        assert [Ranked(rank, reports(3)).at(x) for rank in (1, 2, 3)] == [0, HALF, 1]
        assert (smallest(*reports(3)).at(x), largest(*reports(3)).at(x)) == (0, 1)
        assert weighted((2, Report(0)), (-1, Report(2)), (1, THIRD)).at(x) == 2 - HALF + THIRD
        assert mean(*reports(3)).at(x) == HALF
        assert clip(Report(0), THIRD, Fraction(2, 3)).at(x) == Fraction(2, 3)
        assert clip(Report(1), THIRD, Fraction(2, 3)).at(x) == THIRD

    @FEW
    @given(form=forms(3), x=profiles(3, 3))
    def test_arrays(self, form: Form, x: Profile) -> None:
        rule = Declared(form, 3)
        batch = rule.of_batch([[float(report) for report in x]])
        row = batch.row(0) if isinstance(batch, Lotteries) else batch[0]
        one = play(lambda _: row, x)
        expected = play(rule, x)
        assert one.expect(float) == pytest.approx(float(expected.expect(Fraction)))
        assert one.expect(lambda y: y**2) == pytest.approx(float(expected.expect(lambda y: y**2)))

    @FEW
    @given(form=forms(3), x=profiles(3, 3))
    def test_floats_are_rounded_once(self, form: Form, x: Profile) -> None:
        floats = tuple(map(float, x))
        exactly = play(Declared(form, 3), tuple(map(Fraction, floats)))
        once = play(Declared(form, 3), floats)
        assert once.expect(lambda y: Fraction(y)) == exactly.expect(lambda y: Fraction(float(y)))

    def test_numbers_of_numpy_are_read(self) -> None:
        rule = Declared(wrong(Ranked)(np.uint8(1), reports(300)), 300)
        assert type(rule.form) is Ranked
        assert type(rule.form.rank) is int
        assert prove_declared(rule, ParetoOptimal(), UNIT, agents=300).word == "proved"

    def test_drawing_a_form_is_drawing_its_terms(self) -> None:
        rule = Declared(any_of(Report(0), Report(1), Fixed(0)), 2)
        assert [p for p, _ in rule.rules(2)] == [THIRD] * 3
        assert [r((HALF, Fraction(1))) for _, r in rule.rules(2)] == [HALF, 1, 0]

    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (lambda: Ranked(3, reports(2)), "rank is 3: there are only 2 terms"),
            (lambda: Ranked(0, reports(2)), "rank is 0"),
            (lambda: wrong(Weighted)(((0.5, Report(0)),)), r"parts\[0\] has weight 0.5"),
            (lambda: Mixed(((HALF, Report(0)),)), "probabilities that sum to 1/2"),
            (lambda: mixed((2, Report(0)), (-1, Report(1))), r"parts\[1\] has probability -1"),
            (lambda: Mixed(()), "parts is empty"),
            (lambda: wrong(median)(any_of(0, 1)), r"of\[0\] is a lottery"),
            (lambda: wrong(median)("x"), r"of\[0\] is 'x'"),
            (lambda: Fixed(float("nan")), "place is nan: it must be finite"),
            (lambda: Report(-1), "agent is -1"),
            (lambda: Declared(Report(2), 2), "the report of agent 2: there are 2 agents"),
            (lambda: Declared(Report(0), 2)([0]), "reports has 1 entries"),
            (lambda: wrong(Declared)(HALF, 2), "form is Fraction"),
            (lambda: Declared(Report(0), 2).of_batch(np.zeros(2)), r"shape \(2,\)"),
            (lambda: Declared(Report(0), 1).of_batch([[np.nan]]), r"profiles\[0, 0\] is nan"),
        ],
    )
    def test_what_is_no_form(self, make: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            make()


class TestUniformPhantomIsStrategyproofAndFair:
    """Aziz, Lam, Lee, Walsh: it is strategyproof, and gives every group its share."""

    @pytest.mark.parametrize("agents", range(3, 11))
    @pytest.mark.parametrize("line", [UNIT, PEAKED], ids=str)
    def test_strategyproof_by_its_form(self, agents: int, line: Line) -> None:
        found = prove_declared(uniform_phantom(agents), SP, line, agents=agents)
        assert isinstance(found, Proved)
        assert isinstance(found.certificate, ByForm)
        assert found.assuming == ()

    @pytest.mark.parametrize("agents", [3, 5, 10])
    @pytest.mark.parametrize("axiom", [*FAIR[:3], Proportional()], ids=named)
    def test_fair_by_the_word_of_z3(self, agents: int, axiom: Any) -> None:
        found = prove_declared(uniform_phantom(agents), axiom, UNIT, agents=agents)
        assert isinstance(found, Proved)
        assert found.certificate == Unsatisfiable(1, found.certificate.solver)
        assert found.assuming == (f"the word of {found.certificate.solver}",)
        assert found.certificate.solver.startswith("z3 ")

    @pytest.mark.parametrize(
        "axiom", [UnanimousFairShare(), ProportionallyFair(), Proportional()], ids=named
    )
    @pytest.mark.parametrize("shift", [Fraction(-1, 1000), Fraction(1, 1000)], ids=str)
    def test_a_shifted_phantom_is_unfair_by_the_shift(self, axiom: Any, shift: Fraction) -> None:
        for agents in (3, 6):
            rule = uniform_phantom(agents, shift)
            found = prove_declared(rule, axiom, UNIT, agents=agents)
            assert isinstance(found, Refuted)
            assert confirm(found)
            assert found.violation == abs(shift)
            half = mixed((HALF, phantom_term(agents)), (HALF, phantom_term(agents, shift)))
            found = prove_declared(Declared(half, agents), ExAnte(axiom), UNIT, agents=agents)
            assert isinstance(found, Refuted)
            assert confirm(found)
            assert found.violation == abs(shift) / 2

    @pytest.mark.parametrize("sign", [-1, 1])
    def test_the_mean_is_strongly_fair_and_nothing_that_is_nearer_to_an_end(
        self, sign: int
    ) -> None:
        every, tiny = reports(4), Fraction(sign, 1000)
        assert isinstance(
            prove_declared(Declared(mean(*every), 4), FAIR[3], UNIT, agents=4), Proved
        )
        tilted = weighted((1, mean(*every)), (tiny, largest(*every)), (-tiny, smallest(*every)))
        for axiom in (FAIR[3], FAIR[5]):
            found = prove_declared(Declared(tilted, 4), axiom, Line(), agents=4)
            assert isinstance(found, Refuted)
            assert confirm(found)

    def test_the_constrained_median_is_fair_to_each_and_not_to_groups(self) -> None:
        rule = ConstrainedMedian()
        assert isinstance(prove_declared(rule, FAIR[0], UNIT, agents=8), Proved)
        nearer = median(*reports(4), *(Fraction(249, 1000),) * 3)
        assert isinstance(prove_declared(Declared(nearer, 4), FAIR[0], UNIT, agents=4), Refuted)
        assert isinstance(prove_declared(rule, FAIR[1], UNIT, agents=8), Refuted)


class TestLotteries:
    """In expectation z3 decides by weights; each weight has one value at which it turns."""

    @pytest.mark.parametrize("agents", [2, 3, 6])
    def test_left_right_middle_needs_a_quarter(self, agents: int) -> None:
        exactly, less = Fraction(1, 4), Fraction(249, 1000)
        found = prove_declared(left_right_middle(agents, exactly), SP, UNIT, agents=agents)
        assert isinstance(found, Proved)
        assert isinstance(found.certificate, Unsatisfiable)
        found = prove_declared(left_right_middle(agents, less), SP, UNIT, agents=agents)
        assert isinstance(found, Refuted)
        assert confirm(found)
        assert found.arithmetic == "exact"

    @pytest.mark.parametrize("agents", [2, 3, 8])
    def test_the_mean_may_have_half(self, agents: int) -> None:
        half, more = average_or_rank(agents, HALF), average_or_rank(agents, Fraction(501, 1000))
        assert isinstance(prove_declared(half, SP, UNIT, agents=agents), Proved)
        found = prove_declared(more, SP, UNIT, agents=agents)
        assert isinstance(found, Refuted)
        assert confirm(found)

    def test_distance_is_what_hurts_or_it_fails(self) -> None:
        for rule in (left_right_middle(3, Fraction(1, 4)), average_or_rank(3, HALF)):
            found = prove_declared(rule, SP, PEAKED, agents=3)
            assert isinstance(found, Refuted)
            assert confirm(found)

    def test_random_rank_draws_rules_that_are_strategyproof(self) -> None:
        for agents in (2, 4):
            universal = Universally(SP)
            assert isinstance(prove_declared(RandomRank(), universal, UNIT, agents=agents), Proved)
            found = prove_declared(LeftRightMiddle(), universal, UNIT, agents=agents)
            assert isinstance(found, Refuted)
            assert confirm(found)

    def test_random_dictatorship_has_the_lottery_and_not_the_rules_of_random_rank(self) -> None:
        rank, dictator = RandomRank().declared(4), RandomDictatorship().declared(4)
        assert key(spread(rank)) == key(spread(dictator))
        assert isinstance(prove_declared(RandomDictatorship(), Anonymous(), UNIT, agents=4), Proved)
        found = prove_declared(RandomDictatorship(), Universally(Anonymous()), UNIT, agents=4)
        assert isinstance(found, Refuted)
        assert isinstance(
            prove_declared(RandomRank(), Universally(Anonymous()), UNIT, agents=4), Proved
        )

    @pytest.mark.parametrize("agents", [1, 2, 4])
    def test_random_rank_is_strongly_proportional_in_expectation(self, agents: int) -> None:
        for axiom in FAIR:
            found = prove_declared(RandomRank(), ExAnte(axiom), UNIT, agents=agents)
            assert isinstance(found, Proved), found
        if agents > 1:
            found = prove_declared(RandomRank(), UnanimousFairShare(), UNIT, agents=agents)
            assert isinstance(found, Refuted)


class TestFoils:
    """Each axiom refutes something, with a witness that was played."""

    @pytest.mark.parametrize(
        ("form", "axiom", "line"),
        [
            (mean(*reports(4)), SP, UNIT),
            (mean(*reports(4)), SP, PEAKED),
            (median(*reports(4)), SP, NUISANCE),
            (Report(2), Anonymous(), UNIT),
            (smallest(Report(0), Report(1)), Anonymous(), UNIT),
            (largest(Report(2), Report(3)), Anonymous(), UNIT),
            (weighted((1, 1), (-1, largest(Report(2), Report(3)))), Anonymous(), UNIT),
            (weighted((1, 1), (-1, smallest(Report(0), Report(1)))), Anonymous(), UNIT),
            (Mixed(((HALF, Report(2)), (HALF, median(*reports(4))))), Anonymous(), UNIT),
            (Fixed(HALF), Unanimous(), UNIT),
            (any_of(Report(0), HALF), ExAnte(Unanimous()), UNIT),
            (median(*reports(4), 0, 0, 0, 0, HALF), ParetoOptimal(), UNIT),
            (Report(1), FAIR[0], UNIT),
            (median(*reports(4)), FAIR[1], UNIT),
            (median(*reports(4)), FAIR[2], UNIT),
            (median(*reports(4)), FAIR[3], UNIT),
            (median(*reports(4)), FAIR[4], UNIT),
            (mean(Report(0), mean(*reports(4))), FAIR[5], UNIT),
            (any_of(Report(0), Report(1)), ExAnte(FAIR[0]), UNIT),
            (any_of(Report(0), Report(1)), ExAnte(FAIR[1]), UNIT),
            (any_of(Report(0), Report(1)), ExAnte(FAIR[2]), UNIT),
            (any_of(Report(0), Report(1)), ExAnte(FAIR[3]), UNIT),
            (any_of(Report(0), Report(1)), ExAnte(FAIR[4]), UNIT),
            (any_of(Report(0), Report(1)), ExAnte(FAIR[5]), UNIT),
        ],
    )
    def test_refuted(self, form: Form, axiom: Any, line: Line) -> None:
        found = prove_declared(Declared(form, 4), axiom, line, agents=4)
        assert isinstance(found, Refuted), found
        assert confirm(found)
        assert found.arithmetic == "exact"

    @pytest.mark.parametrize(
        ("chosen", "end", "agent"), [(largest, 1, 2), (smallest, 0, 0)], ids=["high", "low"]
    )
    def test_the_one_who_gains_may_be_any_of_those_who_are_alike(
        self, chosen: Any, end: int, agent: int
    ) -> None:
        """Halfway from an extreme report to the end beyond it, only who is there is heard."""
        rule = Declared(mean(chosen(*reports(3)), Fixed(end)), 3)
        found = prove_declared(rule, SP, UNIT, agents=3)
        assert isinstance(found, Refuted)
        assert (
            sorted(found.case.instance.reports)[agent]
            == found.case.instance.reports[found.case.agent]
        )

    def test_what_leaves_the_line_is_no_mechanism_of_it(self) -> None:
        rule = Declared(weighted((2, Report(0))), 1)
        assert isinstance(prove_declared(rule, SP, UNIT, agents=1), Misbehaved)
        assert isinstance(prove_declared(rule, SP, Line(), agents=1), Refuted)
        assert isinstance(prove_declared(Declared(Fixed(2), 3), SP, UNIT, agents=3), Misbehaved)

    def test_a_nuisance_is_built_where_nobody_is_asked(self) -> None:
        assert isinstance(prove_declared(Constant(HALF), SP, NUISANCE, agents=9), Proved)


class TestTwoProversAgree:
    """Code that is explored on all paths, and its form, are proved or refuted alike."""

    @settings(max_examples=8)
    @given(form=forms(2), axiom=st.sampled_from([SP, Anonymous(), Unanimous(), *FAIR[:4]]))
    def test_for_two_agents(self, form: Form, axiom: Any) -> None:
        self._agree(Declared(form, 2), axiom, UNIT)

    @settings(max_examples=6)
    @given(form=forms(3), line=st.sampled_from([UNIT, PEAKED, NUISANCE]))
    def test_strategyproofness_for_three(self, form: Form, line: Line) -> None:
        self._agree(Declared(form, 3), SP, line)

    @settings(max_examples=6)
    @given(form=forms(2), axiom=st.sampled_from(FAIR[:4]))
    def test_in_expectation(self, form: Form, axiom: Any) -> None:
        self._agree(Declared(form, 2), ExAnte(axiom), UNIT)

    def _agree(self, rule: Declared, axiom: Any, line: Line) -> None:
        by_paths = prove_by_paths(rule, axiom, line, agents=rule.agents, budget=Budget(3_000))
        declared = prove_declared(rule, axiom, line, agents=rule.agents)
        if isinstance(by_paths, Unknown):
            assert isinstance(declared, (Proved, Refuted, Unknown))
            return
        assert declared.word == by_paths.word, (declared, by_paths)

    @FEW
    @given(form=forms(3), axiom=st.sampled_from([SP, Anonymous(), Unanimous(), *FAIR]))
    def test_nothing_that_is_proved_fails_on_a_grid(self, form: Form, axiom: Any) -> None:
        found = prove_declared(Declared(form, 3), axiom, UNIT, agents=3)
        assert isinstance(found, (Proved, Refuted))
        if isinstance(found, Proved):
            tried = check(lift(axiom), Declared(form, 3), Domain(UNIT.grid(2), 3))
            assert isinstance(tried, Tally)


class TestWhatFormsShow:
    """Clamps, symmetry and bounds are read off a form, and are true of it."""

    @FEW
    @given(form=terms(2), x=profiles(2, 2), lie=places())
    def test_a_clamp_is_a_clamp(self, form: Term, x: Profile, lie: Fraction) -> None:
        if not clamps(form):
            return
        far = [form.at((end, x[1])) for end in (Fraction(-9), Fraction(9))]
        assert form.at(x) == min(max(x[0], far[0]), far[1])

    def test_an_average_is_none(self) -> None:
        assert clamps(median(*reports(3), clip(Report(0), THIRD, HALF)))
        assert clamps(weighted((1, Report(0))))
        assert not clamps(median(mean(Report(0), Report(1)), Report(2), 0))
        assert not clamps(any_of(Report(0), mean(*reports(2))))

    @FEW
    @given(form=forms(3), x=profiles(3, 3))
    def test_agents_who_may_be_exchanged_may_be(self, form: Form, x: Profile) -> None:
        for block in blocks(form, 3):
            for order in itertools.permutations(block):
                y = list(x)
                for place, agent in zip(block, order, strict=True):
                    y[place] = x[agent]
                assert play(Declared(form, 3), tuple(y)) == play(Declared(form, 3), x)

    def test_blocks(self) -> None:
        a, b, c, d = reports(4)
        assert blocks(median(a, b, c, d, HALF), 4) == [range(4)]
        assert blocks(median(mean(a, b), mean(d, c), 0), 4) == [range(2), range(2, 4)]
        assert blocks(RandomDictatorship().declared(4), 4) == [range(4)]
        assert blocks(b, 3) == [range(1), range(1, 2), range(2, 3)]
        assert blocks(c, 3) == [range(2), range(2, 3)]

    @FEW
    @given(form=forms(3), x=profiles(3, 3))
    def test_spreading_changes_no_lottery(self, form: Form, x: Profile) -> None:
        ranks = tuple(Ranked(rank, (*reports(3), Fixed(HALF))) for rank in (1, 2, 3, 4))
        every = any_of(*(term for _, term in drawn(form)), *ranks)
        for one in (form, every):
            assert play(Declared(spread(one), 3), x) == play(Declared(one, 3), x)
        assert not any(
            isinstance(t, Ranked) and t in ranks for _, t in drawn(spread(any_of(*ranks)))
        )

    @FEW
    @given(form=forms(3), x=profiles(3, 3))
    def test_bounds(self, form: Form, x: Profile) -> None:
        drawn_at = [term.at(x) for _, term in drawn(form)]
        if between_reports(form):
            assert all(min(x) <= place <= max(x) for place in drawn_at)
        assert on_the_line(form, Fraction(0), Fraction(1))
        if on_the_line(form, THIRD, HALF):
            inside = tuple(min(max(report, THIRD), HALF) for report in x)
            assert all(THIRD <= term.at(inside) <= HALF for _, term in drawn(form))

    def test_bounds_of_ranks(self) -> None:
        assert between_reports(median(*reports(3), 0, 1))
        assert not between_reports(median(*reports(3), 0, 0, 0, 1, 1, 1))
        assert not between_reports(weighted((2, Report(0)), (-1, Report(1))))
        assert between_reports(clip(HALF, smallest(*reports(3)), largest(*reports(3))))


class Liar:
    """It says the median, and builds at the lowest report when all reports are above 1/2."""

    def declared(self, agents: int, /) -> Term:
        return median(*reports(agents))

    def __call__(self, x: Sequence[Any]) -> Any:
        return min(x) if min(x) > HALF else sorted(x)[(len(x) - 1) // 2]


class TestWhatIsGranted:
    """A proof is about the form: of other code it is granted, and said, that it computes it."""

    def test_the_code_of_a_rule(self) -> None:
        found = prove_declared(UniformPhantom(), SP, UNIT, agents=12)
        assert isinstance(found, Proved)
        assert found.assuming == ("that its code computes what it declares, as at 256 profiles",)
        assert "granted that its code computes what it declares" in str(found)

    def test_code_that_is_seen_to_do_otherwise(self) -> None:
        for axiom in (SP, Anonymous(), Universally(SP)):
            found = prove_declared(Liar(), axiom, UNIT, agents=3)
            assert isinstance(found, Misbehaved)
            assert "otherwise than it declares" in found.what

    def test_rules_that_are_not_those_declared(self) -> None:
        class Other(RandomDictatorship):
            def declared(self, agents: int, /) -> Form:
                return RandomRank().declared(agents)

        found = prove_declared(Other(), Universally(Anonymous()), UNIT, agents=3)
        assert isinstance(found, Misbehaved)
        assert isinstance(prove_declared(Other(), Anonymous(), UNIT, agents=3), Proved)

    def test_code_that_raises(self) -> None:
        found = prove_declared(UniformPhantom(), SP, Line(0, 2), agents=5)
        assert isinstance(found, Misbehaved)
        assert "raises ValueError" in found.what

    def test_few_agents_need_no_grant(self) -> None:
        found = prove(Median(), SP, UNIT, agents=3)
        assert isinstance(found, Proved)
        assert isinstance(found.certificate, Explored)
        assert found.assuming == ()

    def test_more_agents_do(self) -> None:
        found = prove(Median(), SP, UNIT, agents=11)
        assert isinstance(found, Proved)
        assert isinstance(found.certificate, ByForm)
        assert found.assuming

    def test_a_search_ends_in_a_proof(self) -> None:
        found = verify(UniformPhantom(), SP, UNIT, agents=5, budget=Budget(20))
        assert isinstance(found, Proved)

    def test_verdicts_are_written_and_read(self) -> None:
        for axiom in (SP, UnanimousFairShare()):
            found = prove_declared(uniform_phantom(5), axiom, UNIT, agents=5)
            assert decode(json.loads(json.dumps(found.to_json()))) == found
            assert isinstance(found, Proved)
            with pytest.raises(ValueError, match="certificates are made of"):
                certificate(found)


class TestWhatIsNotProved:
    """What is not known as a formula, or not decided in time, is unknown."""

    @pytest.mark.parametrize(
        ("axiom", "line", "reason"),
        [
            (SP, UNIT.grid(4), "no line with all its numbers"),
            (SP, Line(0, 0.5), "no line with all its numbers"),
            (SP, Line(0, 1, tastes=Hybrid((0,))), "what a lie gains is not known"),
            (Unanimous(), NUISANCE, "not known as a formula"),
            (UnanimousFairShare(), PEAKED, "not known as a formula"),
            (UnanimousFairShare(), Line(), "needs two finite ends"),
            (IndividualFairShare("integral"), UNIT, "there is no budget"),
        ],
    )
    def test_unknown(self, axiom: Any, line: Line, reason: str) -> None:
        rule = Declared(mean(*reports(3)), 3)
        found = prove_declared(rule, axiom, line, agents=3)
        assert isinstance(found, Unknown)
        assert reason in found.reason

    def test_a_budget_that_is_too_small(self) -> None:
        rule = uniform_phantom(30)
        found = prove_declared(rule, UnanimousFairShare(), UNIT, agents=30, budget=Budget(1))
        assert isinstance(found, Unknown)
        assert "within the budget" in found.reason

    def test_other_numbers_of_agents(self) -> None:
        found = prove_declared(uniform_phantom(4), SP, UNIT, agents=5)
        assert isinstance(found, Unknown)
        assert "the form is for 4 agents" in found.reason

    def test_what_declares_nothing(self) -> None:
        with pytest.raises(ValueError, match="it must say what it computes"):
            prove_declared(FartherEnd(), SP, NUISANCE, agents=3)
        assert isinstance(prove(sorted, SP, UNIT, agents=3), Unknown)

    def test_without_z3_the_form_and_the_paths_are_left(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def missing(name: str) -> Any:
            if name == "z3":
                raise ImportError(name)
            return importlib.import_module(name)

        monkeypatch.setattr("mechsim.proving.declarative.import_module", missing)
        rule = uniform_phantom(3)
        assert isinstance(prove_declared(rule, SP, UNIT, agents=3), Proved)
        found = prove_declared(rule, UnanimousFairShare(), UNIT, agents=3)
        assert isinstance(found, Unknown)
        assert "z3 is not installed: pip install 'mechsim[smt]'" in found.reason
        found = prove(rule, UnanimousFairShare(), UNIT, agents=3)
        assert isinstance(found, Proved)
        assert isinstance(found.certificate, Explored)


class TestManyAgents:
    """What takes (n + 1)! paths takes a form of n terms."""

    def test_a_thousand_by_form(self) -> None:
        found = prove_declared(uniform_phantom(1_000), SP, UNIT, agents=1_000)
        assert isinstance(found, Proved)

    @pytest.mark.slow
    @pytest.mark.parametrize("agents", [20, 40, 100])
    def test_twenty_and_more_by_z3(self, agents: int) -> None:
        for axiom in (UnanimousFairShare(), ProportionallyFair()):
            found = prove_declared(uniform_phantom(agents), axiom, UNIT, agents=agents)
            assert isinstance(found, Proved)
        rule = left_right_middle(agents, Fraction(1, 4))
        assert isinstance(prove_declared(rule, SP, UNIT, agents=agents), Proved)


class Averaging(Ranked):
    """A rank by its form that plays as the mean."""

    def at(self, reports: Any, /) -> Any:
        return sum(reports, Fraction(0)) / len(reports)


class TestTermsAreWhatTheySay:
    """A class derived from a term may play otherwise than its form says, and is refused."""

    def test_as_a_whole_form(self) -> None:
        with pytest.raises(ValueError, match="it must be a term, or Mixed"):
            Declared(Averaging(1, reports(2)), 2)

    def test_within_a_form(self) -> None:
        with pytest.raises(ValueError, match="it must be a term, and not of a class of its own"):
            smallest(Averaging(1, reports(2)), 1)
        with pytest.raises(ValueError, match="it must be a term, and not of a class of its own"):
            mixed((Fraction(1), Averaging(1, reports(2))))


def nested(depth: int, grown: Callable[[Term], Term]) -> Term:
    """A median, with so many terms around it; three stand one in another at first."""
    term: Term = median(*reports(2), HALF)
    for _ in range(depth):
        term = grown(term)
    return term


def below_one(term: Term) -> Term:
    return smallest(term, 1)


def halfway_to_one(term: Term) -> Term:
    return mean(term, 1)


def twice(term: Term) -> Term:
    return smallest(term, largest(term, THIRD))


def halfway_to_itself(term: Term) -> Term:
    return mean(term, twice(term))


class TestForms:
    """A form is as large as it is written; what is too large is refused where it is made."""

    @given(form=terms(3))
    def test_terms_are_counted_as_they_are_written(self, form: Term) -> None:
        def written(term: Term) -> tuple[int, int]:
            within = [written(part) for part in inside(term)]
            return 1 + sum(n for n, _ in within), 1 + max((d for _, d in within), default=0)

        assert form.extent == written(form)

    def test_shared_terms_are_written_twice(self) -> None:
        """20 lines of code may make three million terms, and 30 what nobody can write."""
        assert nested(10, twice).extent.terms == 2**10 * (4 + 3) - 3
        for grown in (twice, halfway_to_itself):
            with pytest.raises(ValueError, match=r"makes a form of .* there may be 4,000,000"):
                nested(30, grown)
        term = nested(19, twice)
        with pytest.raises(ValueError, match="parts makes a form of"):
            mixed((HALF, term), (HALF, term))

    @pytest.mark.parametrize("grown", [below_one, halfway_to_one])
    def test_terms_stand_in_few_others(self, grown: Callable[[Term], Term]) -> None:
        """As many as every door lets through; more are refused by name, and no recursion ends."""
        rule = Declared(nested(DEEPEST - 2, grown), 2)
        assert hash(pickle.loads(pickle.dumps(rule))) == hash(rule)
        assert rule == Declared(nested(DEEPEST - 2, grown), 2)
        assert str(rule) in str(verify(rule, Anonymous(), UNIT, agents=2))
        played: Any = rule.of_batch([[0.0, 1.0]])
        assert float(rule((Fraction(0), Fraction(1)))) == pytest.approx(float(played[0]))
        for axiom in (SP, Anonymous(), Unanimous()):
            assert isinstance(prove(rule, axiom, UNIT, agents=2), (Proved, Refuted))
        with pytest.raises(ValueError, match="makes a form in which 81 terms stand one in another"):
            nested(DEEPEST - 1, grown)
