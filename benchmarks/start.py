"""What it costs to import the library, in new processes."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial

from .limit import Race


def _import(module: str) -> None:
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)


def races() -> Iterator[Race]:
    """Against numpy, which every user imports anyway."""
    yield Race(
        "import mechsim",
        partial(_import, "mechsim"),
        "import numpy",
        partial(_import, "numpy"),
        1.5,
        limit=True,
    )
