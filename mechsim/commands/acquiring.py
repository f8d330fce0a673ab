"""``mechsim acquire``: the best way to hire the experts in a file, with its proof."""

import argparse
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from .._json import JSON
from .._numbers import show
from .._tables import Table
from .._text import many
from ..axioms import Obedient, Proved
from ..information import Hired, hire, hire_deterministically
from ..information.hiring_files import HiringFile, read_hiring
from ..proving import certificate, verify
from ..proving.certificates import save
from . import _arguments, exits


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "acquire",
        help="hire the experts in a file, in the best way",
        description="Read states, experts, a decision and a cap on payments from a JSON file; find "
        "what efforts to ask for, at random, and what to pay for which reports, so that obedience "
        "and honesty are best and most is left.  The optimum is exact and proved.",
    )
    parser.add_argument("file", type=Path, metavar="FILE.json")
    parser.add_argument(
        "--cap", type=_arguments.number, metavar="M", help="instead of the cap in the file"
    )
    parser.add_argument(
        "--deterministic", action="store_true", help="ask always for the same efforts"
    )
    parser.add_argument(
        "--certificate", type=Path, metavar="OUT.json", help="write what `mechsim check` checks"
    )
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the mechanism and its proof."""
    _arguments.require_folder("--certificate", options.certificate)
    given = read_hiring(options.file)
    cap = given.cap if options.cap is None else options.cap
    way: Any = hire_deterministically if options.deterministic else hire
    found: Any = way(given.setting, given.decision, cap)
    assert isinstance(found, Hired)  # to ask for what costs least, unpaid, is obeyed
    verdict = verify(found, Obedient(), given.setting, agents=len(given.setting.experts))
    if options.json:
        _arguments.print_json("acquire", _plain(options, given, cap, found, verdict))
    else:
        most = "by always the same efforts" if options.deterministic else "there is"
        print(_told(given, cap, found, most))
        assert isinstance(verdict, Proved)  # the program has a row for each of the cases
        cases = verdict.certificate.cases
        print(f"obeyed: nobody gains by any of {cases} disobediences and lies")
    if options.certificate is not None:
        made = certificate(found.optimum)
        save(made, options.certificate)
        print(f"To check it: {_arguments.checking(made, options.certificate)}", file=sys.stderr)
    return exits.DONE


def _told(given: HiringFile, cap: Any, found: Hired, most: str) -> str:
    experts = many(len(given.setting.experts), "expert")
    states = ", ".join(given.setting.states)
    worth = sum(
        (p * Fraction(given.decision.worth_of(given.setting, b)) for b, p in _plan(found)),
        Fraction(0),
    )
    paid = zip(given.setting.agents, found.expected_pay, strict=True)
    rows = sum(1 for y in found.optimum.dual if y)
    return "\n".join(
        (
            f"{experts} about {states}; payments up to {show(cap)}",
            "",
            str(_requests(given, found)),
            "",
            str(found.table()),
            "",
            f"decision {show(worth)}, " + ", ".join(f"{n} is paid {show(p)}" for n, p in paid),
            f"worth {show(found.value)} to the principal, the most {most}: proved by {rows} rows",
        )
    )


def _plan(found: Hired) -> list[tuple[tuple[str, ...], Fraction]]:
    return list(found.plan.probability.items())


def _requests(given: HiringFile, found: Hired) -> Table:
    rows = ((*efforts, show(p)) for efforts, p in _plan(found))
    return Table((*given.setting.agents, "asked"), tuple(rows))


def _plain(
    options: argparse.Namespace, given: HiringFile, cap: Any, found: Hired, verdict: Any
) -> dict[str, JSON]:
    plan: list[JSON] = [
        {"efforts": list(efforts), "probability": str(p)} for efforts, p in _plan(found)
    ]
    payments: list[JSON] = [
        {
            "efforts": list(offer.efforts),
            "reports": list(reports),
            "expert": name,
            "pays": {s: str(p) for s, p in zip(given.setting.states, row, strict=True)},
        }
        for offer in found.offers
        for reports, rewards in offer.rewards.items()
        for name, row in zip(given.setting.agents, rewards, strict=True)
        if any(row)
    ]
    program = found.optimum.program
    dual: list[JSON] = [
        {"row": program.row(k).name, "multiplier": str(y)}
        for k, y in enumerate(found.optimum.dual)
        if y
    ]
    expected: dict[str, JSON] = {
        name: str(p) for name, p in zip(given.setting.agents, found.expected_pay, strict=True)
    }
    return {
        "file": given.source,
        "cap": str(cap),
        "deterministic": options.deterministic,
        "value": str(found.value),
        "plan": plan,
        "payments": payments,
        "expected_pay": expected,
        "obedient": verdict.word,
        "certificate": dual,
    }
