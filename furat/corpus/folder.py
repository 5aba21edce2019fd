"""Relations in a folder on a disk or in an object store, each committed by the one file that names its parts.

Nothing is renamed, which object stores can't: a part has a name that nobody else uses, and counts once a commit names
it. What a killed or repeated task leaves behind is named by none.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import uuid4

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.fs import FileInfo, FileSelector, FileSystem, LocalFileSystem, copy_files
from w3lib.url import file_uri_to_path

from furat.files import whole

BATCH = 4096
"""Rows that are in memory at a time."""

SCHEMES = {"s3a": "s3", "s3n": "s3"}
"""What Hadoop calls a file system, and what Arrow calls it."""


class Part(NamedTuple):
    """A Parquet file of a relation."""

    name: str
    rows: int
    size: int
    of: str = ""
    """What it was computed from, if not from the same as all parts."""


PART = pa.schema({"name": pa.string(), "rows": pa.int64(), "size": pa.int64(), "of": pa.string()})


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder: the address of its file system, and the path within."""

    system: str
    path: str

    @classmethod
    def at(cls, address: str) -> "Folder":
        """Return the folder at ``address``: a path, or an address of what Arrow can reach (S3, GCS, Azure, HDFS).

        >>> str(Folder.at("s3a://bucket/corpus/")), str(Folder.at("file:///srv/corpus"))
        ('s3://bucket/corpus', '/srv/corpus')
        """
        scheme, found, rest = address.partition("://")
        if not found or scheme == "file":
            return cls("", str(Path(file_uri_to_path(address) if found else address).absolute()))
        host, _, path = rest.partition("/")
        return cls(f"{SCHEMES.get(scheme, scheme)}://{host}", path.strip("/"))

    def __str__(self) -> str:
        return f"{self.system}/{self.path}" if self.system else self.path

    def __truediv__(self, name: str) -> "Folder":
        return Folder(self.system, str(PurePosixPath(self.path, name)))

    @property
    def parents(self) -> list["Folder"]:
        """The two folders that it lies in, as far as there are any."""
        above = [*map(str, PurePosixPath(self.path).parents)][:2]
        return [Folder(self.system, "" if path == "." else path) for path in above]

    def holds(self, other: "Folder") -> bool:
        """Return whether ``other`` is this folder, or in it.

        >>> [Folder.at("/srv/a").holds(Folder.at(path)) for path in ("/srv/a", "/srv/a/b", "/srv/ab")]
        [True, True, False]
        """
        return self.system == other.system and f"{other.path}/".startswith(f"{self.path}/" if self.path else "")

    def place(self, name: str = "") -> tuple[FileSystem, str]:
        """Return the file system, and the path of ``name`` as it wants it."""
        system, base = _system(self.system)
        return system, f"{base}{(self / name).path if name else self.path}".rstrip("/")

    @property
    def is_file(self) -> bool:
        """Whether it is no folder after all."""
        system, path = self.place()
        return bool(system.get_file_info(path).is_file)

    def content(self) -> bytes | None:
        """Return what the file of this name holds, or None if there is none."""
        system, path = self.place()
        if not self.is_file:
            return None
        with system.open_input_stream(path) as file:
            return bytes(file.read())

    def files(self) -> Iterator[tuple[str, FileInfo]]:
        """Yield the Parquet files below by their names, in order.

        What begins with a dot or `_` is passed over, as Spark and Hive do.
        """
        system, path = self.place()
        found = system.get_file_info(FileSelector(path, allow_not_found=True, recursive=True))
        named = {each.path.removeprefix(path).strip("/"): each for each in found if each.is_file}
        yield from sorted((name, each) for name, each in named.items() if _is_data(name))

    def write(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, of: str = "") -> Part:
        """Write ``batches`` to a new file and return what it is."""
        name, rows = f"{uuid4().hex}.parquet", 0
        system, path = self.place(name)
        if not self.system:
            system.create_dir(self.path)
        with system.open_output_stream(path) as file:
            with pq.ParquetWriter(file, schema, compression="zstd") as writer:
                for batch in batches:
                    writer.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=schema))
                    rows += batch.num_rows
            size = file.tell()
        return Part(name, rows, size, of)

    def opened(self, name: str) -> pa.NativeFile:
        """Return the file of that name, open to be read."""
        system, path = self.place(name)
        return system.open_input_file(path)

    def read(self, name: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Yield ``columns`` of the rows in the file of that name."""
        with self.opened(name) as file, pq.ParquetFile(file) as parquet:
            for batch in parquet.iter_batches(BATCH, columns=columns):
                yield batch.select(columns)

    def replace(self, name: str, write: Callable[[Path], object]) -> None:
        """Have the file of that name be what ``write`` writes to a path: the whole of it, or it stays as it was."""
        if not self.system:
            with whole(Path(self.path) / name) as part:
                write(part)
            return
        system, path = self.place(name)
        with TemporaryDirectory() as folder:
            part = Path(folder) / name
            write(part)
            copy_files(str(part), path, source_filesystem=LocalFileSystem(), destination_filesystem=system)

    def commit(self, of: str, parts: Sequence[Part]) -> None:
        """Have the relation in this folder consist of ``parts``, computed from ``of``; nothing else is left in it."""
        system, path = self.place()
        if not self.system:
            system.create_dir(path)
        with system.open_output_stream(f"{path}.json") as file:
            file.write(orjson.dumps({"of": of, "parts": [[*part] for part in parts]}))
        named = {part.name for part in parts}
        for name, stray in self.files():
            if name not in named:
                system.delete_file(stray.path)

    def committed(self, of: str) -> list[Part] | None:
        """Return the parts of the relation in this folder, or None if it isn't whole, or was computed from others."""
        with suppress(OSError, ValueError, KeyError, TypeError):  # torn, or of another Furat
            told = orjson.loads(Folder(self.system, f"{self.path}.json").content() or b"")
            parts = [Part(*part) for part in told["parts"]]
            sizes = {name: file.size for name, file in self.files()}
            if told["of"] == of and all(sizes.get(part.name) == part.size for part in parts):
                return parts
        return None


@lru_cache(maxsize=8)
def _system(address: str) -> tuple[FileSystem, str]:
    if not address:
        return LocalFileSystem(), ""
    system, base = FileSystem.from_uri(address)
    return system, f"{base.rstrip('/')}/"


def _is_data(name: str) -> bool:
    return name.endswith(".parquet") and not any(part.startswith((".", "_")) for part in name.split("/"))
