"""Random numbers of a study: each replicate has a stream of its own, wherever it is computed."""

import dataclasses
import hashlib
import json
import struct
from typing import Any, TypeAlias, cast

import numpy as np

from .._json import JSON, encode

Key: TypeAlias = tuple[int, int, int, int]
"""128 bits of a digest, as four words."""


def stream(
    seed: int, study: str, point: Any, replicate: int, common: tuple[str, ...] = ()
) -> np.random.Generator:
    """The generator of one replicate: it depends on the arguments and on nothing else.

    Study and point enter by 128 bits of the digest of their canonical JSON, so that adding,
    dropping or reordering points changes no other point's numbers.  Neither does moving the file
    that defines the points, nor the name of their class.

    Parameters
    ----------
    seed : int
        Not negative.
    study : str
        Its name.
    point : frozen dataclass
        Its fields are values of the library, numbers, texts, or values defined beside it.
    replicate : int
        Counted from 0.
    common : tuple of str
        Fields that do not enter: points that differ in these only share their random numbers.
    """
    return generator(seed, key(written(study, point, common)), replicate)


def generator(seed: int, words: Key, replicate: int) -> np.random.Generator:
    """The same for a point whose digest is known."""
    sequence = np.random.SeedSequence(seed, spawn_key=(*words, replicate))
    return np.random.Generator(np.random.PCG64(sequence))


def key(text: str) -> Key:
    """The first 128 bits of the SHA-256 digest of a text."""
    a, b, c, d = struct.unpack("<4I", hashlib.sha256(text.encode()).digest()[:16])
    return a, b, c, d


def written(study: str, point: Any, common: tuple[str, ...] = ()) -> str:
    """Study and point as canonical JSON."""
    fields = {
        field.name: _portable(encode(getattr(point, field.name)), type(point).__module__)
        for field in dataclasses.fields(point)
        if field.name not in common
    }
    return json.dumps(
        {"study": study, "point": fields}, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def _portable(value: JSON, module: str) -> JSON:
    """What `encode` wrote, without the name of the module that defines the study."""
    if isinstance(value, list):
        return [_portable(entry, module) for entry in value]
    if not isinstance(value, dict):
        return value
    plain = {name: _portable(entry, module) for name, entry in value.items()}
    for name in ("kind", "name"):
        if str(plain.get(name)).startswith(f"{module}:"):
            plain[name] = cast(str, plain[name]).removeprefix(module)
    return plain
