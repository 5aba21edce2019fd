"""The sentences of a manifest. Each is a leaf of its Merkle tree, so that a proof of it needs no other."""

import re
from dataclasses import dataclass
from typing import Self

CRAWL = r"\d{8}T\d{6}Z-[0-9a-f]{4}"
PATH = re.compile(
    rf"feed/[\w-]{{1,80}}-{CRAWL}\.jsonl|warc/[\w-][\w.-]{{0,150}}\.warc\.gz|manifests/{CRAWL}\.[\w.-]{{1,150}}\.tsr"
)
"""What a manifest covers, WARC files of other tools too; no such path leads out of its folder."""

OWN = re.compile(rf"(?:feed/.+-{CRAWL}\.jsonl|warc/{CRAWL}-\d{{5}}\.warc\.gz)")
"""The files that crawls write, which are named by them."""

NUMBER, DIGEST, MOMENT = r"0|[1-9]\d{0,14}", r"[0-9a-f]{64}", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"
HEAD = re.compile(rf"chain ({NUMBER}) ({DIGEST}|-) ({MOMENT}) ({CRAWL}) (\S{{1,8000}})")
FILE = re.compile(rf"file ({NUMBER}) ({DIGEST}) ({PATH.pattern})")
PART = re.compile(rf"part ({NUMBER}) ({NUMBER}) ({DIGEST}) ({PATH.pattern})")
REMOVED = re.compile(rf"removed ({MOMENT}) ({NUMBER}) ({DIGEST}) ({PATH.pattern})")
SENTENCE = re.compile(rf"(?:file|part (?:{NUMBER})|removed {MOMENT}) (?:{NUMBER}) {DIGEST} (?:{PATH.pattern})")
"""Any sentence but the first."""


@dataclass(frozen=True, slots=True)
class Head:
    """The first sentence of a manifest: its place in the chain."""

    number: int
    """1 for the first manifest."""

    previous: str
    """The root of the manifest before; `-` if there is none."""

    moment: str
    crawl: str
    """The id of the crawl at whose end it was written, or one like it; it names the file."""

    site: str

    def __str__(self) -> str:
        """Return the sentence."""
        return f"chain {self.number} {self.previous} {self.moment} {self.crawl} {self.site}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the sentence that ``text`` is; None if it is another."""
        found = HEAD.fullmatch(text)
        return cls(int(found[1]), *found.groups()[1:]) if found else None


@dataclass(frozen=True, slots=True)
class File:
    """A file that is new since the manifest before."""

    size: int
    sha256: str
    path: str
    """Relative to the archive's folder."""

    def __str__(self) -> str:
        """Return the sentence."""
        return f"file {self.size} {self.sha256} {self.path}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the sentence that ``text`` is; None if it is another."""
        found = FILE.fullmatch(text)
        return cls(int(found[1]), found[2], found[3]) if found else None


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a feed or a record of a WARC file."""

    offset: int
    length: int
    sha256: str
    path: str

    def __str__(self) -> str:
        """Return the sentence."""
        return f"part {self.offset} {self.length} {self.sha256} {self.path}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the sentence that ``text`` is; None if it is another."""
        found = PART.fullmatch(text)
        return cls(int(found[1]), int(found[2]), found[3], found[4]) if found else None


@dataclass(frozen=True, slots=True)
class Removed:
    """A part that an earlier manifest has, and that the operator took away on purpose."""

    moment: str
    offset: int
    """Where it began, as that manifest has it."""

    sha256: str
    path: str

    def __str__(self) -> str:
        """Return the sentence."""
        return f"removed {self.moment} {self.offset} {self.sha256} {self.path}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the sentence that ``text`` is; None if it is another."""
        found = REMOVED.fullmatch(text)
        return cls(found[1], int(found[2]), found[3], found[4]) if found else None


Leaf = Head | File | Part | Removed
KINDS: dict[str, type[Leaf]] = {"chain": Head, "file": File, "part": Part, "removed": Removed}


def read(text: str) -> Leaf | None:
    """Return the sentence that ``text`` is; None if it is none.

    >>> str(read("file 0 " + 64 * "0" + " feed/news-20260101T000000Z-00ff.jsonl"))[:11], read("file 7 ../../secret")
    ('file 0 0000', None)
    """
    kind = KINDS.get(text.partition(" ")[0])
    return kind.read(text) if kind else None


def crawl_of(path: str) -> str:
    """Return the id of the crawl that a file of `PATH` is named by; empty if another tool wrote it."""
    found = re.search(CRAWL, path) if OWN.fullmatch(path) else None
    return found[0] if found else ""
