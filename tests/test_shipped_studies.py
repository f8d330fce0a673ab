"""The studies of the library run, and what they say of theorems holds row by row."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import (
    Election,
    EnvyFreeUpToAny,
    Goods,
    Instance,
    Line,
    MaximinShare,
    ScoredElection,
    judge,
)
from mechsim.allocation import MaximumNashWelfare, OneTakesAll
from mechsim.axioms import JR
from mechsim.facility import Mean, Median, UniformPhantom, gains
from mechsim.objectives import MaxCost, TotalCost, ratio
from mechsim.preferences.approvals import Approvals
from mechsim.studies import Results, Study, find, studies


def file(name: str) -> Any:
    """The file of a study, which type checkers do not find."""
    return import_module(f"mechsim.studies.shipped.{name}")


equilibrium_dynamics = file("equilibrium_dynamics")
facility_misreports = file("facility_misreports")
facility_ratios = file("facility_ratios")
obnoxious_price_of_fairness = file("obnoxious_price_of_fairness")
position_auctions = file("position_auctions")
decision_markets = file("decision_markets")
learning_advice = file("learning_advice")
learning_hiring = file("learning_hiring")
budgeting_rules = file("budgeting_rules")
maximin_shares = file("maximin_shares")

F = Fraction
UNIT = Line(0, 1)


def rows(results: Results) -> Iterator[dict[str, Any]]:
    for row in results.rows:
        measured = dict(zip(results.measures, row.measured, strict=True))
        yield {"point": row.point, "replicate": row.replicate, **measured}


@pytest.fixture(scope="module")
def quick() -> dict[str, Results]:
    found = (one.study for one in studies() if one.study.name != "facility-welfare")
    return {study.name: study.run(quick=True, seed=5, progress=False) for study in found}


class TestEveryStudy:
    """A study has a table, a figure, and a conclusion in two lines; files say what columns mean."""

    @pytest.mark.parametrize("one", studies(), ids=lambda one: one.study.name)
    def test_says_what_it_is(self, one: Any) -> None:
        study: Study[Any] = one.study
        assert study.question.endswith("?")
        assert len(study.conclusion.splitlines()) == 2
        assert max(map(len, study.conclusion.splitlines())) < 100
        assert study.figure is not None
        for word in ("**Question.**", "**What the table answers.**", "**What is found.**"):
            assert word in one.text

    @pytest.mark.parametrize(
        "name",
        [one.study.name for one in studies() if one.study.name != "facility-welfare"],
    )
    def test_quick_look(self, name: str, quick: dict[str, Results]) -> None:
        """Columns are described where they are made, and the picture has what the table has."""
        results, text = quick[name], find(name).text
        assert not results.failures
        for measure in results.measures:
            if measure != results.index:
                words = [measure, *measure.split()]
                assert any(f"``{word}``" in text for word in words), measure
        figure: Any = results.figure()
        assert all(axes.has_data() for axes in figure.axes)
        assert name in results._repr_html_()
        assert "data:image/png;base64," in results._repr_html_()


class TestRatios:
    """No drawn profile is worse than those that are known to be, and those are as is proven."""

    def test_never_above_the_worst(self, quick: dict[str, Results]) -> None:
        for row in rows(quick["facility-ratios"]):
            for name in ("total", "max"):
                low, middle, high, worst = (
                    row[f"{name}{end}"] for end in ("", " 95%", " largest", " worst")
                )
                assert 1 - 1e-12 <= low <= high + 1e-12
                assert middle <= high <= worst + 1e-9

    @pytest.mark.parametrize("agents", [4, 5, 8])
    def test_known_formulas(self, agents: int) -> None:
        n = agents
        wanted = {
            "Median": (1, 2),
            "Mean": (2 - 2 / n, 2 - 2 / n),
            "Midrange": (n / 2, 1),
            "UniformPhantom": (n - 1, 2),
            "RandomRank": (2 - 2 / n, 2),
            "AverageOrRandomRank": (2 - 2 / n, 2 - 1 / n),
            "LeftRightMiddle": (n / 2, 1.5),
        }
        bad = facility_ratios.bad_profiles(n)
        for mechanism in facility_ratios.MECHANISMS:
            found = facility_ratios.ratios(mechanism, bad)
            if type(mechanism).__name__ in wanted:
                largest = (found["total"].max(), found["max"].max())
                assert largest == pytest.approx(wanted[type(mechanism).__name__])

    @given(st.lists(st.integers(0, 8), min_size=3, max_size=5))
    def test_agrees_with_exact_ratios(self, eighths: list[int]) -> None:
        profile = tuple(F(k, 8) for k in sorted(eighths))
        batch = np.array([profile], float)
        for mechanism in facility_ratios.MECHANISMS:
            found = facility_ratios.ratios(mechanism, batch)
            here = Instance(UNIT, profile)
            for name, objective in (("total", TotalCost()), ("max", MaxCost())):
                exact = float(ratio(mechanism, objective, here))
                assert found[name][0] == pytest.approx(exact, rel=1e-9)


class TestMisreports:
    """The equilibrium theorem: among the strategic the mean ends where Uniform Phantom would."""

    def test_theorem(self, quick: dict[str, Results]) -> None:
        seen = 0
        for row in rows(quick["facility-misreports"]):
            point = row["point"]
            if isinstance(point.rule, Mean) and point.strategic == 1 and row["settled"]:
                assert row["from phantom"] < 1e-9
                assert row["at ends"] >= 1 - 2 / point.agents
                seen += 1
        assert seen >= 4

    def test_strategyproof_rules_see_no_move(self, quick: dict[str, Results]) -> None:
        for row in rows(quick["facility-misreports"]):
            if not isinstance(row["point"].rule, Mean):
                assert row["moves"] == row["shift"] == row["gain"] == 0

    def test_nobody_gains_where_play_settled(self, quick: dict[str, Results]) -> None:
        for row in rows(quick["facility-misreports"]):
            assert not row["settled"] or row["gain"] < 1e-9

    def test_peaks_are_the_same_for_all(self, quick: dict[str, Results]) -> None:
        """Truthful costs of a rule do not depend on how many are strategic."""
        costs: dict[Any, set[float]] = {}
        for row in rows(quick["facility-misreports"]):
            key = (row["point"].rule, row["point"].agents, row["replicate"])
            costs.setdefault(key, set()).add(row["truthful cost"])
        assert all(len(found) == 1 for found in costs.values())
        assert len({min(found) for found in costs.values()}) > 5

    def test_some_are_truthful(self) -> None:
        rule = facility_misreports.Beside(Median(UNIT), (0.25, 1.0))
        assert rule((0.5,)) == 0.5
        assert rule((0.0,)) == 0.25


class TestEquilibriumDynamics:
    """Best responses reach the one equilibrium outcome of strict rules."""

    def test_arrives(self, quick: dict[str, Results]) -> None:
        last = {
            (row["point"].rule.name, row["replicate"]): row
            for row in rows(quick["equilibrium-dynamics"])
            if row["point"].learning.name == "in turn" and row["round"] == 40
        }
        assert len(last) == 8
        assert all(row["distance"] < 1e-6 for row in last.values())
        assert all((row["distance"] < 1e-6) == row["arrived"] for row in last.values())

    def test_gain_is_that_of_the_library(self) -> None:
        rng = np.random.default_rng(4)
        for rule in equilibrium_dynamics.RULES:
            for _ in range(10):
                peaks, reports = rng.random((2, 5))
                mine = equilibrium_dynamics.largest_gain(rule, peaks, reports)
                wanted = max(gains(rule, peaks.tolist(), reports.tolist(), Line(0.0, 1.0)))
                assert mine == pytest.approx(float(wanted), abs=1e-12)

    def test_best_responses_leave_no_gain(self) -> None:
        rng = np.random.default_rng(5)
        for rule in equilibrium_dynamics.RULES:
            for agent in range(4):
                peaks, reports = rng.random((2, 4))
                reports[agent] = equilibrium_dynamics.best_response(rule, peaks, reports, agent)
                left = gains(rule, peaks.tolist(), reports.tolist(), Line(0.0, 1.0))[agent]
                assert float(left) < 1e-12

    def test_the_mean_is_led_to_uniform_phantom(self) -> None:
        """By hand: play in turn from random reports."""
        rng = np.random.default_rng(6)
        peaks, reports = rng.random((2, 7))
        rule = equilibrium_dynamics.RULES[0]
        for _ in range(30):
            equilibrium_dynamics.in_turn(rule, peaks, reports, rng)
        assert rule(reports) == pytest.approx(UniformPhantom(UNIT)(peaks), abs=1e-9)


def price(profile: tuple[Fraction, ...], groups: bool) -> tuple[Any, Any]:
    """The prices of fairness by the definition: every place of a fine grid that has all corners."""
    n = len(profile)
    grid = [F(k, 48 * n) for k in range(48 * n + 1)]

    def fair(y: Fraction) -> bool:
        sizes = ((x, profile.count(x) if groups else 1) for x in profile)
        return all(abs(y - x) >= F(size, 2 * n) for x, size in sizes)

    def welfare(places: list[Fraction]) -> tuple[Any, Any]:
        away = [[abs(y - x) for x in profile] for y in places]
        return max(map(sum, away)), max(map(min, away))

    best, allowed = welfare(grid), welfare(list(filter(fair, grid)))
    return best[0] / allowed[0], best[1] / allowed[1]


class TestPriceOfFairness:
    """Prices stay below the proven bounds, and the worst families approach them."""

    @given(st.lists(st.integers(0, 12), min_size=2, max_size=4), st.booleans())
    def test_definition(self, twelfths: list[int], groups: bool) -> None:
        profile = tuple(F(k, 12) for k in sorted(twelfths))
        o = obnoxious_price_of_fairness
        (found,) = o.prices(np.array([profile], float), o.GROUPS if groups else o.ALONE)
        assert tuple(found) == pytest.approx(tuple(map(float, price(profile, groups))))

    def test_bounds(self, quick: dict[str, Results]) -> None:
        for row in rows(quick["obnoxious-price-of-fairness"]):
            for name in ("total", "least"):
                assert 1 - 1e-12 <= row[name] <= row[f"{name} largest"] + 1e-12
                assert row[f"{name} largest"] <= row[f"{name} bound"] + 1e-9

    @pytest.mark.parametrize("agents", [3, 4, 7, 10])
    def test_suprema(self, agents: int) -> None:
        n = agents
        total = 2.0 if n % 2 == 0 else 2 * n * n / (n * n + 1)
        gap = F(1, 10**6)
        size = (1, n)
        rng = np.random.default_rng(0)
        o = obnoxious_price_of_fairness
        alone = o.prices(o.PulledApart(gap).sample(rng, size), o.ALONE)[0]
        crowds = o.prices(o.TwoCrowds(gap).sample(rng, size), o.GROUPS)[0]
        assert alone[0] == pytest.approx(total, rel=1e-3)
        assert alone[1] == pytest.approx(1)
        assert crowds[0] == pytest.approx(total, rel=1e-3)
        least = o.prices(o.CrowdAndOne(gap).sample(rng, size), o.GROUPS)[0]
        assert least[1] == pytest.approx(n - 1, rel=1e-3)

    def test_same_profiles_for_both(self, quick: dict[str, Results]) -> None:
        """Where no two agents are together both kinds of fairness cost the same."""
        found: dict[Any, set[float]] = {}
        for row in rows(quick["obnoxious-price-of-fairness"]):
            point = row["point"]
            if point.population.name == "uniform":
                found.setdefault((point.agents, row["replicate"]), set()).add(row["total"])
        assert all(len(totals) == 1 for totals in found.values())


class TestSeeds:
    """A study depends on its seed, and on nothing else."""

    @pytest.mark.parametrize("name", ["facility-ratios", "obnoxious-price-of-fairness"])
    def test_seeds(self, name: str) -> None:
        study = find(name).study
        some = replace(study, points=study.quick_points[:2], quick_points=(), replicates=2)
        assert some.run(seed=1) == some.run(seed=1)
        assert some.run(seed=1).rows != some.run(seed=2).rows


class TestPositionAuctions:
    """Where their model is true, auctions do what is proven; expected clicks are those counted."""

    def test_best_where_true(self, quick: dict[str, Results]) -> None:
        share = {
            (row["point"].auction.name, row["point"].substitution): row["share"]
            for row in rows(quick["position-auctions"])
        }
        for name in ("first price", "GSP", "VCG"):
            assert share[name, 0.0] == pytest.approx(1)
            assert share[name, 1.0] < 1
        assert share["multinomial VCG", 1.0] == pytest.approx(1)
        assert share["multinomial VCG", 0.0] < 0.9

    def test_revenue_equivalence(self) -> None:
        """First price at its equilibrium and VCG bring the same where substitution is none."""
        drawn = np.random.default_rng(3).random((40_000, position_auctions.BIDDERS))
        first, second = (
            auction.mechanism.of_batch(auction.bid(drawn)).revenue
            for auction in position_auctions.AUCTIONS
            if auction.name in ("first price", "VCG")
        )
        spread = float((first - second).std()) / 200
        assert abs(float((first - second).mean())) < 4 * spread

    def test_rates_are_the_models(self) -> None:
        for row in ([0, 1, -1, 3, -1, 2], [-1] * 6, [2, -1, -1, -1, -1, -1]):
            shown = tuple((i, j) for i, j in enumerate(row) if j >= 0)
            exact = position_auctions.CHOICE.clicks(shown)
            found = position_auctions.rates(np.array([row]), 1.0)[0]
            assert found.tolist() == pytest.approx([float(rate) for rate in exact])
            alone = position_auctions.rates(np.array([row]), 0.0)[0]
            chances = [float(position_auctions.ALONE[j]) if j >= 0 else 0.0 for j in row]
            assert alone.tolist() == pytest.approx(chances)

    def test_thinning(self) -> None:
        """The expected clicks of a thinned row, by listing its lottery."""
        auction = position_auctions.AUCTIONS[-1].mechanism
        bids = np.random.default_rng(4).random((3, 6))
        sales = auction.of_batch(bids)
        found = position_auctions.thinned_rates(sales, 1.0)
        for b, row in enumerate(bids.tolist()):
            clicks = np.zeros(6)
            for priced, chance in auction(row).probability.items():
                rate = position_auctions.CHOICE.clicks(priced.alternative)
                clicks += float(chance) * np.array([float(x) for x in rate])
            assert found[b].tolist() == pytest.approx(clicks.tolist())

    def test_best_welfare(self) -> None:
        drawn = np.random.default_rng(5).random((20, 6))
        choice = position_auctions.CHOICE
        for values, best in zip(drawn, position_auctions.best_welfare(drawn, 1.0), strict=True):
            rate = choice.clicks(choice.best(values.tolist()))
            assert best == pytest.approx(
                sum(v * float(c) for v, c in zip(values, rate, strict=True))
            )


class TestLearning:
    """Regret and violation grow no faster than the theorems say, and are measured as they are."""

    def test_advice(self) -> None:
        """T^(1/2) with full feedback; T^a and T^(1-a/2) after T^a rounds of exploration."""
        rounds = (10**4, 10**6, 10**8)
        points = tuple(p for p in learning_advice.POINTS if p.rounds in rounds)
        study = replace(learning_advice.STUDY, points=points, quick_points=(), replicates=20)
        results = study.run(seed=11, progress=False)
        for learner in learning_advice.LEARNERS:
            found = results.where("learner", learner.name)
            a = learner.exponent or 1.0
            violation = found.slope("scaled violation", "rounds")
            assert violation.column("slope high")[0] < 1 - a / 2 + 0.05
            assert violation.column("slope low")[0] > 1 - a / 2 - 0.1
            if learner.exponent is None:
                assert all(row["regret"] < 0 for row in rows(found))
                assert all(row["searched"] < row["programs"] / 5 for row in rows(found))
            else:
                shortfall = found.slope("shortfall", "rounds")
                assert shortfall.column("slope high")[0] < a + 0.05

    def test_hiring(self) -> None:
        """T^(2/3), and what is committed to is obeyed."""
        few = (learning_hiring.ROUNDS[0], learning_hiring.ROUNDS[3], learning_hiring.ROUNDS[-1])
        points = tuple(p for p in learning_hiring.POINTS if p.rounds in few)
        study = replace(learning_hiring.STUDY, points=points, quick_points=(), replicates=12)
        results = study.run(seed=11, progress=False)
        assert all(row["obeyed"] == 1 for row in rows(results))
        for game in learning_hiring.GAMES:
            slope = results.where("game", game.name).slope("scaled regret", "rounds")
            assert slope.column("slope high")[0] < 2 / 3 + 0.05
            assert slope.column("slope low")[0] > 0.4

    def test_safe(self) -> None:
        """What exploration uses asks for all efforts alike, and the optima are the known ones."""
        pair, study = learning_hiring.GAMES
        assert (pair.optimum, study.optimum) == (F(115, 2), F(81, 10))
        assert set(pair.safe.plan.probability.values()) == {F(1, 4)}
        assert set(study.safe.plan.probability.values()) == {F(1, 3)}


class TestDecisionMarkets:
    """The batch plays the market that it says."""

    def test_prize(self) -> None:
        """The exact chance of a prize is that of many plays; honesty is best."""
        rng = np.random.default_rng(7)
        honest = np.stack([np.zeros((3, 2)), np.tile(decision_markets.BAYES, (3, 1))], axis=1)
        prizes = rng.random((200_000, 2)) < decision_markets.PRIOR
        right = rng.random((200_000, 3, 2)) < decision_markets.RIGHT
        seen = np.where(right == prizes[:, None], 1.0, -1.0)
        logits = decision_markets.START + (decision_markets.BAYES * seen).sum(axis=1)
        chosen = prizes[np.arange(200_000), logits.argmax(axis=1)]
        exact = decision_markets.prize(honest)
        assert exact == pytest.approx(chosen.mean(), abs=0.005)
        for _ in range(20):
            other = honest + rng.normal(scale=0.5, size=honest.shape)
            assert decision_markets.prize(other) <= exact + 1e-12

    def test_honesty_is_a_rest_point(self) -> None:
        """With weights the gradient at honesty is as good as zero; else it talks bucket B up."""
        rng = np.random.default_rng(8)
        honest = np.stack([np.zeros((3, 2)), np.tile(decision_markets.BAYES, (3, 1))], axis=1)
        point = {market.name: market for market in decision_markets.MARKETS}
        mean = {
            name: np.mean(
                [
                    decision_markets.gradient(
                        decision_markets.Point(point[name], decision_markets.SCORINGS[0]),
                        honest,
                        rng,
                    )
                    for _ in range(60)
                ],
                axis=0,
            )
            for name in ("stochastic", "deterministic")
        }
        assert np.abs(mean["stochastic"]).max() < 0.04
        assert mean["deterministic"][0, 0, 1] > 0.05


@pytest.fixture(scope="module")
def table() -> dict[tuple[str, str], dict[str, float]]:
    """Rows of the study of budgeting rules, by city and rule."""
    results = budgeting_rules.STUDY.run(seed=1, progress=False)
    return {(str(r["point"].election), str(r["point"].rule)): r for r in rows(results)}


class TestBudgetingRules:
    """What theorems say of rules of budgeting holds in every row of the study."""

    JUSTIFIED = ("Equal Shares", "BW-MES", "largest justified")
    LOTTERIES = ("BW-MES", "largest justified", "largest with GFS")

    def test_rows(self, table: Any) -> None:
        for (_, rule), row in table.items():
            assert row["justified"] == 1 or rule not in self.JUSTIFIED
            assert row["shares"] == 1 or rule not in ("BW-MES", "largest justified")
            assert (row["spread"] > 0) == (rule in self.LOTTERIES)
            assert 0 <= row["nothing"] <= 1
            assert 0 < row["utility"] <= 1 + 1e-12

    def test_what_is_largest(self, table: Any) -> None:
        for city in ("village", "school", "riverside"):
            best = table[city, "largest utility"]["utility"]
            for rule in ("most votes", "most votes per cost", "Phragmén", "Equal Shares"):
                assert table[city, rule]["utility"] <= best + 1e-12
            assert (
                table[city, "BW-MES"]["utility"]
                <= table[city, "largest justified"]["utility"] + 1e-12
            )

    def test_greedy_is_not_justified(self, table: Any) -> None:
        assert table["riverside", "most votes"]["justified"] == 0
        assert table["riverside", "most votes"]["nothing"] > table["riverside", "BW-MES"]["nothing"]

    def test_files_of_a_folder(self, table: Any, tmp_path: Path) -> None:
        """Files of somebody's own give the same numbers as those of the library."""
        shipped = files("mechsim") / "data" / "village.pb"
        (tmp_path / "below").mkdir()
        (tmp_path / "below" / "my village.pb").write_bytes(shipped.read_bytes())
        results = budgeting_rules.STUDY.of(tmp_path).run(seed=1, progress=False)
        assert len(results.rows) == len(budgeting_rules.RULES)
        for row in rows(results):
            expected = table["village", str(row["point"].rule)]
            assert {k: row[k] for k in results.measures} == {
                k: expected[k] for k in results.measures
            }

    def test_folders_that_will_not_do(self, tmp_path: Path) -> None:
        study = budgeting_rules.STUDY
        with pytest.raises(ValueError, match="it has no files for the study budgeting-rules"):
            study.of(tmp_path)
        with pytest.raises(ValueError, match="it must be a folder"):
            study.of(tmp_path / "missing")
        with pytest.raises(ValueError, match="the study position-auctions reads no files"):
            position_auctions.STUDY.of(tmp_path)

    def test_what_is_not_decided_is_not_counted(self) -> None:
        town = Election(("park", "pool"), (1, 1), 1)
        here = Instance(town, town.read([["park"]]))
        found = [judge({name}, JR(), here) for name in ("park", "pool")]
        points = ScoredElection(town.projects, town.costs, 1)
        undecided = judge({"park"}, JR(), Instance(points, points.read([[1, 0]])))
        assert [v.word for v in (*found, undecided)] == ["proved", "refuted", "unknown"]
        assert budgeting_rules.satisfied(found) == 0.5
        for known in found:
            assert np.isnan(budgeting_rules.satisfied([known, undecided]))

    def test_who_wants_something(self) -> None:
        """Neither who approves of nothing nor who wants only what nobody could pay for."""
        town = Election(("park", "palace"), (1, 9), 2)
        ballots = Approvals.of(town.read([["park"], [], ["palace"], ["palace", "park"]]), 2)
        assert budgeting_rules.wants(ballots, town).tolist() == [True, False, False, True]

    def test_the_worst_off(self) -> None:
        gets, sizes = np.array([2.0, 0.0, 1.0]), np.array([5, 3, 2])
        assert budgeting_rules.worst_off(gets, sizes, 0.1) == 0
        assert budgeting_rules.worst_off(gets, sizes, 0.4) == 0.25
        assert budgeting_rules.worst_off(gets, sizes, 1.0) == 1.2


class TestMaximinShares:
    """What theorems promise of shares and envy holds in every row; columns are as defined."""

    def test_rows(self, quick: dict[str, Results]) -> None:
        promised = {"half of MMS": 0.5, "three quarters of MMS": 0.75, "MMS": 1.0}
        for row in rows(quick["maximin-shares"]):
            rule = row["point"].rule.name
            assert row["worst part"] >= promised.get(rule, 0)
            assert (row["missed"] > 0) == (row["worst part"] < 1)
            assert row["worst part"] <= row["part"]
            assert row["EFX0"] <= row["EF1"]
            assert 0 < row["welfare"] <= 1
            if rule in ("round robin", "envy-cycle elimination", "maximum Nash welfare"):
                assert row["EF1"] == 1

    def test_alike_for_all_rules(self) -> None:
        """Rules see the same profiles; laws and sizes do not."""
        study, first = maximin_shares.STUDY, maximin_shares.POINTS[0]
        same = [replace(first, rule=rule) for rule in maximin_shares.RULES]
        assert len({study.stream(point, 3).random() for point in same}) == 1
        other = [*(replace(first, values=law) for law in maximin_shares.LAWS), same[0]]
        other += [replace(first, agents=3), replace(first, goods=7)]
        assert len({study.stream(point, 3).random() for point in other}) == len(other) - 1

    @given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=2, max_size=3))
    def test_parts(self, values: list[list[int]]) -> None:
        """Somebody gets less than a share, or envies, where, and only where, the axiom fails."""
        goods = Goods(tuple("abcd"))
        here = Instance(goods, goods.read(values))
        for rule in (MaximumNashWelfare(goods), OneTakesAll(0, goods)):
            bundles = rule(here.profile)
            less = maximin_shares.smallest_part(here, bundles) < 1
            envied = not maximin_shares.holds(maximin_shares.UP_TO_ANY, here, bundles)
            assert less == (judge(bundles, MaximinShare(), here).word == "refuted")
            assert envied == (judge(bundles, EnvyFreeUpToAny(), here).word == "refuted")

    def test_by_hand(self) -> None:
        goods = Goods(("car", "dog", "egg"))
        here = Instance(goods, goods.read([[4, 0, 0], [3, 2, 1]]))
        turns = frozenset({0, 2}), frozenset({1})
        assert maximin_shares.smallest_part(here, turns) == F(2, 3)
        assert maximin_shares.welfare(here, turns) == pytest.approx(6 / 7)
        assert maximin_shares.holds(maximin_shares.UP_TO_ONE, here, turns)
        assert not maximin_shares.holds(maximin_shares.UP_TO_ANY, here, turns)
        assert maximin_shares.smallest_part(Instance(goods, ((0, 0, 0),) * 2), turns) == 1
