"""What a corpus on Spark is made of: datasets that `scrapy dataset` wrote as Parquet, wherever they are."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from furat import __version__
from furat.corpus.folder import Folder
from furat.corpus.relations import FORM
from furat.corpus.spark.files import PARTS
from furat.corpus.stages import of
from furat.datasets.takedowns import NAME, names
from furat.exceptions import WrongUsage

SHARE = 32 << 20
"""The bytes of a file that one task signs."""


class Unit(NamedTuple):
    """The work of a task that signs: every so manieth group of rows of a file, from the one whose turn it is."""

    source: int
    folder: Folder
    name: str
    turn: int
    shares: int
    version: str
    """A hash of what the signatures depend on."""


def units(sources: Sequence[Folder]) -> list[Unit]:
    """Return the work that signs all ``sources``; raise WrongUsage if one has no Parquet file, or all too many."""
    found: list[Unit] = []
    for number, source in enumerate(sources):
        own = [*_units(number, source)]
        if not own:
            raise WrongUsage(f"{source} holds no Parquet file; write one with `scrapy dataset`")
        found += own
    if len(found) > PARTS:
        raise WrongUsage(
            f"The sources are {len(found)} files or shares of files, more than {PARTS}; write larger files"
        )
    return found


def takedowns(sources: Sequence[Folder]) -> frozenset[str]:
    """Return the names in the lists of takedowns that lie beside ``sources``, or in the archives that they lie in."""
    places = {place / NAME for source in sources for place in (source, *source.parents)}
    listed = ((place, place.content()) for place in places)
    return frozenset(name for place, text in listed if text for name in names(text, Path(str(place))))


def _units(number: int, source: Folder) -> Iterator[Unit]:
    folder = source.parents[0] if source.is_file else source
    for name, file in folder.files():
        if source in {folder, folder / name}:
            shares = 1 + file.size // SHARE
            for turn in range(shares):
                told = FORM, __version__, folder, name, file.size, file.mtime_ns, turn, shares
                yield Unit(number, folder, name, turn, shares, of(*map(str, told)))
