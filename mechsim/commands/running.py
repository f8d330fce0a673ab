"""``mechsim run``: run a simulation study, print its table, write it and its figure."""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .._json import JSON, encode
from .._tables import Table
from ..studies import Found, Records, Results, find, load, studies, write
from . import _arguments, exits

TABLE = "results.csv"
FIGURE = "figure.png"
FAILURES = "failures.txt"


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "run",
        help="Run a simulation study.",
        description=(
            "Measure at every point of a study, and print means with standard errors.  The "
            "results depend on the seed only, whatever the workers.  Finished rows are kept in "
            "the folder: a run that was interrupted goes on where it was."
        ),
    )
    parser.add_argument(
        "study",
        nargs="?",
        metavar="NAME|FILE.py",
        help="a name from --list, or a file of one's own",
    )
    parser.add_argument("--list", action="store_true", help="list the studies of the library")
    parser.add_argument("--quick", action="store_true", help="a quick look: a part of the table")
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help="files of your own, for studies that read some"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="by default 0")
    parser.add_argument(
        "--workers", type=int, metavar="K", help="processes that share the work; by default all"
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        help="where rows, results.csv and the figure are kept; by default results/NAME",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="remove the rows that the folder has, and start anew"
    )
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List the studies, or run one."""
    if options.list:
        return _list(options.json)
    if options.study is None:
        raise ValueError(
            "study is missing: name one that `mechsim run --list` prints, or a FILE.py"
        )
    if options.workers is not None and options.workers < 1:
        raise ValueError(f"workers is {options.workers}: it must be a whole number, at least 1")
    if options.seed < 0:
        raise ValueError(f"seed is {options.seed}: it must be a whole number, at least 0")
    with _arguments.users_turn():
        found = _chosen(options.study)
    study = found.study if options.data is None else found.study.of(options.data)
    folder = options.out or Path("results") / study.name
    if options.fresh:
        _remove(folder)
    with _arguments.users_turn():
        results = study.run(
            seed=options.seed,
            quick=options.quick,
            workers=options.workers or _all_cores(),
            folder=folder,
        )
    written = list(_write(results, folder))
    if options.json:
        _arguments.print_json("run", _plain(results, written))
    else:
        print("\n".join([str(results), *(f"written: {path}" for path in written)]))
    if results.failures:
        print(f"mechsim: {results.missing}; all of them: {folder / FAILURES}", file=sys.stderr)
        return exits.BAD_INPUT
    return exits.DONE


def _all_cores() -> int:
    """How many processes may run at once, where the system says it."""
    allowed: Any = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


def _list(as_json: bool) -> int:
    found = studies()
    if as_json:
        listed: list[JSON] = [
            {
                "name": one.study.name,
                "question": one.study.question,
                "conclusion": one.study.conclusion,
                "text": one.text,
                "points": len(one.study.points),
                "replicates": one.study.replicates,
            }
            for one in found
        ]
        _arguments.print_json("studies", {"studies": listed})
        return exits.DONE
    rows = (
        (x.study.name, str(len(x.study.points)), str(x.study.replicates), x.study.question)
        for x in found
    )
    print(Table(("study", "points", "replicates", "question"), tuple(rows)))
    return exits.DONE


def _chosen(target: str) -> Found:
    return load(Path(target)) if target.endswith(".py") else find(target)


def _remove(folder: Path) -> None:
    """Remove what a run has left, and nothing else."""
    for name in (TABLE, FIGURE, FAILURES, "manifest.json"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "rows", ignore_errors=True)


def _write(results: Results, folder: Path) -> Iterator[Path]:
    """The table, the figure, and what went wrong; never a part of a file."""
    table = folder / TABLE
    write(table, results.records.csv().encode())
    yield table
    if results.drawn is not None and results.rows:
        from .. import plot

        draft = folder / f".{FIGURE}"
        plot.save(results.figure(), draft)
        yield draft.replace(folder / FIGURE)
    failures = folder / FAILURES
    failures.unlink(missing_ok=True)
    if results.failures:
        told = (f"{failure}\n{failure.traceback}" for failure in results.failures)
        write(failures, "\n".join(told).encode())
        yield failures


def _plain(results: Results, written: list[Path]) -> dict[str, JSON]:
    def table(records: Records) -> list[JSON]:
        return [
            {name: encode(cell) for name, cell in zip(records.header, row, strict=True)}
            for row in records.rows
        ]

    return {
        "study": results.study,
        "question": results.question,
        "seed": results.seed,
        "conclusion": results.conclusion,
        "summary": table(results.summary()),
        "rows": table(results.records),
        "failures": [str(failure) for failure in results.failures],
        "written": [str(path) for path in written],
    }
