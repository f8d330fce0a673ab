"""Universal truthfulness: which lotteries are mixtures of strategyproof rules, however drawn.

`finite_rules` lists all strategyproof rules in another way; the program over all of them, solved as
one, is the second way to every number here.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from finite_rules import Rules, by_distance
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import (
    Budget,
    Domain,
    Finite,
    Instance,
    Line,
    MixtureOf,
    Priced,
    Proved,
    Rankings,
    Refuted,
    SinglePeaked,
    Strategyproof,
    Universally,
    Unknown,
    confirm,
    mix,
    mixture,
    sure,
    uniform,
    verify,
)
from mechsim.__main__ import main
from mechsim._json import decode
from mechsim.algorithms.mixing import largest_part
from mechsim.algorithms.selections import OutOfPatience, Patience
from mechsim.axioms import Anonymous, Exhaustion, Tally, Weighing, check, places
from mechsim.facility import AverageOrRandomRank, LeftRightMiddle, Mean, Median, RandomRank
from mechsim.program import Draft, Optimum, Terms
from mechsim.proving import Mixture, NoMixture, certcheck, certificate
from mechsim.voting import Dictatorship, RandomDictatorship

F = Fraction
Points: TypeAlias = tuple[Fraction, ...]
Mechanism: TypeAlias = Callable[[Any], Finite[Any]]

LINE = Line(0, 4)
THREE = LINE.grid(2)
SOME = MixtureOf(Strategyproof())
EVERY = Universally(Strategyproof())


def silent(mechanism: Mechanism) -> Mechanism:
    """The same lotteries, by a function that does not say which rules it draws."""

    def lottery(reports: Any) -> Finite[Any]:
        return mechanism(reports)

    return lottery


def rules_within(mechanism: Mechanism, setting: Line, agents: int) -> list[dict[Points, Fraction]]:
    """All strategyproof rules that choose what may be drawn, by the other enumeration."""
    points: Any = setting.points
    profiles = list(product(points, repeat=agents))
    drawn = {x: frozenset[Fraction](mechanism(x).support) for x in profiles}
    everywhere = tuple(sorted(frozenset[Fraction]().union(*drawn.values())))

    def is_drawn(x: Points, place: Fraction) -> bool:
        return place in drawn[x]

    return list(Rules(points, everywhere, agents, by_distance, (is_drawn,)))


def largest_share(mechanism: Mechanism, rules: Sequence[dict[Points, Fraction]]) -> Fraction:
    """The largest part of the lotteries that a mixture makes: one program over all rules."""
    if not rules:
        return F(0)
    draft = Draft()
    weights = draft.variables("weight of rule {0}", (range(len(rules)),))
    for x in rules[0]:
        for place, chance in mechanism(x).probability.items():
            chosen = [k for k, rule in enumerate(rules) if rule[x] == place]
            if chosen:
                draft.at_most(f"{place} at {x}", (), chance, Terms(weights[chosen]))
    found = draft.maximize(Terms(weights)).solve()
    assert isinstance(found, Optimum)
    return found.value


def proves(found: NoMixture, mechanism: Mechanism, rules: Sequence[dict[Points, Fraction]]) -> bool:
    """Whether each rule weighs 1 at least, and the lotteries weigh the share, which is less."""
    weights = {(x, place): weight for x, place, weight in found.case.weights}
    lightest = min(sum(weights.get(pair, F(0)) for pair in rule.items()) for rule in rules)
    average = sum(mechanism(x).probability[y] * w for (x, y), w in weights.items())
    return lightest >= 1 and average == found.share < 1


class TestLeftRightMiddle:
    """Left-right-middle is strategyproof in expectation, and in no implementation universally."""

    @pytest.mark.parametrize(
        ("agents", "rules"), [(2, 49), pytest.param(3, 3_726, marks=pytest.mark.slow)]
    )
    def test_rules_that_choose_what_it_may_draw(self, agents: int, rules: int) -> None:
        drawn = SOME.drawn(LeftRightMiddle(), THREE, agents, Patience(10_000))
        assert sum(1 for _ in drawn.selections.all()) == rules
        assert len(rules_within(LeftRightMiddle(), THREE, agents)) == rules

    @pytest.mark.parametrize("agents", [2, pytest.param(3, marks=pytest.mark.slow), 4])
    def test_a_quarter_of_it_is_no_mixture(self, agents: int) -> None:
        found = mixture(LeftRightMiddle(), THREE, agents=agents)
        assert isinstance(found, NoMixture)
        assert (found.share, found.unreached) == (F(3, 4), ())
        assert len(found.case.weights) == 3
        if agents < 4:
            rules = rules_within(LeftRightMiddle(), THREE, agents)
            assert proves(found, LeftRightMiddle(), rules)
            assert agents == 3 or largest_share(LeftRightMiddle(), rules) == F(3, 4)

    def test_by_hand(self) -> None:
        """A strategyproof rule chooses 0 or 2 at (0, 2), or 4 at (0, 4).

        Otherwise it is 1 at (0, 2), and 2 or 0 at (0, 4).  If 2, the agent at 2 had better be at 4;
        if 0, the agent at 4 had better be at 2.  The three are drawn with 1/4 each.
        """
        case = Weighing(
            Instance(THREE, (F(0), F(2))),
            (
                ((F(0), F(2)), F(0), F(1)),
                ((F(0), F(2)), F(2), F(1)),
                ((F(0), F(4)), F(4), F(1)),
            ),
        )
        assert confirm(Refuted(LeftRightMiddle(), SOME, case, F(1, 4)))
        assert not confirm(Refuted(RandomRank(), SOME, case, F(1, 4)))

    def test_verdicts_on_the_same_lotteries(self) -> None:
        lotteries = silent(LeftRightMiddle())
        assert isinstance(verify(lotteries, Strategyproof(), THREE, agents=2), Proved)
        verdict = verify(lotteries, EVERY, THREE, agents=2)
        assert isinstance(verdict, Refuted)
        assert (verdict.axiom, verdict.violation) == (SOME, F(1, 4))
        assert confirm(verdict)
        assert "a mixture of these makes at most 3/4 of its lotteries" in str(verdict)

    def test_more_points_make_it_worse(self) -> None:
        """A rule on more points is one on fewer, so no part grows."""
        shares: list[Fraction] = []
        for steps in (2, 4, 8):
            found = mixture(LeftRightMiddle(), LINE.grid(steps), agents=2)
            assert isinstance(found, NoMixture)
            shares.append(found.share)
        assert shares == [F(3, 4), F(1, 2), F(1, 2)]


class TestRandomRank:
    """Random Rank is universally strategyproof, and its rules are found from its lotteries."""

    @pytest.mark.parametrize(("agents", "steps"), [(2, 2), (3, 1), (3, 2), (4, 2), (2, 6)])
    def test_a_mixture_of_as_many_rules_as_agents(self, agents: int, steps: int) -> None:
        grid = LINE.grid(steps)
        found = mixture(silent(RandomRank()), grid, agents=agents)
        assert isinstance(found, Mixture)
        assert [weight for weight, _ in found.drawn] == [F(1, agents)] * agents
        for instance in Domain(grid, agents):
            assert found(instance.profile) == RandomRank()(instance.profile)
        verdict = verify(found, EVERY, grid, agents=agents)
        assert isinstance(verdict, Proved)
        assert isinstance(verdict.certificate, Exhaustion)

    def test_verdict(self) -> None:
        verdict = verify(silent(RandomRank()), EVERY, THREE, agents=3)
        assert isinstance(verdict, Proved)
        assert isinstance(verdict.certificate, Mixture)
        assert verdict.axiom == SOME
        assert "however it is drawn: a mixture of 3 rules" in str(verdict)

    def test_for_all_single_peaked_tastes(self) -> None:
        grid = Line(0, 4, tastes=SinglePeaked()).grid(2)
        assert isinstance(mixture(RandomRank(), grid, agents=2), Mixture)
        broken = mixture(LeftRightMiddle(), grid, agents=2)
        assert isinstance(broken, NoMixture)
        assert broken.share < F(3, 4)


class TestAverageOrRandomRank:
    """Average or Random Rank draws means that no strategyproof rule among its places chooses."""

    def test_two_agents_as_left_right_middle(self) -> None:
        found = mixture(AverageOrRandomRank(), THREE, agents=2)
        assert isinstance(found, NoMixture)
        assert found.share == F(3, 4)

    def test_six_means_are_out_of_reach(self) -> None:
        grid = Line(0, 12).grid(2)
        found = mixture(AverageOrRandomRank(), grid, agents=3)
        assert isinstance(found, NoMixture)
        ends = [x for x in product((F(0), F(12)), repeat=3) if len(set(x)) == 2]
        assert set(found.unreached) == {(x, sum(x) / 3) for x in ends}
        assert ((F(0), F(0), F(12)), F(4)) in found.unreached
        assert found.share == F(1, 2)
        assert str(found).splitlines()[-1] == "no such rule chooses 4 at (0, 0, 12), and 5 more"

    def test_by_the_other_enumeration(self) -> None:
        grid = Line(0, 12).grid(2)
        rules = rules_within(AverageOrRandomRank(), grid, 3)
        chosen = {pair for rule in rules for pair in rule.items()}
        found = mixture(AverageOrRandomRank(), grid, agents=3)
        assert isinstance(found, NoMixture)
        assert not chosen & set(found.unreached)
        assert proves(found, AverageOrRandomRank(), rules)


class TestWithoutChance:
    """A rule is a mixture of itself if it is strategyproof, and otherwise none at all is made."""

    def test_median(self) -> None:
        found = mixture(Median(), THREE, agents=3)
        assert isinstance(found, Mixture)
        assert len(found.drawn) == 1
        verdict = verify(Median(), SOME, THREE, agents=3)
        assert "a mixture of 1 rule that satisfies Strategyproof" in str(verdict)

    def test_mean(self) -> None:
        found = mixture(Mean(), THREE, agents=2)
        assert isinstance(found, NoMixture)
        assert (found.share, found.case.weights) == (F(0), ())
        assert "there is no rule that satisfies Strategyproof" in str(found)
        assert confirm(Refuted(Mean(), SOME, found.case, F(1)))

    @pytest.mark.parametrize(("rule", "word"), [(min, "proved"), (Mean(), "refuted")])
    def test_universally_is_asked_of_the_rule_itself(self, rule: Any, word: str) -> None:
        verdict = verify(rule, EVERY, THREE, agents=2)
        assert (verdict.word, verdict.axiom) == (word, EVERY)


# ---- Laws, on small grids, where all rules are listed.

FEW = settings(max_examples=30)


@cache
def all_rules(steps: int) -> tuple[dict[Points, Fraction], ...]:
    """Every strategyproof rule of two agents that chooses points of the grid."""
    points: Any = LINE.grid(steps).points
    return tuple(Rules(points, points, 2, by_distance))


@st.composite
def mixtures(draw: st.DrawFn) -> tuple[Line, Mechanism]:
    """A random mixture of random strategyproof rules, as bare lotteries."""
    steps = draw(st.sampled_from((1, 2)))
    listed = all_rules(steps)
    chosen = draw(st.lists(st.integers(0, len(listed) - 1), min_size=1, max_size=5))
    parts = [(draw(st.integers(1, 4)), listed[k]) for k in chosen]
    total = sum(weight for weight, _ in parts)

    def lottery(x: Any) -> Finite[Any]:
        return mix((F(weight, total), sure(rule[x])) for weight, rule in parts)

    return LINE.grid(steps), lottery


@st.composite
def lotteries(draw: st.DrawFn) -> tuple[Line, Mechanism]:
    """Any lotteries over the points of a grid, of two agents."""
    grid = LINE.grid(draw(st.sampled_from((1, 2))))
    points: Any = grid.points
    table: dict[Points, Finite[Any]] = {}
    for x in product(points, repeat=2):
        counts = draw(st.lists(st.integers(0, 2), min_size=len(points), max_size=len(points)))
        counts[draw(st.integers(0, len(points) - 1))] += 1
        total = sum(counts)
        pairs = zip(points, counts, strict=True)
        table[x] = Finite({place: F(count, total) for place, count in pairs if count})
    return grid, table.__getitem__


class TestColumnGeneration:
    """The search adds rules one by one, and finds what the program over all of them finds."""

    @FEW
    @given(mixtures())
    def test_a_mixture_is_recognised(self, drawn: tuple[Line, Mechanism]) -> None:
        grid, lottery = drawn
        found = mixture(lottery, grid, agents=2)
        assert isinstance(found, Mixture)
        for instance in Domain(grid, 2):
            assert found(instance.profile) == lottery(instance.profile)
        listed = [dict(rule) for rule in all_rules(len(grid.points or ()) - 1)]
        for _, rule in found.rules(2):
            table = {instance.profile: rule(instance.profile) for instance in Domain(grid, 2)}
            assert table in listed

    @FEW
    @given(lotteries())
    def test_the_share_of_any_lotteries(self, drawn: tuple[Line, Mechanism]) -> None:
        grid, lottery = drawn
        rules = rules_within(lottery, grid, 2)
        share = largest_share(lottery, rules)
        found = mixture(lottery, grid, agents=2)
        if isinstance(found, Mixture):
            assert share == 1
            return
        assert found.share == share < 1
        assert not rules or proves(found, lottery, rules)
        reached = {pair for rule in rules for pair in rule.items()}
        assert reached.isdisjoint(found.unreached)
        assert confirm(Refuted(lottery, SOME, found.case, 1 - share))

    @FEW
    @given(lotteries())
    def test_a_mixture_is_strategyproof_in_expectation(self, drawn: tuple[Line, Mechanism]) -> None:
        """So lotteries with a lie that pays in expectation are none."""
        grid, lottery = drawn
        if isinstance(check(Strategyproof(), lottery, Domain(grid, 2)), Refuted):
            assert isinstance(mixture(lottery, grid, agents=2), NoMixture)

    @FEW
    @given(mixtures(), st.integers(0, 8), st.sampled_from((0, 1, 2)))
    def test_a_perturbed_mixture(
        self, drawn: tuple[Line, Mechanism], at: int, towards: int
    ) -> None:
        """With a part of one lottery moved, it is a mixture if and only if the program says so."""
        grid, lottery = drawn
        points: Any = grid.points
        profiles = list(product(points, repeat=2))
        place = points[towards % len(points)]

        def perturbed(x: Any) -> Finite[Any]:
            if x != profiles[at % len(profiles)]:
                return lottery(x)
            return mix([(F(6, 7), lottery(x)), (F(1, 7), sure(place))])

        found = mixture(perturbed, grid, agents=2)
        share = largest_share(perturbed, rules_within(perturbed, grid, 2))
        assert (found.share if isinstance(found, NoMixture) else 1) == share


def none_lighter(grid: Line, lottery: Mechanism, weights: dict[Any, Fraction]) -> bool:
    """Whether the independent checker accepts that no rule weighs less than 1."""
    points = [str(point) for point in grid.points or ()]
    line = {"kind": "line", "low": "0", "high": "4", "points": points, "tastes": "distance"}
    profiles = [instance.profile for instance in Domain(grid, 2)]
    drawn = {x: [(place,) for place in lottery(x).support] for x in profiles}
    try:
        certcheck.none_lighter(certcheck.a_world(line), drawn, weights)
    except certcheck.Rejected:
        return False
    return True


class TestChecker:
    """The checker, which shares no code with the search, weighs rules alike."""

    @FEW
    @given(lotteries(), st.data())
    def test_no_lighter_rule(self, drawn: tuple[Line, Mechanism], data: st.DataObject) -> None:
        grid, lottery = drawn
        rules = rules_within(lottery, grid, 2)
        pairs = [(i.profile, y) for i in Domain(grid, 2) for y in lottery(i.profile).support]
        numbers = st.integers(0, 4).map(lambda k: F(k, 4))
        weights = {(x, (y,)): data.draw(numbers) for x, y in pairs}
        heavy = all(sum(weights[x, (y,)] for x, y in rule.items()) >= 1 for rule in rules)
        assert none_lighter(grid, lottery, weights) == heavy

    def test_it_gives_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found = mixture(LeftRightMiddle(), THREE, agents=2)
        assert isinstance(found, NoMixture)
        made = certificate(found)
        monkeypatch.setattr(certcheck, "SEARCHED", 1)
        with pytest.raises(certcheck.Rejected, match="the search is given up after 1 nodes"):
            certcheck.check(made, certcheck.Door((), str))


# ---- Other settings, and what is no answer.


@dataclass(frozen=True)
class OneGood:
    """Somebody may buy a good that is worth 1, 2 or 3 to her."""

    def types(self, agent: int) -> tuple[int, ...]:
        return (1, 2, 3)

    def value(self, agent: int, type_: int, alternative: str) -> int:
        return type_ if alternative == "sold" else 0


SOLD, KEPT = "sold", Priced("kept", (0,))


def random_price(reports: tuple[int, ...]) -> Finite[Any]:
    """A price of 1, 2 or 3 is drawn, and taken or left."""
    prices = (F(1), F(2), F(3))
    return uniform(Priced(SOLD, (p,)) if reports[0] >= p else KEPT for p in prices)


def average_price(reports: tuple[int, ...]) -> Finite[Any]:
    """As likely, and at the expected price."""
    chance = F(reports[0], 3)
    paid = F(sum(range(1, reports[0] + 1)), reports[0])
    sold = chance, sure(Priced(SOLD, (paid,)))
    return mix([sold, (1 - chance, sure(KEPT))]) if chance < 1 else mix([sold])


class TestMoney:
    """A random price is universally strategyproof; the same expectations need not be."""

    def test_random_price(self) -> None:
        found = mixture(random_price, OneGood(), agents=1)
        assert isinstance(found, Mixture)
        assert len(found.drawn) == 3
        verdict = verify(random_price, EVERY, OneGood(), agents=1)
        assert isinstance(verdict, Proved)

    def test_average_price(self) -> None:
        assert isinstance(verify(average_price, Strategyproof(), OneGood(), agents=1), Proved)
        verdict = verify(average_price, EVERY, OneGood(), agents=1)
        assert isinstance(verdict, Refuted)
        assert confirm(verdict)


class TestVotes:
    """A random dictatorship is found again from its lotteries: one rule an agent."""

    def test_random_dictatorship(self) -> None:
        world = Rankings(("ann", "bob", "cid"))
        found = mixture(silent(RandomDictatorship(world)), world, agents=2)
        assert isinstance(found, Mixture)
        for _, rule in found.drawn:
            assert isinstance(check(Strategyproof(), rule, Domain(world, 2)), Tally)
            profiles = [instance.profile for instance in Domain(world, 2)]
            assert any(all(rule(x) == Dictatorship(i, world)(x) for x in profiles) for i in (0, 1))


class TestNoAnswer:
    """What is not finite, not exact or too long is unknown, and no answer is made up."""

    def test_a_continuum(self) -> None:
        verdict = verify(silent(RandomRank()), SOME, LINE, agents=2)
        assert isinstance(verdict, Unknown)
        assert "has infinitely many types" in str(verdict)
        with pytest.raises(ValueError, match="whether there is a mixture cannot be decided: Line"):
            mixture(RandomRank(), LINE, agents=2)

    def test_too_many_profiles(self) -> None:
        verdict = verify(silent(RandomRank()), EVERY, LINE.grid(20), agents=3)
        assert isinstance(verdict, Unknown)
        assert "more than 100,000 of them are not compared" in str(verdict)
        verdict = verify(silent(RandomRank()), SOME, THREE, agents=3, budget=Budget(calls=26))
        assert isinstance(verdict, Unknown)
        assert "27 profiles are more than 26 calls" in str(verdict)

    def test_a_search_that_is_given_up(self) -> None:
        drawn = SOME.drawn(RandomRank(), THREE, 3, Patience(10_000))
        with pytest.raises(OutOfPatience):
            largest_part(drawn.selections, drawn.chances, Patience(5))

    def test_floats(self) -> None:
        def in_floats(reports: Any) -> Finite[float]:
            return uniform(map(float, reports))

        verdict = verify(in_floats, EVERY, THREE, agents=2)
        assert isinstance(verdict, Unknown)
        assert "outcomes are floats" in str(verdict)

    def test_values_in_floats(self) -> None:
        @dataclass(frozen=True)
        class Rounded(OneGood):
            def value(self, agent: int, type_: int, alternative: str) -> Any:
                return type_ / 10

        with pytest.raises(ValueError, match="only fractions are compared exactly"):
            mixture(lambda reports: uniform(["sold", "kept"]), Rounded(), agents=1)

    def test_a_mechanism_that_misbehaves(self) -> None:
        def fails(reports: Any) -> Finite[Any]:
            return uniform(reports) if reports[0] < 4 else reports[2]

        verdict = verify(fails, EVERY, THREE, agents=2)
        assert verdict.word == "misbehaved"

    def test_what_is_no_question(self) -> None:
        other: Any = Anonymous()
        with pytest.raises(ValueError, match="mixtures are known of Strategyproof"):
            MixtureOf(other)
        with pytest.raises(ValueError, match="nothing can be granted"):
            verify(RandomRank(), SOME, THREE, agents=2, assuming=(Anonymous(),))


class TestCases:
    """A witness is weights that anybody can play again."""

    @pytest.mark.parametrize(
        ("weights", "reason"),
        [
            ((((F(0), F(2)), F(0), F(-1)),), "at least 0"),
            ((((F(0), F(1)), F(0), F(1)),), "which is no profile"),
            ((((F(0),), F(0), F(1)),), "which is no profile"),
            ((((F(0), F(2)), F(0), F(1)),) * 2, "an outcome twice"),
        ],
        ids=["negative", "no type", "too few", "twice"],
    )
    def test_what_is_none(self, weights: Any, reason: str) -> None:
        case = Weighing(Instance(THREE, (F(0), F(0))), weights)
        with pytest.raises(ValueError, match=reason):
            confirm(Refuted(LeftRightMiddle(), SOME, case, F(1, 4)))

    def test_weights_that_are_not_0_or_1(self) -> None:
        case = Weighing(
            Instance(THREE, (F(0), F(2))),
            (
                ((F(0), F(2)), F(0), F(2)),
                ((F(0), F(2)), F(1), F(1, 8)),
                ((F(0), F(2)), F(2), F(1)),
                ((F(0), F(4)), F(4), F(3, 4)),
            ),
        )
        rules = rules_within(LeftRightMiddle(), THREE, 2)
        weights = {(x, place): weight for x, place, weight in case.weights}
        least = min(sum(weights.get(pair, F(0)) for pair in rule.items()) for rule in rules)
        average = F(2, 4) + F(1, 16) + F(1, 4) + F(3, 16)
        assert (least, average) == (F(7, 8), F(1))
        assert SOME.violation(LeftRightMiddle(), case) == F(-1, 8)
        fewer = Weighing(case.instance, (((F(0), F(2)), F(0), F(1)), *case.weights[1:]))
        refuted = Refuted(LeftRightMiddle(), SOME, fewer, F(1, 8))
        assert confirm(refuted)
        assert "by certain weights of 4 outcomes, each rule" in refuted.because
        assert "weighs at least 7/8, and the lotteries weigh 3/4 on average" in refuted.because
        assert "makes at most 6/7 of its lotteries" in refuted.because
        statement = certificate(refuted)["statement"]
        assert statement["share"] == "6/7"

    def test_cases_are_not_listed(self) -> None:
        instance = Instance(THREE, (F(0), F(0)))
        with pytest.raises(Exception, match="infinitely many ways to weigh"):
            SOME.cases(instance)
        assert isinstance(check(SOME, RandomRank(), places(SOME, Domain(THREE, 2))), Tally)


class TestWhatIsShown:
    """Answers read as sentences, draw themselves, and come back from JSON."""

    def test_mixture(self) -> None:
        found = mixture(RandomRank(LINE), THREE, agents=2)
        assert isinstance(found, Mixture)
        assert str(found) == (
            "a mixture of 2 rules that satisfy Strategyproof, for 2 agents on Line(0, 4).grid(2)"
        )
        assert found.table().header == ("profile", "1/2", "1/2")
        assert "<table" in found._repr_html_()
        again = decode(json.loads(json.dumps(found.to_json())))
        assert again == found
        assert again([0, 2]) == uniform((F(0), F(2)))
        with pytest.raises(ValueError, match="it must be a point of"):
            found([0, 1])
        with pytest.raises(ValueError, match="this rule is listed for 2 agents"):
            found([0, 0, 0])
        with pytest.raises(ValueError, match="agents is 3: the mixture is of rules for 2 agents"):
            list(found.rules(3))
        with pytest.raises(ValueError, match="outcomes has 1 entries: there are 9 profiles"):
            type(found.drawn[0][1])(found.domain, (F(0),))

    def test_no_mixture(self) -> None:
        found = mixture(LeftRightMiddle(LINE), THREE, agents=2)
        assert isinstance(found, NoMixture)
        assert str(found).startswith(
            "the lotteries of LeftRightMiddle for 2 agents on Line(0, 4).grid(2) are no mixture of "
            "rules that satisfy Strategyproof\neach rule that satisfies Strategyproof and chooses "
            "what may be drawn chooses "
        )
        assert "<table" in found._repr_html_()
        assert decode(json.loads(json.dumps(found.to_json()))) == found

    def test_command(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        grid = ["--setting", "line", "--points", "3", "--agents", "2"]
        made = tmp_path / "no_mixture.json"
        asked = ["verify", "left-right-middle", "--axiom", "mixture-of:sp", *grid]
        assert main([*asked, "--certificate", str(made)]) == 1
        assert main(["check", str(made)]) == 0
        assert "accepted, no mixture" in capsys.readouterr().out
        assert main(["verify", "random-rank", "--axiom", "mixture-of:sp", *grid]) == 0
