"""Proofs by paths: what is proved for all reports, what is refuted, and what is never proved."""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, make_dataclass, replace
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
import path_prover_cases as cases
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from path_prover_doors import DOORS

from benchmarks.power.by_paths import table
from benchmarks.power.catalogue import PLANTED
from benchmarks.power.spec_nine import SPEC_NINE
from mechsim import Goods, Instance, Line, Positions
from mechsim.allocation import RoundRobin
from mechsim.auctions import GSP, VCG, FirstPrice
from mechsim.axioms import (
    Anonymous,
    EnvyFree,
    EnvyFreeUpToOne,
    Explored,
    IndividualFairShare,
    IndividuallyRational,
    Misreport,
    ParetoOptimal,
    ProportionallyFair,
    Proved,
    Refuted,
    Strategyproof,
    Unanimous,
    UnanimousFairShare,
    Universally,
    Unknown,
    confirm,
)
from mechsim.budget import Budget
from mechsim.facility import (
    AverageOrRandomRank,
    LeftRightMiddle,
    Mean,
    Median,
    Midrange,
    RandomRank,
    UniformPhantom,
)
from mechsim.preferences.tastes import Obnoxious, SinglePeaked
from mechsim.proving import Piece, certcheck, certificate, pieces, prove_declared, verify
from mechsim.proving import prove_by_paths as prove
from mechsim.proving.affine import form
from mechsim.proving.differences import Differences
from mechsim.proving.made import made_by_python
from mechsim.proving.paths import Explorer, Part
from mechsim.proving.region import Oracle, Region
from mechsim.proving.whitebox import look_into

UNIT = Line(0, 1)
SLOTS = Positions((2, 1))
ITEM = Positions((1,))
HALF = Fraction(1, 2)
Reports = tuple[Any, ...]


def named(rule: Any) -> str:
    """A name that is the same in every process."""
    return str(getattr(rule, "__qualname__", type(rule).__qualname__))


class TestMedianIsStrategyproofOnTheContinuum:
    """Moulin (1980): no agent can move the median towards itself, whatever all report."""

    def test_for_three_agents_by_one_line(self) -> None:
        found = verify(Median(), Strategyproof(), UNIT, agents=3, budget=Budget(2_000))
        assert isinstance(found, Proved)
        assert found.scope == (
            "3 agents with any numbers from 0 to 1 on Line(0, 1), in exact arithmetic"
        )
        assert isinstance(found.certificate, Explored)
        assert found.certificate.paths == 73

    @pytest.mark.parametrize("line", [Line(), Line(-3, 7), Line(0, 1, tastes=SinglePeaked())])
    def test_on_any_line_and_for_any_single_peaked_taste(self, line: Line) -> None:
        assert isinstance(prove(Median(line), Strategyproof(), line, agents=3), Proved)

    def test_for_five_agents_if_anonymity_is_granted(self) -> None:
        found = prove(Median(), Strategyproof(), UNIT, agents=5, assuming=(Anonymous(),))
        assert isinstance(found, Proved)
        assert found.assuming == (Anonymous(),)
        assert "granted Anonymous" in str(found)

    @pytest.mark.slow
    def test_for_five_agents_without_granting_anything(self) -> None:
        budget = Budget(5_000)
        for axiom in (Strategyproof(), Anonymous()):
            assert isinstance(prove(Median(), axiom, UNIT, agents=5, budget=budget), Proved)


class TestOtherProofs:
    """What the papers say holds for all reports, for few agents."""

    @pytest.mark.parametrize(
        ("mechanism", "axiom", "setting", "agents"),
        [
            (UniformPhantom(), Strategyproof(), UNIT, 2),
            (UniformPhantom(), UnanimousFairShare(), UNIT, 3),
            (UniformPhantom(), IndividualFairShare(), UNIT, 2),
            (UniformPhantom(), ProportionallyFair(), UNIT, 2),
            (UniformPhantom(), ParetoOptimal(), UNIT, 3),
            (UniformPhantom(), Unanimous(), UNIT, 3),
            (UniformPhantom(), Anonymous(), UNIT, 3),
            (LeftRightMiddle(), Strategyproof(), UNIT, 2),
            (RandomRank(), Strategyproof(), UNIT, 2),
            (RandomRank(), Universally(Strategyproof()), UNIT, 3),
            (AverageOrRandomRank(), Strategyproof(), UNIT, 2),
            (VCG(ITEM), Strategyproof(), ITEM, 3),
            (VCG(SLOTS), Strategyproof(), SLOTS, 3),
            (VCG(SLOTS, Fraction(1, 3)), IndividuallyRational(), SLOTS, 3),
            (VCG(SLOTS), EnvyFree(), SLOTS, 3),
        ],
    )
    def test_prove(self, mechanism: Any, axiom: Any, setting: Any, agents: int) -> None:
        found = prove(mechanism, axiom, setting, agents=agents)
        assert isinstance(found, Proved), found

    def test_round_robin_is_envy_free_up_to_one_good(self) -> None:
        goods = Goods(("a", "b", "c"))
        found = prove(RoundRobin(goods), EnvyFreeUpToOne(), goods, agents=2)
        assert isinstance(found, Proved), found

    @pytest.mark.slow
    def test_outcomes_that_may_be_equal_stay_apart(self) -> None:
        """No expectation sees that the mean and a report are the same place; fewer paths do not."""
        found = prove(AverageOrRandomRank(), Strategyproof(), UNIT, agents=3)
        assert isinstance(found, Proved)
        assert isinstance(found.certificate, Explored)
        assert found.certificate.paths < 200
        often = AverageOrRandomRank(Fraction(3, 5))
        assert isinstance(prove(often, Strategyproof(), UNIT, agents=3), Refuted)

    def test_uniform_phantom_for_five_agents(self) -> None:
        found = prove(
            UniformPhantom(),
            Strategyproof(),
            UNIT,
            agents=5,
            assuming=(Anonymous(),),
            budget=Budget(8_000),
        )
        assert isinstance(found, Proved)
        assert isinstance(found.certificate, Explored)
        assert found.certificate.paths == 7_289


class TestRefutations:
    """A violation on a path is played in fractions, and refutes exactly."""

    @pytest.mark.parametrize(
        ("mechanism", "axiom", "setting"),
        [
            (Mean(), Strategyproof(), UNIT),
            (Midrange(), Strategyproof(), UNIT),
            (Midrange(), UnanimousFairShare(), UNIT),
            (LeftRightMiddle(), Universally(Strategyproof()), UNIT),
            (Median(), UnanimousFairShare(), UNIT),
            (Median(), Strategyproof(), Line(0, 1, tastes=Obnoxious())),
            (FirstPrice(ITEM), Strategyproof(), ITEM),
            (GSP(SLOTS), Strategyproof(), SLOTS),
        ],
    )
    def test_known_failures(self, mechanism: Any, axiom: Any, setting: Any) -> None:
        found = prove(mechanism, axiom, setting, agents=3)
        assert isinstance(found, Refuted), found
        assert found.arithmetic == "exact"
        assert confirm(found)

    @pytest.mark.parametrize("rule", cases.VISIBLE, ids=lambda rule: rule.__name__)
    def test_faults_at_ties_and_in_strips(self, rule: Callable[[Reports], Any]) -> None:
        found = prove(rule, Strategyproof(), UNIT, agents=3)
        assert isinstance(found, Refuted), found
        assert found.arithmetic == "exact"
        assert confirm(found)

    def test_are_found_where_searches_are_blind(self) -> None:
        found = prove(byte_price, Strategyproof(), ITEM, agents=2)
        assert isinstance(found, Refuted)
        assert max(found.case.instance.reports) > 255


def byte_price(bids: Reports) -> Any:
    """The second price, at most 255."""
    priced = VCG(ITEM)(bids)
    return replace(priced, payments=tuple(min(p, 255) for p in priced.payments))


SOON = ("gate", "near tie", "jitter", "commission", "price in a byte", "up to cents")


class TestPlantedFaults:
    """Twins of faulty mechanisms are proved, and none of the faulty ones ever is."""

    @pytest.mark.parametrize("name", SOON)
    def test_some(self, name: str) -> None:
        (entry,) = (entry for entry in PLANTED if entry.name == name)
        budget = Budget(500)
        words = [
            prove(rule, entry.axiom, entry.setting, agents=entry.agents, budget=budget).word
            for rule in (entry.faulty, entry.correct)
        ]
        assert words[0] in ("refuted", "unknown")
        assert words[1] == "proved"

    @pytest.mark.slow
    def test_all(self) -> None:
        found = table([*PLANTED, *SPEC_NINE])
        assert sum(row[5] == "proved" for row in found.rows) >= 40
        assert len(found.why_not) == sum(row[5] == "unknown" for row in found.rows)
        assert found.told.endswith("False alarms: 0. False proofs: 0.")


PHANTOMS = np.array([0.25, 0.5])


def by_array(reports: Reports) -> Any:
    """The median of the reports and phantoms that an array holds."""
    return sorted([*reports, *PHANTOMS.tolist()])[len(reports)]


SITES = {"north": Fraction(1, 5), "south": Fraction(7, 10)}


def by_table(reports: Reports) -> Any:
    """A vote on two sites, counted in a list of its own."""
    votes: list[str] = []
    for report in reports:
        votes.append("north" if report < Fraction(9, 20) else "south")  # noqa: PERF401 - one appends
    return SITES[min(votes)]


def with_an_axiom(reports: Reports) -> Any:
    """A rule that asks an axiom."""
    return max(reports) if Unanimous() else min(reports)


class TestNothingElseIsProved:
    """What keeps state, draws, or looks at more than the order and the sums of reports."""

    def test_faults_far_away(self) -> None:
        """Where numbers differ by too many digits, nothing is said."""
        found = prove(cases.far_away, Strategyproof(), Line(0), agents=3)
        assert not isinstance(found, Proved)

    def test_nothing_is_granted_of_drawn_rules(self) -> None:
        """Lotteries may be anonymous where the rules that are drawn are not."""
        axiom = Universally(Strategyproof())
        for asks in (prove, verify):
            with pytest.raises(ValueError, match="granted of"):
                asks(RandomRank(), axiom, UNIT, agents=2, assuming=(Anonymous(),))

    @pytest.mark.parametrize("rule", [*cases.STATEFUL, *cases.CURIOUS, *cases.OPEN_ONCE], ids=named)
    def test_such_rules_are_unknown(self, rule: Callable[[Reports], Any]) -> None:
        for agents in (1, 2):
            found = prove(rule, Strategyproof(), UNIT, agents=agents)
            assert isinstance(found, Unknown), found

    @pytest.mark.parametrize("rule", DOORS, ids=named)
    def test_doors_are_shut(self, rule: Callable[[Reports], Any]) -> None:
        assert not isinstance(prove(rule, Strategyproof(), UNIT, agents=2), Proved)

    @pytest.mark.parametrize("rule", [by_array, by_table], ids=named)
    def test_what_is_read_and_not_changed_is_no_state(self, rule: Callable[[Reports], Any]) -> None:
        assert isinstance(prove(rule, Strategyproof(), UNIT, agents=2), Proved)

    def test_axioms_within_a_rule_are_seen(self) -> None:
        """They look at lotteries outcome by outcome; there equal ones may not stay apart."""
        assert look_into(with_an_axiom).judges
        assert not look_into(Median(), Strategyproof()).judges

    @pytest.mark.parametrize(
        "rule", [cases.passes_its_state_on, cases.flips_in_a_helper], ids=named
    )
    def test_state_is_seen_after_each_play(self, rule: Callable[[Reports], Any]) -> None:
        found = prove(rule, Strategyproof(), UNIT, agents=2)
        assert isinstance(found, Unknown)
        assert "keeps state" in found.reason

    def test_the_honest_rule_beside_them_is_proved(self) -> None:
        for rule in (cases.median, cases.Hides(cases.median), *cases.HONEST):
            assert isinstance(prove(rule, Strategyproof(), UNIT, agents=3), Proved)

    def test_axioms_that_do_not_list_all_cases(self) -> None:
        found = prove(Median(), Curious(), UNIT, agents=2)
        assert isinstance(found, Unknown)
        assert "not known to be all there are" in found.reason

    def test_finite_types(self) -> None:
        found = prove(Median(), Strategyproof(), UNIT.grid(2), agents=2)
        assert isinstance(found, Unknown)

    @pytest.mark.parametrize("axiom", [Anonymous(), Universally(Anonymous())], ids=str)
    @pytest.mark.parametrize("asks", [prove, prove_declared], ids=named)
    def test_nobody_to_change_places_with(self, asks: Callable[..., Any], axiom: Any) -> None:
        """A proof of no case at all would say nothing; of two agents there is one to be had."""
        found = asks(Median(), axiom, UNIT, agents=1)
        assert isinstance(found, Unknown)
        assert "no case arises" in found.reason
        assert isinstance(asks(Median(), axiom, UNIT, agents=2), Proved)

    def test_too_many_paths(self) -> None:
        found = prove(Median(), Strategyproof(), UNIT, agents=3, budget=Budget(70))
        assert isinstance(found, Unknown)
        assert "more than" in found.reason

    def test_outcomes_outside_of_the_setting(self) -> None:
        found = prove(beyond, Strategyproof(), UNIT, agents=1)
        assert isinstance(found, Unknown)

    def test_a_class_is_no_mechanism(self) -> None:
        with pytest.raises(
            ValueError, match=r"is the class Median: make one first, as in Median\(\)"
        ):
            prove(Median, Strategyproof(), UNIT, agents=2)

    def test_floats_in_the_code(self) -> None:
        found = prove(halfway, Strategyproof(), UNIT, agents=2)
        assert isinstance(found, Unknown)
        assert "it makes a product of a report and a float, which is no fraction" in found.reason

    def test_rules_that_raise_somewhere(self) -> None:
        found = prove(raises, Strategyproof(), UNIT, agents=2)
        assert isinstance(found, Unknown)
        assert "ZeroDivisionError" in found.reason

    def test_what_may_be_granted(self) -> None:
        with pytest.raises(ValueError, match="only Anonymous can be granted"):
            prove(VCG(ITEM), Strategyproof(), ITEM, agents=2, assuming=(Anonymous(),))


@dataclass(frozen=True)
class Curious:
    """No lie to 1/3 gains: an axiom of somebody else."""

    def cases(self, instance: Instance, /) -> Any:
        yield Misreport(instance, 0, Fraction(1, 3))

    def violation(self, mechanism: Any, case: Any, /) -> Any:
        return Strategyproof().violation(mechanism, case)


def halfway(reports: Reports) -> Any:
    return 0.5 * min(reports) + 0.5 * max(reports)


def beyond(reports: Reports) -> Any:
    return reports[0] + 1


def raises(reports: Reports) -> Any:
    return 1 / 0 if reports[0] == reports[1] else reports[0]


inside = st.fractions(min_value=-1, max_value=1, max_denominator=6)
numbers = st.fractions(min_value=-3, max_value=3, max_denominator=6)


def piecewise(x: Reports, y: Any) -> Any:
    """A program with all that forms can do."""
    low, *_, high = sorted(x)
    total = sum(x) / 2 + max(low, y - HALF)
    if total == high or not total:
        total = -total + min(x[0], 1)
    shift = floor(y) + round(2 * y) - int(high)
    return total * HALF + shift + (low % 1) - (0 if x[0] <= y < high else y / 3)


class TestPathsAreExactlyTheProgram:
    """The regions of all paths cover everything once, and on each the program is the form."""

    @settings(max_examples=10)
    @given(point=st.tuples(inside, inside, inside))
    def test_at_any_point(self, point: tuple[Fraction, ...]) -> None:
        found = [
            sum((c * v for c, v in zip(row, (*point, Fraction(1)), strict=True)), Fraction(0))
            for region, row in PATHS
            if all(_holds(line, strict, point) for line, strict in region.inequalities)
        ]
        assert found == [piecewise(point[:2], point[2])]

    def test_each_has_a_point(self) -> None:
        oracle = Oracle(3)
        for region, _ in PATHS:
            point = oracle.point(region)
            assert all(_holds(line, strict, point) for line, strict in region.inequalities)


def _holds(row: Any, strict: bool, point: Any) -> bool:
    found = sum((c * v for c, v in zip(row, (*point, Fraction(1)), strict=True)), Fraction(0))
    return found < 0 if strict else found <= 0


def _paths() -> list[tuple[Region, Any]]:
    start = Region(Differences.free(3))
    for place in range(3):
        unit = [int(k == place) for k in range(3)]
        start = start.with_((*unit, -1), False).with_((*(-c for c in unit), -1), False)

    def program(judge: Any) -> Any:
        x, y, z = (form((*(int(k == place) for k in range(3)), 0), judge) for place in range(3))
        return piecewise((x, y), z)._row

    return list(Explorer(program, Part(start), Oracle(3), 10_000))


PATHS: list[tuple[Region, Any]] = []


@pytest.fixture(autouse=True, scope="module")
def paths() -> None:
    PATHS.extend(_paths())


coefficients = st.integers(-2, 2)
inequality = st.tuples(st.tuples(*[coefficients] * 3, numbers), st.booleans())


def _bound(i: int, j: int, c: Fraction, strict: bool) -> Any:
    return (*(int(k == i) - int(k == j) for k in range(3)), c), strict


places = st.integers(0, 3)
bound: st.SearchStrategy[Any] = st.builds(_bound, places, places, numbers, st.booleans())


class TestOraclesAgree:
    """Shortest paths and the simplex are two ways to one answer; multipliers prove a no."""

    @pytest.mark.parametrize("shortcut", [True, False])
    def test_at_a_corner(self, shortcut: bool) -> None:
        """Of x and y up to 1 the sum may be 2, and not more; if x is below 1 it may not."""
        corner = Region(Differences.free(2)).with_((1, 0, -1), False).with_((0, 1, -1), False)
        beneath = Region(Differences.free(2)).with_((1, 0, -1), True).with_((0, 1, -1), False)
        oracle, least = Oracle(2, shortcut=shortcut), (-1, -1, 2)
        assert oracle.allows(corner, least, False)
        assert oracle.point(corner, (least, False)) == [1, 1]
        assert not oracle.allows(corner, least, True)
        assert not oracle.allows(beneath, least, False)

    @settings(max_examples=40)
    @given(asked=st.lists(st.one_of(bound, inequality), max_size=14))
    def test_on_any_inequalities(self, asked: list[Any]) -> None:
        both = Oracle(3), Oracle(3, shortcut=False)
        region = Region(Differences.free(3))
        for row, strict in asked:
            short, full = (oracle.allows(region, row, strict) for oracle in both)
            assert short == full
            if not any(row[:-1]):
                continue
            if short:
                region = region.with_(row, strict)
                for oracle in both:
                    point = oracle.point(region)
                    assert all(_holds(*line, point) for line in region.inequalities)
                continue
            shown = both[1].refute(region, row, strict)
            assert shown is not None
            lines = [*region.inequalities, (row, strict)]
            total = [sum(w * lines[k][0][c] for k, w in shown.items()) for c in range(4)]
            assert all(weight > 0 for weight in shown.values())
            assert not any(total[:-1])
            assert total[-1] > 0 or (total[-1] == 0 and any(lines[k][1] for k in shown))


def _certified(found: Any) -> Any:
    assert isinstance(found, Proved), found
    made = certificate(found)
    return json.loads(json.dumps(made))


def _silently(path: str) -> None:
    pass


def _checked(made: Any, trust: tuple[str, ...] = ()) -> certcheck.Accepted:
    return certcheck.check(made, certcheck.Door(trust, _silently))


class TestCertificates:
    """A checker that shares no code walks the tree again, and solves nothing."""

    @pytest.mark.parametrize(
        ("mechanism", "axiom", "line"),
        [
            (Median(), Strategyproof(), UNIT),
            (Median(), Strategyproof(), Line(0, 1, tastes=SinglePeaked())),
            (UniformPhantom(), UnanimousFairShare(), UNIT),
            (UniformPhantom(), ProportionallyFair(), UNIT),
            (UniformPhantom(), ParetoOptimal(), UNIT),
            (RandomRank(), Strategyproof(), UNIT),
        ],
    )
    def test_are_accepted(self, mechanism: Any, axiom: Any, line: Line) -> None:
        made = _certified(prove(mechanism, axiom, line, agents=2))
        assert "for 2 agents with any reports" in _checked(made).claim

    def test_say_what_was_granted(self) -> None:
        found = prove(Median(), Strategyproof(), UNIT, agents=5, assuming=(Anonymous(),))
        made = _certified(found)
        assert len(json.dumps(made)) < 8_000
        assert "if it is granted to be anonymous" in _checked(made).claim

    def test_changed_ones_are_rejected(self) -> None:
        """Whatever is left out, added or answered otherwise."""
        made = _certified(prove(Median(), Strategyproof(), UNIT, agents=2))
        tree: list[Any] = made["proof"]["tree"]
        for place in range(0, len(tree), 7):
            said = tree[place]
            others: list[list[Any]] = [[], [said, said], ["B"], [["T", []]], [["F", []]]]
            if said != "B":
                first, last = said
                others += [[[first, []]], [["T" if first == "F" else "F", last]]]
            for other in others:
                changed = [*tree[:place], *other, *tree[place + 1 :]]
                if changed != tree:
                    with pytest.raises(certcheck.Rejected):
                        _checked(made | {"proof": {"tree": changed}})

    def test_do_not_pass_for_a_rule_with_a_fault(self) -> None:
        made = _certified(prove(cases.median, Strategyproof(), UNIT, agents=2))
        _checked(made, ("path_prover_cases",))
        door = certcheck.Door(("path_prover_cases",), _silently)
        for fault in ("at_a_tie", "in_a_strip", "asks_a_set", "swallows_all", "multiplies"):
            there = made["statement"]["mechanism"] | {"import": f"path_prover_cases:{fault}"}
            forged = made["statement"] | {"mechanism": there}
            with pytest.raises(certcheck.Rejected):
                certcheck.derive("paths", forged, made["proof"], door)


class TestMethodsThatPythonWrites:
    """Methods of a data class are known by their code, and not by where it says it is from."""

    def test_of_honest_classes(self) -> None:
        assert {"__init__", "__eq__", "__lt__", "__repr__"} <= made_by_python(cases.Ordered)
        assert {"__init__", "__setattr__", "__hash__"} <= made_by_python(cases.Kept)

    @pytest.mark.parametrize(
        "body", ["self.value.__class__ is other.value.__class__", "(self.value,) <= (other.value,)"]
    )
    def test_of_one_that_was_changed(self, body: str) -> None:
        written: dict[str, Any] = {}
        code = f"def __lt__(self, other):\n    return {body}\n"
        exec(compile(code, "<string>", "exec"), written)
        changed = make_dataclass("Changed", ["value"], order=True)
        assert "__lt__" in made_by_python(changed)
        setattr(changed, "__lt__", written["__lt__"])  # noqa: B010 - types know of none
        assert "__lt__" not in made_by_python(changed)
        assert "__le__" in made_by_python(changed)


class TestPieces:
    """Of a rule for two agents, the pieces are all profiles, once, and their corners bound them."""

    def test_of_uniform_phantom(self) -> None:
        found = pieces(UniformPhantom(), UNIT, agents=2)
        assert len(found) == 6
        steps = [Fraction(k, 4) for k in range(5)]
        for x, y in itertools.product(steps, steps):
            point = x, y
            (piece,) = (piece for piece in found if piece.contains(point))
            row = piece.outcome
            value = sum(
                (c * x for c, x in zip(row, (*point, Fraction(1)), strict=True)), Fraction(0)
            )
            assert value == UniformPhantom()(point)
        assert {piece.told for piece in found} == {"1/2", "x0", "x1"}
        assert sum(map(_area, found)) == 1

    def test_refuse_what_they_cannot_run(self) -> None:
        with pytest.raises(ValueError, match="it has no pieces, as it asks for a float"):
            pieces(cases.takes_roots, UNIT, agents=2)


def _area(piece: Piece) -> Fraction:
    corners = piece.corners()
    turned = (*corners[1:], *corners[:1])
    twice = (a * d - b * c for (a, b), (c, d) in zip(corners, turned, strict=True))
    return sum(twice, Fraction(0)) / 2
