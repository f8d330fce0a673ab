"""Elections from files in the Pabulib format (``.pb``), read exactly.

A file has three sections, META, PROJECTS and VOTES; each is a table of entries separated by
semicolons below a header.  Quoted entries may hold semicolons; a comma may be the decimal sign.

References
----------
Stolicki, Szufa, Talmon. Pabulib: A Participatory Budgeting Library. arXiv:2012.06539.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

from ..population import Population, tally
from .elections import Ballot, Election
from .surveys import _NUMBER

APPROVAL = ("approval", "choose-1")
"""Vote types in which a vote is a set of projects."""

Row = dict[str, str]


def read_pabulib(path: str | Path) -> tuple[Election, Population]:
    """The election in the file at ``path``, and its ballots, counted.

    Projects are known by their ids, in the order of the file, and told by their names where the
    file has any.  Other columns are ignored.  An empty vote is an empty ballot.

    Parameters
    ----------
    path : path of a UTF-8 text file

    Raises
    ------
    ValueError
        If the file is no approval election, lacks something, or contradicts itself; the message
        names the file and the line.

    Examples
    --------
    >>> election, ballots = village()
    >>> print(ballots)
    12 reports of 5 values
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{path}: {error.reason} at byte {error.start}: save it as UTF-8"
        ) from None
    return _election(text.splitlines(keepends=True), str(path))


def village() -> tuple[Election, Population]:
    """A small election of our own making, which ships with the library: 6 projects, 12 voters."""
    text = (files("mechsim") / "data" / "village.pb").read_text(encoding="utf-8")
    return _election(text.splitlines(keepends=True), "village.pb")


@dataclass
class _Section:
    """The rows of a section, each with the line that it ends on."""

    header: list[str] = field(default_factory=list[str])
    rows: list[tuple[int, Row]] = field(default_factory=list[tuple[int, Row]])


def _election(text: Iterable[str], source: str) -> tuple[Election, Population]:
    sections = _sections(text, source)
    meta = {row["key"]: (line, row["value"]) for line, row in sections["META"].rows}
    for key in ("budget", "vote_type"):
        if key not in meta:
            raise ValueError(f"{source}: META has no {key}")
    kind = meta["vote_type"][1]
    if kind not in APPROVAL:
        raise ValueError(
            f"{source}, line {meta['vote_type'][0]}: vote_type is {kind!r}: "
            f"only {' and '.join(APPROVAL)} votes are ballots of an approval election"
        )
    projects = sections["PROJECTS"].rows
    for name, rows in (("num_projects", projects), ("num_votes", sections["VOTES"].rows)):
        line, stated = meta.get(name, (0, str(len(rows))))
        if stated != str(len(rows)):
            raise ValueError(
                f"{source}, line {line}: {name} is {stated}, but there are {len(rows)}"
            )
    number: dict[str, int] = {}
    for line, row in projects:
        if row["project_id"] in number:
            raise ValueError(f"{source}, line {line}: project_id {row['project_id']!r} is repeated")
        number[row["project_id"]] = len(number)
    named = "name" in sections["PROJECTS"].header
    election = Election(
        tuple(number),
        tuple(_money(row["cost"], f"{source}, line {line}: cost") for line, row in projects),
        _money(meta["budget"][1], f"{source}, line {meta['budget'][0]}: budget"),
        tuple(row["name"] or row["project_id"] for _, row in projects) if named else (),
    )
    ballots, counts = zip(
        *tally(
            [
                _ballot(row, kind, number, f"{source}, line {line}")
                for line, row in sections["VOTES"].rows
            ]
        ),
        strict=True,
    )
    return election, Population(ballots, counts)


_NEEDED = {
    "META": ("key", "value"),
    "PROJECTS": ("project_id", "cost"),
    "VOTES": ("voter_id", "vote"),
}


def _sections(text: Iterable[str], source: str) -> dict[str, _Section]:
    """The sections, each entry stripped and known by its column."""
    sections: dict[str, _Section] = {}
    reader = csv.reader(text, delimiter=";")
    section = None
    try:
        for entries in reader:
            row, line = [entry.strip() for entry in entries], reader.line_num
            if not any(row):
                continue
            if row[0].upper() in _NEEDED and not any(row[1:]):
                section = sections[row[0].upper()] = _Section()
            elif section is None:
                raise ValueError(f"{source}, line {line}: {row[0]!r} stands before any section")
            elif not section.header:
                section.header = row
                for column in _NEEDED[list(sections)[-1]]:
                    if column not in row:
                        raise ValueError(f"{source}, line {line}: there is no column {column!r}")
            else:
                columns = len(section.header)
                if any(row[columns:]):
                    raise ValueError(
                        f"{source}, line {line}: {len(row)} entries, but the header names {columns}"
                    )
                row += [""] * (columns - len(row))  # trailing entries may be left out
                section.rows.append((line, dict(zip(section.header, row, strict=False))))
    except csv.Error as error:
        raise ValueError(f"{source}, line {reader.line_num}: {error}") from None
    for name in _NEEDED:
        if name not in sections or not sections[name].rows:
            raise ValueError(f"{source}: there is no section {name}, or nothing in it")
    return sections


def _ballot(row: Row, kind: str, number: dict[str, int], where: str) -> Ballot:
    chosen = [project.strip() for project in row["vote"].split(",") if project.strip()]
    for project in chosen:
        if project not in number:
            raise ValueError(f"{where}: vote has {project!r}, which is the id of no project")
    if kind == "choose-1" and len(chosen) > 1:
        raise ValueError(f"{where}: vote is {row['vote']!r}: a choose-1 vote has one project")
    return frozenset(number[project] for project in chosen)


def _money(entry: str, name: str) -> Fraction:
    amount = entry.replace(",", ".")
    if not _NUMBER.fullmatch(amount) or Fraction(amount) <= 0:
        raise ValueError(f"{name} is {entry!r}: it must be a positive number")
    return Fraction(amount)
