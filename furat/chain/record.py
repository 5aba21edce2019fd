"""Writes manifests: at the end of a crawl of what is new, and when something is taken away on purpose."""

import os
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TypeVar

from furat.chain.leaves import PATH, File, Head, Part, Removed, crawl_of
from furat.chain.manifest import FOLDER, NAME, Summary, named, read, summary, write
from furat.chain.parts import parts_of
from furat.chain.tokens import NAME as TOKEN
from furat.clock import now
from furat.files import is_inside, is_irregular, reading, replacing

Kind = TypeVar("Kind", Part, Removed)

Known = tuple[int, str]
"""The number of a manifest, and its root."""

FIRST = "-"
"""What stands for the root before the first manifest."""


CHECKPOINT = "chain"
"""Under which name the archive keeps the number of the last manifest, and its root: so a cut at the end is seen."""


def known(text: str | None) -> Known | None:
    """Return the number and the root of the last manifest, as the archive keeps them; None if it keeps none."""
    number, _, root = (text or "").partition(" ")
    return (int(number), root) if number.isdecimal() and root else None


def is_after(end: Summary | None, kept: Known | None) -> bool:
    """Return whether ``end`` comes after what the archive keeps; what it keeps already is replaced by no other."""
    return end is not None and end.head.number > (kept[0] if kept else 0)


def record(folder: Path, crawl: str, site: str, before: Collection[Summary], kept: Known | None) -> Summary | None:
    """Write the manifest of ``crawl`` over the files in ``folder`` that none ``before`` covers, if there are any.

    What killed crawls left is among them. ``kept`` is the last manifest that the archive knows: if it is missing or was
    made anew, the chain goes on behind it all the same, so that the cut shows for ever. Returns the last manifest; None
    if there is none yet. The caller holds the archive's lock, and has the archive know the last one before and after.
    """
    check_place(folder)
    covered = frozenset[str]().union(*(each.paths for each in before))
    new = [path for path in present(folder) if path not in covered]
    if any(not path.startswith(FOLDER) for path in new):  # a token alone makes no manifest: that would get one, too
        return _written(folder, crawl, site, _end(before, kept), _sentences_on(folder, new))
    return last(before)


@dataclass(frozen=True, slots=True)
class Removal:
    """What is taken away on purpose, by all manifests."""

    end: Summary | None
    """The last manifest."""

    moments: dict[tuple[str, int], str]
    """When, by path and offset."""


def remove(
    folder: Path, digests: Mapping[str, Collection[str]], before: Collection[Summary], kept: Known | None
) -> Removal:
    """Write a manifest which says that parts are taken away on purpose: by path, those with these ``digests``.

    ``before`` and ``kept`` are as for `record`. It is written before the parts go, so that a kill between is told as
    such. Parts that no manifest has, or that one takes away already, need no word.
    """
    check_place(folder)
    gone = [part for each in before if not each.paths for part in _sentences(folder, each, Removed)]
    moments = {(part.path, part.offset): part.moment for part in gone}
    moment, end = now(), last(before)
    found = [
        Removed(moment, part.offset, part.sha256, part.path)
        for each in before
        if not each.paths.isdisjoint(digests)
        for part in _sentences(folder, each, Part)
        if part.sha256 in digests.get(part.path, ()) and (part.path, part.offset) not in moments
    ]
    if found and end:
        crawl = f"{datetime.fromisoformat(moment):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
        end = _written(folder, crawl, end.head.site, _end(before, kept), map(str, found))
    return Removal(end, moments | {(part.path, part.offset): moment for part in found})


def _sentences(folder: Path, manifest: Summary, kind: type[Kind]) -> list[Kind]:
    """Return the sentences of a ``kind`` in a manifest; none if it was altered meanwhile."""
    found = read(folder / FOLDER / f"{manifest.head.crawl}.json")
    return [leaf for leaf in found.sentences if isinstance(leaf, kind)] if found else []


def check_place(folder: Path) -> None:
    """Raise OSError if the folder of the manifests is a link: nothing is written through it."""
    if (folder / FOLDER).is_symlink():
        raise OSError(f"{folder / FOLDER} is a link, which may lead anywhere; move the manifests back")


def summaries(folder: Path) -> list[Summary]:
    """Return what the beginnings of the manifests in ``folder`` tell."""
    return [found for path in named(folder) if (found := summary(path))]


def present(folder: Path) -> Iterator[str]:
    """Yield the paths in ``folder`` of all files that manifests cover, by name."""
    return (path for path in _paths(folder) if _is_covered(folder, path))


def strangers(folder: Path) -> Iterator[str]:
    """Yield the paths in ``folder`` of what stands beside the files that manifests cover, and never is covered.

    Names that begin with a dot are left out: these are files that are being written.
    """
    for path in _paths(folder):
        place, _, name = path.partition("/")
        is_chain = place == FOLDER and (NAME.fullmatch(name) or TOKEN.fullmatch(name))
        if not is_chain and not name.startswith(".") and not _is_covered(folder, path):
            yield path


def _is_covered(folder: Path, path: str) -> bool:
    """Return whether manifests cover ``path``; a link or folder that bears the name of another tool's file is none."""
    is_foreign = path.startswith("warc/") and not crawl_of(path)
    return PATH.fullmatch(path) is not None and not (is_foreign and is_irregular(folder / path))


def _paths(folder: Path) -> Iterator[str]:
    for place in ("feed", "warc", FOLDER):
        inside = folder / place
        names = sorted(path.name for path in inside.iterdir()) if inside.is_dir() else []
        yield from (f"{place}/{name}" for name in names)


def last(before: Iterable[Summary]) -> Summary | None:
    """Return the last manifest of a chain; None if it is empty."""
    return max(before, key=lambda each: each.head.number, default=None)


def _end(before: Iterable[Summary], kept: Known | None) -> Known | None:
    """Return the manifest behind which the chain goes on."""
    end = last(before)
    found = (end.head.number, end.root) if end else None
    return kept if kept and (not found or kept[0] >= found[0]) else found


def _sentences_on(folder: Path, paths: Iterable[str]) -> Iterator[str]:
    """Yield what there is to say of the files at ``paths``: first of all files, then of their parts.

    Those wait in a file without a name: a feed of a million articles has as many.
    """
    with TemporaryFile(dir=folder) as waiting:
        for path in paths:
            if is_inside(folder, folder / path):
                yield str(_hashed(folder, path, waiting))
        waiting.seek(0)
        yield from (line.decode().removesuffix("\n") for line in waiting)


def _hashed(folder: Path, path: str, parts: IO[bytes]) -> File:
    """Return what there is to say of all of the file at ``path``, and write to ``parts`` what there is of those."""
    whole = sha256()
    with reading(folder / path) as file:
        parts.writelines(f"{part}\n".encode() for part in parts_of(file, path, whole))
        os.fsync(file.fileno())  # the manifest must not outlive it in a power cut
        return File(file.tell(), whole.hexdigest(), path)


def _written(folder: Path, crawl: str, site: str, end: Known | None, sentences: Iterable[str]) -> Summary | None:
    number, root = end or (0, FIRST)
    head = Head(number + 1, root, now(), crawl, "%20".join(site.split()))
    path = folder / FOLDER / f"{crawl}.json"
    with replacing(path) as file:
        write(file, chain([str(head)], sentences))
    return summary(path)
