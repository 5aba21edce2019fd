"""How much of a body's text stands in an element of it, and whether that is more than a label."""

import re
from functools import cached_property

from selectolax.lexbor import LexborNode as Node

from furat.pages.body_lines import SHORT
from furat.pages.pictures import PICTURE

DAY = re.compile(r"(?<!\d)\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?!\d)")
SWITCHES = frozenset({"checkbox", "radio"})
"""What opens a part of the text without scripts (https://html.spec.whatwg.org/#attr-input-type)."""

MOST = 20
"""How often a body may be measured as a whole: what nests without end is taken as it stands."""


class Measure:
    """Measures the elements of a body."""

    def __init__(self, container: Node) -> None:
        self.container = container
        self._measured = 0

    def is_most(self, node: Node) -> bool:
        """Return whether ``node`` holds most of the text: then it is the body, whatever its name."""
        said = self._text(node)
        return said is None or 2 * len(said) > self._whole

    def is_label(self, node: Node) -> bool:
        """Return whether what an author may have written is only links, or only tells the day."""
        said = self._text(node)
        if said is None:
            return False
        said, links = said.strip(), node.css("a")
        linked = sum(len(link.text().strip()) for link in links)
        return (bool(links) and linked >= len(said) - SHORT / 4) or (
            len(said) <= SHORT and DAY.search(said) is not None
        )

    def is_gallery(self, node: Node) -> bool:
        """Return whether ``node`` prints nothing but pictures, each of which leads to itself in full size."""
        links = [node] if node.tag == "a" else node.css("a")
        said = self._text(node)
        self._measured += len(links)
        if said is None or said.strip() or not links or node.css_first("img") is None:
            return False
        return all(PICTURE.search(link.attributes.get("href") or "") for link in links)

    def is_switch(self, label: Node) -> bool:
        """Return whether a `label` is that of a part of the text that it opens, not of a field to fill in."""
        return "for" in label.attributes and label.attributes["for"] not in self._fields

    def _text(self, node: Node) -> str | None:
        """Return the text of ``node``; None where too much was measured before."""
        if self._measured > MOST * self._whole:
            return None
        said = node.text()
        self._measured += len(said)
        return said

    @cached_property
    def _fields(self) -> set[str | None]:
        """The ids of what asks a reader for a word."""
        asking = (node.attributes for node in self.container.css("input, select, textarea"))
        return {each.get("id") for each in asking if (each.get("type") or "").lower() not in SWITCHES}

    @cached_property
    def _whole(self) -> int:
        return len(self.container.text())
