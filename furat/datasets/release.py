"""The release of one archive: shards, a card, metadata and a manifest."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from operator import itemgetter
from pathlib import Path

import orjson

from furat.datasets import card, croissant
from furat.datasets.build import write
from furat.datasets.formats import format_of
from furat.datasets.manifest import File, Manifest
from furat.datasets.publishing import DEFAULT_SPLIT, Publication, sha256_of
from furat.datasets.reader import Reader
from furat.store import Store
from furat.store.exports import Shard

SHARD = 2500
"""Articles in a shard: few, so that an update rewrites little."""


@dataclass(slots=True)
class Release(Publication):
    """Brings a folder up to date with an archive."""

    store: Store
    folder: Path
    site: str
    reader: Reader

    def files(self, before: Manifest, staging: Path) -> Iterator[File]:
        members = self.store.exports.members()
        known = {file.path: file for file in before.files} if before.is_like(self.reader.selection) else {}
        for shard in self.store.exports.shards(SHARD) or [Shard(0, "", "", "")]:
            state = state_of(shard, self.reader, members)
            for split in self._splits():
                path = f"data/{split}-{shard.number:05d}.parquet"
                kept = known.get(path)
                if kept and kept.state == state and self.is_there(kept):
                    yield kept
                else:
                    yield self._written(staging, File(path, split, state), shard)

    def manifest(self, files: Sequence[File]) -> Manifest:
        return Manifest.of(self.site, self.store.crawls.last(), self.reader.selection, files)

    def document(self, manifest: Manifest, staging: Path) -> None:
        columns = self.reader.selection.columns
        (staging / card.NAME).write_text(card.text(manifest, columns), "utf-8")
        (staging / croissant.NAME).write_text(croissant.text(manifest, columns), "utf-8")

    def _splits(self) -> tuple[str, ...]:
        splits = self.reader.selection.splits
        return splits.names if splits else (DEFAULT_SPLIT,)

    def _written(self, staging: Path, file: File, shard: Shard) -> File:
        path = staging / Path(file.path).name
        count = write(format_of(path), path, self.reader.selection, self.reader.lines(shard, file.split))
        source = self.store.exports.fingerprint(shard)
        return replace(file, source=source, rows=count, bytes=path.stat().st_size, sha256=sha256_of(path))


def state_of(shard: Shard, reader: Reader, members: list[tuple[str, str]]) -> str:
    """Return what changes with the shard's content: with its articles, and with the clusters that they are in."""
    clusters = reader.clusters
    begin = bisect_right(members, shard.after, key=itemgetter(0))
    end = bisect_right(members, shard.last, key=itemgetter(0))
    inside = sorted({cluster for _, cluster in members[begin:end]})
    sizes = [(each, clusters[each]) for each in inside if each in clusters]
    return f"{shard.state}.{sha256(orjson.dumps(sizes)).hexdigest()[:16]}"
