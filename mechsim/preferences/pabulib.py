"""Elections from files in the Pabulib format (``.pb``), read exactly.

A file has three sections, META, PROJECTS and VOTES; each is a table of entries separated by
semicolons below a header.  Quoted entries may hold semicolons; a comma may be the decimal sign,
but one before three digits, as in ``10,000``, contradicts the format, as it may be none; sections
of other names are kept as they are.  A voter has one vote.

Votes are of five types.  An *approval* or *choose-1* vote is a set of projects; a *cumulative* or
*scoring* vote gives points to projects; an *ordinal* one ranks some of them, the best first.

References
----------
Stolicki, Szufa, Talmon. Pabulib: A Participatory Budgeting Library. arXiv:2012.06539.
"""

from importlib.resources import files
from pathlib import Path

from ..population import Population
from ._pabulib_reader import Reader
from ._text_files import read_text
from .elections import Election
from .pabulib_files import PabulibFile, PabulibWarning


def read_pabulib(path: str | Path, *, strict: bool = True) -> tuple[Election, Population]:
    """The election in the file at ``path``, and its ballots, counted.

    Projects are known by their ids, in the order of the file, and told by their names where the
    file has any.  Other columns are ignored.  An empty vote is an empty ballot.  Only votes that
    are sets of projects are taken; `read_pabulib_file` reads all types.

    Parameters
    ----------
    path : path of a UTF-8 text file
    strict : bool
        Whether what contradicts the format is an error; otherwise it is a `PabulibWarning`.

    Raises
    ------
    ValueError
        If the file is no approval election, lacks something, or contradicts itself; the message
        names the file and the line.

    Examples
    --------
    >>> election, ballots = village()
    >>> print(ballots)
    12 reports of 5 values
    """
    found = Reader(str(path), strict, sets=True).read(read_text(path, strict, PabulibWarning))
    return found.election, found.approvals


def read_pabulib_file(path: str | Path, *, strict: bool = True) -> PabulibFile:
    """All that the file at ``path`` says.

    Parameters
    ----------
    path : path of a UTF-8 text file
    strict : bool
        Whether what contradicts the format is an error; otherwise it is a `PabulibWarning` that
        says how it was understood: one for each kind of fault, with how many there are.

    Raises
    ------
    ValueError
        If the file lacks something, or contradicts itself; the message names the file and the line.
    """
    return Reader(str(path), strict).read(read_text(path, strict, PabulibWarning))


def village() -> tuple[Election, Population]:
    """A small election of our own making, which ships with the library: 6 projects, 12 voters."""
    return _shipped("village.pb")


def riverside() -> tuple[Election, Population]:
    """A city of our own making, which ships with the library: 24 projects, 600 voters.

    Where voters live decides what they approve of.  The greedy rule spends nothing on the smallest
    of four neighbourhoods, Mill Island, where nobody approves of what it funds.

    Examples
    --------
    >>> election, ballots = riverside()
    >>> election
    Election of 24 projects, budget 400000
    >>> print(ballots)
    600 reports of 514 values
    """
    return _shipped("riverside.pb")


def _shipped(name: str) -> tuple[Election, Population]:
    text = (files("mechsim") / "data" / name).read_text(encoding="utf-8")
    found = Reader(name, True).read(text)
    return found.election, found.approvals
