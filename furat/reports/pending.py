"""Lists pending visits, with the reason of each."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypedDict
from urllib.parse import unquote

from furat.outcomes import Outcome
from furat.sections import Section
from furat.store import Store
from furat.store.waivers import Waived
from furat.terminal import visible

UNVISITED = "not visited yet"


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


def records(store: Store) -> list[PendingRecord]:
    """Return the pending visits, the latest first."""
    return [
        PendingRecord(
            url=row["url"],
            since=row["since"],
            tries=row["tries"],
            outcome=row["outcome"],
            visited=row["visited"],
            sections=json.loads(row["sections"]),
            reason=row["detail"] or row["outcome"],
        )
        for row in store.frontier.backlog()
    ]


def as_json(record: PendingRecord) -> str:
    """Return ``record`` as one line of JSON without hidden characters."""
    return visible(json.dumps(record, ensure_ascii=False))


def lines(pending: list[PendingRecord], most_tries: int) -> Iterator[str]:
    """Yield lines for a person: the reasons, the most frequent first, each with its addresses."""
    kinds = defaultdict(list)
    for record in pending:
        kinds[_kind(record)].append(record)
    for kind, of_kind in sorted(kinds.items(), key=lambda pair: -len(pair[1])):
        yield f"{visible(kind)}: {len(of_kind)}"
        for record in of_kind:
            yield f"  {visible(unquote(record['url']))}"
            yield f"    {visible('; '.join(_about(record, most_tries)))}"
    yield f"{len(pending)} pending"


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


def _about(record: PendingRecord, most_tries: int) -> Iterator[str]:
    yield f"since {record['since']}"
    if record["tries"]:
        is_last = record["tries"] >= most_tries
        yield f"tries {record['tries']}{' (given up: FURAT_TRIES; tried again once a week)' if is_last else ''}"
        yield f"last {record['visited']}"
    if record["sections"]:
        yield f"seen on {'، '.join(record['sections'])}"
    if record["reason"] and record["reason"] != _kind(record):
        yield record["reason"]


def _kind(record: PendingRecord) -> str:
    """Return what reasons of one kind have in common: for failures, the words before the first colon."""
    if record["outcome"] == Outcome.FAILED:
        return str(record["reason"]).partition(":")[0]
    return str(record["outcome"] or UNVISITED).replace("_", " ")
