"""Floats as whole numbers: keys, in the same order, with none left out between neighbours.

The key of a float is the number of floats between it and zero, with its sign; -0.0 is 0.0.
Sums of floats are whole multiples of the least positive float, :math:`2^{-1074}`, the `UNIT`.
"""

from fractions import Fraction
from typing import cast

import numpy as np

from ...population import CountArray, FloatArray

MAGNITUDE = 2**63 - 1
"""The bits of a float but its sign."""

MANTISSA = 52
"""Bits of a mantissa that are stored."""

UNIT = Fraction(1, 2**1074)
"""The least positive float."""


def keys_of(floats: FloatArray) -> CountArray:
    """The key of each float."""
    bits = np.ascontiguousarray(floats).view(np.int64)
    return np.where(bits >= 0, bits, -(bits & MAGNITUDE))


def floats_of(keys: CountArray) -> FloatArray:
    """The float of each key."""
    return cast(FloatArray, np.copysign(np.abs(keys).view(np.float64), keys))


def key_of(number: float) -> int:
    """The key of one float."""
    return int(keys_of(np.array([number], np.float64))[0])


def float_of(key: int) -> float:
    """The float of one key."""
    return float(floats_of(np.array([key], np.int64))[0])


def units_of(key: int) -> int:
    """The float of a key as a multiple of `UNIT`, also one past the largest float."""
    magnitude = abs(key)
    exponent, mantissa = magnitude >> MANTISSA, magnitude & (2**MANTISSA - 1)
    units: int = mantissa
    if exponent:
        units = (mantissa + 2**MANTISSA) << (exponent - 1)
    return units if key >= 0 else -units
