"""What of a page stands with its article, where no name tells."""

from functools import cached_property
from itertools import islice

from selectolax.lexbor import LexborNode as Node

from furat.pages.names import LINK, Parts, ancestors

NEAR = 2
HEADINGS = ("h2", "h3", "h4", "h5")


class Place:
    """The place of an article: around its heading and its body."""

    def __init__(self, parts: Parts, heading: Node | None, container: Node | None) -> None:
        self.parts = parts
        self.start = parts.position(heading) if heading else 0
        self.near = {around.mem_id for around in islice(ancestors(heading), NEAR + 1)} if heading else set()
        self.around = {each.mem_id for node in (heading, container) if node for each in (node, *ancestors(node))}

    def holds(self, node: Node) -> bool:
        """Return whether ``node`` is the article's: it follows the heading, or stands close before it.

        What stands far before it may be a clock in the page's top bar.
        """
        if self.parts.position(node) < self.start:
            return any(around.mem_id in self.near for around in ancestors(node))
        return not self.is_of_another(node)

    def is_of_another(self, node: Node) -> bool:
        """Return whether ``node`` stands, apart from the article, with a heading that links to another post."""
        for depth, around in enumerate(ancestors(node)):
            if around.mem_id in self.around:
                return False
            if (depth < NEAR or around.tag in ("article", "li")) and around.mem_id in self._cards:
                return True
        return False

    @cached_property
    def _cards(self) -> frozenset[int]:
        """What stands around headings that link."""
        linked = (heading for heading in self.parts.named(*HEADINGS) if any(map(_leads_on, heading.traverse())))
        return frozenset(around.mem_id for heading in linked for around in ancestors(heading))


def _leads_on(node: Node) -> bool:
    """Return whether ``node`` is a link, be it one that a script follows, and to no author."""
    if node.tag_id != LINK:
        return False
    attributes = node.attributes
    return attributes.get("rel") != "author" and "/author/" not in (attributes.get("href") or "")
