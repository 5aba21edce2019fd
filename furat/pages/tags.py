"""The numbers by which the parser knows the tags: to ask an element for its number is cheaper than for its name."""

from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

_PARSER = LexborHTMLParser("")

TEXT = 2
"""The number of what is no element but a text."""


def number(tag: str) -> int:
    """Return the number of a tag that HTML knows; those of others differ from page to page."""
    return _PARSER.create_node(tag).tag_id


def numbers(tags: Iterable[str]) -> frozenset[int]:
    """Return the numbers of some ``tags``."""
    return frozenset(map(number, tags))
