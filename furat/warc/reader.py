"""Reads the records of WARC files, Furat's own and others'."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from furat.clock import utc
from furat.files import is_inside
from furat.urls import anonymous
from furat.warc.framing import HEAD_END, records
from furat.warc.payload import plain

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord


@dataclass(frozen=True, slots=True)
class Kept:
    """A record of a WARC file, with a response or a revisit."""

    offset: int
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
    def seen(self) -> str:
        """When it was captured, as `furat.clock.now` writes it."""
        return utc(self.moment) or ""

    @property
    def content_type(self) -> str:
        """The media type that the server gave, in lower case."""
        return next((value.lower() for name, value in self.headers if name.lower() == "content-type"), "")

    def page(self) -> bytes:
        """Return the body without transfer and content codings, as far as it can be decoded."""
        return plain(self.body, self.headers)


def kept(path: Path) -> Iterator[Kept]:
    """Yield the responses and revisits in the file at ``path``, in its order; raise OSError if it can't be read."""
    for offset, content in records(path):
        if found := _read(offset, content):
            yield found


def kept_at(path: Path, offset: int) -> Kept | None:
    """Return the response or revisit that begins at ``offset`` of the file at ``path``; None if there is none."""
    try:
        found = next(records(path, offset), None)
    except (OSError, ValueError):  # no file is so large
        return None
    return _read(*found) if found and found[0] == offset else None


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


def _read(offset: int, content: bytes) -> Kept | None:
    from fastwarc.warc import WarcRecord  # noqa: PLC0415 (an extra, which others need not install)

    try:
        return _kept(offset, content, WarcRecord.from_bytes(content))
    except (ValueError, OSError, OverflowError, EOFError):  # one bad record is left out, no more
        return None


def _kept(offset: int, content: bytes, record: "WarcRecord") -> Kept | None:
    def field(name: str) -> str:
        return (record.headers.get(name) or "").strip()

    kind, moment, url = field("WARC-Type"), field("WARC-Date"), field("WARC-Target-URI").strip("<> ")
    is_exchange = kind in {"response", "revisit"} and "http" in field("Content-Type")
    if not (is_exchange and url and "T" in moment and utc(moment)):
        return None
    record.parse_http(strict_mode=False)
    http = record.http_headers
    head = HEAD_END.search(content)
    if not (http and head):
        return None
    earlier = field("WARC-Refers-To").strip("<> ")
    file, place = field("Furat-Refers-To-File"), field("Furat-Refers-To-Offset")
    return Kept(
        offset,
        kind,
        field("WARC-Record-ID").strip("<> "),
        anonymous(url),
        moment,
        field("WARC-Payload-Digest"),
        http.status_code or 0,
        http.to_tuples(),
        record.reader.read(),
        content[head.end() :],
        (file, int(place), earlier) if file and place.isdigit() else None,
    )
