"""The text of a file that is meant to be UTF-8."""

import codecs
import warnings
from pathlib import Path


def read_text(path: str | Path, strict: bool, warning: type[Warning]) -> str:
    """The text at ``path``; what is no UTF-8 is an error or, if not strict, a ``warning``.

    The warning points to whoever called the function that calls this one.  What is no text at all
    is an error in any case.
    """
    data = Path(path).read_bytes()
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if strict:
            raise ValueError(f"{path}: it is UTF-16: save it as UTF-8")
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise ValueError(f"{path}: it starts as UTF-16, but {error.reason}") from None
        warnings.warn(f"{path}: it is UTF-16: it is read as that", warning, stacklevel=3)
        return text
    if b"\0" in data:
        place = data.index(b"\0")
        raise ValueError(f"{path}: a zero at byte {place}: it is no text; save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"{path}: {error.reason} at byte {error.start}"
        if strict:
            raise ValueError(f"{where}: save it as UTF-8") from None
        warnings.warn(f"{where}: it is read as Latin-1", warning, stacklevel=3)
        return data.decode("latin-1")
