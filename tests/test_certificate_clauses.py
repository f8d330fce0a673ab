"""What the checker lets pass as a clause of an axiom, against all rules of small worlds."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import SinglePeaked
from mechsim.lottery import sure
from mechsim.proving import certcheck

Clause: TypeAlias = tuple[tuple[certcheck.Said, bool], ...]
Table: TypeAlias = dict[tuple[int, ...], int]


@dataclass(frozen=True)
class Small:
    """Two agents with as many types each as there are rows, who value what columns stand for."""

    values: tuple[tuple[tuple[int, ...], ...], ...]

    @property
    def data(self) -> Any:
        types, some = range(len(self.values[0])), range(len(self.values[0][0]))
        listed = [[list(map(str, row)) for row in rows] for rows in self.values]
        return {
            "kind": "values",
            "types": [list(types)] * 2,
            "alternatives": list(some),
            "values": listed,
        }

    def sought(self, asked: Sequence[Any]) -> certcheck.Sought:
        world = certcheck.a_world(self.data)
        rule = certcheck.sought_rule(world, 2, tuple(range(len(self.values[0][0]))))
        return certcheck.demanded(rule, list(asked))[0]

    def rules(self) -> Iterator[Table]:
        profiles = list(product(range(len(self.values[0])), repeat=2))
        for outcomes in product(range(len(self.values[0][0])), repeat=len(profiles)):
            yield dict(zip(profiles, outcomes, strict=True))

    def worth(self, agent: int, profile: tuple[int, ...], outcome: int) -> int:
        return self.values[agent][profile[agent]][outcome]


def strategyproof(world: Small, rule: Table) -> bool:
    return all(
        world.worth(i, x, rule[x]) >= world.worth(i, x, rule[y])
        for x, y in product(rule, rule)
        for i in range(2)
        if x[1 - i] == y[1 - i]
    )


def onto(world: Small, rule: Table) -> bool:
    return len(set(rule.values())) == len(world.values[0][0])


def nondictatorial(world: Small, rule: Table) -> bool:
    return not any(
        all(world.worth(i, x, y) == max(world.values[i][x[i]]) for x, y in rule.items())
        for i in range(2)
    )


def pareto_optimal(world: Small, rule: Table) -> bool:
    def worths(x: tuple[int, ...], y: int) -> tuple[int, int]:
        return world.worth(0, x, y), world.worth(1, x, y)

    return not any(
        a >= c and b >= d and (a, b) != (c, d)
        for x, y in rule.items()
        for z in range(len(world.values[0][0]))
        for (a, b), (c, d) in [(worths(x, z), worths(x, y))]
    )


def unanimous(world: Small, rule: Table) -> bool:
    def best(i: int, x: tuple[int, ...]) -> set[int]:
        row = world.values[i][x[i]]
        return {k for k, worth in enumerate(row) if worth == max(row)}

    both = {x: best(0, x) & best(1, x) for x in rule}
    return all(not both[x] or y in both[x] for x, y in rule.items())


def anonymous(world: Small, rule: Table) -> bool:
    return all(y == rule[x[::-1]] for x, y in rule.items())


def neutral(world: Small, rule: Table) -> bool:
    """Types and alternatives are renamed, 0 to 1 and 1 to 0."""
    return all(1 - y == rule[1 - x[0], 1 - x[1]] for x, y in rule.items())


DEFINITIONS: dict[str, Callable[[Small, Table], bool]] = {
    certcheck.ONE_OUTCOME: lambda world, rule: True,
    "strategyproof": strategyproof,
    "onto": onto,
    "nondictatorial": nondictatorial,
    "pareto optimal ex post": pareto_optimal,
    "unanimous ex post": unanimous,
    "anonymous": anonymous,
    "neutral": neutral,
}


def follows(sought: certcheck.Sought, name: str, clause: Clause) -> bool:
    """Whether the checker lets a clause pass as one of this axiom."""
    demands = {key: demand.breaks for key, demand in certcheck.DEMANDS.items()}
    breaks = demands | {certcheck.ONE_OUTCOME: certcheck.chooses_nothing}
    return breaks[name](sought, sought.contrary(clause))


def holds(rule: Table, clause: Clause) -> bool:
    return any((rule[profile] in members) == sign for (profile, members), sign in clause)


@st.composite
def small_worlds(draw: st.DrawFn, types: int = 2, alternatives: int = 3) -> Small:
    row = st.tuples(*[st.integers(0, 2)] * alternatives)
    rows = st.tuples(*[row] * types)
    return Small((draw(rows), draw(rows)))


@st.composite
def clauses(draw: st.DrawFn, types: int = 2, alternatives: int = 3) -> Clause:
    profile = st.tuples(*[st.integers(0, types - 1)] * 2)
    members = st.frozensets(st.integers(0, alternatives - 1), min_size=1)
    literal = st.tuples(st.tuples(profile, members), st.booleans())
    return tuple(draw(st.lists(literal, max_size=6)))


ALONE = tuple(DEFINITIONS)[:-2]


class TestNoRuleThatSatisfiesAnAxiomBreaksAClauseOfIt:
    """A clause that passes as one of an axiom holds of every rule that satisfies the axiom."""

    @given(small_worlds(), clauses(), st.sampled_from(ALONE))
    def test_of_any_rule(self, world: Small, clause: Clause, name: str) -> None:
        if follows(world.sought([]), name, clause):
            rules = (rule for rule in world.rules() if DEFINITIONS[name](world, rule))
            assert all(holds(rule, clause) for rule in rules)

    @given(small_worlds(), clauses(), st.sampled_from(ALONE))
    def test_of_anonymous_rules(self, world: Small, clause: Clause, name: str) -> None:
        same = Small((world.values[0],) * 2)
        if follows(same.sought(["anonymous"]), name, clause):
            rules = (rule for rule in same.rules() if anonymous(same, rule))
            assert all(holds(rule, clause) for rule in rules if DEFINITIONS[name](same, rule))

    @given(clauses(alternatives=2), st.sampled_from(ALONE), st.booleans())
    def test_of_neutral_rules(self, clause: Clause, name: str, exchanged: bool) -> None:
        world = Small((((1, 0), (0, 1)),) * 2)
        asked = [{"neutral": ["1 0: 1 0"]}, *["anonymous"] * exchanged]
        if follows(world.sought(asked), name, clause):
            rules = [rule for rule in world.rules() if neutral(world, rule)]
            rules = [rule for rule in rules if not exchanged or anonymous(world, rule)]
            assert all(holds(rule, clause) for rule in rules if DEFINITIONS[name](world, rule))

    def test_who_is_exchanged(self) -> None:
        """Agents who like alternatives in different orders are not; amounts do not matter."""
        tastes = ((2, 1, 0), (0, 1, 2))
        assert Small((tastes, ((5, 1, 0), (0, 1, 9)))).sought(["anonymous"]).anonymous
        with pytest.raises(certcheck.Rejected, match="agents differ"):
            Small((tastes, tastes[::-1])).sought(["anonymous"])

    def test_many_pass(self) -> None:
        """Of the clauses of one or two exclusions those pass that the definitions name."""
        world = Small((((2, 1, 0), (0, 1, 2)), ((1, 1, 0), (0, 2, 1))))
        sought = world.sought([])
        said = [((x, frozenset({a})), False) for x in product(range(2), repeat=2) for a in range(3)]
        pairs = [pair for pair in combinations(said, 2) if pair[0][0][0] != pair[1][0][0]]
        passed = {pair for pair in pairs if follows(sought, "strategyproof", pair)}
        pays = {
            (one, other)
            for one, other in pairs
            for ((x, (a,)), _), ((y, (b,)), _) in [(one, other), (other, one)]
            for i in range(2)
            if x[1 - i] == y[1 - i] and world.worth(i, x, b) > world.worth(i, x, a)
        }
        assert passed == pays
        assert len(pays) > 10
        assert sum(follows(sought, "pareto optimal ex post", (one,)) for one in said) == sum(
            not any(rule[x] == a and pareto_optimal(world, rule) for rule in world.rules())
            for (x, (a,)), _ in said
        )


class TestSomeTasteOfAPeakPrefers:
    """Of two places one may be liked better unless the other lies between it and the peak."""

    def test_as_the_library_says(self) -> None:
        places = tuple(Fraction(k, 4) for k in range(5))
        for peak, new, old in product(places, repeat=3):
            gain = SinglePeaked().gain(0, peak, sure(old), sure(new))
            assert certcheck.may_prefer(peak, new, old) == (gain > 0)


POINTS = tuple((Fraction(x), Fraction(y)) for x in range(3) for y in range(3))
WAY = certcheck.Between(POINTS, 4)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no reason": ({"axioms": ["strategyproof"]}, "only if they are Pareto optimal"),
    "onto": ({"axioms": [certcheck.PARETO, "onto"]}, "none of the axioms"),
    "neutral": ({"axioms": [certcheck.PARETO, {"neutral": []}]}, "none of the axioms"),
    "three": ({"agents": 3}, "two agents"),
    "parts": ({"alternatives": [0, 1, 2]}, "the parts must be listed"),
    "dimensions": (
        {"setting": {"kind": "between", "points": [["0"], ["0", "1"]], "parts": 4}},
        "many",
    ),
    "twice": ({"setting": {"kind": "between", "points": [["0"], ["0"]], "parts": 4}}, "differ"),
    "no parts": (
        {"setting": {"kind": "between", "points": [["0"]], "parts": 0}},
        "number of parts",
    ),
}


class TestALieThatSurelyPaysPaysAtAllPlaces:
    """Two agents in a plane, and outcomes of which the part of the way between them is known."""

    def place(self, profile: tuple[int, ...], share: Fraction) -> tuple[Fraction, ...]:
        start, end = sorted(POINTS[k] for k in profile)
        return tuple(a + share * (b - a) for a, b in zip(start, end, strict=True))

    def test_of_random_places(self) -> None:
        rng, passed = random.Random(0), 0
        sought = certcheck.sought_rule(WAY, 2, tuple(range(4)))
        for _ in range(3_000):
            honest = (rng.randrange(9), rng.randrange(9))
            agent, lie = rng.randrange(2), rng.randrange(9)
            lied = (lie, honest[1]) if agent == 0 else (honest[0], lie)
            kept, led = (frozenset(rng.choices(range(4), k=1 + rng.randrange(2))) for _ in range(2))
            contrary = sought.contrary((((honest, kept), False), ((lied, led), False)))
            if not certcheck.lie_surely_pays(sought, contrary):
                continue
            passed += 1
            ends = (Fraction(0), Fraction(rng.randrange(10), 9), Fraction(1))
            at = [
                [self.place(profile, (part + one) / 4) for part in parts for one in ends]
                for profile, parts in ((honest, kept), (lied, led))
            ]
            truths = (POINTS[honest[agent]], POINTS[lie])
            gains = (
                all(self.square(truth, near) < self.square(truth, far) for near, far in pairs)
                for truth, pairs in zip(truths, (product(at[1], at[0]), product(*at)), strict=True)
            )
            assert any(gains)
        assert passed > 80

    def square(self, point: tuple[Fraction, ...], place: tuple[Fraction, ...]) -> Fraction:
        return sum(((a - b) ** 2 for a, b in zip(point, place, strict=True)), Fraction(0))

    def test_some_pay(self) -> None:
        """From the far end of the way to the near one."""
        sought = certcheck.sought_rule(WAY, 2, tuple(range(4)))
        far = ((((0, 8), frozenset({3})), False), (((0, 1), frozenset({0, 1, 2, 3})), False))
        assert certcheck.lie_surely_pays(sought, sought.contrary(tuple(far))) is False
        near = ((((0, 8), frozenset({0})), False), (((6, 8), frozenset({3})), False))
        assert certcheck.lie_surely_pays(sought, sought.contrary(tuple(near))) is False
        led = ((((0, 8), frozenset({3})), False), (((3, 8), frozenset({0})), False))
        assert certcheck.lie_surely_pays(sought, sought.contrary(tuple(led)))

    def test_least_and_most(self) -> None:
        """The squares of distances are enclosed, and the least one is attained at the foot."""
        half, two = Fraction(1, 2), Fraction(2)
        assert WAY.bounds((POINTS[0], POINTS[8]), POINTS[2], 1) == ((two, 0), (two + half, 0))
        assert WAY.bounds((POINTS[8], POINTS[0]), POINTS[2], 2) == ((two, 0), (two + half, 0))
        assert WAY.bounds((POINTS[0], POINTS[8]), POINTS[0], 1) == ((half, 0), (two, 0))
        assert WAY.bounds((POINTS[4], POINTS[4]), POINTS[0], 3) == ((two, 0), (two, 0))

    @pytest.mark.parametrize("name", REFUSED)
    def test_what_is_refused(self, name: str) -> None:
        change, why = REFUSED[name]
        statement = {
            "setting": {"kind": "between", "points": [["0"], ["1"]], "parts": 4},
            "agents": 2,
            "alternatives": [0, 1, 2, 3],
            "axioms": ["strategyproof", certcheck.PARETO],
        }
        proof: dict[str, list[Any]] = {"variables": [], "clauses": [], "lemmas": []}
        with pytest.raises(certcheck.Rejected, match="the last lemma"):
            certcheck.derive("contradiction", statement, proof, certcheck.Door())
        with pytest.raises(certcheck.Rejected, match=why):
            certcheck.derive("contradiction", statement | change, proof, certcheck.Door())

    def test_of_no_mechanism(self) -> None:
        """Other kinds of certificates do not know parts of a way as a setting."""
        with pytest.raises(certcheck.Rejected, match="a setting must be one of line, values"):
            certcheck.a_world({"kind": "between", "points": [["0"], ["1"]], "parts": 4})


class TestALemmaFollows:
    """What follows by hints is true wherever the clauses are."""

    literal = st.integers(1, 4).flatmap(lambda k: st.sampled_from((k, -k)))
    clause = st.frozensets(literal, max_size=3)

    @given(
        st.lists(clause, min_size=1, max_size=8), clause, st.lists(st.integers(0, 8), max_size=8)
    )
    def test_by_all_assignments(
        self, given_: list[frozenset[int]], lemma: frozenset[int], hints: list[int]
    ) -> None:
        try:
            certcheck.follow(given_, lemma, hints)
        except certcheck.Rejected:
            return
        for signs in product((1, -1), repeat=4):
            true = {sign * k for k, sign in enumerate(signs, 1)}
            assert not all(true & clause for clause in given_) or true & lemma

    @pytest.mark.parametrize(
        ("hints", "passes"),
        [
            ((0, 1, 2), True),
            ((1, 0, 2), False),
            ((0, 2), False),
            ((0, 1), False),
            ((0, 1, 3), False),
        ],
        ids=["in order", "too early", "one left out", "no end", "no such clause"],
    )
    def test_hints(self, hints: tuple[int, ...], passes: bool) -> None:
        clauses_ = [frozenset(one) for one in ((1, 2), (-2, 3), (-3, 1))]
        if passes:
            certcheck.follow(clauses_, frozenset({1}), hints)
            return
        with pytest.raises(certcheck.Rejected):
            certcheck.follow(clauses_, frozenset({1}), hints)
