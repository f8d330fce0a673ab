"""``mechsim impossible``: a rule that satisfies axioms, or the argument that there is none."""

import argparse
import sys
from pathlib import Path
from typing import Any, cast

from .._text import many
from ..design import NoRule, SomeRule, every_rule, impossible
from ..proving import certificate
from ..proving.certificates import save
from . import _arguments, _names, exits


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "impossible",
        help="find a rule that satisfies axioms, or the argument that there is none",
        description="Find a deterministic rule that satisfies axioms on a finite setting, or the "
        "profiles at which they contradict each other, with the argument.  Exits with 0 if it is "
        "settled, either way, and with 3 if the time was over.",
    )
    parser.add_argument(
        "--axiom",
        action="append",
        default=[],
        metavar="NAME",
        help="as strategyproof or SP, onto, nondictatorial, pareto-optimal; once for each",
    )
    parser.add_argument("--agents", type=int, required=True, metavar="N", help="how many report")
    parser.add_argument("--seconds", type=float, metavar="S", help="when to stop")
    parser.add_argument(
        "--argument", action="store_true", help="print the argument, however long it is"
    )
    parser.add_argument(
        "--full", action="store_true", help="print it with a sentence for each profile"
    )
    parser.add_argument("--count", action="store_true", help="count the rules, one by one")
    parser.add_argument(
        "--certificate", type=Path, metavar="FILE.json", help="write what `mechsim check` checks"
    )
    parser.add_argument("--out", type=Path, metavar="FILE.json", help="save the rule")
    parser.add_argument(
        "--picture", type=Path, metavar="FILE.png", help="draw the profiles of the contradiction"
    )
    _names.add_setting(parser)
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the rule or the argument; exit with 3 if neither is known."""
    for option in ("out", "certificate", "picture"):
        _arguments.require_folder(f"--{option}", getattr(options, option))
    _require_picture(options.picture)
    with _arguments.users_turn():
        axioms = [_names.axiom(name) for name in options.axiom]
        setting = _names.setting(options)
        found = impossible(axioms, setting, agents=options.agents, seconds=options.seconds)
        rules = complete = None
        if options.count:
            rules, complete = _counted(axioms, setting, options.agents, options.seconds)
        told: dict[str, Any] = cast(dict[str, Any], found.to_json()) if options.json else {}
        paragraphs = [] if options.json else [str(found)]
        if isinstance(found, NoRule) and (options.argument or options.full):
            argument = found.argument()
            lines = argument.full if options.full else argument.lines
            told |= {"argument": list(lines)} if options.json else {}
            paragraphs = ["\n".join((f"{found.sentence}:", *lines))]
        elif isinstance(found, NoRule) and found.is_long:
            paragraphs = [f"{found.sentence}, by {many(len(found.core), 'clause')}."]
            print("The argument is long and is not printed; --argument prints it.", file=sys.stderr)
        if isinstance(found, SomeRule) and not options.json:
            paragraphs.append(str(found.table()))
    if rules is not None:
        told |= {"rules": rules, "complete": complete}
        least = "" if complete else "at least "
        paragraphs.append(f"{least}{rules:,} rule{'' if rules == 1 else 's'}")
    if options.json:
        _arguments.print_json("impossible", told)
    else:
        print("\n\n".join(paragraphs), flush=True)
    with _arguments.users_turn():
        _save(found, options)
    settled = isinstance(found, (NoRule, SomeRule)) and complete is not False
    return exits.DONE if settled else exits.UNKNOWN


def _require_picture(path: Path | None) -> None:
    if path is not None:
        from .. import plot

        plot.require_format(path)


def _counted(axioms: Any, setting: Any, agents: int, seconds: float | None) -> tuple[int, bool]:
    """How many rules were found, and whether these are all."""
    rules = 0
    try:
        for _ in every_rule(axioms, setting, agents=agents, seconds=seconds):
            rules += 1
    except TimeoutError:
        return rules, False
    return rules, True


def _save(found: Any, options: argparse.Namespace) -> None:
    """Write what there is to write; of the rest it is said that there is none."""
    if options.out is not None and isinstance(found, SomeRule):
        found.save(options.out)
    elif options.out is not None:
        print(f"{options.out} is not written: there is no rule to save.", file=sys.stderr)
    if options.picture is not None and isinstance(found, NoRule):
        from .. import plot

        plot.save(plot.contradiction(found), options.picture)
    elif options.picture is not None:
        print(f"{options.picture} is not written: there is no contradiction.", file=sys.stderr)
    if options.certificate is not None and isinstance(found, (NoRule, SomeRule)):
        made = certificate(found)
        save(made, options.certificate)
        checked = _arguments.checking(made, options.certificate)
        print(f"To check it: {checked}", file=sys.stderr)
    elif options.certificate is not None:
        print(f"{options.certificate} is not written: nothing was proved.", file=sys.stderr)
