"""``mechsim allocate``: divide the goods in a file, and say what is fair about it."""

import argparse
from fractions import Fraction
from functools import partial
from pathlib import Path
from textwrap import fill
from typing import Any

from .._text import many
from ..allocation import (
    EnvyCycle,
    HalfMaximinShare,
    LaminarMaximin,
    Leximin,
    LeximinPlusPlus,
    MaximinAllocation,
    MaximumNashWelfare,
    RoundRobin,
    ThreeAgents,
    ThreeQuartersMaximinShare,
    WeightedPicking,
    allocate,
    maximin_allocation,
)
from ..allocation.allocate import LEGEND
from ..preferences.chores import Chores
from ..preferences.cost_utilities import CostUtilities
from ..preferences.surveys import parse
from ..preferences.value_files import ValueFile, read_values
from ..proving import certificate, save
from ..setting import Instance
from . import _arguments, exits


def _leximin(setting: Any) -> Leximin:
    """Of values divided by their sum; of chores, where this would turn signs, as they are."""
    return Leximin(setting, normalised=not isinstance(setting, Chores))


RULES: dict[str, Any] = {
    "mms": MaximinAllocation,
    "three-quarters-mms": ThreeQuartersMaximinShare,
    "half-mms": HalfMaximinShare,
    "round-robin": RoundRobin,
    "envy-cycle": EnvyCycle,
    "mnw": MaximumNashWelfare,
    "leximin": _leximin,
    "leximin++": partial(LeximinPlusPlus, normalised=True),
    "picking": WeightedPicking,
    "laminar": LaminarMaximin,
    "three-agents": ThreeAgents,
}
OF_ENTITLEMENTS = ("mnw", "picking")
"""Rules that entitlements can be given to; picking needs them."""

OF_COSTS = ("laminar", "three-agents")
"""Rules for cost utilities only."""


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "allocate",
        help="Divide the goods in a file among agents.",
        description=(
            "Read one agent a row and one good a column; the first line may name the goods, and "
            "the first column the agents.  Where a value is below 0 they are chores, for which "
            "round-robin and leximin are.  Say who gets what, what that is worth, each "
            "agent's maximin share, and which axioms hold, with witnesses where they do not."
        ),
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a .csv, .tsv, .txt or .json file")
    parser.add_argument("--mechanism", default="mms", choices=tuple(RULES), metavar="NAME",
                        help=f"{', '.join(RULES)}; mms by default, and leximin of values divided "
                        "by their sum")  # fmt: skip
    parser.add_argument(
        "--costs",
        metavar="A,B,...",
        help="what each good costs; entries of the file are then 1 for goods that are wanted",
    )
    parser.add_argument(
        "--entitlements",
        metavar="A,B,...",
        help="what agents are entitled to, for mnw and picking; by default all to the same",
    )
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw who gets what")
    parser.add_argument(
        "--certificate",
        type=Path,
        metavar="FILE.json",
        help="where no allocation gives everybody its maximin share, write down why",
    )
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print tables or JSON."""
    _arguments.require_folder("--picture", options.picture)
    _arguments.require_folder("--certificate", options.certificate)
    if options.picture is not None:
        from ..plot import require_format

        require_format(options.picture)
    costs, entitlements = _numbers(options.costs), _numbers(options.entitlements)
    file = read_values(options.file, costs=costs)
    if entitlements and options.mechanism not in OF_ENTITLEMENTS:
        raise ValueError(
            f"entitlements is {options.entitlements}: only {' and '.join(OF_ENTITLEMENTS)} use them"
        )
    if not entitlements and options.mechanism == "picking":
        raise ValueError("mechanism is picking: it needs --entitlements")
    if options.mechanism in OF_COSTS and not isinstance(file.setting, CostUtilities):
        raise ValueError(
            f"mechanism is {options.mechanism}: it needs --costs, or a JSON file with costs and "
            "approvals"
        )
    rule = RULES[options.mechanism]
    here = Instance(file.setting, file.reports)
    found = allocate(here, rule, entitlements=entitlements or ())
    if options.json:
        told = {"file": file.source, "mechanism": options.mechanism, **found.to_json()}
        _arguments.print_json("allocate", told)
    else:
        print(f"{_heading(options, file)}\n\n{found}\n\n{fill(LEGEND, 100)}")
    if options.picture is not None:
        from .. import plot

        plot.save(plot.bundles(found.instance, found.bundles), options.picture)
    if options.certificate is not None:
        best = maximin_allocation(here)
        if best.better is None:
            told_why = "everybody can have its maximin share, so there is nothing to certify"
            if not best.exists:
                told_why = "whether everybody can have its maximin share is not known"
            raise ValueError(f"certificate is {options.certificate}: {told_why}")
        save(certificate(best.better), options.certificate)
    return exits.DONE


def _numbers(listed: str | None) -> list[Fraction] | None:
    return None if listed is None else [parse(text.strip()) for text in listed.split(",")]


def _heading(options: argparse.Namespace, file: ValueFile) -> str:
    agents, goods = len(file.reports), len(file.setting.names)
    return (
        f"{file.source}: {many(agents, 'agent')}, {many(goods, 'good')}; {options.mechanism}, ties "
        "go to earlier agents and goods"
    )
