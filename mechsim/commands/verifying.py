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
from ..catalogue import Entry, Rederived, entries, find, load
from . import _arguments, exits


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
        nargs="?",
        metavar="FOLDER|CARD",
        help="a folder of cards, a card file, or a name from `mechsim list` (default: all)",
    )
    parser.add_argument(
        "--verbose", action="store_true", help="print every claim with its reason or witness"
    )
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the table, the claims that are false, and the count."""
    shipped = entries()
    chosen = shipped if options.target is None else _chosen(options.target)
    results = rederive(chosen, [entry.card for entry in (*shipped, *chosen)])
    false = [result for result in results if not result.true]
    if options.json:
        _arguments.print_json("verify", {"claims": [_plain(result) for result in results]})
    else:
        print(table(results))
        for result in results if options.verbose else false:
            print(f"\n{'' if result.true else 'FALSE: '}{sentence(result)}")
        print(f"\n{len(results)} claims re-derived, {len(false)} of them false.")
    if any(not isinstance(result.verdict, Unknown) for result in false):
        return exits.REFUTED
    return exits.UNKNOWN if false else exits.DONE


def _chosen(target: str) -> tuple[Entry, ...]:
    path = Path(target)
    return load(path) if path.exists() or path.suffix or path.parent != Path() else (find(target),)


def rederive(chosen: Sequence[Entry], catalogue: Sequence[object]) -> list[Rederived]:
    """Every claim of ``chosen`` again, with a progress bar; foils come from ``catalogue``."""
    from ..catalogue import Card

    cards = [card for card in catalogue if isinstance(card, Card)]
    claims = [(entry.card, claim) for entry in chosen for claim in entry.card.claims]
    bar = tqdm(claims, desc="claims", unit="claim", leave=False, disable=None)
    return [claim.rederive(card, cards) for card, claim in bar]


def table(results: Sequence[Rederived]) -> str:
    """Mechanism by axiom; below it what the columns are and what the brackets mean."""
    axioms = {label(result.claim.axiom): result.claim.axiom for result in results}
    rows: dict[str, dict[str, str]] = {}
    for result in results:
        cells = rows.setdefault(result.card.title, {})
        column = label(result.claim.axiom)
        if cells.get(column) != "FALSE" and (column not in cells or not result.true):
            cells[column] = _cell(result)
    body = tuple(
        (title, *(cells.get(column, "") for column in axioms)) for title, cells in rows.items()
    )
    legend = "; ".join(f"{short} = {brief(axiom)}" for short, axiom in axioms.items())
    return (
        f"{Table(('mechanism', *axioms), body)}\n\n{legend}.\n"
        "proved: every case of a finite domain was evaluated, and the same test refutes [k] foils, "
        "mechanisms known to fail.\nrefuted: the witness was replayed."
    )


def _cell(result: Rederived) -> str:
    if not result.true:
        return "FALSE"
    power = f" [{result.foils}]" if result.foils is not None else ""
    return f"{result.verdict.word}{power}"


def sentence(result: Rederived) -> str:
    """One claim: what was found, and why."""
    reason = f" Because {result.note}." if result.true and result.foils is not None else ""
    found = str(result.verdict) if result.true else f"{result.card.title}: {result.note}"
    return f"{found}.{reason}"


def _plain(result: Rederived) -> dict[str, JSON]:
    return {
        "mechanism": result.card.title,
        "claim": type(result.claim).__name__,
        "axiom": brief(result.claim.axiom),
        "true": result.true,
        "note": result.note,
        "foils": result.foils,
        "verdict": result.verdict.to_json(),
    }
