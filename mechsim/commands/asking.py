"""``mechsim verify module:function --axiom ...``: one question about one's own mechanism."""

import argparse
import sys
from pathlib import Path
from typing import Any, cast

from ..axioms import Misbehaved, Proved, Refuted, RefutedAt, Survived, Unknown, Verdict
from ..budget import Budget
from ..catalogue import find
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
        help="package.module:function, file.py:function, or a name from `mechsim list`; a function "
        "of (reports, rng) is drawn from",
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
        metavar="N",
        help=f"how often the mechanism may be played (default: {Budget().calls})",
    )
    asked.add_argument("--seed", type=int, help="where a search starts (default: 0)")
    asked.add_argument(
        "--certificate", type=Path, metavar="FILE.json", help="write what `mechsim check` checks"
    )
    asked.add_argument(
        "--require", choices=STRENGTH, help="exit with 3 if the verdict is weaker than this"
    )
    _names.add_setting(parser)


NEEDED = ("axiom", "agents", "setting")
"""What a question must name, beside the mechanism."""

OPTIONS = ("agents", "calls", "seed", "certificate", "require", "setting", *_names.DESCRIBING)
"""What only a question can mean."""


def require_none(options: argparse.Namespace) -> None:
    """Raise `ValueError` if options of a question are given without one."""
    found = _names.given(options, OPTIONS)
    if found:
        named = " and ".join(f"--{option}" for option in found)
        raise ValueError(
            f"{named} {'is' if len(found) == 1 else 'are'} given without a question, which also "
            "names a mechanism and an --axiom, as in\n"
            "  mechsim verify median --axiom strategyproof --agents 3 --setting line"
        )


def is_question(options: argparse.Namespace) -> bool:
    """Whether one mechanism is asked about, and not cards."""
    targets: list[str] = options.target
    named = any(":" in target for target in targets)
    return named or options.mechanism is not None or options.axiom is not None


def run(options: argparse.Namespace) -> int:
    """Print the verdict; the exit code says which it is."""
    name = _mechanism_name(options)
    _arguments.require_folder("--certificate", options.certificate)
    with _arguments.users_turn():
        setting = _names.setting(options)
        verdict = verify(
            _mechanism(name, setting),
            _names.axiom(options.axiom),
            setting,
            agents=options.agents,
            budget=Budget(calls=_or(options.calls, Budget().calls), seed=_or(options.seed, 0)),
            progress=True,
        )
        written, sentence = verdict.to_json(), str(verdict)  # which play it again
    if options.json:
        _arguments.print_json("verdict", {"verdict": written})
    else:
        print(f"{verdict.word}: {sentence}.", flush=True)
    if options.certificate is not None:
        with _arguments.users_turn():
            _certify(verdict, options.certificate)
    return code(verdict, options.require)


def _or(given: int | None, default: int) -> int:
    return default if given is None else given


def code(verdict: Verdict, require: str | None) -> int:
    """1 for a refutation, 3 where nothing is known or less than was required, else 0.

    A search that was interrupted is less than one that survived.
    """
    if isinstance(verdict, (Refuted, RefutedAt, Misbehaved)):
        return exits.REFUTED
    if isinstance(verdict, Unknown) or (require == "proved" and verdict.word != "proved"):
        return exits.UNKNOWN
    if require is not None and isinstance(verdict, Survived) and verdict.interrupted:
        return exits.UNKNOWN
    return exits.DONE


def _certify(verdict: Verdict, path: Path) -> None:
    """Write the certificate, or say why there is none; the verdict stands either way."""
    if not isinstance(verdict, (Proved, Refuted, RefutedAt)):
        print(f"{path} is not written: {verdict.word} is no certain answer.", file=sys.stderr)
        return
    try:
        made = certificate(cast(Any, verdict))  # which says why there is none
        save(made, path)
    except (ValueError, ArithmeticError, OSError) as error:
        print(f"{path} is not written: {error}.", file=sys.stderr)
    else:
        print(f"To check it: {_arguments.checking(made, path)}", file=sys.stderr)


def _mechanism_name(options: argparse.Namespace) -> str:
    """The one mechanism that is asked about, if everything that a question needs is said."""
    names: list[str] = [*options.target, *([options.mechanism] if options.mechanism else [])]
    if len(names) != 1:
        raise ValueError(f"{len(names)} mechanisms are named: a question is about one")
    if options.verbose:
        raise ValueError("--verbose is given: it is about the claims of cards, and not a question")
    missing = [option for option in NEEDED if getattr(options, option) is None]
    if missing:
        named = " and ".join(f"--{option}" for option in missing)
        raise ValueError(
            f"{named} {'is' if len(missing) == 1 else 'are'} missing: a question names "
            f"{'it' if len(missing) == 1 else 'them'}, as in\n"
            f"  mechsim verify {names[0]} --axiom strategyproof --agents 3 --setting line"
        )
    return names[0]


def _mechanism(name: str, setting: Any) -> Any:
    if ":" in name:
        return _names.imported(name)
    if name.endswith(".py") and Path(name).is_file():
        raise ValueError(f"mechanism is {name!r}: say which function of it, as in {name}:rule")
    try:
        entry = find(name)
    except ValueError as error:
        raise ValueError(
            f"{error}; or file.py:function or package.module:function for one of your own"
        ) from None
    return entry.card.rule(setting)
