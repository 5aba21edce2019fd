"""What a check of the chain finds."""

from dataclasses import dataclass
from enum import IntEnum


class Weight(IntEnum):
    """What a finding means for the whole."""

    NOTE = 0
    """All is as it should be, and the reader should know."""

    OPEN = 1
    """It can't be told."""

    FAULT = 2
    """Something is not as it was."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence on a file."""

    place: str
    """The file, relative to the archive's folder."""

    what: str
    weight: Weight = Weight.FAULT

    def __str__(self) -> str:
        """Return the sentence."""
        return f"{self.place}: {self.what}"
