"""The blocks of text that an element holds."""

from selectolax.lexbor import LexborNode as Node

from furat.pages.kinds import BLOCKS
from furat.pages.names import ancestors

UNREAD = frozenset({"script", "style", "noscript", "template", "textarea", "select", "option", "svg", "title"})

Block = tuple[Node, str]
"""An element, and the text that is its own, not that of a block inside it."""


def blocks(root: Node | None) -> list[Block]:
    """Return the blocks in reading order.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> page = LexborHTMLParser("<div>قبل <b>غد</b><p>حمص</p></div><p></p>")
    >>> [(node.tag, printed) for node, printed in blocks(page.body)]
    [('div', 'قبل غد'), ('p', 'حمص')]
    """
    found: dict[int, tuple[Node, list[str]]] = {}
    for node in root.traverse(include_text=True) if root else ():
        if node.is_text_node and (block := _around(node)) is not None:
            found.setdefault(block.mem_id, (block, []))[1].append(node.text_content or "")
    lines = ((node, " ".join("".join(printed).split())) for node, printed in found.values())
    return [(node, line) for node, line in lines if line]


def _around(text: Node) -> Node | None:
    """Return the block around ``text``; None if the text is not shown to readers."""
    for node in ancestors(text):
        if node.tag in UNREAD:
            return None
        if node.tag in BLOCKS or node.tag in ("body", "td", "th", "figcaption"):
            return node
    return None
