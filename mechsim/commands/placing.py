"""``mechsim place``: where mechanisms build for the answers in a survey file."""

import argparse
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from .._json import JSON, encode
from .._numbers import show
from .._tables import Table
from .._text import many
from ..batch import Empirical
from ..catalogue import find, known
from ..lottery import is_finite
from ..mechanism import play
from ..preferences import Line
from ..preferences.columns import Column, load
from ..setting import Instance
from . import _arguments, exits
from ._crowd import Crowd, Numbers, Placed, chances, crowd, expected_distances

FEW = 12
"""As many places as a table lists one by one."""

MANY = 10_000
"""As many places as JSON lists one by one."""


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "place",
        help="Place a facility for the numbers in a column of a file.",
        description=(
            "Read one report a row, place a facility by each mechanism, and say who is how far "
            "from it.  Text and whole numbers are read and computed exactly."
        ),
    )
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a .csv file with a header row, .parquet or .npy"
    )
    parser.add_argument("--column", help="the column that holds the reports, if there are several")
    parser.add_argument(
        "--range",
        nargs=2,
        type=_arguments.number,
        required=True,
        metavar=("LOW", "HIGH"),
        help="the ends of the line; reports must lie between them",
    )
    parser.add_argument(
        "--mechanism",
        nargs="+",
        required=True,
        metavar="NAME",
        help="one or more names from `mechsim list`, of the family facility",
    )
    parser.add_argument(
        "--missing",
        nargs="+",
        default=(),
        metavar="ENTRY",
        help="entries that mean no answer, such as '' NA -99; their rows are left out and counted; "
        "'' is also a null, and nan is not a number",
    )
    _arguments.accept_negative_numbers(parser)
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw it: .png, .pdf or .svg")
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print outcomes and who gets what; optionally draw them."""
    if options.picture is not None:
        from .. import plot

        plot.require_format(options.picture)
    setting = Line(*options.range)
    mechanisms = {name: _facility(name)(setting) for name in options.mechanism}
    column = load(options.file, options.column, missing=options.missing, setting=setting)
    instance = Instance(setting, setting.read(column.reports))
    points = instance.profile if options.picture is not None else ()  # refused if too many
    lotteries = {name: _place(name, rule, instance) for name, rule in mechanisms.items()}
    who = crowd(instance.reports)
    if options.json:
        _arguments.print_json("place", _plain(column, setting, who, lotteries))
    else:
        left_out = f" ({column.missing} without an answer left out)" if column.missing else ""
        print(f"{many(instance.agents, 'report')} on {setting}{left_out}\n")
        print(outcomes(lotteries), "\n", sep="")
        print(who_gets_what(who, lotteries), "\n", sep="")
        for name, lottery in lotteries.items():
            print(f"{name}: {fair_share(who, setting, lottery)}.")
    if options.picture is not None:
        from .. import plot

        where = "" if column.column is None else f"column {column.column} of "
        title = f"{many(len(points), 'report')} in {where}{options.file.name}"
        drawn = {
            name: lottery.finite() if isinstance(lottery, Empirical) else lottery
            for name, lottery in lotteries.items()
        }
        figure = plot.placement(
            points, drawn, setting=setting, title=title, unit=column.column or "location"
        )
        plot.save(figure, options.picture)
    return exits.DONE


def _facility(name: str) -> Any:
    """The rule called ``name``; names that several families share mean the one of facilities."""
    entry = find(f"facility/{name}" if known(f"facility/{name}") else name)
    if entry.family != "facility":
        raise ValueError(f"mechanism is {name!r}, of {entry.family}: it must place a facility")
    return entry.card.rule


def _place(name: str, mechanism: Any, instance: Instance) -> Placed:
    lottery = play(mechanism, instance.reports)
    if is_finite(lottery) or isinstance(lottery, Empirical):
        return lottery
    raise ValueError(f"mechanism is {name!r}: its lottery does not list its places")


def outcomes(lotteries: Mapping[str, Placed]) -> Table:
    """One row a mechanism, or a row for each of the few places where it may build."""
    rows: list[tuple[str, ...]] = []
    for name, lottery in lotteries.items():
        drawn = chances(lottery)
        if isinstance(lottery, Empirical) or len(drawn.places) > FEW:
            span = f"{float(drawn.places[0]):.4g} to {float(drawn.places[-1]):.4g}"
            expected = f"expected {float(drawn.mean):.4g}"
            rows.append((name, span, f"{len(drawn.places)} places", expected))
            continue
        for row, (place, p) in enumerate(lottery.probability.items()):
            rows.append(("" if row else name, show(place), show(p), f"{float(place):.4g}"))
    return Table(("mechanism", "builds at", "with probability", "decimal"), tuple(rows))


def who_gets_what(who: Crowd, lotteries: Mapping[str, Placed]) -> Table:
    """The expected distance of the agents at each report; of many reports at five quantiles."""
    if len(who.places) > FEW:
        chosen = who.quantiles()
        names = ["lowest ", "lower quartile ", "median ", "upper quartile ", "highest "]
    else:
        chosen = list(range(len(who.places)))
        names = ["" for _ in chosen]
    distances = [expected_distances(chances(x), who.places) for x in lotteries.values()]
    rows = [
        (
            name + (f"{float(who.places[k]):.4g}" if name else show(who.places[k])),
            str(who.counts[k]),
            *(f"{float(column[k]):.4g}" for column in distances),
        )
        for name, k in zip(names, chosen, strict=True)
    ]
    means = (f"{float(who.mean(column)):.4g}" for column in distances)
    total = ("all, mean", str(who.agents), *means)
    return Table(("report", "agents", *(f"distance, {name}" for name in lotteries)), (*rows, total))


def fair_share(who: Crowd, setting: Line, lottery: Placed) -> str:
    """Whether every like-minded group gets its fair share: in expectation and after the draw."""
    due, slack = who.due(setting), who.slack(setting)
    drawn = chances(lottery)
    below, above = (np.abs(who.places - end) for end in drawn.places[[0, -1]])
    worst = np.maximum(below, above)  # the farthest place is at an end
    ex_ante = _shortfall(who, expected_distances(drawn, who.places) - due, slack)
    if len(drawn.places) == 1:
        return ex_ante or "every like-minded group gets its fair share"
    ex_post = _shortfall(who, worst - due, slack)
    before = f"in expectation {ex_ante or 'every like-minded group gets its fair share'}"
    if not ex_post:
        return f"{before}, and whatever is drawn"
    k = int(np.argmax(worst - due))
    end = drawn.places[-1 if above[k] > below[k] else 0]
    return f"{before}; if {show(end)} is drawn, {ex_post}"


def _shortfall(who: Crowd, missing: Numbers, slack: float) -> str:
    """The group that is farthest beyond the distance it is due, in words; empty if none is."""
    k = int(np.argmax(missing))
    if missing[k] <= slack:
        return ""
    place, size = show(who.places[k]), int(who.counts[k])
    agents = f"the agent at {place} is" if size == 1 else f"the {size} agents at {place} are"
    return f"{agents} {show(missing[k])} farther away than their fair share allows"


def _plain(
    column: Column, setting: Line, who: Crowd, lotteries: Mapping[str, Placed]
) -> dict[str, JSON]:
    listed = range(len(who.places)) if len(who.places) <= MANY else who.quantiles()
    placed: list[JSON] = []
    for name, lottery in lotteries.items():
        distances = expected_distances(chances(lottery), who.places)
        entry: dict[str, JSON] = {
            "mechanism": name,
            "places": len(chances(lottery).places),
            "lottery": _listed(lottery),
            "distances": [
                {
                    "report": encode(who.places[k]),
                    "agents": int(who.counts[k]),
                    "expected": encode(distances[k]),
                }
                for k in listed
            ],
            "fair_share": fair_share(who, setting, lottery),
        }
        placed.append(entry)
    return {
        "file": column.source,
        "column": column.column,
        "range": [encode(setting.low), encode(setting.high)],
        "agents": who.agents,
        "missing": column.missing,
        "placed": placed,
    }


def _listed(lottery: Placed) -> list[JSON]:
    """Every place that may be drawn; of very many only the ends."""
    if isinstance(lottery, Empirical):
        ends = ((lottery.outcomes[k], lottery.counts[k]) for k in (0, -1))
        drawn = [(float(place), Fraction(int(count), lottery.total)) for place, count in ends]
    else:
        drawn = list(lottery.probability.items())
    return [{"outcome": encode(y), "probability": encode(p), "decimal": float(y)} for y, p in drawn]
