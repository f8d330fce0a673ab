"""House allocation, random assignments and trading: one class for each statement."""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, permutations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from mechsim import (
    Domain,
    ExPost,
    Finite,
    Houses,
    Instance,
    OrdinallyEfficient,
    ParetoOptimal,
    SDEnvyFree,
    SDStrategyproof,
    judge,
    mix,
    optimize,
    sure,
    uniform,
    verify,
)
from mechsim.allocation import (
    FixedAssignment,
    ImmediateAcceptance,
    PriorityDraw,
    ProbabilisticSerial,
    RandomPriority,
    SerialDictatorship,
    TopTradingCycles,
)
from mechsim.axioms import (
    Envy,
    Everybody,
    Misreport,
    RespectsEndowment,
    Undecided,
    WeaklySDEnvyFree,
    WeaklySDStrategyproof,
)
from mechsim.design import Designed
from mechsim.mechanism import compound
from mechsim.objectives import Utilitarian

F = Fraction
Profile = tuple[tuple[int, ...], ...]
Assignment = tuple[int | None, ...]

THREE = Houses(("a", "b", "c"))
FOUR = Houses(("a", "b", "c", "d"))
OUTSIDE = Houses(("a", "b"), outside=True)
few = settings(max_examples=15)

TWO_CAMPS = ((0, 1, 2, 3), (0, 1, 2, 3), (1, 0, 3, 2), (1, 0, 3, 2))


def profiles(houses: Houses, least: int = 1, most: int = 4) -> st.SearchStrategy[Profile]:
    ranking = st.permutations(range(len(houses.objects))).map(tuple)
    if houses.outside:
        ranking = st.tuples(ranking, st.integers(0, len(houses.objects))).map(
            lambda cut: cut[0][: cut[1]]
        )
    return st.lists(ranking, min_size=least, max_size=most).map(tuple)


def better(houses: Houses, x: Profile, one: Assignment, other: Assignment) -> bool:
    """Whether ``one`` is better for somebody and worse for nobody."""
    gains = [houses.value(i, t, one) - houses.value(i, t, other) for i, t in enumerate(x)]
    return min(gains) >= 0 and max(gains) > 0


def constant(lottery: Finite[Assignment]) -> Callable[[Any], Finite[Assignment]]:
    return lambda reports: lottery


@st.composite
def lotteries(draw: st.DrawFn, agents: int = 3) -> Finite[Assignment]:
    every = list(permutations((0, 1, 2, None), agents))
    drawn = draw(st.lists(st.sampled_from(every), min_size=1, max_size=3))
    return uniform(drawn)


class TestParetoOptimalAssignments:
    """Better for some and worse for nobody: by free objects and circles, or by all assignments."""

    @pytest.mark.parametrize("houses", [THREE, OUTSIDE])
    @settings(max_examples=40)
    @given(data=st.data())
    def test_every_assignment(self, houses: Houses, data: st.DataObject) -> None:
        x = data.draw(profiles(houses, 3, 3))
        every = [
            one
            for one in product((*range(len(houses.objects)), None), repeat=3)
            if houses.admits(one)
        ]
        assignment = data.draw(st.sampled_from(every))
        found = houses.dominating(x, assignment)
        assert (found is not None) == any(better(houses, x, one, assignment) for one in every)
        assert found is None or (houses.admits(found) and better(houses, x, found, assignment))

    def test_none_but_objects_to_be_handed_out(self) -> None:
        assert len(THREE.alternatives(2)) == 6
        assert len(THREE.alternatives(4)) == 24
        assert len(OUTSIDE.alternatives(2)) == 7
        assert all(THREE.admits(one) for one in THREE.alternatives(4))


class TestSerialDictatorships:
    """Abdulkadiroğlu, Sönmez 1998: the Pareto optimal assignments are those of the orders."""

    @few
    @given(x=profiles(THREE, 3, 3))
    def test_lemma_1(self, x: Profile) -> None:
        found = {SerialDictatorship(order, THREE)(x) for order in permutations(range(3))}
        assert found == {one for one in THREE.alternatives(3) if THREE.dominating(x, one) is None}

    @few
    @given(x=profiles(FOUR, 4, 4))
    def test_immediate_acceptance_is_one_of_them(self, x: Profile) -> None:
        assert FOUR.dominating(x, ImmediateAcceptance(FOUR)(x)) is None


class TestRandomPriority:
    """The lottery over serial dictatorships, and the core from random endowments."""

    @pytest.mark.parametrize("houses", [FOUR, OUTSIDE])
    @few
    @given(data=st.data())
    def test_is_the_mixture_of_its_rules(self, houses: Houses, data: st.DataObject) -> None:
        x = data.draw(profiles(houses))
        rule = RandomPriority(houses)
        assert rule(x) == compound(rule.rules(len(x)), x)

    @few
    @given(x=profiles(FOUR, 4, 4))
    def test_theorem_2_of_abdulkadiroglu_and_sonmez(self, x: Profile) -> None:
        every = permutations(range(4))
        trades = ((F(1, 24), sure(TopTradingCycles(owned, FOUR)(x))) for owned in every)
        assert mix(trades) == RandomPriority(FOUR)(x)

    def test_many_agents(self) -> None:
        """Among nine agents it is drawn from; the first choices of ten are about right."""
        houses = Houses(tuple("abcdefghij"))
        lottery = RandomPriority(houses)([tuple(range(10))] * 10)
        assert isinstance(lottery, PriorityDraw)
        drawn = lottery.sample(np.random.default_rng(1), 400)
        assert all({*one} == {*range(10)} for one in drawn)
        first = sum(one[3] == 0 for one in drawn) / 400
        assert first == pytest.approx(0.1, abs=0.05)
        with pytest.raises(Undecided, match=r"among 10 agents has up to 3.63e\+06 outcomes"):
            lottery.expect(lambda outcome: 1)
        verdict = verify(RandomPriority(houses), SDStrategyproof(), houses, agents=10)
        assert verdict.word == "unknown"


class TestBogomolnaiaMoulin2001:
    """The examples of the paper, with their numbers."""

    def test_random_priority_wastes_chances(self) -> None:
        """Two camps, each with its own two favourites."""
        found = THREE.random_assignment(RandomPriority(FOUR)(TWO_CAMPS), 4)
        assert found == tuple(
            tuple(F(p, 12) for p in row)[:3] for row in [(5, 1, 5, 1)] * 2 + [(1, 5, 1, 5)] * 2
        )
        case = Everybody(Instance(FOUR, TWO_CAMPS))
        assert OrdinallyEfficient().violation(RandomPriority(FOUR), case) == F(1, 12)

    def test_the_serial_rule_does_not(self) -> None:
        half, none = F(1, 2), F(0)
        found = ProbabilisticSerial(FOUR).shares(TWO_CAMPS)
        assert found == ((half, none, half, none),) * 2 + ((none, half, none, half),) * 2

    def test_three_agents(self) -> None:
        """One favourite of two, and a second favourite: eating it early pays, sometimes."""
        rule = ProbabilisticSerial(THREE)
        truth, lied = ((0, 1, 2), (0, 1, 2), (1, 2, 0)), ((1, 0, 2), (0, 1, 2), (1, 2, 0))
        assert rule.shares(truth)[0] == (F(1, 2), F(1, 6), F(1, 3))
        assert rule.shares(lied)[0] == (F(1, 4), F(1, 2), F(1, 4))
        case = Misreport(Instance(THREE, truth), 0, (1, 0, 2))
        assert SDStrategyproof().violation(rule, case) == F(1, 12)
        assert WeaklySDStrategyproof().violation(rule, case) == -F(1, 4)
        assert "raises the chance of a or b from 2/3 to 3/4" in SDStrategyproof().explain(
            rule, case
        )

    def test_two_agents_are_all_alike(self) -> None:
        for instance in Domain(THREE, agents=2):
            random = THREE.random_assignment(RandomPriority(THREE)(instance.reports), 2)
            assert ProbabilisticSerial(THREE).shares(instance.reports) == random


class TestProbabilisticSerial:
    """All eat from the best that is left, at the same speed."""

    @pytest.mark.parametrize("houses", [FOUR, Houses(("a", "b")), OUTSIDE])
    @few
    @given(data=st.data())
    def test_times(self, houses: Houses, data: st.DataObject) -> None:
        """What an agent has of its k best by the end: the time when the last is used up."""
        x = data.draw(profiles(houses))
        shares = ProbabilisticSerial(houses).shares(x)
        gone = [F(1)] * len(houses.objects)
        for a in range(len(gone)):
            if sum(row[a] for row in shares) == 1:
                ends = [
                    sum(row[b] for b in ranking[: ranking.index(a) + 1])
                    for row, ranking in zip(shares, x, strict=True)
                    if a in ranking and row[a]
                ]
                assert len(set(ends)) == 1
                gone[a] = F(ends[0])
        for row, ranking in zip(shares, x, strict=True):
            for k in range(1, len(ranking) + 1):
                assert sum(row[a] for a in ranking[:k]) == max(gone[a] for a in ranking[:k])
            assert all(not p for a, p in enumerate(row) if a not in ranking)

    @few
    @given(x=profiles(FOUR))
    def test_the_lottery_has_these_chances(self, x: Profile) -> None:
        rule = ProbabilisticSerial(FOUR)
        assert FOUR.random_assignment(rule(x), len(x)) == rule.shares(x)

    @few
    @given(x=profiles(THREE, 3, 3), speeds=st.tuples(*[st.integers(1, 3)] * 3))
    def test_at_any_speeds(self, x: Profile, speeds: tuple[int, ...]) -> None:
        """Bogomolnaia, Moulin, theorem 1: what is eaten is ordinally efficient."""
        rule = ProbabilisticSerial(THREE, speeds)
        assert OrdinallyEfficient().violation(rule, Everybody(Instance(THREE, x))) == 0
        faster = ProbabilisticSerial(THREE, tuple(F(s, 7) for s in speeds)).shares(x)
        assert all(sum(row) <= 1 for row in faster)

    @pytest.mark.parametrize(
        ("speeds", "message"),
        [
            ((0, 1), r"speeds\[0\] is 0: it must be an int or a Fraction above 0"),
            ((1, 0.5), r"speeds\[1\] is 0.5: it must be an int or a Fraction"),
            ((1, 1, 1), "speeds has 3 of them: there must be one for each of 2 agents"),
        ],
    )
    def test_no_speeds(self, speeds: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            ProbabilisticSerial(THREE, speeds)([(0, 1, 2), (0, 1, 2)])


def improvement(x: Profile, lottery: Finite[Assignment]) -> float:
    """How much more of the k best can be had by all together, if all get as much: by a program."""
    p = np.array(THREE.random_assignment(lottery, len(x)), dtype=float)
    agents, objects = p.shape
    rows = [
        [float(i == j and a in x[i][:k]) for j in range(agents) for a in range(objects)]
        for i in range(agents)
        for k in range(1, objects + 1)
    ]
    sums = [
        *([float(i == j) for j in range(agents) for _ in range(objects)] for i in range(agents)),
        *([float(a == b) for _ in range(agents) for b in range(objects)] for a in range(objects)),
    ]
    least = np.array(rows) @ p.ravel()
    found = linprog(
        -np.sum(rows, axis=0),
        A_ub=np.vstack([-np.array(rows), np.array(sums)]),
        b_ub=np.concatenate([-least, np.ones(len(sums))]),
        bounds=(0, None),
    )
    assert found.fun is not None
    return float(-found.fun - least.sum())


class TestOrdinalEfficiency:
    """Bogomolnaia, Moulin, lemma 3: no trade round a cycle, and nothing left, is efficiency."""

    @settings(max_examples=30)
    @given(x=profiles(THREE, 3, 3), lottery=lotteries())
    def test_linear_program(self, x: Profile, lottery: Finite[Assignment]) -> None:
        case = Everybody(Instance(THREE, x))
        found = OrdinallyEfficient().violation(constant(lottery), case)
        assert (found > 0) == (improvement(x, lottery) > 1e-7)

    def test_is_more_than_efficient_outcomes(self) -> None:
        rule, here = RandomPriority(FOUR), Instance(FOUR, TWO_CAMPS)
        drawn = rule(TWO_CAMPS)
        assert isinstance(drawn, Finite)
        assert all(FOUR.dominating(TWO_CAMPS, one) is None for one in drawn.support)
        assert "agent 2 gives a for b, agent 0 gives b for a" in OrdinallyEfficient().explain(
            rule, Everybody(here)
        )

    def test_needs_objects(self) -> None:
        verdict = verify(
            lambda reports: 0, OrdinallyEfficient(), Domain(THREE, 1).setting, agents=1
        )
        assert verdict.word != "proved"


class TestEnvyByDominance:
    """Envy of another's chances for some utilities, and for all, that agree with a ranking."""

    @few
    @given(
        x=profiles(THREE, 3, 3),
        lottery=lotteries(),
        steps=st.lists(st.tuples(*[st.integers(1, 50)] * 3), min_size=4, max_size=4),
    )
    def test_utilities(
        self, x: Profile, lottery: Finite[Assignment], steps: list[tuple[int, ...]]
    ) -> None:
        chances = THREE.random_assignment(lottery, 3)
        corners = [tuple(10**4 if k == at else 1 for k in range(3)) for at in range(3)]
        for i, j in permutations(range(3), 2):
            case = Envy(Instance(THREE, x), i, j)
            sure_envy = WeaklySDEnvyFree().violation(constant(lottery), case) > 0
            some_envy = SDEnvyFree().violation(constant(lottery), case) > 0
            envies: list[bool] = []
            for step in (*steps, *corners):
                worth = {a: sum(step[k:]) for k, a in enumerate(x[i])}
                envies.append(sum((chances[j][a] - chances[i][a]) * worth[a] for a in range(3)) > 0)
            assert not sure_envy or all(envies)
            assert some_envy == any(envies)
            assert sure_envy == all(envies[-3:])

    def test_random_priority(self) -> None:
        case = Envy(Instance(THREE, ((0, 1, 2), (0, 2, 1), (1, 0, 2))), 0, 2)
        assert SDEnvyFree().violation(RandomPriority(THREE), case) == F(1, 6)
        assert "agent 0 may envy agent 2" in SDEnvyFree().explain(RandomPriority(THREE), case)

    def test_judged_as_given(self) -> None:
        """A lottery is judged as the mechanism would be that gives it."""
        here = Instance(THREE, ((0, 1, 2), (0, 2, 1), (1, 0, 2)))
        drawn, eaten = (f(THREE)(here.profile) for f in (RandomPriority, ProbabilisticSerial))
        found = judge(drawn, SDEnvyFree(), here)
        assert (found.word, getattr(found, "violation", None)) == ("refuted", F(1, 6))
        assert judge(drawn, WeaklySDEnvyFree(), here).word == "proved"
        assert judge(eaten, SDEnvyFree(), here).word == "proved"
        assert judge(eaten, OrdinallyEfficient(), here).word == "proved"
        wasted = uniform([(1, 2, 0), (0, 2, 1)])  # agents 0 and 2 would trade
        assert judge(wasted, OrdinallyEfficient(), here).word == "refuted"


class TestTopTradingCycles:
    """Shapley, Scarf; Roth, Postlewaite: the one assignment that no coalition can better."""

    @few
    @given(x=profiles(FOUR, 4, 4))
    def test_the_core(self, x: Profile) -> None:
        assert TopTradingCycles((0, 1, 2, 3), FOUR)(x) in core(x, strict=True)

    @few
    @given(x=profiles(THREE, 3, 3))
    def test_nothing_else_is_in_it(self, x: Profile) -> None:
        assert core(x, strict=True) == [TopTradingCycles((0, 1, 2), THREE)(x)]

    @few
    @given(x=profiles(FOUR, 3, 4))
    def test_who_owns_nothing_takes_turns(self, x: Profile) -> None:
        nothing = (None,) * len(x)
        order = tuple(range(len(x)))
        assert TopTradingCycles(nothing, FOUR)(x) == SerialDictatorship(order, FOUR)(x)

    @pytest.mark.parametrize("owned", [(None, 0, 1), (2, None, 0)])
    def test_tenants_and_newcomers(self, owned: Assignment) -> None:
        """Abdulkadiroğlu, Sönmez 1999: with some objects that nobody owns all this is kept."""
        rule = TopTradingCycles(owned, THREE)
        for axiom in (SDStrategyproof(), ExPost(ParetoOptimal()), ExPost(RespectsEndowment(owned))):
            assert verify(rule, axiom, THREE, agents=3).word == "proved"

    def test_what_is_no_endowment(self) -> None:
        for rule in (TopTradingCycles, FixedAssignment):
            with pytest.raises(ValueError, match=r"endowment is \(0, 0\): it must be an object of"):
                rule((0, 0), THREE)
            with pytest.raises(ValueError, match="one entry for each of 1 agents"):
                rule((0, 1), THREE)([(0, 1, 2)])
        with pytest.raises(ValueError, match=r"order is \(0, 2\): it must list the agents from 0"):
            SerialDictatorship((0, 2), THREE)
        with pytest.raises(ValueError, match="it must have each of 1 agents"):
            SerialDictatorship((1, 0), THREE)([(0, 1, 2)])
        with pytest.raises(ValueError, match=r"endowment is \(0,\): it must have one entry"):
            judge((0, 1), RespectsEndowment((0,)), Instance(THREE, ((0, 1, 2), (0, 1, 2))))


def core(x: Profile, *, strict: bool) -> list[Assignment]:
    """The assignments that no coalition can better by trading what it owns."""
    agents = range(len(x))

    def blocked(assignment: Assignment) -> bool:
        for size in range(1, len(x) + 1):
            for members in combinations(agents, size):
                for goods in permutations(members):
                    gains = [
                        x[i].index(assignment[i] or 0) - x[i].index(own)
                        for i, own in zip(members, goods, strict=True)
                    ]
                    if min(gains) >= 0 and (max(gains) > 0 if strict else min(gains) > 0):
                        return True
        return False

    return [one for one in permutations(agents) if not blocked(one)]


class TestSettingOfHouses:
    """What is read, told and refused."""

    @pytest.mark.parametrize(
        ("reports", "message"),
        [
            ([["a", "b"]], r"reports\[0\] ranks c nowhere: every object is ranked once"),
            ([["a", "b", "b", "c"]], r"reports\[0\] ranks b twice: an object is ranked once"),
            ([["a", "b", "x"]], r"reports\[0\]\[2\] is 'x': it must be one of a, b, c"),
            ([], "reports is empty: at least one agent must report"),
        ],
    )
    def test_what_is_no_profile(self, reports: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            THREE.read(reports)

    def test_names(self) -> None:
        houses = Houses(("attic", "barn"), agents=("ann", "bob"), outside=True)
        assert houses.read([["barn"], []]) == ((1,), ())
        assert houses.read(np.array([[0, 1], [1, 0]])) == ((0, 1), (1, 0))
        assert houses.assignment({"bob": "barn", "ann": None}) == (None, 1)
        assert houses.assignment([None, "barn"]) == (None, 1)
        assert houses.tell_type(()) == "nothing"
        for given_, message in (
            ({"ann": "barn"}, "given is for ann: it must be for ann, bob"),
            (["barn", "barn"], "given is barn, barn: it must be one for each agent, and no"),
            (["barn", "cave"], r"given\[1\] is 'cave': it must be one of attic, barn"),
        ):
            with pytest.raises(ValueError, match=message):
                houses.assignment(given_)
        with pytest.raises(ValueError, match="there must be one for each of 2 agents"):
            houses.read([[0]])
        with pytest.raises(ValueError, match="objects is empty"):
            Houses(())
        with pytest.raises(ValueError, match="outside is 1: it must be True or False"):
            Houses(("a",), outside=1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    @few
    @given(x=profiles(OUTSIDE))
    def test_searched_types_are_types(self, x: Profile) -> None:
        every = OUTSIDE.types(0) or ()
        assert len(every) == 5
        assert set(OUTSIDE.misreports(0, x)) <= set(every) - {x[0]}
        drawn = next(OUTSIDE.profiles(2, np.random.default_rng(len(x))))
        assert OUTSIDE.read(drawn) == drawn

    def test_mechanisms_are_designed(self) -> None:
        """What is optimal by a linear program is strategyproof by the axiom."""
        two = Houses(("a", "b"))
        found = optimize(Utilitarian(), [SDStrategyproof()], two, agents=2)
        assert isinstance(found, Designed)
        assert verify(found, SDStrategyproof(), two, agents=2).word == "proved"

    @few
    @given(x=profiles(THREE, 2, 3))
    def test_nobody_is_asked_about_others(self, x: Profile) -> None:
        assume(len(x) > 1)
        lied = next(THREE.misreports(0, x))
        case = Misreport(Instance(THREE, x), 1, lied)
        rule = SerialDictatorship(tuple(range(len(x))), THREE)
        assert SDStrategyproof().violation(rule, case) <= 0
