"""Maximin shares of goods and of chores, by all ways of computing them: a class for a statement."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Chores, Goods, Instance, judge
from mechsim._numbers import Number
from mechsim.algorithms import _partition_search as plain
from mechsim.algorithms.partition import (
    USUAL,
    Bundles,
    Division,
    NodeLimit,
    by_definition,
    maximin_share,
)
from mechsim.algorithms.partition_batches import maximin_share_arrays
from mechsim.algorithms.partition_program import share_by_program
from mechsim.allocation import RoundRobin, maximin_shares
from mechsim.axioms import MaximinShare
from mechsim.preferences import (
    BivaluedValues,
    CorrelatedValues,
    TightValues,
    UniformValues,
    ValueLaw,
)

Row = tuple[int, ...]

SIGNS = pytest.mark.parametrize("sign", [1, -1], ids=["goods", "chores"])
COMPILED = os.environ.get("NUMBA_DISABLE_JIT", "0") in ("", "0")


def rows(fewest: int, most: int, high: int) -> st.SearchStrategy[Row]:
    return st.lists(st.integers(0, high), min_size=fewest, max_size=most).map(tuple)


def signed(row: Row, sign: int) -> Row:
    return tuple(sign * value for value in row)


def worst_of(row: tuple[Number, ...], bundles: Bundles) -> Number:
    """The definition of what a partition is worth to whoever cuts."""
    assert sorted(good for part in bundles for good in part) == [*range(len(row))]
    return min(sum((row[g] for g in part), Fraction(0)) for part in bundles)


def by_search(
    row: Row, parts: int, sign: int, limit: int, kind: Any, search: Callable[..., Any]
) -> tuple[int, int]:
    """What a form of the search finds, with the partition weighed again."""
    v = np.array(sorted((abs(value) for value in row), reverse=True), kind)
    holder = np.empty(len(v), np.int64)
    low, high, _ = search(v, parts, sign, limit, holder)
    load = [0] * parts
    for value, part in zip(v.tolist(), holder.tolist(), strict=True):
        load[part] += sign * value
    assert min(load) == low
    return int(low), int(high)


@SIGNS
class TestAllWaysAgree:
    """Over sets, by search (compiled or not, in any integers), by a solver: the same share."""

    @given(row=rows(1, 7, 60), parts=st.integers(1, 4))
    @settings(max_examples=50)
    def test_the_search_as_it_stands(self, sign: int, row: Row, parts: int) -> None:
        share, holders = by_definition(signed(row, sign), parts)
        load = [0] * parts
        for value, part in zip(signed(row, sign), holders, strict=True):
            load[part] += value
        assert min(load) == share
        for kind in (np.int64, object):
            found = by_search(row, parts, sign, 10**6, kind, plain.search)
            assert found == (share, share)

    @given(row=rows(1, 8, 200), parts=st.integers(1, 5))
    @settings(max_examples=50)
    def test_the_search_compiled(self, sign: int, row: Row, parts: int) -> None:
        from mechsim.algorithms import _partition_kernels

        share, _ = by_definition(signed(row, sign), parts)
        found = by_search(row, parts, sign, 10**6, np.int64, _partition_kernels.search)
        assert found == (share, share)

    @given(row=rows(9, 14, 10**6), parts=st.integers(2, 5))
    @settings(max_examples=8)
    def test_compiled_or_not(self, sign: int, row: Row, parts: int) -> None:
        """Also where the search is cut short."""
        from mechsim.algorithms import _partition_kernels

        for limit in (0, 300, 10**6 if COMPILED else 300):
            compiled = by_search(row, parts, sign, limit, np.int64, _partition_kernels.search)
            if limit <= 300:
                assert compiled == by_search(row, parts, sign, limit, object, plain.search)
            else:
                assert compiled[0] == compiled[1]

    @given(row=rows(1, 10, 100), parts=st.integers(2, 4))
    @settings(max_examples=12)
    def test_a_solver(self, sign: int, row: Row, parts: int) -> None:
        values = signed(row, sign)
        ours, theirs = maximin_share(values, parts), share_by_program(values, parts)
        assert ours.proven
        assert theirs.proven
        assert ours.worst == theirs.worst == worst_of(values, theirs.bundles)

    @given(row=rows(0, 12, 30), parts=st.integers(1, 5))
    def test_the_partition_attains_it(self, sign: int, row: Row, parts: int) -> None:
        values = signed(row, sign)
        share = maximin_share(values, parts)
        assert share.proven
        assert len(share.bundles) == parts
        assert share.worst == share.bound == worst_of(values, share.bundles)

    @given(
        matrix=st.lists(st.tuples(*[st.integers(0, 50)] * 9), min_size=1, max_size=5),
        parts=st.integers(1, 4),
    )
    @settings(max_examples=30)
    def test_batches(self, sign: int, matrix: list[Row], parts: int) -> None:
        together = maximin_share_arrays(sign * np.array(matrix), parts)
        assert len(together) == len(matrix)
        assert together.proven.all()
        for place, row in enumerate(matrix):
            alone = maximin_share(signed(row, sign), parts)
            assert together.row(place).worst == alone.worst
            assert worst_of(signed(row, sign), together.row(place).bundles) == alone.worst


class TestPerfectPartitions:
    """Where goods can be cut into parts of equal worth, that is the share, and is found."""

    @SIGNS
    @given(
        parts=st.lists(rows(1, 5, 40).map(lambda row: (*row, 100)), min_size=2, max_size=4),
    )
    @settings(max_examples=50)
    def test_planted(self, sign: int, parts: list[Row]) -> None:
        most = max(map(sum, parts))
        goods = tuple(sign * v for part in parts for v in (*part, most - sum(part)))
        assert maximin_share(goods, len(parts)).worst == sign * most

    @pytest.mark.skipif(not COMPILED, reason="takes a compiler")
    @pytest.mark.parametrize(("parts", "goods"), [(3, 40), (10, 100)])
    def test_six_digits(self, parts: int, goods: int) -> None:
        row = UniformValues(10**6).sample(np.random.default_rng(1), (1, goods))[0]
        share = maximin_share(tuple(row.tolist()), parts)
        assert share.worst == share.bound == int(row.sum()) // parts

    @SIGNS
    @given(
        value=st.integers(0, 9),
        goods=st.integers(1, 30),
        parts=st.integers(1, 7),
    )
    def test_ties(self, sign: int, value: int, goods: int, parts: int) -> None:
        """Of goods that are all alike everybody is sure of so many, rounded down."""
        share = maximin_share((sign * value,) * goods, parts)
        assert share.proven
        assert share.worst == value * ((sign * goods) // parts)


@pytest.mark.skipif(not COMPILED, reason="takes a compiler")
class TestThirtyGoodsInTenParts:
    """Goods of a few digits, three to a part, are the hardest of their number, and are proved."""

    @pytest.mark.parametrize("high", [100, 10**6])
    def test_random(self, high: int) -> None:
        drawn = UniformValues(high).sample(np.random.default_rng(3), (2, 30))
        assert maximin_share_arrays(drawn, 10).proven.all()


class TestNoAllocation:
    """The shares in the examples where no allocation gives them to everybody.

    Feige, Sapir, Tauber (2021), and Kurokawa, Procaccia, Wang (2018).
    """

    def test_feige_sapir_tauber(self) -> None:
        for row in (
            (1, 16, 23, 26, 4, 10, 12, 19, 9),
            (1, 16, 22, 26, 4, 9, 13, 20, 9),
            (1, 15, 23, 25, 4, 10, 13, 20, 9),
        ):
            share = maximin_share(row, 3)
            assert share.worst == share.bound == share_by_program(row, 3).worst == 40

    def test_kurokawa_procaccia_wang(self) -> None:
        base = (17, 25, 12, 1, 2, 22, 3, 28, 11, 0, 21, 23)
        row = tuple(
            10**6 + 1000 * b + s for b, s in zip(base, (3, -1, -1, -1, *[0] * 8), strict=True)
        )
        share = maximin_share(row, 3)
        assert share.worst == share.bound == share_by_program(row, 3).worst == 4_055_000

    def test_the_solver_is_silent(self, capfd: pytest.CaptureFixture[str]) -> None:
        """HiGHS would announce itself by way of the file descriptor, which Python does not see."""
        assert share_by_program((4, 1, 1, 2, 2), 3).worst == 3
        assert capfd.readouterr() == ("", "")


@SIGNS
class TestLargeNumbers:
    """Values of any size and kind are exact: sums beyond 64 bits, fractions, floats."""

    @given(row=rows(1, 10, 50), parts=st.integers(1, 4), unit=st.integers(2**60, 2**80))
    @settings(max_examples=25)
    def test_unit_is_immaterial(self, sign: int, row: Row, parts: int, unit: int) -> None:
        small, large = (maximin_share(tuple(u * sign * v for v in row), parts) for u in (1, unit))
        tiny = maximin_share(tuple(Fraction(sign * v, unit) for v in row), parts)
        assert large.worst == unit * small.worst
        assert tiny.worst * unit == small.worst
        assert large.proven

    def test_nearly_alike(self, sign: int) -> None:
        """Units at the end of large numbers count."""
        row = tuple(sign * (10**25 + small) for small in (0, 1, 2, 3, 5, 7, 8, 8, 9, 9))
        small = maximin_share((0, 0), 1)
        share = maximin_share(row, 2)
        assert small.worst == 0
        assert share.proven
        # five goods each; 0 + 1 + 2 + 3 + 5 + 7 + 8 + 8 + 9 + 9 = 52
        assert share.worst == sign * (5 * 10**25 + 26)

    @given(
        row=st.lists(st.integers(0, 2**90), min_size=5, max_size=8).map(tuple),
        parts=st.integers(2, 3),
    )
    @settings(max_examples=20)
    def test_leading_bits(self, sign: int, row: Row, parts: int) -> None:
        """Where all bits are too many to search, bounds are of the leading ones."""
        truth, _ = by_definition(signed(row, sign), parts)
        share = maximin_share(signed(row, sign), parts, NodeLimit(199))
        assert share.worst <= truth <= share.bound
        assert share.worst == worst_of(signed(row, sign), share.bundles)
        assert maximin_share(signed(row, sign), parts).worst == truth

    @pytest.mark.skipif(not COMPILED, reason="takes a compiler")
    def test_many_digits(self, sign: int) -> None:
        drawn = np.random.default_rng(7).random(20) * 10 + 0.1
        share = maximin_share(tuple((sign * drawn).tolist()), 4, NodeLimit(200_000))
        assert share.gap < Fraction(1, 100)

    def test_floats(self, sign: int) -> None:
        share = maximin_share((sign * 0.5, sign * 0.25, sign * 0.25, 0.0, 0.0, 0.0), 2)
        assert (type(share.worst), share.worst, share.proven) == (float, sign * 0.5, True)


@SIGNS
class TestNodeLimit:
    """A search that is cut short says what it knows: what it found, and what cannot be exceeded."""

    @given(row=rows(5, 9, 1000), parts=st.integers(2, 4), nodes=st.integers(0, 60))
    @settings(max_examples=50)
    def test_honest(self, sign: int, row: Row, parts: int, nodes: int) -> None:
        values = signed(row, sign)
        truth, short = maximin_share(values, parts), maximin_share(values, parts, NodeLimit(nodes))
        assert short.worst <= truth.worst <= short.bound
        assert short.worst == worst_of(values, short.bundles)
        assert short.proven == (short.worst == short.bound)

    def test_bound_is_exact(self, sign: int) -> None:
        values = tuple(Fraction(sign * v, 7) for v in (9, 8, 7, 6, 5, 4, 4, 2))
        share = maximin_share(values, 3, NodeLimit(0))
        ends = (
            (Fraction(13, 7), Fraction(15, 7)) if sign > 0 else (Fraction(-17, 7), -Fraction(15, 7))
        )
        assert (share.worst, share.bound, share.proven) == (*ends, False)

    @given(row=rows(1, 8, 40), parts=st.integers(1, 4))
    def test_greedy(self, sign: int, row: Row, parts: int) -> None:
        """Without a search: largest first, to the smallest part.

        Graham (1969) for the largest part, at most 4/3 - 1/(3n) of the least one; Csirik,
        Kellerer, Woeginger (1992) for the smallest, at least (3n - 1)/(4n - 2) of the largest one.
        """
        truth = maximin_share(signed(row, sign), parts).worst
        greedy = maximin_share(signed(row, sign), parts, NodeLimit(0)).worst
        if sign > 0:
            assert greedy >= Fraction(3 * parts - 1, 4 * parts - 2) * truth
        else:
            assert greedy >= (Fraction(4, 3) - Fraction(1, 3 * parts)) * truth


@dataclass(frozen=True)
class Impatient:
    """Goods whose shares are not searched for."""

    goods: Goods

    def read(self, reports: Any) -> Any:
        return self.goods.read(reports)

    def value(self, agent: int, type_: Any, alternative: Any) -> Number:
        return self.goods.value(agent, type_, alternative)

    def maximin_share(self, type_: Any, agents: int) -> Division:
        return maximin_share(type_, agents, NodeLimit(0))


class TestUndecided:
    """A share between bounds refutes whoever is below both, and satisfies whoever is above."""

    ROW = (9, 8, 7, 6, 5, 4, 4, 2)  # the share of three is 15, and without a search 13 to 15

    @pytest.mark.parametrize(
        ("first", "word"),
        [((0, 3), "proved"), ((0, 4), "unknown"), ((1, 4), "unknown"), ((1, 5), "refuted")],
    )
    def test_what_the_first_agent_gets(self, first: Row, word: str) -> None:
        goods = Impatient(Goods(tuple("abcdefgh")))
        rest = frozenset(range(8)) - set(first)
        reports = goods.read([self.ROW, [0] * 8, [0] * 8])
        verdict = judge(
            (frozenset(first), rest, frozenset()), MaximinShare(), Instance(goods, reports)
        )
        assert verdict.word == word
        if word == "unknown":
            assert "it lies between 13 and 15" in str(verdict)
        if word == "refuted":
            assert "less than its maximin share of at least 13" in str(verdict)

    def test_part_of_it(self) -> None:
        goods = Impatient(Goods(tuple("abcdefgh")))
        reports = goods.read([self.ROW, [0] * 8, [0] * 8])
        given = (frozenset({1, 5}), frozenset({0, 2, 3, 4, 6, 7}), frozenset[int]())
        here = Instance(goods, reports)
        assert judge(given, MaximinShare(alpha=Fraction(4, 5)), here).word == "proved"
        assert judge(given, MaximinShare(alpha=Fraction(9, 10)), here).word == "unknown"


class TestChores:
    """Chores are goods in the mirror: values up to 0, read, told and shrunk as those of goods."""

    CHORES = Chores(("cook", "clean", "shop"), agents=("ann", "bob"))

    @given(row=rows(1, 8, 60))
    def test_two_agents(self, row: Row) -> None:
        """What one of two gets less, the other one has more."""
        goods, chores = maximin_share(row, 2), maximin_share(signed(row, -1), 2)
        assert chores.worst == goods.worst - sum(row)

    @given(row=rows(1, 7, 60), parts=st.integers(1, 4))
    def test_no_more_than_a_part(self, row: Row, parts: int) -> None:
        """A share is at most an n-th of everything, of chores as of goods."""
        for values in (row, signed(row, -1)):
            assert parts * maximin_share(values, parts).worst <= sum(values)

    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (
                lambda: TestChores.CHORES.read([[-1, -2, 3], [0, 0, 0]]),
                r"the value of shop to ann, is 3: it must be at most 0, .* Goods",
            ),
            (
                lambda: Goods(("car",)).read([[-1]]),
                "the value of car to agent 0, is -1: it must be at least 0; what "
                "agents would rather not have are Chores",
            ),
            (lambda: Chores(()), "names is empty: there must be at least one chore"),
            (
                lambda: Chores(("cook",), grid=(-1, 1)),
                r"grid is \(-1, 1\): it must increase strictly to 0 or less",
            ),
            (
                lambda: Chores(("cook",), grid=(-2, 0)).read([[-1]]),
                r"is -1: it must be one of \(-2, 0\)",
            ),
            (lambda: maximin_share((1, 0, -2), 2), "values has -2 and 1: all must be at least 0"),
        ],
    )
    def test_refuses(self, call: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            call()

    def test_reads_as_goods_do(self) -> None:
        pandas = pytest.importorskip("pandas")
        frame = pandas.DataFrame(
            {"shop": [-1, -2], "cook": [-3, -4], "clean": [-5, -6]}, index=["bob", "ann"]
        )
        assert self.CHORES.read(frame) == ((-4, -6, -2), (-3, -5, -1))

    def test_mirrors_goods(self) -> None:
        chores, goods = Chores(("a", "b"), grid=(-3, -1, 0)), Goods(("a", "b"), grid=(0, 1, 3))
        assert chores.types(0) is not None
        mirrored = [tuple(-v for v in row) for row in chores.types(0) or ()]
        assert mirrored == [*(goods.types(0) or ())]
        assert chores.alternatives(2) == goods.alternatives(2)
        given = chores.bundles([["a"], ["b"]])
        assert chores.admits(given)
        assert chores.tell(given) == "agent 0: {a}, agent 1: {b}"
        assert str(chores) == "Chores(a, b) worth (-3, -1, 0)"

    def test_what_a_search_tries(self) -> None:
        reports = self.CHORES.read([[-4, 0, -1], [-3, -2, -1]])
        tried = [*self.CHORES.misreports(0, reports)]
        assert (-3, 0, -1) in tried
        assert (-4, -2, -1) in tried
        assert all(value <= 0 for row in tried for value in row)
        simpler = [*self.CHORES.simpler(reports[0])]
        assert (-2, 0, -1) in simpler
        assert all(0 >= a >= b for row in simpler for a, b in zip(row, reports[0], strict=True))
        profiles = islice(self.CHORES.profiles(2, np.random.default_rng(0)), 3_000)
        assert all(value <= 0 for profile in profiles for row in profile for value in row)
        first, *_ = self.CHORES.strands(0, reports)
        assert (first.low, first.high, first.at(-2)) == (-9, 0, (-2, 0, -1))

    def test_shares_are_judged(self) -> None:
        reports = self.CHORES.read([[-4, -1, -1], [-3, -2, -1]])
        here = Instance(self.CHORES, reports)
        fair = self.CHORES.bundles({"ann": ["clean", "shop"], "bob": ["cook"]})
        unfair = self.CHORES.bundles({"ann": ["clean", "cook"], "bob": ["shop"]})
        assert judge(fair, MaximinShare(), here).word == "proved"
        verdict = judge(unfair, MaximinShare(), here)
        assert "ann gets 1 less than its maximin share -4" in str(verdict)


class TestSharesAtAGlance:
    """Each agent's share, what it cannot exceed, and how the agent would cut."""

    def test_chores(self) -> None:
        shares = maximin_shares(TestChores.CHORES, [[-4, -1, -1], [-3, -2, -1]])
        assert (len(shares), shares.proven, shares[1].worst) == (2, True, -3)
        assert "bob" in str(shares)
        assert "<td>proved</td>" in shares._repr_html_()

    def test_not_proved(self) -> None:
        shares = maximin_shares(
            Goods(tuple("abcdefgh")), [TestUndecided.ROW] * 3, limit=NodeLimit(0)
        )
        assert not shares.proven
        assert "at most 15" in str(shares)
        assert "agent 2" in str(shares)


class TestLawsOfValues:
    """What is drawn has the form that the law says."""

    @pytest.mark.parametrize(
        ("law", "low", "high"),
        [
            (UniformValues(7), 0, 7),
            (CorrelatedValues(5, 2), 0, 7),
            (BivaluedValues(2, 9), 2, 9),
            (TightValues(30, 2), 2, 31),
        ],
    )
    def test_range(self, law: ValueLaw, low: int, high: int) -> None:
        drawn = law.sample(np.random.default_rng(4), (6, 12))
        again = law.sample(np.random.default_rng(4), (6, 12))
        assert drawn.shape == (6, 12)
        assert drawn.dtype == np.int64
        assert (drawn.min() >= low, drawn.max() <= high) == (True, True)
        assert (drawn == again).all()

    @given(
        size=st.tuples(st.integers(2, 4), st.integers(0, 5)),
        share=st.integers(0, 50),
        seed=st.integers(0, 99),
    )
    @settings(max_examples=50)
    def test_tight(self, size: tuple[int, int], share: int, seed: int) -> None:
        """By construction, v(M) - n MMS is 0 or 1 for every agent."""
        agents, more = size
        drawn = TightValues(share).sample(np.random.default_rng(seed), (agents, agents + more))
        for row in drawn.tolist():
            assert maximin_share(tuple(row), agents).worst == share
            assert sum(row) - agents * share in (0, 1)

    def test_correlation(self) -> None:
        drawn = CorrelatedValues(6, 4).sample(np.random.default_rng(5), (2, 40_000))
        expected = 6 * 8 / (6 * 8 + 4 * 6)
        found: Any = np.corrcoef(drawn)
        assert abs(found[0, 1] - expected) < 0.02

    def test_bivalued(self) -> None:
        drawn = BivaluedValues(1, 2, Fraction(1, 5)).sample(np.random.default_rng(6), (1, 40_000))
        assert abs((drawn == 2).mean() - 0.2) < 0.01

    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (lambda: UniformValues(-1), "high is -1: it must be a whole number, at least 0"),
            (lambda: BivaluedValues(3, 3), "low is 3: it must be below high, 3"),
            (lambda: BivaluedValues(1, 3, 2), "p is 2: it must lie between 0 and 1"),
            (
                lambda: TightValues(4).sample(np.random.default_rng(0), (3, 2)),
                "each of the agents needs a good of its own",
            ),
            (
                lambda: TightValues(4, 3).sample(np.random.default_rng(0), (2, 3)),
                "least is 3: 2 such goods are worth more than 4",
            ),
            (lambda: NodeLimit(-1), "nodes is -1: it must be a whole number, at least 0"),
            (lambda: maximin_share_arrays([[0.5]], 2), "it must be a matrix"),
            (lambda: maximin_share_arrays([[1, -1]], 2), "values has both signs"),
            (lambda: maximin_share_arrays([[2**62]], 2), "sums do not fit in 64 bits"),
            (lambda: share_by_program((10**9,), 2), "exact up to 100000000"),
            (
                lambda: share_by_program((1, 2), 0),
                "parts is 0: it must be a whole number, at least 1",
            ),
            (lambda: share_by_program((), 2), "values is empty: there must be at least one good"),
        ],
    )
    def test_refuses(self, call: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            call()


class TestRoundRobinInBatches:
    """Many profiles at once: what the rule does one by one."""

    @given(
        shape=st.tuples(st.integers(0, 3), st.integers(1, 4), st.integers(1, 6)),
        seed=st.integers(0, 999),
        floats=st.booleans(),
    )
    def test_is_the_rule(self, shape: tuple[int, int, int], seed: int, floats: bool) -> None:
        drawn: Any = np.random.default_rng(seed).integers(0, 4, shape)
        values = drawn / 4 if floats else drawn
        rule = RoundRobin(Goods(tuple(map(str, range(shape[2])))))
        holders = rule.of_batch(values)
        assert holders.shape == (shape[0], shape[2])
        for profile, holder in zip(values, holders.tolist(), strict=True):
            bundles = rule(profile)
            assert all(good in bundles[agent] for good, agent in enumerate(holder))

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            (
                [[1, 2]],
                r"values has the shape \(1, 2\): it must be \(batch, agents, goods\) with 2",
            ),
            ([[[1, np.nan]]], "values has an entry that is no finite number"),
            ([[[True, False]]], "values has the kind bool: it must be int64 or float64"),
            (
                np.ones((1, 1, 2), np.uint64),
                "values has the kind uint64: it must be int64 or float64",
            ),
        ],
    )
    def test_refuses(self, values: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            RoundRobin(Goods(("car", "dog"))).of_batch(values)


def test_the_usual_effort() -> None:
    assert maximin_share((1, 2, 3), 2) == maximin_share((1, 2, 3), 2, USUAL)
