"""``mechsim verify``: re-derive every claim of the catalogue, of a folder or of one card."""

import argparse
import textwrap
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .._json import JSON
from .._progress import tqdm
from .._tables import Table
from .._text import brief, many
from ..axioms import Proved, Unknown
from ..axioms.names import label
from ..catalogue import (
    Continuum,
    Entry,
    Fails,
    Floor,
    Optimal,
    Ratio,
    Rederived,
    entries,
    find,
    known,
    load,
)
from ..objectives.ratio import show_ratio
from . import _arguments, asking, exits

MEASURED = (Ratio, Optimal, Floor)
"""Claims of the tables of ratios."""

FOR_ALL = "proved for all"
"""The word for a proof on a continuum, to tell it from one that exhausts a finite domain."""

SHOWN = {
    "proved": "proved on finite domains",
    FOR_ALL: "proved for all reports of a continuum",
    "refuted": "refuted by witnesses that were replayed",
    "attained": "ratios attained at a profile",
}
"""How claims were shown, for their count; other words are told as they are."""

JUDGED = """\
proved: every case of a finite domain was evaluated.  all of 3: it was proved for all reports of 3
agents on a continuum.  --verbose says where and how; the same test refutes [k] foils, mechanisms
known to fail.  refuted: the witness was replayed.
proved, refuted: it depends on the number of agents or on their tastes, as --verbose says."""

RATIOS = """\
A ratio was attained at a profile, and no profile of a finite domain has a larger one; after >= it
was attained, and larger ones may exist.  1 [k]: optimal at all profiles of a finite domain, where
[k] mechanisms are not.  whatever is X: at a profile, all outcomes that satisfy X are so far off."""


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "verify",
        help="Re-derive every claim made of the mechanisms.",
        description=(
            "Re-derive every claim: exhaust the domains of those that hold, or prove them for all "
            "reports of a continuum, replay the witnesses of those that fail, evaluate ratios "
            "where they are attained.  Exits with 1 if a claim is false, 3 if one is unknown."
        ),
    )
    parser.add_argument(
        "target",
        nargs="*",
        metavar="FOLDER|CARD",
        help=(
            "a folder of cards, a card file, or a name from `mechsim list`, as median or "
            "facility/median (default: all); or one mechanism to ask about, as "
            "package.module:function or file.py:function"
        ),
    )
    parser.add_argument(
        "--verbose", action="store_true", help="print every claim with its reason or witness"
    )
    parser.add_argument(
        "--slow", action="store_true", help="re-derive the claims too that take long"
    )
    asking.add_to(parser)
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the tables, the claims that are false, and the count."""
    if asking.is_question(options):
        if options.slow:
            raise ValueError("--slow is about the claims of cards, and a mechanism is asked about")
        return asking.run(options)
    asking.require_none(options)
    with _arguments.users_turn():
        shipped = entries()
        chosen = tuple(e for target in options.target for e in _chosen(target)) or shipped
        catalogue = {(entry.family, entry.name): entry for entry in (*shipped, *chosen)}
        results = rederive(chosen, tuple(catalogue.values()), slow=options.slow)
        false = [result for result in results if not result.true]
        told = [] if options.json else _told_at_length(results if options.verbose else false)
        plain: list[JSON] = [_plain(result) for result in results] if options.json else []
    if options.json:
        counted: dict[str, JSON] = {**_ways(results), "false": len(false)}
        _arguments.print_json("verify", {"claims": plain, "count": counted})
    else:
        print("\n\n".join([tables(results), *told, count(results)]))
        left_out = 0 if options.slow else sum(len(entry.card.slow) for entry in chosen)
        if left_out:
            which = "claim that takes" if left_out == 1 else "claims that take"
            print(f"Left out: {left_out} {which} long, which --slow re-derives.")
    undecided = [
        r for r in false if isinstance(r.verdict, Unknown) and not isinstance(r.claim, Fails)
    ]
    if len(false) > len(undecided):
        return exits.REFUTED
    return exits.UNKNOWN if undecided else exits.DONE


def _told_at_length(results: Sequence[Rederived]) -> list[str]:
    """A paragraph for each claim."""
    return [f"{'' if result.true else 'FALSE: '}{sentence(result)}" for result in results]


def _chosen(target: str) -> tuple[Entry, ...]:
    path = Path(target)
    if not target:
        raise ValueError("the target is empty: it must be a folder, a file or a name")
    families = {entry.family for entry in entries()}
    alone = path.parent == Path() and (known(target) or not path.exists())
    of_family = str(path.parent) in families and not path.exists()
    if not path.suffix and not target.endswith("/") and (alone or of_family):
        return (find(target),)
    return load(path)


def rederive(
    chosen: Sequence[Entry], catalogue: Sequence[Entry], *, slow: bool = False
) -> list[Rederived]:
    """Every claim of ``chosen`` again, with a progress bar; foils come from ``catalogue``.

    With ``slow`` also those that take long.
    """
    cards = [entry.card for entry in catalogue]
    claims = [
        (entry, claim)
        for entry in chosen
        for claim in (entry.card.every if slow else entry.card.claims)
    ]
    bar = tqdm(claims, desc="claims", unit="claim", leave=False, disable=None)
    return [claim.rederive(entry, cards) for entry, claim in bar]


def count(results: Sequence[Rederived]) -> str:
    """How many claims there were, how many of them are false, and how the others were shown."""
    false = sum(not result.true for result in results)
    told = f"{many(len(results), 'claim')} re-derived, {false} false."
    ways = ", ".join(f"{n:,} {SHOWN.get(word, word)}" for word, n in _ways(results).items())
    return f"{told}\n{textwrap.fill(f'{ways}.', width=100)}" if ways else told


def _ways(results: Sequence[Rederived]) -> dict[str, int]:
    """How many of the claims that are true were shown in each way."""
    ways = Counter(_word(result) for result in results if result.true)
    first = {word: ways[word] for word in SHOWN if word in ways}
    return first | dict(ways.most_common())


def _word(result: Rederived) -> str:
    """How a claim was shown: the verdict's word, which does not tell proofs from each other."""
    return FOR_ALL if _reporting(result) else result.verdict.word


def _reporting(result: Rederived) -> int:
    """Of how many agents all reports on a continuum are covered, or 0 where they are not."""
    domain = getattr(result.claim, "domain", None)
    if isinstance(domain, Continuum) and isinstance(result.verdict, Proved):
        return domain.agents
    return 0


def tables(results: Sequence[Rederived]) -> str:
    """The tables and statements of each family, and what columns, cells and brackets mean."""
    families = dict.fromkeys(result.entry.family for result in results)
    parts: list[str] = []
    for family in families:
        here = [result for result in results if result.entry.family == family]
        judged = [result for result in here if _axiom(result) is not None]
        measured = [result for result in here if isinstance(result.claim, MEASURED)]
        if judged:
            parts.append(table(family, judged))
        parts.extend(
            ratios(family, agents, [r for r in measured if _agents(r) == agents])
            for agents in sorted({_agents(result) for result in measured})
        )
        said = [_told(r) for r in here if r not in judged and r not in measured]
        if said:
            parts.append("\n".join(said))
    axioms = {label(axiom): brief(axiom) for axiom in map(_axiom, results) if axiom is not None}
    legend = "; ".join(f"{short} = {name}" for short, name in axioms.items() if short != name)
    explained = [JUDGED] * bool(axioms)
    explained += [RATIOS] * any(isinstance(result.claim, MEASURED) for result in results)
    told = [textwrap.fill(f"{legend}.", width=100)] if legend else []
    return "\n\n".join([*parts, *told, "\n".join(explained)])


def table(family: str, results: Sequence[Rederived]) -> str:
    """Mechanism by axiom; where verdicts differ by the domain a cell says both."""
    columns = dict.fromkeys(label(_axiom(result)) for result in results)
    rows: dict[tuple[str, str], dict[str, list[Rederived]]] = {}
    for result in results:
        cells = rows.setdefault((result.entry.name, result.entry.card.title), {})
        cells.setdefault(label(_axiom(result)), []).append(result)
    body = (
        (title, *(_cell(cells.get(c, ())) for c in columns)) for (_, title), cells in rows.items()
    )
    return Table((family, *columns), tuple(body)).folded()


def ratios(family: str, agents: int, results: Sequence[Rederived]) -> str:
    """Mechanism by objective, for one number of agents; axioms that force a ratio come last."""
    columns = dict.fromkeys(_objective(result) or "" for result in results)
    rows: dict[str, dict[str, str]] = {}
    for result in sorted(results, key=lambda result: isinstance(result.claim, Floor)):
        claim = result.claim
        row = result.entry.card.title
        if isinstance(claim, Floor):
            row = f"whatever is {label(claim.axiom)}"
        cells, column = rows.setdefault(row, {}), _objective(result) or ""
        if not result.true or column not in cells:
            cells[column] = _ratio(result)
    body = ((row, *(cells.get(c, "") for c in columns)) for row, cells in rows.items())
    noun = "agent" if agents == 1 else "agents"
    return str(Table((f"{family}, {agents} {noun}", *columns), tuple(body)))


def _axiom(result: Rederived) -> Any:
    """The axiom that a claim is about, if it is about one."""
    return getattr(result.claim, "reading", None)


def _objective(result: Rederived) -> str | None:
    return getattr(result.claim, "heading", None)


def _agents(result: Rederived) -> int:
    claim = result.claim
    if isinstance(claim, Optimal):
        return claim.domain.agents
    return claim.instance.agents if isinstance(claim, (Ratio, Floor)) else 0


def _cell(found: Sequence[Rederived]) -> str:
    """What was found of a mechanism and an axiom; of two kinds of proof the one for all reports."""
    if not all(result.true for result in found):
        return "FALSE"
    words = dict.fromkeys(map(_word, found))
    if FOR_ALL in words:
        words.pop("proved", None)
    chosen = (max((r for r in found if _word(r) == word), key=_reporting) for word in words)
    return ", ".join(map(_said, chosen))


def _said(result: Rederived) -> str:
    """One finding of a cell."""
    agents = _reporting(result)
    power = f" [{result.foils}]" if result.foils is not None else ""
    return f"{f'all of {agents}' if agents else result.verdict.word}{power}"


def _ratio(result: Rederived) -> str:
    if not result.true:
        return "FALSE"
    if not isinstance(result.claim, (Ratio, Floor)):
        return f"1 [{result.foils}]"
    found = show_ratio(result.claim.value)
    known = isinstance(result.claim, Ratio) and result.claim.domain is not None
    return found if known or found == "unbounded" else f">= {found}"


def _told(result: Rederived) -> str:
    """A statement of no table, without what shows it."""
    what, claim, _, why = result.claim.row()
    told = "FALSE" if not result.true else claim
    return f"{result.entry.card.title}, {told}: {what}{f' ({why})' if why else ''}"


def sentence(result: Rederived) -> str:
    """One claim: what was found, and why."""
    why = getattr(result.claim, "because", "")
    reason = f" Because {why}." if result.true and why else ""
    found = str(result.verdict) if result.true else f"{result.entry.card.title}: {result.note}"
    return f"{found}.{reason}"


def _plain(result: Rederived) -> dict[str, JSON]:
    axiom = _axiom(result)
    return {
        "mechanism": result.entry.name,
        "family": result.entry.family,
        "claim": type(result.claim).__name__,
        "axiom": None if axiom is None else brief(axiom),
        "objective": _objective(result),
        "statement": getattr(result.claim, "statement", None),
        "where": result.claim.row()[2],
        "shown": _word(result) if result.true else None,
        "true": result.true,
        "note": result.note,
        "foils": result.foils,
        "verdict": result.verdict.to_json(),
    }
