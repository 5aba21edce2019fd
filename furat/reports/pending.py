"""What the archive is owed, and why."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from furat.sections import Section
from furat.store import Store
from furat.terminal import visible

UNVISITED = "not visited yet"


def records(store: Store) -> list[dict[str, Any]]:
    """Return what is owed, the most recent first: `url`, `since`, `tries`, `reason`, `visited`, `sections`.

    Times are ISO 8601, UTC; `reason` and `visited` are None where nobody was there yet.
    """
    return [{**dict(row), "sections": json.loads(row["sections"])} for row in store.frontier.backlog()]


def as_json(record: dict[str, Any]) -> str:
    """Return ``record`` as one line of JSON without hidden characters."""
    return visible(json.dumps(record, ensure_ascii=False))


def told(owed: list[dict[str, Any]], most_tries: int) -> Iterator[str]:
    """Return lines for a person: the kinds of reasons, the most frequent first, each with its addresses."""
    kinds = defaultdict(list)
    for record in owed:
        kinds[(record["reason"] or UNVISITED).partition(":")[0]].append(record)
    for kind, of_kind in sorted(kinds.items(), key=lambda pair: -len(pair[1])):
        yield f"{visible(kind)}: {len(of_kind)}"
        for record in of_kind:
            yield f"  {visible(unquote(record['url']))}"
            yield f"    {visible('; '.join(_about(record, most_tries)))}"
    yield f"{len(owed)} owed"


def unwalked(sections: list[Section]) -> Iterator[str]:
    """Return lines for a person: the ``sections`` whose listings were not read to their ends."""
    if sections:
        yield f"Not walked to the end, older articles may be unknown: {len(sections)}"
        for section in sections:
            yield f"  {visible(section.name or section.kind)}: {visible(unquote(section.url))}"


def _about(record: dict[str, Any], most_tries: int) -> Iterator[str]:
    yield f"since {record['since']}"
    if record["tries"]:
        is_last = record["tries"] >= most_tries
        yield f"tries {record['tries']}{' (no more are made: FURAT_TRIES)' if is_last else ''}"
        yield f"last {record['visited']}"
    if record["sections"]:
        yield f"seen on {'، '.join(record['sections'])}"
    _, _, detail = (record["reason"] or "").partition(": ")
    if detail:
        yield detail
