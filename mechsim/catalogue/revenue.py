"""The claim of how much a mechanism brings on average, beside the most that any could."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from .._json import JSON
from .._numbers import Number, show
from .._text import brief
from ..axioms import BayesianIncentiveCompatible, InterimIndividuallyRational, Unknown, surplus
from ..design import Designed, Revenue, optimize
from ..mechanism import Playable, play
from ..setting import Domain, Setting
from .claims import Card, Entry, Rederived
from .findings import finding_html, finding_json


@dataclass(frozen=True)
class Earned:
    """Average revenue on ``domain``, and the most of any mechanism there, proved by ``rows``."""

    mechanism: Any
    domain: str
    revenue: Fraction
    most: Fraction
    rows: int

    @property
    def word(self) -> str:
        """Optimal, or not."""
        return "optimal" if self.revenue == self.most else "suboptimal"

    def __str__(self) -> str:
        brings = f"{brief(self.mechanism)} brings {show(self.revenue)} on average for {self.domain}"
        return (
            f"{brings}; no mechanism brings more than {show(self.most)}, as {self.rows} rows prove"
        )

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class Earns:
    """The expected ``revenue`` at the truth, and the ``most`` that any mechanism earns.

    The linear program over all mechanisms, with chance and payments, that are Bayesian incentive
    compatible and interim individually rational is solved and certified again.  Where the revenue
    is the most, some mechanism of the catalogue must earn less there: a test that nothing can fail
    shows nothing.

    Parameters
    ----------
    domain : Domain
        Of a setting with a prior of finitely many values.
    revenue, most : Number
        Exactly.
    because : str
        Why it is, or is not, optimal.
    """

    domain: Domain
    revenue: Number
    most: Number
    because: str

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        optimal = "the most" if self.revenue == self.most else f"of at most {show(self.most)}"
        claim = f"{show(self.revenue)}, {optimal}"
        return "revenue on average", claim, str(self.domain), self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Play every profile, and solve the program."""
        try:
            return self._rederive(entry, catalogue)
        except Exception as error:  # a card may be wrong in any way; that is a finding
            note = f"it raises {type(error).__name__}: {error}"
            unknown = Unknown(entry.card.title, Revenue(), note, 0)
            return Rederived(entry, self, unknown, False, f"the claim cannot be tested: {note}")

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        mechanism = entry.card.rule(self.domain.setting)
        revenue = expected_revenue(mechanism, self.domain)
        most, rows = _most(self.domain)
        verdict = Earned(mechanism, str(self.domain), revenue, most, rows)
        for what, found, claimed in (
            ("the revenue", revenue, self.revenue),
            ("the most", most, self.most),
        ):
            if found != claimed:
                note = f"{what} is {show(found)}, not {show(claimed)}"
                return Rederived(entry, self, verdict, False, note)
        if revenue == most:
            foils = sum(_earns_less(foil, self.domain) for foil in catalogue)
            if not foils:
                note = "the test has no power: no mechanism of the catalogue earns less there"
                return Rederived(entry, self, verdict, False, note, 0)
            return Rederived(entry, self, verdict, True, self.because, foils)
        return Rederived(entry, self, verdict, True, self.because)


def expected_revenue(mechanism: Playable, domain: Domain) -> Fraction:
    """What is left of the payments on average, if all report the truth; exactly."""
    setting: Any = domain.setting
    total = Fraction(0)
    for instance in domain:
        lottery = play(mechanism, instance.reports)
        left = lottery.expect(lambda outcome: surplus(setting, outcome))
        total += Fraction(setting.chance(instance.profile)) * Fraction(left)
    return total


@cache
def _most(domain: Domain) -> tuple[Fraction, int]:
    axioms: list[Any] = [BayesianIncentiveCompatible(), InterimIndividuallyRational()]
    found = optimize(Revenue(), axioms, domain.setting, agents=domain.agents)
    if not isinstance(found, Designed):
        raise ValueError(f"there is no optimal mechanism: {found}")
    return found.value, sum(1 for y in found.optimum.dual if y)


@cache
def _earns_less(foil: Card, domain: Domain) -> bool:
    """Whether ``foil``, which claims to earn less than the most in such a setting, does here."""
    for claim in foil.claims:
        if isinstance(claim, Earns) and claim.revenue != claim.most:
            setting: Setting = claim.domain.setting
            if type(setting) is type(domain.setting):
                try:
                    earned = expected_revenue(foil.rule(domain.setting), domain)
                except Exception:  # a foil for other settings of this kind
                    return False
                return earned < _most(domain)[0]
    return False
