"""Values of goods from files: one row an agent, one column a good.

Text is comma-, semicolon- or tab-separated; the first line may name the goods, and the first column
the agents.  JSON is an object with ``values`` (or ``costs`` and ``approvals``), and ``goods`` and
``agents`` if they have names; or an object of the agents, each with an object of its values.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Real
from pathlib import Path
from typing import Any, cast

from ._rows import require_names
from .additive import Goods
from .chores import Chores
from .cost_utilities import CostUtilities
from .surveys import is_number, parse

SEPARATORS = "\t;,"
"""The first of them that is in the first line separates columns."""

CORNER = ("", "agent", "agents", "name", "names", "id")
"""What may stand above the agents' names."""


@dataclass(frozen=True)
class ValueFile:
    """What a file says about agents and goods.

    Parameters
    ----------
    source : str
        The file.
    setting : Goods, Chores or CostUtilities
        The goods; and the agents, if the file names them.
    reports : tuple
        One row of values, or set of goods, an agent.
    """

    source: str
    setting: Any
    reports: tuple[Any, ...]


def read_values(path: str | Path, *, costs: Sequence[int | Fraction] | None = None) -> ValueFile:
    """The values, or approvals, in a .csv, .tsv, .txt or .json file; numbers are exact.

    Parameters
    ----------
    path : path of a UTF-8 file
        A first line without numbers names the goods; its first entry may be one, if it has
        others.  A first column without numbers, or above which stands nothing, ``agent``,
        ``name`` or ``id``, names the agents.  Where semicolons or tabs separate the columns, a
        comma may be the decimal sign.  Where values are below 0, they are of chores.
    costs : sequence of int or Fraction, optional
        What each good costs.  Entries must then be 1 or 0, for goods that an agent wants or not.

    Returns
    -------
    ValueFile

    Raises
    ------
    ValueError
        If an entry is no number from 0, or a row is too long or too short; the message names the
        file, the row, from 1 and without the header, and the column.
    """
    path = Path(path)
    if not path.is_file():
        raise ValueError(f"{path}: there is no such file")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: it is not UTF-8 text: byte {error.start}") from None
    goods, agents, rows, priced = (_json if path.suffix.lower() == ".json" else _text)(path, text)
    if costs is not None and priced is not None:
        raise ValueError(f"costs is given, and {path} has costs of its own")
    priced = priced if costs is None else [Fraction(cost) for cost in costs]
    require_names(goods, f"{path}: goods")
    require_names(agents, f"{path}: agents")
    if priced is None:
        setting = goods_or_chores(rows, goods, agents, f"{path}: values")
        return ValueFile(str(path), setting, setting.read(rows))
    wanted = CostUtilities(goods, tuple(priced), agents=agents)
    approvals = [
        [_wants(path, agent, k, v) for k, v in enumerate(r)] for agent, r in enumerate(rows)
    ]
    sets = [[g for g, wants in enumerate(row) if wants] for row in approvals]
    return ValueFile(str(path), wanted, wanted.read(sets))


def goods_or_chores(
    rows: Sequence[Sequence[Any]], names: tuple[str, ...], agents: tuple[str, ...], name: str
) -> Goods | Chores:
    """What is divided: chores, if one is worth less than nothing to somebody.

    Raises
    ------
    ValueError
        If values above and below 0 are mixed; ``name`` is for the message.
    """
    signs: dict[bool, str] = {}
    for agent, row in enumerate(rows):
        for good, value in enumerate(row):
            if isinstance(value, Real) and value and good < len(names):
                who = agents[agent] if agent < len(agents) else f"agent {agent}"
                signs.setdefault(bool(value < 0), f"{value} ({names[good]}, {who})")
    if len(signs) == 2:
        raise ValueError(
            f"{name} has {signs[False]} and {signs[True]}: all must be at least 0, of goods, or "
            "all at most 0, of chores"
        )
    return Chores(names, agents=agents) if True in signs else Goods(names, agents=agents)


def _wants(path: Path, agent: int, good: int, entry: Fraction) -> bool:
    if entry not in (0, 1):
        raise ValueError(
            f"{path}, row {agent + 1}, column {good + 1}: it is {entry}: with costs, entries are 1 "
            "for what the agent wants and 0 for the rest"
        )
    return entry == 1


Read = tuple[tuple[str, ...], tuple[str, ...], list[list[Fraction]], list[Fraction] | None]
"""Goods, agents, values, and costs if there are any."""


def _text(path: Path, text: str) -> Read:
    mark = next((mark for mark in SEPARATORS if mark in text.partition("\n")[0]), ",")
    listed = [
        [cell.strip() for cell in row]
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    ]
    lines = [row for row in listed if any(row)]
    if not lines:
        raise ValueError(f"{path} is empty: it must have one row an agent")
    comma = mark != ","

    def number(cell: str) -> bool:
        return is_number(cell.replace(",", ".") if comma else cell)

    corner = lines[0][0].lower() in CORNER
    headed = corner or not any(map(number, lines[0][1:] or lines[0]))
    body = lines[1:] if headed else lines
    if not body:
        raise ValueError(f"{path} has a header only: it must have one row an agent")
    named = corner or not number(body[0][0])
    if not corner and any(number(row[0]) == named for row in body):
        raise ValueError(
            f"{path}: some rows begin with a number and some do not: where the first column names "
            f"the agents and some names are numbers, 'agent' must stand above them"
        )
    header = lines[0][len(lines[0]) == len(body[0]) and named :] if headed else []
    if headed and corner:
        header = lines[0][1:]
    many = len(header) if headed else len(body[0]) - named
    rows: list[list[Fraction]] = []
    for agent, row in enumerate(body, start=1):
        cells = row[named:]
        if len(cells) != many:
            raise ValueError(
                f"{path}, row {agent}: it has {len(cells)} values: it must have one for each of "
                f"{many} goods"
            )
        values: list[Fraction] = []
        for good, cell in enumerate(cells):
            if not number(cell):
                column = repr(header[good]) if headed else str(good + 1 + named)
                raise ValueError(
                    f"{path}, row {agent}, column {column}: it is {cell!r}: it must be a number"
                )
            values.append(parse(cell.replace(",", ".") if comma else cell))
        rows.append(values)
    goods = tuple(header) if headed else _numbered("good", len(rows[0]))
    return goods, tuple(row[0] for row in body) if named else (), rows, None


def _json(path: Path, text: str) -> Read:
    try:
        given: Any = json.loads(text, parse_float=Fraction, object_pairs_hook=_once)
    except ValueError as error:
        raise ValueError(f"{path}: it is no JSON: {error}") from None
    data: Any = {"values": cast(Any, given)} if isinstance(given, list) else given
    if not isinstance(data, dict):
        raise ValueError(f"{path}: it must be an object with values, or a list of rows")
    found = cast("dict[str, Any]", data)
    if not {"values", "approvals"} & set(found):
        found = _of_agents(path, found)
    unknown = set(found) - {"goods", "agents", "values", "costs", "approvals"}
    if unknown:
        raise ValueError(
            f"{path}: it has {', '.join(sorted(unknown))}: it may have goods, agents, and values, "
            "or costs and approvals"
        )
    for name, entry in found.items():
        if not isinstance(entry, list):
            raise ValueError(f"{path}: {name} is {entry!r}: it must be a list")
    agents = tuple(map(str, found.get("agents", ())))
    if "values" in found:
        if "costs" in found or "approvals" in found:
            raise ValueError(f"{path}: it has values, and costs or approvals: one of them says all")
        rows = [_row(path, agent, row) for agent, row in enumerate(found["values"], start=1)]
        if not rows or not rows[0]:
            raise ValueError(
                f"{path}: values is empty: it must have a row an agent, with an entry a good"
            )
        goods = tuple(map(str, found.get("goods", _numbered("good", len(rows[0])))))
        return goods, agents, rows, None
    if "costs" not in found:
        raise ValueError(f"{path}: it has approvals and no costs")
    costs = _row(path, "costs", found["costs"])
    goods = tuple(map(str, found.get("goods", _numbered("good", len(costs)))))
    wanted = CostUtilities(goods, tuple(costs), agents=agents).read(found["approvals"])
    return goods, agents, [[Fraction(g in w) for g in range(len(goods))] for w in wanted], costs


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for place, (key, _) in enumerate(pairs):
        if key in dict(pairs[:place]):
            raise ValueError(f"it has {key!r} twice")
    return dict(pairs)


def _of_agents(path: Path, found: Mapping[str, Any]) -> dict[str, Any]:
    """``{"ann": {"car": 4}, ...}`` as rows; the first agent says which goods there are."""
    if not found or not all(isinstance(row, dict) for row in found.values()):
        raise ValueError(f"{path}: it must have values, or an object of its values for each agent")
    goods = list(next(iter(found.values())))
    for agent, row in found.items():
        if set(row) != set(goods):
            raise ValueError(
                f"{path}: {agent} has values of {', '.join(row)}: "
                f"they must be of {', '.join(goods)}"
            )
    values = [[row[good] for good in goods] for row in found.values()]
    return {"goods": goods, "agents": list(found), "values": values}


def _row(path: Path, agent: int | str, row: Any) -> list[Fraction]:
    if not isinstance(row, list):
        raise ValueError(f"{path}, row {agent}: it is {row!r}: it must be a list of numbers")
    return [_number(path, agent, k, entry) for k, entry in enumerate(cast("list[Any]", row), 1)]


def _number(path: Path, agent: int | str, column: int, entry: Any) -> Fraction:
    if type(entry) in (int, Fraction):
        return Fraction(entry)
    if isinstance(entry, str) and is_number(entry):
        return parse(entry)
    raise ValueError(f"{path}, row {agent}, column {column}: it is {entry!r}: it must be a number")


def _numbered(word: str, count: int) -> tuple[str, ...]:
    return tuple(f"{word} {k}" for k in range(1, count + 1))
