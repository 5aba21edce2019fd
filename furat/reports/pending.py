"""Lists pending visits, with the reason of each."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import TypedDict
from urllib.parse import unquote

from furat.sections import Section
from furat.store import Store
from furat.store.backlog import Kind
from furat.store.waivers import Waived
from furat.terminal import several, visible

UNVISITED = "not visited yet"

SHOWN = 10
"""How many addresses of one reason are shown, and how many sections."""

KINDS = 20
"""How many reasons are shown one by one."""


class PendingRecord(TypedDict):
    """A pending visit; times are ISO 8601, UTC."""

    url: str
    since: str
    tries: int
    outcome: str | None
    """None, like `visited` and `reason`, if the address was not visited yet."""

    visited: str | None
    sections: list[str]
    reason: str | None


def records(store: Store) -> Iterator[PendingRecord]:
    """Yield the pending visits, the latest first."""
    return map(_record, store.backlog.all())


def as_json(record: PendingRecord) -> str:
    """Return ``record`` as one line of JSON without hidden characters."""
    return visible(json.dumps(record, ensure_ascii=False))


def lines(store: Store, most_tries: int) -> Iterator[str]:
    """Yield lines for a person: the reasons, the most frequent first, each with its newest addresses; the sections."""
    kinds = store.backlog.kinds()
    for kind in kinds[:KINDS]:
        yield f"{visible(name(kind))}: {kind.visits}"
        for record in map(_record, store.backlog.newest(kind, SHOWN)):
            yield f"  {visible(unquote(record['url']))}"
            yield f"    {visible('; '.join(_about(record, name(kind), most_tries)))}"
        if kind.visits > SHOWN:
            yield f"  and {kind.visits - SHOWN} more; `scrapy pending --json` lists all"
    if others := kinds[KINDS:]:
        yield f"{several(len(others), 'other reason')}: {sum(kind.visits for kind in others)}"
    yield from _by_section(store)
    yield f"{sum(kind.visits for kind in kinds)} pending"


def name(kind: Kind) -> str:
    """Return what reasons of one ``kind`` have in common."""
    return kind.detail or str(kind.outcome or UNVISITED).replace("_", " ")


def _record(row: sqlite3.Row) -> PendingRecord:
    return PendingRecord(
        url=row["url"],
        since=row["since"],
        tries=row["tries"],
        outcome=row["outcome"],
        visited=row["visited"],
        sections=json.loads(row["sections"]),
        reason=row["detail"] or row["outcome"],
    )


def _by_section(store: Store) -> Iterator[str]:
    """Yield on which sections most of what is pending was seen, if it is more than what is shown one by one."""
    sections = store.backlog.sections()
    if sections and sections[0][1] > SHOWN:
        most = "، ".join(f"{section} ({number})" for section, number in sections[:SHOWN])
        more = f" and {several(len(sections) - SHOWN, 'more section')}" if sections[SHOWN:] else ""
        yield f"  Seen on {visible(most)}{more}"


def unwalked(sections: list[Section]) -> Iterator[str]:
    """Yield lines for a person: the ``sections`` whose listings were not read to the end."""
    if sections:
        yield f"Not walked to the end, older articles may be unknown: {len(sections)}"
        for section in sections:
            yield f"  {visible(section.name or section.kind)}: {visible(unquote(section.url))}"


def waived(visits: Iterable[Waived]) -> Iterator[str]:
    """Yield lines for a person: the waived ``visits``, the reason of each, and when it was last tried."""
    for number, visit in enumerate(visits):
        if number == 0:
            yield "Waived, and tried again once a week:"
        yield f"  {visible(unquote(visit['url']))}"
        yield f"    {visible(visit['because'])}; tries {visit['tries']}; last {visit['visited']}"


def _about(record: PendingRecord, kind: str, most_tries: int) -> Iterator[str]:
    yield f"since {record['since']}"
    if record["tries"]:
        is_last = record["tries"] >= most_tries
        yield f"tries {record['tries']}{' (given up: FURAT_TRIES; tried again once a week)' if is_last else ''}"
        yield f"last {record['visited']}"
    if record["sections"]:
        yield f"seen on {'، '.join(record['sections'])}"
    if record["reason"] and record["reason"] not in (kind, record["outcome"]):
        yield record["reason"]
