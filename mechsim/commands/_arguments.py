"""What several subcommands ask for, and how they answer in JSON."""

import argparse
import json
from fractions import Fraction
from typing import Protocol

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


def add_json(parser: argparse.ArgumentParser) -> None:
    """The option ``--json``."""
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")


def print_json(kind: str, content: dict[str, JSON]) -> None:
    """Print ``content`` under the name and version of its schema."""
    print(json.dumps({"schema": f"mechsim/{kind}/1"} | content, indent=2, ensure_ascii=False))
