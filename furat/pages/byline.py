"""Who wrote an article: names as printed, never a label, an address or the site."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from selectolax.lexbor import LexborNode as Node

from furat.arabic import fold
from furat.pages import layouts
from furat.pages.names import links_in
from furat.pages.page import Page, Thing, strings, text

LABEL = re.compile(
    r"^(?:(?:written|posted|published)?\s*by|authors?|von|par|por|autor"
    r"|بقلم|بواسطة|كتب(?:ه|ها|ته|ت)?|كاتب(?:ة)?|الكاتب(?:ة)?|المؤلف(?:ة)?|إعداد|اعداد|تحرير|ترجمة)(?:\s*[:/\-–|]\s*|\s+|$)",
    re.IGNORECASE,
)
LINK_LABEL = re.compile(r"^(?:بقلم|بواسطة|(?:written|posted|published)?\s*by)\s*:?\s+|^[^:]{,12}:\s*", re.IGNORECASE)
"""What a link to an author's page may hold beside the name: a name may begin with any other word of LABEL."""

SENTENCE = re.compile(r"(?:\S+\s+){4,}\S*\.")
NOT_A_NAME = re.compile(r"https?:|www\.|@|\d{2}|[:|؟?!]")
LONGEST = 60


class Byline:
    """Collects the evidence of a page, best first."""

    def __init__(
        self, page: Page, own: Iterable[Thing], belongs: Callable[[Node], bool], *, is_head_trusted: bool
    ) -> None:
        self.page = page
        self.belongs = belongs
        self.own = own
        self.is_head_trusted = is_head_trusted

    def names(self) -> tuple[str, ...]:
        """Return the names of the first evidence that gives one."""
        found = (tuple(dict.fromkeys(filter(is_name, names))) for names in self._evidence())
        return next(filter(None, found), ())

    def _evidence(self) -> Iterator[Iterable[str]]:
        yield from map(self._printed, filter(self.belongs, self.page.all(self.page.layout.AUTHOR)))
        yield from map(self._printed, filter(self._is_own_link, self.page.all("a")))
        yield self._said()
        like = filter(layouts.is_author_like, self.page.parts)
        yield from map(self._printed, filter(self.belongs, self.page.parts.named(*like)))
        if self.is_head_trusted and self.page.is_wordpress_post:
            yield self.page.meta.get("author", ())

    def _printed(self, node: Node) -> Iterator[str]:
        links = [link for link in links_in(node) if _is_author_link(link) and text(link)]
        label = LINK_LABEL if links or _is_author_link(node) else LABEL
        return (label.sub("", text(one)).strip() for one in links or [node])

    def _is_own_link(self, node: Node) -> bool:
        return _is_author_link(node) and self.belongs(node)

    def _said(self) -> Iterator[str]:
        named = {
            thing["@id"]: thing for thing in self.page.things if isinstance(thing.get("@id"), str) and "name" in thing
        }
        for author in (author for thing in self.own for author in _items(thing.get("author"))):
            one = named.get(str(author.get("@id")), author) if isinstance(author, dict) else author
            is_person = not isinstance(one, dict) or "Organization" not in strings(one.get("@type"))
            yield from (name for name in strings(one) if is_person and not self._is_site(name))

    def _is_site(self, name: str) -> bool:
        return fold(name) in {fold(site) for site in self.page.meta.get("og:site_name", ())}


def is_name(name: str) -> bool:
    """Return whether ``name`` can be an author's: neither an address nor a phrase.

    >>> is_name("د. سالم الجابر"), is_name("من كتّاب الموقع، يتابع أخبار المدن.")
    (True, False)
    """
    return 0 < len(name) <= LONGEST and not NOT_A_NAME.search(name) and not SENTENCE.fullmatch(name)


def _is_author_link(node: Node) -> bool:
    attributes = node.attributes
    return (
        "/author/" in (attributes.get("href") or "").replace("\\", "/")
        or "author" in (attributes.get("rel") or "").split()
    )


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
