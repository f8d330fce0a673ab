"""The claim that some goods cannot be divided so that everybody gets its maximin share."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .._json import JSON
from .._numbers import show
from ..algorithms.dividing import NoBetterDivision
from ..allocation.maximin_allocation import MaximinDivision, maximin_allocation
from ..proving import certificate
from ..setting import Instance
from .claims import Card, Entry, Rederived
from .findings import finding_html, finding_json
from .ratios import derived


@dataclass(frozen=True)
class Undividable:
    """At ``instance`` ``bundles`` give everybody ``why.ratio`` of its share; none gives more."""

    instance: Instance
    bundles: tuple[frozenset[int], ...]
    why: NoBetterDivision

    word = "impossible"

    def __str__(self) -> str:
        return (
            f"at {self.instance}, {self.why}; it is attained by {self.instance.tell(self.bundles)}"
        )

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`, with its certificate."""
        told = finding_json(self, self.word)
        return {**told, "certificate": certificate(self.why)} if isinstance(told, dict) else told

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class Divided:
    """What was claimed not to be: an allocation that gives everybody its maximin share."""

    found: MaximinDivision

    word = "divided"

    def __str__(self) -> str:
        return f"at {self.found.instance}, {self.found.sentence}"

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class NoAllocation:
    """No allocation at ``instance`` gives everybody more than ``ratio`` of its maximin share.

    Parameters
    ----------
    instance : Instance
        Goods, and what they are worth to whom.
    ratio : Fraction
        Below 1; some allocation attains it.
    because : str
    """

    instance: Instance
    ratio: Fraction
    because: str

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        part = f"at best {show(self.ratio)} of maximin shares"
        return part, "impossible", str(self.instance), self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Compute the shares and the best allocation, and have the certificate checked."""
        return derived(self, entry, self._rederive, catalogue)

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        found = maximin_allocation(self.instance)
        if found.better is None:
            return Rederived(entry, self, Divided(found), False, found.sentence)
        verdict = Undividable(self.instance, found.bundles, found.better)
        certificate(found.better)  # raises ArithmeticError if the checker would reject it
        true = found.better.ratio == self.ratio
        note = self.because if true else f"everybody can get {show(found.better.ratio)}"
        return Rederived(entry, self, verdict, true, note)
