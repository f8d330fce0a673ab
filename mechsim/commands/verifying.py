"""``mechsim verify``: re-derive every claim of the catalogue, of a folder or of one card."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from tqdm.auto import tqdm

from .._json import JSON
from .._tables import Table
from .._text import brief
from ..axioms import Unknown
from ..axioms.names import label
from ..catalogue import Entry, Holds, Rederived, entries, find, known, load
from . import _arguments, asking, exits


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "verify",
        help="Re-derive every claim made of the mechanisms.",
        description=(
            "Re-derive every claim: exhaust the domains of those that hold, replay the witnesses "
            "of those that fail.  Exits with 1 if a claim is false, 3 if one is unknown."
        ),
    )
    parser.add_argument(
        "target",
        nargs="*",
        metavar="FOLDER|CARD",
        help=(
            "a folder of cards, a card file, or a name from `mechsim list` (default: all); or one "
            "mechanism to ask about, as package.module:function or file.py:function"
        ),
    )
    parser.add_argument(
        "--verbose", action="store_true", help="print every claim with its reason or witness"
    )
    asking.add_to(parser)
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the tables, the claims that are false, and the count."""
    if asking.is_question(options):
        return asking.run(options)
    shipped = entries()
    chosen = tuple(e for target in options.target for e in _chosen(target)) or shipped
    catalogue = {(entry.family, entry.name): entry for entry in (*shipped, *chosen)}
    results = rederive(chosen, tuple(catalogue.values()))
    false = [result for result in results if not result.true]
    if options.json:
        _arguments.print_json("verify", {"claims": [_plain(result) for result in results]})
    else:
        print(tables(results))
        for result in results if options.verbose else false:
            print(f"\n{'' if result.true else 'FALSE: '}{sentence(result)}")
        print(f"\n{count(results)}")
    undecided = [r for r in false if isinstance(r.claim, Holds) and isinstance(r.verdict, Unknown)]
    if len(false) > len(undecided):
        return exits.REFUTED
    return exits.UNKNOWN if undecided else exits.DONE


def _chosen(target: str) -> tuple[Entry, ...]:
    path = Path(target)
    if not target:
        raise ValueError("the target is empty: it must be a folder, a file or a name")
    named = not path.suffix and path.parent == Path() and not target.endswith("/")
    if named and (known(target) or not path.exists()):
        return (find(target),)
    return load(path)


def rederive(chosen: Sequence[Entry], catalogue: Sequence[Entry]) -> list[Rederived]:
    """Every claim of ``chosen`` again, with a progress bar; foils come from ``catalogue``."""
    cards = [entry.card for entry in catalogue]
    claims = [(entry, claim) for entry in chosen for claim in entry.card.claims]
    bar = tqdm(claims, desc="claims", unit="claim", leave=False, disable=None)
    return [claim.rederive(entry, cards) for entry, claim in bar]


def count(results: Sequence[Rederived]) -> str:
    """How many claims there were, and how many of them are false."""
    false = sum(not result.true for result in results)
    noun = "claim" if len(results) == 1 else "claims"
    return f"{len(results)} {noun} re-derived, {false} false."


def tables(results: Sequence[Rederived]) -> str:
    """A table a family, mechanism by axiom, and what the columns and brackets mean."""
    families = dict.fromkeys(result.entry.family for result in results)
    parts = [
        table(family, [result for result in results if result.entry.family == family])
        for family in families
    ]
    axioms = {label(result.claim.reading): brief(result.claim.reading) for result in results}
    legend = "; ".join(f"{short} = {name}" for short, name in axioms.items() if short != name)
    explained = (
        "proved: every case of a finite domain was evaluated (--verbose says of which), and the\n"
        "same test refutes [k] foils, mechanisms known to fail.  refuted: the witness was replayed."
    )
    return "\n\n".join([*parts, *([f"{legend}."] if legend else []), explained])


def table(family: str, results: Sequence[Rederived]) -> str:
    """Mechanism by axiom; where several claims meet in a cell, a false one is shown first."""
    columns = dict.fromkeys(label(result.claim.reading) for result in results)
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for result in results:
        cells = rows.setdefault((result.entry.name, result.entry.card.title), {})
        column = label(result.claim.reading)
        if not result.true or column not in cells:
            cells[column] = _cell(result)
    body = ((title, *(cells.get(c, "") for c in columns)) for (_, title), cells in rows.items())
    return str(Table((family, *columns), tuple(body)))


def _cell(result: Rederived) -> str:
    if not result.true:
        return "FALSE"
    power = f" [{result.foils}]" if result.foils is not None else ""
    return f"{result.verdict.word}{power}"


def sentence(result: Rederived) -> str:
    """One claim: what was found, and why."""
    reason = f" Because {result.note}." if result.true and result.foils is not None else ""
    found = str(result.verdict) if result.true else f"{result.entry.card.title}: {result.note}"
    return f"{found}.{reason}"


def _plain(result: Rederived) -> dict[str, JSON]:
    return {
        "mechanism": result.entry.name,
        "family": result.entry.family,
        "claim": type(result.claim).__name__,
        "axiom": brief(result.claim.reading),
        "true": result.true,
        "note": result.note,
        "foils": result.foils,
        "verdict": result.verdict.to_json(),
    }
