"""Certificates about places anywhere, ratios, shares of distance, and maximin shares."""

import json
import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations, product
from typing import Any

import numpy as np
import pytest
from contradictions import DOOR, PROOF_EDITS, Edits, certified, derived, edit_proof
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Anonymous, Domain, Goods, Line, SinglePeaked, Strategyproof
from mechsim.axioms import (
    ByDistance,
    IndividualFairShare,
    IndividualNuisanceShare,
    MaximinShare,
    ParetoOptimal,
    Unanimous,
    UnanimousFairShare,
    UnanimousNuisanceShare,
)
from mechsim.design import NoRule, SomeRule, impossible
from mechsim.design.refutation import solver
from mechsim.facility import Median, UniformPhantom
from mechsim.objectives import Approximates, Egalitarian, Gini, MaxCost, NashWelfare
from mechsim.preferences import (
    Cells,
    ChebyshevDistance,
    EuclideanDistance,
    ManhattanDistance,
    Obnoxious,
    Space,
    Stretches,
)
from mechsim.proving import certcheck, certificate, tabulate

UNIT = Line(0, 1)
BAD = Line(0, 1, tastes=Obnoxious())
THREE_HALVES, FIVE_THIRDS = Fraction(3, 2), Fraction(5, 3)
EIGHTHS = tuple(Fraction(k, 8) for k in range(9))
GOODS = Goods(("car", "dog"), grid=(0, 1, 2))
LESS = Approximates(MaxCost(), THREE_HALVES, strictly=True)
QUESTIONS: dict[str, tuple[tuple[Any, ...], Any, Any]] = {
    "anywhere": ((Strategyproof(), Anonymous(), LESS), Stretches(UNIT.grid(3), 6), None),
    "eighths": (
        (Strategyproof(), Approximates(MaxCost(), FIVE_THIRDS, strictly=True)),
        UNIT.grid(4),
        EIGHTHS,
    ),
    "Gini": ((Strategyproof(), Approximates(Gini())), UNIT.grid(2), None),
    "least utility": (
        (Strategyproof(), Approximates(Egalitarian(), THREE_HALVES, strictly=True)),
        UNIT.grid(2),
        None,
    ),
    "nuisance": ((Strategyproof(), IndividualNuisanceShare()), BAD.grid(5), None),
    "nuisance of groups": ((Strategyproof(), UnanimousNuisanceShare()), BAD.grid(5), None),
    "shares": ((Strategyproof(), MaximinShare(), ParetoOptimal()), GOODS, None),
}


def made(name: str) -> Any:
    axioms, setting, alternatives = QUESTIONS[name]
    return json.loads(certified(axioms, setting, 2, alternatives))


class TestNoRuleIsCertified:
    """Procaccia and Tennenholtz; the Gini index; Lam et al.; maximin shares, as certificates."""

    @pytest.mark.parametrize("name", QUESTIONS)
    def test_accepted(self, name: str) -> None:
        whole = made(name)
        assert certcheck.check(whole, DOOR).kind == "contradiction"
        for spared in range(len(whole["statement"]["axioms"])):
            if name != "anywhere" or spared != 1:  # there anonymity only makes less of it
                less = made(name)
                del less["statement"]["axioms"][spared]
                assert derived(less) is None

    def test_in_words(self) -> None:
        assert derived(made("anywhere")) == (
            "no rule that chooses a place at each profile of 2 agents at any of the points (0, "
            "1/3, 2/3, 1) from 0 to 1 who mind the distance satisfies 'strategyproof' (no agent "
            "expects to gain by another report), 'anonymous' (the outcome is the same if two "
            "agents trade reports), 'within' (max cost is less than 3/2 times what it is at each "
            "of (1/3, 1/2, 2/3), unless it is 0)"
        )
        said = {
            "Gini": "(Gini is 0 where it is so at one of (",
            "least utility": "(3/2 times least utility is more than what it is at each of (",
            "nuisance": "of n agents each is at least L/(2 n) away",
            "nuisance of groups": "of k of n agents at one place each is at least k L/(2 n) away",
            "shares": "worth at least 1 of what it could be sure of by cutting all goods",
        }
        for name, words in said.items():
            assert words in made(name)["claim"]

    def test_what_cannot_be_written(self) -> None:
        less = Approximates(NashWelfare(), Fraction(101, 100), strictly=True)
        nash = impossible((Strategyproof(), less), UNIT.grid(2), agents=2)
        assert isinstance(nash, NoRule)
        with pytest.raises(ValueError, match="certificates are known of total cost, max cost"):
            certificate(nash)
        rule = impossible((Approximates(MaxCost(), 2),), UNIT.grid(2), agents=2)
        assert isinstance(rule, SomeRule)
        with pytest.raises(ValueError, match="what is best is not computed by whoever checks"):
            certificate(rule)
        none = impossible((Unanimous(), LESS, Strategyproof()), UNIT.grid(3), agents=2)
        assert isinstance(none, NoRule)
        question = none.question
        parts = Stretches(UNIT.grid(3), 6)
        coarse = type(question)(question.axioms, parts, 2, parts.alternatives(2))
        with pytest.raises(ValueError, match="of parts of a continuum certificates know"):
            certificate(type(none)(coarse, none.chosen, none.core, none.lemmas))


# ---- What an edited statement says, by an encoding of this file.


def is_impossible(statement: Any) -> bool:
    """On a line; where any place may be chosen, of the ends and the middles of all parts only."""
    setting, agents = statement["setting"], range(2)
    line = setting["line"] if setting["kind"] == "stretches" else setting
    low, high = Fraction(line["low"]), Fraction(line["high"])
    peaks = [Fraction(peak) for peak in line["points"]]
    some = [Fraction(place) for place in statement["alternatives"]]
    if setting["kind"] == "stretches":
        last = 2 * setting["parts"]
        some = [low + (high - low) * Fraction(k, last) for k in range(last + 1)]
    profiles: list[Any] = list(product(peaks, peaks))
    number = {pair: k for k, pair in enumerate(product(profiles, some), 1)}

    def away(at: Any, place: Fraction) -> list[Fraction]:
        return [abs(place - peak) for peak in at]

    def measure(objective: str, at: Any, place: Fraction) -> Fraction:
        each = [high - low - x for x in away(at, place)]
        gini = abs(each[0] - each[1]) / (2 * sum(each)) if any(each) else Fraction(1)
        return {
            "max cost": max(away(at, place)),
            "total cost": sum(away(at, place), Fraction(0)),
            "Gini": gini,
            "1 - Gini": 1 - gini,
            "welfare": sum(each, Fraction(0)),
            "least utility": min(each),
        }[objective]

    def misses(data: Any, at: Any, place: Fraction) -> bool:
        small = data["objective"] in ("max cost", "total cost", "Gini")
        every = [measure(data["objective"], at, Fraction(z)) for z in data["places"]]
        here, best = measure(data["objective"], at, place), (max, min)[small](every)
        less, more = (best, here) if small else (here, best)
        if data["bound"] is None:
            return less == 0 and more > 0
        multiple = Fraction(data["bound"]) * less
        return more > multiple or (data["strictly"] and more == multiple and more > 0)

    found = [[number[at, y] for y in some] for at in profiles]
    found += [[-number[at, y], -number[at, z]] for at in profiles for y, z in combinations(some, 2)]
    asked: list[Any] = statement["axioms"]
    for axiom in asked:
        pairs: list[Any] = [(axiom, {})] if isinstance(axiom, str) else list(axiom.items())
        ((name, data),) = pairs
        if name == "strategyproof":
            sign = -1 if line["tastes"] == "obnoxious" else 1
            found += [
                [-number[at, y], -number[new, z]]
                for at in profiles
                for agent in agents
                for lie in peaks
                if (new := (*at[:agent], lie, *at[agent + 1 :])) != at
                for y, z in product(some, some)
                if sign * (abs(z - at[agent]) - abs(y - at[agent])) < 0
            ]
        elif name == "anonymous":
            found += [
                [-number[at, y], number[new, y]] for at, y in number for new in permutations(at)
            ]
        elif name == "within":
            found += [[-number[at, y]] for at, y in number if misses(data, at, y)]
        else:
            groups = name.startswith("unanimous")
            alpha = Fraction(data["alpha"])
            found += [
                [-number[at, y]]
                for at, y in number
                for x in at
                if abs(x - y) < (high - low) * (at.count(x) if groups else 1) / (alpha * 2)
            ]
    with solver(found) as engine:
        return not engine.solve()


def edited(whole: Any, rng: random.Random) -> str:
    statement, what = whole["statement"], rng.choice(EDITS)
    setting = statement["setting"]
    line = setting["line"] if setting["kind"] == "stretches" else setting
    asked: list[Any] = [one for one in statement["axioms"] if not isinstance(one, str)]
    (data,) = asked[0].values()
    if what in PROOF_EDITS:
        edit_proof(whole["proof"], what, rng)
    elif what == "move a peak":
        k = rng.randrange(len(line["points"]))
        line["points"][k] = str(Fraction(rng.randrange(25), 24))
    elif what == "move an alternative" and setting["kind"] == "line":
        k = rng.randrange(len(statement["alternatives"]))
        statement["alternatives"][k] = str(Fraction(rng.randrange(17), 16))
    elif what == "other parts" and setting["kind"] == "stretches":
        setting["parts"] += rng.choice((-1, 1))
    elif what == "a longer line":
        line["high"] = str(Fraction(line["high"]) + rng.choice((Fraction(1, 8), Fraction(-1, 8))))
    elif what == "other data":
        key = rng.choice(list(data))
        other: dict[str, Any] = {
            "objective": rng.choice(list(certcheck.OBJECTIVES)),
            "bound": rng.choice([None, "1", "4/3", "2"]),
            "strictly": not data.get("strictly"),
            "alpha": rng.choice(["1", "3/2", "3", "0"]),
        }
        places = [str(Fraction(k, 8)) for k in rng.sample(range(9), 3)]
        data[key] = other.get(key, places)
    else:
        del statement["axioms"][rng.randrange(len(statement["axioms"]))]
    return what


EDITS = (
    *PROOF_EDITS,
    "move a peak",
    "move an alternative",
    "other parts",
    "a longer line",
    "other data",
    "drop an axiom",
)


class TestAnEditIsRejectedOrStatesAnotherTruth:
    """What still passes says something that a solver finds true, by an encoding of its own."""

    @pytest.mark.parametrize("name", [name for name in QUESTIONS if name != "shares"])
    def test_of(self, name: str) -> None:
        times = 30 if name.startswith("nuisance") else 70
        edits = Edits(lambda: made(name), edited, is_impossible)
        passed = edits.that_pass(times, random.Random(2))
        assert 0 < sum(passed.values()) < 40, passed
        assert {"drop a clause", "deny a literal", "drop a lemma"}.isdisjoint(passed), passed

    @pytest.mark.parametrize(
        "data",
        [
            {"alpha": "0"},
            {"alpha": "2", "beta": "1"},
            {},
            None,
            {"alpha": 2},
        ],
    )
    def test_other_shares(self, data: Any) -> None:
        for name, key in (
            ("nuisance", "individual nuisance share ex post"),
            ("shares", "maximin share ex post"),
        ):
            new = made(name)
            new["statement"]["axioms"][1] = {key: data}
            assert derived(new) is None


def best_of_two(reports: Any) -> Any:
    """Everything to whom it is worth more together."""
    mine, theirs = map(sum, reports)
    first, second = frozenset({0, 1}), frozenset[int]()
    return (first, second) if mine >= theirs else (second, first)


class TestATable:
    """A rule that keeps shares is certified, and one known to miss them is not."""

    def test_of_peaks(self) -> None:
        """A fair share by distance is one of peaks, which agents with any taste have."""
        peaked = Line(0, 1, tastes=SinglePeaked()).grid(3)
        fair = (ByDistance(UnanimousFairShare()), ByDistance(IndividualFairShare()))
        whole = tabulate(UniformPhantom(peaked), fair, Domain(peaked, 3))
        assert certcheck.check(whole, DOOR).kind == "table"
        assert "'unanimous fair share by distance ex post'" in whole["claim"]
        with pytest.raises(ArithmeticError, match="would be rejected"):
            tabulate(Median(peaked), fair, Domain(peaked, 3))

    def test_of_a_nuisance(self) -> None:
        grid = BAD.grid(5)
        rule = impossible((IndividualNuisanceShare(),), grid, agents=2)
        assert isinstance(rule, SomeRule)
        assert certcheck.check(certificate(rule), DOOR).kind == "table"
        for axiom in (IndividualNuisanceShare(), UnanimousNuisanceShare()):
            with pytest.raises(ArithmeticError, match="would be rejected"):
                tabulate(lambda reports: reports[0], (axiom,), Domain(grid, 2), alternatives=(0,))

    def test_of_groups_at_one_place(self) -> None:
        """Both may be a quarter away, which is enough for each of them and not for two."""
        grid = BAD.grid(4)

        def a_quarter_away(reports: Any) -> Any:
            far = [y for y in grid.points or () if min(abs(y - x) for x in reports) >= 1 / 4]
            return min(far, key=lambda y: abs(y - reports[0]))

        domain = Domain(grid, 2)
        whole = tabulate(a_quarter_away, (IndividualNuisanceShare(),), domain)
        assert certcheck.check(whole, DOOR).kind == "table"
        with pytest.raises(ArithmeticError, match="would be rejected"):
            tabulate(a_quarter_away, (UnanimousNuisanceShare(),), domain)

    def test_of_maximin_shares(self) -> None:
        rule = impossible((MaximinShare(), ParetoOptimal()), GOODS, agents=2)
        assert isinstance(rule, SomeRule)
        assert certcheck.check(certificate(rule), DOOR).kind == "table"
        every = GOODS.alternatives(2)
        with pytest.raises(ArithmeticError, match="would be rejected"):
            tabulate(best_of_two, (MaximinShare(),), Domain(GOODS, 2), alternatives=every)

    @given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(2, 3))
    def test_the_share_is_that_of_the_library(self, values: list[int], agents: int) -> None:
        exact = tuple(map(Fraction, values))
        goods = Goods(tuple(f"good {k}" for k in range(len(values))))
        assert certcheck.maximin(exact, agents) == goods.maximin_share(exact, agents).worst


METRICS: dict[str, Any] = {
    "euclidean": EuclideanDistance(),
    "manhattan": ManhattanDistance(),
    "chebyshev": ChebyshevDistance(),
}


LINE = certcheck.Line(Fraction(0), Fraction(1), None, "distance")


class TestPartsOfAContinuum:
    """What the checker takes for certain of parts is so of the places in them."""

    @given(st.integers(0, 2**32 - 1), st.sampled_from(list(METRICS)), st.integers(1, 2))
    def test_boxes(self, seed: int, metric: str, facilities: int) -> None:
        rng = np.random.default_rng(seed)
        space = Space((0, 0), (3, 2), facilities=facilities, metric=METRICS[metric]).grid(3, 2)
        ours = Cells(space, (3, 2))
        points = [[str(x) for x in point] for point in space.points or ()]
        data = {
            "kind": "cells",
            "low": ["0", "0"],
            "high": ["3", "2"],
            "points": points,
            "parts": [3, 2],
            "metric": metric,
            "facilities": facilities,
        }
        theirs = certcheck.cells(data)
        every: tuple[Any, ...] = ours.alternatives(2)
        assert len(theirs.choices) == len(every)
        assert space.points is not None
        reports = tuple(space.points[int(k)] for k in rng.integers(len(space.points), size=2))
        for part in rng.integers(len(every), size=4).tolist():
            least, most = ours.value_between(0, reports[0], every[part])
            assert theirs.bounds(reports, reports[0], part) == ((-most, 0), (-least, 0))
            dominated = ours.dominating(reports, every[part]) is not None
            assert theirs.beaten(reports, part) == dominated

    @given(st.integers(0, 12), st.integers(0, 12), st.fractions(0, 1), st.integers(1, 5))
    def test_stretches(self, peak: int, part: int, share: Fraction, parts: int) -> None:
        found = certcheck.Stretches(
            certcheck.Line(Fraction(0), Fraction(1), None, "distance"), parts
        )
        part = part % len(found.choices)
        low, high = found.ends(part)
        place, at = low + share * (high - low), Fraction(peak, 12)
        inside = low < place < high or low == high
        least, most = found.bounds((), at, part)
        if inside:
            away = abs(place - at)
            assert least[0] < away or (least[0] == away and least[1] == 0)
            assert most[0] > away or (most[0] == away and most[1] == 0)
            value = Stretches(UNIT.grid(12), parts)
            assert value.value_between(0, at, value.alternatives(2)[part]) == (
                (-most[0], -most[1]),
                (-least[0], -least[1]),
            )

    def test_the_best_place_of_a_stretch_may_be_inside(self) -> None:
        """Between two agents the middle is twice as good as the ends."""
        setting = {
            "kind": "stretches",
            "line": {
                "kind": "line",
                "low": "0",
                "high": "1",
                "points": ["0", "1"],
                "tastes": "distance",
            },
            "parts": 1,
        }
        sought = certcheck.sought_rule(certcheck.stretches(setting), 2, (0, 1, 2))
        data = {"objective": "max cost", "bound": "3/2", "strictly": False, "places": ["1/2"]}
        for part, breaks in ((0, True), (1, False), (2, True)):
            contrary = certcheck.Contrary(sought, ((0, 1),), {(0, 1): frozenset({part})})
            assert certcheck.within(sought, data).breaks(sought, contrary) is breaks

    def test_what_is_no_setting(self) -> None:
        for key, wrong in wrong_entries():
            new = made("anywhere")
            new["statement"]["setting"] |= {key: wrong}
            assert derived(new) is None, (key, wrong)
        for agents in (0, -1, 3, "2", None):
            new = made("anywhere")
            new["statement"]["agents"] = agents
            assert derived(new) is None
        new = made("anywhere")
        new["statement"]["axioms"].append("unanimous ex post")
        assert derived(new) is None


def wrong_entries() -> Iterator[tuple[str, Any]]:
    line = made("anywhere")["statement"]["setting"]["line"]
    yield from (("parts", wrong) for wrong in (0, -1, "6", None, 7))
    yield from (("line", line | {"tastes": tastes}) for tastes in ("obnoxious", "single_peaked"))
    yield from (("line", line | {key: None}) for key in ("points", "low"))
    yield "kind", "cells"
