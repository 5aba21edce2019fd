"""The short texts on a page, in elements and attributes: names, dates, titles."""

from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborHTMLParser
from selectolax.lexbor import LexborNode as Node

from furat.pages.names import ancestors

LONGEST = 300
MOST_NODES = 40_000
UNREAD = frozenset({"script", "style", "noscript", "template", "title"})
CHANNELS = ("datetime", "content", "title", "alt", "aria-label")


@dataclass(frozen=True, slots=True)
class Short:
    """A short text on a page."""

    node: Node
    channel: str
    printed: str


def shorts(tree: LexborHTMLParser) -> list[Short]:
    """Return the short texts of ``tree`` in reading order."""
    texts: dict[int, list[str]] = {}
    lengths: dict[int, int] = {}
    elements: list[Node] = []
    for node in islice(tree.body.traverse(include_text=True), MOST_NODES) if tree.body else ():
        if node.is_text_node:
            _add(node, texts, lengths)
        elif node.is_element_node and node.tag not in UNREAD:
            elements.append(node)
    return [short for node in elements for short in _of(node, texts, lengths)]


def _add(text: Node, texts: dict[int, list[str]], lengths: dict[int, int]) -> None:
    """Add ``text`` to all elements around it that are still short: one that holds a long text is long."""
    printed = text.text_content or ""
    is_long = False
    for around in ancestors(text):
        known = lengths.get(around.mem_id, 0)
        if known > LONGEST:
            return
        length = LONGEST + 1 if is_long else known + len(printed.strip())
        lengths[around.mem_id] = length
        is_long = length > LONGEST
        texts.setdefault(around.mem_id, []).append(printed)


def _of(node: Node, texts: dict[int, list[str]], lengths: dict[int, int]) -> list[Short]:
    given = node.attributes
    found = [Short(node, name, value) for name in CHANNELS if (value := (given.get(name) or "").strip())]
    if 0 < lengths.get(node.mem_id, 0) <= LONGEST:
        found.append(Short(node, "text", " ".join("".join(texts[node.mem_id]).split())))
    return [short for short in found if len(short.printed) <= LONGEST]
