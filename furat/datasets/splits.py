"""The parts of a dataset, such as those to learn from and to be tested on."""

from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from math import isclose
from typing import Self

from furat.exceptions import WrongUsage

RANGE = 2**64


@dataclass(frozen=True, slots=True)
class Splits:
    """Names of parts, each with its share of the clusters of copies."""

    shares: tuple[tuple[str, float], ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the splits that ``text`` names; raise WrongUsage where it is no list of shares that make one.

        >>> Splits.parse("train=.9,test=.1").shares
        (('train', 0.9), ('test', 0.1))
        """
        try:
            pairs = [
                (name.strip(), float(share)) for name, _, share in (part.partition("=") for part in text.split(","))
            ]
        except ValueError:
            pairs = []
        names = [name for name, _ in pairs]
        is_usable = all(name.isidentifier() and name.isascii() and share > 0 for name, share in pairs)
        if not (pairs and is_usable and len(set(names)) == len(names) and isclose(sum(dict(pairs).values()), 1)):
            raise WrongUsage(f"--splits {text} is not a list of shares that add up to 1; write train=.9,test=.1")
        return cls(tuple(pairs))

    def __str__(self) -> str:
        return ",".join(f"{name}={share:g}" for name, share in self.shares)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts."""
        return tuple(name for name, _ in self.shares)

    def of(self, cluster: str) -> str:
        """Return the name of the part that holds a ``cluster``, named by the id of its first article.

        It depends on that id alone, so that nothing moves as the archive grows.
        """
        place = int.from_bytes(sha256(cluster.encode()).digest()[:8]) / RANGE
        limits = accumulate(share for _, share in self.shares)
        return next((name for name, limit in zip(self.names, limits, strict=True) if place < limit), self.names[-1])
