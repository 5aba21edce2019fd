"""Who wrote an article: names as printed, never a label, an address or the site."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import filterfalse, islice
from typing import Any

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.arabic import fold
from furat.pages import layouts
from furat.pages.author_links import is_author_link, named_by
from furat.pages.evidence import Candidate
from furat.pages.names import ancestors, links_in
from furat.pages.page import Page, Thing, strings
from furat.pages.place import Place
from furat.pages.shape import printed, printed_lines

LABEL = re.compile(
    r"^(?:(?:written|posted|published)?\s*by|about\s+the\s+author|authors?|von|par|por|autor"
    r"|بقلم|بواسطة|عن\s+الكاتبة?|كتب(?:ه|ها|ته|ت)?|كاتب(?:ة)?|الكاتب(?:ة)?|المؤلف(?:ة)?|إعداد|اعداد|تحرير|ترجمة)(?:\s*[:/\-–|]\s*|\s+|$)",
    re.IGNORECASE,
)
BY = re.compile(
    r"^(?:(?:written|posted|published)?\s*by\b|بقلم|بواسطة|كتب(?:ه|ها|ته|ت)?(?=[\s:]|$))\s*:?\s*", re.IGNORECASE
)
"""What names an author in a line that no mark tells."""

MOST_WORDS = 4

SENTENCE = re.compile(r"(?:\S+\s+){4,}\S*\.")
NOT_A_NAME = re.compile(
    r"https?:|www\.|@|[:|؟?!]|\d{4}|\d\s?[-/.:]\s?\d|^\W*\d|\b(?:posts|articles)\b|\b(?:ال)?مقالات\b|^\W*المزيد\b",
    re.IGNORECASE,
)
"""An address, a phrase, a date, a count or more of an author; a newsroom's own account may end in a number."""

ORGANIZATION = re.compile(r"(?:Organization|Corporation|Business|WebSite)/?$")
"""Kinds of https://schema.org/Organization, and what some themes take for one."""

AND = re.compile(r"\s+(?:and|&|und|et|و)\s+|\s*[،,;]\s+", re.IGNORECASE)
LONGEST = 60
MOST = 200
MOST_ROW = 200
"""Letters of a row of names."""

DEEPEST = 5
"""Elements that may stand around each name of a row."""


class Byline:
    """Collects the evidence of a page, best first."""

    def __init__(
        self,
        page: Page,
        own: Iterable[Thing],
        place: Place,
        *,
        is_head_trusted: bool,
    ) -> None:
        """Take what stands with the article as ``place`` tells."""
        self.page = page
        self.place = place
        self.own = own
        self.is_head_trusted = is_head_trusted
        self.host = urls.authority(page.url)

    def names(self) -> tuple[str, ...]:
        """Return the names of the first evidence that gives one."""
        return next((one.value for one in self.heard() if one.value), ())

    def heard(self) -> Iterator[Candidate[tuple[str, ...]]]:
        """Yield what each evidence gives, the surest first."""
        for trust, source, evidence in self._evidence():
            for names in evidence:
                every = dict.fromkeys(self._without_title(name) for name in names if self._is_name(name))
                found = tuple(name for name in every if not self._is_site(name)) or tuple(every)
                yield Candidate(found, source, ", ".join(found) or "no name", trust)

    def _is_name(self, name: str) -> bool:
        return is_name(name) and name.lower().removeprefix("www.") != self.host

    def _without_title(self, name: str) -> str:
        """Return a printed name without what stands behind the same person's name in the JSON-LD.

        One more word may be another of the person's names.
        """
        if name in self._said:
            return name
        behind = ((said, name.removeprefix(f"{said} ")) for said in self._said if " " in said)
        return next((said for said, rest in behind if rest != name and " " in rest), name)

    def _evidence(self) -> Iterator[tuple[float, str, Iterable[Iterable[str]]]]:
        named = filter(self.place.signs, islice(self.page.all(self.page.layout.AUTHOR), MOST))
        yield 5, "name", map(self._printed, filterfalse(_is_organization, named))
        linked = islice(filter(is_author_link, self.page.all("a")), MOST)
        yield 4, "core", map(self._printed, filter(self.place.signs, linked))
        yield 3, "json-ld", [self._said]
        like = filter(layouts.is_author_like, self.page.parts)
        yield 2, "name", map(self._printed, filter(self.place.signs, islice(self.page.parts.named(*like), MOST)))
        if self.is_head_trusted and self.page.is_wordpress_post:
            yield 1, "meta", [self.page.meta.get("author", ())]
        yield 0.5, "place", map(_parted, self._labelled())

    def _labelled(self) -> Iterator[str]:
        """Yield the names behind a label: in its line, or in the next one."""
        is_next = False
        for line in self.place.lines():
            name = BY.sub("", line).strip()
            if (name != line or is_next) and _reads_like_a_name(name):
                yield name
                return
            is_next = not name

    def _printed(self, node: Node) -> Iterator[str]:
        """Yield the names that an element prints; where it links to authors, those of the links."""
        if is_author_link(node):
            yield from self._row(node)
            return
        links = [link for link in links_in(node) if is_author_link(link) and printed(link)]
        if links:
            yield from (name for link in links for name in _parted(named_by(printed(link))))
        else:
            lines = (LABEL.sub("", line).strip() for line in printed_lines(node))
            yield from _parted(next(filter(is_name, lines), ""))

    def _row(self, link: Node) -> Iterator[str]:
        """Yield the name of a link, and those that stand in one row with it: each co-author has a link, or several."""
        row = next((each for each in islice(ancestors(link), DEEPEST) if not _is_around(each, link)), None)
        is_row = row is not None and len(printed(row)) <= MOST_ROW and row.css_first("h1, h2") is None
        named: dict[str, str] = {}
        links = [*filter(is_author_link, links_in(row) if row is not None and is_row else ())]
        for each in links or [link]:
            if name := named_by(printed(each)):
                named.setdefault(each.attributes.get("href") or "", name)
        for name in named.values():
            yield from _parted(name)

    @cached_property
    def _said(self) -> tuple[str, ...]:
        """The persons whom the JSON-LD calls authors."""
        return tuple(self._persons())

    def _persons(self) -> Iterator[str]:
        named = {
            thing["@id"]: thing for thing in self.page.things if isinstance(thing.get("@id"), str) and "name" in thing
        }
        for author in (author for thing in self.own for author in _items(thing.get("author"))):
            one = named.get(str(author.get("@id")), author) if isinstance(author, dict) else author
            is_person = not isinstance(one, dict) or _is_person(strings(one.get("@type")))
            yield from (name for name in _names(one) if is_person and not self._is_site(name))

    def _is_site(self, name: str) -> bool:
        return fold(name) in {fold(site) for site in self.page.meta.get("og:site_name", ())}


def is_name(name: str) -> bool:
    """Return whether ``name`` can be an author's: neither an address nor a phrase.

    >>> is_name("د. سالم الجابر"), is_name("دير الزور 24"), is_name("12 دقيقة")
    (True, True, False)
    """
    return 0 < len(name) <= LONGEST and not NOT_A_NAME.search(name) and not SENTENCE.fullmatch(name)


def _reads_like_a_name(said: str) -> bool:
    """Return whether a text without a mark may be a name: a few words, none of them a phrase's.

    >>> _reads_like_a_name("سارة العلي"), _reads_like_a_name("the end of May")
    (True, False)
    """
    return is_name(said) and len(said.split()) <= MOST_WORDS and not (said[0].isascii() and said[0].islower())


def _is_person(kinds: list[str]) -> bool:
    """Return whether what is of these ``kinds`` may be a person: a site of one person is both.

    >>> _is_person(["Person", "Organization"]), _is_person(["NewsMediaOrganization"])
    (True, False)
    """
    return "Person" in kinds or not any(map(ORGANIZATION.search, kinds))


def _is_organization(node: Node) -> bool:
    return not _is_person([node.attributes.get("itemtype") or ""])


def _is_around(node: Node, link: Node) -> bool:
    """Return whether ``node`` holds no link but ``link``, and others to the same address."""
    return {each.attributes.get("href") for each in links_in(node)} <= {link.attributes.get("href")}


def _names(person: Any) -> list[str]:
    """Return the names of a person of https://schema.org/Person, whole or in parts; some plugins name a name."""
    if not isinstance(person, dict):
        return strings(person)
    name = person.get("name")
    if isinstance(name, dict):
        return strings(name)
    parts = [part for key in ("givenName", "familyName") for part in strings(person.get(key))[:1]]
    return strings(person) or ([" ".join(parts)] if parts else [])


def _parted(name: str) -> list[str]:
    """Return the names that one text gives.

    >>> _parted("سمر علي و حسن يوسف"), _parted("Smith & Sons"), _parted("سمر علي (مع حسن يوسف، ليلى أحمد)")
    (['سمر علي', 'حسن يوسف'], ['Smith & Sons'], ['سمر علي (مع حسن يوسف، ليلى أحمد)'])
    """
    names = AND.split(name)
    are_names = len(names) > 1 and all(" " in one and is_name(one) for one in names)
    return names if are_names and all(one.count("(") == one.count(")") for one in names) else [name]


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
