"""The page about the claims of the papers names cards that carry them, and tests that are there."""

import re
from pathlib import Path
from typing import Any

import pytest

from mechsim.catalogue import (
    AnarchyAtLeast,
    Contradicted,
    EveryEquilibrium,
    NoRuleSatisfies,
    OnlyRule,
    Open,
    Ratio,
    SoManyRules,
    entries,
    find,
)

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/theory/facility_claims.md").read_text(encoding="utf-8")
ROWS = {
    row[1]: row
    for line in PAGE.splitlines()
    if re.match(r"\| [A-Z]{2}\d ", line)
    for row in [[cell.strip() for cell in line.split("|")]]
}
EXPECTED = (
    *(f"RR{k}" for k in range(1, 5)),
    *(f"PF{k}" for k in range(1, 6)),
    *("EQ1", "EQ2"),
    *(f"OB{k}" for k in range(1, 7)),
    *("PL1", "PL2", "PL3", "GM1"),
)
CLASSES = {
    name
    for file in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^class (Test\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
}


def named(cell: str) -> list[str]:
    return re.findall(r"`([\w-]+)`", cell)


class TestThePage:
    """Each claim has its row; cards and tests in it exist, and there is at least one test."""

    def test_rows(self) -> None:
        assert tuple(ROWS) == EXPECTED

    @pytest.mark.parametrize("row", EXPECTED)
    def test_what_is_named(self, row: str) -> None:
        _, _, claim, verdict, cards, tests, _ = ROWS[row]
        assert claim
        assert re.match("confirmed|contradicted|partly", verdict)
        files = {entry.name for entry in entries()}
        assert set(named(cards)) <= files
        assert named(tests)
        assert set(named(tests)) <= CLASSES

    @pytest.mark.parametrize(
        ("row", "kind"),
        [
            ("RR1", NoRuleSatisfies),
            ("PF1", SoManyRules),
            ("PF2", OnlyRule),
            ("PF5", Contradicted),
            ("EQ1", NoRuleSatisfies),
            ("OB1", NoRuleSatisfies),
            ("OB2", Ratio),
            ("PL2", Contradicted),
            ("PF3", EveryEquilibrium),
            ("OB3", AnarchyAtLeast),
            ("PL1", Open),
            ("PL3", Ratio),
        ],
    )
    def test_the_cards_carry_the_claim(self, row: str, kind: Any) -> None:
        claims = [c for name in named(ROWS[row][4]) for c in find(name).card.every]
        assert any(isinstance(claim, kind) for claim in claims)

    def test_contradictions_are_told(self) -> None:
        """Whatever a card says of these papers is contradicted has a row that says so."""
        told = {
            name
            for row in ROWS.values()
            if row[3].startswith("contradicted")
            for name in named(row[4])
        }
        found = {
            entry.name
            for entry in entries()
            if entry.family == "facility"
            for claim in entry.card.claims
            if isinstance(claim, Contradicted)
        }
        assert found == told
