"""When an entry of a listing was published, as its card prints it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from selectolax.lexbor import LexborNode as Node

from furat.pages.layouts import LAYOUTS, Layout
from furat.pages.lines import printed
from furat.pages.moment import iso
from furat.pages.names import ancestors
from furat.pages.shown import Lead
from furat.pages.tags import number

TIME = number("time")
LOOKS: tuple[type[Layout], ...] = (Layout, *LAYOUTS)
DATES = frozenset(name[1:] for look in LOOKS for name in look.DATE.split() if name.startswith("."))
"""The classes of what themes call a date."""

LONGEST = 40
"""Letters of a date with its weekday and hour."""

MOST_NODES = 400
"""Nodes of a card that are looked at."""


def card(lead: Lead, shared: Mapping[int, int]) -> Node:
    """Return the largest element around a link that holds links to one article only."""
    largest = lead.place
    for around in ancestors(lead.place):
        if shared.get(around.mem_id, 0) > 1 or around.tag in ("body", "main"):
            break
        largest = around
    return largest


def shared(leads: Iterable[Lead]) -> dict[int, int]:
    """Return for elements around links to how many different articles they lead."""
    led: dict[int, set[str]] = {}
    for lead in leads:
        for around in ancestors(lead.node):
            led.setdefault(around.mem_id, set()).add(lead.url)
    return {id_: len(found) for id_, found in led.items()}


def moment(card: Node) -> str | None:
    """Return the moment that a card prints: ISO 8601, with an offset where the page gives one."""
    dated: list[Node] = []
    for node in islice(card.traverse(), MOST_NODES):
        attributes = node.attributes
        if node.tag_id == TIME and (stated := attributes.get("datetime")):
            return iso(stated)
        if (names := attributes.get("class")) and not DATES.isdisjoint(names.split()):
            dated.append(node)
    named = map(printed, dated)
    return next((iso(one) for one in named), None) or next(filter(None, map(iso, _short(card))), None)


def _short(card: Node) -> Iterator[str]:
    """Yield what a card prints that may be a date and nothing else."""
    texts = (
        node.text_content or "" for node in islice(card.traverse(include_text=True), MOST_NODES) if node.is_text_node
    )
    return (text for text in map(str.strip, texts) if len(text) <= LONGEST and any(map(str.isdecimal, text)))
