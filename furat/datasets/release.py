"""A folder that can be published: shards, a card, metadata and a manifest."""

import shutil
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from operator import itemgetter
from pathlib import Path

import orjson

from furat.datasets import card, croissant
from furat.datasets.build import write
from furat.datasets.formats import format_of
from furat.datasets.manifest import MANIFEST, File, Hashed, Manifest
from furat.datasets.reader import Reader
from furat.exceptions import WrongUsage
from furat.files import held, put, reading
from furat.store import Store
from furat.store.exports import Shard
from furat.store.folders import check_place

SHARD = 2500
"""Articles in a shard: few, so that an update rewrites little."""

STAGING = ".furat"
"""The folder of files that are written and wait for their names; where it is found, an update was interrupted."""

LOCK = f".{MANIFEST}.lock"
"""What holds a release against a second build; where a build was killed, it stays."""

DEFAULT_SPLIT = "train"
"""What readers call a dataset of one part (huggingface.co/docs/hub/datasets-file-names-and-splits)."""


@dataclass(slots=True)
class Release:
    """Brings a folder up to date with an archive."""

    store: Store
    folder: Path
    site: str
    reader: Reader

    def build(self) -> Manifest:
        """Return the manifest of what the folder holds now: written last, it is the commit.

        Shards in which nothing changed since the last build stay as they are. A second build waits for the first.
        Raises WrongUsage where the folder holds what is not a release.
        """
        self._check()
        self.folder.mkdir(parents=True, exist_ok=True)
        with held(self.folder / MANIFEST):
            return self._build(self._before())

    def _build(self, before: Manifest) -> Manifest:
        staging = self.folder / STAGING
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        files = list(self._files(before, staging))
        manifest = Manifest.of(self.site, self.store.crawls.last(), self.reader.selection, files)
        documents = self._documents(manifest)
        manifest = replace(manifest, documents=tuple(Hashed(name, _sha256(text)) for name, text in documents.items()))
        documents[MANIFEST] = manifest.to_json()  # the last
        for name, text in documents.items():
            (staging / name).write_bytes(text)
        (self.folder / MANIFEST).unlink(missing_ok=True)
        self._put_shards(staging, files)
        for name in documents:
            put(staging / name, self.folder / name)
        shutil.rmtree(staging)
        return manifest

    def _check(self) -> None:
        check_place(self.folder / MANIFEST)
        if self.folder.is_symlink() and not self.folder.exists():
            raise WrongUsage(f"{self.folder} is a link that leads nowhere; name another folder")
        if not self.folder.exists():
            return
        if not self.folder.is_dir():
            raise WrongUsage(f"{self.folder} is not a folder; name another one")
        names = {path.name for path in self.folder.iterdir()}
        if names and names.isdisjoint({MANIFEST, STAGING, LOCK}):
            raise WrongUsage(f"{self.folder} is not empty, and no release of Furat; name another folder")
        if (self.folder / "data").is_symlink():
            raise WrongUsage(f"{self.folder / 'data'} is a link, which may lead anywhere; remove it")

    def _before(self) -> Manifest:
        try:
            with reading(self.folder / MANIFEST) as file:
                return Manifest.from_json(file.read())
        except FileNotFoundError:
            return Manifest.nothing()

    def _files(self, before: Manifest, staging: Path) -> Iterator[File]:
        members = self.store.exports.members()
        known = {file.path: file for file in before.files} if before.is_like(self.reader.selection) else {}
        for shard in self.store.exports.shards(SHARD) or [Shard(0, "", "", "")]:
            state = self._state(shard, members)
            for split in self._splits():
                path = f"data/{split}-{shard.number:05d}.parquet"
                kept = known.get(path)
                if kept and kept.state == state and self._is_there(kept):
                    yield kept
                else:
                    yield self._written(staging, File(path, split, state), shard)

    def _splits(self) -> tuple[str, ...]:
        splits = self.reader.selection.splits
        return splits.names if splits else (DEFAULT_SPLIT,)

    def _state(self, shard: Shard, members: list[tuple[str, str]]) -> str:
        """Return what changes with the shard's content: with its articles, and with the clusters that they are in."""
        clusters = self.reader.clusters
        begin = bisect_right(members, shard.after, key=itemgetter(0))
        end = bisect_right(members, shard.last, key=itemgetter(0))
        inside = sorted({cluster for _, cluster in members[begin:end]})
        sizes = [(each, clusters[each]) for each in inside if each in clusters]
        return f"{shard.state}.{sha256(orjson.dumps(sizes)).hexdigest()[:16]}"

    def _is_there(self, file: File) -> bool:
        path = self.folder / file.path
        return path.is_file() and path.stat().st_size == file.bytes

    def _written(self, staging: Path, file: File, shard: Shard) -> File:
        path = staging / Path(file.path).name
        count = write(format_of(path), path, self.reader.selection, self.reader.lines(shard, file.split))
        with path.open("rb") as written:
            digest = file_digest(written, "sha256").hexdigest()
        source = self.store.exports.fingerprint(shard)
        return replace(file, source=source, rows=count, bytes=path.stat().st_size, sha256=digest)

    def _put_shards(self, staging: Path, files: list[File]) -> None:
        data = self.folder / "data"
        data.mkdir(exist_ok=True)
        for path in sorted(staging.glob("*.parquet")):
            put(path, data / path.name)
        named = {Path(file.path).name for file in files}
        for stale in [path for path in data.glob("*.parquet") if path.name not in named]:
            stale.unlink()

    def _documents(self, manifest: Manifest) -> dict[str, bytes]:
        """Return what describes the shards, by name."""
        columns = self.reader.selection.columns
        return {
            card.NAME: card.text(manifest, columns).encode(),
            croissant.NAME: croissant.text(manifest, columns).encode(),
        }


def _sha256(text: bytes) -> str:
    return sha256(text).hexdigest()
