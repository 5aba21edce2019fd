"""Where an article belongs: its categories and its tags, as links or as names."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import filterfalse

from selectolax.lexbor import LexborNode as Node

from furat.pages.names import links_in
from furat.pages.page import Page, Thing, strings
from furat.sections import Kind, Section

# What JSON-LD (https://schema.org/Article) and Open Graph (https://ogp.me/#type_article) call them.
SAID = {"category": ("articleSection", "article:section"), "tag": ("keywords", "article:tag")}


class Terms:
    """Collects the evidence of a page; ``own`` are the JSON-LD nodes that speak of its article."""

    def __init__(
        self, page: Page, own: Iterable[Thing], is_of_another: Callable[[Node], bool], *, is_head_trusted: bool
    ) -> None:
        self.page = page
        self.is_of_another = is_of_another
        self.own = own
        self.meta = page.meta if is_head_trusted else {}

    @cached_property
    def categories(self) -> tuple[Section, ...]:
        """The article's categories, as linked with it or, for want of that, in its breadcrumb."""
        crumbs = (link for node in self.page.all(self.page.layout.CRUMBS) for link in links_in(node))
        return self._placed("category", self.page.layout.CATEGORIES) or self._marked("category") or self._last(crumbs)

    @cached_property
    def tags(self) -> tuple[Section, ...]:
        """The article's tags, as linked with it."""
        return self._placed("tag", self.page.layout.TAGS) or self._marked("tag")

    def names_of(self, kind: Kind) -> tuple[str, ...]:
        """Return the names of the sections; without links those that the page's data give."""
        linked = self.categories if kind == "category" else self.tags
        return tuple(section.name for section in linked) or self._said(*SAID[kind])

    def _placed(self, kind: Kind, names: str) -> tuple[Section, ...]:
        """Return the sections of the first place that bears one of ``names``; what stands beside it belongs to it."""
        for name in filter(self.page.parts.__contains__, names.split()):
            places: dict[int, list[Node]] = {}
            for node in self._own(kind, self.page.parts.named(name)):
                places.setdefault(node.parent.mem_id if node.parent else 0, []).extend(links_in(node))
            for links in places.values():
                if found := self._of(kind, links, kind):
                    return found
        return ()

    def _marked(self, kind: Kind) -> tuple[Section, ...]:
        """Return the sections that stand beside the first link marked with `rel=tag`."""
        marked = (node for node in self.page.parts.named("a") if "tag" in (node.attributes.get("rel") or "").split())
        for node in self._own(kind, marked):
            if self._of(kind, [node]):
                around = node.parent.parent if node.parent and node.parent.tag in ("li", "span") else node.parent
                return self._of(kind, around.css("a[rel~=tag]") if around else [node])
        return ()

    def _own(self, kind: Kind, nodes: Iterable[Node]) -> Iterable[Node]:
        # Cards of other posts show their categories, hardly ever their tags.
        return filterfalse(self.is_of_another, nodes) if kind == "category" else nodes

    def _of(self, kind: Kind, links: Iterable[Node], within: Kind | None = None) -> tuple[Section, ...]:
        return tuple(section for section in self.page.sections_of(links, within).values() if section.kind == kind)

    def _last(self, crumbs: Iterable[Node]) -> tuple[Section, ...]:
        return self._of("category", crumbs)[-1:]

    def _said(self, key: str, name: str) -> tuple[str, ...]:
        # Only a list: a single text holds what an SEO plugin was told to look for.
        listed = (thing.get(key) for thing in self.own)
        said = [one for value in listed if key != "keywords" or isinstance(value, list) for one in strings(value)]
        said = said or [part.strip() for one in self.meta.get(name, ()) for part in re.split("[,،]", one)]
        return tuple(dict.fromkeys(filter(None, said)))
