"""What stands in files that were delivered, looked at from outside."""

from collections.abc import Collection, Iterator
from pathlib import Path

import orjson


def holds(path: Path, records: Collection[tuple[str, int]]) -> bool:
    """Return whether the file at ``path`` has all ``records``, each an id and a revision.

    One whose lines name no ids, in a format of the operator's choice, is believed to.
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
    """Return the records of the JSON Lines at ``path``; an empty one for a line that is none, or torn."""
    with path.open("rb") as lines:
        for line in lines:
            yield parsed(line)


def parsed(line: bytes) -> dict[str, object]:
    """Return the record that ``line`` is; an empty one if it is none, or torn.

    >>> parsed(b'{"id": "a"}\\n'), parsed(b'{"id": "a"}'), parsed(b"[]\\n")
    ({'id': 'a'}, {}, {})
    """
    try:
        record = orjson.loads(line) if line.endswith(b"\n") else {}
    except orjson.JSONDecodeError:
        return {}
    return record if isinstance(record, dict) else {}
