"""The parts of a source: what is signed and published at a time."""

from dataclasses import dataclass
from typing import Any

PART = 2500
"""Articles in a part: few, so that an update rewrites little."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some consecutive articles of a source."""

    number: int
    where: Any
    """What the source finds them by."""

    state: str
    """What changes with any article in it."""

    shown: str
    """What changes with any record of it in a dataset."""
