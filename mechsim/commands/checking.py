"""``mechsim check``: check a certificate again, believing nothing of what made it."""

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import Any, TextIO, cast

from .._json import JSON
from ..design.rules import SCHEMA as RULE
from ..proving import certcheck
from . import _arguments, exits


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "check",
        help="Check a certificate again.",
        description=(
            "Derive again, in fractions, what a certificate claims.  Exits with 0 if it is "
            "accepted, 4 if it is rejected, 2 if there is none.  What is imported for it is said "
            "before; modules outside mechsim, and plain functions, have to be trusted by name."
        ),
    )
    parser.add_argument("file", type=Path, metavar="FILE.json", help="a certificate")
    parser.add_argument(
        "--trust",
        action="append",
        default=[],
        metavar="MODULE",
        help="a module or package that may be imported and called",
    )
    parser.add_argument(
        "--path", action="append", default=[], metavar="FOLDER", help="where such modules lie"
    )
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Say what was imported, and whether the claim holds."""
    imports: list[JSON] = []
    out = sys.stdout
    say = imports.append if options.json else partial(_announce, out)
    before = [*sys.path]
    sys.path[:0] = options.path
    try:
        door = certcheck.Door(tuple(options.trust), say)
        with _arguments.users_turn():
            data = certcheck.read(options.file)
            _require_other_than_rule(options.file, data)
            found = certcheck.check(data, door)
    except certcheck.NoCertificate as reason:
        raise ValueError(f"{options.file} is no certificate: {reason}") from None
    except certcheck.NotChecked as reason:
        told: dict[str, JSON] = {"accepted": None, "reason": str(reason)}
    except certcheck.Rejected as reason:
        told = {"accepted": False, "reason": str(reason)}
    else:
        told = {"accepted": True, **found._asdict()}
    finally:
        sys.path[:] = before
    if options.json:
        _arguments.print_json("check", {**told, "imports": imports})
    elif told["accepted"]:
        print(f"accepted, {told['kind']}, arithmetic {told['arithmetic']}: {told['claim']}")
    else:
        word = "not checked" if told["accepted"] is None else "rejected"
        print(f"{word}: {told['reason']}")
    if told["accepted"] is None:
        return exits.BAD_INPUT
    return exits.DONE if told["accepted"] else exits.REJECTED


def _require_other_than_rule(path: Path, data: Any) -> None:
    if isinstance(data, dict) and cast(dict[str, Any], data).get("schema") == RULE:
        raise ValueError(
            f"{path} is a saved rule and no certificate: mechsim.design.load_rule reads it, and "
            "`mechsim impossible --certificate` writes what can be checked"
        )


def _announce(out: TextIO, path: str) -> None:
    print(f"imports {path}", file=out, flush=True)
