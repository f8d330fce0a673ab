"""Certificates of what paths show of auctions and of goods, and of axioms about departures."""

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import Any

import path_prover_cases as cases
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Goods, Instance, Line, Positions
from mechsim.allocation import PickingSequence, RoundRobin
from mechsim.auctions import GSP, VCG, FirstPrice
from mechsim.axioms import (
    Anonymous,
    Approximately,
    BudgetBalanced,
    ClampIdentity,
    Efficient,
    EnvyFree,
    EnvyFreeUpToAny,
    EnvyFreeUpToOne,
    ExAnte,
    IndividuallyRational,
    Monotone,
    NonWasteful,
    NoPositiveTransfers,
    Proportional,
    ProportionalShare,
    ProportionalUpToOne,
    Proved,
    Strategyproof,
    StrictlyMonotone,
    StronglyProportional,
    Universally,
    lift,
)
from mechsim.facility import Mean, Median, RandomRank, UniformPhantom
from mechsim.mechanism import play
from mechsim.preferences import Matrix, Multinomial, Sponsored
from mechsim.proving import certcheck, certificate, prove
from mechsim.proving._named import name_on_paths
from mechsim.proving._supplied import Supplied
from mechsim.proving._written import mechanism_of, write_space

UNIT = Line(0, 1)
ITEM, SLOTS = Positions((1,)), Positions((2, 1))
RATED = Positions((2, 1), qualities=(1, Fraction(1, 2)))
ADS = Sponsored(Matrix(((Fraction(1, 2), Fraction(1, 4)), (Fraction(1, 3), Fraction(1, 5)))))
CROWD = Sponsored(Multinomial(((1, 2), (3, 1))))
TWO, THREE = Goods(("a", "b")), Goods(("a", "b", "c"))
TRUST = ("path_prover_cases",)
Reports = tuple[Any, ...]

PROVED: list[tuple[Any, Any, Any, int]] = [
    (VCG(SLOTS), Strategyproof(), SLOTS, 2),
    (VCG(RATED), Strategyproof(), RATED, 2),
    (VCG(RATED), EnvyFree(), RATED, 2),
    (VCG(SLOTS), EnvyFree(), SLOTS, 3),
    (VCG(SLOTS, Fraction(1, 3)), IndividuallyRational(), SLOTS, 2),
    (FirstPrice(ITEM), ExAnte(IndividuallyRational()), ITEM, 2),
    (VCG(SLOTS), Efficient(), SLOTS, 2),
    (VCG(SLOTS), NoPositiveTransfers(), SLOTS, 2),
    (GSP(SLOTS), BudgetBalanced(), SLOTS, 2),
    (VCG(SLOTS), Anonymous(), SLOTS, 2),
    (cases.first_shown, Strategyproof(), ADS, 2),
    (cases.better_shown, IndividuallyRational(), CROWD, 2),
    (cases.best_shown, EnvyFree(), CROWD, 2),
    (cases.best_shown, Strategyproof(), CROWD, 2),
    (RoundRobin(THREE), EnvyFreeUpToOne(), THREE, 2),
    (RoundRobin(TWO), EnvyFreeUpToAny(), TWO, 2),
    (RoundRobin(TWO), EnvyFreeUpToAny(valued=True), TWO, 2),
    (RoundRobin(THREE), ProportionalUpToOne(), THREE, 2),
    (cases.all_to_the_larger_row, Anonymous(), TWO, 2),
    (cases.to_who_values_it_most, NonWasteful(), TWO, 2),
    (cases.to_who_values_it_most, Efficient(), TWO, 2),
    (cases.all_to_one, ProportionalShare(), TWO, 1),
    (Median(), Anonymous(), UNIT, 2),
    (Median(), Monotone(), UNIT, 2),
    (Mean(), StrictlyMonotone(), UNIT, 2),
    (Median(), ClampIdentity(), UNIT, 2),
    (UniformPhantom(), Proportional(), UNIT, 2),
    (Mean(), StronglyProportional(), UNIT, 2),
    (RandomRank(), ExAnte(StronglyProportional()), UNIT, 2),
]


def certified(found: Any) -> Any:
    assert isinstance(found, Proved), found
    return json.loads(json.dumps(certificate(found)))


def silently(path: str) -> None:
    pass


def checked(made: Any) -> certcheck.Accepted:
    return certcheck.check(made, certcheck.Door(TRUST, silently))


def named(found: Any) -> str:
    """A name that is the same in every process."""
    return str(getattr(found, "__name__", type(found).__name__))


class TestAreAccepted:
    """What is proved by paths is certified, on lines, of auctions, of content and of goods."""

    @pytest.mark.parametrize(("mechanism", "axiom", "setting", "agents"), PROVED, ids=named)
    def test_and_say_of_what(self, mechanism: Any, axiom: Any, setting: Any, agents: int) -> None:
        made = certified(prove(mechanism, axiom, setting, agents=agents))
        assert made["kind"] == "paths"
        many = "1 agent" if agents == 1 else f"{agents} agents"
        assert f"for {many} with any reports on " in checked(made).claim

    def test_unless_no_axiom_is_known_there(self) -> None:
        near = Approximately(Strategyproof(), Fraction(1, 2))
        for axiom in (near, Universally(Strategyproof())):
            found = prove(Mean() if axiom is near else RandomRank(), axiom, UNIT, agents=2)
            assert isinstance(found, Proved), found
            with pytest.raises(ValueError, match="certificates are known of"):
                certificate(found)
        found = prove(cases.first_shown, Anonymous(), ADS, agents=2)
        assert isinstance(found, Proved), found
        with pytest.raises(ValueError, match="names bidders"):
            certificate(found)


def edits(tree: list[Any], step: int) -> Iterator[list[Any]]:
    """The tree with something left out, added, or answered otherwise."""
    for place in range(0, len(tree), step):
        said = tree[place]
        others: list[list[Any]] = [[], [said, said], ["B"], [["T", []]], [["F", []]]]
        if said != "B":
            first, last = said
            others += [[[first, []]], [["T" if first == "F" else "F", last]]]
        for other in others:
            changed = [*tree[:place], *other, *tree[place + 1 :]]
            if changed != tree:
                yield changed


class TestChangedOnesAreRejected:
    """Whatever is changed in the tree, in the setting or in the claim."""

    @pytest.mark.parametrize("place", range(0, len(PROVED), 4))
    def test_trees(self, place: int) -> None:
        mechanism, axiom, setting, agents = PROVED[place]
        made = certified(prove(mechanism, axiom, setting, agents=agents))
        tree: list[Any] = made["proof"]["tree"]
        for changed in islice(edits(tree, max(1, len(tree) // 4)), 20):
            with pytest.raises(certcheck.Rejected):
                checked(made | {"proof": {"tree": changed}})

    @pytest.mark.parametrize(
        ("place", "change"),
        [
            (0, {"effects": ["2", "1", "1"]}),
            (0, {"effects": []}),
            (0, {"effects": ["2", "-1"]}),
            (0, {"qualities": ["1"]}),
            (0, {"qualities": ["2", "1"]}),
            (1, {"qualities": None}),
            (1, {"kind": "goods"}),
            (14, {"goods": 2}),
            (14, {"goods": 0}),
            (10, {"bidders": 3}),
            (10, {"clicks": []}),
            (11, {"clicks": [[[], ["0", "0"]]]}),
            (12, {"clicks": [[[], ["0", "0"]], [[[0, 0], [1, 1]], ["9", "0"]]]}),
        ],
    )
    def test_settings(self, place: int, change: dict[str, Any]) -> None:
        mechanism, axiom, setting, agents = PROVED[place]
        made = certified(prove(mechanism, axiom, setting, agents=agents))
        world = made["statement"]["setting"] | change
        with pytest.raises(certcheck.Rejected):
            checked(made | {"statement": made["statement"] | {"setting": world}})

    def test_axioms_and_agents(self) -> None:
        made = certified(prove(VCG(SLOTS), EnvyFree(), SLOTS, agents=2))
        door = certcheck.Door((), silently)
        for change in (
            {"agents": 3},
            {"agents": 0},
            {"granted": ["anonymous"]},
            *({"axiom": name} for name in certcheck.AXIOMS if not name.startswith("envy free ex")),
        ):
            with pytest.raises(certcheck.Rejected):
                certcheck.derive("paths", made["statement"] | change, made["proof"], door)

    def test_of_another_rule(self) -> None:
        made = certified(prove(cases.second_price, Strategyproof(), ITEM, agents=2))
        door = certcheck.Door(TRUST, silently)
        for fault in ("second_price_up_to_a_byte", "pays_its_bid", "sells_twice", "forgets_to_pay"):
            there = made["statement"]["mechanism"] | {"import": f"path_prover_cases:{fault}"}
            forged = made["statement"] | {"mechanism": there}
            with pytest.raises(certcheck.Rejected):
                certcheck.derive("paths", forged, made["proof"], door)


small = st.fractions(min_value=0, max_value=3, max_denominator=3)
pairs = st.tuples(small, small)
AGREED: list[tuple[Any, Any, Any]] = [
    *((rule, axiom, setting) for rule, axiom, setting, agents in PROVED if agents == 2),
    *((GSP(RATED), axiom, RATED) for axiom in (Strategyproof(), EnvyFree(), Efficient())),
    (cases.pays_agents, NoPositiveTransfers(), ITEM),
    (cases.pays_agents, BudgetBalanced(), ITEM),
    (cases.first_shown, EnvyFree(), CROWD),
    (cases.first_shown, Efficient(), CROWD),
    *(
        (PickingSequence(THREE, (0, 0, 1)), axiom, THREE)
        for axiom in (
            EnvyFree(),
            EnvyFreeUpToOne(),
            EnvyFreeUpToAny(),
            EnvyFreeUpToAny(valued=True),
            ProportionalShare(),
            ProportionalUpToOne(),
            NonWasteful(),
            Efficient(),
            Anonymous(),
        )
    ),
]


class TestCheckerAndLibraryAgree:
    """At any profile the checker says, in its own words, what the library says."""

    @settings(max_examples=4)
    @given(data=st.data())
    @pytest.mark.parametrize(("mechanism", "axiom", "setting"), AGREED, ids=named)
    def test_in_every_case(self, mechanism: Any, axiom: Any, setting: Any, data: Any) -> None:
        unit = st.fractions(0, 1, max_denominator=3)
        goods = len(setting.names) if isinstance(setting, Goods) else 0
        row = st.tuples(*[small] * goods) if goods else unit if setting == UNIT else small
        reports = data.draw(st.tuples(row, row))
        world = certcheck.a_world(write_space(setting))
        asked, read = certcheck.axiom(name_on_paths(axiom, setting)), lift(axiom)
        here = Instance(setting, reports)
        played = certcheck.Played(world, mechanism)
        if asked.keys[-1:] == ("lie",):
            ours = list(read.cases(here))
            theirs = [(case.agent, case.report) for case in ours]
        else:
            ours, theirs = list(read.cases(here)), list(asked.cases(world, reports))
        assert len(ours) == len(theirs)
        found = [read.violation(lambda x: play(mechanism, x), case) for case in ours]
        said = [asked.excess(world, played, reports, *case) for case in theirs]
        assert sorted(max(one, 0) for one in found) == sorted(max(one, 0) for one in said)


class TestNobodyElseHasAShare:
    """Nothing holds of what gives a good, or a slot, to more than there are agents."""

    @pytest.mark.parametrize(
        ("mechanism", "setting", "axiom"),
        [
            (cases.all_to_nobody, TWO, EnvyFree()),
            (cases.all_to_nobody, TWO, Strategyproof()),
            (cases.a_slot_to_nobody, SLOTS, EnvyFree()),
            (cases.a_slot_to_nobody, SLOTS, IndividuallyRational()),
        ],
        ids=named,
    )
    def test_on_paths(self, mechanism: Any, setting: Any, axiom: Any) -> None:
        assert prove(mechanism, axiom, setting, agents=2).word == "unknown"
        told, _ = mechanism_of(mechanism)
        asked = name_on_paths(axiom, setting)
        statement = {"mechanism": told, "setting": write_space(setting), "agents": 2}
        statement |= {"axiom": asked, "granted": []}
        with pytest.raises(certcheck.Rejected, match="each agent must have a share"):
            certcheck.walk_all(statement, certcheck.Door(TRUST, str), Supplied())

    def test_in_fractions(self) -> None:
        play = certcheck.Played(certcheck.Goods(2), cases.all_to_nobody)
        with pytest.raises(certcheck.Rejected, match="each agent must have a share"):
            play(((Fraction(1), Fraction(2)),) * 2)
