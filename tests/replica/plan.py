"""Which post is where: everything that a post is follows from its index by arithmetic.

An index counts posts from the oldest; what a post is like depends on its place in a round of 60 (`index % ROUND`),
so each of these comes back every 60 posts, except the sticky ones.
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import Literal

from .words import slugify

ROUND = 60
HERE = "http://here.invalid/"
"""Stands for the site's address until a page is sent."""

TRAPS = {
    "seed-shape": 0,  # house line, label, related link by hand, bullets, quotes, captions that repeat a tag
    "list": 3,
    "quote": 4,
    "table": 5,
    "headings": 6,
    "caption": 7,  # p.wp-caption-text
    "gallery": 8,  # its first picture leads to an attachment page
    "raw-image": 9,  # srcset in Arabic letters, the address in escapes
    "video": 10,
    "tweet": 11,
    "video-only": 12,  # no text at all
    "short": 13,  # about twenty words
    "multi-page": 15,  # three pages
    "escapes-in-title": 16,  # an ampersand and quotes
    "protected": 17,  # listed everywhere, never to be archived
    "untitled": 19,
    "same-second": 21,  # as the post before
    "equal-title": 23,  # as the post before; slug -2
    "raw-links": 24,  # tag listings link to it in Arabic letters
    "upper-case-links": 25,  # tag listings link to it in upper-case escapes
    "no-final-slash": 26,  # tag listings link to it so: 301
    "div-body": 27,  # no paragraph elements
    "br-body": 28,  # paragraphs parted by two line breaks
    "many-sections": 29,  # four categories and every tag
    "external-links": 30,
    "inline-related": 31,  # the theme's own block within the body
    "hidden-category": 32,  # of a category that only its articles name
    "modified": 33,  # prints the moment of its last change
    "long-slug": 34,
    "long-slug-twin": 35,  # the same first 200 bytes; slug -2
    "advertisement": 36,
    "spacers": 37,  # empty paragraphs, bold text, line breaks
    "near-identical": 41,  # the post before, but for its last paragraph
}
STICKY = (2, 9, 14)
TWINS = (TRAPS["equal-title"], TRAPS["long-slug-twin"])

Kind = Literal["category", "tag"]


@dataclass(frozen=True, slots=True)
class Term:
    """A category or a tag."""

    id: int
    kind: Kind
    name: str
    slug: str
    parent: "Term | None" = None

    @property
    def path(self) -> str:
        """Its listing's path within the site, such as `category/parent/child/`."""
        above = self.parent.path if self.parent else f"{self.kind}/"
        return f"{above}{self.slug}/"

    @property
    def url(self) -> str:
        """Its listing's address."""
        return HERE + self.path


@dataclass(frozen=True, slots=True)
class Author:
    """Who signs."""

    id: int
    name: str
    slug: str


def _category(number: int, name: str, parent: Term | None = None, slug: str | None = None) -> Term:
    return Term(number, "category", name, slug or slugify(name), parent)


NEWS = _category(2, "أخبار")
DEIR = _category(3, "دير الزور", NEWS)
RAQQA = _category(4, "الرقة", NEWS)
REPORTS = _category(5, "تقارير ومتابعات")
INQUIRIES = _category(6, "تحقيقات", REPORTS)
ECONOMY = _category(7, "اقتصاد")
OPINION = _category(8, "رأي", slug="opinion")
HIDDEN = _category(9, "منوعات")
EMPTY = _category(10, "ملفات خاصة")

CATEGORIES = (NEWS, DEIR, RAQQA, REPORTS, INQUIRIES, ECONOMY, OPINION, HIDDEN, EMPTY)
MENU = tuple(term for term in CATEGORIES if term is not HIDDEN)
MAIN = (REPORTS, DEIR, RAQQA, NEWS, INQUIRIES, ECONOMY, OPINION)

TAG_RULES = {
    "بشار الأسد": (10, 0),
    "حمص": (6, 0),
    "دير الزور": (8, 1),
    "حلب": (8, 3),
    "نهر الفرات": (9, 4),
    "مياه الشرب": (5, 2),
    "الكهرباء": (11, 5),
    "زراعة": (12, 7),
    "أسعار": (13, 6),
    "المدارس": (14, 12),
    "UNICEF": (20, 5),
    "ريف حلب الشرقي": (60, 59),
}
"""Every tag, with the rule (modulus, remainder) that says which posts have it."""

TAGS = tuple(Term(20 + number, "tag", name, slugify(name)) for number, name in enumerate(TAG_RULES))
TERMS = {term.path: term for term in (*CATEGORIES, *TAGS)}

AUTHORS = (
    Author(2, "Yazan K..r", "yazan"),
    Author(3, "ريم الصالح", "reem"),
    Author(4, "هيئة التحرير", "editors"),
    Author(5, "سالم الجابر", "salem"),
)


def categories(index: int) -> tuple[Term, ...]:
    """Return the categories of a post in print order.

    >>> [term.name for term in categories(TRAPS["hidden-category"])]
    ['منوعات']
    """
    return _categories(index % ROUND)


@cache
def _categories(place: int) -> tuple[Term, ...]:
    if place == TRAPS["many-sections"]:
        return (NEWS, DEIR, INQUIRIES, ECONOMY)
    if place in {TRAPS["hidden-category"], 44, 56}:
        return (HIDDEN,)
    own = MAIN[place % len(MAIN)]
    return (own, OPINION) if place % 10 == 3 and own is not OPINION else (own,)


def tags(index: int) -> tuple[Term, ...]:
    """Return the tags of a post in print order.

    >>> [term.name for term in tags(TRAPS["seed-shape"])]
    ['بشار الأسد', 'حمص']
    """
    return _tags(index % ROUND)


@cache
def _tags(place: int) -> tuple[Term, ...]:
    everything = place == TRAPS["many-sections"]
    rules = zip(TAGS, TAG_RULES.values(), strict=True)
    return tuple(tag for tag, (modulus, rest) in rules if everything or place % modulus == rest)


def sections(index: int) -> tuple[Term, ...]:
    """Return all on whose listings a post stands: its terms and their parents."""
    own = categories(index)
    above = (term.parent for term in own if term.parent)
    return tuple(dict.fromkeys((*own, *above, *tags(index))))


def author(index: int) -> Author:
    """Return who signed a post."""
    return AUTHORS[index % len(AUTHORS)]


def is_protected(index: int) -> bool:
    """Return whether a post has a password."""
    return index >= 0 and index % ROUND == TRAPS["protected"]


@dataclass(frozen=True, slots=True)
class Members:
    """The posts of a listing, as their places in a round.

    >>> odd = Members((1, 3))
    >>> [odd.index(rank) for rank in range(4)], odd.below(62)
    ([1, 3, 61, 63], 3)
    """

    places: tuple[int, ...]

    def index(self, rank: int) -> int:
        """Return the index of the post that has ``rank`` older ones."""
        rounds, place = divmod(rank, len(self.places))
        return rounds * ROUND + self.places[place]

    def below(self, index: int) -> int:
        """Return how many are older than the post ``index``."""
        rounds, place = divmod(index, ROUND)
        return rounds * len(self.places) + bisect_left(self.places, place)

    def __contains__(self, index: int) -> bool:
        """Return whether a post is on the listing."""
        return index % ROUND in self.places


ALL = Members(tuple(range(ROUND)))
OF_TERM = {path: Members(tuple(n for n in range(ROUND) if term in sections(n))) for path, term in TERMS.items()}
OF_AUTHOR = {who.slug: Members(tuple(n for n in range(ROUND) if author(n) is who)) for who in AUTHORS}
