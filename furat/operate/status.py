"""The state of all archives, an archive a line."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from furat.clock import now
from furat.exceptions import Stop, Unwritable
from furat.operate.condition import Condition, condition
from furat.operate.trouble import Trouble, age, moment_of
from furat.store import Store
from furat.store.failure import archive_failure
from furat.store.lock import holder
from furat.store.read_only import FILE, OLDEST, WAL, opened_to_watch
from furat.store.store import VERSION
from furat.terminal import visible

MIB = 1024 * 1024

UNREADABLE = (sqlite3.DatabaseError, OSError, ValueError, Stop)
"""What reading an archive raises that is damaged, or that a stranger wrote."""


@dataclass(frozen=True, slots=True)
class Status:
    """What an operator sees of one archive."""

    site: str
    """The name of its folder."""

    name: str = ""
    """Its name in `sites.toml`; empty if it has none."""

    size: int = 0
    """Bytes of the archive's file, and of what waits beside it."""

    condition: Condition | None = None
    """None where it could not be read."""

    progress: str | None = None
    """How far the crawl is that runs."""

    unread: Trouble | None = None
    """Why the archive could not be read."""

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What is wrong."""
        return (self.unread,) if self.unread else self.condition.troubles if self.condition else ()

    @property
    def needs_person(self) -> bool:
        """Whether somebody should look."""
        return self.unread is not None or bool(self.condition and self.condition.needs_person)


def archives(data: Path) -> list[Path]:
    """Return the folders of the archives in the folder ``data``."""
    return sorted(path.parent for path in data.glob(f"*/{FILE}"))


def status(folder: Path, tries: int, name: str = "") -> Status:
    """Return the state of the archive in ``folder``, of the site ``name``.

    Nothing is written, and nothing raised where the archive is broken.
    """
    with suppress(*UNREADABLE):
        return _read(folder, tries, name)
    try:
        return _read(folder, tries, name)  # a crawl may have begun to write to it meanwhile
    except UNREADABLE as error:
        return Status(folder.name, name, unread=_unread(error, folder))


def _read(folder: Path, tries: int, name: str) -> Status:
    with opened_to_watch(folder) as store:
        size = sum(path.stat().st_size for path in (folder / FILE, folder / WAL) if path.exists())
        if not OLDEST <= store.version <= VERSION:
            return Status(folder.name, name, size, unread=_another_version(store.version))
        found = condition(store, holder(folder), tries)
        return Status(folder.name, name, size, found, _progress(store, found))


def line(one: Status) -> str:
    """Return the state of an archive for a person."""
    mark = "LOOK" if one.needs_person else "ok  "
    return f"{mark} {one.name or one.site}: {visible('; '.join(_parts(one)))}"


def as_json(one: Status) -> str:
    """Return the state of an archive as a line of JSON."""
    found: dict[str, Any] = {
        "site": one.site,
        "name": one.name or None,
        "needs_person": one.needs_person,
        "size": one.size,
    }
    if one.condition:
        found |= _record(one.condition, one.progress)
    found["troubles"] = [asdict(trouble) for trouble in one.troubles]
    return visible(json.dumps(found, ensure_ascii=False))


def ago(moment: str) -> str:
    """Return how long ago ``moment`` was, as a person says it; what is yet to come has a minus."""
    return span(age(moment))


def span(time: timedelta) -> str:
    """Return ``time`` in its largest unit that it fills twice.

    >>> span(timedelta(minutes=5)), span(timedelta(hours=30)), span(timedelta(days=-3))
    ('5 min', '30 h', '-3 d')
    """
    seconds = abs(time.total_seconds())
    unit, name = next(
        ((unit, name) for unit, name in ((86400, "d"), (3600, "h"), (60, "min")) if seconds >= 2 * unit), (1, "s")
    )
    return f"{'-' if time < timedelta() else ''}{seconds / unit:.0f} {name}"


def _record(found: Condition, progress: str | None) -> dict[str, Any]:
    last, running, backlog = found.last, found.running, found.backlog
    return {
        "complete": found.complete,
        "complete_age": found.complete and int(age(found.complete).total_seconds()),
        "exit_code": last and last.exit_code,
        "ending": last and last.ending,
        "reason": last and last.detail,
        "ended": last and last.ended,
        "running": running and running.id,
        "running_since": running and running.began,
        "progress": progress,
        **asdict(backlog),
        "given_up": found.given_up,
        "next_due": found.next_due,
    }


def _parts(one: Status) -> Iterator[str]:
    if found := one.condition:
        yield f"complete {ago(found.complete)} ago" if found.complete else "never complete"
        if found.last and found.last.exit_code:
            yield f"last exit code {found.last.exit_code}"
    yield from (_told(trouble) for trouble in one.troubles)
    if found:
        counts = {**asdict(found.backlog), "given up": found.given_up}
        yield ", ".join(f"{count} {name}" for name, count in counts.items() if count or name == "pending")
        if found.running:
            yield f"running for {ago(found.running.began)}: {one.progress}"
    yield f"{one.size / MIB:.1f} MB"
    if found and found.next_due and not found.running:
        wait = moment_of(found.next_due) - moment_of(now())
        yield f"next in {span(wait)}" if wait > timedelta() else f"due {span(-wait)} ago"


def _told(trouble: Trouble) -> str:
    since = f" (since {trouble.since})" if trouble.since else ""
    return f"{trouble.short}{since}"


def _progress(store: Store, found: Condition) -> str | None:
    """Return how far the crawl is that runs, in its own words if it said any."""
    if not found.running:
        return None
    crawl, _, words = (store.checkpoints.get("progress") or "").partition(" ")
    return words if crawl == found.running.id else f"{store.health.archived_by(found.running.id)} archived"


def _unread(error: Exception, folder: Path) -> Trouble:
    what = f"archive.db can't be read: {error}"
    if isinstance(archive_failure(error, folder), Unwritable):  # nobody knows whether it is whole
        return Trouble("unreadable", what, "See that you may read its folder, and that its disk is there.")
    return Trouble("damaged", what, "Run `scrapy check-archive`, and restore archive.db from a backup.")


def _another_version(version: int) -> Trouble:
    if version > VERSION:
        return Trouble("too_new", f"a later Furat wrote it (schema {version})", "Upgrade Furat.")
    return Trouble("too_old", f"an earlier Furat wrote it (schema {version})", "The next crawl upgrades it.")
