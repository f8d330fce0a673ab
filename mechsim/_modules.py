"""Python files that are no part of a package, imported under names that stay the same."""

import hashlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def import_file(path: Path, kind: str) -> ModuleType:
    """Import a file under a name that depends on nothing but its ``kind`` and where it is.

    Raises
    ------
    ValueError
        If it is no Python file, or raises anything when it is imported.
    """
    path = path.resolve()
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:16]
    name = f"mechsim_{kind}_{path.stem}_{digest}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ValueError(f"{path}: it is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # a file of a user's may be wrong in any way
        del sys.modules[name]
        raise ValueError(f"{path}: it raises {type(error).__name__}: {error}") from error
    return module
