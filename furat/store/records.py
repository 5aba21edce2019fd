"""Reads delivered feed files, to check them against the archive."""

from collections.abc import Collection, Iterator
from pathlib import Path

import orjson


def holds(path: Path, records: Collection[tuple[str, int]]) -> bool:
    """Return whether the file at ``path`` has all ``records``, each an id and a revision.

    A file whose lines have no ids, in a format of the operator's choice, is assumed to.
    """
    if not path.exists():
        return False
    missing = set(records)
    for record in read(path):
        match record:
            case {"id": str(id), "revision": int(revision)}:
                missing.discard((id, revision))
            case _:
                return True
    return not missing


def read(path: Path) -> Iterator[dict[str, object]]:
    """Yield the records of the JSON Lines file at ``path``; an empty one for a line that is no record, or cut off."""
    with path.open("rb") as lines:
        for line in lines:
            yield parsed(line)


def parsed(line: bytes) -> dict[str, object]:
    """Return the record in ``line``; an empty one if there is none, or it is cut off.

    >>> parsed(b'{"id": "a"}\\n'), parsed(b'{"id": "a"}'), parsed(b"[]\\n")
    ({'id': 'a'}, {}, {})
    """
    try:
        record = orjson.loads(line) if line.endswith(b"\n") else {}
    except orjson.JSONDecodeError:
        return {}
    return record if isinstance(record, dict) else {}
