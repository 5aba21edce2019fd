"""An XML document from outside, such as a feed or a sitemap: read as far as it goes, whatever it holds."""

import codecs
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from gzip import GzipFile
from io import BytesIO
from itertools import chain, islice
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from furat.pages.encoding import encoding

GZIP = b"\x1f\x8b"
LARGEST = 50 * 1024 * 1024
"""Bytes that a sitemap has at most, unpacked (https://www.sitemaps.org/protocol.html#index); no more is read."""

PIECE = 64 * 1024
MOST_IDLE = 16
"""Pieces that may pass within one tag or one comment; older expat reads all of it anew with every piece."""

MOST_PROLOG = 16 * 1024
DEEPEST = 100
MOST_PARTS = 10_000
MOST_RECORDS = 250_000
"""No feed and no sitemap nests as deep, says as much in one record, or has as many: five times what is allowed."""

DEEPEST_PATH = 4
LONGEST_NAME = 64
"""What lies deeper in a record, or has a longer name, nobody asks for; their paths could take memory without bound."""

ROOT = re.compile(r"<(\w+:)?(\w+)[\s>/]")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
"""What XML 1.0 forbids (https://www.w3.org/TR/xml/#charsets) and WordPress prints where an editor pasted it."""


class Element(NamedTuple):
    """What one element says; the elements in it speak for themselves."""

    attributes: dict[str, str]
    text: str


Record = dict[str, list[Element]]
"""The elements of one record by their path in it, such as `author/name`."""


class XmlDocument:
    """Reads the records of a document, once: ``records`` names the record of each root that is looked for.

    What stands before the root, a DTD above all, is never parsed: without it there are no
    entities but XML's own, and nothing is ever fetched. Elements are told by the prefixes
    that WordPress prints, the root's own left out, not by their namespaces: plugins forget
    to declare theirs.

    >>> feed = XmlDocument(b"<rss><channel><item><link>https://example.org/?p=1</link></item>", {"rss": "item"})
    >>> [record["link"][0].text for record in feed], feed.root, feed.is_whole
    (['https://example.org/?p=1'], 'rss', False)
    """

    def __init__(self, body: bytes, records: Mapping[str, str]) -> None:
        self._texts = _texts(body)
        begin = next(self._texts, "")
        roots = (found for found in ROOT.finditer(begin, 0, MOST_PROLOG) if found[2] in records)
        found = next(roots, None)
        self.root = found[2] if found else ""
        """The name of the root; empty where it is none of those that are looked for."""
        self.is_whole = False
        """Whether the root has been closed and nothing before was broken; known once all records are read."""
        self._prefix = (found and found[1]) or ""
        self._begin_text = begin[found.start() :] if found else ""
        self._name = records.get(self.root, "")
        self._ready: list[Record] = []
        self._record: Record | None = None
        self._path: list[str] = []
        self._open: list[tuple[dict[str, str], list[str]]] = []
        self._start = 0
        self._idle = 0
        self._parts = 0
        self._count = 0

    def __iter__(self) -> Iterator[Record]:
        """Yield each record as soon as it ends."""
        parse = self._parser()
        with suppress(ExpatError):
            for text in chain([self._begin_text], self._texts) if self.root else ():
                self._idle += 1
                parse(text.encode(), False)
                yield from self._taken()
                if self._idle > MOST_IDLE:
                    return
            parse(b"", True)  # newer expat holds back what may be half a token
        yield from self._taken()

    def _parser(self) -> Callable[[bytes, bool], object]:
        parser = ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._print
        return parser.Parse

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._idle = 0
        self._path.append(name.removeprefix(self._prefix))
        self._parts += 1
        if self._record is not None:
            self._open.append((attributes, []))
        elif self._path[-1] == self._name:
            self._record, self._start, self._parts = {}, len(self._path), 0
            self._count += 1
        if len(self._path) > DEEPEST or self._parts > MOST_PARTS or self._count > MOST_RECORDS:
            raise ExpatError("More than any feed or sitemap holds")

    def _print(self, text: str) -> None:
        self._idle = 0
        if self._open:
            self._open[-1][1].append(text)

    def _end(self, _: str) -> None:
        if self._record is not None and self._open:
            attributes, texts = self._open.pop()
            names = self._path[self._start :]
            if len(names) <= DEEPEST_PATH and all(len(name) <= LONGEST_NAME for name in names):
                self._record.setdefault("/".join(names), []).append(Element(attributes, "".join(texts).strip()))
        elif self._record is not None:
            self._ready.append(self._record)
            self._record = None
        self._path.pop()
        self.is_whole = not self._path

    def _taken(self) -> list[Record]:
        taken, self._ready = self._ready, []
        return taken


def first(record: Record, *paths: str) -> str:
    """Return what the first of ``paths`` in ``record`` says; empty where none says anything."""
    return next((element.text for path in paths for element in record.get(path, ()) if element.text), "")


def _texts(body: bytes) -> Iterator[str]:
    """Yield the document as text, without what XML forbids."""
    pieces = _pieces(body)
    begin = next(pieces, b"")
    decoder = codecs.getincrementaldecoder(encoding(begin))("replace")
    yield ILLEGAL.sub("", decoder.decode(begin)).lstrip("\ufeff")
    for piece in pieces:
        yield ILLEGAL.sub("", decoder.decode(piece))


def _pieces(body: bytes) -> Iterator[bytes]:
    """Yield the document's bytes, unpacked where they were packed; no more of them than a document may have."""
    pieces = _unpacked(body) if body.startswith(GZIP) else _sliced(body)
    return islice(pieces, LARGEST // PIECE)


def _sliced(body: bytes) -> Iterator[bytes]:
    return (body[start : start + PIECE] for start in range(0, len(body), PIECE))


def _unpacked(body: bytes) -> Iterator[bytes]:
    with suppress(EOFError, OSError, zlib.error), GzipFile(fileobj=BytesIO(body)) as file:
        while piece := file.read1(PIECE):
            yield piece
