"""Tasks for two machines, and peers who choose one of themselves: one class for each statement."""

import re
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Chores, ExAnte, Instance, Proved, Refuted, Strategyproof, Universally, verify
from mechsim.allocation import BiasedMinWork, BiasedWork, LeastMakespan
from mechsim.axioms import MakespanWithin, Misreport, ShareOfNominations
from mechsim.axioms.pareto import Everybody
from mechsim.preferences import Nominations
from mechsim.voting import MostNominated, Partition, TwoPartition

F = Fraction
Times = tuple[tuple[Fraction, ...], ...]
few = settings(max_examples=60)
TIME = st.builds(F, st.integers(0, 12), st.integers(1, 4))


def tasks(number: int) -> Chores:
    return Chores(tuple(f"t{k}" for k in range(number)))


@st.composite
def times(draw: st.DrawFn, most: int = 3) -> Times:
    number = draw(st.integers(1, most))
    row = st.tuples(*[TIME] * number)
    return draw(row), draw(row)


def values(t: Times) -> Times:
    return tuple(tuple(-time for time in row) for row in t)


def makespan(t: Times, owners: Any) -> Fraction:
    """When the last machine is done, if ``owners[j]`` does task j."""
    done = [F(0), F(0)]
    for j, owner in enumerate(owners):
        done[owner] += t[owner][j]
    return max(done)


def least(t: Times) -> Fraction:
    return min(makespan(t, owners) for owners in product((0, 1), repeat=len(t[0])))


def expected(t: Times, bias: Fraction) -> Fraction:
    """The expected makespan of Biased Min Work, by the definition and without the library."""
    number = len(t[0])
    total = F(0)
    for favoured in product((0, 1), repeat=number):
        owners = [s if t[s][j] <= bias * t[1 - s][j] else 1 - s for j, s in enumerate(favoured)]
        total += makespan(t, owners)
    return total / (1 << number)


class TestBiasedWorkIsTruthful:
    """For all sides: nobody gains by other times, as it is paid the time that is critical."""

    @few
    @given(times(), st.data(), st.sampled_from([F(1), F(4, 3), F(2)]))
    def test_no_lie_pays(self, t: Times, data: st.DataObject, bias: Fraction) -> None:
        chores, number = tasks(len(t[0])), len(t[0])
        favoured = data.draw(st.tuples(*[st.integers(0, 1)] * number))
        lie = data.draw(st.tuples(*[TIME] * number))
        agent = data.draw(st.integers(0, 1))
        rule = BiasedWork(favoured, chores, bias)
        case = Misreport(Instance(chores, values(t)), agent, tuple(-time for time in lie))
        assert Strategyproof().violation(rule, case) <= 0

    @few
    @given(TIME, TIME, st.integers(0, 1))
    def test_payments_are_critical(self, mine: Fraction, theirs: Fraction, side: int) -> None:
        """Whoever does the task would still do it at what it is paid, and not at more."""
        rule = BiasedWork((side,), tasks(1))
        outcome = rule([[-mine], [-theirs]])
        done = outcome.alternative[0] == {0}
        winner = 0 if done else 1
        paid = F(-outcome.payments[winner])
        assert outcome.payments[1 - winner] == 0
        t = [mine, theirs]
        for time, wins in ((paid * F(99, 100), True), (paid * F(101, 100) + F(1, 100), False)):
            t[winner] = time
            again = rule([[-t[0]], [-t[1]]]).alternative
            assert (again[winner] == {0}) == wins or paid == 0

    def test_all_sides_on_a_grid(self) -> None:
        grid = Chores(("a", "b"), grid=(-1, F(-3, 4)))
        asked = Universally(Strategyproof())
        assert isinstance(verify(BiasedMinWork(grid), asked, grid, agents=2), Proved)

    def test_the_least_makespan_is_not(self) -> None:
        grid = Chores(("a", "b"), grid=(-4, -1))
        found = verify(LeastMakespan(grid), Strategyproof(), grid, agents=2)
        assert isinstance(found, Refuted)


class TestSevenQuarters:
    """The expected makespan is at most 7/4 of the least one, and that is attained."""

    CROSSED: Times = ((F(3, 4), F(1)), (F(1), F(3, 4)))

    def ratio(self, t: Times, bias: Fraction) -> Fraction:
        return expected(t, bias) / least(t) if least(t) else F(expected(t, bias) != 0)

    def test_attained(self) -> None:
        assert (expected(self.CROSSED, F(4, 3)), least(self.CROSSED)) == (F(21, 16), F(3, 4))
        assert self.ratio(self.CROSSED, F(4, 3)) == F(7, 4)

    @settings(max_examples=150)
    @given(times(most=4))
    def test_never_exceeded(self, t: Times) -> None:
        assert expected(t, F(4, 3)) <= F(7, 4) * least(t)

    @pytest.mark.slow
    def test_of_many_random_ones(self) -> None:
        rng = np.random.default_rng(1)
        for _ in range(3_000):
            number = int(rng.integers(1, 6))
            t: Any = tuple(
                tuple(F(int(x), 12) for x in row) for row in rng.integers(1, 25, (2, number))
            )
            assert expected(t, F(4, 3)) <= F(7, 4) * least(t)

    def test_other_biases_do_worse(self) -> None:
        fast = ((F(15, 16), F(15, 16)), (F(1), F(1)))
        assert self.ratio(fast, F(1)) == F(15, 8)
        twice = ((F(1), F(2)), (F(2), F(1)))
        assert self.ratio(twice, F(2)) == F(9, 4)

    @few
    @given(times())
    def test_the_axiom_counts_alike(self, t: Times) -> None:
        chores = tasks(len(t[0]))
        case = Everybody(Instance(chores, values(t)))
        axiom = ExAnte(MakespanWithin(F(7, 4)))
        over = axiom.violation(BiasedMinWork(chores), case)
        assert over == expected(t, F(4, 3)) - F(7, 4) * least(t)
        assert ExAnte(MakespanWithin(F(1))).violation(LeastMakespan(chores), case) == 0


def choose(votes: Any, sides: Any) -> int:
    """The two-partition of these sides, by the definition."""
    best, most = 0, -1
    for agent, side in enumerate(sides):
        count = sum(1 for i, vote in enumerate(votes) if sides[i] == 0 and vote == agent)
        if side == 1 and count > most:
            best, most = agent, count
    return best


class TestTwoPartition:
    """Impartial, and at least a quarter of the most nominations in expectation."""

    def share(self, agents: int) -> Fraction:
        """The least share of the most nominations, over all profiles: brute force."""
        everybody = [[j for j in range(agents) if j != i] for i in range(agents)]
        worst = F(1)
        for votes in product(*everybody):
            got = [votes.count(choose(votes, s)) for s in product((0, 1), repeat=agents)]
            worst = min(worst, F(sum(got), len(got)) / max(map(votes.count, votes)))
        return worst

    def test_shares(self) -> None:
        assert self.share(4) == F(25, 48)
        assert self.share(3) >= F(1, 4)
        peers = Nominations(("a", "b", "c", "d"))
        for share, kind in ((F(25, 48), Proved), (F(26, 48), Refuted)):
            axiom = ExAnte(ShareOfNominations(share))
            assert isinstance(verify(TwoPartition(peers), axiom, peers, agents=4), kind)

    @few
    @given(st.data(), st.integers(2, 5))
    def test_definition(self, data: st.DataObject, agents: int) -> None:
        peers = Nominations(tuple(f"p{k}" for k in range(agents)))
        votes = tuple(data.draw(st.sampled_from(peers.types(i))) for i in range(agents))
        sides = data.draw(st.tuples(*[st.integers(0, 1)] * agents))
        assert Partition(sides, peers)(votes) == choose(votes, sides)

    def test_impartial_for_all_sides(self) -> None:
        peers = Nominations(("a", "b", "c"))
        asked = Universally(Strategyproof())
        assert isinstance(verify(TwoPartition(peers), asked, peers, agents=3), Proved)
        assert isinstance(verify(MostNominated(peers), Strategyproof(), peers, agents=3), Refuted)

    def test_rules_are_numbered_by_bits(self) -> None:
        peers = Nominations(("a", "b", "c"))
        sides = [rule.sides for _, rule in TwoPartition(peers).rules(3)]  # type: ignore[attr-defined]
        assert all(one == (k & 1, k >> 1 & 1, k >> 2 & 1) for k, one in enumerate(sides))


class TestDoor:
    """What is no task, bias, side, peer or share is refused by name."""

    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (lambda: BiasedWork((0, 2), tasks(2)), "favoured is (0, 2): it must be 0 or 1 for"),
            (lambda: BiasedWork((0,), tasks(2)), "favoured is (0,): it must be 0 or 1 for each"),
            (lambda: BiasedMinWork(tasks(1), 0.5), "bias is 0.5: it must be at least 1"),
            (lambda: BiasedMinWork(tasks(1))([[-1]] * 3), "reports has 3 rows: Biased Min Work"),
            (lambda: MakespanWithin(F(1, 2)), "factor is 1/2: it must be at least 1"),
            (lambda: ShareOfNominations(2), "share is 2: it must be from 0 to 1"),
            (
                lambda: Partition((0, 1), Nominations(("a", "b", "c"))),
                "sides is (0, 1): it must be 0 or 1 for each of 3 agents",
            ),
            (
                lambda: MostNominated(Nominations(("a", "b")))(["a", "a"]),
                "reports[0] is 'a': it must be one of b",
            ),
            (
                lambda: MostNominated(Nominations(("a", "b")))([1]),
                "reports has 1 entries: there must be one for each of 2 agents",
            ),
        ],
        ids=range(9),
    )
    def test_what_is_none(self, make: Any, message: str) -> None:
        with pytest.raises(ValueError, match=re.escape(message)):
            make()
