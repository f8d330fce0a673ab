"""Settings, profiles, lotteries and mechanisms as certificates hold them."""

import dataclasses
import hashlib
import importlib.util
import inspect
import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, cast

import numpy as np

from .._text import brief
from ..axioms.anonymous import has_float
from ..lottery import Finite, is_finite
from ..mechanism import Playable, play
from ..preferences.additive import Goods
from ..preferences.positions import Positions
from ..preferences.single_peaked import Line
from ..preferences.social_orders import SocialOrders
from ..preferences.sponsored import Sponsored
from ..preferences.tastes import Distance, Obnoxious, SinglePeaked
from ..setting import Instance, Priced, Undecided

Certificate: TypeAlias = dict[str, Any]

TASTES: dict[type, str] = {
    Distance: "distance",
    SinglePeaked: "single_peaked",
    Obnoxious: "obnoxious",
}
"""Tastes of agents on a line that the checker knows by a formula."""


@dataclass(eq=False)
class Exactly:
    """``mechanism`` with the floats of its outcomes read as the fractions that they are.

    It remembers what it answered, and whether there were floats.
    """

    mechanism: Playable
    seen: dict[Any, Finite[Any]] = field(default_factory=dict[Any, Finite[Any]])
    floats: bool = False

    def __call__(self, reports: Any, /) -> Finite[Any]:
        """The lottery."""
        if reports not in self.seen:
            lottery = play(self.mechanism, reports)
            if not is_finite(lottery):
                raise ValueError(f"mechanism is {brief(self.mechanism)}: it must list its outcomes")
            drawn: dict[Any, Fraction] = {}
            for outcome, p in lottery.probability.items():
                self.floats = self.floats or has_float(outcome)
                drawn[exact(outcome)] = drawn.get(exact(outcome), Fraction(0)) + p
            self.seen[reports] = Finite(drawn)
        return self.seen[reports]


def exact(found: Any) -> Any:
    """A type, an outcome or an entry of a case, its floats as the fractions that they are."""
    if isinstance(found, tuple):
        return tuple(map(exact, cast(tuple[Any, ...], found)))
    if isinstance(found, frozenset):
        return frozenset(map(exact, cast(Iterable[Any], found)))
    if isinstance(found, Priced):
        return Priced(exact(found.alternative), exact(found.payments))
    if isinstance(found, np.generic):
        found = cast(Any, found).item()
    if isinstance(found, float):
        return Fraction(found)
    if found is None or isinstance(found, (int, Fraction, str)):
        return found
    raise ValueError(f"{found!r} cannot be written: it must be a number, text, a tuple or a set")


def exactly(setting: Any) -> Any:
    """A line with ends and points that are fractions; another setting as it is."""
    if not isinstance(setting, Line):
        return setting
    low, high = (end if math.isinf(end) else Fraction(end) for end in (setting.low, setting.high))
    return Line(low, high, exact(setting.points), setting.tastes)


def profile(instance: Instance) -> tuple[Any, ...]:
    """The reports, their floats as the fractions that they are."""
    return tuple(map(exact, instance.profile))


class Written(NamedTuple):
    """A setting in a certificate, the setting with exact values, and how things are written."""

    data: Certificate
    setting: Any
    write: Callable[[Any], Any]

    def reports(self, profile: tuple[Any, ...]) -> list[Any]:
        """A profile."""
        return [self.write(report) for report in profile]

    def lottery(self, lottery: Finite[Any]) -> list[Any]:
        """Outcomes and probabilities, in the order of their texts."""
        pairs = [[self._outcome(one), str(p)] for one, p in lottery.probability.items()]
        return sorted(pairs, key=text)

    def _outcome(self, outcome: Any) -> Any:
        if not isinstance(outcome, Priced):
            return self.write(outcome)
        paid = [str(payment) for payment in outcome.payments]
        return {"alternative": self.write(outcome.alternative), "payments": paid}


@dataclass(frozen=True, eq=False)
class Tabled:
    """A finite setting whose values are listed."""

    listed: list[tuple[Any, ...]]
    worth: dict[tuple[int, Any, Any], Fraction]

    def types(self, agent: int, /) -> tuple[Any, ...]:
        """Those of ``agent`` that occur."""
        return self.listed[agent]

    def value(self, agent: int, type_: Any, alternative: Any, /) -> Fraction:
        """What is listed."""
        return self.worth[agent, type_, alternative]


def write_setting(
    setting: Any, played: Exactly, asked: Sequence[Any], others: Iterable[Any] = ()
) -> Written:
    """The setting, by formula where the checker knows one, else by what is worth what there.

    ``asked`` are the axioms, by the checker's names; ``others`` are alternatives beside those that
    were chosen.
    """
    if by_formula(setting):
        return write_world(setting, [], ())
    agents = range(len(next(iter(played.seen))))
    types = [tuple(dict.fromkeys(reports[agent] for reports in played.seen)) for agent in agents]
    some = alternatives_of(played, others)
    if any(str(name).startswith("envy free") for name in asked):
        some = tuple(dict.fromkeys((*some, *(traded for one in some for traded in _trades(one)))))
    return write_world(setting, types, some, worth=asked != ["anonymous"])


def alternatives_of(played: Exactly, others: Iterable[Any]) -> tuple[Any, ...]:
    """These, and those that were chosen."""
    drawn = [outcome for lottery in played.seen.values() for outcome in lottery.support]
    chosen = [one.alternative if isinstance(one, Priced) else one for one in drawn]
    return tuple(dict.fromkeys((*map(exact, others), *chosen)))


def by_formula(setting: Any) -> bool:
    """Whether the checker knows what outcomes are worth without a list."""
    return isinstance(setting, Line) and type(setting.tastes) in TASTES


def write_world(
    setting: Any, types: list[tuple[Any, ...]], some: tuple[Any, ...], *, worth: bool = True
) -> Written:
    """The setting, with the types of each agent and the alternatives to be listed."""
    if by_formula(setting):
        return Written(_line(setting), setting, _place)
    listing = {
        "types": [[plain(type_) for type_ in mine] for mine in types],
        "alternatives": [plain(one) for one in some],
    }
    if isinstance(setting, SocialOrders):
        return Written({"kind": "orders", **listing}, setting, plain)
    agents = range(len(types) if worth else 0)
    value: dict[tuple[int, Any, Any], Fraction] = {}
    for agent in agents:
        for type_, one in product(types[agent], some):
            value[agent, type_, one] = _value(setting, agent, type_, one)
    listed = [[[str(value[a, t, y]) for y in some] for t in types[a]] for a in agents]
    data = {"kind": "values", **listing, "values": listed if worth else None}
    return Written(data, Tabled(types, value), plain)


def write_space(setting: Any) -> Certificate:
    """A setting whose types are all numbers between bounds."""
    if type(setting) is Positions:
        qualities = exact(setting.qualities)
        return {
            "kind": "slots",
            "effects": [str(effect) for effect in exact(setting.effects)],
            "qualities": [str(quality) for quality in qualities] if qualities else None,
        }
    if type(setting) is Sponsored:
        listed = tuple(setting.model.alternatives())
        traded = (_relabelled(one, i, j) for one in listed for i, j in _pairs(setting.bidders))
        clicks = {one: setting.model.clicks(one) for one in (*listed, *traded)}
        rows = [[plain(one), [str(c) for c in exact(row)]] for one, row in clicks.items()]
        return {"kind": "shown", "bidders": setting.bidders, "clicks": rows}
    if type(setting) is Goods:
        return {"kind": "goods", "goods": len(setting.names)}
    if isinstance(setting, Line) and type(setting.tastes) in TASTES:
        return _line(exactly(setting))
    raise ValueError(
        f"found is on {brief(setting)}: certificates of paths are about a line, positions, "
        "sponsored content and goods"
    )


def _relabelled(shown: Any, first: int, second: int) -> Any:
    other = {first: second, second: first}
    return tuple((other.get(i, i), place) for i, place in shown)


def _pairs(agents: int) -> Iterator[tuple[int, int]]:
    return combinations(range(agents), 2)


def _line(line: Line) -> Certificate:
    ends = [None if math.isinf(end) else str(end) for end in (line.low, line.high)]
    points = None if line.points is None else [str(point) for point in line.points]
    tastes = TASTES[type(line.tastes)]
    return {"kind": "line", "low": ends[0], "high": ends[1], "points": points, "tastes": tastes}


def _trades(shares: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The alternatives in which two agents have traded their shares."""
    for first, second in combinations(range(len(shares)), 2):
        places = list(shares)
        places[first], places[second] = places[second], places[first]
        yield tuple(places)


def _value(setting: Any, agent: int, type_: Any, alternative: Any) -> Fraction:
    try:
        return Fraction(exact(setting.value(agent, type_, alternative)))
    except Undecided as why:
        raise ValueError(f"setting is {brief(setting)}, without values to write: {why}") from None


def _place(place: Any) -> str:
    """A place on a line as it is written."""
    return str(Fraction(place))


def plain(found: Any) -> Any:
    """A type or an alternative as it is written."""
    if isinstance(found, tuple):
        return [plain(entry) for entry in cast(tuple[Any, ...], found)]
    if isinstance(found, frozenset):
        return {"set": sorted((plain(e) for e in cast(frozenset[Any], found)), key=text)}
    if isinstance(found, str):
        return {"text": found}
    if isinstance(found, bool):
        raise ValueError(f"{found} cannot be written: a type or an outcome is no truth value")
    return str(found) if isinstance(found, Fraction) else found


def text(data: Any) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


def mechanism_of(mechanism: Any) -> tuple[Certificate, tuple[str, ...]]:
    """A mechanism by its import path and the hash of its source; and what has to be trusted."""
    function = inspect.isfunction(mechanism)
    path = path_of(mechanism if function else type(mechanism), "mechanism")
    arguments = None if function else argument(mechanism)["arguments"]
    module = path.partition(":")[0]
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise ValueError(f"mechanism is {brief(mechanism)}: {module} has no source file")
    digest = hashlib.sha256(Path(spec.origin).read_bytes()).hexdigest()
    return {"import": path, "arguments": arguments, "sha256": digest}, (module.partition(".")[0],)


def path_of(found: Any, name: str) -> str:
    """Where a class or function can be imported from."""
    module, qualified = found.__module__, found.__qualname__
    here: Any = sys.modules.get(module)
    for part in qualified.split("."):
        here = getattr(here, part, None)
    if here is not found or module == "__main__":
        raise ValueError(
            f"{name} is {brief(found)}: whoever checks must be able to import it, so it must be "
            "at the top of a module, in a file of its own"
        )
    return f"{module}:{qualified}"


def argument(found: Any) -> Any:
    """What a data class was made with, as it is written."""
    if isinstance(found, np.generic):
        found = cast(Any, found).item()
    if isinstance(found, bool):
        return found
    if isinstance(found, float):
        return {"float": str(found) if math.isinf(found) else str(Fraction(found))}
    if isinstance(found, tuple):
        return [argument(entry) for entry in cast(tuple[Any, ...], found)]
    if isinstance(found, Mapping):
        pairs = cast(Mapping[Any, Any], found).items()
        return {"map": [[argument(key), argument(entry)] for key, entry in pairs]}
    if found is None or isinstance(found, (int, Fraction, str, frozenset)):
        return plain(exact(found))
    if not dataclasses.is_dataclass(found) or isinstance(found, type):
        raise ValueError(f"argument is {found!r}: certificates hold numbers, text and data classes")
    names = [one.name for one in dataclasses.fields(found) if one.init]
    arguments = {name: argument(getattr(found, name)) for name in names}
    return {"import": path_of(type(found), "argument"), "arguments": arguments}
