"""The packages of the library that ``import mechsim`` offers by name."""

import subprocess
import sys
from pathlib import Path

import mechsim

WITHIN = {"algorithms", "axioms", "commands", "data", "preferences", "proving"}


class TestPackages:
    """Each package on the disk is a lazy name of the top level, or is of the layers below."""

    def test_all_are_offered(self) -> None:
        root = Path(mechsim.__file__).parent
        found = {folder.parent.name for folder in root.glob("*/__init__.py")}
        assert found - WITHIN <= set(mechsim.__all__)

    def test_games_need_no_import_of_their_own(self) -> None:
        code = "import mechsim; print(mechsim.games.__name__)"
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        assert told.stdout.decode().strip() == "mechsim.games"
