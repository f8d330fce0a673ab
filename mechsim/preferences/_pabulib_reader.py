"""Reading the text of a Pabulib file, line by line; faults name the file and the line."""

import csv
import re
import warnings
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import islice
from operator import itemgetter, lt

from .._text import many
from .elections import Election
from .pabulib_files import POINTS, SETS, TYPES, PabulibFile, PabulibWarning, Row, Vote
from .surveys import _NUMBER

_NEEDED = {
    "META": ("key", "value"),
    "PROJECTS": ("project_id", "cost"),
    "VOTES": ("voter_id", "vote"),
}


_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")
"""A comma here may be the decimal sign, or stand between thousands."""
_SIGNS = re.compile(r"[,.\s']")
"""What may stand between digits; a number has one of them at most, before its decimals."""


@dataclass
class _Section:
    """The rows of a section, each with the line that it ends on."""

    header: list[str] = field(default_factory=list[str])
    rows: list[tuple[int, Row]] = field(default_factory=list[tuple[int, Row]])


Entry = tuple[str, str]
"""What stands in the columns vote and points."""


def _line_of(body: list[str], vote: int, first: int, entry: Entry) -> int:
    """The line of a vote, in lines without quotes or points; lines before it are blank or not."""
    for k, line in enumerate(body):
        if line.strip() and line.split(";")[vote].strip() == entry[0]:
            return first + k
    return first


@dataclass
class _Votes:
    """Entries of the columns vote and points, counted, and the line on which each comes first."""

    counts: Mapping[tuple[str, str], int]
    lines: Callable[[tuple[str, str]], int]
    total: int


@dataclass
class Reader:
    """Reads one file; what contradicts the format is an error or, if not strict, a warning."""

    source: str
    strict: bool
    sets: bool = False
    """Whether only votes that are sets of projects will do."""
    faults: dict[tuple[str, str], tuple[str, int]] = field(
        default_factory=dict[tuple[str, str], tuple[str, int]]
    )
    """Of each kind of fault and how it was understood, the first one and how many there are."""

    def fault(self, where: str, what: str, understood: str, kind: str = "", often: int = 1) -> None:
        """Raise, or remember to warn; ``understood`` is what is done if that is a warning."""
        message = f"{self.source}{where}: {what}"
        if self.strict:
            raise ValueError(message)
        first, count = self.faults.get((kind or what, understood), (message, 0))
        self.faults[kind or what, understood] = first, count + often

    def warn(self) -> None:
        """One warning for each kind of fault."""
        for (_, understood), (first, count) in self.faults.items():
            more = f" ({count - 1:,} more like this)" if count > 1 else ""
            warnings.warn(f"{first}: {understood}{more}", PabulibWarning, stacklevel=4)

    def read(self, text: str) -> PabulibFile:
        """The file, after warnings of what contradicts the format."""
        found = self._read(text)
        self.warn()
        return found

    def _read(self, text: str) -> PabulibFile:
        sections, votes, others = self._sections(text)
        meta = {row["key"]: (line, row["value"]) for line, row in sections["META"].rows}
        for key in ("budget", "vote_type"):
            if key not in meta:
                raise ValueError(f"{self.source}: META has no {key}")
        kind = meta["vote_type"][1]
        if kind not in TYPES:
            raise ValueError(
                f"{self.source}, line {meta['vote_type'][0]}: vote_type is {kind!r}: "
                f"it must be one of {', '.join(TYPES)}"
            )
        if self.sets and kind not in SETS:
            raise ValueError(
                f"{self.source}, line {meta['vote_type'][0]}: vote_type is {kind!r}: only "
                f"{' and '.join(SETS)} votes are ballots of an approval election; "
                "read_pabulib_file(path).approvals takes what got points or a rank as approved"
            )
        projects = self._projects(sections["PROJECTS"].rows)
        for name, count in (("num_projects", len(projects)), ("num_votes", votes.total)):
            line, stated = meta.get(name, (0, str(count)))
            if stated != str(count):
                what = f"{name} is {stated}, but there are {count}"
                self.fault(f", line {line}", what, "the rows count")
        number = {row["project_id"]: c for c, (_, row) in enumerate(projects)}
        named = "name" in sections["PROJECTS"].header
        election = Election(
            tuple(number),
            tuple(self._money(row["cost"], f", line {line}: cost") for line, row in projects),
            self._money(meta["budget"][1], f", line {meta['budget'][0]}: budget"),
            tuple(row["name"] or row["project_id"] for _, row in projects) if named else (),
        )
        counts: dict[Vote, int] = {}
        numbered = number.__getitem__
        for entry, count in votes.counts.items():
            try:
                if kind != "approval":
                    raise KeyError
                vote = Vote(tuple(map(numbered, entry[0].split(","))))
            except KeyError:  # no approvals; or an empty vote, spaces, what is no project
                vote = self._vote(entry, kind, number, votes)
            counts[vote] = counts.get(vote, 0) + count
        return PabulibFile(
            self.source,
            {key: value for key, (_, value) in meta.items()},
            election,
            tuple(row for _, row in projects),
            tuple(counts.items()),
            others,
        )

    def _projects(self, rows: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
        seen: set[str] = set()
        kept: list[tuple[int, Row]] = []
        for line, row in rows:
            name = row["project_id"]
            if name in seen:
                what = f"project_id {name!r} is repeated"
                self.fault(f", line {line}", what, "the first one counts", "repeated project")
                continue
            amount = row["cost"].replace(",", ".")
            if not self.strict and not (_NUMBER.fullmatch(amount) and Fraction(amount) > 0):
                what = f"cost is {row['cost']!r}: it must be a positive number"
                self.fault(f", line {line}", what, "the project is left out", "cost")
                continue
            seen.add(name)
            kept.append((line, row))
        return kept

    def _money(self, entry: str, name: str) -> Fraction:
        amount = entry.replace(",", ".")
        if not _NUMBER.fullmatch(amount) or Fraction(amount) <= 0:
            hint = ", with no signs between thousands" if len(_SIGNS.findall(entry)) > 1 else ""
            raise ValueError(
                f"{self.source}{name} is {entry!r}: it must be a positive number{hint}"
            )
        if _THOUSANDS.fullmatch(entry):
            where, _, what = name.rpartition(": ")
            whole = entry.replace(",", "")
            told = f"{what} is {entry!r}, which may be {whole} or {amount}: write that"
            self.fault(where, told, f"it is read as {amount}", "comma")
        return Fraction(amount)

    def _vote(
        self, entry: tuple[str, str], kind: str, number: dict[str, int], votes: _Votes
    ) -> Vote:
        said, given = entry
        chosen = [name.strip() for name in said.split(",") if name.strip()]
        points: list[str] = []
        if kind in POINTS:
            points = [text.strip() for text in given.split(",") if text.strip()]
            if len(points) != len(chosen):
                what = f"vote has {many(len(chosen), 'project')} and {many(len(points), 'number')}"
                self._fault_of(entry, votes, what, "what has no partner is left out", "partners")
                chosen, points = chosen[: len(points)], points[: len(chosen)]
        places: list[int] = []
        kept: list[Fraction] = []
        for k, name in enumerate(chosen):
            if name not in number:
                what = f"vote has {name!r}, which is the id of no project"
                self._fault_of(entry, votes, what, "it is left out", "unknown project")
                continue
            if kind == "ordinal" and number[name] in places:
                what = f"vote ranks {name!r} twice"
                self._fault_of(entry, votes, what, "its first place counts", "ranked twice")
                continue
            if points:
                if not _NUMBER.fullmatch(points[k]) or Fraction(points[k]) < 0:
                    what = f"points has {points[k]!r}: it must be a number from 0"
                    self._fault_of(entry, votes, what, "the project is left out", "points")
                    continue
                kept.append(Fraction(points[k]))
            places.append(number[name])
        if kind == "choose-1" and len(chosen) > 1:
            what = f"vote is {said!r}: a choose-1 vote has one project"
            self._fault_of(entry, votes, what, "all of them are taken", "choose-1")
        return Vote(tuple(places), tuple(kept))

    def _fault_of(self, entry: Entry, votes: _Votes, what: str, understood: str, kind: str) -> None:
        """A fault of as many votes as are alike."""
        known = (
            kind,
            understood,
        ) in self.faults  # then the line, which takes a search, is not told
        where = "" if known else f", line {votes.lines(entry)}"
        self.fault(where, what, understood, kind, votes.counts[entry])

    def _sections(
        self, text: str
    ) -> tuple[dict[str, _Section], _Votes, dict[str, tuple[list[str], ...]]]:
        """META and PROJECTS as tables, VOTES counted, and what else there is."""
        lines = text.splitlines(keepends=True)
        sections: dict[str, _Section] = {}
        others: dict[str, list[list[str]]] = {}
        votes: _Votes | None = None
        reader = csv.reader(lines, delimiter=";")
        here: str | None = None
        try:
            for entries in reader:
                row, line = [entry.strip() for entry in entries], reader.line_num
                if not any(row):
                    continue
                name = row[0].upper()
                if name == "VOTES" and not any(row[1:]):
                    votes = self._count(lines, line)
                    break
                if name in _NEEDED and not any(row[1:]):
                    here = name
                    sections[name] = _Section()
                elif name.isalpha() and row[0] == name and len(row) == 1 and here is not None:
                    here = name
                    others[name] = []
                elif here is None:
                    raise ValueError(
                        f"{self.source}, line {line}: {row[0]!r} stands before any section"
                    )
                elif here in others:
                    others[here].append(row)
                else:
                    self._add(sections[here], here, row, line)
        except csv.Error as error:
            raise ValueError(f"{self.source}, line {reader.line_num}: {error}") from None
        for name in ("META", "PROJECTS"):
            if name not in sections or not sections[name].rows:
                raise ValueError(f"{self.source}: there is no section {name}, or nothing in it")
        if votes is None or not votes.total:
            raise ValueError(f"{self.source}: there is no section VOTES, or nothing in it")
        return sections, votes, {name: tuple(rows) for name, rows in others.items()}

    def _add(self, section: _Section, name: str, row: list[str], line: int) -> None:
        if not section.header:
            self._require_columns(name, row, line)
            section.header = row
            return
        section.rows.append((line, dict(zip(section.header, self._fit(row, section.header, line),
                                            strict=True))))  # fmt: skip

    def _require_columns(self, name: str, header: Sequence[str], line: int) -> None:
        for column in _NEEDED[name]:
            if column not in header:
                raise ValueError(f"{self.source}, line {line}: there is no column {column!r}")

    def _fit(self, row: list[str], header: Sequence[str], line: int) -> list[str]:
        """As many entries as the header has; trailing ones may be left out."""
        columns = len(header)
        if any(row[columns:]):
            what = f"{len(row)} entries, but the header names {columns}"
            self.fault(f", line {line}", what, "the last ones are left out", "entries")
        return row[:columns] + [""] * (columns - len(row))

    def _count(self, lines: list[str], after: int) -> _Votes:
        """The votes, which stand on the lines ``after`` the name of their section."""
        first = after
        while first < len(lines) and not lines[first].strip():
            first += 1
        if first == len(lines):
            raise ValueError(f"{self.source}: there is no section VOTES, or nothing in it")
        header = [entry.strip() for entry in next(csv.reader([lines[first]], delimiter=";"))]
        self._require_columns("VOTES", header, first + 1)
        voter, vote = header.index("voter_id"), header.index("vote")
        points = header.index("points") if "points" in header else None
        body = lines[first + 1 :]
        columns = len(header)
        whole = "".join(body)
        if points is None and '"' not in whole:
            filled = len(body)
            while filled and body[filled - 1].isspace():
                filled -= 1
            plain = body[:filled]  # entries keep the ends of their lines until they are stripped
            if {line.count(";") for line in plain} == {columns - 1}:
                said = Counter([line.split(";", vote + 1)[vote] for line in plain])
                found = {(entry.strip(), ""): count for entry, count in said.items()}
                if len(found) == len(said):
                    named = [line.split(";", voter + 1)[voter] for line in plain]
                    self._require_different(named, whole, first + 2)
                    return _Votes(found, partial(_line_of, body, vote, first + 2), len(plain))
        rows = self._split(body)
        shortest = max(voter, vote, points or 0)
        for k, row in enumerate(rows) if {*map(len, rows)} - {columns} else ():
            if len(row) > columns or 0 < len(row) <= shortest:
                rows[k] = self._fit(row, header, first + 2 + k)
        named = [row[voter] if row else "" for row in rows]
        self._require_different(named, whole, first + 2)
        kept = [row for row in rows if row] if [] in rows else rows
        entries: Counter[tuple[str, str]] = Counter()
        if points is None:
            for entry, count in Counter(map(itemgetter(vote), kept)).items():
                entries[entry.strip(), ""] += count
        else:
            for entry, count in Counter(map(itemgetter(vote, points), kept)).items():
                entries[entry[0].strip(), entry[1].strip()] += count

        def line_of(entry: Entry) -> int:
            for k, row in enumerate(rows):
                given = "" if points is None or not row else row[points].strip()
                if row and (row[vote].strip(), given) == entry:
                    return first + 2 + k
            return first + 1

        return _Votes(entries, line_of, entries.total())

    def _require_different(self, named: list[str], whole: str, first: int) -> None:
        """No two votes, of which the lines start at ``first``, are of one voter."""
        if " " in whole or "\t" in whole:
            named = [entry.strip() for entry in named]
        if not named or (named[0] and all(map(lt, named, islice(named, 1, None)))):
            return  # in order, as they often are: this is faster than a set
        different = set(named)
        if len(different) == len(named) and "" not in different:
            return
        seen: dict[str, int] = {}
        for k, name in enumerate(named):
            if name in seen:
                what = f"voter_id {name!r} is repeated, from line {seen[name]}"
                self.fault(f", line {first + k}", what, "all votes count", "repeated voter")
            elif name:
                seen[name] = first + k

    @staticmethod
    def _split(body: list[str]) -> list[list[str]]:
        """The entries of each line; blank lines are empty."""
        whole = "".join(body)
        if '"' in whole:
            rows = list(csv.reader(body, delimiter=";"))
        else:
            rows = [line.split(";") for line in whole.replace("\r\n", "\n").split("\n")]
        if any(len(row) == 1 for row in rows):
            return [row if any(entry.strip() for entry in row) else [] for row in rows]
        return rows
