"""Verdicts: what is known about a mechanism and an axiom, and how.  Never a bool.

A search that finds nothing is not a proof and never reads as one.
"""

from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any, Literal, NoReturn, TypeAlias

from .._json import JSON, encode
from .._numbers import is_ball, show
from .._text import brief, many
from ..budget import Budget
from ..setting import Domain, Instance


@dataclass(frozen=True)
class Played:
    """The case in which a mechanism does no more than answer the reports of ``instance``."""

    instance: Instance


def refuse_bool() -> NoReturn:
    """Say what to ask a verdict instead of whether it is true."""
    raise TypeError(
        "a verdict is neither true nor false: read its word, or ask isinstance(verdict, Refuted)"
    )


@dataclass(frozen=True)
class Refuted:
    """``mechanism`` breaks ``axiom`` in ``case``, by ``violation``: a witness anyone can replay."""

    mechanism: Any
    axiom: Any
    case: Any
    violation: Any

    word = "refuted"

    @property
    def arithmetic(self) -> Literal["exact", "ball", "float"]:
        """How the violation was computed; a ball encloses it, a float may be rounded."""
        if is_ball(self.violation):
            return "ball"
        return "float" if isinstance(self.violation, float) else "exact"

    @property
    def because(self) -> str:
        """What goes wrong in the case, in words."""
        explain = getattr(self.axiom, "explain", None)
        if explain is None:
            return f"it is violated by {show(self.violation)} in {brief(self.case)}"
        return str(explain(self.mechanism, self.case))

    def __str__(self) -> str:
        rounded = " (computed in floats)" if self.arithmetic == "float" else ""
        return (
            f"{brief(self.mechanism)} fails {brief(self.axiom)} "
            f"on {brief(self.case.instance.setting)}: {self.because}{rounded}"
        )

    def __bool__(self) -> NoReturn:
        refuse_bool()

    def _repr_html_(self) -> str:
        return _html(self.word, str(self))

    def to_json(self) -> JSON:
        """The verdict as an object for `json.dumps`."""
        return _json(self)


@dataclass(frozen=True)
class RefutedAt:
    r"""Bets against ``axiom`` won so much that it is refuted at the level ``alpha``.

    ``mechanism`` is known by its draws only.  If it satisfied the axiom, bets like these would ever
    multiply a purse of 1 by :math:`1/\alpha` with probability ``alpha`` at most, wherever and as
    long as one looked; here they multiplied it by ``e_value``, in ``spent`` draws at ``candidates``
    cases.  That is evidence, and no witness: ``alpha`` of such findings may be wrong.

    The last bets were on ``case``.  After that ``fresh`` further draws gave the violation there as
    ``estimate``, within ``interval`` with confidence ``1 - alpha``.  ``bound`` is how far from 0 a
    draw could be, by the setting or, if ``granted``, by whoever asked.  The same ``budget`` repeats
    all of it.
    """

    mechanism: Any
    axiom: Any
    case: Any
    alpha: float
    e_value: float
    estimate: float
    interval: tuple[float, float]
    fresh: int
    spent: int
    candidates: int
    bound: float
    granted: bool
    budget: Budget

    word = "refuted at level alpha"

    @property
    def because(self) -> str:
        """What seems to go wrong in the case, in words."""
        explain = getattr(self.axiom, "explain_mean", None)
        if explain is None:
            return f"it is violated by {show(self.estimate)} on average in {brief(self.case)}"
        return str(explain(self.estimate, self.case))

    def __str__(self) -> str:
        low, high = map(show, self.interval)
        sure = f"{100 * (1 - self.alpha):g} %"
        granted = f", granted that no draw is further than {show(self.bound)} from 0"
        return (
            f"at level {show(self.alpha)}, {brief(self.mechanism)} fails {brief(self.axiom)} "
            f"on {brief(self.case.instance.setting)}: {self.because} (a violation from {low} to "
            f"{high} with confidence {sure}, by {many(self.fresh, 'fresh draw')}); bets on "
            f"{many(self.spent, 'draw')} at {many(self.candidates, 'case')} multiplied a purse by "
            f"{self.e_value:.3g}{granted if self.granted else ''}"
        )

    def __bool__(self) -> NoReturn:
        refuse_bool()

    def _repr_html_(self) -> str:
        return _html(self.word, str(self))

    def to_json(self) -> JSON:
        """The verdict as an object for `json.dumps`."""
        return _json(self)


@dataclass(frozen=True)
class Bets:
    """Draws of a mechanism that is known by nothing else, and what would have shown in them.

    Of the ``draws``, ``fewest`` to ``most`` were taken at one case.  At the case of most, the mean
    violation is known from below to within ``detectable`` at the level ``alpha``: had it been that
    large, with the same chance around it, it would have been found.  At the other cases only larger
    ones would.
    """

    draws: int
    alpha: float
    fewest: int
    most: int
    detectable: float

    def __str__(self) -> str:
        return (
            f"bets at level {show(self.alpha)} on {many(self.draws, 'draw')}, {self.fewest:,} to "
            f"{self.most:,} a case, where at the case of most a mean violation of "
            f"{show(self.detectable)} would have been found"
        )


@dataclass(frozen=True)
class Proved:
    """The axiom holds within ``scope``, and ``certificate`` shows it; nothing is said beyond.

    The certificate is an `Exhaustion` of a finite domain, or paths that were `Explored`; of a
    declared mechanism it may be a theorem `ByForm`, or formulas that are `Unsatisfiable`.

    What was granted and not shown stands in ``assuming``: axioms that the mechanism satisfies, or
    in words what a solver says.  ``within`` is the domain that was exhausted, from which a
    certificate is made.
    """

    mechanism: Any
    axiom: Any
    certificate: Any
    scope: str
    assuming: tuple[Any, ...] = ()
    within: Domain | None = None

    word = "proved"

    def __str__(self) -> str:
        granted = "".join(f", granted {brief(axiom)}" for axiom in self.assuming)
        what = f"{brief(self.mechanism)} satisfies {brief(self.axiom)}"
        return f"{what} for {self.scope}{granted}: {self.certificate}"

    def __bool__(self) -> NoReturn:
        refuse_bool()

    def _repr_html_(self) -> str:
        return _html(self.word, str(self))

    def to_json(self) -> JSON:
        """The verdict as an object for `json.dumps`."""
        return _json(self)


@dataclass(frozen=True)
class Survived:
    r"""A search of ``cases`` cases at ``instances`` profiles found no violation: no proof.

    Of these, ``independent`` cases were drawn independently and uniformly.  None of :math:`N` such
    draws violates, so with 95 % confidence the violating cases have probability below :math:`3/N`
    in that law (the rule of three).  The law does not see what has measure zero, as ties have on a
    continuum; the other cases were chosen where such faults hide.  Besides, ``swept`` misreports
    were played in batches of floats.

    A mechanism known by its draws only was bet against, and ``bets`` says what that is worth.
    """

    mechanism: Any
    axiom: Any
    domain: str
    instances: int
    cases: int
    rounded: bool = False
    independent: int = 0
    interrupted: bool = False
    swept: int = 0
    bets: Bets | None = None

    word = "survived"

    @property
    def rate(self) -> Fraction | None:
        """What the rule of three bounds: how likely a uniform draw violates; None without draws."""
        return Fraction(3, self.independent) if self.independent > 3 else None

    def __str__(self) -> str:
        until = ", until it was interrupted" if self.interrupted else ""
        return (
            f"{brief(self.mechanism)} survived a search against {brief(self.axiom)} for "
            f"{self.domain}: no violation in {many(self.cases, 'case')} at "
            f"{many(self.instances, 'profile')}"
            f"{self._batches()}{until}. {'Computed in floats; a' if self.rounded else 'A'} "
            f"search is not a proof{self._bound()}"
        )

    def _batches(self) -> str:
        return f" and in batches of {many(self.swept, 'misreport')}" if self.swept else ""

    def _bound(self) -> str:
        if self.bets is not None:
            return f": {self.bets}"
        if self.rate is None:
            return ""
        return (
            f": of {self.independent:,} uniform draws none violates, so with 95 % confidence fewer "
            f"than 1 in {int(1 / self.rate):,} do, but ties have no weight in that law"
        )

    def __bool__(self) -> NoReturn:
        refuse_bool()

    def _repr_html_(self) -> str:
        return _html(self.word, str(self))

    def to_json(self) -> JSON:
        """The verdict as an object for `json.dumps`."""
        return _json(self)


@dataclass(frozen=True)
class Unknown:
    """Nothing can be said, and why."""

    mechanism: Any
    axiom: Any
    reason: str
    spent: int

    word = "unknown"

    def __str__(self) -> str:
        what = f"{brief(self.mechanism)} and {brief(self.axiom)}"
        return f"unknown for {what} after {many(self.spent, 'case')}: {self.reason}"

    def __bool__(self) -> NoReturn:
        refuse_bool()

    def _repr_html_(self) -> str:
        return _html(self.word, str(self))

    def to_json(self) -> JSON:
        """The verdict as an object for `json.dumps`."""
        return _json(self)


@dataclass(frozen=True)
class Misbehaved:
    """``mechanism`` is no mechanism: it raises, returns no number, or contradicts itself."""

    mechanism: Any
    axiom: Any
    case: Any
    what: str

    word = "misbehaved"

    def __str__(self) -> str:
        return f"{brief(self.mechanism)} {self.what}; at {self.case.instance}"

    def __bool__(self) -> NoReturn:
        refuse_bool()

    def _repr_html_(self) -> str:
        return _html(self.word, str(self))

    def to_json(self) -> JSON:
        """The verdict as an object for `json.dumps`."""
        return _json(self)


Verdict: TypeAlias = Refuted | RefutedAt | Proved | Survived | Unknown | Misbehaved

_COLOURS = {
    "refuted": "#b3261e",
    "refuted at level alpha": "#b3261e",
    "proved": "#1b6e3c",
    "survived": "#5f5f5f",
    "unknown": "#5f5f5f",
    "misbehaved": "#b3261e",
}


def _html(word: str, sentence: str) -> str:
    colour = _COLOURS[word]
    return f'<p><b style="color:{colour}">{word}</b> {escape(sentence)}.</p>'


def _json(verdict: Verdict) -> JSON:
    """The verdict, its word and its sentence; `decode` reads the fields and skips the rest."""
    said: dict[str, JSON] = {
        "schema": "mechsim/verdict/1",
        "verdict": verdict.word,
        "sentence": str(verdict),
    }
    written = encode(verdict, brief)
    return said | written if isinstance(written, dict) else said
