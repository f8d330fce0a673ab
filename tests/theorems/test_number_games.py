"""Mechanisms that play a game of numbers where others draw: one class for each statement."""

import math
import re
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from itertools import permutations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import (
    Budget,
    Houses,
    Instance,
    Line,
    ParetoOptimal,
    Proved,
    Rankings,
    Refuted,
    SDStrategyproof,
    SinglePeaked,
    Strategyproof,
    Universally,
    confirm,
    mix,
    sure,
    verify,
)
from mechsim.algorithms.ties import Lexicographic
from mechsim.allocation import DeferredAcceptanceByLot, RandomPriority, SerialDictatorship
from mechsim.axioms import (
    Misreport,
    Responsive,
    SDSincereEquilibrium,
    SincereEquilibrium,
    Undecided,
    Voice,
)
from mechsim.facility import LeftRightMiddle, Mean, Median, RandomRank
from mechsim.games import (
    Derandomized,
    Game,
    NumberGame,
    bit_by_bit,
    equally_likely,
    one_by_one,
    others_bits,
    pure_equilibria,
    regret,
    sum_modulo,
)
from mechsim.preferences import Nominations, Numbered
from mechsim.voting import Borda, RandomDictatorship, TwoPartition

F = Fraction
Index = Callable[[tuple[int, ...], int], int]
UNIT = Line(0, 1)
few = settings(max_examples=25)

EVEN = [
    *(("sum", sum_modulo, m, n) for m in range(1, 5) for n in (2, 3)),
    *(("bits", bit_by_bit, m, n) for m in (1, 2, 4) for n in (2, 3)),
    ("turns of 2", one_by_one, 2, 2),
    ("turns of 3", one_by_one, 6, 3),
    ("sides of 3", others_bits, 8, 3),
]
INDICES = pytest.mark.parametrize(
    ("index", "outcomes", "agents"),
    [pytest.param(f, m, n, id=f"{name} {m} {n}") for name, f, m, n in EVEN],
)


def indices(index: Index, outcomes: int, choices: list[Any]) -> set[int]:
    """How often each index comes about, where there is one for each."""
    counted = Counter(index(numbers, outcomes) for numbers in product(*choices))
    assert len(counted) in (1, outcomes) or len(set(counted.values())) > 1
    return set(counted.values()) if len(counted) == outcomes else set()


def is_even(index: Index, outcomes: int, choices: list[Any]) -> bool:
    return len(indices(index, outcomes, choices)) == 1


class TestLemma:
    """Whatever one agent names, the index is uniform if the others' numbers are."""

    @INDICES
    def test_against_all_others(self, index: Index, outcomes: int, agents: int) -> None:
        for agent, number in product(range(agents), range(outcomes)):
            choices: list[Any] = [range(outcomes)] * agents
            choices[agent] = [number]
            assert is_even(index, outcomes, choices)

    @pytest.mark.parametrize(("index", "outcomes"), [(sum_modulo, 3), (bit_by_bit, 4)])
    def test_two_uniform_players_suffice(self, index: Index, outcomes: int) -> None:
        """A third is arbitrary; whoever deviates meets at least one who is uniform."""
        for fixed, deviation in product(range(outcomes), repeat=2):
            assert is_even(index, outcomes, [[fixed], [deviation], range(outcomes)])

    def test_two_are_too_few_where_numbers_are_asked_one_by_one(self) -> None:
        """Both may be placed first, and the other two settle the rest."""
        assert is_even(one_by_one, 6, [[0], range(6), range(6)])
        assert not is_even(one_by_one, 6, [[0], [0], range(6)])
        assert not is_even(one_by_one, 24, [[0], [0], range(24), range(24)])

    def test_a_fault_would_be_seen(self) -> None:
        def largest(numbers: tuple[int, ...], outcomes: int) -> int:
            return max(numbers) % outcomes

        assert not is_even(largest, 3, [[1], range(3)])


def game_of(payoffs: list[tuple[int, ...]], outcomes: int) -> Game:
    """The game of numbers in which player i gets ``payoffs[i][k]`` of outcome k."""
    players = len(payoffs)
    tables = [np.empty((outcomes,) * players, dtype=object) for _ in payoffs]
    for numbers in product(range(outcomes), repeat=players):
        for table, row in zip(tables, payoffs, strict=True):
            table[numbers] = row[sum_modulo(numbers, outcomes)]
    return Game(tuple(tables))


class TestEquilibriaOfNumbers:
    """Uniform numbers are an equilibrium, whatever is wanted; pure ones are only if all agree."""

    @few
    @given(st.data(), st.integers(1, 4), st.integers(2, 3))
    def test_uniform_numbers(self, data: st.DataObject, outcomes: int, players: int) -> None:
        rows = st.tuples(*[st.integers(-3, 3)] * outcomes)
        game = game_of([data.draw(rows) for _ in range(players)], outcomes)
        assert regret(game, game.uniform()).gains == (0,) * players

    def test_one_uniform_player_is_not_enough(self) -> None:
        game = game_of([(1, 0), (0, 1)], 2)
        half = [F(1, 2), F(1, 2)]
        assert regret(game, [half, half]).gains == (0, 0)
        assert regret(game, [half, [1, 0]]).gains == (F(1, 2), 0)

    @pytest.mark.parametrize(("players", "outcomes", "most"), [(2, 3, 2), (3, 2, 1), (2, 2, 2)])
    def test_pure_equilibria(self, players: int, outcomes: int, most: int) -> None:
        """All payoffs up to ``most``: there is one if and only if an outcome is best for all."""
        rows = list(product(range(most + 1), repeat=outcomes))
        for payoffs in product(rows, repeat=players):
            best = [{k for k, v in enumerate(row) if v == max(row)} for row in payoffs]
            agreed = {k for k in range(outcomes) if all(k in one for one in best)}
            found = pure_equilibria(game_of(list(payoffs), outcomes))
            assert {sum_modulo(numbers, outcomes) for numbers in found} == agreed


POINTS = st.sampled_from([F(k, 4) for k in range(5)])


class TestSincerity:
    """The lottery is that of the mechanism, and a deviation gains what the lie gains there."""

    @pytest.mark.parametrize(
        ("rule", "numbers"),
        [(LeftRightMiddle, 4), (RandomRank, 6), (Mean, 2), (Median, 1)],
        ids=["lrm", "rank", "mean", "median"],
    )
    @given(data=st.data())
    @settings(max_examples=8)
    def test_gains(self, rule: Any, numbers: int, data: st.DataObject) -> None:
        agents = data.draw(st.integers(2, 3))
        numbers = 4 if agents == 2 and numbers == 6 else numbers
        x = tuple(data.draw(POINTS) for _ in range(agents))
        agent, lie = data.draw(st.integers(0, agents - 1)), data.draw(POINTS)
        world = Numbered(UNIT, numbers)
        game, mechanism = NumberGame(rule(UNIT), world), rule(UNIT)
        every = list(product(range(numbers), repeat=agents))
        drawn = mix((F(1, len(every)), sure(game(tuple(zip(x, z, strict=True))))) for z in every)
        honest = mechanism(x)
        assert drawn == (honest if hasattr(honest, "expect") else sure(honest))
        gain = Strategyproof().violation(mechanism, Misreport(Instance(UNIT, x), agent, lie))
        here = Instance(world, tuple((report, 0) for report in x))
        for z in range(numbers):
            case = Misreport(here, agent, (lie, z))
            assert SincereEquilibrium().violation(game, case) == gain

    def test_of_orders_too(self) -> None:
        """By dominance, for all utilities of the order."""
        vote = Rankings(("a", "b", "c"))
        for rule, numbers in ((RandomDictatorship, 2), (partial(Borda, Lexicographic()), 2)):
            mechanism, world = rule(vote), Numbered(vote, numbers)
            game = NumberGame(mechanism, world)
            for x, lie in product(product(permutations(range(3)), repeat=2), [(2, 0, 1)]):
                gain = SDStrategyproof().violation(mechanism, Misreport(Instance(vote, x), 0, lie))
                here = Instance(world, ((x[0], 0), (x[1], 0)))
                case = Misreport(here, 0, (lie, 1))
                assert SDSincereEquilibrium().violation(game, case) == gain

    def test_of_single_peaked_agents(self) -> None:
        """Where only peaks are known, the midrange can be moved to somebody's liking."""
        line = Line(0, 1, tastes=SinglePeaked()).grid(2)
        for rule, numbers, word in ((RandomRank, 2, "proved"), (LeftRightMiddle, 4, "refuted")):
            world = Numbered(line, numbers)
            game = NumberGame(rule(line), world)
            assert verify(game, SincereEquilibrium(), world, agents=2).word == word

    def test_alone_the_numbers_are_ones_own(self) -> None:
        """One agent chooses the rule."""
        world = Numbered(UNIT.grid(2), 2)

        def by_number(reports: Any) -> Any:
            ((report, number),) = reports
            return report if number else 1 - report

        found = verify(by_number, SincereEquilibrium(), world, agents=1)
        assert isinstance(found, Refuted)
        assert found.violation == F(1, 2)
        assert confirm(found)

    def test_binding_cases_suffice(self) -> None:
        world = Numbered(UNIT.grid(2), 2)
        game = NumberGame(RandomRank(UNIT), world)
        here = Instance(world, ((F(0), 0), (F(1, 2), 0)))
        every = list(SincereEquilibrium().cases(here))
        assert len(every) == 2 * 3 * 2
        some = list(SincereEquilibrium().binding(game, here))
        assert len(some) == 2 * 3
        assert {SincereEquilibrium().violation(game, case) for case in every} == {
            SincereEquilibrium().violation(game, case) for case in some
        }

    def test_a_number_that_matters_is_tried(self) -> None:
        """Where the first agent's number alone decides, it deviates from uniformity."""

        def first(numbers: tuple[int, ...], outcomes: int) -> int:
            return numbers[0] % outcomes

        vote = Rankings(("a", "b"))
        world = Numbered(vote, 2)
        game = NumberGame(RandomDictatorship(vote), world, first)
        found = verify(game, SDSincereEquilibrium(), world, agents=2)
        assert isinstance(found, Refuted)
        assert found.violation == F(1, 2)
        assert "name uniform numbers, agent 0 reports" in str(found)

    def test_what_cannot_be_asked(self) -> None:
        world = Numbered(UNIT, 2)
        axiom, games = (
            SincereEquilibrium(),
            [NumberGame(r(UNIT), world) for r in (Mean, RandomRank)],
        )
        words = [verify(g, axiom, world, agents=2, budget=Budget(300)).word for g in games]
        assert words == ["refuted", "survived"]  # nothing is proved of a continuum
        many = Numbered(UNIT.grid(1), 50)
        found = verify(NumberGame(Mean(UNIT), many), axiom, many, agents=3)
        assert "numbers in 125,000 ways: at most 100,000 are tried" in str(found)
        case = Misreport(Instance(UNIT, (F(0), F(1))), 0, F(1))
        with pytest.raises(Undecided, match="does not say numbers"):
            SincereEquilibrium().violation(Mean(UNIT), case)


class TestNotStrategyproof:
    """The game itself is deterministic: who knows the numbers may gain."""

    def test_the_midrange_is_moved(self) -> None:
        world = Numbered(UNIT, 4)
        game = NumberGame(LeftRightMiddle(UNIT), world)
        here = Instance(world, ((F(1, 4), 2), (F(1), 0)))
        lie = Misreport(here, 0, (F(0), 2))
        assert (game(here.reports), game(lie.reports)) == (F(5, 8), F(1, 2))
        assert Strategyproof().violation(game, lie) == F(1, 8)
        found = verify(game, Strategyproof(), world, agents=2)
        assert isinstance(found, Refuted)
        assert confirm(found)

    @pytest.mark.parametrize(("rule", "numbers"), [(LeftRightMiddle, 4), (RandomRank, 2)])
    def test_public_numbers(self, rule: Any, numbers: int) -> None:
        """Sincerity is best whatever the numbers if and only if each rule is strategyproof."""
        line = UNIT.grid(2)
        points = line.types(0) or ()
        game = NumberGame(rule(line), Numbered(line, numbers))
        gains = [
            abs(game(((x, z), (y, w))) - x) - abs(game(((lie, z), (y, w))) - x)
            for x, y, lie in product(points, repeat=3)
            for z, w in product(range(numbers), repeat=2)
        ]
        universal = verify(rule(line), Universally(Strategyproof()), line, agents=2)
        assert (max(gains) <= 0) == isinstance(universal, Proved)
        assert (rule is RandomRank) == isinstance(universal, Proved)


class TestEquallyLikely:
    """Rules of unequal weights are repeated until all weigh the same."""

    @few
    @given(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    def test_repeated(self, weights: list[int]) -> None:
        rules: list[Any] = [partial(math.pow, k) for k, _ in enumerate(weights)]
        total = sum(weights)
        drawn = [(F(w, total), rule) for w, rule in zip(weights, rules, strict=True)]
        found = equally_likely(drawn)
        for weight, rule in drawn:
            assert F(sum(one is rule for one in found), len(found)) == weight
        assert len(found) <= total

    def test_weights_that_are_none(self) -> None:
        tiny = F(1, 10**9)
        with pytest.raises(ValueError, match="as likely as 1,000,000,000 equal ones: at most"):
            equally_likely([(tiny, max), (1 - tiny, min)])
        with pytest.raises(ValueError, match="rules have the probabilities 1/2: they must sum"):
            equally_likely([(F(1, 2), max)])


class TestTurns:
    """A game for each turn makes all orders equally likely, and who is left plays for the next."""

    @given(st.data(), st.integers(1, 4))
    @few
    def test_against_playing_turns(self, data: st.DataObject, agents: int) -> None:
        digits = [
            [data.draw(st.integers(0, size - 1)) for size in range(agents, 0, -1)]
            for _ in range(agents)
        ]
        left, order = list(range(agents)), list[int]()
        for turn in range(agents):
            place = sum(digits[agent][turn] for agent in left) % len(left)
            order.append(left.pop(place))
        weights = [math.factorial(size - 1) for size in range(agents, 0, -1)]
        numbers = tuple(sum(map(math.prod, zip(row, weights, strict=True))) for row in digits)
        orders = list(permutations(range(agents)))
        assert orders[one_by_one(numbers, len(orders))] == tuple(order)

    def test_orders_are_equally_likely(self) -> None:
        counted = Counter(one_by_one(z, 6) for z in product(range(6), repeat=3))
        assert set(counted.values()) == {36}

    @pytest.mark.parametrize("index", [sum_modulo, one_by_one])
    def test_assignments_are_pareto_optimal(self, index: Index) -> None:
        houses = Houses(("a", "b"))
        world = Numbered(houses, 6)
        game = Derandomized(RandomPriority, index)(world)
        found = verify(game, ParetoOptimal(), world, agents=3)
        assert isinstance(found, Proved)

    def test_it_is_a_serial_dictatorship(self) -> None:
        houses = Houses(("a", "b", "c"))
        x = ((0, 1, 2), (0, 2, 1), (1, 0, 2))
        game = NumberGame(RandomPriority(houses), Numbered(houses, 6), one_by_one)
        said = tuple(zip(x, (4, 0, 0), strict=True))  # digits 2, 0: the last, then the first
        assert game(said) == SerialDictatorship((2, 0, 1), houses)(x)


class TestPeers:
    """Nobody has a part in its own side, and nobody's nomination bears on its own chance."""

    def test_own_bits_do_not_count(self) -> None:
        for numbers in product(range(8), repeat=3):
            side = others_bits(numbers, 8)
            for agent in range(3):
                for other in range(8):
                    changed = (*numbers[:agent], other, *numbers[agent + 1 :])
                    assert (others_bits(changed, 8) ^ side) >> agent & 1 == 0

    def test_sides_are_the_bits(self) -> None:
        peers = Nominations(("a", "b", "c"))
        game = NumberGame(TwoPartition(peers), Numbered(peers, 8), others_bits)
        said = ((1, 0b100), (2, 0b000), (1, 0b000))  # the third stands alone on side 1
        assert game(said) == 2

    def test_too_many_to_try_are_searched(self) -> None:
        peers = Nominations(tuple("abcde"))
        rule = TwoPartition(peers)
        found = verify(rule, Strategyproof(), peers, agents=5, budget=Budget(40))
        assert found.word == "survived"
        world = Numbered(peers, 32)
        game = NumberGame(rule, world, others_bits)
        assert verify(game, Strategyproof(), world, agents=5, budget=Budget(400)).word == "refuted"

    def test_nominations_do_not_help_whatever_the_numbers(self) -> None:
        peers = Nominations(("a", "b", "c"))
        game = NumberGame(TwoPartition(peers), Numbered(peers, 8), others_bits)
        for x in product(*(peers.types(i) for i in range(3))):
            for z in product((0, 3, 5, 6), repeat=3):
                for agent in range(3):
                    (lie,) = (t for t in peers.types(agent) if t != x[agent])
                    lied = (*x[:agent], lie, *x[agent + 1 :])
                    one, two = (game(tuple(zip(r, z, strict=True))) for r in (x, lied))
                    assert (one == agent) == (two == agent)


class TestResponsive:
    """Who can move the index to any rule can change the outcome; a drawn rule alone ignores most.

    In two-partition nobody moves its own side, and one may have no say.
    """

    @pytest.mark.parametrize(
        ("game", "world", "agents", "word"),
        [
            (Derandomized(LeftRightMiddle), Numbered(UNIT.grid(2), 4), 2, "proved"),
            (Derandomized(RandomRank), Numbered(UNIT.grid(2), 3), 3, "proved"),
            (Derandomized(RandomDictatorship), Numbered(Rankings(("a", "b")), 3), 3, "proved"),
            (Derandomized(RandomPriority), Numbered(Houses(("a", "b")), 2), 2, "proved"),
            (Derandomized(Median), Numbered(UNIT.grid(2), 1), 3, "refuted"),
            (
                Derandomized(TwoPartition, others_bits),
                Numbered(Nominations(("a", "b", "c")), 8),
                3,
                "refuted",
            ),
        ],
        ids=["lrm", "rank", "dictator", "priority", "median", "peers"],
    )
    def test_games(self, game: Derandomized, world: Numbered, agents: int, word: str) -> None:
        found = verify(game(world), Responsive(), world, agents=agents, budget=Budget(10**5))
        assert found.word == word

    def test_rules_that_are_drawn(self) -> None:
        vote = Rankings(("a", "b"))
        lottery = RandomDictatorship(vote)
        assert verify(lottery, Responsive(), vote, agents=2).word == "proved"
        _, rule = next(lottery.rules(2))
        found = verify(rule, Responsive(), vote, agents=2)
        assert isinstance(found, Refuted)
        assert found.case == Voice(Instance(vote, ((0, 1), (0, 1))), 1)
        assert "whatever agent 1 reports, the outcome is the same" in str(found)

    def test_what_cannot_be_asked(self) -> None:
        case = Voice(Instance(UNIT, (F(0), F(1))), 0)
        with pytest.raises(Undecided, match="its types are not"):
            Responsive().violation(Mean(UNIT), case)
        with pytest.raises(ValueError, match="agent is 2: there are 2 agents"):
            Voice(case.instance, 2).validate()


ENOUGH = Budget(10**6)
PRIORITIES = ((0, 0, 0), (0, 1, 1), (1, 0, 1))


class TestThreeAgents:
    """Sincere and uniform is an equilibrium: every profile of three agents, every deviation."""

    @pytest.mark.slow
    @pytest.mark.parametrize("index", [sum_modulo, one_by_one])
    def test_random_priority(self, index: Index) -> None:
        houses = Houses(("a", "b", "c"))
        world = Numbered(houses, 6)
        game = NumberGame(RandomPriority(houses), world, index)
        assert isinstance(
            verify(game, SDSincereEquilibrium(), world, agents=3, budget=ENOUGH), Proved
        )

    @pytest.mark.slow
    def test_deferred_acceptance(self) -> None:
        houses = Houses(("a", "b", "c"))
        world = Numbered(houses, 6)
        game = NumberGame(DeferredAcceptanceByLot(PRIORITIES, houses), world)
        assert isinstance(
            verify(game, SDSincereEquilibrium(), world, agents=3, budget=ENOUGH), Proved
        )

    @pytest.mark.slow
    def test_left_right_middle(self) -> None:
        world = Numbered(UNIT.grid(4), 4)
        game = NumberGame(LeftRightMiddle(UNIT), world)
        assert isinstance(verify(game, SincereEquilibrium(), world, agents=3), Proved)

    @given(x=st.tuples(*[st.permutations(range(3)).map(tuple)] * 3), lie=st.permutations(range(3)))
    @settings(max_examples=4)
    def test_some(self, x: Any, lie: list[int]) -> None:
        houses = Houses(("a", "b", "c"))
        world = Numbered(houses, 6)
        game = NumberGame(DeferredAcceptanceByLot(PRIORITIES, houses), world)
        case = Misreport(Instance(world, tuple((r, 0) for r in x)), 0, (tuple(lie), 3))
        assert SDSincereEquilibrium().violation(game, case) <= 0


class TestDoor:
    """What is no game, and what is no report, is refused by name."""

    @pytest.mark.parametrize(
        ("reports", "message"),
        [
            ([(0, 1), 0], "reports[1] is 0: it must be a pair of a report and a number"),
            ([(0, 1), (0, 1, 2)], "reports[1] is (0, 1, 2): it must be a pair"),
            ([(0, 1), (0, 4)], "the number of reports[1] is 4: it must be less than 4"),
            ([(0, 1), (0, -1)], "the number of reports[1] is -1: it must be a whole number"),
            ([(0, 1), (0, True)], "the number of reports[1] is True: it must be a whole number"),
            ([(0, 1), (2, 1)], "reports[1] is 2: it must lie in"),
            ([(0, 1)] * 3, "numbers is 4: with 3 agents it must be a multiple of 3, of which"),
        ],
    )
    def test_reports(self, reports: Any, message: str) -> None:
        with pytest.raises(ValueError, match=re.escape(message)):
            NumberGame(RandomRank(UNIT), Numbered(UNIT, 4))(reports)

    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (lambda: Numbered(UNIT, 0), "numbers is 0: it must be a whole number, at least 1"),
            (lambda: Numbered(3, 2), "setting is 3: it must have types and value"),
            (lambda: NumberGame(Mean(UNIT), UNIT), "setting is Line(0, 1): it must be Numbered("),  # type: ignore[arg-type]
            (lambda: NumberGame(3, Numbered(UNIT, 2)), "mechanism is 3: it must be a function"),  # type: ignore[arg-type]
            (lambda: bit_by_bit((1, 1), 3), "outcomes is 3: it must be a power of 2"),
            (lambda: others_bits((1, 1), 8), "outcomes is 8: of 2 agents it must be 4"),
            (lambda: one_by_one((1, 1), 6), "outcomes is 6: it must be 2, one for each order"),
            (lambda: Nominations(("a",)), "agents is ('a',): there must be at least two peers"),
        ],
        ids=range(8),
    )
    def test_what_is_none(self, make: Callable[[], object], message: str) -> None:
        with pytest.raises(ValueError, match=re.escape(message)):
            make()
