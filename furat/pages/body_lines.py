"""The lines of a body: which are the article's, and which are links and labels that a theme sets among them."""

from collections.abc import Iterator
from itertools import groupby
from typing import Literal, NamedTuple

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.pages.later import is_to_page

Kind = Literal["text", "heading", "posts", "contents", "label", "gone"]
"""`posts` is a line that is only links to other posts, `contents` one to places of the page, `label` one that only
says when, by whom, where, and on which page it goes on; `gone` stands for a block of links that was left out."""

LISTED = 3
"""How many lines of links to posts, one after another, are a list of them."""

SIGNS = 3
"""Letters beside a link: what parts it from the next."""

TITLED = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LABELS = frozenset({"tag", "author", "category"})
"""How core marks the links to what a post belongs to (https://html.spec.whatwg.org/#linkTypes, and `category`)."""

SHORT = 60
"""A label is no longer than this."""


class Line(NamedTuple):
    """A printed line."""

    text: str
    kind: Kind = "text"


class Links:
    """Measures how much of a line is links, and to what."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.authority = urls.authority(base)
        self.forget()

    def forget(self) -> None:
        """Begin a line."""
        self._all = self._posts = self._contents = self._labels = 0

    def add(self, node: Node) -> None:
        """Measure a link."""
        attributes = node.attributes
        said, href = node.text().strip(), attributes.get("href") or ""
        length = len(said)
        self._all += length
        if not LABELS.isdisjoint((attributes.get("rel") or "").split()) or is_to_page(self.base, href, said):
            self._labels += length
        elif href.startswith("#"):
            self._contents += length
        elif href.startswith("/") or self.authority in href:
            self._posts += length

    def add_label(self, length: int) -> None:
        """Measure what is a label by itself, such as a date."""
        self._labels += length

    def kind(self, line: str, block: str) -> Kind:
        """Return what a ``line`` in an element of the kind ``block`` is."""
        length = len(line)
        if self._labels and length - self._labels <= SHORT / 2:
            return "label"
        if block != "p" and self._all >= length - SIGNS:
            if self._posts >= length - SIGNS:
                return "posts"
            if self._contents >= length - SIGNS:
                return "contents"
        return "heading" if block in TITLED else "text"


def kept(lines: list[Line]) -> Iterator[str]:
    """Yield the lines of an article: without lists of links to posts or within the page, their headings, and labels.

    >>> [*kept([Line("خبر"), Line("اقرأ أيضاً:", "heading"), *[Line("آخر", "posts")] * 3])]
    ['خبر']
    """
    if all(line.kind in ("text", "heading") for line in lines):
        yield from (line.text for line in lines)
        return
    runs = [(kind, [*run]) for kind, run in groupby(lines, key=lambda line: line.kind)]
    for place, (kind, run) in enumerate(runs):
        if kind in ("gone", "label") or _is_list(kind, run):
            continue
        following = runs[place + 1] if place + 1 < len(runs) else None
        after = runs[place + 2][0] if place + 2 < len(runs) else None
        is_of_list = following is not None and (following[0] == "gone" or _is_list(*following))
        if is_of_list and after in (None, "heading", "gone") and _is_heading(run[-1]):
            yield from (line.text for line in run[:-1])
        else:
            yield from (line.text for line in run)


def _is_list(kind: Kind, run: list[Line]) -> bool:
    return (kind == "posts" and len(run) >= LISTED) or (kind == "contents" and len(run) > 1)


def _is_heading(line: Line) -> bool:
    return len(line.text) <= SHORT and (line.kind == "heading" or line.text.endswith(":"))
