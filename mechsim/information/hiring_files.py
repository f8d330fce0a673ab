"""Instances of hiring experts, from JSON files.

A file is one object::

    {
      "states": {"rise": "1/2", "fall": "1/2"},
      "experts": [
        {
          "name": "Ann",
          "signals": ["nothing", "up", "down"],
          "efforts": [
            {"name": "rest", "cost": 0, "likelihood": [[1, 0, 0], [1, 0, 0]]},
            {"name": "study", "cost": 0.3, "likelihood": [[0, 0.9, 0.1], [0, 0.1, 0.9]]}
          ]
        }
      ],
      "decision": {"actions": ["buy", "sell"], "utility": [[10, 0], [0, 10]]},
      "cap": 10
    }

Instead of ``states``, which have one world each, there may be ``worlds``, a list of objects with a
``state`` and a ``probability``: then signals may be correlated beyond the state.  A likelihood has
one row a world, in which each signal has its probability.  Instead of ``actions`` and ``utility`` a
decision may be ``{"guess": 10}``: to name the state, for that prize if it is right.  ``cap`` is the
most that is paid to an expert.  Numbers are exact: JSON numbers as they are written, or text such
as ``"1/3"``.
"""

import json
from collections.abc import Set
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from .._numbers import Number
from ..preferences.acquisition import Acquisition, Effort, Expert, World
from ..preferences.surveys import is_number, parse
from .decision import Decision


class _Digits(str):
    """A JSON number, as it is written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class HiringFile:
    """What a file says.

    Parameters
    ----------
    source : str
        The file.
    setting : Acquisition
    decision : Decision
    cap : Fraction
    """

    source: str
    setting: Acquisition
    decision: Decision
    cap: Fraction


def read_hiring(path: str | Path) -> HiringFile:
    """Read an instance of hiring experts.

    Raises
    ------
    ValueError
        If the file is no such object; it names the field, as ``experts[0].efforts[1].cost``.
    """
    path = Path(path)
    if not path.is_file():
        raise ValueError(f"{path}: there is no such file")
    try:
        text = path.read_text(encoding="utf-8")
        data: Any = json.loads(
            text,
            parse_float=_Digits,
            parse_int=_Digits,
            parse_constant=_Digits,
            object_pairs_hook=_once,
        )
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"{path}: it is no JSON: {error}") from None
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    try:
        return _read(data, str(path))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def _read(data: Any, source: str) -> HiringFile:
    top = _fields(data, "the file", {"experts", "decision", "cap"}, {"states", "worlds"})
    if ("states" in top) == ("worlds" in top):
        raise ValueError("states and worlds: the file must have one of them")
    worlds = _states(top["states"]) if "states" in top else _worlds(top["worlds"])
    names = list(dict.fromkeys(world.state for world in worlds))
    listed = _list(top["experts"], "experts")
    experts = tuple(_expert(one, f"experts[{i}]") for i, one in enumerate(listed))
    cap = _number(top["cap"], "cap")
    if cap <= 0:
        raise ValueError(f"cap is {cap}: it must be positive")
    decision = _decision(top["decision"], names)
    decision.require_states(names)
    return HiringFile(source, Acquisition(worlds, experts), decision, cap)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, if no field is given twice."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"the field {name!r} is given twice")
        found[name] = value
    return found


def _states(data: Any) -> tuple[World, ...]:
    given = _object(data, "states")
    return tuple(World(name, _number(p, f"states.{name}")) for name, p in given.items())


def _worlds(data: Any) -> tuple[World, ...]:
    found: list[World] = []
    for w, one in enumerate(_list(data, "worlds")):
        where = f"worlds[{w}]"
        given = _fields(one, where, {"state", "probability"})
        chance = _number(given["probability"], f"{where}.probability")
        found.append(World(_text(given["state"], f"{where}.state"), chance))
    return tuple(found)


def _expert(data: Any, where: str) -> Expert:
    given = _fields(data, where, {"name", "signals", "efforts"})
    signals = _list(given["signals"], f"{where}.signals")
    efforts = _list(given["efforts"], f"{where}.efforts")
    return Expert(
        _text(given["name"], f"{where}.name"),
        tuple(_text(s, f"{where}.signals[{k}]") for k, s in enumerate(signals)),
        tuple(_effort(one, f"{where}.efforts[{k}]") for k, one in enumerate(efforts)),
    )


def _effort(data: Any, where: str) -> Effort:
    given = _fields(data, where, {"name", "cost", "likelihood"})
    cost = _number(given["cost"], f"{where}.cost")
    rows = _table(given["likelihood"], f"{where}.likelihood")
    for w, row in enumerate(rows):
        for s, p in enumerate(row):
            if p < 0:
                raise ValueError(f"{where}.likelihood[{w}][{s}] is {p}: it must be at least 0")
        if sum(row) != 1:
            raise ValueError(f"{where}.likelihood[{w}] sums to {sum(row)}: it must sum to 1")
    return Effort(_text(given["name"], f"{where}.name"), cost, rows)


def _decision(data: Any, states: list[str]) -> Decision:
    given = _object(data, "decision")
    if "guess" in given:
        _fields(data, "decision", {"guess"})
        return Decision.guess(states, _number(given["guess"], "decision.guess"))
    given = _fields(data, "decision", {"actions", "utility"})
    actions = _list(given["actions"], "decision.actions")
    named = tuple(_text(a, f"decision.actions[{k}]") for k, a in enumerate(actions))
    rows: tuple[tuple[Number, ...], ...] = _table(given["utility"], "decision.utility")
    return Decision(named, rows)


def _object(data: Any, where: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValueError(f"{where} is {_brief(data)}: it must be an object")
    return cast(dict[str, Any], data)


def _fields(
    data: Any, where: str, needed: Set[str], possible: Set[str] = frozenset()
) -> dict[str, Any]:
    given = _object(data, where)
    for name in given:
        if name not in needed | possible:
            known = ", ".join(sorted(needed | possible))
            raise ValueError(f"{where} has a field {name!r}: it may have {known}")
    for name in sorted(needed):
        if name not in given:
            raise ValueError(f"{where} has no field {name!r}")
    return given


def _list(data: Any, where: str) -> list[Any]:
    if not isinstance(data, list) or not data:
        raise ValueError(f"{where} is {_brief(data)}: it must be a list that is not empty")
    return cast(list[Any], data)


def _table(data: Any, where: str) -> tuple[tuple[Fraction, ...], ...]:
    return tuple(
        tuple(
            _number(entry, f"{where}[{r}][{c}]")
            for c, entry in enumerate(_list(row, f"{where}[{r}]"))
        )
        for r, row in enumerate(_list(data, where))
    )


def _number(data: Any, where: str) -> Fraction:
    if isinstance(data, str) and is_number(data):
        return parse(data)
    raise ValueError(f"{where} is {_brief(data)}: it must be a number, such as 0.3 or '1/3'")


def _text(data: Any, where: str) -> str:
    if not isinstance(data, str) or isinstance(data, _Digits) or not data:
        raise ValueError(f"{where} is {_brief(data)}: it must be text that is not empty")
    return data


def _brief(data: Any) -> str:
    text = repr(data)
    return text if len(text) < 60 else f"{text[:57]}..."
