"""Finished rows on disk: a part of the table a task, and what they are rows of.

Every file is written under another name, flushed and renamed, so that at any moment, whatever is
killed, a file is there whole or not at all.  Parts are named by their contents: two runs on one
folder write the same ones.
"""

import csv
import hashlib
import io
import json
import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

from .._numbers import Number
from .._text import many
from ._fingerprint import fingerprint
from ._measuring import Cell, Measured
from .streams import key
from .study import Study

MANIFEST = "manifest.json"
PARTS = "rows"
SCHEMA = "mechsim/study/1"
MANY = 8
"""So many files are put into one at the end of a run."""

FIXED = ("point", "replicate")
"""The first columns of a part: which row it is."""

Found: TypeAlias = dict[Cell, Measured]


@dataclass(frozen=True)
class Folder:
    """Where the rows of one study and seed are kept."""

    path: Path
    study: Study[Any]
    seed: int

    def open(self) -> Found:
        """Make the folder, or read what is in it.

        Raises
        ------
        ValueError
            If there are rows of anything else: another study, seed, code, or version, or points
            that the study does not have.
        """
        there = (self.path / MANIFEST).exists()
        found: Found = {}
        if there:
            self.require("schema", "study", "seed", "common", "versions", "code")
            rows = list(self._rows(self._parts()))
            self._require_no_others(rows)
            found = self._placed(rows)
        (self.path / PARTS).mkdir(parents=True, exist_ok=True)
        text = json.dumps(self._manifest(), indent=2, ensure_ascii=False) + "\n"
        write(self.path / MANIFEST, text.encode())  # points may have come
        return found

    def _manifest(self) -> dict[str, Any]:
        study = self.study
        return {
            "schema": SCHEMA,
            "study": study.name,
            "question": study.question,
            "seed": self.seed,
            "code": fingerprint(study),
            "common": list(study.common),
            "versions": {
                "python": ".".join(platform.python_version_tuple()[:2]),
                **{name: version(name) for name in ("mechsim", "numpy", "scipy")},
            },
            "replicates": study.replicates,
            "axes": list(study.axes),
            "points": {
                name: dict(zip(study.axes, study.label(point), strict=True))
                for name, point in zip(self._names, study.points, strict=True)
            },
        }

    def require(self, *names: str) -> None:
        """Raise `ValueError` unless these entries of the manifest are those of this study."""
        there = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
        here = self._manifest()
        for name in names:
            if there.get(name) != here[name]:
                told = "" if name == "code" else f", {there.get(name)} and not {here[name]}"
                raise ValueError(
                    f"folder is {self.path}: its rows are of other {name}{told}: choose another "
                    "folder, or start anew (--fresh on the command line)"
                )

    @cached_property
    def _names(self) -> list[str]:
        """Points by 128 bits of the digest of their canonical JSON."""
        return ["".join(f"{word:08x}" for word in words) for words in map(key, self.study.written)]

    def _require_no_others(self, rows: Iterable[tuple[str, Measured]]) -> None:
        """Raise `ValueError` if rows are of points that the table would no longer have."""
        names = set(self._names)
        others = [name for name, _ in rows if name not in names]
        if not others:
            return
        known = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))["points"]
        label: dict[str, Any] = known.get(others[0], {})
        told = ", ".join(f"{axis} {entry}" for axis, entry in label.items()) or others[0]
        raise ValueError(
            f"folder is {self.path}: it has {many(len(others), 'finished row')} of "
            f"{many(len(set(others)), 'point')} that {self.study.name} does not have now, the "
            f"first of them {told}: choose another folder (--out on the command line), or start "
            "anew and lose them (--fresh)"
        )

    def read(self) -> Found:
        """The rows that are there, of points that the study still has."""
        return self._placed(self._rows(self._parts()))

    def _placed(self, rows: Iterable[tuple[str, Measured]]) -> Found:
        positions = {name: position for position, name in enumerate(self._names)}
        return {
            (positions[name], row.cell[1]): row._replace(cell=(positions[name], row.cell[1]))
            for name, row in rows
            if name in positions
        }

    def _parts(self) -> list[Path]:
        folder = self.path / PARTS
        return sorted(p for p in folder.glob("*") if p.suffix in WRITERS and p.name[0] != ".")

    def _rows(self, parts: Iterable[Path]) -> Iterator[tuple[str, Measured]]:
        for path in parts:
            yield from _read(path, curves=bool(self.study.index))

    def keep(self, rows: Sequence[Measured]) -> None:
        """Write finished rows."""
        names = self._names
        self._keep([(names[row.cell[0]], row) for row in rows])

    def _keep(self, rows: Sequence[tuple[str, Measured]]) -> set[Path]:
        """A file for each set of measures."""
        sets: dict[tuple[str, ...], list[tuple[str, Measured]]] = {}
        for name, row in rows:
            sets.setdefault(row.names, []).append((name, row))
        return {self._keep_alike(names, alike) for names, alike in sets.items()}

    def _keep_alike(self, names: tuple[str, ...], rows: Sequence[tuple[str, Measured]]) -> Path:
        header = (*FIXED, *names)
        columns: list[list[Any]] = [[] for _ in header]
        for name, row in rows:
            for step in row.steps:
                for column, entry in zip(columns, (name, row.cell[1], *step), strict=True):
                    column.append(entry)
        cells = repr([names, *((name, row.cell[1]) for name, row in rows)])
        digest = hashlib.sha256(cells.encode()).hexdigest()[:24]
        ending = ".parquet" if _has_pyarrow() else ".csv"
        path = self.path / PARTS / f"{digest}{ending}"
        write(path, WRITERS[ending](header, columns))
        return path

    def gather(self) -> None:
        """Put all rows into as few files as hold them, and remove the many."""
        parts = self._parts()
        if len(parts) < MANY:
            return
        rows = {(name, row.cell[1]): (name, row) for name, row in self._rows(parts)}
        kept = self._keep([rows[where] for where in sorted(rows)])
        for path in set(parts) - kept:
            path.unlink(missing_ok=True)


def write(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all.

    Raises
    ------
    OSError
        It names the file.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise OSError(error.errno, f"{error.strerror}: rows before are kept", str(path)) from error


def _has_pyarrow() -> bool:
    try:
        import_module("pyarrow.parquet")
    except ImportError:
        return False
    return True


def _csv(header: Sequence[str], columns: Sequence[Sequence[Any]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(zip(*columns, strict=True))
    return buffer.getvalue().encode()


def _parquet(header: Sequence[str], columns: Sequence[Sequence[Any]]) -> bytes:
    """Floats as numbers, exact numbers as text."""
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    kept = [
        column
        if place < len(FIXED) or all(type(entry) is float for entry in column)
        else list(map(str, column))
        for place, column in enumerate(columns)
    ]
    buffer = io.BytesIO()
    parquet.write_table(arrow.table(dict(zip(header, kept, strict=True))), buffer)
    return buffer.getvalue()


WRITERS = {".csv": _csv, ".parquet": _parquet}


def _read(path: Path, curves: bool) -> Iterator[tuple[str, Measured]]:
    """The name of the point of each row, and the row; its position is not known."""
    header, entries = _from_csv(path) if path.suffix == ".csv" else _from_parquet(path)
    names = tuple(header[len(FIXED) :])
    current: tuple[str, int] | None = None
    steps: list[tuple[Number, ...]] = []
    for point, replicate, *measured in entries:
        if current is not None and (current != (point, int(replicate)) or not curves):
            yield current[0], Measured((-1, current[1]), names, tuple(steps))
            steps = []
        current = point, int(replicate)
        steps.append(tuple(map(_number, measured)))
    if current is not None:
        yield current[0], Measured((-1, current[1]), names, tuple(steps))


def _from_csv(path: Path) -> tuple[list[str], Iterable[Sequence[Any]]]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def _from_parquet(path: Path) -> tuple[list[str], Iterable[Sequence[Any]]]:
    try:
        parquet = import_module("pyarrow.parquet")
    except ImportError:
        raise ValueError(f"{path}: reading it needs pyarrow: pip install 'mechsim[data]'") from None
    table: Any = parquet.read_table(path)
    return table.column_names, zip(*(x.to_pylist() for x in table.columns), strict=True)


def _number(entry: Any) -> Number:
    """A number as it was measured: text without a point or a letter is exact."""
    if isinstance(entry, float):
        return entry
    return float(entry) if set(entry) & set(".einfa") else Fraction(entry)
