"""Which links of a page lead to sections, and to which kind."""

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode as Node

from furat.pages.page import Attributes
from furat.sections import Kind

AROUND_SECTIONS: Mapping[str, Kind] = {
    "menu-item-object-category": "category",
    "cat-item": "category",
    "menu-item-object-post_tag": "tag",
}
"""What WordPress calls the items of its menus and widgets that lead to sections."""

LANGUAGE = re.compile(r"[/=]([a-z]{2,3})(?:[-_][a-z]{2,4})?/?$", re.IGNORECASE)
"""How the address of a language's home page ends, be it a folder or a parameter."""


def is_language(url: str, name: str) -> bool:
    """Return whether ``url`` is the home page of the language with this ``name``, and none of its articles.

    >>> is_language("https://example.org/en/", "en-US"), is_language("https://example.org/en/water/", "en-US")
    (True, False)
    """
    found = LANGUAGE.search(url)
    return found is not None and found[1].lower() == name.partition("-")[0].lower()


def is_marked(attributes: Attributes) -> bool:
    """Return whether a link says itself that it leads to a section."""
    href, rel = attributes["href"] or "", attributes.get("rel")
    return "category/" in href or "tag/" in href or (rel is not None and "tag" in rel.lower().split())


def placed_kind(node: Node, attributes: Attributes) -> Kind | None:
    """Return the kind of section that a link leads to by its place in a menu, a widget or a cloud of tags."""
    around = node.parent
    for name in ((around and around.attributes.get("class")) or "").split():
        if name in AROUND_SECTIONS:
            return AROUND_SECTIONS[name]
    return "tag" if "tag-cloud-link" in (attributes.get("class") or "").split() else None
