"""``mechsim budget``: what an election funds, for whom, and how fair that is."""

import argparse
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from .._json import JSON
from .._numbers import show
from .._tables import Table
from .._text import many
from ..algorithms.rounding import Rounded
from ..axioms import Refuted, Unknown
from ..population import Population, tally
from ..preferences.elections import Election
from ..preferences.pabulib import read_pabulib_file
from ..preferences.pabulib_files import PabulibFile
from ..proving import judge
from ..setting import Instance
from . import _arguments, exits
from ._explaining import explain, short, votes_of
from ._funding_rules import EX_ANTE, EX_POST, OF_POINTS, POINTS_EX_POST, RULES

GROUPS = 8
"""So many groups of voters of one mind are shown, the largest."""


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "budget",
        help="fund the projects of a Pabulib file",
        description="Read an election from a .pb file, fund projects by a rule or a lottery, say "
        "how likely each is, what is drawn, what the largest groups of voters get, and which "
        "fairness axioms hold in expectation and of every outcome.  Ties go to earlier projects.  "
        "Votes that give points or rank are read as approvals, unless --points is given.",
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
    parser.add_argument("--explain", metavar="PROJECT", help="why it is funded, or is not")
    parser.add_argument(
        "--lenient", action="store_true", help="warn of what contradicts the format, and go on"
    )
    parser.add_argument(
        "--picture", type=Path, metavar="FILE", help="draw the lottery (.png, .svg)"
    )
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


@dataclass(frozen=True)
class Answer:
    """Everything that is said about an election."""

    file: PabulibFile
    mechanism: Any
    lottery: Rounded
    drawn: frozenset[int]
    axioms: tuple[tuple[str, str, Any], ...]
    instance: Instance
    """The setting that was asked about, and the reports: sets of projects, or points."""

    @property
    def setting(self) -> Any:
        """The setting that was asked about."""
        return self.instance.setting

    @property
    def election(self) -> Election:
        """Projects and budget."""
        return self.file.election

    @property
    def ballots(self) -> Population:
        """Votes as sets of projects."""
        return self.file.approvals


def run(options: argparse.Namespace) -> int:
    """Print the answer."""
    _arguments.require_folder("--picture", options.picture)
    file = read_pabulib_file(options.file, strict=not options.lenient)
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
    mechanism = rules[options.mechanism](town.setting)
    if options.explain is not None and options.explain not in election.projects:
        raise ValueError(
            f"explain is {options.explain!r}: the projects are {', '.join(election.projects[:8])}"
            + (", ..." if len(election.projects) > 8 else "")
        )
    found = mechanism.of_population(town.reports)
    lottery = found if isinstance(found, Rounded) else _sure(election, found)
    (drawn,) = lottery.sample(np.random.default_rng(options.seed), 1)
    if options.explain is not None:
        place = election.projects.index(options.explain)
        print(explain(mechanism, election, ballots, lottery, place))
        return exits.DONE
    judged = _judged(found, town, POINTS_EX_POST if options.points else EX_POST)
    answer = Answer(file, mechanism, lottery, drawn, judged, town)
    if options.json:
        _arguments.print_json("budget", _plain(options, answer))
    else:
        print(_told(options, answer))
    if options.picture is not None:
        from .. import plot

        plot.save(plot.funding(election, ballots, lottery, drawn), options.picture)
    return exits.DONE


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


def _word(verdict: Any) -> str:
    if isinstance(verdict, Unknown):
        return "not decided"
    return "fails" if isinstance(verdict, Refuted) else "holds"


def _why(verdict: Any, election: Election) -> str:
    """The witness in short, or what it was that was not decided."""
    if isinstance(verdict, Unknown):
        return str(verdict).rpartition(": ")[2]
    if not isinstance(verdict, Refuted):
        granted: tuple[str, ...] = getattr(verdict, "assuming", ())
        return f"granted {', '.join(granted)}" if granted else ""
    case, lack = verdict.case, show(verdict.violation)
    if hasattr(case, "type_"):
        return f"voters for {case.instance.tell_type(case.type_)} lack {short(verdict.violation)}"
    if hasattr(case, "projects"):
        return f"a group could pay for {election.tell(case.projects)}"
    if hasattr(case, "project"):
        return f"{election.tell(frozenset({case.project}))} fits"
    return f"by {lack}"


def _told(options: argparse.Namespace, answer: Answer) -> str:
    election, lottery = answer.election, answer.lottery
    votes = votes_of(election, answer.ballots)
    order = sorted(range(len(votes)), key=lambda c: (-lottery.marginals[c], -votes[c], c))
    rows = (
        (
            election.projects[c],
            _clip(election.titles[c] if election.titles else election.projects[c]),
            short(election.costs[c]),
            f"{votes[c]:,}",
            show(lottery.marginals[c])
            if lottery.marginals[c] in (0, 1)
            else f"{float(lottery.marginals[c]):.4f}",
            "drawn" if c in answer.drawn else "",
        )
        for c in order
        if lottery.marginals[c]
    )
    projects = Table(("id", "project", "cost", "votes", "probability", "outcome"), tuple(rows))
    verdicts = Table(
        ("axiom", "when", "verdict", "witness"),
        tuple((n, when, _word(v), _clip(_why(v, election), 60)) for n, when, v in answer.axioms),
    )
    spent = election.cost(answer.drawn)
    kind = answer.file.vote_type
    as_what = "points" if options.points else "approvals"
    read = "" if kind in ("approval", "choose-1") else f", {kind} votes read as {as_what}"
    return "\n".join(
        (
            f"{answer.file.source}: {many(len(answer.ballots), 'voter')}, "
            f"{many(len(election.projects), 'project')}, budget {short(election.budget)}{read}",
            f"{options.mechanism}, seed {options.seed}: spends {short(lottery.cost)} on average, "
            f"and {short(spent)} as drawn",
            "",
            str(projects),
            "",
            "the largest groups of voters of one mind",
            "",
            str(_groups(answer)),
            "",
            str(verdicts),
        )
    )


def _groups(answer: Answer) -> Table:
    setting, agents = answer.setting, answer.instance.agents
    rows: list[tuple[str, ...]] = []
    for vote, voters in _largest(answer.instance.reports):
        share = Fraction(setting.budget) * voters / agents
        rows.append(
            (
                _clip(setting.tell_type(vote), 44),
                f"{voters:,}",
                short(setting.value(0, vote, answer.lottery.marginals)),
                short(setting.value(0, vote, answer.drawn)),
                short(setting.best(vote, share)),
            )
        )
    header = ("ballot", "voters", "expects", "gets as drawn", "could buy alone")
    return Table(header, tuple(rows))


def _largest(reports: Any) -> list[tuple[Any, int]]:
    """The largest groups of one mind, and how many are in each."""
    listed: list[tuple[Any, int]] = list(tally(reports))
    return sorted(listed, key=lambda pair: -pair[1])[:GROUPS]


def _clip(text: str, width: int = 36) -> str:
    return text if len(text) <= width else f"{text[: width - 3]}..."


def _plain(options: argparse.Namespace, answer: Answer) -> dict[str, JSON]:
    election, lottery = answer.election, answer.lottery
    votes = votes_of(election, answer.ballots)
    projects: list[JSON] = [
        {
            "id": election.projects[c],
            "cost": str(Fraction(election.costs[c])),
            "votes": votes[c],
            "probability": str(p),
            "drawn": c in answer.drawn,
        }
        for c, p in enumerate(lottery.marginals)
    ]
    axioms: list[JSON] = [
        {
            "axiom": name,
            "when": when,
            "verdict": _word(verdict),
            "violation": str(verdict.violation) if isinstance(verdict, Refuted) else None,
            "witness": _why(verdict, election) or None,
        }
        for name, when, verdict in answer.axioms
    ]
    groups: list[JSON] = [
        {
            "ballot": {election.projects[c]: str(p) for c, p in answer.setting.points(vote).items()}
            if options.points
            else [election.projects[c] for c in sorted(vote)],
            "voters": voters,
            "expected": str(answer.setting.value(0, vote, lottery.marginals)),
            "drawn": str(answer.setting.value(0, vote, answer.drawn)),
        }
        for vote, voters in _largest(answer.instance.reports)
    ]
    return {
        "file": answer.file.source,
        "vote_type": answer.file.vote_type,
        "voters": len(answer.ballots),
        "budget": str(Fraction(election.budget)),
        "points": options.points,
        "mechanism": options.mechanism,
        "seed": options.seed,
        "expected_cost": str(lottery.cost),
        "drawn_cost": str(election.cost(answer.drawn)),
        "projects": projects,
        "groups": groups,
        "axioms": axioms,
    }
