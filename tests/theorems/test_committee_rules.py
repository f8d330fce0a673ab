"""Rules for committees: what is said of them, against brute force and the survey's examples.

The survey is Lackner, Skowron, Multi-Winner Voting with Approval Preferences, 2023.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import combinations, product
from math import comb, e
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Election, Instance, Population
from mechsim.algorithms.ties import Lexicographic, Priority, Refuse, UniformlyAtRandom
from mechsim.axioms import EJR, JR, PJR, Core, EJRPlusX, ExPost, check
from mechsim.axioms.verdict import Refuted
from mechsim.budgeting import (
    PAV,
    ChamberlinCourant,
    Geometric,
    GreedyAV,
    Harmonic,
    MaxUtility,
    Phragmen,
    SequentialPAV,
    SequentialThiele,
    Thiele,
    thiele,
)

F = Fraction
FIRST = Lexicographic()
WEIGHTS: tuple[Any, ...] = (Harmonic(), Geometric(0), Geometric(F(1, 2)), Geometric(1))
RULES: tuple[Any, ...] = (PAV, ChamberlinCourant, partial(SequentialPAV, FIRST))


@dataclass(frozen=True)
class SainteLague:
    """A user's own weights: 1, 1/3, 1/5, ..."""

    def weight(self, rank: int, /) -> Fraction:
        return F(1, 2 * rank - 1)


@dataclass(frozen=True)
class Listed:
    """Weights that are listed, and may be wrong."""

    listed: tuple[Fraction, ...]

    def weight(self, rank: int, /) -> Fraction:
        return self.listed[rank - 1]


def committee(candidates: int, seats: int) -> Election:
    return Election(tuple("abcdefghijklmnopqrstuvwxyz"[:candidates]), (1,) * candidates, seats)


def cast(written: str) -> list[list[str]]:
    """``"3ab c"`` is three ballots for a and b, and one for c."""
    found: list[list[str]] = []
    for word in written.split():
        names = word.lstrip("0123456789")
        found += [list(names)] * int(word[: len(word) - len(names)] or 1)
    return found


def members(row: Any) -> frozenset[int]:
    """Where it is true."""
    return frozenset(c for c, inside in enumerate(row.tolist()) if inside)


def named(election: Election, elected: Iterable[int]) -> str:
    return "".join(election.projects[c] for c in sorted(elected))


@st.composite
def elections(draw: st.DrawFn, most: int = 7) -> tuple[Election, tuple[frozenset[int], ...]]:
    """A few candidates and few different ballots, so that many committees tie."""
    candidates = draw(st.integers(1, most))
    ballots = st.lists(st.frozensets(st.integers(0, candidates - 1)), min_size=1, max_size=6)
    few = draw(ballots)
    voters = draw(st.lists(st.sampled_from(few), min_size=1, max_size=9))
    return committee(candidates, draw(st.integers(1, candidates))), tuple(voters)


def scores(
    weights: Any, election: Election, voters: tuple[frozenset[int], ...]
) -> dict[tuple[int, ...], Fraction]:
    """The score of each committee, by its definition."""
    return {
        listed: sum(
            (
                F(weights.weight(j))
                for ballot in voters
                for j in range(1, 1 + len(ballot.intersection(listed)))
            ),
            F(0),
        )
        for listed in combinations(range(len(election.costs)), int(election.budget))
    }


def fails(axiom: Any, rule: Any, election: Election, voters: Iterable[Iterable[str | int]]) -> bool:
    instance = Instance(election, election.read(voters))
    return isinstance(check(ExPost(axiom), rule(election), [instance]), Refuted)


@pytest.fixture(autouse=True, scope="module")
def searched() -> Iterator[None]:
    """Small elections are searched too, and not listed."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(thiele, "LISTED", 0)
        yield


class TestListed:
    """Of few committees all are scored, and the same one is first."""

    @given(elections(), st.sampled_from(WEIGHTS))
    def test_as_searched(self, case: Any, weights: Any) -> None:
        election, ballots = case
        found = Thiele(weights, election)(ballots)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(thiele, "LISTED", 10**6)
            assert Thiele(weights, election)(ballots) == found


class TestBestCommittee:
    """The lexicographically first of the committees with the highest score is elected."""

    @given(elections(), st.sampled_from((*WEIGHTS, SainteLague())))
    @settings(max_examples=100)
    def test_brute_force(self, case: Any, weights: Any) -> None:
        election, voters = case
        every = scores(weights, election, voters)
        best = max(every.values())
        rule = Thiele(weights, election)
        elected = rule(voters)
        assert tuple(sorted(elected)) == min(c for c, s in every.items() if s == best)
        assert rule.score(voters, elected) == best

    @pytest.mark.parametrize("weights", WEIGHTS)
    def test_random_elections(self, weights: Any) -> None:
        """Five of twelve, by 30 voters: all 792 committees."""
        rng = np.random.default_rng(2023)
        election = committee(12, 5)
        for density in (0.15, 0.5):
            approved = rng.random((30, 12)) < density
            voters = tuple(map(members, approved))
            every = scores(weights, election, voters)
            assert len(every) == comb(12, 5)
            best = max(every.values())
            elected = Thiele(weights, election)(voters)
            assert tuple(sorted(elected)) == min(c for c, s in every.items() if s == best)

    @given(elections(), st.integers(2, 5), st.sampled_from(WEIGHTS))
    @settings(max_examples=40)
    def test_scale(self, case: Any, times: int, weights: Any) -> None:
        """The unit of money, copies of all voters, and the order of voters change nothing."""
        election, voters = case
        elected = Thiele(weights, election)(voters)
        costs = tuple(F(1, times) for _ in election.costs)
        cheap = Election(election.projects, costs, election.budget * F(1, times))
        assert Thiele(weights, cheap)(voters[::-1]) == elected
        assert Thiele(weights, election)(Population(voters, (times,) * len(voters))) == elected

    def test_clones(self) -> None:
        """Fifty candidates of five parties: clones come in their order, and cost no time."""
        election = Election(tuple(f"{p}{k}" for p in "abcde" for k in range(10)), (1,) * 50, 10)
        parties = [frozenset(range(10 * p, 10 * p + 10)) for p in range(5)]
        elected = PAV(election)(Population(tuple(parties), (300, 250, 200, 150, 100)))
        assert sorted(elected) == [0, 1, 2, 10, 11, 12, 20, 21, 30, 40]

    def test_nobody_approves(self) -> None:
        assert PAV(committee(4, 2))([[], []]) == {0, 1}
        assert SequentialPAV(FIRST, committee(4, 2))([[], []]) == {0, 1}

    def test_more_seats_than_candidates(self) -> None:
        """All are elected."""
        assert PAV(committee(2, 5))([["b"]]) == {0, 1}
        assert SequentialPAV(FIRST, committee(2, 5))([["b"]]) == {0, 1}

    def test_many(self) -> None:
        """Eight of 40 candidates, by 1,000 voters: no exchange of two members gains."""
        rng = np.random.default_rng(7)
        places, homes = rng.random((40, 2)), rng.random((1_000, 2))
        near = ((homes[:, None] - places[None]) ** 2).sum(axis=2) < 0.03
        voters = [members(row) for row in near]
        election = Election(tuple(map(str, range(40))), (1,) * 40, 8)
        rule = PAV(election)
        elected = rule(voters)
        worth = np.concatenate([[0], np.cumsum(840 // np.arange(1, 9))])

        def score(chosen: Iterable[int]) -> int:
            return int(worth[near[:, list(chosen)].sum(axis=1)].sum())

        best = score(elected)
        assert F(best, 840) == rule.score(voters, elected)
        outside = sorted(frozenset(range(40)) - elected)
        for out in combinations(sorted(elected), 2):
            kept = sorted(elected - frozenset(out))
            assert all(score([*kept, *more]) <= best for more in combinations(outside, 2))


class TestNames:
    """Weights of 1 give approval voting; with one seat all Thiele rules are approval voting."""

    @given(elections())
    @settings(max_examples=60)
    def test_approval_voting(self, case: Any) -> None:
        election, voters = case
        rule = Thiele(Geometric(1), election)
        most = rule.score(voters, rule(voters))
        for other in (GreedyAV(FIRST, election), MaxUtility(election)):
            assert rule.score(voters, other(voters)) == most

    @given(elections(), st.sampled_from(WEIGHTS))
    @settings(max_examples=60)
    def test_one_seat(self, case: Any, weights: Any) -> None:
        setting, voters = case
        one = committee(len(setting.costs), 1)
        votes = [sum(c in ballot for ballot in voters) for c in range(len(one.costs))]
        assert Thiele(weights, one)(voters) == {votes.index(max(votes))}
        assert SequentialThiele(weights, FIRST, one)(voters) == {votes.index(max(votes))}

    def test_chamberlin_courant(self) -> None:
        election, votes = committee(4, 3), cast("4ab c d")
        assert named(election, ChamberlinCourant(election)(votes)) == "acd"
        assert ChamberlinCourant(election).score(votes, "acd") == 6


class TestSurvey:
    """The examples of the survey, with its outcomes."""

    RUNNING = "3ab 3ac 2ad bcf e f g"

    def test_examples_1_to_4(self) -> None:
        election, votes = committee(7, 4), cast(self.RUNNING)
        assert named(election, Thiele(Geometric(1), election)(votes)) == "abcd"
        assert named(election, ChamberlinCourant(election)(votes)) == "aefg"
        assert named(election, PAV(election)(votes)) == "abcf"

    def test_example_8(self) -> None:
        """Sequential Phragmén."""
        election = committee(7, 4)
        assert named(election, Phragmen(FIRST, election)(cast(self.RUNNING))) == "abcd"

    def test_example_5(self) -> None:
        election, votes = committee(4, 2), cast("3ab 6ad 4b 5c 5cd")
        assert named(election, PAV(election)(votes)) == "ac"
        assert named(election, SequentialPAV(Refuse(), election)(votes)) == "cd"

    def test_thiele(self) -> None:
        """Thiele's own example."""
        votes = cast("960acd 3000bcd 520bc 1620ab 1081ad 1240ac 360bd 360d 120c 60b")
        election = committee(4, 2)
        assert named(election, PAV(election)(votes)) == "ab"
        assert named(election, SequentialPAV(Refuse(), election)(votes)) == "ac"

    def test_proposition_a3(self) -> None:
        """More support for a set of members may cost them their seats (support monotonicity)."""
        election = committee(7, 4)
        others = "abc 2ef " + 3 * "ae be ce af bf cf ag bg cg " + "100d"
        assert named(election, PAV(election)(cast(f"ab {others}"))) == "abcd"
        assert named(election, PAV(election)(cast(f"abcd {others}"))) == "defg"
        before, more = "7abd 4abe 3acd 5ace", " cd"
        rule = SequentialPAV(Refuse(), committee(5, 4))
        assert named(election, rule(cast(before))) == "abcd"
        assert named(election, rule(cast(before + more))) == "abde"

    def test_phragmen_a3(self) -> None:
        """The same of sequential Phragmén, by Mora and Oliver."""
        election = committee(4, 3)
        before, more = "10ab 3c 12d 21abc 6cd", " ab"
        assert named(election, Phragmen(FIRST, election)(cast(before))) == "abd"
        assert named(election, Phragmen(FIRST, election)(cast(before + more))) == "acd"


class TestPhragmen:
    """With costs of 1 sequential Phragmén fills as many seats as candidates with votes allow."""

    @given(elections())
    @settings(max_examples=60)
    def test_seats(self, case: Any) -> None:
        election, voters = case
        known = frozenset[int]().union(*voters)
        elected = Phragmen(FIRST, election)(voters)
        assert len(elected) == min(len(known), int(election.budget))
        assert elected <= known

    @pytest.mark.parametrize("votes", ["6ab 3cd", "4ab 3cd 2ef", "5ab 5cd"])
    def test_parties(self, votes: str) -> None:
        """For parties it is the method of D'Hondt, as PAV and sequential PAV are."""
        election, ballots = committee(6, 3), cast(votes)
        rules = (Phragmen(FIRST, election), PAV(election), SequentialPAV(FIRST, election))
        sizes = {party: ballots.count(list(party)) for party in ("ab", "cd", "ef")}
        quotients = sorted((F(-size, j), p) for p, size in sizes.items() for j in (1, 2))
        won = [party for _, party in quotients[:3]]
        for rule in rules:
            elected = named(election, rule(ballots))
            assert [sum(c in party for c in elected) for party in sizes] == [
                won.count(party) for party in sizes
            ]


class TestSequential:
    """Voter by voter: whoever adds most to the score comes next."""

    @given(elections(), st.sampled_from((*WEIGHTS, SainteLague())))
    @settings(max_examples=100)
    def test_definition(self, case: Any, weights: Any) -> None:
        election, voters = case
        chosen: list[int] = []
        for _ in range(int(election.budget)):
            adds = {
                c: sum(
                    F(weights.weight(1 + len(ballot.intersection(chosen))))
                    for ballot in voters
                    if c in ballot
                )
                for c in range(len(election.costs))
                if c not in chosen
            }
            chosen.append(max(adds, key=lambda c: (adds[c], -c)))
        assert SequentialThiele(weights, FIRST, election)(voters) == set(chosen)

    @given(elections(), st.sampled_from(WEIGHTS))
    @settings(max_examples=60)
    def test_near_the_best(self, case: Any, weights: Any) -> None:
        """The score is at least 1 - 1/e of the best (Nemhauser, Wolsey, Fisher)."""
        election, voters = case
        rule = Thiele(weights, election)
        found = rule.score(voters, SequentialThiele(weights, FIRST, election)(voters))
        assert found >= rule.score(voters, rule(voters)) * F(1 - 1 / e)

    def test_ties_are_a_value(self) -> None:
        election, votes = committee(3, 1), cast("a b")
        assert SequentialPAV(FIRST, election)(votes) == {0}
        assert SequentialPAV(Priority((2, 1, 0)), election)(votes) == {1}
        with pytest.raises(ValueError, match="this rule refuses ties"):
            SequentialPAV(Refuse(), election)(votes)
        with pytest.raises(ValueError, match="ties is UniformlyAtRandom"):
            SequentialPAV(UniformlyAtRandom(), election)(votes)


class TestJustifiedRepresentation:
    """PAV satisfies EJR, Chamberlin-Courant JR, and sequential PAV JR for up to five seats."""

    @given(elections(6))
    @settings(max_examples=80)
    def test_laws(self, case: Any) -> None:
        election, voters = case
        for axiom in (EJR(), EJRPlusX()):
            assert not fails(axiom, PAV, election, voters)
        assert not fails(JR(), ChamberlinCourant, election, voters)
        if election.budget <= 5:
            assert not fails(JR(), partial(SequentialPAV, FIRST), election, voters)

    def test_foils(self) -> None:
        """Approval voting and Chamberlin-Courant fail where PAV does not."""
        election, votes = committee(4, 3), cast("4ab c d")
        assert fails(PJR(), ChamberlinCourant, election, votes)
        assert not fails(EJR(), PAV, election, votes)
        election, votes = committee(4, 3), cast("4abc 2d")
        assert fails(JR(), partial(Thiele, Geometric(1)), election, votes)
        assert not fails(EJR(), PAV, election, votes)

    def test_only_pav(self) -> None:
        """With w_3 > 1/3 a large group takes too much, and with w_2 < 1/2 it gets too little."""
        flat, steep = Listed((F(1), F(3, 4), F(3, 5))), Listed((F(1), F(1, 3), F(1, 5)))
        election, votes = committee(4, 3), cast("20abc 10d")
        assert named(election, Thiele(flat, election)(votes)) == "abc"
        assert fails(JR(), partial(Thiele, flat), election, votes)
        assert not fails(EJR(), PAV, election, votes)
        election, votes = committee(6, 5), cast("8ab 3c 3d 3e 3f")
        assert named(election, Thiele(steep, election)(votes)) == "acdef"
        assert fails(EJR(), partial(Thiele, steep), election, votes)
        assert not fails(EJR(), PAV, election, votes)

    def test_core(self) -> None:
        """The example of Peters and Skowron: three members each, where four could be paid for."""
        election, votes = committee(15, 12), cast("abcd abce abcf ghi jkl mno")
        assert named(election, PAV(election)(votes)) == "abcghijklmno"
        assert fails(Core(), PAV, election, votes)


class TestSequentialPAVAndSixSeats:
    """Sequential PAV fails JR from six seats on, and not before."""

    SMALL = "2abcf 2ade 2e 2f abc abf acd adf bce bdf bd be cd ce cf d 4g"
    LARGE = (
        "8f 8e 9d 2cf 4ce 3cd 7bf 3be bcf 2bce 5bcd 2adf ade 8acf 5ace 3acdf 5abe 2abdf 8abde "
        "3abcdf abcde 18g"
    )

    def test_with_ties(self) -> None:
        """24 voters, in an order of candidates that is bad for the last."""
        election, votes = committee(7, 6), cast(self.SMALL)
        assert len(votes) == 24
        assert named(election, SequentialPAV(FIRST, election)(votes)) == "abcdef"
        assert fails(JR(), partial(SequentialPAV, FIRST), election, votes)
        assert not fails(EJR(), PAV, election, votes)

    def test_without_ties(self) -> None:
        """108 voters: nobody ties."""
        election, votes = committee(7, 6), cast(self.LARGE)
        assert len(votes) == 108
        assert named(election, SequentialPAV(Refuse(), election)(votes)) == "abcdef"
        assert fails(JR(), partial(SequentialPAV, Refuse()), election, votes)

    @pytest.mark.parametrize("seats", range(1, 7))
    def test_linear_programme(self, seats: int) -> None:
        """How large a group can be that wants one candidate and gets none: below 1/k, or not.

        The elected are 1, ..., k in this order; what is sought is the part of the voters that has
        each ballot.
        """
        from scipy.optimize import linprog

        sets = [s for s in product((0, 1), repeat=seats) if any(s)]
        rows: list[list[float]] = []
        for t in range(seats):
            adds = [[s[c] / (1 + sum(s[:t])) for s in sets] for c in range(t, seats)]
            rows += [[y - x for x, y in zip(adds[0], more, strict=True)] + [0] for more in adds[1:]]
            rows.append([-x for x in adds[0]] + [1])
        objective = [0.0] * len(sets) + [-1.0]
        found: Any = linprog(objective, rows, [0.0] * len(rows), [[1.0] * len(objective)], [1.0])
        assert (-found.fun < 1 / seats - 1e-6) == (seats <= 5)


class TestDoor:
    """What is no committee to elect is refused in a sentence."""

    @pytest.mark.parametrize("rule", RULES)
    def test_settings(self, rule: Any) -> None:
        with pytest.raises(ValueError, match=r"costs\[1\] is 2 and costs\[0\] is 1: a rule"):
            rule(Election(("a", "b"), (1, 2), 2))
        with pytest.raises(ValueError, match="budget is 3: a rule for committees needs a whole"):
            rule(Election(("a", "b"), (2, 2), 3))
        assert rule(Election(("a", "b"), (F(1, 2), F(1, 2)), F(1, 2)))([["b"]]) == {1}

    @pytest.mark.parametrize("listed", [(F(1), F(2)), (F(1), F(-1)), (F(-1), F(-1))])
    def test_weights(self, listed: tuple[Fraction, ...]) -> None:
        election = committee(3, 2)
        for rule in (
            Thiele(Listed(listed), election),
            SequentialThiele(Listed(listed), FIRST, election),
        ):
            with pytest.raises(ValueError, match=r"weights is Listed.* must not be negative or ri"):
                rule([["a", "b"]])

    @pytest.mark.parametrize("ratio", [-1, F(3, 2), 0.5])
    def test_ratio(self, ratio: Any) -> None:
        with pytest.raises(ValueError, match=r"ratio is .*: it must be exact, and between 0 and 1"):
            Geometric(ratio)

    def test_too_large(self) -> None:
        election = Election(tuple(map(str, range(60))), (1,) * 60, 60)
        with pytest.raises(ValueError, match="reports are of 2 voters: in whole numbers scores"):
            PAV(election)([frozenset(range(60)), frozenset({0})])
