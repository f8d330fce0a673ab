"""``python -m tests.mutation [--only WORD]``: break a line, run its tests, expect red."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tqdm.auto import tqdm

from .mutants import MUTANTS, Mutant

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 240
"""Seconds that tests may take: many times what they take of the library as it is."""
COPIED = ("mechsim", "mechanisms", "simulations", "tests", "pyproject.toml")


@dataclass(frozen=True)
class Outcome:
    """What the tests said of a mutant."""

    mutant: Mutant
    killed: bool
    said: str


def copy_tree(target: Path) -> None:
    """What tests need, in ``target``."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, target / name)


def try_mutant(mutant: Mutant, tree: Path) -> Outcome:
    """Apply it in ``tree``, run its tests there, and mend the tree."""
    path = tree / mutant.path
    whole = path.read_text(encoding="utf-8")
    if whole.count(mutant.line) != 1:
        return Outcome(mutant, False, f"the line occurs {whole.count(mutant.line)} times")
    path.write_text(whole.replace(mutant.line, mutant.broken), encoding="utf-8")
    try:
        return run_tests(mutant, tree)
    finally:
        path.write_text(whole, encoding="utf-8")


def run_tests(mutant: Mutant, tree: Path) -> Outcome:
    """The tests that are named for a mutant, on the tree as it stands."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider"]
    surroundings = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [*command, *mutant.tests],
            cwd=tree,
            env=surroundings,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return Outcome(mutant, True, f"did not end within {PATIENCE} seconds")
    last = done.stdout.strip().splitlines()[-1:] or [done.stderr[-200:]]
    return Outcome(mutant, done.returncode == 1, last[0])  # 1: tests failed; 2 and more: none ran


def main() -> int:
    """Try all mutants and print those that survive."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--only", default="", help="mutants whose path or line contains this")
    options = parser.parse_args()
    chosen = [m for m in MUTANTS if options.only in m.path or options.only in m.line]
    with tempfile.TemporaryDirectory() as folder:
        copy_tree(Path(folder))
        tried = [try_mutant(mutant, Path(folder)) for mutant in tqdm(chosen, leave=False)]
    for outcome in tried:
        if not outcome.killed:
            print(f"SURVIVED {outcome.mutant.path}: {outcome.mutant.broken!r} ({outcome.said})")
    print(f"{sum(outcome.killed for outcome in tried)} of {len(tried)} mutants killed")
    return 0 if all(outcome.killed for outcome in tried) else 1


if __name__ == "__main__":
    sys.exit(main())
