"""``mechsim run``: run a simulation study, print its table, write it and its figure."""

import argparse
import multiprocessing
from collections.abc import Generator, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from .._json import JSON, encode
from .._tables import Table
from ..studies import Found, Records, Results, find, load, studies
from . import _arguments, exits


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "run",
        help="Run a simulation study.",
        description=(
            "Measure at every point of a study, and print means with standard errors.  The "
            "results depend on the seed only, whatever the workers."
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
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="by default 0")
    parser.add_argument(
        "--workers", type=int, default=1, metavar="K", help="processes that share the work"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write results.csv and the figure there"
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
    if options.workers < 1:
        raise ValueError(f"workers is {options.workers}: it must be a whole number, at least 1")
    found = _chosen(options.study)
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)
    with _executor(options.workers, found) as executor:
        results = found.study.run(seed=options.seed, quick=options.quick, executor=executor)
    written = [] if options.out is None else list(_write(found, results, options.out))
    if options.json:
        _arguments.print_json("run", _plain(results, written))
    else:
        print("\n".join([str(results), *(f"written: {path}" for path in written)]))
    return exits.DONE


def _list(as_json: bool) -> int:
    found = studies()
    if as_json:
        listed: list[JSON] = [
            {
                "name": one.study.name,
                "question": one.study.question,
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


@contextmanager
def _executor(workers: int, found: Found) -> Generator[Executor | None, None, None]:
    """Nobody else, or processes that can import the study."""
    if workers == 1:
        yield None
        return
    with ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),  # the same on every system
        initializer=_prepare,
        initargs=(None if found.importable else found.path,),
    ) as executor:
        yield executor


def _prepare(path: Path | None) -> None:
    if path is not None:
        load(path)


def _write(found: Found, results: Results, folder: Path) -> Iterator[Path]:
    path = folder / "results.csv"
    results.to_csv(path)
    yield path
    if found.study.figure is not None:
        from .. import plot

        picture = folder / "figure.png"
        plot.save(found.study.figure(results), picture)
        yield picture


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
        "summary": table(results.summary),
        "rows": table(results.records),
        "written": [str(path) for path in written],
    }
