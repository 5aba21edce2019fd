"""What an item of a listing shows of its article: what may print the title, where that leads, and a moment."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from selectolax.lexbor import LexborNode as Node

from furat.pages.layouts import Layout
from furat.pages.moments import iso
from furat.pages.names import ancestors
from furat.pages.page import Attributes, text

HEADINGS = ("h1", "h2", "h3", "h4")
LOW_HEADINGS = ("h5", "h6")
TITLES = frozenset({"entry-title", "post-title"})
HOLDERS = ("a", "article", "li")
"""What a heading belongs to at most: it is the title of the link that it stands in, if none of the others is nearer."""


class Shown:
    """Reads an item, or a heading in or around a link, once."""

    def __init__(self, item: Node) -> None:
        self.item = item
        self.links: list[Node] = []
        self.headings: list[Node] = []
        self.times: list[Node] = []
        kinds = {"a": self.links, "time": self.times, **dict.fromkeys(HEADINGS, self.headings)}
        for node in item.traverse():
            if (kind := kinds.get(node.tag or "")) is not None:
                kind.append(node)

    def titles(self) -> Iterator[tuple[Attributes, str]]:
        """Return the links that may lead to the article, each with the title, the likeliest first."""
        untitled = []
        for node, link in chain(self._named(), self._headed(), self._bookmarks()):
            if printed := text(node):
                yield link, printed
            else:
                untitled.append(link)
        yield from ((link, "") for link in untitled)
        is_heading = self.item.tag in LOW_HEADINGS
        yield from ((node.attributes, text(node) if is_heading else "") for node in self.links)
        yield _link_of(self.item), text(self.item)

    def moment(self, look: type[Layout]) -> str | None:
        """Return the moment that is printed in the item: ISO 8601, with an offset where the page gives one."""
        given = next(filter(None, (node.attributes.get("datetime") for node in self.times)), None)
        if given:
            return iso(given)
        dates = _classes(look.DATE)
        printed = next((node for node in self.item.traverse() if not dates.isdisjoint(_classes_of(node))), None)
        return iso(text(printed)) if printed else None

    def _named(self) -> Iterator[tuple[Node, Attributes]]:
        """Return the links in what is called a title."""
        return ((node, node.attributes) for node in self.links if self._is_in_title(node))

    def _headed(self) -> Iterator[tuple[Node, Attributes]]:
        """Return the links in headings, and the headings in links, each with its link."""
        for heading in self.headings:
            links = [node for node in heading.traverse() if node.tag == "a"]
            yield from ((node, node.attributes) for node in links)
            if not links:
                yield heading, _link_of(heading)

    def _bookmarks(self) -> Iterator[tuple[Node, Attributes]]:
        """Return the links that lead to the article, as they say; a date may be one of them."""
        for node in self.links:
            attributes = node.attributes
            if (attributes.get("rel") or "").lower() == "bookmark":
                yield node, attributes

    def _is_in_title(self, node: Node) -> bool:
        for around in ancestors(node):
            if not TITLES.isdisjoint(_classes_of(around)):
                return True
            if around.mem_id == self.item.mem_id:
                break
        return False


def _link_of(node: Node) -> Attributes:
    """Return the attributes of the link that ``node`` is or stands in, none where an article or a list is nearer."""
    holder = next((each for each in chain((node,), ancestors(node)) if each.tag in HOLDERS), None)
    return holder.attributes if holder and holder.tag == "a" else {}


def _classes_of(node: Node) -> list[str]:
    return (node.attributes.get("class") or "").split()


@lru_cache
def _classes(names: str) -> frozenset[str]:
    return frozenset(name[1:] for name in names.split() if name.startswith("."))
