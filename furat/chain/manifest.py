"""A manifest: sentences on what is new in an archive's folder, and the root over them."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import IO, Self

import orjson

from furat.chain import leaves, merkle
from furat.chain.leaves import CRAWL, SENTENCE, File, Head, Leaf, Part, Removed
from furat.files import reading

FOLDER = "manifests"
NAME = re.compile(rf"({CRAWL})\.json")
LARGEST = 1 << 29
"""The most bytes of a manifest: of three million parts."""

BEGIN, END = b'{"version":1,"root":"', b'","leaves":[\n'
ROOM = bytes(2 * sha256().digest_size)
"""Stands where the root is to be, which is known last."""

LONGEST = 9000
"""The most bytes of a sentence."""

SHORTEST = 50
"""The fewest: were each of a forged manifest shorter, they would take far more memory than their file is large."""


@dataclass(frozen=True)
class Manifest:
    """The sentences as they stand in the file."""

    texts: tuple[str, ...]
    root: str
    """In hexadecimal, as the file has it."""

    @classmethod
    def from_json(cls, text: bytes) -> Self | None:
        """Return the manifest that ``text`` is to the byte; None if it is none, or was altered."""
        lines = BytesIO(text)
        root = lines.readline(LONGEST)[len(BEGIN) : -len(END)].decode("ascii", "replace")
        found = cls(tuple(_texts(lines)), root)
        is_same = all(one == other for one, other in zip_longest(found.to_json(), BytesIO(text)))
        return found if is_same else None

    def to_json(self) -> Iterator[bytes]:
        """Yield the lines of the manifest as JSON: one for each sentence, so that it can be read from the start."""
        yield BEGIN + self.root.encode() + END
        last = len(self.texts) - 1
        for number, text in enumerate(self.texts):
            yield orjson.dumps(text) + (b",\n" if number < last else b"\n")
        yield b"]}\n"

    @cached_property
    def sentences(self) -> list[Leaf]:
        """What the texts say; texts that say nothing known are left out."""
        return [leaf for text in self.texts if (leaf := leaves.read(text))]

    @property
    def head(self) -> Head | None:
        """Its place in the chain; None if the first sentence does not tell it."""
        return Head.read(self.texts[0]) if self.texts else None

    def is_sound(self) -> bool:
        """Return whether the root is that of the sentences, and all of these are understood."""
        return bool(self.head) and all(map(SENTENCE.fullmatch, self.texts[1:])) and root_over(self.texts) == self.root

    @property
    def removals(self) -> Iterator[Removed]:
        """What it says was taken away."""
        return (leaf for text in self.texts if text.startswith("removed ") and (leaf := Removed.read(text)))


@dataclass(frozen=True, slots=True)
class Summary:
    """What the beginning of a manifest tells: its place in the chain, its root, and which files it covers."""

    head: Head
    root: str
    paths: frozenset[str]

    def __str__(self) -> str:
        """Return what the archive's database keeps of it."""
        return f"{self.head.number} {self.root}"


def write(file: IO[bytes], texts: Iterable[str]) -> None:
    """Write the manifest with the sentences ``texts`` to ``file``, a new one; no more than a line is kept in memory."""
    file.write(BEGIN + ROOM + END)
    root = root_over(_each_written(file, texts))
    file.write(b"\n]}\n")
    file.seek(len(BEGIN))
    file.write(root.encode())


def _each_written(file: IO[bytes], texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        file.write((b",\n" if number else b"") + orjson.dumps(text))
        yield text


def root_over(texts: Iterable[str]) -> str:
    """Return the Merkle root over ``texts`` in hexadecimal."""
    return merkle.root(text.encode("utf-8", "surrogatepass") for text in texts).hex()


def read(path: Path) -> Manifest | None:
    """Return the manifest at ``path``; None if it is none. Raises OSError if it can't be read."""
    with reading(path) as file:
        text = file.read(LARGEST + 1)
    return Manifest.from_json(text) if len(text) <= LARGEST else None


def summary(path: Path) -> Summary | None:
    """Return what the beginning of the manifest at ``path`` tells, without reading the rest; None if it is none."""
    with suppress(OSError), reading(path) as file:
        begin = file.readline(LONGEST)
        is_first = begin.startswith(BEGIN) and begin.endswith(END)
        found = list(takewhile(bool, map(_sentence, iter(lambda: file.readline(LONGEST), b""))))
        if is_first and found and isinstance(found[0], Head):
            root = begin[len(BEGIN) : -len(END)].decode("ascii", "replace")
            return Summary(found[0], root, frozenset(leaf.path for leaf in found if isinstance(leaf, File)))
    return None


def _texts(lines: IO[bytes]) -> Iterator[str]:
    """Yield the sentences on ``lines``, up to the first line that has none."""
    with suppress(ValueError):
        for line in iter(lambda: lines.readline(LONGEST), b""):
            if len(line) < SHORTEST:
                return
            yield str(orjson.loads(line.rstrip(b",\n")))


def _sentence(line: bytes) -> Leaf | None:
    """Return the sentence on a ``line`` before those on parts; None for others."""
    with suppress(ValueError):
        leaf = leaves.read(str(orjson.loads(line.rstrip(b",\n"))))
        return None if isinstance(leaf, Part | Removed) else leaf
    return None


def named(folder: Path) -> list[Path]:
    """Return the files in the archive's ``folder`` that are named as manifests are, by name."""
    place = folder / FOLDER
    return sorted(path for path in place.glob("*.json") if NAME.fullmatch(path.name)) if place.is_dir() else []
