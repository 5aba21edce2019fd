"""The names of sections, without labels before them and counts behind them."""

import re

from selectolax.lexbor import LexborNode as Node

from furat.pages.lines import one_line, printed

KINDS = (
    r"(?:category|categories|tag|tags|tagged|topic|section|author|archives?|month|year|day|browsing|results for"
    r"|(?:ال)?(?:تصنيف|تصنيفات|قسم|وسم|وسوم|أرشيف|شهر|سنة|يوم|كاتب|موضوع))"
)
LABEL = re.compile(
    r"^(?:(?:all )?(?:posts?|articles?|entries|stories|news)\s+(?:in|from|by|of|tagged|for|filed under)\s+(?:the )?)?"
    rf"{KINDS}(?:\s+(?:archives?|category|tag))?\s*[:：]\s*",
    re.IGNORECASE,
)
COUNT = re.compile(r"\s*[(\[（]\s*[\d٠-٩۰-۹][\d٠-٩۰-۹.,٬]*\s*[)\]）]\s*$")
NUMBER = re.compile(r"\s*[\d٠-٩۰-۹][\d٠-٩۰-۹.,٬]*\s*")
COUNTERS = frozenset({"span", "sup", "small", "em", "i", "b", "label", "div"})
MOST = 20


def heading(node: Node) -> str:
    """Return the name in the heading of a section's listing; empty where it prints none.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> page = LexborHTMLParser("<h1><span>Category: </span><span>Wildlife</span></h1><h2>Posts in category: صحة</h2>")
    >>> [heading(page.css_first(tag)) for tag in ("h1", "h2")]
    ['Wildlife', 'صحة']
    """
    inner = node.css_first("h1") or node
    hidden = [printed(each) for each in inner.css(".screen-reader-text")[:MOST]]
    whole = printed(inner)
    for one in filter(None, hidden):
        whole = whole.replace(one, " ", 1)
    return LABEL.sub("", one_line(whole).strip(" "))


def name(link: Node) -> str:
    """Return the name of the section that a link prints, without the number of its posts.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> page = LexborHTMLParser("<a>ترجمات <span>(12)</span></a><a>عالم<span>16</span></a><a>دير الزور 24</a>")
    >>> [name(link) for link in page.css("a")]
    ['ترجمات', 'عالم', 'دير الزور 24']
    """
    whole = printed(link)
    last = _last(link)
    if last is not None and last.tag in COUNTERS and NUMBER.fullmatch(count := printed(last)):
        whole = whole.removesuffix(count).strip(" ") or whole
    return COUNT.sub("", whole) or whole


def _last(link: Node) -> Node | None:
    """Return the last element of a link, if no text follows it and something stands before it."""
    node = link.last_child
    while node is not None and node.is_text_node and not (node.text_content or "").strip():
        node = node.prev
    return node if node is not None and node.is_element_node and node.prev is not None else None
