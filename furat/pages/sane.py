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
FEW_ATTRIBUTES = re.compile(rf"(?:[^<]++|<(?![a-zA-Z])|<[a-zA-Z][^\s/>]*+(?:{ATTRIBUTE}){{0,500}}+[\s/]*+>)*+")
"""All before a tag that has too many, or has no end (https://html.spec.whatwg.org/#attributes-2)."""

AGAIN = re.compile(r"<(?:html|body)[\s/]", re.IGNORECASE)
MOST_AGAIN = 20
"""How often a page may give attributes to its root or its body: a parser gives them all to one element."""


def sane(html: str) -> str:
    """Return ``html`` up to where it leaves too much open, or says too much of an element.

    A parser takes the square of the depth of the elements, and of the number of each one's attributes.
    """
    few = FEW_ATTRIBUTES.match(html)
    html = few[0] if few and few.end() < len(html) else html
    again = next(islice(AGAIN.finditer(html), MOST_AGAIN, None), None)
    return _closed(html[: again.start()] if again else html)


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
