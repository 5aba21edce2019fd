"""Writes manifests: at the end of a crawl of what is new, and when something is taken away on purpose."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from furat.chain.leaves import PATH, Head, Leaf, Part, Removed
from furat.chain.manifest import FOLDER, Manifest, Summary, named, summary
from furat.chain.parts import hashed
from furat.clock import now
from furat.files import is_inside, reading, replacing

FIRST = "-"
"""What stands for the root before the first manifest."""


def record(folder: Path, crawl: str, site: str) -> Manifest | None:
    """Write the manifest of ``crawl`` over all files in ``folder`` that no manifest covers; None if there are none.

    What killed crawls left is among them. The caller holds the archive's lock.
    """
    before = [found for path in named(folder) if (found := summary(path))]
    covered = frozenset[str]().union(*(each.paths for each in before))
    new = [path for path in present(folder) if path not in covered]
    return _written(folder, crawl, site, before, list(_leaves(folder, new))) if new else None


def remove(folder: Path, site: str, parts: Iterable[Part]) -> Manifest | None:
    """Write a manifest which says that ``parts`` of earlier manifests are taken away on purpose; None if none are.

    It is written before they are: a kill between is told as such.
    """
    moment = now()
    gone = [Removed(moment, part.offset, part.sha256, part.path) for part in parts]
    before = [found for path in named(folder) if (found := summary(path))]
    crawl = f"{datetime.fromisoformat(moment):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
    return _written(folder, crawl, site, before, gone) if gone else None


def present(folder: Path) -> Iterator[str]:
    """Yield the paths in ``folder`` of all files that manifests cover, by name."""
    for place in ("feed", "warc", FOLDER):
        inside = folder / place
        names = sorted(path.name for path in inside.iterdir()) if inside.is_dir() else []
        yield from (path for name in names if PATH.fullmatch(path := f"{place}/{name}"))


def last(before: Iterable[Summary]) -> Summary | None:
    """Return the last manifest of a chain; None if it is empty."""
    return max(before, key=lambda each: each.head.number, default=None)


def _leaves(folder: Path, paths: Iterable[str]) -> Iterator[Leaf]:
    """Yield what there is to say of the files at ``paths``: first of all files, then of their parts."""
    found = list[Part]()
    for path in paths:
        if is_inside(folder, folder / path):
            with reading(folder / path) as file:
                whole, parts = hashed(file, path)
            found += parts
            yield whole
    yield from found


def _written(folder: Path, crawl: str, site: str, before: list[Summary], sentences: Sequence[Leaf]) -> Manifest:
    end = last(before)
    head = Head(end.head.number + 1 if end else 1, end.root if end else FIRST, now(), crawl, site)
    made = Manifest.of([head, *sentences])
    with replacing(folder / FOLDER / f"{crawl}.json") as file:
        file.writelines(made.to_json())
    return made
