"""No edit of a certificate is accepted, unless it says something else that is true."""

import copy
import importlib
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias, cast

import own_rule
import pytest
from certified import FOLLOWS, NAMES, answer, made, trusted

from mechsim import Domain, Finite, Instance, Line
from mechsim.algorithms.dividing import NoDivision, divide
from mechsim.axioms import (
    Anonymous,
    ExAnte,
    ExPost,
    Misreport,
    ParetoOptimal,
    Strategyproof,
    StronglyProportional,
    Tally,
    Unanimous,
    check,
)
from mechsim.program import Draft, Infeasible, Optimum, Terms
from mechsim.proving import NoMixture, mixture

Path_: TypeAlias = tuple[str | int, ...]

# ---- Edits: every leaf is changed; every entry dropped, repeated, swapped; every key taken away,
# renamed, joined by another.


def instead(leaf: Any) -> Iterator[Any]:
    """What a leaf of a certificate may be changed to."""
    if isinstance(leaf, bool):
        yield not leaf
    elif isinstance(leaf, int):
        yield from (leaf + 1, leaf - 1, str(leaf), bool(leaf), float(leaf))
    elif isinstance(leaf, str):
        yield from (leaf + "x", leaf[:-1], "", leaf + " ")
        if re.fullmatch(r"-?\d+(/\d+)?", leaf):
            number = Fraction(leaf)
            yield from map(str, (number + 1, number - 1, -number, number / 2, 2 * number))
            yield from (f"{leaf}/1", f"0{leaf}", f"+{leaf}", float(number), int(number))
    else:
        yield from ("0", 0, [], {})
    if leaf is not None:
        yield None


def edits(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Where something was edited, and the data with this single edit."""
    parts: Any = ()
    whole: Any
    if isinstance(data, dict):
        written = cast(dict[str, Any], data)
        for key in written:
            others = {k: v for k, v in written.items() if k != key}
            yield (*path, key, "dropped"), others
            yield (*path, key, "renamed"), others | {key + "_": written[key]}
        yield (*path, "added"), written | {"more": "1"}
        parts = written.items()
    elif isinstance(data, list):
        listed = cast(list[Any], data)
        for k in range(len(listed)):
            yield (*path, k, "dropped"), [*listed[:k], *listed[k + 1 :]]
            yield (*path, k, "repeated"), [*listed[: k + 1], *listed[k:]]
            swapped = [*listed[:k], *listed[k : k + 2][::-1], *listed[k + 2 :]]
            yield (*path, k, "swapped"), swapped
        parts = enumerate(listed)
    else:
        yield from (((*path, "changed"), new) for new in instead(data))
    for key, part in parts:
        for where, new in edits(part, (*path, key)):
            whole = copy.copy(cast(Any, data))
            whole[key] = new
            yield where, whole


@cache
def edited(name: str) -> list[tuple[Path_, Any]]:
    """The edits that change what is written, each once."""
    found = {json.dumps(new, sort_keys=True): (at, new) for at, new in edits(made(name))}
    found.pop(json.dumps(made(name), sort_keys=True), None)
    return list(found.values())


BY_KIND = {
    "witness": {
        "setting low": "on a longer line the same agents report the same",
        "setting high": "on a longer line the same agents report the same",
    },
    "witness with money": {
        "mechanism arguments": "another auction that does the same at these bids",
        "setting values": "values that the case does not compare",
    },
    "exhaustion": {
        "setting low": "the ends of the line are no types",
        "setting high": "the ends of the line are no types",
        "setting points": "the median is strategyproof wherever the points are",
    },
    "exhaustion of votes": {
        "mechanism arguments": "another dictator; other names for the candidates",
        "setting types": "the types in another order, with values that still have the same winner",
        "setting values": "other values with the same winner",
        "setting alternatives": "an alternative that is written otherwise",
    },
    "mixture": {
        "setting low": "the ends of the line are no types",
        "setting high": "the ends of the line are no types",
    },
    "table": {
        "setting low": "the ends of the line are no types",
        "setting high": "the ends of the line are no types",
        "axioms": "fewer axioms, or the same in another order",
    },
    "optimum": {
        "variables": "a name, or a bound or coefficient that is not used",
        "objective": "a cost at which the same point is still best",
        "rows": "a name, or a bound or coefficient that is not used",
    },
    "division": {
        "values": "other values of which there is no better division either",
        "cuts": "the parts in another order, or other parts that are worth as much",
        "more than": "a larger part, which nobody can have either",
    },
}
STILL_TRUE: dict[str, dict[str, str]] = BY_KIND | {
    "witness of a function": BY_KIND["witness"],
    "witness of a lottery": {},
    "no mixture": BY_KIND["mixture"],
    "table of lotteries": BY_KIND["table"],
    "largest optimum": BY_KIND["optimum"],
    "infeasible": BY_KIND["optimum"],
}
"""Where an edit may lead to another true statement, by the kind of certificate, and why."""


class TestEveryEditIsRejected:
    """A certificate with any single edit is rejected: none of them is as true as before.

    A claim is bound to its statement, so editing either alone cannot do.  Somebody may edit both,
    so that they fit: then another statement is claimed, and it is accepted only if the library,
    which shares no code with the checker, finds it true as well.
    """

    def test_there_are_thousands(self) -> None:
        assert sum(len(edited(name)) for name in NAMES) > 5_000

    @pytest.mark.parametrize("name", NAMES)
    def test_of(self, name: str) -> None:
        whole = made(name)
        assert answer(whole, trusted(name)) == f"accepted: {whole['claim']}"
        others: list[tuple[Path_, Any]] = []
        for where, new in edited(name):
            found = answer(new, trusted(name))
            assert not found.startswith("accepted"), where
            if found.startswith(FOLLOWS) and where[0] != "claim":
                others.append((where, new["statement"]))
                claim = found.removeprefix(FOLLOWS)
                assert answer(new | {"claim": claim}, trusted(name)) == f"accepted: {claim}"
        for where, statement in others:
            assert where[0] == "statement", "no step of a proof can be another"
            places = " ".join(step for step in where[1:-1] if isinstance(step, str))
            assert any(places.startswith(known) for known in STILL_TRUE[name]), where
            assert true_by_the_library(whole["kind"], statement), where


# ---- The library's own view of what a certificate states.


def rebuilt(data: Any) -> Any:
    """An argument of a mechanism."""
    if isinstance(data, list):
        return tuple(map(rebuilt, cast(list[Any], data)))
    if not isinstance(data, dict):
        return Fraction(data) if isinstance(data, str) else data
    written = cast(dict[str, Any], data)
    if "import" not in written:
        ((form, content),) = written.items()
        return float(content) if form == "float" else content
    module, _, path = written["import"].partition(":")
    arguments = {key: rebuilt(entry) for key, entry in written["arguments"].items()}
    return getattr(importlib.import_module(module), path)(**arguments)


@dataclass(frozen=True, eq=False)
class Listed:
    """A setting as a certificate lists it."""

    data: Any

    def types(self, agent: int, /) -> tuple[Any, ...]:
        return tuple(map(rebuilt, self.data["types"][agent]))

    def value(self, agent: int, type_: Any, alternative: Any, /) -> Fraction:
        row = self.data["values"][agent][self.types(agent).index(type_)]
        return Fraction(row[tuple(map(rebuilt, self.data["alternatives"])).index(alternative)])


def setting_of(data: Any) -> Any:
    if data["kind"] == "values":
        return Listed(data)
    assert data["tastes"] == "distance"
    points = None if data["points"] is None else tuple(map(Fraction, data["points"]))
    low = -math.inf if data["low"] is None else Fraction(data["low"])
    high = math.inf if data["high"] is None else Fraction(data["high"])
    return Line(low, high, points)


AXIOMS: dict[str, Any] = {
    "strategyproof": Strategyproof(),
    "anonymous": Anonymous(),
    "unanimous ex post": ExPost(Unanimous()),
    "pareto optimal ex post": ExPost(ParetoOptimal()),
    "strongly proportional ex ante": ExAnte(StronglyProportional()),
}


def undividable_by_the_library(statement: Any) -> bool:
    """Whether the library finds no division that is worth more than stated."""
    rows = [[Fraction(value) for value in row] for row in statement["values"]]
    cuts: list[list[list[int]]] = statement["cuts"]
    shares = [
        min(Fraction(sum(row[g] for g in part)) for part in cut)
        for row, cut in zip(rows, cuts, strict=True)
    ]
    ratio = Fraction(statement["more than"])
    unit = Fraction(1, math.lcm(*(v.denominator for row in rows for v in row)))
    demands = [(ratio * share // unit + 1) * unit if share else Fraction(0) for share in shares]
    return isinstance(divide(rows, demands), NoDivision)


def true_by_the_library(kind: str, statement: Any) -> bool:
    """Whether the library finds that a statement is true."""
    if kind == "lp":
        without_names = copy.deepcopy(statement)
        for named in (*without_names["variables"], *without_names["rows"]):
            named["name"] = ""
        return solved(json.dumps(without_names))
    if kind == "division":
        return undividable_by_the_library(statement)
    setting = setting_of(statement["setting"])
    if kind == "table":
        table = {
            tuple(map(Fraction, at)): Finite({Fraction(y): Fraction(p) for y, p in drawn})
            for at, drawn in statement["table"]
        }
        domain = Domain(setting, statement["agents"])
        asked = [AXIOMS[name] for name in statement["axioms"]]
        return all(isinstance(check(one, table.__getitem__, domain), Tally) for one in asked)
    data = statement["mechanism"]
    function = data["arguments"] is None
    mechanism = getattr(own_rule, data["import"].partition(":")[2]) if function else rebuilt(data)
    if kind == "exhaustion":
        domain = Domain(setting, statement["agents"])
        return isinstance(check(AXIOMS[statement["axiom"]], mechanism, domain), Tally)
    if kind in ("mixture", "no mixture"):
        found = mixture(mechanism, setting, agents=statement["agents"])
        most = Fraction(statement.get("share", 1))
        return (found.share if isinstance(found, NoMixture) else 1) == most
    here = Instance(setting, tuple(map(rebuilt, statement["reports"])))
    case = Misreport(here, statement["case"]["agent"], rebuilt(statement["case"]["lie"]))
    gain = Strategyproof().violation(mechanism, case)
    return bool(gain == Fraction(statement["violation"]) > 0)


@cache
def solved(written: str) -> bool:
    """Whether the library solves the program with the same answer."""
    statement, draft = json.loads(written), Draft()
    for k, variable in enumerate(statement["variables"]):
        low, high = (
            None if variable[end] is None else Fraction(variable[end]) for end in ("low", "high")
        )
        if low is not None and high is not None and low > high:
            return bool(statement["answer"] == "infeasible")
        draft.variables(f"x{k}", low=low, high=high)
    adders = {">=": draft.at_least, "<=": draft.at_most, "=": draft.equal}
    for k, row in enumerate(statement["rows"]):
        adders[row["sense"]](f"row {k}", (), Fraction(row["bound"]), terms_of(row["terms"]))
    finish = draft.minimize if statement["goal"] == "minimize" else draft.maximize
    found = finish(terms_of(statement["objective"])).solve()
    if statement["answer"] == "infeasible":
        return isinstance(found, Infeasible)
    return isinstance(found, Optimum) and str(found.value) == statement["answer"]["optimum"]


def terms_of(data: Any) -> Terms:
    return Terms([place for place, _ in data], [Fraction(number) for _, number in data])
