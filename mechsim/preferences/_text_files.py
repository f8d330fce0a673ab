"""The text of a file that is meant to be UTF-8."""

import warnings
from pathlib import Path


def read_text(path: str | Path, strict: bool, warning: type[Warning]) -> str:
    """The text at ``path``; what is no UTF-8 is an error or, if not strict, a ``warning``.

    The warning points to whoever called the function that calls this one.
    """
    data = Path(path).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"{path}: {error.reason} at byte {error.start}"
        if strict:
            raise ValueError(f"{where}: save it as UTF-8") from None
        warnings.warn(f"{where}: it is read as Latin-1", warning, stacklevel=3)
        return data.decode("latin-1")
