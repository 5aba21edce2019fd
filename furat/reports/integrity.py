"""Whether the archive and its feeds are whole; and feeds made whole again."""

import os
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from furat.items import DELIVERED, Article, Tombstone
from furat.store import Store
from furat.store.deliveries import Feed
from furat.store.joining import sync

SHOWN = 3
"""Faults of one feed that are told one by one."""

LOST = "restore it from a backup, or try what SQLite's `.recover` saves"
REPAIR = "`scrapy check-archive --repair`"


def store_faults(store: Store) -> Iterator[str]:
    """Return what is wrong with the archive itself, a sentence each, with its cure."""
    try:
        for fault in store.soundness.faults():
            yield f"archive.db: {fault}; {LOST}"
    except sqlite3.DatabaseError as error:
        yield f"archive.db can't be read: {error}; {LOST}"


def feed_faults(store: Store, folder: Path) -> Iterator[str]:
    """Return what is wrong with the feeds of the site's ``folder``, a sentence each, with its cure."""
    for feed in store.deliveries.pending():
        yield f"{feed.path}: a killed crawl left it behind; the next crawl finishes it, or {REPAIR}"
    for part in _leftovers(store, folder):
        yield f"{part}: a leftover; {REPAIR} removes it"
    for feed in store.deliveries.delivered():
        faults = [*_faults(store, feed)]
        if faults:
            more = [f"{len(faults) - SHOWN} faults more"] if len(faults) > SHOWN else []
            yield f"{feed.path}: {', '.join(faults[:SHOWN] + more)}; {REPAIR} rebuilds it"


def repair(store: Store, folder: Path, settings: BaseSettings) -> Iterator[Path]:
    """Finish, rebuild or remove what is not whole among the feeds of the site's ``folder``; return the rebuilt ones.

    ``settings`` say how records are written. A feed is replaced by the whole new one or left as it was.
    """
    store.deliveries.recover()
    for part in _leftovers(store, folder):
        part.unlink()
    for feed in store.deliveries.delivered():
        if any(_faults(store, feed)):
            _rebuild(store, feed, settings)
            yield feed.path


def _leftovers(store: Store, folder: Path) -> list[Path]:
    known = {feed.part for feed in store.deliveries.pending()}
    return [part for part in sorted(folder.absolute().glob("feed/.*.part")) if part not in known]


def _faults(store: Store, feed: Feed) -> Iterator[str]:
    promised = store.deliveries.keys(feed)
    if not feed.path.exists():
        yield f"missing, with {len(promised)} records"
        return
    found: set[tuple[Any, Any]] = set()
    shapes: dict[tuple[bool, frozenset[str]], int] = {}
    with feed.path.open("rb") as file:
        for number, line in enumerate(file, 1):
            record = _record(line)
            key = (str(record.get("id")), str(record.get("revision")))
            fault = _fault(store, promised, record) or ("is there twice" if key in found else None)
            found.add(key)
            if not fault:
                shapes.setdefault(("gone" in record, frozenset(record)), number)
            else:
                yield f"line {number} {fault}"
    yield from _lacking(shapes)
    lost = sum(is_sure and (id, str(revision)) not in found for (id, revision), is_sure in promised.items())
    if lost:
        yield f"records missing: {lost}"


def _lacking(shapes: Mapping[tuple[bool, frozenset[str]], int]) -> Iterator[str]:
    """Return what lines lack that others of their kind have, by their fields and the first line that has just these."""
    for (is_gone, names), number in shapes.items():
        every = frozenset().union(*(others for kind, others in shapes if kind == is_gone))
        if names < every:
            yield f"line {number} lacks {', '.join(sorted(every - names))}"


def _record(line: bytes) -> dict[str, Any]:
    """Return the record that ``line`` is; an empty one where it is none, or torn."""
    try:
        record = orjson.loads(line) if line.endswith(b"\n") else {}
    except orjson.JSONDecodeError:
        return {}
    return record if isinstance(record, dict) else {}


def _fault(store: Store, promised: Container[object], record: dict[str, Any]) -> str | None:
    match record:
        case {"id": str(id), "revision": int(revision)} if (id, revision) in promised:
            written = orjson.loads(store.deliveries.item(id, revision))
        case {"id": str(), "revision": int()}:
            return "is no record of this crawl"
        case _:
            return "is no whole record"
    is_same = all(field in written and written[field] == value for field, value in record.items())
    return None if is_same else "differs from the archive"


def _rebuild(store: Store, feed: Feed, settings: BaseSettings) -> None:
    feed.path.parent.mkdir(parents=True, exist_ok=True)
    part = feed.path.with_name(f".{feed.path.name}.part")
    _write(part, store.deliveries.items(feed.crawl), settings)
    part.replace(feed.path)
    sync(feed.path.parent)


def _fields(settings: BaseSettings) -> dict[str, str] | list[str] | None:
    """Return the fields of a feed as a crawl writes it."""
    is_set = settings["FEED_EXPORT_FIELDS"] is not None
    return settings.getdictorlist("FEED_EXPORT_FIELDS") or None if is_set else DELIVERED


def _write(path: Path, items: Iterable[Article | Tombstone], settings: BaseSettings) -> None:
    with path.open("wb") as file:
        exporter = load_object(settings.getwithbase("FEED_EXPORTERS")["jsonlines"])(
            file,
            fields_to_export=_fields(settings),
            encoding=settings["FEED_EXPORT_ENCODING"],
        )
        for item in items:
            exporter.export_item(item)
        file.flush()
        os.fsync(file.fileno())
