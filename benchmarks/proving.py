"""Proofs for all reports of a continuum: how many paths, how many seconds, and by which oracle.

``python -m benchmarks.proving [--only WORD] [--write]``
"""

import argparse
import json
from functools import partial
from pathlib import Path
from time import process_time
from unittest.mock import patch

from tqdm.auto import tqdm

from mechsim._tables import Table
from mechsim.axioms import Explored, Proved, Verdict
from mechsim.proving import attempt, certcheck, certificate
from mechsim.proving.region import Oracle

from .proving_questions import Question, questions

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "speed.md"
BEGIN, END = "<!-- the table of proofs begins -->", "<!-- the table of proofs ends -->"
HEADER = (
    *("question, for all reports", "verdict", "paths", "seconds", "simplex alone", "goal"),
    *("certificate", "written in", "checked in", "prototype: paths", "seconds"),
)
WRITTEN = 1_500
"""Paths up to which a certificate is written and checked."""


def row(question: Question) -> tuple[str, ...]:
    """The cells of `HEADER`."""
    found, seconds = _timed(question)
    paths = "" if not isinstance(found, Proved) else "exhausted"
    if isinstance(found, Proved) and isinstance(found.certificate, Explored):
        paths = f"{found.certificate.paths:,}"
    goal = "" if question.goal is None else f"{question.goal:g}"
    missed = " (missed)" if question.goal is not None and seconds > question.goal else ""
    before = ("", "")
    if question.before is not None:
        before = f"{question.before[0]:,}", f"{question.before[1]:g}"
    return (
        *(question.words, found.word, paths, f"{seconds:.2f}"),
        *(f"{_by_simplex_alone(question):.2f}", goal + missed),
        *(_certified(found) if question.certified else ("", "", "")),
        *before,
    )


def _timed(question: Question) -> tuple[Verdict, float]:
    start = process_time()
    return question.ask(), process_time() - start


def _by_simplex_alone(question: Question) -> float:
    """Seconds that the same takes without shortest paths."""
    with patch.object(attempt, "Oracle", partial(Oracle, shortcut=False)):
        return _timed(question)[1]


def _certified(found: Verdict) -> tuple[str, str, str]:
    """The size of a certificate, and the seconds to write it and to check it."""
    if not isinstance(found, Proved):
        return "", "", ""
    shown = found.certificate
    if not isinstance(shown, Explored) or shown.paths > WRITTEN:
        return "", "", ""
    start = process_time()
    try:
        made = certificate(found)
    except ValueError:  # of settings that the checker does not know
        return "", "", ""
    written = process_time()
    certcheck.check(made, certcheck.Door(("benchmarks",), _silently))
    size = len(json.dumps(made, separators=(",", ":"))) / 1_000
    return f"{size:,.1f} kB", f"{written - start:.2f}", f"{process_time() - written:.2f}"


def _silently(import_: str) -> None:
    """Say nothing of what is imported."""


def main() -> None:
    """Measure and print; renew the documentation if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proving", description=__doc__)
    parser.add_argument("--only", default="", help="questions with this word")
    parser.add_argument("--write", action="store_true", help=f"renew the table in {PAGE.name}")
    options = parser.parse_args()
    if options.write and options.only:
        parser.error("--write and --only are given: the page holds all questions or none")
    asked = [one for one in questions() if options.only in one.words]
    rows = tuple(row(one) for one in tqdm(asked, leave=False))
    print(Table(HEADER, rows))
    if options.write:
        lines = ["| " + " | ".join(HEADER) + " |", "|" + "---|" * len(HEADER)]
        lines += ["| " + " | ".join(cells) + " |" for cells in rows]
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        after = rest.partition(END)[2]
        written = "\n".join([BEGIN, *lines, END])
        PAGE.write_text(f"{before}{written}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
