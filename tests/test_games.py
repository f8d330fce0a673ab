"""Games: regrets, equilibria and learning agree with theory, with other libraries, and by hand."""

import math
import warnings
from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Line
from mechsim.auctions import VCG, FirstPrice
from mechsim.facility import Mean, Median, RandomRank, UniformPhantom, gains
from mechsim.games import (
    BestResponse,
    FictitiousPlay,
    Game,
    Gradient,
    Logit,
    MultiplicativeWeights,
    RegretMatching,
    Replicator,
    coarse_correlated_equilibrium,
    cognitive_hierarchy,
    correlated_equilibrium,
    gradient_play,
    level_k,
    mixed_equilibria,
    play,
    pure_equilibria,
    quantal_response,
    regret,
    replies_in,
    reporting_game,
    simulated_regret,
)
from mechsim.games.dynamics import on_simplex
from mechsim.preferences import Positions

F = Fraction
nashpy: Any = import_module("nashpy")  # they come without types
qe: Any = import_module("quantecon.game_theory")


def game(*tables: Any, actions: Any = ()) -> Game:
    return Game(tuple(np.array(table, dtype=object) for table in tables), actions)


BATTLE = game([[2, 0], [0, 1]], [[1, 0], [0, 2]], actions=(("opera", "fight"),) * 2)
CHICKEN = Game.symmetric([[6, 2], [7, 0]], ("yield", "dare"))
ROCK = Game.zero_sum([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
DILEMMA = Game.symmetric([[3, 0], [4, 1]], ("cooperate", "defect"))


def minority() -> Game:
    """Three players, each of whom wants to be alone with its choice."""
    tables = [np.empty((2, 2, 2), dtype=object) for _ in range(3)]
    for a in np.ndindex(2, 2, 2):
        for i in range(3):
            tables[i][a] = int(a.count(a[i]) == 1)
    return game(*tables)


small = st.integers(-4, 4)


@st.composite
def games(draw: st.DrawFn, most: int = 3) -> Game:
    players = draw(st.integers(2, 3))
    shape = tuple(draw(st.integers(1, most)) for _ in range(players))
    size = math.prod(shape)
    entries = draw(st.lists(small, min_size=players * size, max_size=players * size))
    return game(*np.array(entries, dtype=object).reshape(players, *shape))


@st.composite
def profiles(draw: st.DrawFn, of: Game) -> Any:
    weights = [draw(st.lists(st.integers(1, 5), min_size=m, max_size=m)) for m in of.shape]
    return [[F(w, sum(row)) for w in row] for row in weights]


class TestGame:
    """Payoffs against mixed strategies are expectations over all action profiles."""

    @given(st.data())
    def test_values(self, data: st.DataObject) -> None:
        some = data.draw(games())
        profile = some.read(data.draw(profiles(some)))
        for player, values in enumerate(some.values(profile)):
            for action, value in enumerate(values):
                total = F(0)
                for a in some.profiles():
                    if a[player] == action:
                        chance = math.prod(profile[j][a[j]] for j in range(len(a)) if j != player)
                        total += chance * some.payoffs[player][a]
                assert value == total

    def test_kinds_of_numbers(self) -> None:
        assert CHICKEN.exact
        assert CHICKEN.expected(CHICKEN.uniform()) == (F(15, 4), F(15, 4))
        assert not game([[0.5]], [[1]]).exact

    @pytest.mark.parametrize(
        ("tables", "message"),
        [
            (([[1, 2]], [[1], [2]]), r"payoffs\[1\] has the shape \(2, 1\): there are 2 players"),
            (([1, 2], [1, 2]), r"payoffs\[0\] has the shape \(2,\)"),
            (([[1, "a"]], [[1, 2]]), "a payoff or weight is 'a'"),
        ],
    )
    def test_refusals(self, tables: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            game(*tables)

    @pytest.mark.parametrize(
        ("profile", "message"),
        [
            ([[1, 0], [1, 1]], "profile of player 1 is .* it must be a distribution"),
            ([[2, -1], [1, 0]], "profile of player 0 is"),
            ([[1], [1, 0]], r"profile has \(1, 2\) entries: there are \(2, 2\) actions"),
        ],
    )
    def test_profiles(self, profile: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            regret(CHICKEN, profile)

    def test_prints(self) -> None:
        assert str(CHICKEN).splitlines()[2].split() == ["yield", "6", "6", "2", "7"]
        assert str(minority()) == "a game of 3 players with 2 x 2 x 2 actions"
        assert "<table>" in CHICKEN._repr_html_()


class TestRegret:
    """The regret of a profile is what the best reply gains, exactly."""

    def test_battle_of_the_sexes(self) -> None:
        equilibrium = [[F(2, 3), F(1, 3)], [F(1, 3), F(2, 3)]]
        assert regret(BATTLE, equilibrium).epsilon == 0
        near = regret(BATTLE, [[F(3, 5), F(2, 5)], [F(2, 5), F(3, 5)]])
        assert near.epsilon == F(2, 25)
        assert near.gains == (F(2, 25), F(2, 25))
        assert "epsilon = 2/25: 0 plays opera" in str(near)

    @given(st.data())
    def test_is_what_a_deviation_gains(self, data: st.DataObject) -> None:
        some = data.draw(games())
        profile = some.read(data.draw(profiles(some)))
        found = regret(some, profile)
        assert found.epsilon >= 0
        for player, (gain, reply) in enumerate(zip(found.gains, found.replies, strict=True)):
            surely = np.array([F(k == reply) for k in range(some.shape[player])], dtype=object)
            after = some.expected((*profile[:player], surely, *profile[player + 1 :]))[player]
            assert after - some.expected(profile)[player] == gain


class TestSimulatedRegret:
    """Where payoffs are simulated, the worst deviation is found and estimated anew."""

    @staticmethod
    def noisy(profile: tuple[Any, ...], rng: np.random.Generator) -> tuple[float, float]:
        """Chicken, with noise that all strategies share."""
        noise = 10 * float(rng.normal())
        a, b = profile
        mine, yours = (float(table[a, b]) for table in CHICKEN.payoffs)
        return mine + noise + 0.3 * float(rng.normal()), yours + noise

    def test_finds_the_gain(self) -> None:
        found = simulated_regret(self.noisy, (0, 0), [[1], [1]], replicates=50)
        assert found.fresh.estimate == pytest.approx(1, abs=1e-12), "noise cancels"
        assert 1 <= found.upper < 1 + 1e-9

    def test_the_best_of_many_looks_too_good(self) -> None:
        """Forty deviations that gain nothing: the best one seems to gain, and does not."""

        def useless(profile: tuple[Any, ...], rng: np.random.Generator) -> list[float]:
            return [float(rng.normal(size=41)[profile[0]])]

        choices: list[list[Any]] = [list(range(1, 41))]
        found = simulated_regret(useless, (0,), choices, replicates=100, seed=3)
        assert found.first.low > 0
        assert found.fresh.low < 0 < found.fresh.high
        assert found.upper > found.first.estimate

    def test_the_bound_covers(self) -> None:
        """Of 200 bounds on the largest of ten gains of 0, about 95% are above it."""

        def useless(profile: tuple[Any, ...], rng: np.random.Generator) -> list[float]:
            return [float(rng.normal(size=11)[profile[0]])]

        choices: list[list[Any]] = [list(range(1, 11))]
        below = 0
        for seed in range(200):
            found = simulated_regret(useless, (0,), choices, replicates=20, seed=seed)
            below += found.upper == 0.0
        assert below <= 20

    def test_refusals(self) -> None:
        with pytest.raises(ValueError, match="deviations has 1 entries: there are 2 players"):
            simulated_regret(self.noisy, (0, 0), [[1]])
        with pytest.raises(ValueError, match="deviations has none"):
            simulated_regret(self.noisy, (0, 0), [[], []])


class TestNash:
    """Equilibria are those that other libraries find."""

    def test_chicken(self) -> None:
        assert pure_equilibria(CHICKEN) == ((0, 1), (1, 0))
        assert [list(profile[0]) for profile in mixed_equilibria(CHICKEN)] == [
            *([1, 0], [0, 1], [F(2, 3), F(1, 3)]),
        ]

    def test_three_players(self) -> None:
        found = pure_equilibria(minority())
        assert set(found) == {a for a in np.ndindex(2, 2, 2) if len(set(a)) == 2}

    @given(games())
    def test_pure_as_in_quantecon(self, some: Game) -> None:
        tables = np.stack([np.asarray(table, float) for table in some.payoffs], axis=-1)
        theirs = qe.pure_nash_brute(qe.NormalFormGame(tables))
        assert set(pure_equilibria(some)) == {tuple(map(int, a)) for a in theirs}

    @pytest.mark.parametrize("seed", range(12))
    def test_mixed_as_in_nashpy(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        a, b = rng.integers(-20, 20, size=(2, 3, 4))
        ours = mixed_equilibria(game(a, b))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its tolerance loses some, and it says so
            theirs = list(nashpy.Game(a, b).support_enumeration())
        assert len(ours) % 2 == 1, "Wilson: a nondegenerate game has an odd number"
        for other in theirs:
            assert any(
                all(np.allclose(np.asarray(x, float), y) for x, y in zip(p, other, strict=True))
                for p in ours
            )
        for profile in ours:
            assert regret(game(a, b), profile).epsilon == 0
        lemke = qe.lemke_howson(qe.NormalFormGame(np.stack([a, b], axis=-1).astype(float)))
        assert any(
            all(np.allclose(np.asarray(x, float), y) for x, y in zip(p, lemke, strict=True))
            for p in ours
        )

    def test_three_players_are_refused(self) -> None:
        with pytest.raises(ValueError, match="game has 3 players"):
            mixed_equilibria(minority())


class TestCorrelated:
    """Every Nash equilibrium is correlated, every correlated one coarse."""

    def test_chicken(self) -> None:
        found = correlated_equilibrium(CHICKEN)
        assert found.value == F(21, 2)
        assert found.probability == {(0, 0): F(1, 2), (0, 1): F(1, 4), (1, 0): F(1, 4)}
        assert found.expected() == (F(21, 4), F(21, 4))
        assert coarse_correlated_equilibrium(CHICKEN).value == F(21, 2)
        assert found.optimum.gap == 0

    def test_coarse_can_be_better(self) -> None:
        """Whoever must commit before being told obeys a mediator that others would not."""
        some = Game.symmetric([[0, 3, 0], [2, 2, 0], [3, 2, 1]])
        assert correlated_equilibrium(some).value == 2
        assert coarse_correlated_equilibrium(some).value == 5

    @given(st.data())
    def test_chain(self, data: st.DataObject) -> None:
        some = data.draw(games(most=2))
        weights = data.draw(st.tuples(*[st.integers(0, 3)] * len(some.shape)))

        def objective(payoffs: tuple[Any, ...]) -> Any:
            return sum(w * u for w, u in zip(weights, payoffs, strict=True))

        best = correlated_equilibrium(some, objective)
        coarse = coarse_correlated_equilibrium(some, objective)
        assert coarse.value >= best.value
        for actions in pure_equilibria(some):
            assert objective(tuple(table[actions] for table in some.payoffs)) <= best.value
        if len(some.shape) == 2:
            for profile in mixed_equilibria(some):
                assert objective(some.expected(profile)) <= best.value
        for found in (best, coarse):
            self.obeyed(some, found.probability, found.coarse)

    @staticmethod
    def obeyed(some: Game, drawn: dict[Any, Fraction], coarse: bool) -> None:
        """Nobody gains by disobeying, by the definition."""
        for player, size in enumerate(some.shape):
            for other in range(size):
                for told in range(1 if coarse else size):
                    total = F(0)
                    for a, p in drawn.items():
                        if coarse or a[player] == told:
                            b = (*a[:player], other, *a[player + 1 :])
                            total += p * (some.payoffs[player][a] - some.payoffs[player][b])
                    assert total >= 0


def exploitability(found: Any) -> float:
    """What both best replies to the average gain together, in a zero-sum game."""
    return float(sum(found.average.gains))


class TestDynamics:
    """Learning rules keep what their theorems promise."""

    def test_fictitious_play_in_zero_sum_games(self) -> None:
        """Robinson: average strategies converge; here rock, scissors, paper after 10^4 rounds."""
        start = [[1, 0, 0], [1, 0, 0]]
        errors = [exploitability(play(ROCK, FictitiousPlay(), t, start)) for t in (100, 10_000)]
        assert errors[0] > 10 * errors[1]
        assert errors[1] < 0.03

    def test_fictitious_play_as_in_quantecon(self) -> None:
        """Matching pennies from a pure start, where no tie occurs for long: the same averages."""
        tables = np.array([[[2.0, -1.0], [0.0, 1.0]], [[-1.0, 1.5], [1.0, 0.0]]])
        ours = play(game(tables[..., 0], tables[..., 1]), FictitiousPlay(), 400, [[1, 0], [1, 0]])
        theirs = qe.FictitiousPlay(qe.NormalFormGame(tables)).play(
            actions=(0, 0), num_reps=399, tie_breaking="smallest"
        )
        for mine, other in zip(ours.final.average, theirs, strict=True):
            assert mine == pytest.approx(other, abs=1e-12)

    @given(games(), st.integers(1, 60))
    def test_hedge_bound(self, some: Game, rounds: int) -> None:
        r"""The regret is at most 2R sqrt(ln m / 2T) + R sqrt(ln m / 8) / T a round."""
        spread = 8.0
        found = play(some, MultiplicativeWeights(scale=spread), rounds)
        for player, missed in enumerate(found.final.regrets):
            log = math.log(some.shape[player])
            bound = 2 * spread * math.sqrt(log / 2 / rounds) + spread * math.sqrt(log / 8) / rounds
            assert missed <= bound + 1e-9

    def test_hedge_with_a_fixed_rate(self) -> None:
        rate, rounds = 0.2, 300
        found = play(ROCK, MultiplicativeWeights(rate), rounds, [[1, 0, 0], [0, 1, 0]])
        bound = math.log(3) / (rate * rounds) + rate * 2**2 / 8 + 2 / rounds
        assert 0 < max(found.final.regrets) <= bound

    @given(games(), st.integers(1, 60))
    def test_regret_matching_bound(self, some: Game, rounds: int) -> None:
        found = play(some, RegretMatching(), rounds)
        for player, missed in enumerate(found.final.regrets):
            assert missed <= 8.0 * math.sqrt(some.shape[player] / rounds) + 1e-9

    def test_regret_matching_by_hand(self) -> None:
        """Both yield and get 6; daring would have given 7, so both dare, and get 0.

        Daring would then have given 7 in two rounds and yielding 8, where 6 were earned.
        """
        found = play(CHICKEN, RegretMatching(), 3, [[1, 0], [1, 0]])
        assert [p[0].tolist() for p in found.profiles] == [[1, 0], [0, 1], [2 / 3, 1 / 3]]

    @pytest.mark.parametrize("dynamic", [MultiplicativeWeights(scale=7), RegretMatching()])
    def test_no_regret_play_is_coarse_correlated(self, dynamic: Any) -> None:
        """Regrets of a player are what it gains by a fixed action against the play's history."""
        found = play(CHICKEN, dynamic, 500, [[0.9, 0.1], [0.4, 0.6]])
        history = play(CHICKEN, dynamic, 500, [[0.9, 0.1], [0.4, 0.6]])
        assert found.final.regrets == history.final.regrets
        worth = coarse_correlated_equilibrium(CHICKEN).value
        per_round = sum(found.final.earned) / 500
        assert per_round <= float(worth) + 2 * max(found.final.regrets) + 1e-9

    def test_replicator(self) -> None:
        """Dominated strategies die out; interior rest points are equilibria."""
        found = play(DILEMMA, Replicator(0.1), 2_000)
        assert found.last.epsilon < 1e-6
        assert found.final.now[0][0] < 1e-6
        rest = play(ROCK, Replicator(0.1), 50)
        assert rest.cycle == 1
        assert rest.final.now[0] == pytest.approx([1 / 3] * 3)
        with pytest.raises(ValueError, match=r"step is 2: with a payoff of -1 it must be smaller"):
            play(ROCK, Replicator(2), 5, [[1, 0, 0], [0, 1, 0]])

    def test_logit_rests_at_quantal_responses(self) -> None:
        found = play(CHICKEN, Logit(0.7), 3_000)
        wanted = quantal_response(CHICKEN, 0.7).profile
        for mine, other in zip(found.final.now, wanted, strict=True):
            assert mine == pytest.approx(other, abs=1e-8)

    def test_gradient(self) -> None:
        """Zinkevich: regret vanishes; in dominance-solvable games so does the rest."""
        assert play(DILEMMA, Gradient(), 200).last.epsilon == 0
        pennies = Game.zero_sum([[1, -1], [-1, 1]])
        found = play(pennies, Gradient(), 5_000, [[0.9, 0.1], [0.2, 0.8]])
        assert exploitability(found) < 0.05
        bound = 2 / (2 * 0.5 * math.sqrt(5_000)) + 0.5 * 2 * math.sqrt(1 / 5_000)
        assert max(found.final.regrets) <= bound

    @given(st.lists(st.floats(-5, 5), min_size=1, max_size=6))
    def test_projection(self, point: list[float]) -> None:
        """The nearest distribution: no other is nearer, among corners and mixtures with them."""
        array = np.array(point)
        nearest = on_simplex(array)
        assert nearest.sum() == pytest.approx(1)
        assert nearest.min() >= 0
        for corner in np.eye(len(point)):
            assert (array - nearest) @ (corner - nearest) <= 1e-9, "the variational inequality"

    def test_best_responses(self) -> None:
        """Alternating moves end in an equilibrium of chicken; simultaneous ones may go round."""
        found = play(CHICKEN, BestResponse(), 20, [[1, 0], [1, 0]])
        assert found.cycle == 1
        assert found.last.epsilon == 0
        around = play(CHICKEN, BestResponse(in_turn=False), 20, [[1, 0], [1, 0]])
        assert around.cycle == 2
        pennies = Game.zero_sum([[1, -1], [-1, 1]])
        assert play(pennies, BestResponse(), 30, [[1, 0], [1, 0]]).cycle == 4
        assert "a cycle of 4 rounds" in str(play(pennies, BestResponse(), 30, [[1, 0], [1, 0]]))

    def test_table(self) -> None:
        found = play(CHICKEN, FictitiousPlay(), 1_000)
        assert len(found.rounds) <= 201
        assert found.rounds[0] == 1
        assert found.rounds[-1] == 1_000
        assert found.to_frame().shape == (len(found.rounds), 6)
        assert "FictitiousPlay, 1000 rounds" in str(found)
        assert "<table>" in found._repr_html_()

    def test_one_of_ones_own(self) -> None:
        def stubborn(history: Any) -> Any:
            return history.now

        assert play(CHICKEN, stubborn, 5, [[1, 0], [0, 1]]).cycle == 1


class TestQuantalResponse:
    """Logit equilibria: uniform without rationality, and the papers' comparative statics."""

    @given(games(most=2))
    def test_without_rationality(self, some: Game) -> None:
        for strategy in quantal_response(some, 0.0).profile:
            assert strategy == pytest.approx([1 / len(strategy)] * len(strategy))

    def test_is_a_fixed_point(self) -> None:
        found = quantal_response(BATTLE, 1.5)
        for player, strategy in enumerate(found.profile):
            values = Game(tuple(np.asarray(t, float) for t in BATTLE.payoffs)).values(found.profile)
            weights = np.exp(1.5 * values[player])
            assert strategy == pytest.approx(weights / weights.sum(), abs=1e-9)

    @pytest.mark.parametrize(
        ("stake", "share"), [(1, 0.3775), (2, 0.2689), (5, 0.0759), (10, 0.0067)]
    )
    def test_stakes_in_a_dilemma(self, stake: int, share: float) -> None:
        scaled = Game.symmetric([[3 * stake, 0], [4 * stake, stake]])
        found = float(quantal_response(scaled, 0.5).profile[0][0])
        assert found == pytest.approx(1 / (1 + math.exp(0.5 * stake)), abs=1e-9)
        assert round(found, 4) == share

    @pytest.mark.parametrize(
        ("low", "high", "bonus", "mean"),
        [(2, 100, 2, 86.94), (2, 100, 50, 11.04), (80, 200, 10, 174.91), (80, 200, 80, 80.50)],
    )
    def test_travellers_dilemma(self, low: int, high: int, bonus: int, mean: float) -> None:
        claims = np.arange(low, high + 1)
        mine, yours = np.meshgrid(claims, claims, indexing="ij")
        payoffs = np.minimum(mine, yours) + bonus * np.sign(yours - mine)
        some = Game.symmetric(payoffs)
        assert pure_equilibria(some) == ((0, 0),), "the lowest claim is the only equilibrium"
        found = quantal_response(some, 0.12).profile[0]
        assert float(found @ claims) == pytest.approx(mean, abs=0.01)

    def test_dominance(self) -> None:
        assert quantal_response(DILEMMA, 40.0).profile[0][1] > 1 - 1e-9

    def test_refusals(self) -> None:
        with pytest.raises(ValueError, match="rationality is -1: it must be a number, at least 0"):
            quantal_response(DILEMMA, -1)


class TestLevels:
    """Guessing two thirds of the average."""

    def test_level_k(self) -> None:
        found = level_k(lambda mean: 2 / 3 * mean, 50.0, 5)
        assert [round(x, 3) for x in found] == [50, 33.333, 22.222, 14.815, 9.877, 6.584]
        own = level_k(lambda mean: (2 / 3) * 2 / (3 - 2 / 3) * mean, 50.0, 4)
        assert [round(x, 3) for x in own] == [50, 28.571, 16.327, 9.329, 5.331]

    def test_cognitive_hierarchy(self) -> None:
        levels, _ = cognitive_hierarchy(lambda mean: 2 / 3 * mean, 50.0, 1.5, 4)
        assert [round(x, 3) for x in levels] == [50, 33.333, 26.667, 23.908, 22.838]
        everybody = cognitive_hierarchy(lambda mean: 2 / 3 * mean, 50.0, 1.5, 30)[1]
        assert round(everybody, 3) == 33.499

    def test_in_a_game(self) -> None:
        """Level 1 replies to chance, level 2 to level 1."""
        found = level_k(replies_in(CHICKEN), CHICKEN.uniform(), 3)
        assert [float(profile[0][0]) for profile in found] == [0.5, 1, 0, 1]
        levels, mixed = cognitive_hierarchy(replies_in(CHICKEN), CHICKEN.uniform(), 1.0, 3)
        assert len(levels) == 4
        assert mixed[0].sum() == pytest.approx(1)

    def test_refusals(self) -> None:
        with pytest.raises(ValueError, match="tau is 0: it must be positive"):
            cognitive_hierarchy(lambda x: x, 1.0, 0, 3)
        with pytest.raises(ValueError, match="depth is -1"):
            level_k(lambda x: x, 1.0, -1)


class TestGradientPlay:
    """Players who climb their own payoff end in equilibrium where slopes lead there."""

    def test_cournot(self) -> None:
        def profits(q: Any, rng: np.random.Generator) -> Any:
            return q * (1 - q.sum()) + rng.normal()  # the same noise at both ends cancels

        found = gradient_play(profits, [0.9, 0.1, 0.4], 0, 1, rounds=300)
        assert found.final == pytest.approx([0.25] * 3, abs=1e-3)
        assert found.path.shape == (301, 3)
        assert found.moved < 1e-3

    def test_stays_inside(self) -> None:
        found = gradient_play(lambda q, rng: q, [0.5], 0, 1, rounds=5)
        assert found.final.tolist() == [1.0]

    def test_refusals(self) -> None:
        with pytest.raises(ValueError, match=r"start is \[2.0\]: it must lie between 0 and 1"):
            gradient_play(lambda q, rng: q, [2], 0, 1)
        with pytest.raises(ValueError, match="step is 0: it must be positive"):
            gradient_play(lambda q, rng: q, [1], 0, 1, step=0)


GRID = [F(k, 6) for k in range(7)]


class TestReportingGame:
    """The game of a mechanism: truth is an equilibrium where nobody gains by lying."""

    types = (F(1, 6), F(1, 3), F(1))

    def truth(self, rule: Any) -> tuple[Game, Any]:
        some = reporting_game(rule, Line(0, 1), self.types, [GRID] * 3)
        return some, regret(some, some.pure(tuple(map(GRID.index, self.types))))

    @pytest.mark.parametrize("rule", [Median(), UniformPhantom(), RandomRank()])
    def test_strategyproof_rules(self, rule: Any) -> None:
        assert self.truth(rule)[1].epsilon == 0

    def test_the_mean(self) -> None:
        some, found = self.truth(Mean())
        assert found.epsilon > 0
        limit = gains(Mean(), self.types, self.types, Line(0, 1, points=tuple(GRID)))
        assert found.gains == limit
        stable = pure_equilibria(some)
        outcomes = {Mean()(tuple(GRID[k] for k in actions)) for actions in stable}
        assert UniformPhantom()(self.types) in outcomes, "the equilibrium theorem, on the grid"

    def test_with_payments(self) -> None:
        """Who bids truthfully is in equilibrium under VCG; under first prices it shades."""
        slots = Positions((1,))
        values = [F(4), F(2)]
        bids = [[F(k) for k in range(5)]] * 2
        for rule, gain in ((VCG(slots), 0), (FirstPrice(slots), 1)):
            some = reporting_game(rule, slots, values, bids)
            assert (regret(some, some.pure((4, 2))).epsilon > 0) == bool(gain)

    def test_refusals(self) -> None:
        with pytest.raises(ValueError, match="reports has 1 entries: there are 2 types"):
            reporting_game(Mean(), Line(0, 1), [F(0), F(1)], [GRID])
