"""``mechsim place``: where mechanisms build for the answers in a survey file."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
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
from ..population import EXPANDABLE, Population
from ..preferences import Line
from ..preferences.columns import Column, load, stream_of
from ..setting import Instance
from . import _arguments, exits
from ._crowd import (
    Crowd,
    Numbers,
    Placed,
    View,
    chances,
    crowd,
    expected_distances,
    farthest,
    view,
)
from ._large import is_streamed, survey

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
    found = _found(options, setting, mechanisms)
    seen, lotteries = found.view, found.lotteries
    if options.json:
        _arguments.print_json("place", _plain(found, setting))
    else:
        left_out = f" ({found.missing} without an answer left out)" if found.missing else ""
        print(f"{many(seen.agents, 'report')} on {setting}{left_out}\n")
        print(outcomes(lotteries), "\n", sep="")
        print(who_gets_what(seen, lotteries), "\n", sep="")
        for name, lottery in lotteries.items():
            print(f"{name}: {fair_share(seen.groups[name], setting, lottery)}.")
    if options.picture is not None:
        from .. import plot

        where = "" if found.column is None else f"column {found.column} of "
        title = f"{many(len(found.points), 'report')} in {where}{options.file.name}"
        drawn = {
            name: lottery.finite() if isinstance(lottery, Empirical) else lottery
            for name, lottery in lotteries.items()
        }
        figure = plot.placement(
            found.points, drawn, setting=setting, title=title, unit=found.column or "location"
        )
        plot.save(figure, options.picture)
    return exits.DONE


@dataclass(frozen=True)
class _Found:
    """A column of a file, where mechanisms build for it, and all reports if they are drawn."""

    source: str
    column: str | None
    missing: int
    view: View
    lotteries: Mapping[str, Placed]
    points: tuple[Any, ...] = ()


def _found(options: argparse.Namespace, setting: Line, mechanisms: Mapping[str, Any]) -> _Found:
    """Read the column, into memory or as a stream, and place."""
    most = MANY if options.json else FEW
    stream = stream_of(options.file, options.column, missing=options.missing)
    if stream is not None and is_streamed(stream, mechanisms):
        if options.picture is not None:
            raise ValueError(
                f"picture is {options.picture}: {stream.source} has {stream.rows:,} rows, and at "
                f"most {EXPANDABLE:,} reports are drawn: draw a sample of them"
            )
        surveyed = survey(stream, setting, mechanisms, most)
        if not isinstance(surveyed, Population):
            seen, placed = surveyed
            missing = stream.rows - seen.agents
            return _Found(stream.source, stream.column, missing, seen, placed)
        column = Column(stream.source, stream.column, surveyed, stream.rows - len(surveyed))
    else:
        column = load(options.file, options.column, missing=options.missing, setting=setting)
    instance = Instance(setting, setting.read(column.reports))
    points = instance.profile if options.picture is not None else ()  # refused if too many
    lotteries = {name: _place(name, rule, instance) for name, rule in mechanisms.items()}
    seen = view(crowd(instance.reports), lotteries, most)
    return _Found(column.source, column.column, column.missing, seen, lotteries, points)


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


def who_gets_what(seen: View, lotteries: Mapping[str, Placed]) -> Table:
    """The expected distance of the agents at each report; of many reports at five quantiles."""
    distances = [expected_distances(chances(x), seen.places) for x in lotteries.values()]
    rows = [
        (
            name + (f"{float(seen.places[k]):.4g}" if name else show(seen.places[k])),
            str(seen.counts[k]),
            *(f"{float(column[k]):.4g}" for column in distances),
        )
        for k, name in enumerate(seen.names)
    ]
    means = (f"{float(seen.means[name]):.4g}" for name in lotteries)
    total = ("all, mean", str(seen.agents), *means)
    return Table(("report", "agents", *(f"distance, {name}" for name in lotteries)), (*rows, total))


def fair_share(who: Crowd, setting: Line, lottery: Placed) -> str:
    """Whether every like-minded group gets its fair share: in expectation and after the draw."""
    due, slack = who.due(setting), who.slack(setting)
    drawn = chances(lottery)
    worst = farthest(drawn, who.places)
    ex_ante = _shortfall(who, expected_distances(drawn, who.places) - due, slack)
    if len(drawn.places) == 1:
        return ex_ante or "every like-minded group gets its fair share"
    ex_post = _shortfall(who, worst - due, slack)
    before = f"in expectation {ex_ante or 'every like-minded group gets its fair share'}"
    if not ex_post:
        return f"{before}, and whatever is drawn"
    k = int(np.argmax(worst - due))
    below, above = np.abs(who.places[k] - drawn.places[[0, -1]])
    end = drawn.places[-1 if above > below else 0]
    return f"{before}; if {show(end)} is drawn, {ex_post}"


def _shortfall(who: Crowd, missing: Numbers, slack: float) -> str:
    """The group that is farthest beyond the distance it is due, in words; empty if none is."""
    if not len(missing) or max(missing) <= slack:
        return ""
    k = int(np.argmax(missing))
    place, size = show(who.places[k]), int(who.counts[k])
    agents = f"the agent at {place} is" if size == 1 else f"the {size} agents at {place} are"
    return f"{agents} {show(missing[k])} farther away than their fair share allows"


def _plain(found: _Found, setting: Line) -> dict[str, JSON]:
    seen, placed = found.view, list[JSON]()
    for name, lottery in found.lotteries.items():
        distances = expected_distances(chances(lottery), seen.places)
        entry: dict[str, JSON] = {
            "mechanism": name,
            "places": len(chances(lottery).places),
            "lottery": _listed(lottery),
            "distances": [
                {
                    "report": encode(place),
                    "agents": int(count),
                    "expected": encode(distance),
                }
                for place, count, distance in zip(seen.places, seen.counts, distances, strict=True)
            ],
            "fair_share": fair_share(seen.groups[name], setting, lottery),
        }
        placed.append(entry)
    return {
        "file": found.source,
        "column": found.column,
        "range": [encode(setting.low), encode(setting.high)],
        "agents": seen.agents,
        "missing": found.missing,
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
