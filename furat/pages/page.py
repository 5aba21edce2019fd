"""What articles and listings share: the parts of a page, its links, and what its head says."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson
from selectolax.lexbor import LexborHTMLParser
from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.pages import labels, layouts
from furat.pages.lines import one_line
from furat.pages.names import Parts
from furat.pages.sane import sane
from furat.sections import Kind, Section

END = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
PAGED = re.compile(r"/page/\d+(?:/|$)|/feed(?:/|$)")

MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
PLAIN = re.compile(r"/\?cat=\d{1,9}$")
"""The end of a category's address on a site without permalinks."""

SECTION_QUERY = frozenset({"cat", "tag", "tag_id", "category_name", "lang", "post_type"})
"""What an address of a section may ask for: WordPress's own names, and the language."""

TELLING = (
    "meta[content], title, base[href], link[rel=canonical], link[rel=shortlink], link[type='application/json'],"
    " link[rel=prev][title], link[rel=next][title],"
    " script[type='application/ld+json'], a.post-page-numbers, form.post-password-form, input[name=post_password]"
)
"""What tells of a page as a whole."""

Attributes = Mapping[str, str | None]
Thing = dict[str, Any]
"""A node of JSON-LD, https://www.w3.org/TR/json-ld/."""


class Page:
    """One response of a newsroom, parsed once."""

    def __init__(self, html: str | bytes, url: str) -> None:
        """Take ``html`` as text, or in UTF-8, which is how it is parsed; raise UnicodeDecodeError where it is not."""
        if isinstance(html, bytes):
            html.decode()
        self.html = sane(html if isinstance(html, bytes) else html.encode(errors="replace"))
        self.url = url
        self.tree = LexborHTMLParser(self.html)
        self._addresses: dict[str, str | None] = {}

    @cached_property
    def telling(self) -> dict[str, list[Node]]:
        """The elements that tell of the page as a whole, by their tags: one search for all costs as much as two."""
        found: dict[str, list[Node]] = {}
        for node in self.tree.css(TELLING):
            found.setdefault(node.tag or "", []).append(node)
        return found

    @cached_property
    def base(self) -> str:
        """The address that links are relative to."""
        base = self.first("base")
        return (base and urls.absolute(self.url, base.attributes["href"])) or self.url

    def first(self, tag: str, rel: str | None = None) -> Node | None:
        """Return the first element with this ``tag``, and this ``rel``, that tells of the page as a whole."""
        found = self.telling.get(tag, ())
        return next((node for node in found if rel in (None, (node.attributes.get("rel") or "").lower())), None)

    @property
    def is_whole(self) -> bool:
        """Whether the document was not cut off."""
        half = len(self.html) // 2
        return self.html.rfind(b"</html>", half) >= 0 or END.search(self.html, half) is not None

    @cached_property
    def parts(self) -> Parts:
        """The parts that are the page's own, without what stands beside them."""
        return Parts(self.tree.body or self.tree.create_node("body"))

    @cached_property
    def layout(self) -> type[layouts.Layout]:
        """The look that the page has."""
        return self.layout_of(self.parts)

    def layout_of(self, parts: Parts) -> type[layouts.Layout]:
        """Return the look that a page with these ``parts`` has."""
        return layouts.of(lambda name: name in parts or name.removeprefix(".") in self.body_classes)

    @cached_property
    def body_classes(self) -> frozenset[str]:
        """What WordPress's body_class() says of the page."""
        body = self.tree.body
        return frozenset(((body and body.attributes.get("class")) or "").split())

    @property
    def is_wordpress_post(self) -> bool:
        """Whether core says that this is one post."""
        return "single" in self.body_classes

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """The contents of the `meta` elements by their property, name or itemprop."""
        found: dict[str, list[str]] = {}
        for node in self.telling.get("meta", ()):
            attributes = node.attributes
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            content = (attributes["content"] or "").strip()
            if name and content:
                found.setdefault(name.lower(), []).append(content)
        return found

    @cached_property
    def things(self) -> tuple[Thing, ...]:
        """The nodes of the page's JSON-LD, graphs and lists opened."""
        return tuple(thing for script in self.telling.get("script", ()) for thing in _things(script.text()))

    @property
    def language(self) -> str | None:
        """What the page declares, such as `ar`."""
        root = self.tree.root
        return (root and root.attributes.get("lang")) or None

    def all(self, names: str) -> Iterator[Node]:
        """Return the page's own parts that bear one of ``names``; those of an earlier name first."""
        return self.parts.named(*names.split())

    def link(self, node: Node) -> str | None:
        """Return the absolute address of a link; a backslash is a slash there (https://url.spec.whatwg.org/)."""
        return self.address(node.attributes)

    def address(self, attributes: Attributes) -> str | None:
        """Return the absolute address that the attributes of a link give."""
        href = attributes.get("href") or ""
        if href not in self._addresses:  # a page leads to most of its addresses several times
            self._addresses[href] = urls.absolute(self.base, href.replace("\\", "/"))
        return self._addresses[href]

    def sections_of(self, links: Iterable[Node], within: Kind | None = None) -> dict[str, Section]:
        """Return the sections that ``links`` lead to by canonical address; ``within`` is the kind their place tells."""
        found: dict[str, Section] = {}
        for node in links:
            attributes = node.attributes
            url = self.address(attributes)
            kind, address = _section_at(attributes.get("rel") or "", url, within) if url else (None, "")
            if url and kind and address not in found and (name := labels.name(node)):
                found[address] = Section(kind, name, url)
        return found


@lru_cache(maxsize=4096)  # the menus of a site are the same on all its pages
def _section_at(rel: str, url: str, within: Kind | None) -> tuple[Kind | None, str]:
    """Return which kind of section a link leads to, if any, and its canonical address."""
    kind = None if PAGED.search(url) or _asks(url) else section_kind(rel, url, within)
    return kind, urls.canonical(url) if kind else ""


def _asks(url: str) -> bool:
    """Return whether an address asks for more than a section: a theme's button for any post of it, an order, a filter.

    >>> _asks("https://example.org/category/x/?random-post=1"), _asks("https://example.org/?cat=4&lang=ar")
    (True, False)
    """
    query = urlsplit(urls.canonical(url)).query if "?" in url else ""
    return any(name not in SECTION_QUERY for name, _ in parse_qsl(query, keep_blank_values=True))


def section_kind(rel: str, url: str, within: Kind | None = None) -> Kind | None:
    """Return what a link leads to, by its `rel`, its address and its place; None where it is no section.

    Block themes give `tag` to both, so that the place comes before it.

    >>> section_kind("category tag", "https://example.org/news/"), section_kind("tag", "https://example.org/category/x/")
    ('category', 'category')
    """
    relations = rel.lower().split()
    if "category" in relations or "/category/" in url or PLAIN.search(url):
        return "category"
    if "/tag/" in url:
        return "tag"
    return within or ("tag" if "tag" in relations else None)


def text(node: Node | None) -> str:
    """Return what ``node`` prints, on one line; no-break spaces stay."""
    return one_line(node.text()).strip(" ") if node else ""


def strings(value: Any) -> list[str]:
    """Return the texts of a JSON-LD value: itself, its items, or its name.

    >>> strings([{"name": "سارة"}, "حمص &amp; حماة"])
    ['سارة', 'حمص & حماة']
    """
    if isinstance(value, str):
        return [_plain(value)]
    found = []
    for item in value if isinstance(value, list) else [value]:
        named = item.get("name", item.get("@value")) if isinstance(item, dict) else item
        found += [one for one in (named if isinstance(named, list) else [named]) if isinstance(one, str)]
    return [*map(_plain, found)]


def _plain(said: str) -> str:
    return MARKUP.sub("", html.unescape(said)).strip()


def _things(script: str) -> Iterator[Thing]:
    script = script.strip()
    if not script.startswith("["):
        script = script[script.find("{") : script.rfind("}") + 1]  # some stand in a CDATA comment
    try:
        waiting = [_read(script)]
    except (ValueError, RecursionError):
        return
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, list):
            waiting.extend(reversed(thing))
        elif isinstance(thing, dict):
            yield thing
            waiting.append(thing.get("@graph"))


def _read(script: str) -> Any:
    try:
        return orjson.loads(script)
    except ValueError:
        return json.loads(script, strict=False)  # slower; newsrooms leave line breaks in their texts
