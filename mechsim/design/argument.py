"""Why there is no rule, as a proof that can be read: what is chosen where, and why nothing else."""

from dataclasses import dataclass
from html import escape

from .._text import many
from .choices import Reason
from .deduction import Conflict, Exclusion


@dataclass(frozen=True)
class Line:
    """What is excluded at a profile, and what is left there.

    Parameters
    ----------
    profile : int
        By its number among those told apart.
    excluded : tuple of Exclusion
    left : tuple of int
        Outcomes that have not been excluded so far.
    """

    profile: int
    excluded: tuple[Exclusion, ...]
    left: tuple[int, ...]


@dataclass(frozen=True)
class Step:
    """A supposition that leads to a conflict, or, if nothing is supposed, the conflict itself.

    Parameters
    ----------
    number : int or None
        Of the lemma that follows: one of its allowed outcomes is chosen.
    allowed : tuple of (profile, set)
        What the lemma says; the contrary is supposed.
    supposed : tuple of tuple of int
        At each of these profiles what is left with the contrary.
    lines : tuple of Line
        What follows from the supposition.
    conflict : Conflict
    left : tuple of int
        Where the lemma is about one profile: what is left there after it.
    """

    number: int | None
    allowed: tuple[tuple[int, int], ...]
    supposed: tuple[tuple[int, ...], ...]
    lines: tuple[Line, ...]
    conflict: Conflict
    left: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Argument:
    """A proof that there is no rule.

    Clauses are numbered, and lemmas go on from there.

    Parameters
    ----------
    clauses : tuple of Reason
        What the axioms say.
    opening : tuple of Exclusion
        What single clauses exclude by themselves.
    parts : tuple of Line and Step
        The last one is a step in which nothing is supposed.
    lines : tuple of str
        The same in sentences, of which one tells of many profiles where these are alike.
    full : tuple of str
        The same with a sentence for each profile.
    """

    clauses: tuple[Reason, ...]
    opening: tuple[Exclusion, ...]
    parts: tuple[Line | Step, ...]
    lines: tuple[str, ...]
    full: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines)

    def __repr__(self) -> str:
        return f"Argument of {many(len(self.lines), 'line')}"

    def _repr_html_(self) -> str:
        indented = [(line.startswith(" "), escape(line.strip())) for line in self.lines]
        told = [
            f'<p style="margin:0.2em 0 0.2em {2 if inside else 0}em">{line}</p>'
            for inside, line in indented
        ]
        return f'<div style="text-align:left">{"".join(told)}</div>'
