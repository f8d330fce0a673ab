"""Deferred acceptance: stable, best for the agents, whatever the order; its compiled form."""

import re
from fractions import Fraction
from itertools import permutations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import (
    ExPost,
    Houses,
    Instance,
    Proved,
    Refuted,
    Strategyproof,
    confirm,
    judge,
    verify,
)
from mechsim.algorithms.priorities import read_priorities, strict
from mechsim.allocation import (
    DeferredAcceptance,
    DeferredAcceptanceByLot,
    ImmediateAcceptance,
    SerialDictatorship,
    TopTradingCycles,
    deferred_acceptance,
)
from mechsim.axioms import Claimed, Stable, Undecided

F = Fraction
Priorities = tuple[tuple[int, ...], ...]
THREE = Houses(("a", "b", "c"))
few = settings(max_examples=40)


@st.composite
def markets(draw: st.DrawFn, most: int = 4) -> tuple[Houses, Any, Priorities]:
    """Agents who may refuse objects, objects with coarse priorities."""
    agents, objects = draw(st.integers(1, most)), draw(st.integers(1, most))
    houses = Houses(tuple(f"o{k}" for k in range(objects)), outside=True)
    ranking = st.tuples(st.permutations(range(objects)), st.integers(0, objects))
    x = tuple(tuple(r[:k]) for r, k in (draw(ranking) for _ in range(agents)))
    row = st.tuples(*[st.integers(0, 2)] * agents)
    return houses, x, tuple(draw(row) for _ in range(objects))


def blocks(x: Any, held: Any, priorities: Priorities) -> bool:
    """Whether a pair blocks, or somebody refuses what it has: by the definition, from lists."""
    for agent, item in enumerate(held):
        if item is not None and item not in x[agent]:
            return True
        better = x[agent] if item is None else x[agent][: x[agent].index(item)]
        for wanted in better:
            if wanted not in held:
                return True
            if priorities[wanted][agent] < priorities[wanted][held.index(wanted)]:
                return True
    return False


class TestStable:
    """What the axiom says is what the definition says."""

    @few
    @given(markets(most=3))
    def test_definition(self, market: tuple[Houses, Any, Priorities]) -> None:
        houses, x, priorities = market
        for held in houses.alternatives(len(x)):
            found = judge(held, Stable(priorities), Instance(houses, x))
            assert isinstance(found, Refuted) == blocks(x, held, priorities)

    def test_equals_have_no_claim(self) -> None:
        here = Instance(Houses(("a", "b")), ((0, 1), (0, 1)))
        assert isinstance(judge((0, 1), Stable(((0, 0), (0, 0))), here), Proved)
        found = judge((0, 1), Stable(((1, 0), (0, 0))), here)
        assert isinstance(found, Refuted)
        assert found.case == Claimed(here, 1, 0)
        assert "agent 1 likes a better by 1 than what it has, and no holder comes" in str(found)

    def test_foils(self) -> None:
        """Immediate acceptance and trading cycles ignore priorities of those who come late."""
        priorities = ((1, 0, 2), (0, 2, 1), (0, 1, 2))
        for rule in (ImmediateAcceptance(THREE), TopTradingCycles((0, 1, 2), THREE)):
            found = verify(rule, Stable(priorities), THREE, agents=3)
            assert isinstance(found, Refuted)
            assert confirm(found)

    def test_of_other_agents(self) -> None:
        found = verify(ImmediateAcceptance(THREE), Stable(((1, 0),) * 3), THREE, agents=2)
        assert isinstance(found, Refuted)
        with pytest.raises(ValueError, match="priorities are for 2 agents: there are 3"):
            judge((0, 1, 2), Stable(((0, 1),) * 3), Instance(THREE, ((0, 1, 2),) * 3))
        with pytest.raises(ValueError, match="agent is 9: there are 2 agents"):
            Claimed(Instance(THREE, ((0, 1, 2),) * 2), 9, 0).validate()


class TestBestStable:
    """Stable, and no agent likes another stable assignment better; all leave the same ones out."""

    @few
    @given(markets())
    def test_against_all_stable_ones(self, market: tuple[Houses, Any, Priorities]) -> None:
        houses, x, coarse = market
        places = strict(coarse, range(len(x)))
        held = DeferredAcceptance(coarse, houses)(x)
        assert not blocks(x, held, places)
        assert not blocks(x, held, coarse)
        for other in houses.alternatives(len(x)):
            if not blocks(x, other, places):
                for agent, type_ in enumerate(x):
                    assert houses.value(agent, type_, held) >= houses.value(agent, type_, other)
                    assert (held[agent] is None) == (other[agent] is None)

    def test_stability_may_cost_all(self) -> None:
        """Two would like to change places, and a third is in the way who gains nothing."""
        rule = DeferredAcceptance(((1, 0, 2), (0, 2, 1), (0, 1, 2)), THREE)
        x = ((0, 1, 2), (1, 0, 2), (0, 1, 2))
        assert rule(x) == (1, 0, 2)
        assert THREE.dominating(x, rule(x)) == (0, 1, 2)

    @few
    @given(st.data(), st.integers(1, 4))
    def test_one_class_is_a_serial_dictatorship(self, data: st.DataObject, agents: int) -> None:
        order = tuple(data.draw(st.permutations(range(agents))))
        x = tuple(tuple(data.draw(st.permutations(range(3)))) for _ in range(agents))
        rule = DeferredAcceptance(((0,) * agents,) * 3, THREE, order)
        assert rule(x) == SerialDictatorship(order, THREE)(x)


def with_seats(x: Any, places: Priorities, seats: list[int]) -> list[int | None]:
    """Deferred acceptance of schools that keep as many as they have seats, round by round."""
    asked, held = [0] * len(x), list[int | None]([None] * len(x))
    while True:
        free = [i for i, ranking in enumerate(x) if held[i] is None and asked[i] < len(ranking)]
        if not free:
            return held
        for agent in free:
            held[agent] = x[agent][asked[agent]]
            asked[agent] += 1
        for school, number in enumerate(seats):
            here = [agent for agent, one in enumerate(held) if one == school]
            for agent in sorted(here, key=lambda agent: places[school][agent])[number:]:
                held[agent] = None


class TestSeats:
    """A school with several seats is as many objects of one priority, ranked in turn."""

    @few
    @given(markets(), st.data())
    def test_copies(self, market: tuple[Houses, Any, Priorities], data: st.DataObject) -> None:
        _, x, coarse = market
        seats = data.draw(st.lists(st.integers(1, 2), min_size=len(coarse), max_size=len(coarse)))
        of = [school for school, number in enumerate(seats) for _ in range(number)]
        copies = Houses(tuple(f"seat {k}" for k in range(len(of))), outside=True)
        ranked = [[k for one in ranking for k, s in enumerate(of) if s == one] for ranking in x]
        rule = DeferredAcceptance(tuple(coarse[school] for school in of), copies)
        found = [None if k is None else of[k] for k in rule(ranked)]
        assert found == with_seats(x, strict(coarse, range(len(x))), seats)

    @few
    @given(markets(), st.data())
    def test_arrays(self, market: tuple[Houses, Any, Priorities], data: st.DataObject) -> None:
        """Schools may have no seat, or more than there are agents."""
        _, x, coarse = market
        places = strict(coarse, range(len(x)))
        seats = data.draw(st.lists(st.integers(0, 5), min_size=len(coarse), max_size=len(coarse)))
        profiles = [x, tuple(data.draw(st.permutations(x)))]
        table = [[[*r, *[-1] * (len(coarse) - len(r))] for r in profile] for profile in profiles]
        found = deferred_acceptance(table, places, seats=seats)
        for row, profile in zip(found.tolist(), profiles, strict=True):
            held = with_seats(profile, places, seats)
            assert row == [-1 if one is None else one for one in held]

    def test_one_seat_each(self) -> None:
        rng = np.random.default_rng(3)
        x, places = (rng.permuted(np.tile(np.arange(60), (60, 1)), axis=1) for _ in "xp")
        found = deferred_acceptance(x[None], places, seats=[1] * 60)
        assert found.tolist() == deferred_acceptance(x[None], places).tolist()

    @pytest.mark.parametrize(
        ("seats", "message"),
        [
            ([1], "seats has the shape (1,): there must be a number for each of 2 objects"),
            ([1, -1], "seats[1] is -1: it must be at least 0"),
            ([1, 0.5], "seats has the kind float64: it must be whole numbers"),
        ],
        ids=range(3),
    )
    def test_what_are_none(self, seats: Any, message: str) -> None:
        with pytest.raises(ValueError, match=re.escape(message)):
            deferred_acceptance([[[0, 1]]], [[0], [0]], seats=seats)


class TestByLot:
    """Whatever lot is drawn: stable for coarse priorities, strategyproof."""

    PRIORITIES = ((1, 0, 1), (0, 1, 1), (0, 0, 0))

    def test_universally(self) -> None:
        rule = DeferredAcceptanceByLot(self.PRIORITIES, THREE)
        for _, drawn in rule.rules(3):
            assert isinstance(verify(drawn, Strategyproof(), THREE, agents=3), Proved)
        stable = ExPost(Stable(self.PRIORITIES))
        assert isinstance(verify(rule, stable, THREE, agents=3), Proved)

    def test_weights_by_counting(self) -> None:
        houses = Houses(("a", "b"))
        lottery = DeferredAcceptanceByLot(((0, 0, 0), (1, 0, 0)), houses)([[0, 1]] * 3)
        # agent 0 first: then 1 or 2 has b; otherwise 0 comes last at b, and has nothing
        assert dict(lottery.probability) == {
            (0, 1, None): F(1, 6),
            (0, None, 1): F(1, 6),
            (None, 0, 1): F(1, 3),
            (None, 1, 0): F(1, 3),
        }

    def test_too_many_orders(self) -> None:
        rule = DeferredAcceptanceByLot(((0,) * 8,) * 3, THREE)
        with pytest.raises(Undecided, match=r"8 agents have 4.03e\+04 orders: .* at most 7"):
            rule([[0, 1, 2]] * 8)


class TestArrays:
    """The compiled form gives each profile the assignment of the definition."""

    @few
    @given(st.data())
    def test_definition(self, data: st.DataObject) -> None:
        batch, markets_ = data.draw(st.integers(1, 3)), data.draw(markets(most=5))
        houses, x, coarse = markets_
        agents, objects = len(x), len(houses.objects)
        profiles = [x, *(tuple(data.draw(st.permutations(x))) for _ in range(batch - 1))]
        table = np.full((batch, agents, objects), -1, dtype=data.draw(st.sampled_from("il")))
        for b, agent in product(range(batch), range(agents)):
            ranking = profiles[b][agent]
            table[b, agent, : len(ranking)] = ranking
        rule = DeferredAcceptance(coarse, houses)
        found = rule.of_batch(table)
        for b in range(batch):
            expected = rule(profiles[b])
            assert found[b].tolist() == [-1 if item is None else item for item in expected]

    def test_large(self) -> None:
        """No pair blocks among 200 agents, and nobody is left out."""
        rng = np.random.default_rng(7)
        x, places = (rng.permuted(np.tile(np.arange(200), (200, 1)), axis=1) for _ in "xp")
        (held,) = deferred_acceptance(x[None], places, complete=True)
        assert sorted(held.tolist()) == [*range(200)]
        holder = np.argsort(held)
        rank = np.argsort(x, axis=1)
        better = rank < np.take_along_axis(rank, held[:, None], axis=1)
        claims = (places < np.take_along_axis(places, holder[:, None], axis=1)).T
        assert not (better & claims).any()

    @pytest.mark.parametrize(
        ("rankings", "places", "message"),
        [
            ([[[0, 0]]], [[0], [0]], "rankings[0][0] is [0, 0]: it must rank some of 2 objects"),
            ([[[0, 2]]], [[0], [0]], "rankings[0][0] is [0, 2]: it must rank some of 2 objects"),
            ([[[-1, 0]]], [[0], [0]], "rankings[0][0] is [-1, 0]: it must rank some of 2"),
            ([[[0, -2]]], [[0], [0]], "rankings[0][0] is [0, -2]: it must rank some of 2"),
            ([[[0, 1], [0, 1]]], [[0, 1], [5, 5]], "places[1] is the same for two agents"),
            ([[[0, 1], [0, 1]]], [[1, 1], [0, 1]], "places[0] is the same for two agents"),
            ([[0, 1]], [[0, 1]], "rankings has the shape (1, 2), and places (1, 2)"),
            ([[[0.5]]], [[0]], "rankings has the kind float64: it must be whole numbers"),
        ],
        ids=range(8),
    )
    def test_what_is_no_market(self, rankings: Any, places: Any, message: str) -> None:
        with pytest.raises(ValueError, match=re.escape(message)):
            deferred_acceptance(rankings, places)

    def test_complete_rankings(self) -> None:
        message = r"rankings\[0\]\[0\] is \[0, -1\]: it must rank each of 2 objects once"
        with pytest.raises(ValueError, match=message):
            deferred_acceptance([[[0, -1]]], [[0], [0]], complete=True)
        with pytest.raises(ValueError, match="there are 2 objects"):
            deferred_acceptance([[[0]]], [[0], [0]], complete=True)
        with pytest.raises(ValueError, match=r"it must be \(batch, 2, 3\)"):
            DeferredAcceptance(((0, 1),) * 3, THREE).of_batch([[[0, 1]]])

    def test_places_need_not_count_up(self) -> None:
        found = deferred_acceptance([[[0], [0]]], [[40, -3]])
        assert found.tolist() == [[-1, 0]]


class TestPriorities:
    """Classes are read, and ties broken by an order."""

    def test_strict(self) -> None:
        for order in permutations(range(3)):
            (places,) = strict(((1, 0, 1),), order)
            assert places[1] == 0
            assert (places[0] < places[2]) == (order.index(0) < order.index(2))

    @pytest.mark.parametrize(
        ("given_", "message"),
        [
            ([], "priorities is empty: there must be a class for each object and agent"),
            ([[0, 1], [0]], "priorities[1] has 1 classes: priorities[0] has 2"),
            ([[0, -1]], "priorities[0][1] is -1: it must be a whole number, at least 0"),
            ([3], "priorities[0] is 3 (int): it must be a list"),
        ],
    )
    def test_what_is_none(self, given_: Any, message: str) -> None:
        with pytest.raises(ValueError, match=re.escape(message)):
            read_priorities(given_)

    def test_rules_are_for_their_objects_and_agents(self) -> None:
        assert read_priorities(np.array([[0, 1]])) == ((0, 1),)
        with pytest.raises(ValueError, match="priorities has 1 rows: there must be one for each"):
            DeferredAcceptance(((0, 1),), THREE)
        with pytest.raises(ValueError, match=r"order is \(0, 0\): it must list the 2 agents"):
            DeferredAcceptance(((0, 1),) * 3, THREE, (0, 0))
        with pytest.raises(ValueError, match="priorities are for 2 agents: there are 3"):
            DeferredAcceptance(((0, 1),) * 3, THREE)([[0, 1, 2]] * 3)
