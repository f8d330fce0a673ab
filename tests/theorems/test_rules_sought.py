"""What is said of rules that are sought is what trying all rules says; and what is not asked."""

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, product
from time import monotonic
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import (
    Anonymous,
    Domain,
    Instance,
    Line,
    Neutral,
    Rankings,
    SinglePeaked,
    Strategyproof,
    Unanimous,
    verify,
)
from mechsim.axioms import NonDictatorial, Onto, ParetoOptimal, lift, places
from mechsim.axioms._base import positive
from mechsim.design import SomeRule, count_rules, every_rule, impossible
from mechsim.preferences import Between, Cells, Houses, Space

VOTE = Rankings(("a", "b", "c"))
Row = tuple[int, ...]


@dataclass(frozen=True)
class Reordered:
    """Type ``k`` is called ``types[k]`` now, and alternatives likewise."""

    types: Row
    alternatives: Row

    def type_(self, type_: int) -> int:
        return self.types[type_]

    def alternative(self, alternative: int) -> int:
        return self.alternatives[alternative]


@dataclass(frozen=True)
class Worths:
    """``rows[agent][type][alternative]`` is what it is worth; ties are allowed."""

    rows: tuple[tuple[Row, ...], ...]
    renamed: tuple[Reordered, ...] = ()

    def types(self, agent: int) -> Row:
        return tuple(range(len(self.rows[agent])))

    def value(self, agent: int, type_: int, alternative: int) -> int:
        return self.rows[agent][type_][alternative]

    def alternatives(self, agents: int) -> Row:
        return tuple(range(len(self.rows[0][0])))

    def top(self, agent: int, type_: int) -> int:
        row = self.rows[agent][type_]
        return row.index(max(row))

    def dominating(self, reports: Row, outcome: int) -> int | None:
        for other in self.alternatives(len(reports)):
            gains = [
                self.value(i, t, other) - self.value(i, t, outcome) for i, t in enumerate(reports)
            ]
            if min(gains) >= 0 and max(gains) > 0:
                return other
        return None

    def renamings(self) -> Any:
        return iter(self.renamed)


@dataclass(frozen=True)
class AtLeast:
    """What is chosen is worth so much to one agent, whoever others are."""

    agent: int
    least: int

    def cases(self, instance: Instance) -> Any:
        yield Told(instance)

    def outcome_violation(self, outcome: Any, case: "Told") -> Fraction:
        there = case.instance
        worth = there.setting.value(self.agent, there.profile[self.agent], outcome)
        return Fraction(self.least - worth)


@dataclass(frozen=True)
class Told:
    instance: Instance


@dataclass(frozen=True)
class Listed:
    """A rule by what it chooses at each profile."""

    chosen: dict[Any, Any]

    def __call__(self, reports: Any) -> Any:
        return self.chosen[tuple(reports)]


def tried(axioms: Any, setting: Any, agents: int, some: Any) -> set[tuple[Any, ...]]:
    """All rules that break no axiom in any case, by the definitions."""
    domain = Domain(setting, agents)
    profiles = [instance.profile for instance in domain]
    read = [lift(axiom) for axiom in axioms]
    cases = [(a, case) for a in read for here in places(a, domain) for case in a.cases(here)]
    found: set[tuple[Any, ...]] = set()
    for chosen in product(some, repeat=len(profiles)):
        rule = Listed(dict(zip(profiles, chosen, strict=True)))
        if not any(positive(a.violation(rule, case)) for a, case in cases):
            found.add(chosen)
    return found


def listed(axioms: Any, setting: Any, agents: int, some: Any) -> list[tuple[Any, ...]]:
    rules = every_rule(axioms, setting, agents=agents, alternatives=some)
    return [tuple(rule(here.profile) for here in Domain(setting, agents)) for rule in rules]


def swapped(row: Row) -> Row:
    return (row[1], row[0], *row[2:])


@st.composite
def questions(draw: Any) -> tuple[list[Any], Worths, int]:
    agents, size = draw(st.sampled_from([(1, 3), (2, 2), (2, 2), (3, 2)]))
    rows = st.tuples(*[st.integers(0, 2)] * size)
    kind = draw(st.sampled_from(["different", "alike", "renamed"]))
    pool: list[Any] = [Strategyproof(), Onto(), NonDictatorial(), Unanimous(), ParetoOptimal()]
    pool.append(AtLeast(draw(st.integers(0, agents - 1)), draw(st.integers(0, 2))))
    renamed: tuple[Reordered, ...] = ()
    if kind == "different":
        some = st.lists(rows, min_size=1, max_size=2).map(tuple)
        table = tuple(draw(some) for _ in range(agents))
    elif kind == "alike":
        table = (tuple(draw(st.lists(rows, min_size=2, max_size=2, unique=True))),) * agents
        pool += [Anonymous(), Anonymous()]
    else:
        one = draw(rows)
        types = tuple(dict.fromkeys((one, swapped(one))))
        table = (types,) * agents
        names = tuple(types.index(swapped(row)) for row in types)
        renamed = (Reordered(names, swapped(tuple(range(size)))),)
        pool += [Anonymous(), Neutral(), Neutral()]
    axioms = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True))
    return axioms, Worths(table, renamed), agents


class TestTheRulesFoundAreThoseThatBreakNothing:
    """For any worths, with ties, for agents who are alike or not, and whatever is exchanged."""

    @given(questions())
    def test_of_small_tables(self, question: tuple[list[Any], Worths, int]) -> None:
        axioms, setting, agents = question
        some = setting.alternatives(agents)
        try:
            found = listed(axioms, setting, agents, some)
        except ValueError:  # an axiom that nothing meets
            found = []
        assert len(set(found)) == len(found)
        assert set(found) == tried(axioms, setting, agents, some)

    def test_an_axiom_about_one_agent_is_asked_of_all_profiles(self) -> None:
        """Of rules that are anonymous too, which are found at one profile of each kind."""
        setting = Worths((((0, 1), (1, 0)),) * 2)
        axioms: list[Any] = [Anonymous(), AtLeast(0, 1)]
        assert tried(axioms, setting, 2, (0, 1)) == set()
        assert impossible(axioms, setting, agents=2).status == "impossible"

    def test_who_always_gets_one_of_its_best_dictates(self) -> None:
        setting = Worths((((1, 1),), ((0, 1), (1, 0))))
        rule = impossible([NonDictatorial()], Worths((((0, 1),), ((0, 1), (1, 0)))), agents=2)
        assert isinstance(rule, SomeRule)
        with pytest.raises(ValueError, match="no choice of these alternatives meets it"):
            impossible([NonDictatorial()], setting, agents=2)

    def test_onto_is_about_what_the_setting_lists(self) -> None:
        with pytest.raises(ValueError, match="alternatives lacks c, which"):
            impossible([Onto()], VOTE, agents=1, alternatives=[0, 1])


class TestRenamingsMustBeAll:
    """Some renamings without those that they make together would leave profiles out."""

    ROUND = tuple(Reordered(turn, turn) for turn in [(1, 2, 0), (2, 0, 1)])

    def test_or_they_are_refused(self) -> None:
        rows = (((2, 1, 0), (0, 2, 1), (1, 0, 2)),)
        full, half = Worths(rows, self.ROUND), Worths(rows, self.ROUND[:1])
        assert count_rules([Neutral()], full, agents=1) == len(
            tried([Neutral()], full, 1, range(3))
        )
        with pytest.raises(ValueError, match="its renamings must be all of them"):
            impossible([Neutral()], half, agents=1)

    def test_alternatives_must_be_closed(self) -> None:
        with pytest.raises(ValueError, match="alternatives lacks 2, which 1 is called after"):
            impossible([Neutral()], VOTE, agents=2, alternatives=[0, 1])


class TestDistancesMixWithFractions:
    """Of two places one may be at a rational and one at an irrational distance."""

    def test_a_rule_of_a_square_is_verified(self) -> None:
        square = Space((0, 0), (1, 1)).grid(1, 1)
        axioms: list[Any] = [Strategyproof(), Unanimous()]
        rule = impossible(axioms, square, agents=2)
        assert isinstance(rule, SomeRule)
        assert all(verify(rule, axiom, square, agents=2).word == "proved" for axiom in axioms)


FLOATS = Space((0, 0), (1, 1), points=((0.1, 0.2), (0.3, 0.4)))
HUGE = Line(0, 1, tastes=SinglePeaked()).grid(1)


class TestWhatIsNoQuestionIsRefusedAtOnce:
    """The error names the argument, and nothing is computed before."""

    @pytest.mark.parametrize(
        ("axioms", "setting", "agents", "more", "match"),
        [
            (None, VOTE, 2, {}, "axioms is None"),
            (Strategyproof(), VOTE, 2, {}, "axioms is Strategyproof"),
            ([], None, 2, {}, "setting is None"),
            ([], VOTE, 10**9, {}, "agents is 1,000,000,000"),
            ([], VOTE, 2, {"alternatives": 3}, "alternatives is 3"),
            ([], VOTE, 2, {"alternatives": [0, 99]}, r"alternatives\[1\] is 99"),
            ([], VOTE, 2, {"alternatives": [[1]]}, r"alternatives\[0\] is \[1\]"),
            ([], VOTE, 2, {"alternatives": count()}, "more than 10,000 entries"),
            ([], Line(0, 1).grid(2), 2, {"alternatives": [5]}, r"alternatives\[0\] is 5"),
            ([], VOTE, 2, {"seconds": -1}, "seconds is -1"),
            ([], VOTE, 2, {"seconds": math.nan}, "seconds is nan"),
            ([], VOTE, 2, {"seconds": "3"}, "seconds is '3'"),
            ([Strategyproof()], FLOATS, 2, {}, "floats"),
            ([Strategyproof()], Line(0, 1, (0.1, 0.2)), 2, {"alternatives": [0.1]}, "a value is"),
            ([], VOTE, 9, {}, "too large a table"),
            ([Strategyproof()], VOTE, 7, {}, "9,797,760 lies"),
            ([Anonymous()], HUGE, 70, {}, "agents is 70"),
            ([Anonymous(), Onto()], HUGE, 30, {}, "1,073,741,824 profiles"),
            ([Anonymous()], Houses(("a", "b")), 2, {}, "who gets what"),
        ],
    )
    def test_of(self, axioms: Any, setting: Any, agents: int, more: Any, match: str) -> None:
        begun = monotonic()
        with pytest.raises(ValueError, match=match):
            impossible(axioms, setting, agents=agents, **more)
        assert monotonic() - begun < 2

    @pytest.mark.parametrize("part", [10**9, 2_000_000])
    def test_of_too_many_parts(self, part: int) -> None:
        square = Space((0, 0), (1, 1)).grid(1, 1)
        with pytest.raises(ValueError, match="parts is"):
            Between(square, part)
        with pytest.raises(ValueError, match="parts is"):
            Cells(square, (part, 1)).alternatives(2)

    def test_of_bounds_in_floats(self) -> None:
        with pytest.raises(ValueError, match="it has floats"):
            Cells(FLOATS, (2, 2))
        with pytest.raises(ValueError, match="it has floats"):
            Between(FLOATS, 4)

    def test_clauses_are_written_no_longer_than_was_asked(self) -> None:
        houses, begun = Houses(("a", "b", "c", "d")), monotonic()
        found = impossible([ParetoOptimal()], houses, agents=3, seconds=0.2)
        assert found.status == "unknown"
        assert monotonic() - begun < 2
        assert impossible([], VOTE, agents=1, seconds=1e300).status == "possible"
