"""What an element prints where its shape parts words: at a `br`, between blocks, never where it is hidden."""

from selectolax.lexbor import LexborNode as Node

from furat.pages.kinds import BLOCKS, kind_of
from furat.pages.lines import one_line
from furat.pages.marks import bounded
from furat.pages.pictures import emoji

PART = "\0"
"""What stands where an element parts words: no text of a page holds it."""

MOST = 2_000
"""Elements and texts of a title or a name that are read."""

LETTERS = 5_000
"""Letters of each of these texts that are read: what holds a whole page is neither, and may be held by many."""

UNPRINTED = ("none", "button")
"""What is none of a title or a name, though it stands in it."""


def printed(node: Node | None) -> str:
    """Return what ``node`` prints, on one line; no-break spaces stay.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> heading = "<h1><span class='screen-reader-text'>عنوان:</span>أزمة<br>مياه <b>في</b> حمص</h1>"
    >>> printed(LexborHTMLParser(heading).css_first("h1"))
    'أزمة مياه في حمص'
    """
    if node is None:
        return ""
    only = node.first_child
    if only is not None and only.is_text_node and only.next is None:
        return bounded(one_line((only.text_content or "")[:LETTERS]).strip(" "))
    return bounded(one_line(_whole(node).replace(PART, " ")).strip(" "))


def printed_lines(node: Node) -> list[str]:
    """Return the lines that ``node`` prints: blocks and breaks part them.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> author = "<div>بقلم <b>سارة</b> العلي<p>مراسلة في حمص</p></div>"
    >>> printed_lines(LexborHTMLParser(author).css_first("div"))
    ['بقلم سارة العلي', 'مراسلة في حمص']
    """
    lines = (bounded(one_line(line).strip(" ")) for line in _whole(node).split(PART))
    return [*filter(None, lines)]


def _whole(node: Node) -> str:
    return "".join(_texts(node))[:LETTERS]


def _texts(root: Node) -> list[str]:
    found: list[str] = []
    node = root.first_child
    for _ in range(MOST):
        if node is None:
            break
        below = None
        if node.is_text_node:
            found.append((node.text_content or "")[:LETTERS])
        elif node.is_element_node:
            attributes = node.attributes
            kind = kind_of(node.tag or "", attributes.get("class"), attributes.get("id"))
            if node.tag == "img":
                found.append(emoji(node) or " ")
            below = None if kind in UNPRINTED else node.first_child
            is_apart = kind in UNPRINTED or node.tag == "br" or node.tag in BLOCKS
            if is_apart or "block" in (attributes.get("style") or ""):
                found.append(PART)
        node = below or _next(node, root.mem_id, found)
    return found


def _next(node: Node, root: int, found: list[str]) -> Node | None:
    """Return what follows ``node`` below the ``root``; where a block ends on the way, a part is ``found``."""
    above: Node | None = node
    while above is not None and above.mem_id != root:
        if above.tag in BLOCKS:
            found.append(PART)
        if (beside := above.next) is not None:
            return beside
        above = above.parent
    return None
