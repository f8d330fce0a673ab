"""``mechsim budget``: what an election funds, for whom, and how fair that is."""

import argparse
import sys
import warnings
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from .._json import JSON
from .._progress import tqdm
from ..algorithms.rounding import Rounded
from ..population import tally
from ..preferences.elections import Election
from ..preferences.pabulib import read_pabulib_file
from ..preferences.pabulib_files import PabulibFile, PabulibWarning
from ..proving import judge
from ..setting import Instance
from . import _arguments, exits
from ._explaining import explain
from ._funding_rules import COMPLETED, EX_ANTE, EX_POST, OF_POINTS, POINTS_EX_POST, RULES
from ._funding_told import Answer, plain, told


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "budget",
        help="fund the projects of a Pabulib file",
        description="Read an election from a .pb file, fund projects by a rule or a lottery, say "
        "how likely each is, what is drawn, what the largest groups of voters get, and which "
        "fairness axioms hold in expectation and of every outcome.  Ties go to earlier projects.  "
        "Votes that give points or rank are read as approvals, unless --points is given.  "
        "Equal Shares (mes) counts the projects that a voter gets, mes-cost the money that is "
        "spent on them; -add1 and -add1u complete them with larger and larger shares, -add1u then "
        "with what fits, most votes first.",
    )
    parser.add_argument("file", type=Path, metavar="ELECTION.pb")
    parser.add_argument(
        "--mechanism", default="bw-mes", choices=tuple(RULES), metavar="NAME",
        help=f"by default bw-mes; or {', '.join(list(RULES)[1:])}",
    )  # fmt: skip
    parser.add_argument(
        "--points", action="store_true",
        help=f"count the points that votes give, or ranks as points; for {', '.join(OF_POINTS)}",
    )  # fmt: skip
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="of the draw, by default 0"
    )
    parser.add_argument(
        "--step", type=_arguments.number, metavar="MONEY",
        help="by how much a voter's share grows in a round of -add1 and -add1u, by default 1; "
        "larger steps are faster, and may end sooner",
    )  # fmt: skip
    parser.add_argument(
        "--explain", metavar="PROJECT", help="why the project of this id or title is funded, or not"
    )
    parser.add_argument(
        "--lenient", action="store_true", help="warn of what contradicts the format, and go on"
    )
    parser.add_argument(
        "--picture", type=Path, metavar="FILE", help="draw the lottery (.png, .svg)"
    )
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the answer."""
    _arguments.require_folder("--picture", options.picture)
    if options.seed < 0:
        raise ValueError(f"seed is {options.seed}: it must be a whole number, at least 0")
    file = _read(options)
    election, ballots = file.election, file.approvals
    town = Instance(election, ballots)
    rules = RULES
    if options.points:
        town, rules = Instance(file.scored_election, file.scores), OF_POINTS
        if options.mechanism not in rules:
            raise ValueError(
                f"mechanism is {options.mechanism!r}: with --points it must be one of "
                f"{', '.join(rules)}"
            )
    mechanism = _made(options, rules[options.mechanism], town)
    project = None if options.explain is None else _project(election, options.explain)
    found, rounds = _funded(mechanism, town)
    lottery = found if isinstance(found, Rounded) else _sure(election, found)
    (drawn,) = lottery.sample(np.random.default_rng(options.seed), 1)
    if project is not None:
        _print_reasons(
            options, file, explain(mechanism, file, town, lottery, project, rounds), project
        )
    else:
        judged = _judged(found, town, POINTS_EX_POST if options.points else EX_POST)
        answer = Answer(file, mechanism, lottery, drawn, judged, town)
        if options.json:
            _arguments.print_json("budget", plain(options, answer))
        else:
            print(told(options, answer))
    if options.picture is not None:
        from .. import plot

        plot.save(plot.funding(election, ballots, lottery, drawn), options.picture)
    return exits.DONE


def _read(options: argparse.Namespace) -> PabulibFile:
    """The file; what it has wrong is told on standard error."""
    with warnings.catch_warnings(record=True) as faults:
        warnings.simplefilter("always", PabulibWarning)
        file = read_pabulib_file(options.file, strict=not options.lenient)
    for fault in faults:
        print(f"mechsim: warning: {fault.message}", file=sys.stderr)
    return file


def _made(options: argparse.Namespace, rule: Any, town: Instance) -> Any:
    """The mechanism, with steps as they are asked for."""
    if options.step is None:
        return rule(town.setting)
    if not options.mechanism.endswith(COMPLETED):
        raise ValueError(
            f"--step is given, but --mechanism {options.mechanism} has no steps: those whose names "
            f"end with {' or '.join(COMPLETED)} have"
        )
    return rule(town.setting, step=options.step)


def _funded(mechanism: Any, town: Instance) -> tuple[Any, int]:
    """What is funded, and after how many rounds of a completion, with a progress bar."""
    if getattr(mechanism, "completion", "none") == "none":
        return mechanism.of_population(town.reports), 0
    found, rounds = frozenset[int](), -1
    bar = tqdm(desc="Add1", unit=" rounds", leave=False, disable=None)
    with bar:
        for found in mechanism.rounds(tally(town.reports)):
            rounds += 1
            bar.set_postfix_str(
                f"{100 * float(town.setting.cost(found) / town.setting.budget):.1f} % of the "
                "budget is spent",
                refresh=False,
            )
            bar.update()
    return found, rounds


def _project(election: Election, asked: str) -> int:
    """The project of an id, or else of a title."""
    if asked in election.projects:
        return election.projects.index(asked)
    titled = [c for c, title in enumerate(election.titles) if title == asked]
    if len(titled) == 1:
        return titled[0]
    if titled:
        ids = ", ".join(election.projects[c] for c in titled)
        raise ValueError(f"explain is {asked!r}: the projects {ids} are called so: give an id")
    close = get_close_matches(asked, (*election.projects, *election.titles), n=3)
    listed = close or election.projects[:8]
    raise ValueError(
        f"explain is {asked!r}: no project has this id or title; "
        f"{'did you mean' if close else 'the projects are'} {', '.join(map(repr, listed))}"
        + ("?" if close else ", ..." if len(election.projects) > 8 else "")
    )


def _print_reasons(
    options: argparse.Namespace, file: PabulibFile, reasons: list[str], project: int
) -> None:
    if not options.json:
        print("\n".join(reasons))
        return
    sentences: list[JSON] = list(reasons)
    known: dict[str, JSON] = {
        "file": file.source,
        "mechanism": options.mechanism,
        "points": options.points,
        "id": file.election.projects[project],
        "title": file.election.titles[project] if file.election.titles else None,
        "reasons": sentences,
    }
    _arguments.print_json("budget-explained", known)


def _sure(election: Election, funded: frozenset[int]) -> Rounded:
    costs = tuple(map(Fraction, election.costs))
    return Rounded(tuple(Fraction(c in funded) for c in range(len(costs))), costs)


def _judged(
    found: Any, instance: Instance, ex_post: dict[str, Any]
) -> tuple[tuple[str, str, Any], ...]:
    """Each axiom with when it is asked, and its verdict."""
    rows: list[tuple[str, str, Any]] = []
    for when, axioms in (("ex ante", EX_ANTE), ("ex post", ex_post)):
        rows += [(name, when, judge(found, axiom, instance)) for name, axiom in axioms.items()]
    return tuple(rows)
