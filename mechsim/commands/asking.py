"""``mechsim verify module:function --axiom ...``: one question about one's own mechanism."""

import argparse
import sys
from pathlib import Path
from typing import Any

from ..axioms import Misbehaved, Proved, Refuted, Survived, Unknown, Verdict
from ..budget import Budget
from ..catalogue import find, known
from ..proving import certificate, verify
from ..proving.certificates import save
from . import _arguments, _names, exits

STRENGTH = ("survived", "proved")
"""What may be required of a verdict, weakest first."""


def add_to(parser: argparse.ArgumentParser) -> None:
    """The options of a question."""
    asked = parser.add_argument_group("a question about one mechanism")
    asked.add_argument(
        "--mechanism",
        metavar="NAME",
        help="package.module:function, file.py:function, or a name from `mechsim list`",
    )
    asked.add_argument(
        "--axiom",
        metavar="NAME",
        help="as strategyproof or SP; prefixes ex-ante:, ex-post:, universally: say how it is read",
    )
    asked.add_argument("--agents", type=int, metavar="N", help="how many agents report")
    asked.add_argument(
        "--calls",
        type=int,
        default=Budget().calls,
        metavar="N",
        help="how often the mechanism may be played (default: %(default)s)",
    )
    asked.add_argument("--seed", type=int, default=0, help="where a search starts (default: 0)")
    asked.add_argument(
        "--certificate", type=Path, metavar="FILE.json", help="write what `mechsim check` checks"
    )
    asked.add_argument(
        "--require", choices=STRENGTH, help="exit with 3 if the verdict is weaker than this"
    )
    _names.add_setting(parser)


def is_question(options: argparse.Namespace) -> bool:
    """Whether one mechanism is asked about, and not cards."""
    targets: list[str] = options.target
    named = any(":" in target for target in targets)
    return named or options.mechanism is not None or options.axiom is not None


def run(options: argparse.Namespace) -> int:
    """Print the verdict; the exit code says which it is."""
    name, setting = _mechanism_name(options), _names.setting(options)
    verdict = verify(
        _mechanism(name, setting),
        _names.axiom(options.axiom),
        setting,
        agents=options.agents,
        budget=Budget(calls=options.calls, seed=options.seed),
        progress=True,
    )
    if options.certificate is not None:
        _certify(verdict, options.certificate)
    if options.json:
        _arguments.print_json("verdict", {"verdict": verdict.to_json()})
    else:
        print(f"{verdict.word}: {verdict}.")
    return code(verdict, options.require)


def code(verdict: Verdict, require: str | None) -> int:
    """1 for a refutation, 3 where nothing is known or less than was required, else 0.

    A search that was interrupted is less than one that survived.
    """
    if isinstance(verdict, (Refuted, Misbehaved)):
        return exits.REFUTED
    if isinstance(verdict, Unknown) or (require == "proved" and verdict.word != "proved"):
        return exits.UNKNOWN
    if require is not None and isinstance(verdict, Survived) and verdict.interrupted:
        return exits.UNKNOWN
    return exits.DONE


def _certify(verdict: Verdict, path: Path) -> None:
    if isinstance(verdict, (Proved, Refuted)):
        save(certificate(verdict), path)
    else:
        print(f"{path} is not written: {verdict.word} is no certain answer.", file=sys.stderr)


def _mechanism_name(options: argparse.Namespace) -> str:
    """The one mechanism that is asked about, if everything that a question needs is said."""
    names: list[str] = [*options.target, *([options.mechanism] if options.mechanism else [])]
    if len(names) != 1:
        raise ValueError(f"{len(names)} mechanisms are named: a question is about one")
    for option in ("axiom", "agents"):
        if getattr(options, option) is None:
            raise ValueError(f"--{option} is missing: a question names it")
    return names[0]


def _mechanism(name: str, setting: Any) -> Any:
    if known(name):
        return find(name).card.rule(setting)
    if ":" not in name:
        raise ValueError(
            f"mechanism is {name!r}: it must be a name from `mechsim list`, or "
            "package.module:function for one of your own"
        )
    return _names.imported(name)
