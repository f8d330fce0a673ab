"""The studies that there are: those of the library, and files of one's own."""

import importlib
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from .._modules import import_file
from .study import Study


@dataclass(frozen=True)
class Found:
    """A study, what its file says about it, and where the file is.

    ``importable`` says whether other processes can import the file by its module's name.
    """

    study: Study[Any]
    text: str
    path: Path
    importable: bool


def studies() -> tuple[Found, ...]:
    """Every study of the library, by name."""
    from . import shipped

    found: list[Found] = []
    for folder in map(Path, shipped.__path__):
        for path in sorted(folder.glob("*.py")):
            if not path.name.startswith(("_", ".")):
                module = importlib.import_module(f"{shipped.__name__}.{path.stem}")
                found.append(_found(module, path, importable=True))
    return tuple(sorted(found, key=lambda one: one.study.name))


def load(path: Path) -> Found:
    """The study in a file.

    Raises
    ------
    ValueError
        If there is no such file, or it defines no ``STUDY``.
    """
    if not path.is_file():
        raise ValueError(f"{path}: there is no such file")
    return _found(import_file(path, "study"), path, importable=False)


def find(name: str) -> Found:
    """The library's study called ``name``."""
    known = {one.study.name: one for one in studies()}
    wanted = name.lower().replace("_", "-").replace(" ", "-")
    if wanted not in known:
        raise ValueError(f"study is {name!r}: it must be one of {', '.join(known)}, or a FILE.py")
    return known[wanted]


def _found(module: ModuleType, path: Path, importable: bool) -> Found:
    study = getattr(module, "STUDY", None)
    if not isinstance(study, Study):
        raise ValueError(f"{path}: a file of a study must define STUDY, a Study")
    return Found(cast(Study[Any], study), (module.__doc__ or "").strip(), path, importable)
