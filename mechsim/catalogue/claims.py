"""Claims about a mechanism, as objects that are re-derived and not believed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any, Protocol, cast

from .._json import JSON
from .._numbers import Number, show
from .._tables import Table
from .._text import brief
from ..axioms import (
    Axiom,
    Exhaustion,
    OutcomeAxiom,
    Proved,
    Refuted,
    Tally,
    Unknown,
    Verdict,
    check,
    confirm,
    lift,
    places,
)
from ..axioms.checking import chooses
from ..budget import Budget
from ..mechanism import Playable
from ..proving import prove_by_paths
from ..proving.mixtures import by_mixture
from ..setting import Domain, Setting
from .domains import Continuum

PATHS = Budget(10_000)
"""What the proof of a claim about a continuum may cost: tens of seconds, and mostly much less."""

FOIL_PATHS = Budget(100)
"""What a foil may cost there: one that fails does so on one of its first paths, or near them."""


class Finding(Protocol):
    """What re-deriving a claim found: a verdict on an axiom, a ratio, or what was said of them."""

    @property
    def word(self) -> str:
        """In one word: proved, refuted, attained, ..."""
        ...

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        ...


class Claim(Protocol):
    """Something that is claimed of a mechanism and can be derived again."""

    def row(self) -> tuple[str, ...]:
        """The claim as four cells of a table: of what, what, where, why."""
        ...

    def rederive(self, entry: "Entry", catalogue: Sequence["Card"]) -> "Rederived":
        """What becomes of the claim; ``catalogue`` has the foils."""
        ...


@dataclass(frozen=True)
class Card:
    """One mechanism, where it comes from, and everything that is claimed of it.

    Parameters
    ----------
    title : str
        The mechanism's name in the literature.
    rule : callable, Setting to mechanism
        So that a claim can be made about a setting.
    source : str
        The paper.
    claims : tuple of Claim
        `Holds`, `Fails`, `Ratio` and others, re-derived by ``mechsim verify``.
    slow : tuple of Claim
        Those that take long, re-derived by ``mechsim verify --slow``.
    """

    title: str
    rule: Callable[[Any], Playable]
    source: str
    claims: tuple[Claim, ...]
    slow: tuple[Claim, ...] = ()

    def __post_init__(self) -> None:
        if not callable(self.rule):
            raise ValueError(f"rule is {self.rule!r}: it must make a mechanism from a setting")
        if not self.claims:
            raise ValueError(f"claims of {self.title!r} is empty: a card claims something")
        for name, listed in (("claims", self.claims), ("slow", self.slow)):
            for claim in listed:
                if not hasattr(claim, "rederive"):
                    raise ValueError(
                        f"{name} has {claim!r}: it must be Holds(...), Fails(...), ..."
                    )

    @property
    def every(self) -> tuple[Claim, ...]:
        """All claims, also those that take long."""
        return (*self.claims, *self.slow)

    def table(self) -> Table:
        """One row a claim."""
        return Table(("of what", "claim", "where", "why"), tuple(c.row() for c in self.every))

    def __str__(self) -> str:
        return f"{self.title} ({self.source})\n\n{self.table()}"

    def _repr_html_(self) -> str:
        head = f"<p><b>{escape(self.title)}</b> ({escape(self.source)})</p>"
        return head + self.table()._repr_html_()


@dataclass(frozen=True)
class Entry:
    """A card and where it stands.

    ``name`` is the card's file name with hyphens, ``family`` the folder it stands in, ``text``
    the rule in words.
    """

    name: str
    family: str
    card: Card
    text: str


@dataclass(frozen=True)
class Rederived:
    """What became of a claim: the verdict found now, and whether the claim is ``true`` to it.

    ``foils`` counts the mechanisms known to fail the axiom that the same test refutes; None
    where the question does not arise.
    """

    entry: Entry
    claim: Claim
    verdict: Finding
    true: bool
    note: str
    foils: int | None = None


@dataclass(frozen=True)
class Holds:
    """The axiom holds ``because`` of a theorem, and ``domain`` says where that is shown again.

    Every case of a `Domain` is evaluated; for all reports of a `Continuum` it is proved by paths.
    The same test must refute at least one foil of the axiom: one that nothing can fail shows
    nothing.
    """

    axiom: Axiom | OutcomeAxiom
    domain: Domain | Continuum
    because: str

    @property
    def reading(self) -> Axiom:
        """The axiom as it is asked of a mechanism: one of outcomes ex post."""
        return lift(self.axiom)

    def __post_init__(self) -> None:
        lift(self.axiom)
        if not hasattr(self.domain, "agents"):
            raise ValueError(f"domain is {self.domain!r}: it must be Domain(setting, agents)")

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        return brief(self.reading), "holds", str(self.domain), self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Test the mechanism on the domain, and the foils that the catalogue knows."""
        mechanism: Any = None
        try:
            mechanism = entry.card.rule(self.domain.setting)
            verdict = judged(self.reading, mechanism, self.domain, PATHS)
        except Exception as error:  # a card may be wrong in any way; that is a finding
            what = f"it raises {type(error).__name__}: {error}"
            unknown = Unknown(mechanism, self.reading, what, spent=0)
            return Rederived(entry, self, unknown, False, f"the claim cannot be tested: {what}")
        if not isinstance(verdict, Proved):
            return Rederived(entry, self, verdict, False, f"claimed to hold, but {verdict}")
        foils = sum(_refutes(cast(Any, self.reading), self.domain, foil) for foil in catalogue)
        if not foils:
            note = f"no mechanism known to fail {brief(self.reading)} fails it for {self.domain}"
            return Rederived(entry, self, verdict, False, f"the test has no power: {note}", 0)
        return Rederived(entry, self, verdict, True, self.because, foils)


def judged(axiom: Axiom, mechanism: Playable, domain: Domain | Continuum, paths: Budget) -> Verdict:
    """The verdict of trying all cases of a domain, or at most so many ``paths`` of a continuum."""
    if isinstance(domain, Continuum):
        return prove_by_paths(mechanism, axiom, domain.setting, agents=domain.agents, budget=paths)
    setting, agents = domain.setting, domain.agents
    mixed = by_mixture(mechanism, axiom, setting, agents, domain.size, str(domain))
    if mixed is not None:
        return mixed
    tried = check(axiom, mechanism, places(axiom, domain))
    if not isinstance(tried, Tally):
        return tried
    if tried.rounded:
        what = "it was computed in floats, and that proves nothing"
        return Unknown(mechanism, axiom, what, tried.cases)
    certificate = Exhaustion(tried.instances, tried.cases, chooses(axiom))
    scope = tried.scope(str(domain))
    return Proved(mechanism, axiom, certificate, scope, tried.granted, domain)


@cache
def _refutes(axiom: Any, domain: Domain | Continuum, foil: Card) -> bool:
    """Whether ``foil`` claims to fail this axiom in such a setting and fails it here.

    Remembered, because many claims ask the same of the same foils.
    """
    for claim in foil.claims:
        if isinstance(claim, Fails) and claim.reading == axiom:
            setting: Setting = claim.case.instance.setting
            if type(setting) is type(domain.setting):
                try:
                    played = foil.rule(domain.setting)
                    return isinstance(judged(axiom, played, domain, FOIL_PATHS), Refuted)
                except Exception:  # a foil for other settings of this kind, or a broken one
                    return False
    return False


@dataclass(frozen=True)
class Fails:
    """The axiom fails: in ``case``, by exactly ``violation``."""

    axiom: Axiom | OutcomeAxiom
    case: Any
    violation: Number

    @property
    def reading(self) -> Axiom:
        """The axiom as it is asked of a mechanism: one of outcomes ex post."""
        return lift(self.axiom)

    def __post_init__(self) -> None:
        lift(self.axiom)
        if not hasattr(self.case, "instance"):
            raise ValueError(f"case is {self.case!r}: it must be a case of the axiom")

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        return brief(self.reading), "fails", str(self.case.instance), f"by {show(self.violation)}"

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Replay the witness."""
        mechanism: Any = None
        try:
            mechanism = entry.card.rule(self.case.instance.setting)
            witness = Refuted(mechanism, self.reading, self.case, self.violation)
            if confirm(witness):
                return Rederived(entry, self, witness, True, witness.because)
            what = f"the violation is {show(self.reading.violation(mechanism, self.case))}"
            note = f"{what} and not {show(self.violation)}"
        except Exception as error:  # a card may be wrong in any way; that is a finding
            note = f"it raises {type(error).__name__}: {error}"
        unknown = Unknown(mechanism, self.reading, note, spent=1)
        return Rederived(entry, self, unknown, False, f"the witness does not replay: {note}")
