"""The studies that ship with the library, importable under one name from a wheel or a checkout.

A wheel carries them in this folder; in a checkout they stand at the top, in ``simulations/``.
"""

from pathlib import Path

_CHECKOUT = Path(__file__).parents[3]
if (_CHECKOUT / "pyproject.toml").is_file() and (_CHECKOUT / "simulations").is_dir():
    __path__ = [str(_CHECKOUT / "simulations")]
