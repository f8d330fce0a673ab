"""``mechsim budget``: what an election funds, for whom, and how fair that is."""

import argparse
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from .._json import JSON
from .._numbers import show
from .._tables import Table
from .._text import many
from ..algorithms.rounding import Rounded
from ..algorithms.ties import Lexicographic
from ..axioms import (
    EJR,
    FJR,
    JR,
    PJR,
    BudgetBalancedUpToOne,
    Core,
    EJRPlusX,
    ExAnte,
    Exhaustive,
    GroupFairShare,
    IndividualFairShare,
    Refuted,
    StrongIndividualFairShare,
    StrongUnanimousFairShare,
    UnanimousFairShare,
    Unknown,
    WithinBudget,
)
from ..budgeting import (
    BWGCR,
    BWMES,
    EqualShares,
    FractionalRandomDictator,
    GreedyAV,
    GreedyCohesive,
    GreedyRatio,
    MaxUtility,
    Phragmen,
)
from ..budgeting._counting import approvals
from ..population import Population, tally
from ..preferences.elections import Ballot, Election
from ..preferences.pabulib import read_pabulib_file
from ..preferences.pabulib_files import PabulibFile
from ..proving import judge
from ..setting import Instance
from . import _arguments, exits

FIRST = Lexicographic()
RULES: dict[str, Any] = {
    "bw-mes": partial(BWMES, FIRST),
    "bw-gcr": BWGCR,
    "random-dictator": FractionalRandomDictator,
    "mes": partial(EqualShares, FIRST),
    "mes-cost": partial(EqualShares, FIRST, satisfaction="cost"),
    "mes-add1": partial(EqualShares, FIRST, satisfaction="cost", completion="add1"),
    "mes-add1u": partial(EqualShares, FIRST, satisfaction="cost", completion="add1u"),
    "gcr": GreedyCohesive,
    "phragmen": partial(Phragmen, FIRST),
    "greedy": partial(GreedyAV, FIRST),
    "greedy-ratio": partial(GreedyRatio, FIRST),
    "max-utility": MaxUtility,
}
EX_ANTE: dict[str, Any] = {
    "IFS": ExAnte(IndividualFairShare()),
    "UFS": ExAnte(UnanimousFairShare()),
    "strong IFS": ExAnte(StrongIndividualFairShare()),
    "strong UFS": ExAnte(StrongUnanimousFairShare()),
    "GFS": GroupFairShare(),
}
EX_POST: dict[str, Any] = {
    "JR": JR(),
    "PJR": PJR(),
    "EJR": EJR(),
    "FJR": FJR(),
    "core": Core(),
    "EJR+x of money": EJRPlusX(),
    "exhaustive": Exhaustive(),
    "BB1": BudgetBalancedUpToOne(),
    "within budget": WithinBudget(),
}
GROUPS = 8
"""So many groups of voters of one mind are shown, the largest."""


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "budget",
        help="fund the projects of a Pabulib file",
        description="Read an election from a .pb file, fund projects by a rule or a lottery, say "
        "how likely each is, what is drawn, what the largest groups of voters get, and which "
        "fairness axioms hold in expectation and of every outcome.  Ties go to earlier projects.",
    )
    parser.add_argument("file", type=Path, metavar="ELECTION.pb")
    parser.add_argument(
        "--mechanism", default="bw-mes", choices=tuple(RULES), metavar="NAME",
        help=f"by default bw-mes; or {', '.join(list(RULES)[1:])}",
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
    mechanism = RULES[options.mechanism](election)
    if options.explain is not None and options.explain not in election.projects:
        raise ValueError(
            f"explain is {options.explain!r}: the projects are {', '.join(election.projects[:8])}"
            + (", ..." if len(election.projects) > 8 else "")
        )
    found = mechanism.of_population(ballots)
    lottery = found if isinstance(found, Rounded) else _sure(election, found)
    (drawn,) = lottery.sample(np.random.default_rng(options.seed), 1)
    if options.explain is not None:
        place = election.projects.index(options.explain)
        print(explain(mechanism, election, ballots, lottery, place))
        return exits.DONE
    answer = Answer(file, mechanism, lottery, drawn, _judged(found, Instance(election, ballots)))
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


def _judged(found: Any, instance: Instance) -> tuple[tuple[str, str, Any], ...]:
    """Each axiom with when it is asked, and its verdict."""
    rows: list[tuple[str, str, Any]] = []
    for when, axioms in (("ex ante", EX_ANTE), ("ex post", EX_POST)):
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
        return f"voters for {election.tell(case.type_)} lack {_short(verdict.violation)}"
    if hasattr(case, "projects"):
        return f"a group could pay for {election.tell(case.projects)}"
    if hasattr(case, "project"):
        return f"{election.tell(frozenset({case.project}))} fits"
    return f"by {lack}"


def _told(options: argparse.Namespace, answer: Answer) -> str:
    election, lottery = answer.election, answer.lottery
    votes = _votes(election, answer.ballots)
    order = sorted(range(len(votes)), key=lambda c: (-lottery.marginals[c], -votes[c], c))
    rows = (
        (
            election.projects[c],
            _clip(election.titles[c] if election.titles else election.projects[c]),
            _short(election.costs[c]),
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
    read = "" if kind in ("approval", "choose-1") else f", {kind} votes read as approvals"
    return "\n".join(
        (
            f"{answer.file.source}: {many(len(answer.ballots), 'voter')}, "
            f"{many(len(election.projects), 'project')}, budget {_short(election.budget)}{read}",
            f"{options.mechanism}, seed {options.seed}: spends {_short(lottery.cost)} on average, "
            f"and {_short(spent)} as drawn",
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
    election, ballots = answer.election, answer.ballots
    rows: list[tuple[str, ...]] = []
    for ballot, voters in _largest(ballots):
        share = Fraction(election.budget) * voters / len(ballots)
        rows.append(
            (
                _clip(election.tell(ballot), 44),
                f"{voters:,}",
                _short(election.value(0, ballot, answer.lottery.marginals)),
                _short(election.value(0, ballot, answer.drawn)),
                _short(election.best(ballot, share)),
            )
        )
    header = ("ballot", "voters", "expects", "gets as drawn", "could buy alone")
    return Table(header, tuple(rows))


def _largest(ballots: Population) -> list[tuple[Ballot, int]]:
    """The largest groups of one mind, and how many are in each."""
    listed: list[tuple[Ballot, int]] = list(tally(ballots))
    return sorted(listed, key=lambda pair: -pair[1])[:GROUPS]


def explain(
    mechanism: Any, election: Election, ballots: Population, lottery: Rounded, project: int
) -> str:
    """Why a project is funded, or is not."""
    votes, cost = _votes(election, ballots)[project], Fraction(election.costs[project])
    chance = lottery.marginals[project]
    name = election.titles[project] if election.titles else election.projects[project]
    lines = [
        f"{name} costs {_short(cost)} of {_short(election.budget)} and has {many(votes, 'vote')}.",
        f"It is funded {'for sure' if chance == 1 else f'with probability {_short(chance)}'}."
        if chance else "It is not funded.",
    ]  # fmt: skip
    if cost > election.budget:
        lines.append("It costs more than the budget.")
    elif isinstance(mechanism, (BWMES, EqualShares)):
        shares = mechanism if isinstance(mechanism, EqualShares) else EqualShares(FIRST, election)
        lines += _shares_told(shares, election, ballots, project)
    elif isinstance(mechanism, (GreedyAV, GreedyRatio)) and project not in lottery.core:
        funded = lottery.core
        left = election.budget - election.cost(funded)
        lines.append(
            f"When its turn came it did not fit: {_short(left)} is left of the budget in the end, "
            "and less can have been left for it only by what came before."
        )
    return "\n".join(lines)


def _shares_told(
    rule: EqualShares, election: Election, ballots: Population, project: int
) -> list[str]:
    """How Equal Shares went for a project, without its completion."""
    spending = rule.spend(tally(ballots))
    share = Fraction(election.budget) / len(ballots)
    bought = [c for c, _ in spending.bought]
    if project in bought:
        price = spending.bought[bought.index(project)][1]
        return [
            f"It was bought {_nth(bought.index(project) + 1)}: each of its supporters pays "
            f"{_short(price)}, or all that it had left, of a share of {_short(share)}."
        ]
    left = sum(
        (
            amount * voters
            for (ballot, voters), amount in zip(spending.classes, spending.left, strict=True)
            if project in ballot
        ),
        Fraction(0),
    )
    lines = [
        f"In the end its supporters have {_short(left)} left of their equal shares, "
        f"{100 * float(left / election.costs[project]):.1f} % of its cost, and so cannot buy it."
    ]
    if rule.completion != "none":
        lines.append("Completions of the rule, with larger shares, are not part of this account.")
    return lines


def _nth(place: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(place, f"as number {place}")


def _votes(election: Election, ballots: Population) -> list[int]:
    """How many voters approve of each project."""
    counts = approvals(tally(ballots))
    return [counts.get(c, 0) for c in range(len(election.projects))]


def _short(number: Any) -> str:
    value = Fraction(number)
    if value.denominator == 1:
        return f"{int(value):,}"
    return f"{float(value):,.4g}" if abs(value) < 1000 else f"{float(value):,.2f}"


def _clip(text: str, width: int = 36) -> str:
    return text if len(text) <= width else f"{text[: width - 3]}..."


def _plain(options: argparse.Namespace, answer: Answer) -> dict[str, JSON]:
    election, lottery = answer.election, answer.lottery
    votes = _votes(election, answer.ballots)
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
            "ballot": [election.projects[c] for c in sorted(ballot)],
            "voters": voters,
            "expected": str(election.value(0, ballot, lottery.marginals)),
            "drawn": str(election.value(0, ballot, answer.drawn)),
        }
        for ballot, voters in _largest(answer.ballots)
    ]
    return {
        "file": answer.file.source,
        "vote_type": answer.file.vote_type,
        "voters": len(answer.ballots),
        "budget": str(Fraction(election.budget)),
        "mechanism": options.mechanism,
        "seed": options.seed,
        "expected_cost": str(lottery.cost),
        "drawn_cost": str(election.cost(answer.drawn)),
        "projects": projects,
        "groups": groups,
        "axioms": axioms,
    }
