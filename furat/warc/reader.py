"""Reads the records of WARC files, Furat's own and others'."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from furat.clock import utc
from furat.files import is_inside
from furat.urls import anonymous
from furat.warc.exchange import STATUS, parted
from furat.warc.framing import HEAD_END, LONGEST_HEAD, Place, record_at, records
from furat.warc.payload import plain

FOLD = re.compile(rb"\r?\n[ \t]+")
"""Where a field goes on in the next line (RFC 9112, section 5.2)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record of a WARC file, with a response or a revisit."""

    place: Place
    """Where it begins in its file, in bytes."""

    kind: str
    """Its WARC-Type."""

    record: str
    """Its WARC-Record-ID, without angle brackets."""

    url: str
    """The address that was requested, without a user's name."""

    moment: str
    """Its WARC-Date."""

    digest: str
    """Its WARC-Payload-Digest; empty if it has none."""

    status: int
    """The HTTP status; 0 if there is none."""

    headers: tuple[tuple[str, str], ...]
    """The fields of the response's head, as received."""

    body: bytes
    """The payload as received; empty in a revisit."""

    message: bytes
    """The whole response as received: its head and, but in a revisit, its body."""

    refers_to: tuple[str, int, str] | None = None
    """The file, offset and id of the response that a revisit of Furat's own refers to."""

    @property
    def offset(self) -> int:
        """Where it begins in its file, or its gzip member does, in bytes."""
        return self.place[0]

    @property
    def seen(self) -> str:
        """When it was captured, as `furat.clock.now` writes it."""
        return utc(self.moment) or ""

    @property
    def content_type(self) -> str:
        """The media type that the server gave, in lower case."""
        return next((value.lower() for name, value in self.headers if name.lower() == "content-type"), "")

    @property
    def is_bare(self) -> bool:
        """Whether it is a revisit without a head, which is that of the response it refers to."""
        return not self.message

    def page(self) -> bytes:
        """Return the body without transfer and content codings, as far as it can be decoded."""
        return plain(self.body, self.headers)


def kept(path: Path) -> Iterator[Kept]:
    """Return the responses and revisits in the file at ``path``, in its order; raise OSError if it can't be read."""
    return filter(None, scanned(path))


def scanned(path: Path) -> Iterator[Kept | None]:
    """Yield for each record in the file at ``path`` the response or revisit; None if it is another one."""
    return (_read(place, content) for place, content in records(path))


def kept_at(path: Path, offset: int, inside: int = 0) -> Kept | None:
    """Return the response or revisit that begins at this place of the file at ``path``; None if there is none."""
    place = offset, inside
    try:
        found = record_at(path, place)
    except (OSError, ValueError):  # no file is so large
        return None
    return _read(place, found) if found else None


def named_at(folder: Path, file: str, offset: int, record: str) -> Kept | None:
    """Return the ``record`` at ``offset`` of ``file`` in ``folder``; None if there is none or another one.

    The response is returned that a revisit of Furat's own refers to. A path never leads out of the folder.
    """
    found = _at(folder, file, offset, record)
    return _at(folder, *found.refers_to) if found and found.refers_to and found.kind == "revisit" else found


def _at(folder: Path, file: str, offset: int, record: str) -> Kept | None:
    found = kept_at(folder / file, offset) if _is_inside(folder, file) else None
    return found if found and found.record == record else None


@lru_cache
def _is_inside(folder: Path, file: str) -> bool:
    return is_inside(folder, folder / file)


def _read(place: Place, content: bytes) -> Kept | None:
    """Return the response or revisit that a record holds; None if it is another one, or none that can be read."""
    with suppress(ValueError, OverflowError):  # a damaged date or number: one bad record is left out, no more
        return _exchange(place, content)
    return None


def _exchange(place: Place, content: bytes) -> Kept | None:
    head = HEAD_END.search(content)
    if not head:
        return None
    given = dict(reversed([(name.lower(), value) for name, value in fields(content[: head.start()])]))
    field, block = given.get, content[head.end() :]
    kind, moment, url = field("warc-type", ""), field("warc-date", ""), field("warc-target-uri", "").strip("<> ")
    is_exchange = kind in {"response", "revisit"} and block.startswith(b"HTTP/")
    is_bare = kind == "revisit" and not block  # all that it has is in the record that it refers to
    if not ((is_exchange or is_bare) and url and "T" in moment and utc(moment)):
        return None
    return _kept(place, given, (kind, moment, url), block)


def _kept(place: Place, given: dict[str, str], named: tuple[str, str, str], block: bytes) -> Kept:
    kind, moment, url = named
    head, body = parted(block)
    found = STATUS.match(head)
    earlier = given.get("warc-refers-to", "").strip("<> ")
    file, at = given.get("furat-refers-to-file"), given.get("furat-refers-to-offset", "")
    return Kept(
        place,
        kind,
        given.get("warc-record-id", "").strip("<> "),
        anonymous(url),
        moment,
        given.get("warc-payload-digest", ""),
        int(found[1]) if found else 0,
        tuple(fields(head[:LONGEST_HEAD])),
        body,
        block,
        (file, int(at), earlier) if file and at.isdecimal() else None,
    )


def fields(head: bytes) -> Iterator[tuple[str, str]]:
    """Yield the fields of a ``head``, of WARC or HTTP, whichever way its lines end.

    >>> list(fields(b"WARC/1.0\\r\\nA: 1\\r\\nno field\\r\\nb:2\\n\\t3\\r\\n\\r\\n"))
    [('A', '1'), ('b', '2 3')]
    """
    for line in FOLD.sub(b" ", head).split(b"\n")[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            yield _text(name), _text(value)


def _text(value: bytes) -> str:
    value = value.strip()
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
