"""Real elections of Pabulib (Stolicki, Szufa, Talmon, arXiv:2012.06539), found by MECHSIM_DATA."""

import os
from fractions import Fraction
from pathlib import Path

import pytest
from election_strategies import one_by_one

from mechsim import (
    EJRPlus,
    Election,
    ExAnte,
    Instance,
    Population,
    Proved,
    Refuted,
    UnanimousFairShare,
    judge,
    read_pabulib,
)
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import EJR, FJR, PJR, Core, GroupFairShare, Tally, check
from mechsim.budgeting import BWMES, EqualShares, GreedyAV, GreedyCohesive
from mechsim.preferences import read_pabulib_file

FOLDER = Path(os.environ.get("MECHSIM_DATA", "")) / "pabulib"
FIRST = Lexicographic()

pytestmark = pytest.mark.skipif(
    "MECHSIM_DATA" not in os.environ or not FOLDER.is_dir(),
    reason="MECHSIM_DATA names no folder with pabulib/ in it",
)


def total(name: str) -> tuple[int, int, int]:
    election, ballots = read_pabulib(FOLDER / name)
    approvals = sum(len(ballot) * voters for ballot, voters in ballots.classes())
    return len(ballots), len(election.projects), approvals


class TestReading:
    """Voters, projects and approvals, as the files state them."""

    @pytest.mark.parametrize(
        ("name", "voters", "projects"),
        [
            ("Canada_Stanford_Dataset_PB_Dieppe_2018_vote_approvals.pb", 378, 16),
            ("France_Toulouse_2022.pb", 4_532, 199),
            ("France_Toulouse_2022_17_-_Mirail-Universite_Reynerie_Bellefontaine.pb", 93, 10),
            ("Hungary_Budapest_2022_VIII_Jozsefvaros.pb", 520, 33),
            ("Netherlands_Amsterdam_643.pb", 66, 3),
            ("Netherlands_Assen_2024.pb", 84, 14),
            ("Poland_Swiecie_2023.pb", 2_553, 22),
            ("Poland_Wieliczka_2023_Green_Budget.pb", 6_586, 64),
            ("Poland_Lodz_2022.pb", 90_494, 160),
        ],
    )
    def test_counts(self, name: str, voters: int, projects: int) -> None:
        read, listed, approvals = total(name)
        assert (read, listed) == (voters, projects)
        text = (FOLDER / name).read_text(encoding="utf-8-sig")
        votes = text[text.index("\nVOTES") :].strip().splitlines()[2:]
        assert approvals == sum(vote.split(";")[1].count(",") + 1 for vote in votes)

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("France_Toulouse_2019.pb", "cumulative"),
            ("Poland_Czestochowa_2020_Grabowka.pb", "cumulative"),
            ("Poland_Krakow_2018_Bienczyce.pb", "ordinal"),
        ],
    )
    def test_other_votes_are_refused(self, name: str, kind: str) -> None:
        with pytest.raises(ValueError, match=f"vote_type is '{kind}': only approval and choose-1"):
            read_pabulib(FOLDER / name)


class TestAssen:
    """84 voters: Equal Shares represents all groups, the greedy rule does not."""

    def test_equal_shares(self) -> None:
        election, ballots = read_pabulib(FOLDER / "Netherlands_Assen_2024.pb")
        instance = Instance(election, ballots)
        funded = EqualShares(FIRST, election)(ballots)
        assert funded == EqualShares(FIRST, election)(ballots.expanded())
        assert funded == one_by_one(election, ballots.expanded())[0]
        assert judge(funded, EJRPlus(), instance).word == "proved"
        assert judge(GreedyAV(FIRST, election)(ballots), EJRPlus(), instance).word == "refuted"

    def test_lottery(self) -> None:
        election, ballots = read_pabulib(FOLDER / "Netherlands_Assen_2024.pb")
        instance, mechanism = Instance(election, ballots), BWMES(FIRST, election)
        lottery = mechanism(ballots)
        assert lottery.cost == election.budget
        assert EqualShares(FIRST, election)(ballots) <= lottery.core
        assert judge(lottery, EJRPlus(), instance).word == "proved"
        assert isinstance(check(ExAnte(UnanimousFairShare()), mechanism, [instance]), Tally)


class TestCities:
    """Cities that decided by Equal Shares with Add1: our exact rule funds what they funded."""

    @pytest.mark.parametrize(
        ("name", "funded"),
        [
            ("Netherlands_Assen_2024.pb", 9),
            ("Poland_Swiecie_2023.pb", 17),
            ("Poland_Wieliczka_2023_Green_Budget.pb", 30),
        ],
    )
    def test_officially_selected(self, name: str, funded: int) -> None:
        file = read_pabulib_file(FOLDER / name)
        assert file.meta["rule"].startswith("equalshares/add1")
        rule = EqualShares(FIRST, file.election, satisfaction="cost", completion="add1")
        found = rule(file.approvals)
        assert found == file.selected
        assert len(found) == funded


class TestGreedyCohesive:
    """The exact rule is what its definition says, over all sets of projects and voters.

    What it funds satisfies FJR.
    """

    @pytest.mark.parametrize(
        ("name", "projects", "funded"),
        [
            ("Netherlands_Assen_2024.pb", 14, {0, 6, 8, 9, 12}),
            (
                "France_Toulouse_2022_17_-_Mirail-Universite_Reynerie_Bellefontaine.pb",
                10,
                {0, 8},
            ),
        ],
    )
    def test_as_defined(self, name: str, projects: int, funded: set[int]) -> None:
        election, ballots = read_pabulib(FOLDER / name)
        assert len(election.projects) == projects
        found = GreedyCohesive(election)(ballots)
        assert found == funded == greedy_cohesive(election, ballots)
        assert judge(found, FJR(), Instance(election, ballots)).word == "proved"


def greedy_cohesive(election: Election, ballots: Population) -> frozenset[int]:
    """The rule by its definition: all sets of projects, each with all levels it can give."""
    active = [(sum(1 << c for c in ballot), voters) for ballot, voters in ballots.classes()]
    price = [
        len(ballots) * election.cost(frozenset(c for c in range(len(election.costs)) if t >> c & 1))
        for t in range(1 << len(election.costs))
    ]
    funded = 0
    while True:
        best: tuple[int, Fraction, int, int] | None = None
        for t in range(1, len(price)):
            at_level: dict[int, int] = {}
            for ballot, voters in active:
                level = (ballot & t).bit_count()
                at_level[level] = at_level.get(level, 0) + voters
            group = 0
            for level in sorted(at_level.keys() - {0}, reverse=True):
                group += at_level[level]
                if group * election.budget >= price[t]:
                    merit = (level, -price[t], group, -t)
                    best = merit if best is None else max(best, merit)
                    break
        if best is None:
            return frozenset(c for c in range(len(election.costs)) if funded >> c & 1)
        level, chosen = best[0], -best[3]
        funded |= chosen
        active = [(b, voters) for b, voters in active if (b & chosen).bit_count() < level]


class TestLodz:
    """90,494 voters with 23,571 different ballots on 160 projects, exactly and in seconds."""

    def test_equal_shares_represents_all_groups(self) -> None:
        election, ballots = read_pabulib(FOLDER / "Poland_Lodz_2022.pb")
        assert len(ballots.values) == 23_571
        instance = Instance(election, ballots)
        mechanism = EqualShares(FIRST, election)
        funded = mechanism(ballots)
        assert len(funded) == 32
        assert election.cost(funded) <= election.budget
        assert judge(funded, EJRPlus(), instance).word == "proved"
        assert judge(GreedyAV(FIRST, election)(ballots), EJRPlus(), instance).word == "refuted"

    def test_the_lottery_contains_it(self) -> None:
        election, ballots = read_pabulib(FOLDER / "Poland_Lodz_2022.pb")
        lottery = BWMES(FIRST, election)(ballots)
        assert lottery.cost == election.budget
        assert EqualShares(FIRST, election)(ballots) <= lottery.core
        assert judge(lottery, EJRPlus(), Instance(election, ballots)).word == "proved"


class TestGroups:
    """PJR, EJR, FJR and the core are decided, and what holds is proved without a solver's word."""

    @pytest.mark.parametrize(
        ("name", "fair", "greedy"),
        [
            ("Canada_Stanford_Dataset_PB_Dieppe_2018_vote_approvals.pb", "++++", "+++-"),
            ("France_Toulouse_2022.pb", "++++", "----"),
            (
                "France_Toulouse_2022_17_-_Mirail-Universite_Reynerie_Bellefontaine.pb",
                "++++",
                "----",
            ),
            ("Hungary_Budapest_2022_VIII_Jozsefvaros.pb", "++++", "++++"),
            ("Netherlands_Amsterdam_643.pb", "++++", "++++"),
            ("Netherlands_Assen_2024.pb", "++++", "++++"),
            ("Poland_Swiecie_2023.pb", "++++", "----"),
            ("Poland_Wieliczka_2023_Green_Budget.pb", "++++", "----"),
            ("Poland_Lodz_2022.pb", "++++", "----"),
        ],
    )
    def test_decided(self, name: str, fair: str, greedy: str) -> None:
        election, ballots = read_pabulib(FOLDER / name)
        instance = Instance(election, ballots)
        for rule, expected in ((EqualShares, fair), (GreedyAV, greedy)):
            funded = rule(FIRST, election)(ballots)
            for axiom, sign in zip((PJR(), EJR(), FJR(), Core()), expected, strict=True):
                verdict = judge(funded, axiom, instance)
                assert verdict.word == {"+": "proved", "-": "refuted"}[sign]
                if isinstance(verdict, Proved):
                    assert verdict.assuming == ()

    def test_group_fair_share_in_lodz(self) -> None:
        """The lottery gives every group its share; the set of Equal Shares lacks 65,261/90,494."""
        election, ballots = read_pabulib(FOLDER / "Poland_Lodz_2022.pb")
        instance, axiom = Instance(election, ballots), GroupFairShare()
        assert judge(BWMES(FIRST, election)(ballots), axiom, instance).word == "proved"
        verdict = judge(EqualShares(FIRST, election)(ballots), axiom, instance)
        assert isinstance(verdict, Refuted)
        assert verdict.violation == Fraction(65_261, 90_494)
