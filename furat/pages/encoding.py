"""In which encoding an answer is written: its bytes are believed before what it says of itself."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE
)
"""What a page or an XML document says of itself."""

IN_HEADER = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.IGNORECASE | re.ASCII)

HEAD = 16 * 1024
"""Bytes at whose beginning a document tells its encoding."""

KNOWN = frozenset(
    codecs.lookup(name).name
    for name in (
        *("utf-8", "ascii"),
        *(f"cp{number}" for number in (720, 864, 866, 874, *range(1250, 1259))),
        *(f"iso8859-{number}" for number in (*range(1, 12), *range(13, 17))),
        *("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "mac-arabic"),
        *("gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr"),
    )
)
"""Encodings of texts (https://encoding.spec.whatwg.org/#names-and-labels, and two of Arabic's past); Python's `zlib`
or `hex` are none, and UTF-16 is known by its mark alone."""

MISTAKEN = {"utf-8", "ascii", "iso8859-1", "cp1252"}
"""What servers say of pages that they know nothing of."""

RUNS = re.compile(rb"[\x80-\xff]{2,}")
"""Arabic in an encoding of one byte a letter; in the languages of Latin letters such bytes stand alone."""


def encoding(body: bytes, content_type: str = "") -> str:
    """Return the name of a known encoding of ``body``, of which its header says that it is ``content_type``.

    What is UTF-8 in most of its letters is UTF-8. What is not, though its header says so, is what it says itself; where
    it says nothing else, Arabic's windows-1256 if it looks like it.

    >>> encoding("خبر".encode(), "text/html; charset=ISO-8859-1"), encoding("خبر".encode("cp1256"), "charset=utf-8")
    ('utf-8', 'cp1256')
    >>> encoding("<meta charset=iso-8859-6>خبر".encode("iso8859-6"), "text/html; charset=utf-8")
    'iso8859-6'
    """
    for mark, name in BOMS:
        if body.startswith(mark):
            return name
    is_ascii = body.isascii()  # so far: a document may be read piece by piece
    if not is_ascii and _is_utf_8(body):
        return "utf-8"
    declared = [*_declared(body, content_type)]
    if is_ascii:
        return next(iter(declared), "utf-8")
    if likely := next((name for name in declared if name not in MISTAKEN), None):
        return likely
    in_runs = sum(map(len, RUNS.findall(body)))
    is_arabic = 2 * in_runs > sum(byte > 0x7F for byte in body)  # noqa: PLR2004 (the last of ASCII)
    return "cp1256" if is_arabic else "cp1252"


def decoded(body: bytes, content_type: str = "") -> str:
    """Return the text of ``body``; what can't be read in it is U+FFFD."""
    return body.decode(encoding(body, content_type), "replace")


def _is_utf_8(body: bytes) -> bool:
    with suppress(UnicodeDecodeError):
        body.decode()
        return True
    text = body.decode(errors="replace")
    damaged = text.count("\ufffd")
    return len(text) - damaged - sum(map(len, re.findall("[\0-\x7f]+", text))) > damaged


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    found = IN_HEADER.search(content_type)
    inside = DECLARED.search(body[:HEAD])
    names = [found[1]] if found else []
    for name in [*names, *([inside[1].decode()] if inside else [])]:
        with suppress(LookupError, ValueError):
            known = codecs.lookup(name).name
            if known in KNOWN:
                yield known
