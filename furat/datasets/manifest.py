"""What a release holds, of which archive, made how."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from typing import Any, Self

import orjson

from furat import __version__
from furat.datasets.selection import Selection
from furat.exceptions import WrongUsage

MANIFEST = "manifest.json"
VERSION = 3
"""The form of a manifest, and of what it names: another one makes all files anew."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a release."""

    path: str
    """Relative to the release's folder."""

    split: str
    state: str
    """What tells whether the archive would make it otherwise now."""

    source: str = ""
    """SHA-256 of what it was made of: all revisions and states of the articles of its shard."""

    rows: int = 0
    bytes: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Hashed:
    """A file that is known by its content."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The table of contents of a release. It bears no time of its own: the same archive makes the same manifest."""

    site: str
    crawl: str | None
    """The last crawl that the archive knew."""

    options: dict[str, Any]
    counts: dict[str, int]
    """Records by split."""

    inputs: tuple[Hashed, ...]
    """The archive, by the SHA-256 of its shards' sources, a line each; and the list of takedowns, if there is one."""

    files: tuple[File, ...]
    versions: dict[str, str]
    """What wrote the files, and its release."""

    documents: tuple[Hashed, ...] = ()
    """What stands beside the files."""

    version: int = VERSION

    @classmethod
    def of(cls, site: str, crawl: str | None, selection: Selection, files: Sequence[File]) -> Self:
        """Return the manifest of ``files`` made of an archive of ``site``."""
        counts = Counter[str]()
        for file in files:
            counts[file.split] += file.rows
        inputs = [_archive(files)]
        if selection.takedown_list:
            inputs.append(Hashed("takedowns.txt", selection.takedown_list))
        return cls(site, crawl, selection.described(), dict(counts), tuple(inputs), tuple(files), _versions())

    @classmethod
    def nothing(cls) -> Self:
        """Return the manifest of an empty folder."""
        return cls("", None, {}, {}, (), (), {}, version=0)

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Return the manifest that ``text`` is; raise WrongUsage where it is none."""
        try:
            told = orjson.loads(text)
            files = tuple(File(**file) for file in told.pop("files"))
            inputs, documents = (tuple(Hashed(**each) for each in told.pop(name)) for name in ("inputs", "documents"))
            return cls(**told, files=files, inputs=inputs, documents=documents)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise WrongUsage(f"{MANIFEST} is not a manifest of Furat; name another folder") from None

    def to_json(self) -> bytes:
        """Return the manifest as JSON."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    def is_like(self, selection: Selection) -> bool:
        """Return whether ``selection`` would make the same files of the same archive."""
        return (self.version, self.versions, self.options) == (VERSION, _versions(), selection.described())

    @property
    def rows(self) -> int:
        """The number of records."""
        return sum(self.counts.values())


def _archive(files: Sequence[File]) -> Hashed:
    sources = dict.fromkeys(file.source for file in files)  # the splits of a shard have one
    return Hashed("archive.db", sha256("\n".join(sources).encode()).hexdigest())


def _versions() -> dict[str, str]:
    return {"furat": __version__, "pyarrow": version("pyarrow")}
