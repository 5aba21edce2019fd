"""What of a page stands with its article, where no name tells."""

from itertools import islice, takewhile

from selectolax.lexbor import LexborNode as Node

from furat.pages.names import Parts, ancestors

NEAR = 2
LINKED_HEADING = ", ".join(f"h{size} a:not([rel=author]):not([href*='/author/'])" for size in (2, 3, 4, 5))


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
        apart = takewhile(lambda around: around.mem_id not in self.around, ancestors(node))
        cards = (around for depth, around in enumerate(apart) if depth < NEAR or around.tag in ("article", "li"))
        return any(card.css_first(LINKED_HEADING) for card in cards)
