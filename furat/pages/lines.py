"""What elements print, on one line."""

import re
from itertools import islice

from selectolax.lexbor import LexborNode as Node

SPACES = re.compile(r"[ \t\n\r\f]+")
MOST_NODES = 100
"""Nodes of a title that are read."""

LETTERS = 5_000
"""Letters of a title that are read."""


def one_line(printed: str) -> str:
    """Return ``printed`` with one space for every run of ASCII's white space; most texts have none but single spaces.

    >>> one_line("\\nحمص \\t  درعا")
    ' حمص درعا'
    """
    is_one = not ("  " in printed or "\n" in printed or "\t" in printed or "\r" in printed or "\f" in printed)
    return printed if is_one else SPACES.sub(" ", printed)


def printed(node: Node | None) -> str:
    """Return what ``node`` prints, on one line, as far as a title goes: what never ends is not read to its end.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> printed(LexborHTMLParser("<h2>خبر <b>اليوم</b></h2>").css_first("h2"))
    'خبر اليوم'
    """
    only = node.first_child if node else None
    if node is None or only is None:
        return ""
    if only.is_text_node and only.next is None:
        return one_line((only.text_content or "")[:LETTERS]).strip(" ")
    texts = islice(node.traverse(include_text=True), MOST_NODES)
    said = "".join((each.text_content or "")[:LETTERS] for each in texts if each.is_text_node)
    return one_line(said[:LETTERS]).strip(" ")
