"""What a corpus is made of: archives, and datasets that were exported from archives."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from os.path import realpath
from pathlib import Path

from furat.corpus.archives import Archive, opened_archive
from furat.corpus.exports import ENDINGS, Export, opened_export, parquets
from furat.corpus.stages import Stages
from furat.exceptions import WrongUsage
from furat.store.read_only import FILE

Opened = Archive | Export


@dataclass(frozen=True, slots=True)
class Source:
    """An archive or an export."""

    path: Path

    @property
    def key(self) -> str:
        """A name for its files: the same as long as it stays where it is."""
        return sha256(bytes(self.path)).hexdigest()[:16]

    @contextmanager
    def opened(self, stages: Stages) -> Iterator[Opened]:
        """Yield the source, to be read; what had to be converted first is kept in ``stages``."""
        if _is_archive(self.path):
            with opened_archive(self.path) as archive:
                yield archive
        else:
            with opened_export(self.path, self.key, stages) as export:
                yield export


def sources(names: Sequence[str]) -> list[Source]:
    """Return the sources at these paths, in an order of their own; raise WrongUsage where something else is there."""
    paths = {Path(realpath(name)): name for name in names}
    for path, name in paths.items():
        if not (_is_archive(path) or path.name.lower().endswith(ENDINGS) or parquets(path)):
            kinds = ", ".join(f"*{ending}" for ending in ENDINGS)
            told = f"{name} is neither an archive's folder nor a dataset ({kinds}, or a release's folder)"
            raise WrongUsage(f"{told}; to take all archives of a folder, write data/*/")
    return [Source(path) for path in sorted(paths)]


def _is_archive(path: Path) -> bool:
    return (path / FILE).exists()
