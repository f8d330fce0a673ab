"""Why there is no rule, in words: each step supposes the contrary and follows what it forces."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .choices import Reason

if TYPE_CHECKING:
    from .rules import NoRule


@dataclass(frozen=True)
class Argument:
    """A proof, line by line."""

    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines)


def argue(found: "NoRule") -> Argument:
    """The steps of a contradiction in words."""
    words, lines = found.chosen.words, list[str]()
    first = len(found.core)
    for number, (lemma, hints) in enumerate(found.lemmas):
        last = number == len(found.lemmas) - 1
        said = [found.said(literal) for literal in lemma]
        if last:
            lines.append(f"{number + 1}. Altogether:")
        else:
            contrary = [words.literal(one.denied) for one in said]
            lines.append(f"{number + 1}. Suppose {' and '.join(contrary)}.")
        known = {-literal for literal in lemma}
        for place, hint in enumerate(hints):
            done = place == len(hints) - 1
            if hint < first:
                lines.append("   " + _step(found, found.core[hint], known, done))
                literals = found.core[hint].literals
            else:
                literals = found.lemmas[hint - first][0]
                told = " or ".join(words.literal(found.said(one)) for one in literals)
                lines.append(f"   By step {hint - first + 1}, {told}.")
            known.update(one for one in literals if -one not in known)
        if not last:
            so = " or ".join(words.literal(one) for one in said)
            lines.append(f"   This is a contradiction: so {so}.")
        else:
            lines.append("   This is a contradiction: there is no such rule.")
    return Argument(tuple(lines))


def _step(found: "NoRule", reason: Reason, known: set[int], done: bool) -> str:
    words = found.chosen.words
    if reason.axiom is None:
        left = [s for one, s in zip(reason.literals, reason.said, strict=True) if -one not in known]
        if not left:
            where = words.profile(reason.said[0].profile)
            return f"Nothing is left to be chosen at {where}."
        return f"So {words.literal(left[0])}."
    told = getattr(reason.axiom, "explain_clause", None)
    if told is None:
        said = " or ".join(words.literal(one) for one in reason.said)
        return f"{said}, by {reason.axiom}."
    text = str(told(words, reason.said))
    return text[0].upper() + text[1:] + "."
