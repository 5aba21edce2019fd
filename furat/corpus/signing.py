"""The stage `sign`, a file for each part of each source: made again only where articles changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from furat.corpus import tables
from furat.corpus.decision import Signed, sign
from furat.corpus.parts import Part
from furat.corpus.relations import ARTICLE, SIGNED
from furat.corpus.sources import Opened, Source
from furat.corpus.stages import Stage, Stages, of

BATCH = 500
"""Articles that are signed at a time."""


@dataclass(frozen=True, slots=True)
class SignedPart:
    """A part of a source, and the stage that it was signed into."""

    source: int
    """The number of the source."""

    part: Part
    stage: Stage


@dataclass(frozen=True, slots=True)
class Signatures:
    """All parts of all sources."""

    parts: list[SignedPart]
    hidden: frozenset[str]
    """The ids that any source hides."""

    @property
    def names(self) -> set[str]:
        """The names of all stages that they need."""
        return {f"{part.stage.path.parent.name}/{part.stage.path.stem}" for part in self.parts}

    def sha256(self, source: int) -> str:
        """Return a hash of what was signed of a source, known by its number."""
        return of(*(part.stage.sha256 for part in self.parts if part.source == source))


def signed(sources: list[Source], stages: Stages) -> Signatures:
    """Return the signatures of all articles of ``sources``."""
    parts: list[SignedPart] = []
    hidden = set[str]()
    for number, source in enumerate(sources):
        with source.opened(stages) as opened:
            hidden |= opened.hidden
            parts += [SignedPart(number, part, _signed(source, opened, part, stages)) for part in opened.parts()]
    return Signatures(parts, frozenset(hidden))


def _signed(source: Source, opened: Opened, part: Part, stages: Stages) -> Stage:
    name = f"sign/{source.key}-{part.number:06d}"

    def make(path: Path) -> None:
        known = _known(stages.there(name))
        with pq.ParquetWriter(path, SIGNED, compression="zstd", use_dictionary=False) as file:
            for batch in _batches(opened.articles(part, tables.SIGNED)):
                file.write_batch(sign(batch, known))

    return stages.stage(name, part.state, make)


def _batches(told: Iterator[pa.Table]) -> Iterator[pa.RecordBatch]:
    for table in told:
        yield from table.select(ARTICLE.names).to_batches(BATCH)


def _known(stage: Stage | None) -> dict[int, Signed]:
    """Return what an earlier build signed, by content."""
    if stage is None:
        return {}
    columns = pq.read_table(stage.path, columns=["content", "digest", "keys", "signature"]).to_pydict()
    return {content: (*told,) for content, *told in zip(*columns.values(), strict=True)}
