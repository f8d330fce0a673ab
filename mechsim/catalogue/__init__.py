"""The catalogue: one card a mechanism, found by being there.

Cards are Python files that end in ``CARD = Card(...)``.  Those of the library are importable
from `mechsim.catalogue.cards`; a folder of one's own is loaded from wherever it is.
"""

import importlib
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType

from .._modules import import_file
from .claims import Card as Card
from .claims import Claim as Claim
from .claims import Entry as Entry
from .claims import Fails as Fails
from .claims import Finding as Finding
from .claims import Holds as Holds
from .claims import Rederived as Rederived
from .domains import Continuum as Continuum
from .domains import Increasing as Increasing
from .equilibria import Anarchy as Anarchy
from .equilibria import AnarchyAtLeast as AnarchyAtLeast
from .equilibria import Equilibria as Equilibria
from .equilibria import EveryEquilibrium as EveryEquilibrium
from .findings import Attained as Attained
from .findings import Forced as Forced
from .findings import OptimalOn as OptimalOn
from .holding import hold as hold
from .least_ratio import Least as Least
from .least_ratio import LeastRatio as LeastRatio
from .no_allocation import NoAllocation as NoAllocation
from .no_lottery import Impossible as Impossible
from .no_lottery import Incompatible as Incompatible
from .no_rule import Counted as Counted
from .no_rule import Excluded as Excluded
from .no_rule import Found as Found
from .no_rule import NoRuleSatisfies as NoRuleSatisfies
from .no_rule import OnlyRule as OnlyRule
from .no_rule import SoManyRules as SoManyRules
from .no_rule import SomeRuleSatisfies as SomeRuleSatisfies
from .ratios import Floor as Floor
from .ratios import Optimal as Optimal
from .ratios import Ratio as Ratio
from .revenue import Earned as Earned
from .revenue import Earns as Earns
from .revenue import expected_revenue as expected_revenue
from .statements import Contradicted as Contradicted
from .statements import Open as Open
from .statements import Said as Said
from .unbeaten import Best as Best
from .unbeaten import Unbeaten as Unbeaten
from .worth import AdviceTask as AdviceTask
from .worth import HireTask as HireTask
from .worth import IsWorth as IsWorth


def entries() -> tuple[Entry, ...]:
    """Every card of the library, by family and name."""
    from . import cards

    (folder,) = map(Path, cards.__path__)
    found: list[Entry] = []
    for path in _files(folder):
        name = ".".join((cards.__name__, *path.relative_to(folder).with_suffix("").parts))
        found.append(_entry(importlib.import_module(name), path))
    return tuple(found)


def load(target: Path) -> tuple[Entry, ...]:
    """The cards in a file or below a folder.

    Raises
    ------
    ValueError
        If there is nothing there, or a file defines no ``CARD``.
    """
    if not target.exists():
        raise ValueError(f"{target}: there is no such file or folder")
    paths = [target] if target.is_file() else list(_files(target))
    if not paths:
        raise ValueError(f"{target}: there are no cards below this folder")
    return tuple(_entry(import_file(path, "card"), path) for path in paths)


def find(name: str) -> Entry:
    """The library's card called ``name``, as ``mechsim list`` prints it.

    ``family/name`` and the title of a card are understood too.
    """
    aliases = _aliases()
    wanted = _plain(name)
    several = [f"{e.family}/{e.name}" for e in entries() if e.name == wanted]
    if wanted not in aliases and several:
        raise ValueError(f"{name!r} is of several families: {', '.join(several)}")
    if wanted not in aliases:
        names = ", ".join(f"{entry.family}/{entry.name}" for entry in entries())
        hint = _meant(wanted)
        if hint:
            names = "those that `mechsim list` shows"
        raise ValueError(f"mechanism is {name!r}: it must be one of {names}{hint}")
    return aliases[wanted]


def known(name: str) -> bool:
    """Whether the library has a card called ``name``."""
    return _plain(name) in _aliases()


def _meant(wanted: str) -> str:
    """What may have been meant by a name that is none, with its family or without."""
    whole = {f"{entry.family}/{entry.name}": entry for entry in entries()}
    short = {entry.name: called for called, entry in reversed(whole.items())}
    near = get_close_matches(wanted, (whole if "/" in wanted else short), n=1)
    return f"; did you mean {short.get(near[0], near[0])!r}?" if near else ""


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(" ", "-")


def _aliases() -> dict[str, Entry]:
    """Every way to call a card; what would call two cards calls neither."""
    found = entries()
    aliases = {f"{entry.family}/{entry.name}": entry for entry in found}
    names = [(entry.name, entry) for entry in found]
    titles = [(_plain(entry.card.title), entry) for entry in found]
    for shorts in (names, titles):
        count = Counter(short for short, _ in shorts)
        for short, entry in shorts:
            if count[short] == 1:
                aliases.setdefault(short, entry)
    return aliases


def _files(folder: Path) -> Iterator[Path]:
    return (p for p in sorted(folder.rglob("*.py")) if not p.name.startswith(("_", ".")))


def _entry(module: ModuleType, path: Path) -> Entry:
    card = getattr(module, "CARD", None)
    if not isinstance(card, Card):
        raise ValueError(f"{path}: a card file must define CARD, a Card")
    name = path.stem.replace("_", "-")
    return Entry(name, path.parent.name, card, (module.__doc__ or "").strip())
