"""Where an article belongs: its categories and its tags, as links or as names."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import filterfalse, islice

from selectolax.lexbor import LexborNode as Node

from furat.pages.evidence import Candidate
from furat.pages.names import links_in
from furat.pages.page import Page, Thing, strings
from furat.pages.post_class import own
from furat.sections import Kind, Section

MOST = 1_000
LABEL = 60
"""Letters beside the links of a row: a label, a date, an author."""

# What JSON-LD (https://schema.org/Article) and Open Graph (https://ogp.me/#type_article) call them.
SAID = {"category": ("articleSection", "article:section"), "tag": ("keywords", "article:tag")}


class Terms:
    """Collects the evidence of a page; ``own`` are the JSON-LD nodes that speak of its article."""

    def __init__(
        self,
        page: Page,
        own: Iterable[Thing],
        is_of_another: Callable[[Node], bool],
        classes: str,
        *,
        is_head_trusted: bool,
    ) -> None:
        """Take the ``classes`` that core's post_class() gives to the article."""
        self.page = page
        self.classes = classes
        self.is_of_another = is_of_another
        self.own = own
        self.meta = page.meta if is_head_trusted else {}

    @cached_property
    def categories(self) -> tuple[Section, ...]:
        """The article's categories, as linked with it, in its breadcrumb, or where core names them anywhere."""
        return self._first("category", self._categories())

    def _categories(self) -> Iterator[tuple[Section, ...]]:
        yield self._placed("category", self.page.layout.CATEGORIES)
        yield self._marked("category")
        crumbs = (link for node in self.page.all(self.page.layout.CRUMBS) for link in links_in(node))
        yield self._of("category", crumbs)[-1:]
        if "category-" in self.classes:
            every = self._of("category", filter(_may_lead, islice(self.page.tree.css("a[href]"), MOST)))
            yield own(every, "category", self.classes)

    @cached_property
    def tags(self) -> tuple[Section, ...]:
        """The article's tags, as linked with it."""
        return self._first("tag", self._tags())

    def _tags(self) -> Iterator[tuple[Section, ...]]:
        yield self._placed("tag", self.page.layout.TAGS)
        yield self._marked("tag")

    def _first(self, kind: Kind, evidence: Iterable[tuple[Section, ...]]) -> tuple[Section, ...]:
        """Return the first sections that core's classes bear out; where they do so with none, the first ones."""
        first: tuple[Section, ...] = ()
        for found in evidence:
            first = first or found
            if confirmed := own(found, kind, self.classes):
                return confirmed
        return first

    def heard(self, kind: Kind) -> Iterator[Candidate[tuple[str, ...]]]:
        """Yield what each evidence gives, the surest first."""
        linked = self.categories if kind == "category" else self.tags
        yield Candidate(tuple(one.name for one in linked), "place", "links with the article", 2)
        yield Candidate(self._said(*SAID[kind]), "json-ld", " or ".join(SAID[kind]), 1)

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
        """Return the sections that stand in a row of links with the first that is marked as one, or leads to one."""
        links = filter(_may_lead, islice(self.page.parts.named("a"), MOST))
        for node in self._own(kind, links):
            if self._of(kind, [node]):
                row = _row(node)
                if row is not None and _is_only_links(row):
                    return self._of(kind, row.css("a"))
        return ()

    def _own(self, kind: Kind, nodes: Iterable[Node]) -> Iterable[Node]:
        # Cards of other posts show their categories, hardly ever their tags.
        return filterfalse(self.is_of_another, nodes) if kind == "category" else nodes

    def _of(self, kind: Kind, links: Iterable[Node], within: Kind | None = None) -> tuple[Section, ...]:
        """Return the sections of one kind; what marks them as such comes before what only stands there with them."""
        nodes = [*links]
        marked = self.page.sections_of(nodes)
        found = marked if any(section.kind == kind for section in marked.values()) else None
        sections = (found or self.page.sections_of(nodes, within)).values()
        return tuple(replace(one, name=one.name.strip("#").strip()) for one in sections if one.kind == kind)

    def _said(self, key: str, name: str) -> tuple[str, ...]:
        # Only a list: a single text holds what an SEO plugin was told to look for.
        listed = (thing.get(key) for thing in self.own)
        said = [one for value in listed if key != "keywords" or isinstance(value, list) for one in strings(value)]
        parts = [part.strip() for one in said or self.meta.get(name, []) for part in re.split("[,،]", one)]
        return tuple(dict.fromkeys(filter(None, parts)))


def _may_lead(link: Node) -> bool:
    """Return whether a link may be one to a section: the others of a page are many."""
    get = link.attributes.get
    rel, href = (get("rel") or "").lower(), get("href") or ""
    return "tag" in rel or "category" in rel or "/category/" in href or "/tag/" in href


def _row(link: Node) -> Node | None:
    """Return what stands around a link and those beside it, be each in an element of its own."""
    around = link.parent
    is_of_one = around is not None and around.tag in ("li", "span") and len(links_in(around)) == 1
    return around.parent if around is not None and is_of_one else around


def _is_only_links(row: Node) -> bool:
    """Return whether what stands in a row is links, but for a label and what parts them."""
    return len(row.text().strip()) - sum(len(link.text().strip()) for link in row.css("a")) <= LABEL
