"""Reading the text of a PrefLib file, line by line; faults name the file and the line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .._text import many
from ..population import Population
from .preflib_files import COMPLETE, STRICT, TYPES, PreflibFile, Sorted

_HEADER = re.compile(r"#\s*([A-Z][A-Z ]*?)\s*([0-9]{1,9})?\s*:\s*(.*)", re.IGNORECASE)
_VOTE = re.compile(r"([^:]*):(.*)")
_ENTRY = re.compile(r"\s*(?:\{([^{}]*)\}|([^,{}]*))\s*(,|$)")
_COUNT = re.compile(r"0*[1-9][0-9]{0,11}")
_NUMBER = re.compile(r"[0-9]{1,9}")
_LINE_END = re.compile(r"\r\n|\r|\n")
"""Where a line ends: not at the other characters at which `str.splitlines` ends one."""

_NAMED = ("ALTERNATIVE NAME", "CATEGORY NAME")


@dataclass
class _Header:
    """The entries of the header and the lines they stand on; names by their numbers."""

    meta: dict[str, tuple[int, str]] = field(default_factory=dict[str, "tuple[int, str]"])
    names: dict[str, dict[int, str]] = field(
        default_factory=lambda: {kind: dict[int, str]() for kind in _NAMED}
    )


@dataclass
class Reader:
    """Reads one file; what contradicts the format is an error or, if not strict, noted."""

    source: str
    strict: bool
    warnings: list[str] = field(default_factory=list[str])
    """What contradicted the format, and how it was understood, if not strict."""

    def fault(self, line: int, what: str, understood: str) -> None:
        """Raise, or note what is wrong and that ``understood`` is what is done about it."""
        message = f"{self.source}, line {line}: {what}"
        if self.strict:
            raise ValueError(message)
        self.warnings.append(f"{message}: {understood}")

    def read(self, text: str) -> PreflibFile:
        header, votes = self._split(text)
        alternatives = self._names(header, "ALTERNATIVE NAME")
        if not alternatives:
            raise ValueError(
                f"{self.source}: there is no line '# ALTERNATIVE NAME 1: ...': this is no PrefLib "
                "file, or one of the time before its header had names for its entries"
            )
        data_type = self._type(header)
        categories = self._names(header, "CATEGORY NAME") if data_type == "cat" else ()
        if data_type == "cat" and not categories:
            raise ValueError(f"{self.source}: there is no line '# CATEGORY NAME 1: ...'")
        self._compare(header, "NUMBER ALTERNATIVES", len(alternatives), "the names count")
        if categories:
            self._compare(header, "NUMBER CATEGORIES", len(categories), "the names count")
        counts: dict[Sorted, int] = {}
        for line, entry in votes:
            read = self._vote(line, entry, data_type, len(alternatives), len(categories))
            if read is not None:
                counts[read[1]] = counts.get(read[1], 0) + read[0]
        if not counts:
            raise ValueError(f"{self.source}: there are no votes below the header")
        self._compare(header, "NUMBER VOTERS", sum(counts.values()), "the votes count")
        unique = "NUMBER UNIQUE PREFERENCES" if data_type == "cat" else "NUMBER UNIQUE ORDERS"
        self._compare(header, unique, len(counts), "the votes count")
        return PreflibFile(
            self.source,
            header.meta.get("TITLE", (0, ""))[1],
            data_type,
            alternatives,
            Population(tuple(counts), tuple(counts.values())),
            categories,
            {key: value for key, (_, value) in header.meta.items()},
        )

    def _split(self, text: str) -> tuple[_Header, list[tuple[int, str]]]:
        """The header, and the lines below it that are not blank."""
        header, votes = _Header(), list[tuple[int, str]]()
        if not text.strip():
            raise ValueError(f"{self.source}: the file is empty")
        for line, entry in enumerate(_LINE_END.split(text), start=1):
            stripped = entry.strip()
            if stripped.startswith("#"):
                self._entry(header, line, stripped)
            elif stripped:
                votes.append((line, stripped))
        return header, votes

    def _entry(self, header: _Header, line: int, entry: str) -> None:
        found = _HEADER.fullmatch(entry)
        if found is None:
            self.fault(line, f"{entry!r} is not '# KEY: value'", "it is left out")
            return
        key, number, value = found[1].upper(), found[2], found[3].strip()
        if number is not None and key in _NAMED:
            if int(number) in header.names[key]:
                self.fault(line, f"{key} {int(number)} is given twice", "the first one counts")
            self._name(header.names[key], line, int(number), value, key)
            return
        key = key if number is None else f"{key} {number}"
        if key in header.meta:
            self.fault(line, f"{key} is given twice", "the first one counts")
        else:
            header.meta[key] = line, value

    def _name(self, names: dict[int, str], line: int, number: int, value: str, key: str) -> None:
        others = {name for k, name in names.items() if k != number}
        if not value or value in others:
            what = f"{key} {number} is {value!r}: names must differ, and be some text"
            called = f"{value} ({number})" if value else str(number)
            while called in others:
                called = f"{called} ({number})"
            self.fault(line, what, f"it is called {called!r}")
            value = called
        names.setdefault(number, value)

    def _type(self, header: _Header) -> str:
        ending = Path(self.source).suffix[1:].lower()
        line, stated = header.meta.get("DATA TYPE", (0, ending))
        kind = stated.lower()
        if kind not in TYPES:
            where = f", line {line}: DATA TYPE" if line else ": the file's ending"
            raise ValueError(
                f"{self.source}{where} is {stated!r}: it must be one of {', '.join(TYPES)}"
            )
        if ending in TYPES and ending != kind:
            what = f"DATA TYPE is {kind}, but the file's name ends in .{ending}"
            self.fault(line, what, "the header counts")
        return kind

    def _names(self, header: _Header, key: str) -> tuple[str, ...]:
        names = header.names[key]
        if names and set(names) != set(range(1, len(names) + 1)):
            missing = next(k for k in range(1, len(names) + 1) if k not in names)
            raise ValueError(
                f"{self.source}: there is no {key} {missing}, but there is one with the number "
                f"{max(names)}: they are counted from 1"
            )
        return tuple(names[k] for k in sorted(names))

    def _compare(self, header: _Header, key: str, count: int, understood: str) -> None:
        line, stated = header.meta.get(key, (0, str(count)))
        if stated.lstrip("0") != str(count):
            self.fault(line, f"{key} is {stated}, but there are {count}", understood)

    def _vote(
        self, line: int, entry: str, data_type: str, alternatives: int, categories: int
    ) -> tuple[int, Sorted] | None:
        """How many cast it, and the vote; None if it is left out."""
        found = _VOTE.fullmatch(entry)
        if found is None:
            self.fault(line, f"{entry!r} is not 'count: vote'", "it is left out")
            return None
        if not _COUNT.fullmatch(found[1].strip()):
            what = f"the count is {found[1].strip()!r}: it must be a positive whole number"
            self.fault(line, what, "the vote is left out")
            return None
        parts = list(_entries(found[2].strip()))
        if None in parts:
            what = f"the vote is {found[2].strip()!r}: braces and commas do not fit together"
            self.fault(line, what, "it is left out")
            return None
        if not parts:
            self.fault(line, "the vote is empty", "it is kept so")
        if [] in parts and data_type != "cat":
            self.fault(line, "the vote has {}: nothing is tied there", "it is left out")
        vote = self._read_sets(line, [part for part in parts if part is not None], alternatives)
        if data_type == "cat":
            return int(found[1]), self._categorical(line, vote, categories)
        return int(found[1]), self._order(line, vote, data_type, alternatives)

    def _read_sets(self, line: int, parts: list[list[str]], alternatives: int) -> Sorted:
        """The sets of a vote, each alternative in the first one that has it."""
        seen: set[int] = set()
        vote: list[frozenset[int]] = []
        for part in parts:
            kept: set[int] = set()
            for said in part:
                if not _NUMBER.fullmatch(said) or not 1 <= int(said) <= alternatives:
                    what = f"the vote has {said!r}: alternatives are numbered 1 to {alternatives}"
                    self.fault(line, what, "it is left out")
                elif int(said) - 1 in seen:
                    self.fault(line, f"the vote has {said} twice", "its first place counts")
                else:
                    seen.add(int(said) - 1)
                    kept.add(int(said) - 1)
            vote.append(frozenset(kept))
        return tuple(vote)

    def _categorical(self, line: int, vote: Sorted, categories: int) -> Sorted:
        if len(vote) != categories:
            what = f"the vote has {len(vote)} categories, but there are {categories}"
            self.fault(line, what, "missing ones are empty, more are left out")
        return (*vote[:categories], *[frozenset[int]()] * (categories - len(vote)))

    def _order(self, line: int, vote: Sorted, data_type: str, alternatives: int) -> Sorted:
        vote = tuple(tied for tied in vote if tied)
        if data_type in STRICT and any(len(tied) > 1 for tied in vote):
            what = f"the vote has ties: votes of {data_type} have none"
            self.fault(line, what, "they are kept")
        lacking = alternatives - sum(map(len, vote))
        if data_type in COMPLETE and lacking:
            what = f"the vote lacks {many(lacking, 'alternative')}: votes of {data_type} have all"
            self.fault(line, what, "it is kept so")
        return vote


def _entries(vote: str) -> Iterator[list[str] | None]:
    """What stands between the commas, in braces or alone; None where it makes no sense."""
    place, more = 0, bool(vote)
    while more:
        found = _ENTRY.match(vote, place)
        if found is None or (found[1] is None and not found[2].strip()):
            yield None
            return
        inside = found[2] if found[1] is None else found[1]
        yield [said.strip() for said in inside.split(",")] if inside.strip() else []
        place, more = found.end(), found[3] == ","
