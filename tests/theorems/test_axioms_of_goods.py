"""Axioms of allocations of indivisible items: one class for each statement."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import (
    Budget,
    EnvyFree,
    EnvyFreeUpToAny,
    EnvyFreeUpToOne,
    ExAnte,
    ExPost,
    Finite,
    FractionallyParetoOptimal,
    Goods,
    GroupStrategyproof,
    Instance,
    MaximinShare,
    NonWasteful,
    ParetoOptimal,
    ProportionalShare,
    ProportionalUpToOne,
    Proved,
    Refuted,
    Strategyproof,
    Survived,
    Unknown,
    confirm,
    judge,
    uniform,
    verify,
)
from mechsim.algorithms.improvement import improvement, sought
from mechsim.algorithms.partition import maximin_share
from mechsim.algorithms.trades import Part, trade
from mechsim.allocation import EnvyCycle, OneTakesAll, RoundRobin
from mechsim.axioms import Claimant, Cutter, Envy, Everybody, Tally, Waste, check
from mechsim.facility import Median
from mechsim.preferences import Line

Row: TypeAlias = tuple[int, ...]
Allocation: TypeAlias = tuple[frozenset[int], ...]

F = Fraction
NAMES = tuple("abcdefgh")
PAIR = Goods(("car", "dog"), grid=(0, 1, 2))
SMALL = Goods(("car", "dog", "egg"), grid=(0, 1, 2))
WEIGHTS = st.lists(st.integers(1, 3), min_size=3, max_size=3)


@dataclass(frozen=True)
class Items:
    """Items that may be worth less than nothing; additive."""

    names: tuple[str, ...]

    def types(self, agent: int, /) -> None:
        return None

    def share_value(self, agent: int, type_: Row, share: frozenset[int], /) -> Fraction:
        return sum((F(type_[item]) for item in share), F(0))

    def value(self, agent: int, type_: Row, alternative: Allocation, /) -> Fraction:
        return self.share_value(agent, type_, alternative[agent])


def divided(
    low: int = 0, high: int = 4, agents: tuple[int, int] = (2, 3), most: int = 5
) -> st.SearchStrategy[tuple[tuple[Row, ...], Allocation]]:
    """A row of values an agent, and an allocation."""

    def of(shape: tuple[int, int]) -> st.SearchStrategy[tuple[tuple[Row, ...], Allocation]]:
        n, m = shape
        row = st.tuples(*[st.integers(low, high)] * m)
        holders = st.tuples(*[st.integers(0, n - 1)] * m)
        return st.tuples(st.tuples(*[row] * n), holders.map(lambda held: bundles(held, n)))

    return st.tuples(st.integers(*agents), st.integers(1, most)).flatmap(of)


def bundles(holders: Sequence[int], agents: int) -> Allocation:
    return tuple(
        frozenset(item for item, holder in enumerate(holders) if holder == agent)
        for agent in range(agents)
    )


def at(rows: Sequence[Row]) -> Instance:
    return Instance(Items(NAMES[: len(rows[0])]), tuple(rows))


def worth(row: Row, bundle: frozenset[int]) -> int:
    return sum(row[item] for item in bundle)


def violations(axiom: Any, rows: Sequence[Row], given_: Allocation) -> list[Any]:
    return [axiom.outcome_violation(given_, case) for case in axiom.cases(at(rows))]


def holds(axiom: Any, rows: Sequence[Row], given_: Allocation) -> bool:
    return bool(max(violations(axiom, rows, given_)) <= 0)


def pairs(
    rows: Sequence[Row], given_: Allocation
) -> Iterator[tuple[Row, frozenset[int], frozenset[int]]]:
    """An agent's row, its bundle, and another agent's bundle."""
    for i, j in product(range(len(rows)), repeat=2):
        if i != j:
            yield rows[i], given_[i], given_[j]


def rows(n: int, row: str) -> tuple[Row, ...]:
    """So many agents with the same values."""
    return (tuple(map(int, row.split())),) * n


def on(setting: Goods, *reports: Row) -> Instance:
    return Instance(setting, setting.read(reports))


class TestFoils:
    """Every axiom has a mechanism that breaks it, by a smallest witness that we can name."""

    @pytest.mark.parametrize(
        ("axiom", "foil", "case", "violation"),
        [
            (EnvyFreeUpToAny(), RoundRobin(SMALL), Envy(on(SMALL, *rows(2, "0 0 1")), 1, 0), 1),
            (EnvyFreeUpToAny(), EnvyCycle(SMALL), Envy(on(SMALL, *rows(2, "0 0 1")), 1, 0), 1),
            (
                EnvyFreeUpToAny(valued=True),
                RoundRobin(SMALL),
                Envy(on(SMALL, *rows(2, "1 1 2")), 1, 0),
                1,
            ),
            (
                EnvyFreeUpToOne(entitlements=(1, 2)),
                RoundRobin(SMALL),
                Envy(on(SMALL, *rows(2, "1 1 1")), 1, 0),
                1,
            ),
            (
                ProportionalShare(),
                RoundRobin(PAIR),
                Claimant(on(PAIR, *rows(2, "0 1")), 1),
                F(1, 2),
            ),
            (
                ProportionalShare(entitlements=(2, 1)),
                RoundRobin(PAIR),
                Claimant(on(PAIR, *rows(2, "1 1")), 0),
                F(1, 3),
            ),
            (
                ProportionalUpToOne(),
                OneTakesAll(0, SMALL),
                Claimant(on(SMALL, *rows(2, "1 1 1")), 1),
                F(1, 2),
            ),
            (
                ProportionalUpToOne(entitlements=(1, 2)),
                OneTakesAll(0, PAIR),
                Claimant(on(PAIR, *rows(2, "1 1")), 1),
                F(1, 3),
            ),
            (ParetoOptimal(), EnvyCycle(PAIR), Everybody(on(PAIR, (0, 1), (1, 0))), 1),
            (ParetoOptimal(), RoundRobin(PAIR), Everybody(on(PAIR, (0, 0), (1, 2))), 1),
            (FractionallyParetoOptimal(), RoundRobin(PAIR), Everybody(on(PAIR, (0, 0), (1, 2))), 1),
            (NonWasteful(), RoundRobin(PAIR), Waste(on(PAIR, (0, 0), (1, 2)), 0, 1), 1),
            (
                MaximinShare(alpha=F(3, 4)),
                RoundRobin(SMALL),
                Cutter(on(SMALL, *rows(2, "1 1 2")), 1),
                F(1, 2),
            ),
        ],
    )
    def test_witness(self, axiom: Any, foil: Any, case: Any, violation: Any) -> None:
        verdict = verify(foil, axiom, case.instance.setting, agents=2)
        assert isinstance(verdict, Refuted)
        assert verdict.arithmetic == "exact"
        assert confirm(verdict)
        assert confirm(Refuted(foil, verdict.axiom, case, violation))

    def test_words(self) -> None:
        goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
        here = on(goods, (1, 1, 2), (1, 1, 2))
        judged = {
            axiom: str(judge(goods.bundles([["car", "egg"], ["dog"]]), axiom, here))
            for axiom in (
                EnvyFreeUpToAny(),
                EnvyFreeUpToOne(entitlements=(1, 3)),
                ProportionalShare(),
                ProportionalUpToOne(entitlements=(1, 9)),
                MaximinShare(alpha=F(3, 4)),
            )
        }
        for said, told in zip(
            (
                "bob envies ann by 1 even if some one item is taken away",
                "bob envies ann, for what it is entitled to, by 2 even if any one good is taken "
                "from ann",
                "bob gets 1 less than its proportional share",
                "bob gets 3/5 less than its proportional share even if one item comes or goes",
                "bob gets 1/2 less than 3/4 of its maximin share 2, which it is sure of by cutting",
            ),
            judged.values(),
            strict=True,
        ):
            assert said in told

    def test_words_for_chores(self) -> None:
        told = EnvyFreeUpToOne().explain_outcome("now", 1, Envy(at([(-1, 1), (1, 1)]), 0, 1))
        assert "any one item is taken from agent 0 or agent 1" in told
        told = EnvyFreeUpToOne().explain_outcome("now", 1, Envy(at([(-1, 1), (1, 1)]), 1, 0))
        assert "any one good is taken from agent 0" in told


class TestEnvyFreeUpToOne:
    """EF1 by the definition written out, for goods, for chores, and for both at once."""

    @given(drawn=divided(low=-3, high=3))
    def test_definition(self, drawn: tuple[tuple[Row, ...], Allocation]) -> None:
        reports, given_ = drawn
        fair = all(
            worth(row, own) >= worth(row, other)
            or any(worth(row, own - {g}) >= worth(row, other - {g}) for g in own | other)
            for row, own, other in pairs(reports, given_)
        )
        assert holds(EnvyFreeUpToOne(), reports, given_) == fair

    @given(drawn=divided(low=-4, high=0))
    def test_of_chores(self, drawn: tuple[tuple[Row, ...], Allocation]) -> None:
        """One chore less of one's own."""
        reports, given_ = drawn
        fair = all(
            not own or any(worth(row, own - {g}) >= worth(row, other) for g in own)
            for row, own, other in pairs(reports, given_)
        )
        assert holds(EnvyFreeUpToOne(), reports, given_) == fair

    @given(drawn=divided(agents=(3, 3)), weights=WEIGHTS)
    def test_with_entitlements(
        self, drawn: tuple[tuple[Row, ...], Allocation], weights: list[int]
    ) -> None:
        """WEF1 of goods: no more value a weight in the other bundle, without its best good."""
        reports, given_ = drawn
        fair = all(
            i == j
            or F(worth(reports[i], given_[i]), weights[i])
            >= F(worth(reports[i], given_[j]) - dearest(reports[i], given_[j]), weights[j])
            for i, j in product(range(3), repeat=2)
        )
        assert holds(EnvyFreeUpToOne(entitlements=tuple(weights)), reports, given_) == fair

    @given(drawn=divided(low=-2, agents=(3, 3)), copies=st.integers(1, 3))
    def test_equal_entitlements_are_none(
        self, drawn: tuple[tuple[Row, ...], Allocation], copies: int
    ) -> None:
        for kind in (EnvyFreeUpToOne, ProportionalShare, ProportionalUpToOne):
            weighted = kind(entitlements=(copies,) * 3)
            assert violations(weighted, *drawn) == violations(kind(), *drawn)


def dearest(row: Row, bundle: frozenset[int]) -> int:
    return max((row[item] for item in bundle), default=0)


class TestEnvyFreeUpToAny:
    """EFX by the definition written out, in both readings, and for chores."""

    @given(drawn=divided(high=3))
    def test_of_goods(self, drawn: tuple[tuple[Row, ...], Allocation]) -> None:
        reports, given_ = drawn
        every = all(
            worth(row, own) >= worth(row, other - {g})
            for row, own, other in pairs(reports, given_)
            for g in other
        )
        valued = all(
            worth(row, own) >= worth(row, other - {g})
            for row, own, other in pairs(reports, given_)
            for g in other
            if row[g] > 0
        )
        assert holds(EnvyFreeUpToAny(), reports, given_) == every
        assert holds(EnvyFreeUpToAny(valued=True), reports, given_) == valued

    @given(drawn=divided(low=-3, high=0))
    def test_of_chores(self, drawn: tuple[tuple[Row, ...], Allocation]) -> None:
        """Any one less of the chores that the agent minds."""
        reports, given_ = drawn
        fair = all(
            worth(row, own - {g}) >= worth(row, other)
            for row, own, other in pairs(reports, given_)
            for g in own
            if row[g] < 0
        )
        for valued in (False, True):
            assert holds(EnvyFreeUpToAny(valued=valued), reports, given_) == fair

    @given(drawn=divided(low=-3, high=3))
    def test_of_both(self, drawn: tuple[tuple[Row, ...], Allocation]) -> None:
        reports, given_ = drawn
        fair = all(
            all(
                worth(row, own) >= worth(row, other - {g})
                for g in other
                if row[g] >= 0 and any(row[h] > 0 for h in other)
            )
            and all(worth(row, own - {g}) >= worth(row, other) for g in own if row[g] < 0)
            for row, own, other in pairs(reports, given_)
        )
        assert holds(EnvyFreeUpToAny(), reports, given_) == fair

    def test_the_readings_differ(self) -> None:
        """Maximum Nash welfare gives both goods to one where the other wants the same one."""
        reports, given_ = ((2, 0), (1, 0)), bundles((0, 0), 2)
        assert max(violations(EnvyFreeUpToAny(), reports, given_)) == 1
        assert max(violations(EnvyFreeUpToAny(valued=True), reports, given_)) == 0


class TestProportional:
    """PROP and PROP1 by the definitions written out, with and without entitlements."""

    @given(drawn=divided(low=-3, high=3, agents=(3, 3)), weights=WEIGHTS)
    def test_definitions(
        self, drawn: tuple[tuple[Row, ...], Allocation], weights: list[int]
    ) -> None:
        reports, given_ = drawn
        shares = [F(w * sum(row), sum(weights)) for w, row in zip(weights, reports, strict=True)]
        whole = [worth(row, own) for row, own in zip(reports, given_, strict=True)]
        up_to_one = [
            value + max(0, *(-row[g] if g in own else row[g] for g in range(len(row))))
            for row, own, value in zip(reports, given_, whole, strict=True)
        ]
        weights_ = tuple(weights)
        assert violations(ProportionalShare(weights_), reports, given_) == [
            share - got for share, got in zip(shares, whole, strict=True)
        ]
        assert violations(ProportionalUpToOne(weights_), reports, given_) == [
            share - got for share, got in zip(shares, up_to_one, strict=True)
        ]

    def test_floats_stay_floats(self) -> None:
        goods = Goods(("car", "dog"))
        case = Claimant(on(goods, (0.5, 0.25), (1, 1)), 0)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType] - no ints
        violation = ProportionalShare().outcome_violation(bundles((1, 0), 2), case)
        assert (type(violation), violation) == (float, 0.125)


class TestMaximinShare:
    """The part alpha of the maximin share: the same shortfall as by hand, and refused below 0."""

    @given(drawn=divided(), alpha=st.sampled_from([F(1, 2), F(3, 4), F(1)]))
    def test_definition(self, drawn: tuple[tuple[Row, ...], Allocation], alpha: Fraction) -> None:
        reports, given_ = drawn
        goods = Goods(NAMES[: len(reports[0])])
        axiom = MaximinShare(alpha=alpha)
        found = [axiom.outcome_violation(given_, c) for c in axiom.cases(on(goods, *reports))]
        assert found == [
            alpha * maximin_share(row, len(reports)).worst - worth(row, own)
            for row, own in zip(reports, given_, strict=True)
        ]


class TestRefused:
    """What makes no sense is refused or not judged, in a sentence."""

    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (lambda: MaximinShare(alpha=0), "alpha is 0: it must be above 0"),
            (lambda: ProportionalShare((1, 0)), r"entitlements\[1\] is 0: it must be above 0"),
            (lambda: EnvyFreeUpToOne((1, -2)), r"entitlements\[1\] is -2: it must be above 0"),
            (
                lambda: holds(ProportionalUpToOne((1, 2, 3)), rows(2, "1 1"), bundles((0, 1), 2)),
                r"entitlements is \(1, 2, 3\): it must have one for each of 2 agents",
            ),
            (
                lambda: Claimant(at(rows(2, "1 1")), 2).validate(),
                "agent is 2: there are 2 agents",
            ),
        ],
    )
    def test_refused(self, call: Callable[[], Any], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            call()

    @pytest.mark.parametrize(
        "axiom", [EnvyFreeUpToAny(), EnvyFreeUpToOne(), ProportionalShare(), ProportionalUpToOne()]
    )
    def test_needs_bundles(self, axiom: Any) -> None:
        line = Line(0, 1).grid(2)
        assert isinstance(verify(Median(line), axiom, line, agents=2), Unknown)


class TestParetoOptimal:
    """No allocation is better for somebody and worse for nobody: among all of them."""

    @given(drawn=divided(low=-2, high=3, agents=(1, 3)))
    def test_all_allocations(self, drawn: tuple[tuple[Row, ...], Allocation]) -> None:
        reports, given_ = drawn
        found = improvement(reports, given_)
        assert (found is None) == (not any(better(reports, one, given_) for one in every(reports)))
        if found is not None:
            assert better(reports, found, given_)

    @given(drawn=divided(high=9, agents=(4, 4), most=8).filter(lambda d: len(d[0][0]) > 6))
    @settings(max_examples=12)
    def test_of_many(self, drawn: tuple[tuple[Row, ...], Allocation]) -> None:
        """Where HiGHS says where to look, what all allocations of 7 or 8 goods say."""
        reports, given_ = drawn
        found = sought(reports, given_)
        assert found.granted is None
        values = np.array(reports)
        holders = np.indices((4,) * len(reports[0])).reshape(len(reports[0]), -1)
        gets = np.array([row @ (holders == agent) for agent, row in enumerate(values)])
        has = np.array([[worth(row, own)] for row, own in zip(reports, given_, strict=True)])
        dominate = (gets >= has).all(axis=0) & (gets > has).any(axis=0)
        assert (found.bundles is not None) == dominate.any()
        if found.bundles is not None:
            assert better(reports, found.bundles, given_)

    @given(
        drawn=divided(low=-2, high=3),
        units=st.lists(st.fractions(F(1, 5), 5), min_size=3, max_size=3),
    )
    def test_each_agents_unit_is_immaterial(
        self, drawn: tuple[tuple[Row, ...], Allocation], units: list[Fraction]
    ) -> None:
        reports, given_ = drawn
        scaled = [[u * v for v in row] for u, row in zip(units, reports, strict=False)]
        assert improvement(scaled, given_) == improvement(reports, given_)

    def test_granted_where_the_search_is_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The word of HiGHS is granted, and the verdict says so."""
        monkeypatch.setattr("mechsim.algorithms.improvement.STEPS", 1)
        rng = np.random.default_rng(6)
        goods = Goods(tuple(map(str, range(12))))
        here = Instance(goods, goods.read(rng.integers(1, 100, size=(4, 12))))
        given_ = RoundRobin(goods)(here.reports)
        given_ = goods.dominating(here.reports, given_) or given_
        sought.cache_clear()
        assert isinstance(judge(given_, FractionallyParetoOptimal(), here), Refuted)
        assert "granted that HiGHS overlooks no" in str(judge(given_, ParetoOptimal(), here))

    def test_words(self) -> None:
        goods = Goods(("car", "dog"), agents=("ann", "bob"))
        given_ = goods.bundles([["car"], ["dog"]])
        assert "ann: {dog}, bob: {car} is better for somebody and worse for nobody" in str(
            judge(given_, ParetoOptimal(), on(goods, (0, 1), (1, 0)))
        )
        told = str(judge(given_, FractionallyParetoOptimal(), on(goods, (2, 1), (3, 1))))
        assert (
            "ann gains 1/3 and nobody loses if ann gives 1/3 of car to bob, bob gives dog" in told
        )


def every(reports: Sequence[Row]) -> Iterator[Allocation]:
    for holders in product(range(len(reports)), repeat=len(reports[0])):
        yield bundles(holders, len(reports))


def better(reports: Sequence[Row], one: Allocation, other: Allocation) -> bool:
    """Whether the one dominates the other."""
    gets, has = ([worth(*pair) for pair in zip(reports, a, strict=True)] for a in (one, other))
    return all(g >= h for g, h in zip(gets, has, strict=True)) and gets != has


class TestFractionallyParetoOptimal:
    """Weights by which each item is where it is worth most, or an exchange that all accept."""

    @given(drawn=divided(low=-3, high=3, agents=(1, 4)))
    def test_weights_or_an_exchange(self, drawn: tuple[tuple[Row, ...], Allocation]) -> None:
        """Each is checked by hand, and each excludes the other."""
        reports, given_ = drawn
        violation = violations(FractionallyParetoOptimal(), reports, given_)[0]
        parts = [p for p in trade(reports, given_) if isinstance(p, Part)]
        if not parts:
            weights = [w for w in trade(reports, given_) if isinstance(w, Fraction)]
            assert violation == 0
            assert min(weights) > 0
            for i, j in product(range(len(reports)), repeat=2):
                assert all(
                    weights[i] * reports[i][g] >= weights[j] * reports[j][g] for g in given_[i]
                )
            return
        gains = [F(0)] * len(reports)
        for part in parts:
            assert part.item in given_[part.giver]
            assert 0 < part.part <= 1
            gains[part.giver] -= part.part * reports[part.giver][part.item]
            gains[part.taker] += part.part * reports[part.taker][part.item]
        assert len({part.item for part in parts}) == len(parts)
        assert min(gains) >= 0
        assert max(gains) == violation > 0

    def test_does_not_follow_from_pareto_optimality(self) -> None:
        reports, given_ = ((2, 1), (3, 1)), bundles((0, 1), 2)
        assert improvement(reports, given_) is None
        assert violations(FractionallyParetoOptimal(), reports, given_) == [F(1, 3)]

    def test_needs_values_that_add_up(self) -> None:
        class Complements(Goods):
            def share_value(self, agent: int, type_: Any, share: frozenset[int], /) -> Fraction:
                return F(len(share) == 2)

        pair = Complements(("left", "right"))
        found = judge(
            (frozenset({0}), frozenset({1})), FractionallyParetoOptimal(), on(pair, *rows(2, "1 1"))
        )
        assert isinstance(found, Unknown)
        assert "does not add up" in str(found)

    def test_floats(self) -> None:
        """Sums of floats that are rounded still add up."""
        goods = Goods(("a", "b", "c"))
        here = Instance(goods, goods.read([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1]]))
        given_ = bundles((1, 0, 0), 2)
        assert isinstance(judge(given_, FractionallyParetoOptimal(), here), Proved)


class TestValuesBeyondFloats:
    """Values that no float holds are judged like their multiples that floats do hold."""

    HELD = (frozenset(range(7)), frozenset(range(7, 14)))
    FAIR = ((3,) * 7 + (1,) * 7, (1,) * 7 + (3,) * 7)
    MIXED = ((3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7), (2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5, 9, 0))

    @pytest.mark.parametrize(
        ("rows", "word"), [(FAIR, "proved"), (FAIR[::-1], "refuted"), (MIXED, "refuted")]
    )
    @pytest.mark.parametrize("axiom", [ParetoOptimal(), FractionallyParetoOptimal()], ids=str)
    def test_at_ten_to_the_400(self, axiom: Any, rows: tuple[Row, ...], word: str) -> None:
        goods = Goods(tuple(f"good {g}" for g in range(14)))
        for scale, more in ((1, 0), (10**400, 0), (10**400, 1)):
            values = [[scale * v + more for v in row] for row in rows]
            here = Instance(goods, goods.read(values))
            assert judge(self.HELD, axiom, here).word == word


class TestNonWasteful:
    """A good that somebody values goes to somebody who values it."""

    @given(drawn=divided(high=2))
    def test_definition(self, drawn: tuple[tuple[Row, ...], Allocation]) -> None:
        reports, given_ = drawn
        fine = all(
            reports[i][g] > 0 or max(row[g] for row in reports) == 0
            for i, own in enumerate(given_)
            for g in own
        )
        assert holds(NonWasteful(), reports, given_) == fine

    def test_validates(self) -> None:
        here = at(rows(2, "1 1"))
        with pytest.raises(ValueError, match="other is 0: it must not be the holder"):
            Waste(here, 0, 0).validate()
        with pytest.raises(ValueError, match="holder is 2: there are 2 agents"):
            Waste(here, 2, 0).validate()

    def test_words(self) -> None:
        goods = Goods(("car", "dog"), agents=("ann", "bob"))
        told = str(
            judge(goods.bundles([["car"], ["dog"]]), NonWasteful(), on(goods, (0, 1), (2, 1)))
        )
        assert "ann has a good that adds nothing to its bundle and 2 to that of bob" in told


class TestDivisionsRefused:
    """What is no division is refused by both searches."""

    @pytest.mark.parametrize("search", [improvement, trade])
    @pytest.mark.parametrize(
        ("values", "given_", "message"),
        [
            ([], (), "rows must have one entry an item, as many for each agent"),
            ([(1, 2), (1,)], bundles((0, 1), 2), "rows must have one entry an item, as many for"),
            ([(1, 2)], bundles((0, 1), 2), "bundles has 2 of them: it must have one a row, 1"),
            (
                [(1, 2)],
                (frozenset({0}),),
                r"bundles hold the items \[0\]: each of 2 must be held once",
            ),
        ],
    )
    def test_refused(self, search: Any, values: Any, given_: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            search(values, given_)


def coin(reports: tuple[Row, ...]) -> Finite[Allocation]:
    """Everything to the first or to the second agent."""
    return uniform([OneTakesAll(agent, PAIR)(reports) for agent in (0, 1)])


class TestLotteries:
    """Before the coin falls nobody envies, whatever it brings."""

    @pytest.mark.parametrize("axiom", [EnvyFree(), ProportionalShare(), MaximinShare()])
    def test_ex_ante(self, axiom: Any) -> None:
        assert isinstance(verify(coin, ExAnte(axiom), PAIR, agents=2), Proved)
        for mechanism, reading in (
            (coin, ExPost(axiom)),
            (OneTakesAll(0, PAIR), ExAnte(axiom)),
            (RoundRobin(SMALL), ExAnte(axiom)),
        ):
            setting = getattr(mechanism, "setting", PAIR)
            verdict = verify(mechanism, reading, setting, agents=2)
            assert isinstance(verdict, Refuted)
            assert confirm(verdict)

    def test_efficiency_is_of_outcomes(self) -> None:
        """A coin between wasteful divisions is refuted by what it may bring."""
        verdict = verify(coin, ParetoOptimal(), PAIR, agents=2)
        assert isinstance(verdict, Refuted)
        assert "is drawn, agent 0: " in str(verdict)


@dataclass(frozen=True)
class Favours:
    """Two agents say what the other gets of a pair of goods; a third one has what is left.

    Each reports for itself alone, which cannot be a gain; together they can do each other a favour.
    """

    setting: Goods

    def __call__(self, reports: tuple[Row, ...], /) -> Allocation:
        first = 0 if reports[1][0] else 1
        second = 2 if reports[0][0] else 3
        left = frozenset(range(4)) - {first, second}
        return frozenset({first}), frozenset({second}), left


class TestStrategyproofness:
    """On a grid every misreport is tried; on any numbers they are searched; coalitions too."""

    @pytest.mark.parametrize("axiom", [Strategyproof(), GroupStrategyproof()])
    def test_by_exhaustion(self, axiom: Any) -> None:
        bits = Goods(("car", "dog"), grid=(0, 1))
        for rule in (OneTakesAll(0, bits), RoundRobin(bits)):
            assert isinstance(verify(rule, axiom, bits, agents=2), Proved)
        verdict = verify(EnvyCycle(bits), axiom, bits, agents=2)
        assert isinstance(verdict, Refuted)
        assert confirm(verdict)

    @pytest.mark.parametrize("axiom", [Strategyproof(), GroupStrategyproof()])
    def test_by_search(self, axiom: Any) -> None:
        any_values = Goods(("car", "dog"))
        found = verify(OneTakesAll(0, any_values), axiom, any_values, agents=2, budget=Budget(200))
        assert isinstance(found, (Survived, Proved))
        assert isinstance(verify(EnvyCycle(any_values), axiom, any_values, agents=2), Refuted)

    def test_coalitions_do_each_other_favours(self) -> None:
        """One agent cannot gain, and two can."""
        goods = Goods(tuple("abcd"), grid=(0, 1))
        rule = Favours(goods)
        here = on(goods, (1, 0, 0, 0), (0, 0, 0, 1), (0, 0, 0, 0))
        alone = check(Strategyproof(), rule, [here])
        assert isinstance(alone, Tally)
        together = check(GroupStrategyproof(size=2), rule, [here])
        assert isinstance(together, Refuted)
        assert confirm(together)
        assert together.case.group == (0, 1)
