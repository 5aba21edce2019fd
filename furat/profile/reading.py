"""Reads the value at a place of a page."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode as Node

from furat.pages.page import Page, text
from furat.profile.profile import Place

MOST_MATCHES = 200


def matches(page: Page, place: Place) -> list[Node]:
    """Return the elements at ``place``, in reading order."""
    return page.tree.css(place.selector)[:MOST_MATCHES]


def value(node: Node, place: Place) -> str:
    """Return the value of an element at ``place``; empty if what it prints has another form."""
    printed = text(node) if place.channel == "text" else (node.attributes.get(place.channel) or "").strip()
    if not (printed.startswith(place.before) and printed.endswith(place.after)):
        return ""
    return printed[len(place.before) : len(printed) - len(place.after)].strip()


def first(page: Page, place: Place) -> tuple[Node, str] | None:
    """Return the first element at ``place`` that has a value, and the value; None if none has."""
    found = ((node, value(node, place)) for node in matches(page, place))
    return next((pair for pair in found if pair[1]), None)


def beside(page: Page, place: Place) -> Iterator[str]:
    """Yield, each once, the values of the first element at ``place`` and of those in the same row."""
    row: int | None = None
    seen = set()
    for node in matches(page, place):
        printed, here = value(node, place), _row(node)
        if not printed:
            continue
        row = here if row is None else row
        if here != row or printed in seen:
            return
        seen.add(printed)
        yield printed


def _row(node: Node) -> int:
    """Return the id of the row around an element: its parent, or the parent of the item that holds only it."""
    around = node.parent
    if around is not None and around.tag in ("li", "span") and around.parent is not None:
        around = around.parent
    return around.mem_id if around else 0
