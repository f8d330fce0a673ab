"""``mechsim optimize``: the best mechanism that satisfies axioms, or the proof of none."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .. import objectives
from .._json import JSON
from ..design import (
    Average,
    Designed,
    NoMechanism,
    Revenue,
    Welfare,
    WorstCaseRatio,
    WorstCaseValue,
    optimize,
)
from ..proving import certificate
from ..proving.certificates import save
from . import _arguments, _names, exits

READINGS: Mapping[str, Callable[[Any], Any]] = {
    "ratio": WorstCaseRatio,
    "worst": WorstCaseValue,
    "regret": lambda objective: WorstCaseValue(objective, regret=True),
    "average": Average,
}
"""Prefixes of an objective's name: what of it is to be best."""

GOALS: Mapping[str, Any] = {"revenue": Revenue(), "welfare": Welfare()}


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "optimize",
        help="compute the best mechanism that satisfies axioms",
        description="Compute the best randomized mechanism on a finite setting, exactly, with the "
        "rows that prove it best; or the rows by which there is none.",
    )
    parser.add_argument(
        "--objective",
        required=True,
        metavar="NAME",
        help="as max-cost, whose worst-case ratio is meant; prefixes worst:, regret:, average: "
        "mean something else of it; or revenue, welfare",
    )
    parser.add_argument(
        "--axiom",
        action="append",
        default=[],
        metavar="NAME",
        help="as strategyproof or SP, ex-ante:ir; once for each",
    )
    parser.add_argument("--agents", type=int, required=True, metavar="N", help="how many report")
    parser.add_argument("--seconds", type=float, metavar="S", help="when to stop, with a bound")
    parser.add_argument(
        "--certificate", type=Path, metavar="FILE.json", help="write what `mechsim check` checks"
    )
    parser.add_argument("--out", type=Path, metavar="FILE.json", help="save the mechanism")
    _names.add_setting(parser)
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the mechanism and its proof; exit with 1 if there is none and 3 if time was over."""
    goal = objective(options.objective)
    _arguments.require_folder("--out", options.out)
    _arguments.require_folder("--certificate", options.certificate)
    with _arguments.users_turn():
        axioms = [_names.axiom(name) for name in options.axiom]
        found = optimize(
            goal,
            axioms,
            _names.setting(options),
            agents=options.agents,
            seconds=options.seconds,
            progress=True,
        )
        told = _written(found) if options.json else {}
        paragraphs = [] if options.json else [str(found)]
        if isinstance(found, Designed) and not options.json:
            paragraphs += [str(found.table()), str(found.proof())]
    if options.json:
        _arguments.print_json("optimize", told)
    else:
        print("\n\n".join(paragraphs), flush=True)
    with _arguments.users_turn():
        _save(found, options.out, options.certificate)
    if isinstance(found, Designed):
        return exits.DONE
    return exits.REFUTED if isinstance(found, NoMechanism) else exits.UNKNOWN


def _save(found: Any, out: Path | None, proof: Path | None) -> None:
    """Write what there is to write; of the rest it is said that there is none."""
    if out is not None and isinstance(found, Designed):
        found.save(out)
    elif out is not None:
        print(f"{out} is not written: there is no best mechanism to save.", file=sys.stderr)
    if proof is not None and isinstance(found, (Designed, NoMechanism)):
        made = certificate(found.optimum if isinstance(found, Designed) else found.infeasible)
        save(made, proof)
        print(f"To check it: {_arguments.checking(made, proof)}", file=sys.stderr)
    elif proof is not None:
        print(f"{proof} is not written: nothing was proved.", file=sys.stderr)


def objective(name: str) -> Any:
    """The goal of this name: ``max-cost``, ``average:total-cost``, ``revenue``."""
    if name in GOALS:
        return GOALS[name]
    head, _, rest = name.rpartition(":")
    known = named_objectives()
    if (head and head not in READINGS) or rest not in known:
        raise ValueError(
            f"objective is {name!r}: it must be one of {', '.join((*known, *GOALS))}, of the "
            f"first ones with a prefix such as {', '.join(f'{one}:' for one in READINGS)}"
        )
    return READINGS[head or "ratio"](known[rest])


def named_objectives() -> dict[str, Any]:
    """Every objective, by its name."""
    found = (getattr(objectives, name) for name in sorted(dir(objectives)))
    kinds = [one for one in found if isinstance(one, type) and hasattr(one, "minimised")]
    return {
        _names.hyphens(kind.__name__): kind() for kind in kinds if kind is not objectives.Objective
    }


def _written(found: Any) -> dict[str, JSON]:
    said: dict[str, JSON] = {"sentence": str(found)}
    if isinstance(found, Designed):
        table: list[JSON] = [list(row) for row in found.table().rows]
        proof: list[JSON] = [list(row) for row in found.proof().rows]
        said.update(answer="best", value=str(found.value), table=table, proof=proof)
        return said
    if isinstance(found, NoMechanism):
        core: list[JSON] = list(found.core)
        said.update(answer="none", core=core)
        return said
    said.update(answer="stopped", bound=None if found.bound is None else str(found.bound))
    return said
