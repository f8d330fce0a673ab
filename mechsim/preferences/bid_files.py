"""Auctions from files: one row a bidder, with its value of a click and what its position brings."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from .._numbers import Number, real
from .surveys import is_number, parse


@dataclass(frozen=True)
class BidFile:
    """What an auction file says.

    Parameters
    ----------
    source : str
        The file.
    bidders : tuple of str
        Their names, in file order.
    values : tuple of Number
        Of a click.
    slots : tuple of tuples of Number
        One row a bidder, one entry a column ``slot...``; empty without such columns.
    qualities : tuple of Number
        The column ``quality``; empty without one.
    """

    source: str
    bidders: tuple[str, ...]
    values: tuple[Number, ...]
    slots: tuple[tuple[Number, ...], ...]
    qualities: tuple[Number, ...]


def read_bids(path: str | Path) -> BidFile:
    """Read a .csv or .parquet file with columns ``bidder``, ``value``, ``slot1``, ``slot2``, ...

    ``quality`` may stand for the slots.  Decimals of text and fractions (``1/3``) are exact.

    Raises
    ------
    ValueError
        If a column is missing or unknown, a name is empty or occurs twice, or an entry is no number
        from 0; it names the row and the column.
    """
    path = Path(path)
    if not path.is_file():
        raise ValueError(f"{path}: there is no such file")
    parquet = path.suffix.lower() in (".parquet", ".pq")
    header, rows = _parquet(path) if parquet else _text(path)
    known = {"bidder", "value", "quality"}
    for k, name in enumerate(header):
        if header.count(name) > 1:
            raise ValueError(f"{path}: there are {header.count(name)} columns {name!r}")
        if name not in known and not (name.startswith("slot") and name[4:].isdigit()):
            raise ValueError(
                f"{path}: column {k + 1} is {name!r}: it must be bidder, value, quality, or slot1, "
                "slot2, ..."
            )
    for name in ("bidder", "value"):
        if name not in header:
            raise ValueError(f"{path}: there is no column {name!r}")
    if not rows:
        raise ValueError(f"{path} has no bidders")
    places = {name: k for k, name in enumerate(header)}
    slots = sorted((name for name in header if name.startswith("slot")), key=lambda x: int(x[4:]))
    if [int(name[4:]) for name in slots] != list(range(1, len(slots) + 1)):
        raise ValueError(
            f"{path}: the slots are {', '.join(slots)}: they must be slot1, slot2, ..."
        )

    def number(row: int, name: str) -> Number:
        return _number(rows[row][places[name]], f"{path}, row {row + 1}: {name}")

    numbers = range(len(rows))
    names = tuple(str(row[places["bidder"]] or "").strip() for row in rows)
    for row, name in enumerate(names):
        if not name or name in names[:row]:
            told = "empty" if not name else f"{name!r}, as in another row"
            raise ValueError(f"{path}, row {row + 1}: bidder is {told}: names must differ")
    return BidFile(
        str(path),
        names,
        tuple(number(row, "value") for row in numbers),
        tuple(tuple(number(row, name) for name in slots) for row in numbers) if slots else (),
        tuple(number(row, "quality") for row in numbers) if "quality" in places else (),
    )


def _number(entry: Any, name: str) -> Number:
    if isinstance(entry, str):
        text = entry.strip()
        if not is_number(text):
            raise ValueError(f"{name} is {entry!r}: it must be a number")
        found: Number = parse(text)
    else:
        found = real(entry, name)
    if found < 0:
        raise ValueError(f"{name} is {found}: it must be at least 0")
    return found


def _text(path: Path) -> tuple[list[str], list[Sequence[Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [row for row in csv.reader(file) if row]
    if not lines:
        raise ValueError(f"{path} is empty: the first line names the columns")
    header = [name.strip() for name in lines[0]]
    for k, row in enumerate(lines[1:], start=1):
        if len(row) != len(header):
            raise ValueError(
                f"{path}, row {k}: it has {len(row)} entries for {len(header)} columns"
            )
    return header, list(lines[1:])


def _parquet(path: Path) -> tuple[list[str], list[Sequence[Any]]]:
    try:
        parquet = import_module("pyarrow.parquet")
    except ImportError:
        raise ValueError(
            f"{path}: reading Parquet needs pyarrow: pip install 'mechsim[data]'"
        ) from None
    table: Any = parquet.read_table(path)
    columns = [column.to_pylist() for column in table.columns]
    return list(table.column_names), list(zip(*columns, strict=True))
