"""What CONTRIBUTING.md tells people to write works as it is written there."""

import re
import sys
import textwrap
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from mechsim import Line, Proved, Refuted, verify
from mechsim.catalogue import Entry, entries
from mechsim.facility import Constant

PAGE = Path(__file__).parents[1] / "CONTRIBUTING.md"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Everything that the page's Python blocks define."""
    module = ModuleType("written_by_contributing")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        block = block.replace("from mechsim.facility import Midrange\n", "")  # written above
        exec(textwrap.dedent(re.sub(r"(?m)^   ", "", block)), module.__dict__)
    return module.__dict__


def test_the_mechanism_and_its_card(written: dict[str, Any]) -> None:
    entry = Entry("midrange", "facility", written["CARD"], "")
    catalogue = [known.card for known in entries()]
    for claim in entry.card.claims:
        result = claim.rederive(entry, catalogue)
        assert result.true, result.note
    assert written["Midrange"]()([0, 0, 1]) == 0.5


def test_the_axiom_and_its_foil(written: dict[str, Any]) -> None:
    line, unanimous = Line(0, 1).grid(4), written["Unanimous"]()
    assert isinstance(verify(written["Midrange"](), unanimous, line, agents=3), Proved)
    assert isinstance(verify(Constant(0), unanimous, line, agents=3), Refuted)
