"""How much of a page a parser reads in a time that grows with its size."""

import re
from collections import Counter
from itertools import islice

TAG = re.compile(
    rb"<(/?)(?!(?:br|img|hr|input|meta|link|source|wbr|p|li|option|t[rdh])\b)([a-z][a-z0-9-]{,30})", re.IGNORECASE
)
MOST_OPEN = 5_000
"""No page leaves so many elements open."""

BLANK = rb" \t\n\r\f"
ATTRIBUTE = rb"""[%b/]*+[^%b/>][^%b/>=]*+(?:[%b]*+=[%b]*+(?:"[^"]*+"|'[^']*+'|[^%b>]*+))?+""" % ((BLANK,) * 6)
NAME = rb"/?[a-zA-Z][^%b/>]*+" % BLANK
FEW = re.compile(rb"(?:[^<]*+<(?:%b(?:%b){0,500}+[%b/]*+>|(?!/?[a-zA-Z])))*+" % (NAME, ATTRIBUTE, BLANK))
"""All before a tag that has too many attributes, or no end (https://html.spec.whatwg.org/#attributes-2)."""

MANY = re.compile(rb"[^<]*+<%b(?:%b){500}+" % (NAME, ATTRIBUTE))

AGAIN = re.compile(rb"<[bBhH](?:[oO][dD][yY]|[tT][mM][lL])[\s/]")
MOST_AGAIN = 20
"""How often a page may give attributes to its root or its body: a parser gives them all to one element."""


def sane(html: bytes) -> bytes:
    """Return ``html`` up to where it leaves too much open, or says too much of its root; tags end where they are long.

    A parser takes the square of the depth of the elements, and of the number of each one's attributes.
    """
    html = _short(html)
    again = next(islice(AGAIN.finditer(html), MOST_AGAIN, None), None)
    return _closed(html[: again.start()] if again else html)


def _short(html: bytes) -> bytes:
    """Return ``html`` with an end to each tag of too many attributes: what looks like one in a script stays there.

    >>> len(_short(b"<p " + b"a " * 500 + b"b>")) - len(b"<p " + b"a " * 500 + b"b>")
    1
    """
    parts: list[bytes] = []
    read = 0
    while (few := FEW.match(html, read)) and (many := MANY.match(html, few.end())):
        parts += html[read : many.end()], b">"
        read = many.end()
    return b"".join([*parts, html[read:]]) if parts else html


def _closed(html: bytes) -> bytes:
    """Return ``html`` up to where it leaves too much open."""
    if html.count(b"<") < MOST_OPEN or html.count(b"<") - html.count(b"</") < MOST_OPEN:
        return html
    open_: Counter[bytes] = Counter()
    depth = 0
    for tag in TAG.finditer(html):
        name = tag[2].lower()
        if not tag[1]:
            open_[name] += 1
            depth += 1
        elif open_[name]:
            open_[name] -= 1
            depth -= 1
        if depth > MOST_OPEN:
            return html[: tag.start()]
    return html
