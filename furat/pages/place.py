"""What of a page stands with its article, where no name tells."""

from itertools import islice

from selectolax.lexbor import LexborNode as Node

from furat.pages.names import Parts, ancestors

NEAR = 2
LINKED_HEADING = "*:is(h2, h3, h4, h5) a:not([rel=author], [href*='/author/'])"


class Place:
    """The place of an article: around its heading and its body."""

    def __init__(self, parts: Parts, heading: Node | None, container: Node | None) -> None:
        self.parts = parts
        self.start = parts.position(heading) if heading else 0
        self.near = {around.mem_id for around in islice(ancestors(heading), NEAR + 1)} if heading else set()
        self.around = {each.mem_id for node in (heading, container) if node for each in (node, *ancestors(node))}
        self.cards: dict[int, bool] = {}

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
            if (depth < NEAR or around.tag in ("article", "li")) and self._is_card(around):
                return True
        return False

    def _is_card(self, node: Node) -> bool:
        if node.mem_id not in self.cards:
            self.cards[node.mem_id] = node.css_first(LINKED_HEADING) is not None
        return self.cards[node.mem_id]
