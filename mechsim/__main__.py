"""The command ``mechsim``.

Exit codes: 0 proved, survived or done; 1 refuted, or a claim is false; 2 wrong usage or bad input;
3 unknown; 4 a certificate was rejected; 5 a bug, whose traceback is printed.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version

from .commands import (
    acquiring,
    allocating,
    auctioning,
    checking,
    contradicting,
    exits,
    funding,
    listing,
    optimizing,
    placing,
    running,
    tour,
    verifying,
)
from .setting import Undecided

COMMANDS = (
    tour,
    listing,
    verifying,
    optimizing,
    contradicting,
    placing,
    allocating,
    auctioning,
    acquiring,
    funding,
    checking,
    running,
)


def parser() -> argparse.ArgumentParser:
    """The command line; each subcommand describes itself in its own file."""
    whole = argparse.ArgumentParser(
        prog="mechsim",
        description="Mechanism design and social choice: simulate mechanisms, verify axioms.",
    )
    whole.add_argument("--version", action="version", version=f"mechsim {version('mechsim')}")
    subcommands = whole.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(subcommands)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; bad input is one line on standard error and exit code 2."""
    os.environ.setdefault("MPLBACKEND", "agg")  # pictures go to files and need no display
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except BrokenPipeError:  # whoever reads our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.DONE
    except TimeoutError as reason:
        print(f"mechsim: unknown: {reason}", file=sys.stderr)
        return exits.UNKNOWN
    except (ValueError, OSError) as error:
        notes: list[str] = getattr(error, "__notes__", [])
        print("\n".join((f"mechsim: {_said(error)}", *notes)), file=sys.stderr)
        return exits.BAD_INPUT
    except Undecided as reason:
        print(f"mechsim: unknown: {reason}", file=sys.stderr)
        return exits.UNKNOWN
    except KeyboardInterrupt:
        print("mechsim: interrupted", file=sys.stderr)
        return 130
    except Exception:  # so that no exit code is mistaken for an answer
        traceback.print_exc()
        print("mechsim: this is a bug of mechsim, or of a class that it was given", file=sys.stderr)
        return exits.BUG
    return code


def _said(error: ValueError | OSError) -> str:
    """The message; of a file that the system refuses its name and why."""
    if isinstance(error, OSError) and error.strerror and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return str(error)


if __name__ == "__main__":
    sys.exit(main())
