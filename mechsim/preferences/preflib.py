"""Votes from files in the PrefLib format (``.soc``, ``.soi``, ``.toc``, ``.toi``, ``.cat``).

A file has a header, one ``# KEY: value`` a line, and below it the different votes, each with the
number of voters who cast it: ``3: 2,{1,4},5`` are 3 voters who like 2 best, then 1 and 4 alike,
then 5.  Orders are strict (s) or have ties (t), and are complete (c) or incomplete (i).
Categorical votes, as in ``3: {1,2},4,{}``, say which alternatives are in the first category, which
in the second, and so on.

References
----------
Mattei, Walsh. PrefLib: A Library for Preferences. ADT 2013.
"""

import warnings
from pathlib import Path

from ._preflib_reader import Reader
from ._text_files import read_text
from .preflib_files import PreflibFile, PreflibWarning


def read_preflib(path: str | Path, *, strict: bool = True) -> PreflibFile:
    """All that the file at ``path`` says.  O(size of the file).

    Parameters
    ----------
    path : path of a UTF-8 text file
        The header may leave out what can be counted; its type is then that of the file's name.
    strict : bool
        Whether what contradicts the format is an error; otherwise it is a `PreflibWarning` that
        says how it was understood.

    Raises
    ------
    ValueError
        If the file lacks something, or contradicts itself; the message names the file and the line.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> text = '''# TITLE: Lunch
    ... # ALTERNATIVE NAME 1: soup
    ... # ALTERNATIVE NAME 2: rice
    ... # ALTERNATIVE NAME 3: cake
    ... 2: 3,1,2
    ... 1: 2,3,1
    ... '''
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "lunch.soc"
    ...     _ = path.write_text(text)
    ...     lunch = read_preflib(path)
    >>> lunch
    PreflibFile(Lunch: 3 voters, 3 alternatives, soc)
    >>> lunch.rankings
    (Rankings(soup, rice, cake), Population(values=((2, 0, 1), (1, 2, 0)), counts=(2, 1)))
    >>> election, ballots = lunch.top(committee=2, places=1)
    >>> [(election.tell_type(ballot), voters) for ballot, voters in ballots.classes()]
    [('{cake}', 2), ('{rice}', 1)]
    """
    text = read_text(path, strict, PreflibWarning)
    reader = Reader(str(path), strict)
    found = reader.read(text)
    for message in reader.warnings:
        warnings.warn(message, PreflibWarning, stacklevel=2)
    return found
