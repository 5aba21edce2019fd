"""How much of a page a parser reads in a time that grows with its size."""

import re
from collections import Counter
from itertools import islice

TAG = re.compile(
    r"<(/?)(?!(?:br|img|hr|input|meta|link|source|wbr|p|li|option|t[rdh])\b)([a-z][a-z0-9-]{,30})", re.IGNORECASE
)
MOST_OPEN = 5_000
"""No page leaves so many elements open."""

ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
FEW = re.compile(rf"(?:[^<]++|<(?![a-zA-Z])|<[a-zA-Z][^\s/>]*+(?:{ATTRIBUTE}){{0,500}}+[\s/]*+>)*+")
"""All before a tag that has too many attributes, or no end (https://html.spec.whatwg.org/#attributes-2)."""

MANY = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{ATTRIBUTE}){{500}}+")

AGAIN = re.compile(r"<(?:html|body)[\s/]", re.IGNORECASE)
MOST_AGAIN = 20
"""How often a page may give attributes to its root or its body: a parser gives them all to one element."""


def sane(html: str) -> str:
    """Return ``html`` up to where it leaves too much open, or says too much of its root; tags end where they are long.

    A parser takes the square of the depth of the elements, and of the number of each one's attributes.
    """
    html = _short(html)
    again = next(islice(AGAIN.finditer(html), MOST_AGAIN, None), None)
    return _closed(html[: again.start()] if again else html)


def _short(html: str) -> str:
    """Return ``html`` with an end to each tag of too many attributes: what looks like one in a script stays there.

    >>> len(_short("<p " + "a " * 500 + "b>")) - len("<p " + "a " * 500 + "b>")
    1
    """
    parts: list[str] = []
    read = 0
    while (few := FEW.match(html, read)) and (many := MANY.match(html, few.end())):
        parts += html[read : many.end()], ">"
        read = many.end()
    return "".join([*parts, html[read:]]) if parts else html


def _closed(html: str) -> str:
    """Return ``html`` up to where it leaves too much open."""
    if html.count("<") < MOST_OPEN or html.count("<") - html.count("</") < MOST_OPEN:
        return html
    open_: Counter[str] = Counter()
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
