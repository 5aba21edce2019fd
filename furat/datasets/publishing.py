"""A folder that can be published: shards, what describes them, and a manifest, which is the commit."""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import file_digest
from pathlib import Path

from furat.datasets.manifest import MANIFEST, File, Hashed, Manifest
from furat.exceptions import WrongUsage
from furat.files import held, put, reading
from furat.store.folders import check_place

STAGING = ".furat"
"""The folder of files that are written and wait for their names; where it is found, an update was interrupted."""

LOCK = f".{MANIFEST}.lock"
"""What holds a release against a second build; where a build was killed, it stays."""

DEFAULT_SPLIT = "train"
"""What readers call a dataset of one part (huggingface.co/docs/hub/datasets-file-names-and-splits)."""


class Publication(ABC):
    """Brings a folder up to date."""

    __slots__ = ()
    folder: Path

    @abstractmethod
    def files(self, before: Manifest, staging: Path) -> Iterator[File]:
        """Yield every shard: those of ``before`` that still hold, and new ones, written to ``staging``."""

    @abstractmethod
    def manifest(self, files: Sequence[File]) -> Manifest:
        """Return what is to be said of the ``files``."""

    @abstractmethod
    def document(self, manifest: Manifest, staging: Path) -> None:
        """Write what stands beside the shards to ``staging``."""

    def build(self) -> Manifest:
        """Return the manifest of what the folder holds now: written last, it is the commit.

        Shards in which nothing changed since the last build stay as they are. A second build waits for the first.
        Raises WrongUsage where the folder holds what is not a release.
        """
        check_folder(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        with held(self.folder / MANIFEST):
            return self._build(self._before())

    def is_there(self, file: File) -> bool:
        """Return whether the folder holds this shard."""
        path = self.folder / file.path
        return path.is_file() and path.stat().st_size == file.bytes

    def _build(self, before: Manifest) -> Manifest:
        staging = self.folder / STAGING
        shutil.rmtree(staging, ignore_errors=True)
        (staging / "data").mkdir(parents=True)
        files = list(self.files(before, staging / "data"))
        manifest = self.manifest(files)
        self.document(manifest, staging)
        documents = sorted(path for path in staging.iterdir() if path.is_file())
        manifest = replace(manifest, documents=tuple(Hashed(path.name, sha256_of(path)) for path in documents))
        (staging / MANIFEST).write_bytes(manifest.to_json())
        (self.folder / MANIFEST).unlink(missing_ok=True)
        self._put_shards(staging / "data", files)
        for path in (*documents, staging / MANIFEST):  # the last
            put(path, self.folder / path.name)
        shutil.rmtree(staging)
        return manifest

    def _before(self) -> Manifest:
        try:
            with reading(self.folder / MANIFEST) as file:
                return Manifest.from_json(file.read())
        except FileNotFoundError:
            return Manifest.nothing()

    def _put_shards(self, staging: Path, files: list[File]) -> None:
        data = self.folder / "data"
        data.mkdir(exist_ok=True)
        for path in sorted(staging.glob("*.parquet")):
            put(path, data / path.name)
        named = {Path(file.path).name for file in files}
        for stale in [path for path in data.glob("*.parquet") if path.name not in named]:
            stale.unlink()


def check_folder(folder: Path) -> None:
    """Raise WrongUsage where ``folder`` holds what is not a release, or lies among the files of an archive."""
    check_place(folder / MANIFEST)
    if folder.is_symlink() and not folder.exists():
        raise WrongUsage(f"{folder} is a link that leads nowhere; name another folder")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise WrongUsage(f"{folder} is not a folder; name another one")
    names = {path.name for path in folder.iterdir()}
    if names and names.isdisjoint({MANIFEST, STAGING, LOCK}):
        raise WrongUsage(f"{folder} is not empty, and no release of Furat; name another folder")
    if (folder / "data").is_symlink():
        raise WrongUsage(f"{folder / 'data'} is a link, which may lead anywhere; remove it")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
