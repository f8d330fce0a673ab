"""What users type for mechanisms, axioms and settings, and the values that are meant."""

import argparse
import importlib
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from string import ascii_lowercase
from types import ModuleType
from typing import Any

from .. import axioms
from .._text import brief
from ..axioms import ExAnte, ExPost, MixtureOf, Universally
from ..axioms.names import SHORT
from ..preferences import (
    Goods,
    Line,
    MayAbstain,
    Obnoxious,
    Positions,
    Rankings,
    SinglePeaked,
    SocialOrders,
    Space,
)
from . import _arguments

READINGS: Mapping[str, Callable[[Any], Any]] = {
    "universally": Universally,
    "mixture-of": MixtureOf,
    "ex-ante": ExAnte,
    "ex-post": ExPost,
}
"""Prefixes of an axiom's name: how it is read."""


def axiom(name: str) -> Any:
    """The axiom of this name: ``strategyproof``, ``SP``, ``ex-ante:ufs``, ``universally:sp``.

    Hyphens may be left out: ``nondictatorial``.
    ``package.module:NAME`` is an axiom of one's own.
    """
    head, _, rest = name.partition(":")
    if head in READINGS:
        return READINGS[head](axiom(rest))
    if rest:
        return imported(name)
    known = named_axioms()
    wanted = name.lower()
    joined = {one.replace("-", ""): value for one, value in known.items()}
    found = known.get(wanted, joined.get(wanted.replace("-", "")))
    if found is None:
        raise ValueError(f"axiom is {name!r}: {_suggest(wanted, known)}")
    return found


def named_axioms() -> dict[str, Any]:
    """Every axiom that needs no parameters, by its name and its short name."""
    found: dict[str, Any] = {}
    for name in dir(axioms):
        made = getattr(axioms, name)
        if isinstance(made, type) and hasattr(made, "cases"):
            try:
                value = made()
            except TypeError:
                continue
            found[hyphens(name)] = value
            if made in SHORT:
                found[SHORT[made].lower()] = value
    return found


def add_setting(parser: argparse.ArgumentParser) -> None:
    """The options that describe a setting."""
    _arguments.accept_negative_numbers(parser)
    parser.add_argument(
        "--setting",
        metavar="NAME",
        help=f"one of {', '.join(SETTINGS)}, or package.module:NAME for one of your own",
    )
    parser.add_argument(
        "--range",
        nargs=2,
        type=_arguments.number,
        metavar=("LOW", "HIGH"),
        help="the ends of a line, or of the sides of a square (default: 0 1)",
    )
    parser.add_argument(
        "--points",
        type=int,
        metavar="K",
        help="peaks lie on K equally spaced points of the line, or of each side",
    )
    parser.add_argument(
        "--names", nargs="+", metavar="NAME", help="candidates of rankings, or goods to allocate"
    )
    parser.add_argument(
        "--alternatives", type=int, metavar="K", help="K candidates of rankings, called a, b, c ..."
    )
    parser.add_argument(
        "--effects",
        nargs="+",
        type=_arguments.number,
        metavar="CLICKS",
        help="how many clicks each position gets, best first",
    )
    parser.add_argument(
        "--values",
        nargs="+",
        type=_arguments.number,
        metavar="VALUE",
        help="what a click may be worth to bidders, equally likely (default: any number)",
    )


def setting(options: argparse.Namespace) -> Any:
    """The setting that the options describe."""
    name: str | None = options.setting
    if name is None:
        raise ValueError("--setting is missing: say in which world the mechanism acts, as in line")
    if ":" not in name and name not in SETTINGS:
        raise ValueError(f"setting is {name!r}: {_suggest(name, SETTINGS)}")
    used = USED.get(name, ())
    for option in given(options, DESCRIBING):
        if option not in used:
            allowed = " and ".join(f"--{one}" for one in used) or "none of these options"
            raise ValueError(f"--{option} is given, but --setting {name} takes {allowed}")
    return imported(name) if ":" in name else SETTINGS[name](options)


def given(options: argparse.Namespace, names: Iterable[str]) -> list[str]:
    """Those of the options that were given."""
    return [name for name in names if getattr(options, name) is not None]


def _line(options: argparse.Namespace) -> Line:
    low, high = options.range or UNIT
    return _points(Line(low, high), options)


def _single_peaked(options: argparse.Namespace) -> Line:
    low, high = options.range or UNIT
    return _points(Line(low, high, tastes=SinglePeaked()), options)


def _obnoxious(options: argparse.Namespace) -> Line:
    low, high = options.range or UNIT
    return _points(Line(low, high, tastes=Obnoxious()), options)


def _points(line: Line, options: argparse.Namespace) -> Line:
    if options.points is None:
        return line
    if options.points < 2:
        raise ValueError(f"points is {options.points}: a line has at least 2")
    return line.grid(options.points - 1)


def _rankings(options: argparse.Namespace) -> Rankings:
    if options.alternatives is None:
        return Rankings(_names(options, "the candidates"))
    if options.names is not None:
        raise ValueError("--alternatives and --names are given: candidates are counted or named")
    if not 1 <= options.alternatives <= len(ascii_lowercase):
        raise ValueError(
            f"alternatives is {options.alternatives}: it must be from 1 to {len(ascii_lowercase)}"
        )
    return Rankings(tuple(ascii_lowercase[: options.alternatives]))


def _orders(options: argparse.Namespace) -> SocialOrders:
    return SocialOrders(_rankings(options).candidates)


def _abstaining(options: argparse.Namespace) -> MayAbstain:
    return MayAbstain(_rankings(options))


def _plane(options: argparse.Namespace) -> Space:
    low, high = options.range or UNIT
    square = Space((low, low), (high, high))
    if options.points is None:
        return square
    if options.points < 2:
        raise ValueError(f"points is {options.points}: a side of a square has at least 2")
    return square.grid(options.points - 1, options.points - 1)


def _goods(options: argparse.Namespace) -> Goods:
    return Goods(_names(options, "the goods"))


def _positions(options: argparse.Namespace) -> Positions:
    if options.effects is None:
        raise ValueError("--effects is missing: say how many clicks each position gets")
    effects = tuple(options.effects)
    if options.values is None:
        return Positions(effects)
    likely = (Fraction(1, len(options.values)),) * len(options.values)
    return Positions(effects, values=tuple(options.values), prior=likely)


def _names(options: argparse.Namespace, what: str) -> tuple[str, ...]:
    if options.names is None:
        raise ValueError(f"--names is missing: say what {what} are called")
    return tuple(options.names)


SETTINGS: Mapping[str, Callable[[argparse.Namespace], Any]] = {
    "line": _line,
    "single-peaked": _single_peaked,
    "obnoxious": _obnoxious,
    "plane": _plane,
    "rankings": _rankings,
    "abstaining": _abstaining,
    "orders": _orders,
    "positions": _positions,
    "goods": _goods,
}
"""By name, made from the options of a command."""

USED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("line", "single-peaked", "obnoxious", "plane"), ("range", "points")),
    **dict.fromkeys(("rankings", "abstaining", "orders"), ("names", "alternatives")),
    "goods": ("names",),
    "positions": ("effects", "values"),
}
"""The options that each of them takes."""

DESCRIBING = ("range", "points", "names", "alternatives", "effects", "values")
"""All of these options."""

MANY = 20
"""Names that are not all listed where one is close to what was typed."""

UNIT = (Fraction(0), Fraction(1))
"""The ends of a line, unless others are given."""


def imported(path: str) -> Any:
    """``package.module:name``, or ``file.py:name``, imported from the folder one is in."""
    module, _, name = path.partition(":")
    file: Path | None = None
    if module.endswith(".py"):
        file = Path(module)
        if not file.exists():
            raise ValueError(f"{module}: there is no such file")
        folder, module = str(file.resolve().parent), file.stem
        _require_own_name(file, sys.modules.get(module))
    else:
        folder = str(Path.cwd())
    if folder not in sys.path:
        sys.path.insert(0, folder)
    try:
        found: Any = importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise ValueError(f"{path}: {error}") from None
    except (Exception, SystemExit) as error:  # a user's module may do anything
        raise ValueError(f"{path}: importing it raises {type(error).__name__}: {error}") from error
    if file is not None:
        _require_own_name(file, found)
    for part in name.split("."):
        if not hasattr(found, part):
            public = [n for n in dir(found) if not n.startswith("_")]
            raise ValueError(f"{path}: {brief(found)} has no {part!r}; it has {', '.join(public)}")
        found = getattr(found, part)
    return found


def _require_own_name(file: Path, loaded: ModuleType | None) -> None:
    """Raise `ValueError` if what is loaded by the name of ``file`` is something else."""
    if loaded is None:
        return
    source: str | None = getattr(loaded, "__file__", None)
    if source is None or Path(source).resolve() != file.resolve():
        raise ValueError(
            f"{file}: another module is called {file.stem!r}, {source or 'of Python itself'}: "
            "rename it"
        )


def _suggest(name: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(name, known, n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    if close and len(known) > MANY:
        return f"it is none of {len(known)} names{hint}"
    return f"it must be one of {', '.join(sorted(known))}{hint}"


def hyphens(name: str) -> str:
    """``MaxCost`` as it is typed: ``max-cost``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
