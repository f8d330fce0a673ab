"""Claims about all rules at once: that none satisfies some axioms, how many do, or only one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from .._json import JSON
from .._text import brief, many
from ..axioms import Proved, Refuted
from ..axioms.names import label
from ..design import NoRule, SomeRule, count_rules, every_rule, impossible
from ..lottery import is_finite
from ..mechanism import play
from ..proving import certificate, verify
from ..setting import Domain
from .claims import Card, Entry, Rederived
from .findings import finding_html, finding_json
from .ratios import derived

CLAUSES = 50_000
"""Clauses of which a certificate is written, at most."""


@dataclass(frozen=True)
class Excluded:
    """No rule satisfies the axioms: they contradict each other at so many profiles."""

    axioms: tuple[Any, ...]
    domain: Domain
    profiles: int
    clauses: int
    steps: int
    certified: bool = False
    """Whether a certificate was written, which `mechsim.proving.certcheck` accepts."""

    word = "impossible"

    def __str__(self) -> str:
        axioms = ", ".join(map(brief, self.axioms))
        return (
            f"no rule for {self.domain} satisfies {axioms}: they contradict each other at "
            f"{many(self.profiles, 'profile')}, by {many(self.clauses, 'clause')} in "
            f"{many(self.steps, 'step')}{', as certified' if self.certified else ''}"
        )

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class Counted:
    """How many rules satisfy the axioms."""

    axioms: tuple[Any, ...]
    domain: Domain
    rules: int

    word = "counted"

    def __str__(self) -> str:
        axioms = ", ".join(map(brief, self.axioms))
        verb = "satisfies" if self.rules == 1 else "satisfy"
        return f"{many(self.rules, 'rule')} for {self.domain} {verb} {axioms}"

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class NoRuleSatisfies:
    """No rule on ``domain`` satisfies ``axioms`` together, and each of them is needed for that.

    Where alternatives are parts of a continuum, that no rule is found without an axiom is enough:
    that there is one of places could not be shown.

    Parameters
    ----------
    axioms : tuple of axioms
    domain : Domain
    because : str
    redundant : tuple of axioms
        Those without which there is no rule either, on this domain.
    alternatives : tuple, optional
        What may be chosen, if not what the setting lists.
    minimal : bool
        Whether it is claimed that each axiom is needed; where rules without one of them are tables
        too large to be verified, or alternatives are parts of a continuum, it is not.
    """

    axioms: tuple[Any, ...]
    domain: Domain
    because: str
    redundant: tuple[Any, ...] = ()
    alternatives: tuple[Any, ...] | None = None
    minimal: bool = True

    def __post_init__(self) -> None:
        if self.redundant and not self.minimal:
            raise ValueError("redundant has axioms: which are needed is claimed if minimal is True")

    @property
    def statement(self) -> str:
        """The claim in words."""
        return f"no rule is {' and '.join(map(label, self.axioms))}"

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        return self.statement, "impossible", str(self.domain), self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Solve it again, and find a rule without each axiom that is needed, which is verified."""
        return derived(self, entry, self._rederive, catalogue)

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        found = self._asked(self.axioms)
        if not isinstance(found, NoRule):
            return Rederived(entry, self, self._none(), False, str(found))
        sizes = len(found.profiles), len(found.core), len(found.lemmas)
        finding = Excluded(self.axioms, self.domain, *sizes, certified=is_certified(found))
        for spared in self.axioms if self.minimal else ():
            others = tuple(axiom for axiom in self.axioms if axiom is not spared)
            answer = self._asked(others)
            needed = spared not in self.redundant
            if isinstance(answer, NoRule) is needed:
                verb = "not needed" if needed else "needed"
                note = f"{brief(spared)} is {verb}: {answer}"
                return Rederived(entry, self, finding, False, note)
            wrong = self._refuted(answer, others) if isinstance(answer, SomeRule) else None
            if wrong is not None:
                return Rederived(entry, self, finding, False, f"the rule that was found: {wrong}")
        return Rederived(entry, self, finding, True, self.because)

    def _asked(self, axioms: tuple[Any, ...]) -> Any:
        setting, agents = self.domain.setting, self.domain.agents
        return impossible(axioms, setting, agents=agents, alternatives=self.alternatives)

    def _refuted(self, rule: SomeRule, axioms: tuple[Any, ...]) -> Refuted | None:
        """A verdict that a rule breaks an axiom which it was to satisfy, if there is one."""
        for axiom in axioms:
            verdict = verify(rule, axiom, self.domain.setting, agents=self.domain.agents)
            if isinstance(verdict, Refuted):
                return verdict
        return None

    def _none(self) -> Excluded:
        return Excluded(self.axioms, self.domain, 0, 0, 0)


def is_certified(found: NoRule) -> bool:
    """Whether there is a certificate, which is checked as it is written, of such axioms.

    One of very many clauses is not written: it would take longer than to ask again.
    """
    if len(found.core) > CLAUSES:
        return False
    try:
        certificate(found)
    except ValueError:  # of axioms that certificates are not known of
        return False
    return True


@dataclass(frozen=True)
class Found:
    """A rule that satisfies the axioms was found, and verified."""

    axioms: tuple[Any, ...]
    domain: Domain

    word = "possible"

    def __str__(self) -> str:
        axioms = ", ".join(map(brief, self.axioms))
        return f"some rule for {self.domain} satisfies {axioms}"

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class SomeRuleSatisfies:
    """Some rule on ``domain`` satisfies ``axioms`` together: it is found and verified.

    Parameters
    ----------
    axioms : tuple of axioms
    domain : Domain
    because : str
    """

    axioms: tuple[Any, ...]
    domain: Domain
    because: str

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        what = f"some rule is {' and '.join(map(label, self.axioms))}"
        return what, "possible", str(self.domain), self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Find a rule, and verify it."""
        return derived(self, entry, self._rederive, catalogue)

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        setting, agents = self.domain.setting, self.domain.agents
        finding = Found(self.axioms, self.domain)
        rule = impossible(self.axioms, setting, agents=agents)
        if not isinstance(rule, SomeRule):
            return Rederived(entry, self, finding, False, str(rule))
        for axiom in self.axioms:
            verdict = verify(rule, axiom, setting, agents=agents)
            if not isinstance(verdict, Proved):
                return Rederived(entry, self, finding, False, f"the rule that was found: {verdict}")
        return Rederived(entry, self, finding, True, self.because)


@dataclass(frozen=True)
class SoManyRules:
    """Exactly ``rules`` rules on ``domain`` satisfy ``axioms``.

    Parameters
    ----------
    axioms : tuple of axioms
    domain : Domain
    rules : int
    because : str
    alternatives : tuple, optional
        What may be chosen, if not what the setting lists.
    """

    axioms: tuple[Any, ...]
    domain: Domain
    rules: int
    because: str
    alternatives: tuple[Any, ...] | None = None

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        verb = "is" if self.rules == 1 else "are"
        what = f"{many(self.rules, 'rule')} {verb} {' and '.join(map(label, self.axioms))}"
        return what, "counted", str(self.domain), self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Find them all again."""
        return derived(self, entry, self._rederive, catalogue)

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        setting, agents = self.domain.setting, self.domain.agents
        count = count_rules(self.axioms, setting, agents=agents, alternatives=self.alternatives)
        finding = Counted(self.axioms, self.domain, count)
        true = count == self.rules
        return Rederived(entry, self, finding, true, self.because if true else str(finding))


@dataclass(frozen=True)
class OnlyRule:
    """The rule of the card is the only one on ``domain`` that satisfies ``axioms``.

    Parameters
    ----------
    axioms : tuple of axioms
    domain : Domain
    because : str
    alternatives : tuple, optional
        What may be chosen, if not what the setting lists.
    """

    axioms: tuple[Any, ...]
    domain: Domain
    because: str
    alternatives: tuple[Any, ...] | None = None

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        what = f"no other rule is {' and '.join(map(label, self.axioms))}"
        return what, "the only one", str(self.domain), self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Find all rules again, and compare the one there is with the card's at every profile."""
        return derived(self, entry, self._rederive, catalogue)

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        setting, agents = self.domain.setting, self.domain.agents
        rules = every_rule(self.axioms, setting, agents=agents, alternatives=self.alternatives)
        found = list(islice(rules, 2))
        finding = Counted(self.axioms, self.domain, len(found))
        if len(found) != 1:
            note = "there is none" if not found else "there is another one"
            return Rederived(entry, self, finding, False, note)
        mechanism = entry.card.rule(setting)
        for instance in self.domain:
            ours, theirs = play(mechanism, instance.reports), found[0](instance.reports)
            if not is_finite(ours) or ours.support != (theirs,):
                note = f"at {instance.tell_reports()} the only rule chooses {instance.tell(theirs)}"
                return Rederived(entry, self, finding, False, note)
        return Rederived(entry, self, finding, True, self.because)
