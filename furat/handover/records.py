"""Finds the WARC records that belong to an article's states: answers, requests, certificates, what they refer to."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from furat.chain.heads import Place, Record, records
from furat.chain.leaves import Part


def needed(folder: Path, places: Iterable[Place]) -> list[Part]:
    """Return the records at ``places`` in the archive's ``folder``, with all that belongs to them, in their order."""
    found, files, waiting = dict[Place, Part](), dict[str, list[Record]](), [*places]
    while waiting:
        name, offset = place = waiting.pop()
        if place in found:
            continue
        if name not in files:
            files[name] = list(records(folder, name))
        at = next((number for number, each in enumerate(files[name]) if each.part.offset == offset), None)
        if at is not None:
            record = files[name][at]
            own = [record, *_beside(files[name], record)]
            found |= {(name, each.part.offset): each.part for each in own}
            waiting += [record.refers_to] if record.refers_to else []
    return [found[place] for place in sorted(found)]


def _beside(others: list[Record], record: Record) -> Iterator[Record]:
    """Yield what belongs to ``record``: its file's first record, its request, the certificates that it names."""
    certificates = record.fields.get("furat-certificates")
    yield others[0]
    for each in others:
        if each.fields.get("warc-concurrent-to") == record.id or (certificates and each.id == certificates):
            yield each
