"""Which strategyproof rules of facility location there are, and which there cannot be."""

import importlib
from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import comb
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import (
    Anonymous,
    Domain,
    Instance,
    Line,
    SinglePeaked,
    Strategyproof,
    Unanimous,
    UnanimousFairShare,
    judge,
    verify,
)
from mechsim.axioms import (
    ByDistance,
    IndividualFairShare,
    IndividualNuisanceShare,
    ParetoOptimal,
    Proportional,
    ProportionallyFair,
    Proved,
    Refuted,
    StronglyProportional,
    UnanimousNuisanceShare,
)
from mechsim.design import (
    BestRule,
    NoRule,
    SomeRule,
    Undetermined,
    best_rule,
    count_rules,
    every_rule,
    impossible,
)
from mechsim.design.refutation import _compiled, _needed, read_proof, solver
from mechsim.facility import (
    Centroid,
    CoordinatewiseMedian,
    FartherEnd,
    LowestCorner,
    Median,
    PhantomMedian,
    UniformPhantom,
)
from mechsim.lottery import sure
from mechsim.objectives import (
    Approximates,
    ComplementedGini,
    Egalitarian,
    Gini,
    MaxCost,
    NashWelfare,
    TotalCost,
    ratio,
)
from mechsim.preferences import (
    Cells,
    ChebyshevDistance,
    EuclideanDistance,
    ManhattanDistance,
    Obnoxious,
    Space,
    Stretch,
    Stretches,
)

UNIT = Line(0, 1)
ANY = Line(0, 1, tastes=SinglePeaked())
NUISANCE = Line(0, 1, tastes=Obnoxious())
THREE: tuple[Any, ...] = (Strategyproof(), Anonymous(), ParetoOptimal())
CENTIMETRES = st.integers(0, 12).map(lambda k: Fraction(k, 12))


def places(line: Line) -> tuple[Any, ...]:
    """The points of a grid."""
    assert line.points is not None
    return line.points


def follows(found: NoRule) -> bool:
    """Whether each lemma follows from its hints, one after the other, and the last is empty."""
    known = [set(reason.literals) for reason in found.core]
    for lemma, hints in found.lemmas:
        false, left = {-literal for literal in lemma}, {0}
        for place, hint in enumerate(hints):
            left = {literal for literal in known[hint] if -literal not in false}
            if len(left) > 1 or (not left and place < len(hints) - 1):
                return False
            false |= left
        if left:
            return False
        known.append(set(lemma))
    return not found.lemmas[-1][0]


class TestStrongProportionality:
    """arXiv:2205.14798: no deterministic strategyproof rule is strongly proportional."""

    @pytest.mark.parametrize("line", [UNIT, ANY], ids=["distance", "orders"])
    @pytest.mark.parametrize(("agents", "steps", "parts"), [(2, 4, 8), (3, 3, 9)])
    def test_two_profiles_contradict_each_other(
        self, line: Line, agents: int, steps: int, parts: int
    ) -> None:
        axioms: list[Any] = [Strategyproof(), StronglyProportional()]
        found = impossible(
            axioms, line.grid(steps), agents=agents, alternatives=places(UNIT.grid(parts))
        )
        assert isinstance(found, NoRule)
        assert follows(found)
        assert len(found.profiles) == 2

    def test_the_two_profiles_by_hand(self) -> None:
        """At (0, 1/2) and (0, 1) the facility is forced, and an agent at 1/2 reports 1."""
        half, quarter = Fraction(1, 2), Fraction(1, 4)
        for reports, place in (((0, half), quarter), ((0, 1), half)):
            here = Instance(UNIT, UNIT.read(reports))
            for other in places(UNIT.grid(8)):
                fair = isinstance(judge(other, StronglyProportional(), here), Proved)
                assert fair == (other == place)
        assert UNIT.value(0, half, half) > UNIT.value(0, half, quarter)


class TestPhantomsOfFairRules:
    """arXiv:2111.01566: with individual fair share, the phantoms of an anonymous, unanimous and
    strategyproof rule are those between 1/n and 1 - 1/n."""

    @pytest.mark.parametrize(
        ("agents", "steps", "rules"), [(2, 4, 1), (3, 3, 3), (3, 6, 6)], ids=str
    )
    def test_as_many_as_multisets_of_these(self, agents: int, steps: int, rules: int) -> None:
        line = ANY.grid(steps)
        axioms: list[Any] = [
            Strategyproof(),
            Anonymous(),
            Unanimous(),
            ByDistance(IndividualFairShare()),
        ]
        phantoms = [p for p in places(line) if steps <= agents * p * steps <= (agents - 1) * steps]
        inside = list(combinations_with_replacement(phantoms, agents - 1))
        assert len(inside) == rules
        found = list(every_rule(axioms, line, agents=agents, alternatives=places(line)))
        tables = {tuple(rule(i.reports) for i in Domain(line, agents)) for rule in found}
        medians = (PhantomMedian(multiset, UNIT) for multiset in inside)
        assert tables == {tuple(m(i.reports) for i in Domain(line, agents)) for m in medians}

    @pytest.mark.parametrize(
        ("agents", "points"),
        [(2, 3), (2, 5), (3, 4), pytest.param(3, 7, marks=pytest.mark.slow)],
    )
    def test_without_fairness_moulins_counts(self, agents: int, points: int) -> None:
        line = ANY.grid(points - 1)
        axioms: list[Any] = [Strategyproof(), Anonymous()]
        unanimous = [*axioms, Unanimous()]
        assert count_rules(unanimous, line, agents=agents, alternatives=places(line)) == comb(
            points + agents - 2, agents - 1
        )
        assert count_rules(axioms, line, agents=agents, alternatives=places(line)) == comb(
            points + agents, agents + 1
        )


class TestUniformPhantomIsTheOnlyRule:
    """arXiv:2111.01566: of strategyproof rules it alone satisfies UFS, alone PF, and alone
    proportionality with unanimity; anonymity is not asked for."""

    @pytest.mark.parametrize(("agents", "steps"), [(2, 4), (3, 3)])
    @pytest.mark.parametrize(
        "fair",
        [
            (ByDistance(UnanimousFairShare()),),
            (ByDistance(ProportionallyFair()),),
            (Unanimous(), Proportional()),
        ],
        ids=["UFS", "PF", "PROP"],
    )
    def test_there_is_one_and_it_is_this(self, fair: Any, agents: int, steps: int) -> None:
        line = ANY.grid(steps)
        axioms: list[Any] = [Strategyproof(), *fair]
        found = list(every_rule(axioms, line, agents=agents, alternatives=places(line)))
        assert len(found) == 1
        uniform = UniformPhantom(UNIT)
        for instance in Domain(line, agents):
            assert found[0](instance.reports) == uniform(instance.reports)

    def test_where_distance_tells_there_are_sixteen(self) -> None:
        line = UNIT.grid(4)
        for axioms in ([UnanimousFairShare()], [Unanimous(), Proportional()]):
            asked: list[Any] = [Strategyproof(), *axioms]
            assert count_rules(asked, line, agents=2, alternatives=places(line)) == 16

    def test_unanimity_cannot_be_dropped(self) -> None:
        """Round each report to a multiple of 1/n, ties down, and then Uniform Phantom."""

        def rounded(reports: Any) -> Any:
            agents = len(reports)
            near = [Fraction((2 * agents * x + 1) // 2, agents) for x in reports]
            ties = [x - Fraction(1, 2 * agents) == y - Fraction(1, agents)
                    for x, y in zip(reports, near, strict=True)]  # fmt: skip
            down = [y - Fraction(t, agents) for y, t in zip(near, ties, strict=True)]
            return UniformPhantom(UNIT)(down)

        line = UNIT.grid(8)
        assert isinstance(verify(rounded, Strategyproof(), line, agents=2), Proved)
        assert isinstance(verify(rounded, Proportional(), line, agents=2), Proved)
        assert isinstance(verify(rounded, Unanimous(), line, agents=2), Refuted)
        # in orders of taste it is none: an agent beyond its peak may like either side
        assert isinstance(verify(rounded, Strategyproof(), ANY.grid(8), agents=2), Refuted)


class TestByDistance:
    """On a line of agents who mind distance the axiom is the one that is wrapped."""

    @given(st.lists(CENTIMETRES, min_size=1, max_size=4), CENTIMETRES)
    def test_the_same_violations(self, reports: list[Fraction], outcome: Fraction) -> None:
        fair: list[Any] = [IndividualFairShare(), UnanimousFairShare(), ProportionallyFair()]
        for axiom in fair:
            plain = Instance(UNIT, tuple(reports))
            orders = Instance(ANY, tuple(reports))
            found = [
                sorted(one.outcome_violation(outcome, case) for case in one.cases(here))
                for one, here in ((axiom, plain), (ByDistance(axiom), orders))
            ]
            assert found[0] == found[1]

    def test_axioms_of_mechanisms_are_refused(self) -> None:
        with pytest.raises(ValueError, match="axiom is Strategyproof: it must be about an outcome"):
            ByDistance(Strategyproof())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


class TestMaxCostOfDeterministicRules:
    """With m = 3 to 9 places of agents no strategyproof rule for two has a worst ratio of max cost
    below 2(m - 1)/m, and one has that; it tends to 2, the ratio of the median."""

    @pytest.mark.parametrize(
        ("points", "parts"),
        [
            (3, 6),
            (4, 6),
            (5, 20),
            pytest.param(6, 30, marks=pytest.mark.slow),
            pytest.param(7, 42, marks=pytest.mark.slow),
            pytest.param(8, 28, marks=pytest.mark.slow),
            pytest.param(9, 72, marks=pytest.mark.slow),
        ],
    )
    def test_the_facility_anywhere(self, points: int, parts: int) -> None:
        line, least = Line(0, points - 1).grid(points - 1), Fraction(2 * (points - 1), points)
        axioms: list[Any] = [Strategyproof(), Anonymous()]
        less = Approximates(MaxCost(), least, strictly=True)
        below = impossible([*axioms, less], Stretches(line, parts), agents=2)
        assert isinstance(below, NoRule)
        assert follows(below)
        dense = places(Line(0, points - 1).grid(points * (points - 1)))
        within = [*axioms, Approximates(MaxCost(), least)]
        rule = impossible(within, line, agents=2, alternatives=dense)
        assert isinstance(rule, SomeRule)
        worst = max(ratio(rule, MaxCost(), instance) for instance in Domain(line, 2))
        assert worst == least
        assert isinstance(verify(rule, Strategyproof(), line, agents=2), Proved)

    def test_rules_that_are_not_anonymous_do_no_better(self) -> None:
        less = Approximates(MaxCost(), Fraction(8, 5), strictly=True)
        setting = Stretches(Line(0, 4).grid(4), 20)
        assert isinstance(impossible([Strategyproof(), less], setting, agents=2), NoRule)

    @pytest.mark.parametrize(
        ("points", "least", "below"),
        [
            (4, Fraction(3, 2), Fraction(4, 3)),
            (5, Fraction(5, 3), Fraction(3, 2)),
            (7, Fraction(7, 4), Fraction(5, 3)),
            pytest.param(9, Fraction(9, 5), Fraction(7, 4), marks=pytest.mark.slow),
        ],
    )
    def test_the_facility_at_a_place_or_halfway_between_two(
        self, points: int, least: Fraction, below: Fraction
    ) -> None:
        line = UNIT.grid(points - 1)
        found = best_rule(MaxCost(), [Strategyproof()], line, agents=2)
        assert isinstance(found, BestRule)
        assert (found.ratio, found.below) == (least, below)
        assert found.none_below is not None
        assert follows(found.none_below)
        worst = max(ratio(found.rule, MaxCost(), instance) for instance in Domain(line, 2))
        assert worst == least


class TestLeastRatios:
    """Deterministic strategyproof rules for two agents on halves, the facility on quarters:
    egalitarian welfare 3/2, 1 - Gini 6/5, Nash welfare 9/8; the median is best for the total."""

    @pytest.mark.parametrize(
        ("objective", "least"),
        [
            (Egalitarian(), Fraction(3, 2)),
            (ComplementedGini(), Fraction(6, 5)),
            (NashWelfare(), Fraction(9, 8)),
            (TotalCost(), Fraction(1)),
        ],
        ids=["egalitarian", "gini", "nash", "total"],
    )
    def test_on_halves(self, objective: Any, least: Fraction) -> None:
        found = best_rule(objective, [Strategyproof()], UNIT.grid(2), agents=2)
        assert isinstance(found, BestRule)
        assert found.ratio == least

    def test_of_three_points_as_all_tables_say(self) -> None:
        line = UNIT.grid(2)
        profiles = [instance.reports for instance in Domain(line, 2)]
        best = min(
            max(ratio(table.__getitem__, MaxCost(), Instance(line, p)) for p in profiles)
            for outcomes in product(places(line), repeat=6)
            if isinstance(
                verify(
                    (table := _symmetric(profiles, outcomes)).__getitem__,
                    Strategyproof(),
                    line,
                    agents=2,
                ),
                Proved,
            )
        )
        found = best_rule(
            MaxCost(), [Strategyproof(), Anonymous()], line, agents=2, alternatives=places(line)
        )
        assert isinstance(found, BestRule)
        assert found.ratio == best

    def test_no_rule_at_all(self) -> None:
        axioms: list[Any] = [Strategyproof(), StronglyProportional()]
        assert isinstance(best_rule(MaxCost(), axioms, UNIT.grid(4), agents=2), NoRule)

    def test_parts_of_a_line_have_no_rules(self) -> None:
        with pytest.raises(ValueError, match="rules are of places, and these are parts"):
            best_rule(MaxCost(), [Strategyproof()], Stretches(UNIT.grid(2), 2), agents=2)


def _symmetric(profiles: list[Any], outcomes: tuple[Any, ...]) -> dict[Any, Any]:
    """A table of an anonymous rule for two agents."""
    unordered = sorted({tuple(sorted(profile)) for profile in profiles})
    chosen = dict(zip(unordered, outcomes, strict=True))
    return {profile: chosen[tuple(sorted(profile))] for profile in profiles}


class TestApproximates:
    """The axiom holds of an outcome exactly where its ratio is within the bound."""

    @given(
        st.lists(CENTIMETRES, min_size=2, max_size=4),
        CENTIMETRES,
        st.sampled_from([Fraction(1), Fraction(4, 3), Fraction(3, 2), Fraction(2)]),
        st.sampled_from([MaxCost(), TotalCost(), Egalitarian(), Gini(), ComplementedGini()]),
    )
    def test_as_ratios_are(
        self, reports: list[Fraction], outcome: Fraction, bound: Fraction, objective: Any
    ) -> None:
        here = Instance(UNIT, tuple(reports))
        found = ratio(lambda _: outcome, objective, here)
        within = judge(outcome, Approximates(objective, bound), here)
        assert isinstance(within, Proved) == (found <= bound)
        bounded = judge(outcome, Approximates(objective), here)
        assert isinstance(bounded, Proved) == (found < float("inf"))
        strictly = judge(outcome, Approximates(objective, bound, strictly=True), here)
        if found != 1:
            assert isinstance(strictly, Proved) == (found < bound)

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            (lambda: Approximates(MaxCost(), Fraction(1, 2)), "bound is 1/2: it must be at least"),
            (lambda: Approximates(MaxCost(), strictly=True), "it is about a bound"),
            (lambda: Approximates(3), "objective is 3: it must be one"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        ],
        ids=["small", "strict", "none"],
    )
    def test_what_is_none_is_refused(self, wrong: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            wrong()


class TestStretches:
    """What a stretch may be worth encloses what each place in it is worth, and its ratio is no more
    than theirs."""

    @given(CENTIMETRES, CENTIMETRES, st.integers(1, 7), st.integers(1, 11))
    def test_bounds(self, first: Fraction, second: Fraction, parts: int, share: int) -> None:
        setting = Stretches(UNIT.grid(12), parts)
        here, there = (Instance(one, (first, second)) for one in (setting, UNIT))
        for part in setting.alternatives(2):
            place = part.low + (part.high - part.low) * Fraction(share, 12)
            (least, above), (most, below) = setting.value_between(0, first, part)
            value = UNIT.value(0, first, place)
            assert (least, above) <= (value, 0) <= (most, below)
            for strictly in (False, True):
                axiom = Approximates(MaxCost(), Fraction(4, 3), strictly)
                of_part, of_place = (
                    any(axiom.outcome_violation(one, case) > 0 for case in axiom.cases(where))
                    for one, where in ((part, here), (place, there))
                )
                assert of_place or not of_part

    def test_parts_cover_the_line(self) -> None:
        parts = Stretches(UNIT.grid(2), 3).alternatives(2)
        assert [part for part in parts if part.is_point] == [
            Stretch(place, place) for place in places(UNIT.grid(3))
        ]
        assert sum(part.high - part.low for part in parts) == 1

    def test_coarse_parts_show_nothing(self) -> None:
        less = Approximates(MaxCost(), Fraction(8, 5), strictly=True)
        found = impossible([Strategyproof(), less], Stretches(UNIT.grid(4), 4), agents=2)
        assert isinstance(found, Undetermined)

    def test_other_tastes_are_refused(self) -> None:
        with pytest.raises(ValueError, match="must be at finitely many points and mind distance"):
            Stretches(NUISANCE.grid(2), 2)


class _Quarters(Space):
    """Agents at quarters of a line of which facilities may be on eighths."""

    def types(self, agent: int, /) -> tuple[Any, ...]:
        """The quarters."""
        return tuple(point for point in self.points or () if (4 * point[0]) % 1 == 0)


class TestEqualityIsNotApproximated:
    """arXiv:2506.10460: no deterministic strategyproof rule bounds the ratio of the Gini index, for
    two agents and one facility, or three and two; for two agents a facility each is enough."""

    def test_two_agents_and_one_facility(self) -> None:
        axioms: list[Any] = [Strategyproof(), Approximates(Gini())]
        found = impossible(axioms, UNIT.grid(2), agents=2)
        assert isinstance(found, NoRule)
        assert len(found.profiles) == 2

    def test_two_facilities(self) -> None:
        eighths = Space((0,), (1,), facilities=2).grid(8)
        setting = _Quarters(eighths.low, eighths.high, eighths.points, facilities=2)
        axioms: list[Any] = [Strategyproof(), Approximates(Gini())]
        assert isinstance(impossible(axioms, setting, agents=2), SomeRule)
        found = impossible(axioms, setting, agents=3)
        assert isinstance(found, NoRule)
        assert len(found.profiles) == 2

    def test_the_complement_is_approximated(self) -> None:
        axioms: list[Any] = [Strategyproof(), Approximates(ComplementedGini(), Fraction(6, 5))]
        assert isinstance(impossible(axioms, UNIT.grid(2), agents=2), SomeRule)


class TestNuisances:
    """arXiv:2301.04340: a share of distance for everybody and strategyproofness exclude each other.

    Of a coarse grid they need not: with 4, 5 or 7 places there are rules.
    """

    @pytest.mark.parametrize("places_", [4, 5, 7])
    def test_rules_on_some_grids(self, places_: int) -> None:
        line = NUISANCE.grid(places_ - 1)
        axioms: list[Any] = [Strategyproof(), IndividualNuisanceShare()]
        rule = impossible(axioms, line, agents=2)
        assert isinstance(rule, SomeRule)
        assert all(isinstance(verify(rule, axiom, line, agents=2), Proved) for axiom in axioms)

    @pytest.mark.parametrize("places_", [6, pytest.param(9, marks=pytest.mark.slow)])
    @pytest.mark.parametrize("share", [IndividualNuisanceShare(), UnanimousNuisanceShare()])
    def test_none_on_others(self, places_: int, share: Any) -> None:
        found = impossible([Strategyproof(), share], NUISANCE.grid(places_ - 1), agents=2)
        assert isinstance(found, NoRule)
        assert follows(found)

    @pytest.mark.parametrize(
        ("places_", "alpha", "expected"),
        [
            (11, 3, NoRule),
            (13, 4, SomeRule),
            pytest.param(13, 2, NoRule, marks=pytest.mark.slow),
            pytest.param(13, 3, NoRule, marks=pytest.mark.slow),
            pytest.param(13, 8, SomeRule, marks=pytest.mark.slow),
        ],
    )
    def test_smaller_shares_need_finer_grids(
        self, places_: int, alpha: int, expected: type
    ) -> None:
        """A third of an equal part is excluded on eleven places; a quarter not on thirteen."""
        axioms: list[Any] = [Strategyproof(), IndividualNuisanceShare(alpha)]
        assert isinstance(impossible(axioms, NUISANCE.grid(places_ - 1), agents=2), expected)

    def test_one_agent_moves_it_to_the_farther_end(self) -> None:
        line = NUISANCE.grid(8)
        for axiom in (Strategyproof(), IndividualNuisanceShare(), UnanimousNuisanceShare()):
            assert isinstance(verify(FartherEnd(line), axiom, line, agents=1), Proved)
        assert isinstance(
            verify(FartherEnd(line), IndividualNuisanceShare(), line, agents=2), Refuted
        )

    @given(st.lists(CENTIMETRES, min_size=1, max_size=5))
    def test_half_a_share_can_always_be_given(self, reports: list[Fraction]) -> None:
        here = Instance(NUISANCE, tuple(reports))
        width = Fraction(1, 2 * len(reports))
        ends = {x + sign * k * width for x in reports for sign in (-1, 1) for k in range(6)}
        ends |= {Fraction(0), Fraction(1)}
        fair = [
            y
            for y in ends
            if 0 <= y <= 1 and isinstance(judge(y, UnanimousNuisanceShare(), here), Proved)
        ]
        assert fair
        assert all(isinstance(judge(y, IndividualNuisanceShare(), here), Proved) for y in fair)

    def test_groups_are_due_more(self) -> None:
        """Two of three agents at 0 keep it a third away, the one at 1 a sixth."""
        here = Instance(NUISANCE, (Fraction(0), Fraction(0), Fraction(1)))
        for place in places(UNIT.grid(24)):
            alone = Fraction(1, 6) <= place <= Fraction(5, 6)
            together = Fraction(1, 3) <= place <= Fraction(5, 6)
            for share, fair in (
                (IndividualNuisanceShare(), alone),
                (UnanimousNuisanceShare(), together),
            ):
                assert isinstance(judge(place, share, here), Proved) == fair

    @pytest.mark.parametrize("agents", [1, 2, 3])
    def test_more_cannot(self, agents: int) -> None:
        middles = tuple(Fraction(2 * k + 1, 2 * agents) for k in range(agents))
        here = Instance(NUISANCE, middles)
        for place in places(UNIT.grid(24)):
            more = judge(place, IndividualNuisanceShare(Fraction(19, 10)), here)
            assert isinstance(more, Refuted)

    def test_what_is_no_share_is_refused(self) -> None:
        with pytest.raises(ValueError, match="alpha is 1/2: it must be at least 1"):
            IndividualNuisanceShare(Fraction(1, 2))


class TestThePlane:
    """Peters, van der Stel, Storcken (1992): by Euclidean distances a rule that is strategyproof,
    anonymous and Pareto optimal exists for an odd number of agents, the coordinatewise median, and
    not for an even one; by Manhattan distances it does for any number, against the wording of the
    abstract of arXiv:2009.07983."""

    def test_none_for_two(self) -> None:
        found = impossible(THREE, Space((0, 0), (3, 2)).grid(3, 2), agents=2)
        assert isinstance(found, NoRule)
        assert follows(found)

    @pytest.mark.slow
    def test_none_for_four(self) -> None:
        found = impossible(THREE, Space((0, 0), (3, 3)).grid(3, 3), agents=4)
        assert isinstance(found, NoRule)
        assert follows(found)

    def test_the_median_of_three(self) -> None:
        space = Space((0, 0), (2, 2)).grid(4, 4)
        ends = {point for point in space.points or () if all(x % 1 == 0 for x in point)}
        median = CoordinatewiseMedian(space)
        for profile in combinations_with_replacement(sorted(ends), 3):
            assert space.dominating(profile, median(profile)) is None
        assert isinstance(
            verify(median, Strategyproof(), Space((0, 0), (2, 1)).grid(2, 1), agents=3), Proved
        )

    def test_in_space_the_median_of_three_is_dominated(self) -> None:
        space = Space((0, 0, 0), (2, 2, 2)).grid(2, 2, 2)
        corners = sorted(product((Fraction(0), Fraction(2)), repeat=3))
        median = CoordinatewiseMedian(space)
        bad = [
            profile
            for profile in combinations_with_replacement(corners, 3)
            if space.dominating(profile, median(profile)) is not None
        ]
        assert len(bad) == 8

    @pytest.mark.parametrize(("agents", "steps"), [(2, 2), (4, 1)])
    def test_the_median_by_manhattan_distances(self, agents: int, steps: int) -> None:
        corner = (steps, steps)
        space = Space((0, 0), corner, metric=ManhattanDistance()).grid(steps, steps)
        for axiom in THREE:
            verdict = verify(CoordinatewiseMedian(space), axiom, space, agents=agents)
            assert isinstance(verdict, Proved)

    def test_by_the_largest_difference_there_is_a_rule(self) -> None:
        space = Space((0, 0), (3, 3), metric=ChebyshevDistance()).grid(3, 3)
        rule = impossible(THREE, space, agents=2)
        assert isinstance(rule, SomeRule)

    @pytest.mark.parametrize("agents", [2, 3, 4])
    def test_on_a_line_it_is_the_median(self, agents: int) -> None:
        for instance in Domain(UNIT.grid(3), agents):
            reports = instance.profile
            assert CoordinatewiseMedian(UNIT)(reports) == Median(UNIT)(reports)
            assert LowestCorner(UNIT)(reports) == min(reports)
            assert Centroid(UNIT)(reports) == sum(reports) / agents

    def test_what_is_gained_if_one_of_two_distances_is_irrational(self) -> None:
        space = Space((0, 0), (3, 4))
        near, far = sure((1, 0)), sure((1, 1))
        assert float(space.gain(0, (0, 0), far, near)) == pytest.approx(2**0.5 - 1)
        assert float(space.gain(0, (0, 0), near, far)) == pytest.approx(1 - 2**0.5)
        assert space.worth(0, (0, 0), (3, 0)) == 2
        assert float(space.worth(0, (0, 0), (1, 1))) == pytest.approx(5 - 2**0.5)

    def test_several_facilities_are_refused(self) -> None:
        space = Space((0, 0), (1, 1), facilities=2)
        with pytest.raises(ValueError, match="one facility is built, not 2"):
            CoordinatewiseMedian(space)([(0, 0)])


class TestTwoFacilitiesInThePlane:
    """arXiv:2009.07983: with two facilities and Euclidean distances no rule for three agents is
    strategyproof, anonymous and Pareto optimal.  A grid of five by four points shows it, one of
    four by four does not unless its cells are three by four; by Manhattan distances none does."""

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("steps", "metric", "expected"),
        [
            ((3, 3), EuclideanDistance(), SomeRule),
            ((3, 3), ManhattanDistance(), SomeRule),
            ((4, 3), ManhattanDistance(), SomeRule),
            ((4, 3), EuclideanDistance(), NoRule),
        ],
        ids=["4x4", "4x4-manhattan", "5x4-manhattan", "5x4"],
    )
    def test_three_agents(self, steps: tuple[int, int], metric: Any, expected: type) -> None:
        setting = Space((0, 0), steps, facilities=2, metric=metric).grid(*steps)
        found = impossible(THREE, setting, agents=3)
        assert isinstance(found, expected)
        if isinstance(found, NoRule):
            assert follows(found)

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("metric", "expected"), [(EuclideanDistance(), NoRule), (ManhattanDistance(), SomeRule)]
    )
    def test_cells_that_are_no_squares(self, metric: Any, expected: type) -> None:
        setting = Space((0, 0), (9, 12), facilities=2, metric=metric).grid(3, 3)
        found = impossible(THREE, setting, agents=3)
        assert isinstance(found, expected)
        if isinstance(found, NoRule):
            assert len(found.profiles) < 500
            assert follows(found)

    @pytest.mark.slow
    def test_anywhere_in_the_plane_it_is_open(self) -> None:
        setting = Cells(Space((0, 0), (2, 2), facilities=2).grid(2, 2), (3, 3))
        assert isinstance(impossible(THREE, setting, agents=3), Undetermined)


class TestContradictionsOfManyClauses:
    """Compiled code finds lemmas and hints that follow, and refuses what the definition refuses."""

    LITERALS = st.integers(1, 6).flatmap(lambda v: st.sampled_from([v, -v]))
    FORMULAS = st.lists(
        st.lists(LITERALS, min_size=1, max_size=3, unique_by=abs).map(tuple),
        min_size=8,
        max_size=60,
    )

    @given(FORMULAS)
    def test_contradictions_of_a_solver(self, clauses: list[tuple[int, ...]]) -> None:
        with solver(clauses, proof=True) as engine:
            if engine.solve():
                return
            lemmas = read_proof(engine.get_proof() or ())
        every = [*clauses, *lemmas, *(() if lemmas and not lemmas[-1] else ((),))]
        found = _compiled(every, len(clauses))
        assert len(every) - 1 in found
        known: dict[int, set[int]] = {k: set(clause) for k, clause in enumerate(clauses)}
        for number in sorted(found):
            false, left = {-literal for literal in every[number]}, {0}
            for place, hint in enumerate(found[number]):
                left = {literal for literal in known[hint] if -literal not in false}
                last = place == len(found[number]) - 1
                assert len(left) == (not last)
                false |= left
            known[number] = set(every[number])
        assert _needed(every, len(clauses)).keys() >= {len(every) - 1}

    def test_what_does_not_follow_is_refused(self) -> None:
        clauses = ((1, 2), (-1, 2), (3, 4, 5))
        for lemmas in [((1,), ()), ((-3,), (1,), (-2,), ())]:
            every = [*clauses, *lemmas]
            for sort_out in (_needed, _compiled):
                with pytest.raises(ArithmeticError, match="does not follow"):
                    sort_out(every, len(clauses))

    def test_the_same_question_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        setting = Space((0, 0), (3, 2)).grid(3, 2)
        for module in ("mechsim.design.impossible", "mechsim.design.refutation"):
            monkeypatch.setattr(importlib.import_module(module), "LARGE", 0)
        found = impossible(THREE, setting, agents=2)
        assert isinstance(found, NoRule)
        assert follows(found)
        assert isinstance(impossible(THREE[:2], setting, agents=2), SomeRule)
