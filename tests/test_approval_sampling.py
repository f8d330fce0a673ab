"""Laws of approval ballots: what they are in their limits, and how often things happen."""

from fractions import Fraction
from itertools import pairwise, permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from mechsim import Population
from mechsim.preferences import (
    ApprovalLaw,
    DisjointResampling,
    Euclidean,
    ImpartialCulture,
    NearestProjects,
    Noise,
    PartyLists,
    Resampling,
    Urn,
    draw_election,
)
from mechsim.preferences.approval_sampling import BoolArray
from mechsim.preferences.election_sampling import counted

F = Fraction
THIRDS = PartyLists((F(1, 2), F(1, 3), F(1, 6)))
LAWS: tuple[ApprovalLaw, ...] = (
    ImpartialCulture(F(3, 10)),
    Resampling(F(2, 5), F(1, 4)),
    Resampling(F(1, 3), F(1, 2)),
    DisjointResampling(F(3, 10), F(1, 5), 3),
    Noise(F(2, 5), F(1, 4)),
    Urn(ImpartialCulture(F(3, 10)), F(1, 5)),
    Urn(THIRDS, 1),
    Euclidean(1, F(1, 4)),
    Euclidean(2, F(2, 5)),
    Euclidean(2, 1.2),
    NearestProjects(1, F(1, 4)),
    NearestProjects(2, F(1, 2)),
    THIRDS,
)
SIZES = st.tuples(st.integers(1, 30), st.integers(1, 20))


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def batches(law: ApprovalLaw, size: tuple[int, int], count: int, seed: int = 1) -> list[BoolArray]:
    source = rng(seed)
    return [law.sample(source, size) for _ in range(count)]


def near(found: list[float], expected: float) -> bool:
    """Whether the mean of independent numbers is within five standard errors."""
    spread = float(np.std(found, ddof=1)) / len(found) ** 0.5
    return bool(abs(float(np.mean(found)) - expected) <= 5 * spread + 1e-12)


class TestEveryLaw:
    """Ballots are a matrix that the seed decides, and the stated rate is how often one approves."""

    @pytest.mark.parametrize("law", LAWS, ids=repr)
    def test_rate(self, law: ApprovalLaw) -> None:
        for projects in (7, 10):
            drawn = [float(a.mean()) for a in batches(law, (9, projects), 1_000)]
            assert near(drawn, float(law.rate(projects)))

    @given(law=st.sampled_from(LAWS), size=SIZES)
    def test_shape_and_seed(self, law: ApprovalLaw, size: tuple[int, int]) -> None:
        drawn = law.sample(rng(), size)
        assert (drawn.shape, drawn.dtype) == (size, np.dtype(bool))
        assert np.array_equal(drawn, law.sample(rng(), size))
        assert 0 <= law.rate(size[1]) <= 1

    @pytest.mark.parametrize("law", LAWS, ids=repr)
    def test_size(self, law: ApprovalLaw) -> None:
        assert law.sample(rng(), (0, 4)).shape == (0, 4)
        with pytest.raises(ValueError, match=r"size\[0\] is -1: it must be a whole number, at l"):
            law.sample(rng(), (-1, 4))
        with pytest.raises(ValueError, match=r"size\[1\] is 0: it must be a whole number, at lea"):
            law.sample(rng(), (4, 0))


class TestLimits:
    """With phi = 0 all copy the centre, with phi = 1 it is forgotten."""

    @given(size=SIZES, p=st.integers(0, 12))
    def test_copies(self, size: tuple[int, int], p: int) -> None:
        """The centre has the floor of pm projects, also if p is a float: 0.29 of 100 are 29."""
        for law in (Resampling(F(p, 12), 0), Noise(F(p, 12), 0)):
            drawn = law.sample(rng(p), size)
            assert (drawn == drawn[0]).all()
            assert drawn[0].sum() == p * size[1] // 12
        assert Resampling(0.29, 0).sample(rng(), (1, 100)).sum() == 29

    def test_all_centres_are_equally_likely(self) -> None:
        for law in (Resampling(F(2, 5), 0), Noise(F(2, 5), 0), DisjointResampling(F(2, 5), 0, 2)):
            rows = [tuple(a[0].tolist()) for a in batches(law, (1, 5), 4_000)]
            counts = np.array([rows.count(row) for row in set(rows)])
            assert len(counts) == 10
            assert ((counts - 400) ** 2 / 400).sum() < 34  # chi squared, 9 degrees: 1 in 10,000

    def test_nothing_is_left_of_the_centre(self) -> None:
        """Impartial culture; noise is a fair coin then.  Two voters agree as they would there."""
        for law, p in (
            (Resampling(F(1, 5), 1), 0.2),
            (DisjointResampling(F(1, 5), 1, 2), 0.2),
            (Noise(F(1, 5), 1), 0.5),
        ):
            drawn = batches(law, (2, 10), 2_000)
            assert near([float(a.mean()) for a in drawn], p)
            assert near([float((a[0] == a[1]).mean()) for a in drawn], p * p + (1 - p) ** 2)

    def test_urn_without_copies(self) -> None:
        for fresh in (ImpartialCulture(0.3), Resampling(0.3, 0.5), THIRDS):
            drawn = Urn(fresh, 0).sample(rng(), (40, 12))
            assert np.array_equal(drawn, fresh.sample(rng(), (40, 12)))

    def test_urn_with_copies_only(self) -> None:
        for alpha in (10**12, 1e308, 10**400):
            drawn = Urn(ImpartialCulture(0.5), alpha).sample(rng(), (50, 20))
            assert (drawn == drawn[0]).all()

    def test_radius(self) -> None:
        for dimensions in (1, 2):
            assert not Euclidean(dimensions, 0).sample(rng(), (20, 9)).any()
            for reach in (2, dimensions**0.5):
                assert Euclidean(dimensions, reach).sample(rng(), (20, 9)).all()
                assert Euclidean(dimensions, reach).rate(9) == 1
            sizes = [Euclidean(dimensions, F(k, 10)).sample(rng(), (99, 9)) for k in range(15)]
            assert all((a <= b).all() for a, b in pairwise(sizes))

    @pytest.mark.parametrize("radius", [0.2, 0.4, 0.9, 1.0, 1.1, 1.3, 1.41])
    def test_rate_in_the_square(self, radius: float) -> None:
        """The distance along a side has the density 2(1 - x), so one integrates over one side."""

        def density(x: float) -> float:
            y: float = min(1.0, max(0.0, radius * radius - x * x) ** 0.5)
            return 2 * (1 - x) * (2 * y - y * y)

        corner = max(0.0, radius * radius - 1) ** 0.5  # where y leaves its bound
        expected = quad(density, 0, corner)[0] + quad(density, corner, min(1.0, radius))[0]
        assert abs(float(Euclidean(2, radius).rate(5)) - expected) < 1e-7

    def test_shares_at_the_ends(self) -> None:
        for dimensions in (1, 2):
            assert not NearestProjects(dimensions, 0).sample(rng(), (20, 9)).any()
            assert NearestProjects(dimensions, 1).sample(rng(), (20, 9)).all()


class TestAgreement:
    r"""How often two voters agree on a project: the second moment, worked out by hand.

    With :math:`q = \phi/(1+\phi)`, two noisy voters agree with :math:`q^2 + (1-q)^2`.  Resampled
    ones agree with that of the two probabilities of a project in the centre, or outside of it.
    """

    def test_noise(self) -> None:
        q = F(1, 4) / (1 + F(1, 4))
        drawn = batches(Noise(F(2, 5), F(1, 4)), (2, 10), 3_000)
        expected = float(q * q + (1 - q) ** 2)
        assert near([float((a[0] == a[1]).mean()) for a in drawn], expected)

    def test_resampling(self) -> None:
        inside, outside = 1 - F(1, 4) + F(1, 4) * F(2, 5), F(1, 4) * F(2, 5)
        agree = [x * x + (1 - x) ** 2 for x in (inside, outside)]
        drawn = batches(Resampling(F(2, 5), F(1, 4)), (2, 10), 3_000)
        expected = float(F(2, 5) * agree[0] + F(3, 5) * agree[1])
        assert near([float((a[0] == a[1]).mean()) for a in drawn], expected)

    def test_disjoint_groups(self) -> None:
        """Two voters of one group in two are both for a project of some centre, or not."""
        drawn = batches(DisjointResampling(F(1, 2), 0, 2), (2, 10), 3_000)
        assert near([float((a[0] & a[1]).mean()) for a in drawn], 0.25)
        assert {float((a[0] & a[1]).mean()) for a in drawn} == {0.0, 0.5}

    def test_urn(self) -> None:
        """The second voter repeats the first with alpha / (1 + alpha); later ones any before."""
        law = Urn(ImpartialCulture(0.5), F(1, 2))
        drawn = batches(law, (3, 30), 4_000)
        assert near([float((a[0] == a[1]).all()) for a in drawn], 1 / 3)
        third = (1 / 2) * (1 / 2 + 1 / 2 * 1 / 3)  # repeats the first, or the second which did
        assert near([float((a[0] == a[2]).all()) for a in drawn], third)


class TestStructure:
    """Ballots have the form that their law promises."""

    @given(size=SIZES, groups=st.integers(1, 4), seed=st.integers(0, 99))
    def test_disjoint_centres(self, size: tuple[int, int], groups: int, seed: int) -> None:
        drawn = DisjointResampling(F(1, groups), 0, groups).sample(rng(seed), size)
        different = np.unique(drawn, axis=0)
        assert len(different) <= groups
        assert different.sum(axis=0).max() <= 1 or size[1] < groups
        assert set(drawn.sum(axis=1).tolist()) == {size[1] // groups}

    @given(size=SIZES, share=st.integers(0, 7))
    def test_so_many_nearest(self, size: tuple[int, int], share: int) -> None:
        for dimensions in (1, 2):
            drawn = NearestProjects(dimensions, F(share, 7)).sample(rng(), size)
            assert set(drawn.sum(axis=1).tolist()) == {share * size[1] // 7}

    def test_on_a_line_ballots_are_intervals(self) -> None:
        """Some order of the projects has all ballots in one piece; in a square often none has."""
        for law in (Euclidean(1, 0.2), NearestProjects(1, F(2, 5))):
            assert all(map(in_one_piece, batches(law, (40, 6), 12)))
        for law in (Euclidean(2, 0.4), NearestProjects(2, F(2, 5))):
            assert not all(map(in_one_piece, batches(law, (40, 6), 12)))

    @given(size=SIZES, parties=st.integers(1, 5))
    def test_parties(self, size: tuple[int, int], parties: int) -> None:
        """Whoever agrees on one project agrees on all; sizes differ by one project at most."""
        drawn = PartyLists((F(1, parties),) * parties).sample(rng(), (400, size[1]))
        lists = np.unique(drawn, axis=0)
        assert len(lists) <= parties
        assert (lists.sum(axis=0) == 1).all()
        assert {size[1] // parties, -(-size[1] // parties)} >= set(lists.sum(axis=1).tolist())

    def test_shares_of_parties(self) -> None:
        drawn = THIRDS.sample(rng(), (60_000, 3))
        found = drawn.mean(axis=0)
        assert np.abs(found - [1 / 2, 1 / 3, 1 / 6]).max() < 5 * 0.5 / 60_000**0.5


def in_one_piece(drawn: BoolArray) -> bool:
    """Whether some order of the projects has those of every ballot next to one another."""
    for order in permutations(range(drawn.shape[1])):
        steps = np.diff(drawn[:, order].astype(int), axis=1, prepend=0)
        if ((steps == 1).sum(axis=1) <= 1).all():
            return True
    return False


class TestDoors:
    """Parameters out of their range are refused by name."""

    @pytest.mark.parametrize(
        ("law", "given", "message"),
        [
            (ImpartialCulture, (1.5,), "p is 1.5: it must lie between 0 and 1"),
            (Resampling, (0.5, -1), "phi is -1: it must lie between 0 and 1"),
            (Noise, (F(3, 2), 0), "p is 3/2: it must lie between 0 and 1"),
            (DisjointResampling, (F(1, 2), 0, 3), "groups is 3: so many disjoint centres of a sh"),
            (DisjointResampling, (F(1, 2), 0, 0), "groups is 0: it must be a whole number"),
            (Urn, (ImpartialCulture(F(1, 2)), -1), "alpha is -1: it must not be negative"),
            (Euclidean, (3, 1), "dimensions is 3: it must be 1 or 2"),
            (Euclidean, (1, -1), "radius is -1: it must not be negative"),
            (NearestProjects, (0, 1), "dimensions is 0: it must be a whole number"),
            (NearestProjects, (2, 2), "p is 2: it must lie between 0 and 1"),
            (PartyLists, ((1, 0),), r"shares\[1\] is 0: it must be positive"),
            (PartyLists, ((F(1, 2), F(1, 3)),), "shares sums to 5/6: it must sum to 1"),
            (PartyLists, ((),), "shares sums to 0: it must sum to 1"),
        ],
    )
    def test_refused(self, law: Any, given: tuple[Any, ...], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            law(*given)

    @pytest.mark.parametrize("law", LAWS, ids=str)
    def test_no_projects(self, law: ApprovalLaw) -> None:
        with pytest.raises(ValueError, match="projects is 0: it must be a whole number, at least"):
            law.rate(0)


class TestElections:
    """An election has the ballots of its law, costs that are log-normal, and part of their sum."""

    @given(size=SIZES)
    def test_counted(self, size: tuple[int, int]) -> None:
        """Rows are counted as one would count them, in order of first appearance."""
        drawn = ImpartialCulture(0.3).sample(rng(), size)
        rows = tuple(frozenset(np.flatnonzero(row).tolist()) for row in drawn)
        assert counted(drawn) == Population(rows)
        assert tuple(counted(drawn).values) == tuple(dict.fromkeys(rows))

    @given(size=SIZES, seed=st.integers(0, 99))
    def test_drawn(self, size: tuple[int, int], seed: int) -> None:
        voters, projects = size
        law = Resampling(0.4, 0.5)
        election, ballots = draw_election(law, projects, voters, rng(seed))
        assert (election, ballots) == draw_election(law, projects, voters, rng(seed))
        assert ballots == counted(law.sample(rng(seed), size))
        assert (len(ballots), len(election.projects)) == (voters, projects)
        assert election.read(ballots) == ballots
        assert all(F(cost).denominator == 1 for cost in election.costs)
        assert election.budget == max(1, sum(election.costs) // 3)

    def test_costs(self) -> None:
        """Half are above the median, and their logarithms have the standard deviation asked for."""
        election, _ = draw_election(
            ImpartialCulture(0), 4_000, 1, rng(), median=50_000, dispersion=0.7, share=0.25
        )
        logs = np.log([float(cost) for cost in election.costs])
        assert abs(np.mean(logs) - np.log(50_000)) < 5 * 0.7 / 4_000**0.5
        assert abs(np.std(logs) - 0.7) < 5 * 0.7 / 8_000**0.5
        assert election.budget == sum(election.costs) // 4

    def test_budget(self) -> None:
        """A budget that is given changes nothing else."""
        given, ballots = draw_election(THIRDS, 9, 5, rng(), budget=77)
        election, same = draw_election(THIRDS, 9, 5, rng())
        assert (given.budget, given.costs, ballots) == (77, election.costs, same)

    def test_committee(self) -> None:
        election, _ = draw_election(THIRDS, 9, 5, rng(), median=1, dispersion=0, share=F(4, 9))
        assert (set(election.costs), election.budget) == ({1}, 4)

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"median": 0}, "median is 0: it must be positive"),
            ({"dispersion": -1}, "dispersion is -1: it must lie between 0 and 10"),
            ({"budget": 0}, "budget is 0: it must be positive"),
            ({"budget": 1.5}, "budget is 1.5"),
            ({"budget": 5, "share": 1}, "share and budget are given: one of them"),
            ({"rng": 1}, r"rng is 1: it must be a generator, as np.random.default_rng\(1\)"),
            ({"share": 0}, "share is 0: it must be positive and at most 1"),
            ({"share": 1.1}, "share is 1.1: it must be positive and at most 1"),
            ({"projects": 0}, "projects is 0: it must be a whole number, at least 1"),
            ({"voters": 0}, "voters is 0: it must be a whole number, at least 1"),
        ],
    )
    def test_doors(self, given: dict[str, Any], message: str) -> None:
        rest: dict[str, Any] = {
            "law": ImpartialCulture(0.5),
            "projects": 3,
            "voters": 3,
            "rng": rng(),
        } | given
        with pytest.raises(ValueError, match=message):
            draw_election(**rest)
