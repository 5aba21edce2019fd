"""Checks the archive and its feeds, and rebuilds feeds from the archive."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any

import orjson
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from furat.chain.manifest import FOLDER
from furat.files import is_inside, reading, replacing
from furat.items import DELIVERED, Article, Tombstone
from furat.store import Store
from furat.store.deliveries import UNKNOWN_FEED, Feed
from furat.store.records import Numbers, key_of, parsed
from furat.terminal import several

SHOWN = 3
"""How many faults of one feed are listed one by one."""

LOST = "restore it from a backup, or try what SQLite's `.recover` can save"
REPAIR = "`scrapy check-archive --repair`"
OUTSIDE = "it is outside the archive's folder, so it is left alone until a crawl names it with -o or -O"


def store_faults(store: Store) -> Iterator[str]:
    """Yield what is wrong with the archive itself, a sentence each, with its cure."""
    try:
        for fault in store.soundness.faults():
            yield f"archive.db: {fault}; {LOST}"
    except sqlite3.DatabaseError as error:
        yield f"archive.db can't be read: {error}; {LOST}"


def count_faults(store: Store) -> Iterator[str]:
    """Yield which counts of the archive are wrong, a sentence each, with its cure."""
    return (f"archive.db: {fault}; {REPAIR} counts anew" for fault in store.tally.wrong())


def feed_faults(store: Store, folder: Path) -> Iterator[str]:
    """Yield what is wrong with the feeds in the site's ``folder``, a sentence each, with its cure."""
    for feed in store.deliveries.pending():
        does = f"the next crawl delivers it, or {REPAIR}" if store.deliveries.may_touch(feed) else OUTSIDE
        yield f"{feed.path}: a killed crawl left it behind; {does}"
    for part in leftovers(store, folder):
        yield f"{part}: a leftover; {REPAIR} removes it"
    for path in store.deliveries.unknown():
        yield f"{path}: {UNKNOWN_FEED}"
    for feed in store.deliveries.delivered():
        faults = _faults(store, feed)
        if shown := [*islice(faults, SHOWN)]:
            more = sum(1 for _ in faults)
            told = [*shown, f"{more} more faults"] if more else shown
            yield f"{feed.path}: {', '.join(told)}; {REPAIR} rebuilds it"


def source_faults(store: Store, folder: Path) -> Iterator[str]:
    """Yield which WARC files in the site's ``folder`` are too short for what the archive names, a sentence each."""
    for name, offset in store.sources.ends(0)[0].items():
        path = folder / name
        if not (is_inside(folder, path) and path.is_file() and path.stat().st_size > offset):
            yield f"{path}: missing or cut off, and articles were read from it; copy it back from a backup"


def repair(store: Store, folder: Path, settings: BaseSettings) -> Iterator[Path]:
    """Count anew, and deliver, rebuild or remove incomplete feeds in the site's ``folder``; yield the rebuilt ones.

    ``settings`` say how records are written. A feed is replaced by a complete new one or left as it was.
    """
    store.recount()
    store.deliveries.recover()
    for part in leftovers(store, folder):
        part.unlink()
    for feed in store.deliveries.delivered():
        if any(_faults(store, feed)):
            _rebuild(store, feed, settings)
            yield feed.path


def leftovers(store: Store, folder: Path) -> list[Path]:
    """Return the unfinished feeds and manifests in the site's ``folder`` that no crawl is to finish."""
    known = {feed.part for feed in store.deliveries.pending()}
    found = [part for place in ("feed", FOLDER) for part in sorted(folder.absolute().glob(f"{place}/.*.part"))]
    return [part for part in found if part not in known and is_inside(folder, part)]


def _faults(store: Store, feed: Feed) -> Iterator[str]:
    try:
        lines = reading(feed.path)
    except OSError as error:
        lost = sum(1 for _ in store.deliveries.numbers(feed))
        yield f"missing, with {several(lost, 'record')}" if isinstance(error, FileNotFoundError) else str(error)
        return
    with lines:
        yield from _faulty(store, feed, lines)


def _faulty(store: Store, feed: Feed, lines: Iterable[bytes]) -> Iterator[str]:
    found = Numbers()
    shapes: dict[tuple[bool, frozenset[str]], int] = {}
    for number, line in enumerate(lines, 1):
        record = parsed(line)
        if fault := _fault(store, feed, record, found):
            yield f"line {number} {fault}"
        else:
            shapes.setdefault(("gone" in record, frozenset(record)), number)
    yield from _lacking(shapes)
    if lost := sum(number not in found for number in store.deliveries.numbers(feed)):
        yield f"records missing: {lost}"


def _lacking(shapes: Mapping[tuple[bool, frozenset[str]], int]) -> Iterator[str]:
    """Yield the fields that lines lack though others of their kind have them; ``shapes`` are first lines by fields."""
    every = {
        kind: frozenset().union(*(names for is_gone, names in shapes if is_gone == kind)) for kind in (True, False)
    }
    for (is_gone, names), number in shapes.items():
        if lacks := every[is_gone] - names:
            yield f"line {number} lacks {', '.join(sorted(lacks))}"


def _fault(store: Store, feed: Feed, record: dict[str, Any], found: Numbers) -> str | None:
    """Return what is wrong with ``record``; the numbers of the records before it were ``found``."""
    if (key := key_of(record)) is None:
        return "is not a complete record"
    if (known := store.deliveries.record(feed.crawl, *key)) is None:
        return "is not a record of this crawl"
    number, written = known[0], orjson.loads(known[1])
    is_new = found.add(number)
    if not all(field in written and written[field] == value for field, value in record.items()):
        return "differs from the archive"
    return None if is_new else "is a duplicate"


def _rebuild(store: Store, feed: Feed, settings: BaseSettings) -> None:
    with replacing(feed.path) as file:
        _write(file, store.deliveries.items(feed.crawl), settings)


def _write(file: IO[bytes], items: Iterable[Article | Tombstone], settings: BaseSettings) -> None:
    exporter = load_object(settings.getwithbase("FEED_EXPORTERS")["jsonlines"])(
        file,
        fields_to_export=_fields(settings),
        encoding=settings["FEED_EXPORT_ENCODING"],
    )
    for item in items:
        exporter.export_item(item)


def _fields(settings: BaseSettings) -> dict[str, str] | list[str] | None:
    """Return the fields that a crawl writes to a feed."""
    is_set = settings["FEED_EXPORT_FIELDS"] is not None
    return settings.getdictorlist("FEED_EXPORT_FIELDS") or None if is_set else DELIVERED
