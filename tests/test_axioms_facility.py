"""Which mechanism has which axiom of facility location; foils, and what witnesses say."""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any, TypeAlias

import pytest
from strategies import Profile

from mechsim import Anonymous, Domain, Instance, Line, Strategyproof, uniform, verify
from mechsim.algorithms.balls import Enclosed, ball
from mechsim.axioms import (
    SEPARATIONS,
    Agreement,
    ClampIdentity,
    Drawing,
    Everybody,
    ExPost,
    GroupStrategyproof,
    Increase,
    Individual,
    IndividualFairShare,
    JointMisreport,
    LikeMinded,
    Monotone,
    Neighbours,
    ParetoOptimal,
    Proportional,
    ProportionallyFair,
    Refuted,
    Seen,
    Split,
    StrictlyMonotone,
    StronglyProportional,
    StronglyProportionallyFair,
    Tally,
    Unanimous,
    UnanimousFairShare,
    Undecided,
    Unknown,
    WithProbability,
    Written,
    check,
    confirm,
)
from mechsim.axioms.names import label
from mechsim.facility import (
    Constant,
    Dictatorship,
    Mean,
    Median,
    Nash,
    OrderStatistic,
    RandomRank,
    UniformPhantom,
)
from mechsim.preferences import Positions, Rankings, SinglePeaked

UNIT = Line(0, 1)
HALVES, QUARTERS, SIXTHS = (UNIT.grid(steps) for steps in (2, 4, 6))
THREE, FIVE = (tuple(Fraction(k, steps) for k in range(steps + 1)) for steps in (2, 4))
ZERO, SIXTH, QUARTER, HALF, ONE = (Fraction(k, 12) for k in (0, 2, 3, 6, 12))
FIVE_SIXTHS = 5 * SIXTH
COALITION = SEPARATIONS[-1]  # two agents who had better trade reports
Rule: TypeAlias = Callable[[Profile], Fraction]


def at(setting: Line, *reports: Fraction | int) -> Instance:
    return Instance(setting, tuple(map(Fraction, reports)))


def spread(x: Profile) -> Fraction:
    return max(x) - min(x)


def midrange(x: Profile) -> Fraction:
    return (min(x) + max(x)) / 2


def mid_or_nearest(x: Profile) -> Fraction:
    return min(max(HALF, min(x)), max(x))


def mean_or_rank(x: Profile) -> Any:
    return uniform([*x, *[sum(x) / Fraction(len(x))] * len(x)])


def coin(x: Profile) -> Any:
    return uniform([ZERO, ONE])


def left_right_middle(x: Profile) -> Any:
    return uniform([min(x), max(x), midrange(x), midrange(x)])


class TestFoils:
    """Every axiom has a mechanism that breaks it, by a smallest witness that we can name."""

    @pytest.mark.parametrize(
        ("axiom", "foil", "case", "violation"),
        [
            (Unanimous(), Constant(HALF), Agreement(at(SIXTHS, 0, 0, 0)), HALF),
            (ParetoOptimal(), Constant(HALF), Everybody(at(SIXTHS, 0, 0, 0)), HALF),
            (Monotone(), spread, Increase(at(SIXTHS, 0, SIXTH), 0, SIXTH), SIXTH),
            (StrictlyMonotone(), Median(), Increase(at(SIXTHS, 0, 0, 0), 0, SIXTH), 1),
            (ClampIdentity(), Mean(), Seen(at(SIXTHS, 0, SIXTH), 1), SIXTH / 2),
            (
                GroupStrategyproof(),
                Mean(),
                JointMisreport(at(HALVES, 0, HALF), (1,), (ONE,)),
                QUARTER,
            ),
            (
                GroupStrategyproof(),
                COALITION.mechanism,
                JointMisreport(COALITION.instances[2], (0, 1), (Fraction(1, 3), Fraction(2, 3))),
                Fraction(1, 3),
            ),
            (
                IndividualFairShare(),
                Median(),
                Individual(at(SIXTHS, 0, 0, FIVE_SIXTHS), FIVE_SIXTHS),
                SIXTH,
            ),
            (
                UnanimousFairShare(),
                Median(),
                LikeMinded(at(SIXTHS, 0, 0, FIVE_SIXTHS), FIVE_SIXTHS, 1),
                SIXTH,
            ),
            (
                ProportionallyFair(),
                Median(),
                Neighbours(at(SIXTHS, 0, 0, FIVE_SIXTHS), FIVE_SIXTHS, FIVE_SIXTHS, 1, FIVE_SIXTHS),
                SIXTH,
            ),
            (
                StronglyProportionallyFair(),
                UniformPhantom(),
                Neighbours(at(SIXTHS, 0, 0, SIXTH), ZERO, ZERO, 2, ZERO),
                Fraction(1, 9),
            ),
            (Proportional(), Median(), Split(at(SIXTHS, 0, 0, 1), ZERO, ONE, False), 2 * SIXTH),
            (
                StronglyProportional(),
                UniformPhantom(),
                Split(at(SIXTHS, 0, 0, SIXTH), ZERO, SIXTH, True),
                Fraction(1, 9),
            ),
            (
                WithProbability(ProportionallyFair(), HALF),
                RandomRank(),
                Drawing(at(SIXTHS, 0, 4 * SIXTH)),
                HALF,
            ),
        ],
    )
    def test_witness(self, axiom: Any, foil: Any, case: Any, violation: Any) -> None:
        instance: Instance = case.instance
        verdict = verify(foil, axiom, instance.setting, agents=instance.agents)
        assert isinstance(verdict, Refuted)
        assert (verdict.case, verdict.violation) == (case, violation)
        assert verdict.arithmetic == "exact"
        assert confirm(verdict)


class TestWhichHasWhich:
    """Twelve axioms of nine rules, at all profiles of sixths; three agents fail more than two."""

    AXIOMS = (
        Anonymous(),
        Unanimous(),
        ParetoOptimal(),
        Strategyproof(),
        ClampIdentity(),
        IndividualFairShare(),
        UnanimousFairShare(),
        Proportional(),
        StronglyProportional(),
        ProportionallyFair(),
        Monotone(),
        StrictlyMonotone(),
    )

    @pytest.mark.parametrize(
        ("mechanism", "two", "three"),
        [
            (Median(), "IFS UFS PROP SPROP PF SMON", "IFS UFS PROP SPROP PF SMON"),
            (OrderStatistic(1), "IFS UFS PROP SPROP PF SMON", "IFS UFS PROP SPROP PF SMON"),
            (Dictatorship(), "ANON IFS UFS PROP SPROP PF SMON", "ANON IFS UFS PROP SPROP PF SMON"),
            (Constant(HALF), "UNAN PO UFS PROP SPROP PF SMON", "UNAN PO UFS PROP SPROP PF SMON"),
            (UniformPhantom(), "SPROP SMON", "SPROP SMON"),
            (Mean(), "SP CLAMP", "SP CLAMP"),
            (Nash(), "SP CLAMP", "SP CLAMP SPROP SMON"),
            (midrange, "SP CLAMP", "SP CLAMP UFS PROP SPROP PF SMON"),
            (mid_or_nearest, "SPROP SMON", "UFS PROP SPROP PF SMON"),
        ],
    )
    def test_table(self, mechanism: Any, two: str, three: str) -> None:
        for agents, fails in ((2, two), (3, three)):
            domain: Any = Domain(SIXTHS, agents)
            if "ANON" not in fails and agents == 3:  # the order of reports does not matter
                sorted_profiles = combinations_with_replacement(SIXTHS.points or (), agents)
                domain = [Instance(SIXTHS, x) for x in sorted_profiles]
            found = {
                label(axiom)
                for axiom in self.AXIOMS
                if isinstance(check(_read(axiom), mechanism, domain), Refuted)
            }
            assert found == set(fails.split())


def _read(axiom: Any) -> Any:
    return ExPost(axiom) if hasattr(axiom, "outcome_violation") else axiom


class TestRoundingFirst:
    """Reports rounded to {0, 1/n, ..., 1}, ties down, then Uniform Phantom: honest by distance.

    It is strategyproof where distance alone hurts, and proportional; it is not unanimous, no
    clamp, and manipulable for other single-peaked preferences.
    """

    @staticmethod
    def rule(x: Profile) -> Fraction:
        n = len(x)
        steps = [Fraction(k, n) for k in range(n + 1)]
        return UniformPhantom()([min(steps, key=lambda s: (abs(s - r), s)) for r in x])  # type: ignore[return-value]

    def test_axioms(self) -> None:
        domain = Domain(UNIT.grid(8), agents=2)
        has: list[Any] = [Strategyproof(), GroupStrategyproof(), ExPost(Proportional())]
        lacks: list[Any] = [ExPost(Unanimous()), ClampIdentity()]
        assert all(isinstance(check(axiom, self.rule, domain), Tally) for axiom in has)
        assert all(isinstance(check(axiom, self.rule, domain), Refuted) for axiom in lacks)
        all_single_peaked = Domain(Line(0, 1, UNIT.grid(8).points, SinglePeaked()), agents=2)
        assert isinstance(check(Strategyproof(), self.rule, all_single_peaked), Refuted)


class TestCasesThatAreNone:
    """A case that somebody wrote down and that is none is refused by name."""

    @pytest.mark.parametrize(
        ("case", "message"),
        [
            (Agreement(at(UNIT, 0, 1)), r"agents like different best, 0 and 1"),
            (Increase(at(UNIT, HALF), 1, ONE), "agent is 1: there are 1 agents"),
            (Increase(at(UNIT, HALF), 0, HALF), "report is 1/2: it must be above 1/2"),
            (Increase(at(HALVES, 0), 0, QUARTER), "report is 1/4: it must be a type of"),
            (Seen(at(UNIT, HALF), 1), "agent is 1: there are 1 agents"),
            (JointMisreport(at(UNIT, 0, 1), (), ()), r"lies is \(\): one for each of \(\)"),
            (JointMisreport(at(UNIT, 0, 1), (0, 1), (ONE,)), r"lies is \(1\): one for each of"),
            (JointMisreport(at(UNIT, 0, 1), (1, 0), (ONE, ONE)), "group is .*must be increasing"),
            (JointMisreport(at(UNIT, 0, 1), (0, 2), (ONE, ONE)), "agent is 2: there are 2 agents"),
        ],
    )
    def test_is_refused(self, case: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            case.validate()


class TestSettingsThatCannotSay:
    """What a setting does not know is unknown, or is refused by name; it is never proved."""

    def test_unknown(self) -> None:
        search = Positions((1,), values=(0, 1))
        for axiom in (Unanimous(), ParetoOptimal()):
            assert isinstance(verify(lambda x: (0, None), axiom, search, agents=2), Unknown)

    @pytest.mark.parametrize("axiom", [Monotone(), StrictlyMonotone(), ClampIdentity()])
    def test_refused(self, axiom: Any) -> None:
        with pytest.raises(ValueError, match="the axiom is about places on a Line"):
            verify(lambda x: "a", axiom, Rankings(("a", "b")), agents=2)

    def test_chance_in_clamps(self) -> None:
        case = Seen(at(UNIT, 0, 1), 0)
        with pytest.raises(Undecided, match="Universally asks it of each rule"):
            ClampIdentity().violation(RandomRank(), case)


class TestIrrationalOutcomes:
    """What balls do not decide is neither a violation nor none, until they are refined."""

    ROOT = Enclosed(ball(Fraction(1, 2)).sqrt())  # 0.707
    THIRD = Enclosed(ball(Fraction(1, 3)))

    @pytest.mark.parametrize(
        ("axiom", "instance", "outcome", "verdict"),
        [
            (ParetoOptimal(), at(UNIT, 0, 1), ROOT, Tally),
            (ParetoOptimal(), at(UNIT, 0, HALF), ROOT, Refuted),
            (ParetoOptimal(), at(UNIT, Fraction(1, 3), 1), THIRD, Unknown),
            (Unanimous(), at(UNIT, 1, 1), ROOT, Refuted),
            (ProportionallyFair(), at(UNIT, 0, 1), ROOT, Refuted),
            (ProportionallyFair(), at(UNIT, HALF, 1), ROOT, Tally),
            (Proportional(), at(UNIT, 0, 0, 1), THIRD, Unknown),
            (WithProbability(ParetoOptimal(), 1), at(UNIT, 0, HALF), ROOT, Refuted),
            (WithProbability(ParetoOptimal(), 1), at(UNIT, 0, 1), ROOT, Tally),
            (WithProbability(Proportional(), 1), at(UNIT, 0, 0, 1), THIRD, Unknown),
        ],
    )
    def test_verdicts(self, axiom: Any, instance: Instance, outcome: Any, verdict: Any) -> None:
        assert isinstance(check(_read(axiom), lambda _: outcome, [instance]), verdict)

    @pytest.mark.parametrize("peaks", [(HALF, ONE), (ONE, HALF)])
    def test_a_coalition_one_of_whom_may_not_gain(self, peaks: Profile) -> None:
        """From 1/3 to 2/3 an agent at 1/2 gains nothing, and the ball around 1/3 cannot tell."""
        lies = (ZERO, ZERO)
        table = Written(((peaks, self.THIRD), (lies, Fraction(2, 3))))
        case = JointMisreport(Instance(HALVES, peaks), (0, 1), lies)
        gain = GroupStrategyproof().violation(table, case)
        assert not gain > 0
        assert not gain <= 0

    def test_increases(self) -> None:
        table = Written((((ZERO,), self.THIRD), ((HALF,), self.ROOT), ((ONE,), self.ROOT)))
        up = StrictlyMonotone().violation(table, Increase(at(HALVES, 0), 0, HALF))
        assert up == 0
        level = StrictlyMonotone().violation(table, Increase(at(HALVES, HALF), 0, ONE))
        assert not level > 0
        assert not level <= 0


class TestSentences:
    """Witnesses read as sentences."""

    @pytest.mark.parametrize(
        ("axiom", "mechanism", "instance", "sentence"),
        [
            (
                ExPost(Unanimous()),
                Constant(HALF),
                at(SIXTHS, 0, 0),
                "at (0, 0), everybody likes 0 best and somebody loses 1/2 with outcome 1/2",
            ),
            (
                ExPost(ParetoOptimal()),
                coin,
                at(SIXTHS, 0, HALF),
                "at (0, 1/2), if 1 is drawn, something 1/2 away is better for somebody and worse "
                "for nobody",
            ),
            (
                Monotone(),
                spread,
                at(SIXTHS, 0, SIXTH),
                "at (0, 1/6), agent 0 reports 1/6 instead of 0, and the outcome falls from 1/6 to "
                "0",
            ),
            (
                StrictlyMonotone(),
                left_right_middle,
                at(SIXTHS, 0, SIXTH, 1),
                "at (0, 1/6, 1), agent 1 reports 1/3 instead of 1/6, and the expected outcome "
                "stays at 1/2",
            ),
            (
                ClampIdentity(),
                Mean(),
                at(SIXTHS, 0, HALF),
                "at (0, 1/2), the outcome would be 0 if agent 1 reported 0 and 1/2 if it reported "
                "1; its report clamped between them is 1/2, and the outcome is 1/4",
            ),
            (
                GroupStrategyproof(),
                COALITION.mechanism,
                COALITION.instances[2],
                "at (2/3, 1/3), agent 0 and agent 1 report (1/3, 2/3) instead of (2/3, 1/3), which "
                "moves the outcome from {1: 1/2, 0: 1/2} to {1/3: 1/2, 2/3: 1/2} and gains each "
                "of them at least 1/3",
            ),
            (
                GroupStrategyproof(),
                Mean(),
                at(HALVES, 0, HALF),
                "at (0, 1/2), agent 1 reports 1 instead of 1/2, which moves the outcome from 1/4 "
                "to 1/2 and gains it 1/4",
            ),
            (
                WithProbability(UnanimousFairShare(), HALF),
                RandomRank(),
                at(SIXTHS, 0, 1),
                "it holds with probability 0 only: at (0, 1), the agent who reports 1 gets 1/2 "
                "less than its share if 0 is drawn",
            ),
        ],
    )
    def test_sentence(self, axiom: Any, mechanism: Any, instance: Instance, sentence: str) -> None:
        found = check(axiom, mechanism, [instance])
        assert isinstance(found, Refuted)
        assert found.because == sentence


class TestClampOnTheContinuum:
    """Between the ends of the line, where it has no points, the report is clamped."""

    def test_extremes(self) -> None:
        from mechsim.axioms import Seen

        line = Line(0, 1)
        assert Seen(Instance(line, line.read([0, 1])), 0).extremes == (0, 1)
