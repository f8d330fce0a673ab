"""Whether rules exist, counted and listed by hand, and the contradictions where none do."""

from itertools import permutations, product
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import (
    Anonymous,
    Domain,
    Line,
    Neutral,
    Rankings,
    SinglePeaked,
    Strategyproof,
    Unanimous,
    verify,
)
from mechsim.axioms import NonDictatorial, Onto, ParetoOptimal, Proved
from mechsim.design import NoRule, SomeRule, Undetermined, count_rules, every_rule, impossible
from mechsim.design.choices import Choices
from mechsim.design.refutation import Propagation, refutation
from mechsim.preferences import Between, Cells, ManhattanDistance, Space

VOTE = Rankings(("a", "b", "c"))
LITERALS = st.sampled_from([-3, -2, -1, 1, 2, 3])
GIBBARD = (Strategyproof(), Onto(), NonDictatorial())


def on_points(points: int, *, ordered: bool) -> Any:
    """A line with so many places."""
    tastes = SinglePeaked() if ordered else Line().tastes
    return Line(0, points - 1, tastes=tastes).grid(points - 1)


def follow(found: NoRule) -> bool:
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


class TestGibbardSatterthwaite:
    """Gibbard (1973), Satterthwaite (1975): a strategyproof rule that is onto three alternatives
    or more has a dictator."""

    @pytest.mark.parametrize("agents", [2, 3])
    def test_no_rule_satisfies_all_three(self, agents: int) -> None:
        found = impossible(GIBBARD, VOTE, agents=agents)
        assert isinstance(found, NoRule)
        assert follow(found)

    @pytest.mark.parametrize("spared", GIBBARD)
    def test_without_an_axiom_there_is_a_rule(self, spared: Any) -> None:
        others = [axiom for axiom in GIBBARD if axiom is not spared]
        rule = impossible(others, VOTE, agents=2)
        assert isinstance(rule, SomeRule)
        assert all(isinstance(verify(rule, axiom, VOTE, agents=2), Proved) for axiom in others)

    def test_of_two_alternatives_there_is_one(self) -> None:
        assert impossible(GIBBARD, Rankings(("a", "b")), agents=2).status == "possible"

    def test_the_dictators_are_all_rules_that_are_strategyproof_and_onto(self) -> None:
        rules = list(every_rule([Strategyproof(), Onto()], VOTE, agents=2))
        tops = [
            {ballots: ballots[agent][0] for ballots in product(permutations(range(3)), repeat=2)}
            for agent in (0, 1)
        ]
        found = [{ballots: rule(ballots) for ballots in tops[0]} for rule in rules]
        assert len(found) == 2
        assert all(table in tops for table in found)


class Menu:
    """Rankings, by what things are worth only: it does not say what is liked best."""

    def types(self, agent: int, /) -> tuple[tuple[str, ...], ...]:
        return tuple(permutations("abc"))

    def value(self, agent: int, type_: tuple[str, ...], alternative: str, /) -> int:
        return -type_.index(alternative)

    def alternatives(self, agents: int, /) -> tuple[str, ...]:
        return ("a", "b", "c")


class TestWhatIsLikedBestIsFound:
    """Where a setting does not say it, it is what is worth most: the theorem is the same."""

    def test_gibbard_and_satterthwaite(self) -> None:
        menu: Any = Menu()
        found, known = (impossible(GIBBARD, setting, agents=2) for setting in (menu, VOTE))
        assert isinstance(found, NoRule)
        assert isinstance(known, NoRule)
        assert len(found.profiles) == len(known.profiles)
        told = "\n".join(found.argument().lines)
        assert "somewhere agent 0 does not get what it likes best" in told
        assert "somewhere agent 1 does not get what it likes best" in told

    def test_a_dictator_is_recognised(self) -> None:
        menu: Any = Menu()
        first = verify(lambda reports: reports[1][0], NonDictatorial(), menu, agents=2)
        assert first.word == "refuted"
        second = verify(lambda reports: reports[0][1], NonDictatorial(), menu, agents=2)
        assert second.word == "proved"


class TestCoresAreMinimal:
    """Without any one of the profiles, or of the clauses, of a contradiction there is none."""

    @pytest.mark.parametrize(
        "axioms",
        [
            (Strategyproof(), Anonymous(), ParetoOptimal()),
            GIBBARD,
            (Strategyproof(), Neutral(), Anonymous()),
        ],
    )
    def test_no_clause_can_be_spared(self, axioms: Any) -> None:
        from mechsim.design.refutation import solver

        found = impossible(axioms, VOTE, agents=2)
        assert isinstance(found, NoRule)
        clauses = [reason.literals for reason in found.core]
        for spared in range(len(clauses)):
            with solver(clauses[:spared] + clauses[spared + 1 :]) as engine:
                assert engine.solve()

    def test_the_core_of_anonymous_efficient_voting_has_nine_profiles(self) -> None:
        found = impossible([Strategyproof(), Anonymous(), ParetoOptimal()], VOTE, agents=2)
        assert isinstance(found, NoRule)
        assert (len(found.profiles), len(found.core)) == (9, 30)


class TestMoulinsCount:
    """Moulin (1980): the anonymous, efficient, strategyproof rules on a line are medians with
    n - 1 phantoms, so of m places there are C(m + n - 2, n - 1); without efficiency n + 1 phantoms
    make C(m + n, n + 1)."""

    @pytest.mark.parametrize(("agents", "points"), [(2, 3), (2, 4), (2, 5), (3, 3), (3, 4)])
    def test_as_many_as_there_are_phantoms(self, agents: int, points: int) -> None:
        line = on_points(points, ordered=True)
        axioms: list[Any] = [Strategyproof(), Anonymous()]
        efficient: list[Any] = [*axioms, ParetoOptimal()]
        assert count_rules(efficient, line, agents=agents, alternatives=line.points) == comb(
            points + agents - 2, agents - 1
        )
        assert count_rules(axioms, line, agents=agents, alternatives=line.points) == comb(
            points + agents, agents + 1
        )

    @pytest.mark.parametrize(
        ("agents", "points", "rules"), [(2, 3, 5), (2, 4, 10), (2, 5, 20), (3, 3, 14), (3, 4, 43)]
    )
    def test_there_are_more_where_distance_tells(
        self, agents: int, points: int, rules: int
    ) -> None:
        line = on_points(points, ordered=False)
        axioms: list[Any] = [Strategyproof(), Anonymous(), ParetoOptimal()]
        assert count_rules(axioms, line, agents=agents, alternatives=line.points) == rules


class TestCountingStops:
    """Where the time is over it is said: what has been counted is not all."""

    def test_while_rules_are_found(self) -> None:
        with pytest.raises(TimeoutError, match=r"seconds is 1/2|seconds is 0.5"):
            count_rules([Onto()], VOTE, agents=2, seconds=0.5)

    def test_before_the_clauses_are_written(self) -> None:
        with pytest.raises(TimeoutError, match="were over"):
            count_rules(GIBBARD, VOTE, agents=2, seconds=1e-9)

    def test_with_time_enough_all_are_counted(self) -> None:
        assert count_rules(GIBBARD[:2], VOTE, agents=2, seconds=60) == 2

    def test_no_time_is_none(self) -> None:
        with pytest.raises(ValueError, match="seconds is 0: it must be more than 0"):
            next(every_rule(GIBBARD, VOTE, agents=2, seconds=0))


class TestRulesAreCountedAsByHand:
    """What a solver finds is what trying all tables finds."""

    @pytest.mark.parametrize("ordered", [False, True])
    @pytest.mark.parametrize("axiom", [Unanimous(), Neutral(), ParetoOptimal()])
    def test_all_tables_of_two_agents_on_two_or_three_places(
        self, axiom: Any, ordered: bool
    ) -> None:
        line = on_points(2, ordered=ordered)
        profiles = [instance.reports for instance in Domain(line, 2)]
        expected = 0
        for outcomes in product(line.points, repeat=len(profiles)):
            table = dict(zip(profiles, outcomes, strict=True))
            rule = table.__getitem__
            verdicts = [verify(rule, a, line, agents=2) for a in (Strategyproof(), axiom)]
            expected += all(isinstance(verdict, Proved) for verdict in verdicts)
        found = count_rules([Strategyproof(), axiom], line, agents=2, alternatives=line.points)
        assert found == expected


class TestSetsAndPairsSayTheSame:
    """Conditions on two profiles may be written by sets of alternatives or by pairs of them."""

    @pytest.mark.parametrize("setting", [on_points(3, ordered=False), VOTE])
    def test_the_same_rules(self, setting: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        axioms: list[Any] = [Strategyproof(), Anonymous()]
        by_pairs = count_rules(axioms, setting, agents=2)

        def by_sets(chosen: Any, one: Any, pairs: Any) -> None:
            chosen._by_sets([one])

        monkeypatch.setattr(Choices, "_by_pairs", by_sets)
        assert count_rules(axioms, setting, agents=2) == by_pairs


class TestThePlane:
    """Peters, van der Stel, Storcken (1992): an even number of agents in the Euclidean plane has no
    rule that is anonymous, Pareto optimal and strategyproof; by Manhattan distances the
    coordinatewise median is one."""

    AXIOMS = (Strategyproof(), Anonymous(), ParetoOptimal())

    def test_none_for_two_agents_on_a_grid(self) -> None:
        found = impossible(self.AXIOMS, Space((0, 0), (3, 3)).grid(3, 3), agents=2)
        assert isinstance(found, NoRule)
        assert follow(found)

    def test_too_few_points_leave_a_rule(self) -> None:
        assert (
            impossible(self.AXIOMS, Space((0, 0), (2, 2)).grid(2, 2), agents=2).status == "possible"
        )

    def test_one_by_manhattan_distances(self) -> None:
        space = Space((0, 0), (2, 2), metric=ManhattanDistance()).grid(2, 2)
        rule = impossible(self.AXIOMS, space, agents=2)
        assert isinstance(rule, SomeRule)
        for axiom in self.AXIOMS:
            assert isinstance(verify(rule, axiom, space, agents=2), Proved)

    def test_coarse_parts_show_nothing(self) -> None:
        points = Space((0, 0), (2, 2)).grid(2, 2)
        for setting in (Between(points, 2), Cells(points, (2, 2))):
            assert isinstance(impossible(self.AXIOMS, setting, agents=2), Undetermined)

    @pytest.mark.slow
    def test_none_for_any_places(self) -> None:
        setting = Between(Space((0, 0), (2, 2)).grid(2, 2), 16)
        found = impossible(self.AXIOMS, setting, agents=2)
        assert isinstance(found, NoRule)
        assert follow(found)


class TestBoundsOfParts:
    """What a part of a continuum may be worth encloses what each place in it is worth."""

    @given(st.integers(0, 2**32 - 1))
    def test_between_and_cells(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        space = Space((0, 0), (3, 2)).grid(3, 2)
        assert space.points is not None
        points = [space.points[int(k)] for k in rng.integers(len(space.points), size=3)]
        parts, share = int(rng.integers(1, 6)), float(rng.random())
        part = min(int(share * parts), parts - 1)
        low, high = sorted(points[:2])
        place = tuple(a + share * (b - a) for a, b in zip(low, high, strict=True))
        least, most = Between(space, parts).value_between_at(tuple(points[:2]), points[2], part)
        assert least - 1e-9 <= -space.order(points[2], place) <= most + 1e-9
        cells = Cells(space, (parts, 2))
        for box in cells.boxes():
            inside = all(a <= x <= b for a, x, b in zip(box.low, place, box.high, strict=True))
            least, most = cells.value_between(0, points[2], box)
            if inside:
                assert least - 1e-9 <= -space.order(points[2], place) <= most + 1e-9
                assert cells.dominating(points[:2], box) is None


class TestRefutations:
    """Lemmas follow by unit propagation from their hints; what is not needed is left out."""

    CLAUSES = ((1, 2), (-1, 2), (1, -2), (-1, -2), (3, 4))

    def test_what_is_needed(self) -> None:
        found = refutation(self.CLAUSES, [(4,), (2,), ()])
        assert found.used == (0, 1, 2, 3)
        assert [lemma for lemma, _ in found.lemmas] == [(2,), ()]

    def test_what_does_not_follow_is_refused(self) -> None:
        with pytest.raises(ArithmeticError, match="lemma 1 does not follow"):
            refutation(self.CLAUSES[:2], [(1,), ()])

    @given(
        st.lists(
            st.lists(st.sampled_from([-3, -2, -1, 1, 2, 3]), min_size=1, max_size=3, unique=True),
            max_size=12,
        )
    )
    def test_propagation_finds_no_contradiction_where_there_is_none(
        self, clauses: list[list[int]]
    ) -> None:
        plain = [tuple(c) for c in clauses if not any(-x in c for x in c)]
        satisfiable = any(
            all(any((x > 0) == signs[abs(x) - 1] for x in clause) for clause in plain)
            for signs in product([False, True], repeat=3)
        )
        if satisfiable:
            assert Propagation(plain).refute(()) is None


class TestBadQuestions:
    """What is no question is refused by name."""

    def test_axioms_that_exclude_nothing(self) -> None:
        from mechsim.axioms import Monotone

        with pytest.raises(ValueError, match="axioms has Monotone: it does not say what it excl"):
            impossible([Monotone()], on_points(3, ordered=False), agents=2)

    def test_a_continuum(self) -> None:
        with pytest.raises(ValueError, match="its types must be finitely many, as on a grid"):
            impossible([Strategyproof()], Line(0, 1), agents=2)

    def test_nobody(self) -> None:
        with pytest.raises(ValueError, match="agents is 0"):
            impossible([Strategyproof()], VOTE, agents=0)

    def test_arguments_of_other_kinds(self) -> None:
        ask: Any = impossible
        with pytest.raises(ValueError, match="setting is 'rankings': it must have types and"):
            ask([Strategyproof()], "rankings", agents=2)
        for axioms in (Strategyproof(), VOTE):
            with pytest.raises(ValueError, match=r"axioms is .*: it must be a list of axioms"):
                ask(axioms, VOTE, agents=2)
        with pytest.raises(ValueError, match="seconds is -1"):
            ask([Strategyproof()], VOTE, agents=2, seconds=-1)

    def test_alternatives_that_are_no_outcomes(self) -> None:
        with pytest.raises(ValueError, match="it is no outcome of Rankings"):
            impossible([Strategyproof()], VOTE, agents=2, alternatives=("a", "b"))

    def test_reports_that_are_no_types(self) -> None:
        line = on_points(3, ordered=False)
        rule = impossible([Strategyproof()], line, agents=2)
        assert isinstance(rule, SomeRule)
        with pytest.raises(ValueError, match="it must be a point of"):
            rule((0.5, 1))
        with pytest.raises(ValueError, match="there are 2 agents"):
            rule((0, 1, 2))
