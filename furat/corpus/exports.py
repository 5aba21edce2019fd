"""Datasets that were exported from archives, as sources of a corpus."""

import gzip
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from os.path import lexists
from pathlib import Path
from typing import IO, ClassVar, cast

import pyarrow as pa
import pyarrow.parquet as pq
from zstandard import ZstdDecompressor, ZstdError

from furat.corpus.bounds import opened
from furat.corpus.parts import PART, Part
from furat.corpus.stages import Stages, of
from furat.corpus.tables import COLUMNS, LAST, foreign, table, tables
from furat.datasets.columns import Column
from furat.datasets.formats.parquet import schema
from furat.datasets.publishing import sha256_of
from furat.datasets.takedowns import NAME, comparable, names
from furat.files import check_regular, irregular, reading

ENDINGS = (".parquet", ".jsonl", ".jsonl.gz", ".jsonl.zst")

NAMES = ("id", "url", "post_id")
"""What a takedown may name an article by."""

LONGEST = 64 << 20
"""The most bytes of a line: far more than any article has."""


@dataclass(frozen=True, slots=True)
class Export:
    """An exported dataset: one or more Parquet files."""

    path: Path
    files: list[Path]

    identity: ClassVar = ("id", "seen")
    """As in `Archive`; files may hold several states of an article."""

    @property
    def hidden(self) -> frozenset[str]:
        """What the list of takedowns names that lies beside the dataset, or in the archive that it lies in."""
        lists = [place / NAME for place in (self.path, *self.path.parents[:2])]
        asked = {name for path in lists if lexists(path) for name in names(_content(path), path)}
        known = {comparable(name) for name in asked}
        found = {id for id, *others in self._names() if not known.isdisjoint((id, *others))} if asked else set[str]()
        return frozenset(asked | found)

    def parts(self) -> Iterator[Part]:
        """Yield its files, by some groups of rows at a time."""
        hashed = ((file, sha256_of(file)) for file in self.files)
        places = ((file, digest, groups) for file, digest in hashed for groups in _grouped(file))
        for number, (file, digest, groups) in enumerate(places):
            state = of(digest, str(groups))
            yield Part(number, (file, groups), state, state)

    def articles(self, part: Part, wanted: Sequence[Column]) -> Iterator[pa.Table]:
        """Yield the articles of a part: the columns that are ``wanted``."""
        file, groups = part.where
        yield from _tables(file, groups, wanted)

    def _names(self) -> Iterator[tuple[str, ...]]:
        """Yield of each article what a takedown may name it by."""
        for part in self.parts():
            for told in self.articles(part, COLUMNS):
                for id, url, post_id in zip(*(told[name].to_pylist() for name in NAMES), strict=True):
                    yield id, comparable(url), str(post_id)


@contextmanager
def opened_export(path: Path, key: str, stages: Stages) -> Iterator[Export]:
    """Yield the dataset at ``path``; what can't be read in parts is first written so, in ``stages``."""
    files = parquets(path) if path.is_dir() else [path]
    if not all(map(_is_parted, files)):
        made_of = of(*map(sha256_of, files))
        files = [stages.stage(f"read/{key}", made_of, lambda part: _converted(files, part)).path]
    yield Export(path, files)


def parquets(folder: Path) -> list[Path]:
    """Return the files of the release in ``folder``, or those that lie in it."""
    data = folder / "data"
    if data.is_symlink():
        raise irregular(data)
    return sorted(data.glob("*.parquet")) or sorted(folder.glob("*.parquet"))


def _grouped(path: Path) -> list[list[int]]:
    """Return the numbers of the groups of rows in a file, gathered to parts."""
    parts: list[list[int]] = [[]]
    rows = 0
    with opened(path) as file:
        table(file.schema.empty_table(), str(path))  # its columns are those of a dataset, or it is refused
        for number, count in enumerate(file.groups):
            parts[-1].append(number)
            rows += count
            if rows >= PART:
                parts.append([])
                rows = 0
    return [part for part in parts if part] or [[]]


def _is_parted(path: Path) -> bool:
    """Return whether the file at ``path`` has groups of rows, none larger than a part."""
    if not _is_parquet(path):
        check_regular(path)
        return False
    with opened(path) as file:
        return max(file.groups, default=0) <= PART


def _converted(files: Iterable[Path], part: Path) -> None:
    with pq.ParquetWriter(part, schema(COLUMNS), compression="zstd") as writer:
        for path in files:
            for told in _tables(path, None, COLUMNS) if _is_parquet(path) else _of_lines(path):
                writer.write_table(told, PART)


def _is_parquet(path: Path) -> bool:
    return path.name.lower().endswith(".parquet")


def _tables(path: Path, groups: Sequence[int] | None, wanted: Sequence[Column]) -> Iterator[pa.Table]:
    """Yield the articles in some ``groups`` of rows of a file, or all: the columns that are ``wanted``."""
    names = {*LAST, *(column.name for column in wanted)}
    with opened(path) as file:
        for batch in file.batches(range(len(file.groups)) if groups is None else groups, names):
            yield table(pa.Table.from_batches([batch]), str(path), wanted)


def _of_lines(path: Path) -> Iterator[pa.Table]:
    with reading(path) as file:
        yield from tables(_lines(file, path), str(path))


def _lines(file: IO[bytes], path: Path) -> Iterator[bytes]:
    """Yield the lines of a file, which may be compressed."""
    name = path.name.lower()
    try:
        if name.endswith(".gz"):
            file = cast("IO[bytes]", gzip.GzipFile(fileobj=file))
        elif name.endswith(".zst"):
            reader = ZstdDecompressor().stream_reader(file, read_across_frames=True)
            file = cast("IO[bytes]", BufferedReader(reader))
        while line := file.readline(LONGEST):
            if len(line) == LONGEST:
                raise foreign(str(path), f"a line is longer than {LONGEST} bytes")
            if line := line.strip():
                yield line
    except (EOFError, OSError, ZstdError, zlib.error) as error:
        raise foreign(str(path), str(error)) from None


def _content(path: Path) -> bytes:
    with reading(path) as file:
        return file.read()
