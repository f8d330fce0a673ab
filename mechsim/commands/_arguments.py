"""What several subcommands ask for, and how they answer in JSON."""

import argparse
import json
import re
import shlex
import sys
import sysconfig
from collections.abc import Generator, Mapping
from contextlib import contextmanager, redirect_stdout
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol, cast

from .._json import JSON
from ..preferences.surveys import parse


class Subcommands(Protocol):
    """Where a subcommand adds its parser."""

    def add_parser(self, name: str, *, help: str, description: str) -> argparse.ArgumentParser: ...


def number(text: str) -> Fraction:
    """A number on the command line, read exactly."""
    try:
        return parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def accept_negative_numbers(parser: argparse.ArgumentParser) -> None:
    """Let ``-1/2`` and ``-1e0`` be arguments of an option, as ``-1`` and ``-.5`` are."""
    number = re.compile(r"-\.?\d[\d./eE+-]*$")
    setattr(parser, "_negative_number_matcher", number)  # noqa: B010 - it is no public name


@contextmanager
def users_turn() -> Generator[None]:
    """While code of the user's is imported or played, what it prints goes to standard error."""
    with redirect_stdout(sys.stderr):
        yield


def checking(made: Mapping[str, Any], path: Path) -> str:
    """The command that checks a certificate, with all that it needs."""
    words = ["mechsim", "check", str(path)]
    for module in _to_be_trusted(made["statement"]):
        words += ["--trust", module]
        source: str | None = getattr(sys.modules.get(module), "__file__", None)
        if source is None:
            continue
        folder = Path(source).resolve().parent
        folder = folder.parent if Path(source).name == "__init__.py" else folder
        if str(folder) not in sysconfig.get_paths().values():
            words += ["--path", str(folder)]
    return shlex.join(words)


def _to_be_trusted(data: Any) -> list[str]:
    """The packages that a certificate imports from; of mechsim only plain functions count."""
    if isinstance(data, list):
        found = [module for entry in cast(list[Any], data) for module in _to_be_trusted(entry)]
    elif isinstance(data, dict):
        entries = cast(dict[str, Any], data)
        found = [module for entry in entries.values() for module in _to_be_trusted(entry)]
        module = str(entries.get("import", "")).partition(":")[0].partition(".")[0]
        if module and (module != "mechsim" or entries.get("arguments") is None):
            found.append(module)
    else:
        found = []
    return list(dict.fromkeys(found))


def require_folder(option: str, path: Path | None) -> None:
    """Raise `ValueError` unless a file can be written at ``path``, before work is done for it."""
    if path is None:
        return
    if not path.parent.is_dir():
        raise ValueError(f"{option} is {path}: there is no folder {path.parent}")
    if path.is_dir():
        raise ValueError(f"{option} is {path}: it is a folder and must be a file")


def add_json(parser: argparse.ArgumentParser) -> None:
    """The option ``--json``."""
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")


def print_json(kind: str, content: dict[str, JSON]) -> None:
    """Print ``content`` under the name and version of its schema."""
    print(json.dumps({"schema": f"mechsim/{kind}/1"} | content, indent=2, ensure_ascii=False))
