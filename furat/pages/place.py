"""What of a page stands with its article, where no name tells."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice, takewhile

from selectolax.lexbor import LexborNode as Node

from furat.pages.kinds import COMMENT
from furat.pages.names import DEEPEST, LINK, Parts, ancestors, is_beside
from furat.pages.shape import printed
from furat.pages.tags import numbers

NEAR = 2
MOST, FEW = 60, 12
LONG = 120
"""Letters of a text that is a paragraph of the body, no line of a byline."""

SENTENCE = re.compile(rf"(?s)\S.{{{LONG // 2},}}|\S.*\s.*\s.*[.!?؟…]\s*")
"""A text that is no label: it is long, or it has an end."""

META = re.compile(r"\b(?:entry|post|article)-meta\b")
"""What themes call the line that tells day and author; some print it below the first paragraph."""

PUBLISHED = re.compile(r"\bpublished\b|نشر|نُشر", re.IGNORECASE)
"""What says of a date what it is, wherever it stands."""

NOT_LINES = frozenset({"script", "style", "noscript", "template", "option", "time"})
HEADINGS = ("h2", "h3", "h4", "h5")
TITLES = numbers(HEADINGS)


class Place:
    """The place of an article: around its heading and its body."""

    def __init__(self, parts: Parts, heading: Node | None, container: Node | None) -> None:
        self.parts = parts
        self.heading = heading
        self.container = container
        self.body = container.mem_id if container else 0
        self.start = parts.position(heading) if heading else 0
        self.near = {around.mem_id for around in islice(ancestors(heading), NEAR + 1)} if heading else set()
        self.around = {each.mem_id for node in (heading, container) if node for each in (node, *ancestors(node))}

    def holds(self, node: Node) -> bool:
        """Return whether ``node`` is the article's: it follows the heading, or stands close before it.

        What stands far before it may be a clock in the page's top bar.
        """
        if self.parts.position(node) < self.start:
            return any(around.mem_id in self.near for around in ancestors(node))
        return not self.is_of_another(node) and not self._is_of_a_text_below(node)

    def dates(self, node: Node) -> bool:
        """Return whether ``node`` may date the article: it is its own, and told neither in its text nor in an item."""
        if not self.holds(node) or self._is_of_a_link_below(node):
            return False
        if not 0 <= self._begin < self.parts.position(node) or not self._is_in_body(node):
            return True
        return PUBLISHED.search(printed(node)) is not None or any(map(_is_meta, ancestors(node)))

    def signs(self, node: Node) -> bool:
        """Return whether ``node`` may name the author: it is the article's, and no word of a sentence in its text."""
        if not self.holds(node):
            return False
        line = next((each for each in ancestors(node) if each.tag in ("p", "li", "div")), None)
        said = printed(line).replace(printed(node), "", 1).strip() if line else ""
        return not (SENTENCE.fullmatch(said) and self._is_in_body(node))

    def _is_in_body(self, node: Node) -> bool:
        return any(around.mem_id == self.body for around in ancestors(node))

    def is_of_another(self, node: Node) -> bool:
        """Return whether ``node`` stands, apart from the article, with a heading that links to another post.

        What stands with a picture in the body is said of the picture.
        """
        is_pictured = False
        for depth, around in enumerate(ancestors(node)):
            if around.mem_id in self.around:
                return is_pictured and around.mem_id == self.body
            is_pictured = is_pictured or around.tag == "figure"
            if (depth < NEAR or around.tag in ("article", "li")) and around.mem_id in self._cards:
                return True
        return False

    def _is_of_a_text_below(self, node: Node) -> bool:
        """Return whether ``node`` stands in a comment, or below the body in an item with a paragraph of its own."""
        return self._is_of_a_comment(node) or next(self._beside_below(node, "p"), None) is not None

    def _is_of_a_comment(self, node: Node) -> bool:
        apart = takewhile(lambda each: each.mem_id not in self.around, ancestors(node))
        return any(COMMENT.fullmatch(f"#{each.attributes.get('id')}") for each in apart)

    def _is_of_a_link_below(self, node: Node) -> bool:
        """Return whether ``node`` stands below the body in an item with a link that leads on, as in lists of posts."""
        return any(map(_leads_on, self._beside_below(node, "a[href]:not([rel~=tag], [href^='#'])")))

    def _beside_below(self, node: Node, selector: str) -> Iterator[Node]:
        """Yield what stands below the body in one item of a list with ``node``, and not around it."""
        if not self.is_below(node):
            return
        apart = [*takewhile(lambda each: each.mem_id not in self.around, ancestors(node))]
        own = {node.mem_id, *(each.mem_id for each in apart)}
        item = next((around for around in apart if around.tag == "li"), None)
        yield from (each for each in item.css(selector)[:FEW] if each.mem_id not in own) if item else ()

    @cached_property
    def _begin(self) -> int:
        """The place of the body's first paragraph; -1 where it has none, or holds the heading too."""
        if self.container is None or (self.heading and self._is_in_body(self.heading)):
            return -1
        first = next(filter(_is_sentence, self.container.css("p")), None)
        return self.parts.position(first) if first else -1

    def is_below(self, node: Node) -> bool:
        """Return whether ``node`` stands below the body, where other things may have days and names."""
        return 0 <= self._end < self.parts.position(node)

    @cached_property
    def _end(self) -> int:
        """The place of the body's last paragraph; -1 where it has none."""
        last = self.container.css("p")[-1:] if self.container else []
        return max(map(self.parts.position, last), default=-1)

    def lines(self) -> Iterator[str]:
        """Yield the short lines that stand with the heading: those after it, up to the first long one, then before.

        Some themes print them below the body, up to the next heading.
        """
        if self.heading is None:
            return
        yield from self._lines(islice(_after(self.heading), MOST))
        yield from self._lines(islice(_before(self.heading), FEW))
        if self.container is not None:
            yield from self._lines(islice(_after(self.container, TITLES), MOST // 2))

    def _lines(self, texts: Iterable[Node]) -> Iterator[str]:
        is_inside = False
        for each in texts:
            said, around = (each.text_content or "").strip(), each.parent
            was_inside, is_inside = is_inside, self.body in {above.mem_id for above in ancestors(each)}
            has_begun = is_inside and self._begin >= 0 and _is_sentence(around)
            if len(said) > LONG or has_begun or (was_inside and not is_inside):
                return  # the body has begun, or is over
            is_anothers = around is None or self.is_of_another(around) or self._is_of_a_comment(each)
            if said and around is not None and not is_anothers and self._is_printed(around):
                yield from dict.fromkeys((said, printed(around)))

    def _is_printed(self, node: Node) -> bool:
        """Return whether ``node`` holds a line of the article: no script, no `time`, no sentence and nothing beside."""
        if node.tag in NOT_LINES or _is_sentence(node):
            return False
        return not any(map(is_beside, (node, *ancestors(node))))

    @cached_property
    def _cards(self) -> frozenset[int]:
        """What stands around headings that link."""
        found: set[int] = set()
        for heading in self.parts.named(*HEADINGS):
            if any(map(_leads_on, heading.traverse())):
                found.update(takewhile(lambda id_: id_ not in found, (each.mem_id for each in ancestors(heading))))
        return frozenset(found)


def _after(start: Node, last: frozenset[int] = frozenset()) -> Iterator[Node]:
    """Yield the texts that follow ``start`` in reading order; those in one of the ``last`` tags are the last."""
    node: Node | None = start
    for _ in range(20 * MOST):
        node = _beside(node, "next")
        is_last = False
        while node is not None and not node.is_text_node and node.first_child is not None:
            is_last = is_last or node.tag_id in last
            node = node.first_child
        if node is None:
            return
        if node.is_text_node:
            yield node
        if is_last:
            return


def _before(heading: Node) -> Iterator[Node]:
    """Yield the texts that stand before ``heading``, the nearest first, within what stands around it."""
    node: Node | None = heading
    for _ in range(20 * FEW):
        node = _beside(node, "prev", NEAR)
        while node is not None and not node.is_text_node and node.last_child is not None:
            node = node.last_child
        if node is None:
            return
        if node.is_text_node:
            yield node


def _beside(node: Node | None, side: str, highest: int = DEEPEST) -> Node | None:
    for _ in range(highest):
        if node is None or node.tag == "body":
            return None
        beside: Node | None = getattr(node, side)
        if beside is not None:
            return beside
        node = node.parent
    return None


def _is_meta(node: Node) -> bool:
    return META.search(node.attributes.get("class") or "") is not None


def _is_sentence(node: Node | None) -> bool:
    """Return whether ``node`` is a paragraph with a sentence, no label."""
    return node is not None and node.tag == "p" and SENTENCE.fullmatch(printed(node)) is not None


def _leads_on(node: Node) -> bool:
    """Return whether ``node`` is a link, be it one that a script follows, and to no author."""
    if node.tag_id != LINK:
        return False
    attributes = node.attributes
    return attributes.get("rel") != "author" and "/author/" not in (attributes.get("href") or "")
