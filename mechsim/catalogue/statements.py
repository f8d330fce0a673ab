"""Sentences of papers that are not theorems: those contradicted as worded, and open questions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .._json import JSON
from ..mechanism import Playable
from .claims import Card, Claim, Entry, Finding, Rederived
from .findings import finding_html, finding_json


@dataclass(frozen=True)
class Said:
    """A sentence, what has become of it (``word``), and the findings that show it."""

    word: str
    statement: str
    source: str
    shown: tuple[Finding, ...]

    def __str__(self) -> str:
        shown = "; ".join(map(str, self.shown))
        if self.word == "contradicted":
            return f"contradicted as worded: {self.statement} ({self.source}). But {shown}"
        return f"open: {self.statement} ({self.source}). Known: {shown}"

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class Contradicted:
    """A sentence that fails as it is worded, and claims that show it.

    Parameters
    ----------
    statement : str
        What is said, in our words.
    evidence : Claim or tuple of Claim
        All are re-derived, and all must be true.
    source : str
        Who says it, and where.
    rule : callable, Setting to mechanism, optional
        The mechanism that the evidence is about, if it is not that of the card.
    """

    statement: str
    evidence: Claim | tuple[Claim, ...]
    source: str
    rule: Callable[[Any], Playable] | None = None

    def __post_init__(self) -> None:
        _require_evidence(self.evidence)

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        return self.statement, "contradicted as worded", *_summary(self.evidence, self.source)

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Re-derive the evidence."""
        about = entry
        if self.rule is not None:
            about = replace(entry, card=replace(entry.card, rule=self.rule))
        found = [claim.rederive(about, catalogue) for claim in _claims(self.evidence)]
        return _said(self, entry, "contradicted", found)


@dataclass(frozen=True)
class Open:
    """A question that is open here, and the best that is known: it never prints as proved.

    Parameters
    ----------
    statement : str
        For example that a ratio is a supremum that was found by search.
    evidence : Claim or tuple of Claim
        What is known, re-derived: a `Ratio` without a domain is a lower bound.
    source : str
        Where the question comes from.
    """

    statement: str
    evidence: Claim | tuple[Claim, ...]
    source: str

    def __post_init__(self) -> None:
        _require_evidence(self.evidence)

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        return self.statement, "open", *_summary(self.evidence, self.source)

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Re-derive what is known."""
        found = [claim.rederive(entry, catalogue) for claim in _claims(self.evidence)]
        return _said(self, entry, "open", found)


def _claims(evidence: Claim | tuple[Claim, ...]) -> tuple[Claim, ...]:
    return evidence if isinstance(evidence, tuple) else (evidence,)


def _require_evidence(evidence: Claim | tuple[Claim, ...]) -> None:
    claims = _claims(evidence)
    if not claims or not all(hasattr(claim, "rederive") for claim in claims):
        raise ValueError(f"evidence is {evidence!r}: it must be a claim, or a tuple of claims")


def _summary(evidence: Claim | tuple[Claim, ...], source: str) -> tuple[str, str]:
    told = (" ".join(cell for cell in claim.row()[:3] if cell) for claim in _claims(evidence))
    return "; ".join(told), source


def _said(
    claim: Contradicted | Open, entry: Entry, word: str, found: Sequence[Rederived]
) -> Rederived:
    said = Said(word, claim.statement, claim.source, tuple(r.verdict for r in found))
    wrong = [result.note for result in found if not result.true]
    note = claim.statement if not wrong else f"its evidence does not hold: {'; '.join(wrong)}"
    return Rederived(entry, claim, said, not wrong, note)
