"""A site's profile: where its pages print each field, how sure that is, and from which posts it was learned."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self, TypeVar

import orjson

ENOUGH, SEVERAL = 5, 2
"""A place is proven if it is right on so many posts, with so many different values."""

SAME, ASKED = 0.8, 3
"""A field need not be requested from the feed or API if it agrees on this share of at least so many posts."""

LOST = 0.5
"""Below this share of agreement, the pages are no longer understood."""

K = TypeVar("K", bound="Known")

TOLD = frozenset({"authors", "published", "categories", "tags"})
"""Fields that may be requested from the feed or API in addition to the pages."""

FIELDS = ("title", "authors", "published", "modified", "body", "categories", "tags")


@dataclass(frozen=True, slots=True)
class Place:
    """One place on the pages of a site."""

    selector: str
    channel: str = "text"
    """`text`, or the attribute that holds the value."""

    before: str = ""
    """The label printed before the value, such as "By "."""

    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was learned about one field."""

    places: tuple[Place, ...] = ()
    """The places that agree with the feed or API, the best first; none if the field is refused."""

    right: int = 0
    """The number of posts on which the first place agrees with the feed or API."""

    wrong: int = 0
    """The number of places that were refused, as they differ on some post."""

    seen: int = 0
    """The number of posts for which the feed or API has the field."""

    distinct: int = 0
    """The number of different values the first place was right on: a constant one may be the site's own name."""

    coverage: float = 1.0
    """The share of the values in the feed or API that the first place gives."""

    @property
    def is_proven(self) -> bool:
        """Whether the place takes precedence over other evidence on the page."""
        return bool(self.places) and self.right >= ENOUGH and self.distinct >= SEVERAL

    @property
    def standing(self) -> str:
        """How far the field can be trusted: `proven`, `unproven` or `refused`."""
        return "proven" if self.is_proven else "unproven" if self.places else "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMoment(Known):
    """What was learned about a date."""

    precision: str = ""
    """`instant` if the page gives the right offset, `clock` if `offset` must be added, or `day`."""

    offset: str = ""
    """The offset that printed times lack or give wrongly: `+03:00`, or a zone such as `Asia/Damascus`."""

    contrast: int = SEVERAL
    """The number of posts that were changed after publication: without them, one date may be taken for the other."""

    @property
    def is_proven(self) -> bool:
        """Whether the place takes precedence, and is known to print this date and not the other."""
        return Known.is_proven.fget(self) and self.contrast >= SEVERAL  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBody(Known):
    """What was learned about the text."""

    dropped: tuple[str, ...] = ()
    """Selectors of parts inside that don't belong to the article."""

    repeated: tuple[str, ...] = ()
    """Blocks with the same words on most posts, and the first words of such blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTerms(Known):
    """What was learned about the categories or the tags."""

    base: str = ""
    """The first part of their addresses' path, such as `category`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownListing(Known):
    """What was learned about one kind of listing: its places are those of the links to its entries."""

    next: tuple[Place, ...] = ()
    """The places of the link to the next page."""

    @property
    def is_proven(self) -> bool:
        """Whether the places were right on several pages: each shows many entries."""
        return bool(self.places) and self.right >= SEVERAL


@dataclass(frozen=True, slots=True)
class Teacher:
    """A post from which the profile was learned."""

    url: str
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """On how many posts a field agrees with the feed or API, out of those for which that has it."""

    field: str
    agrees: int
    asked: int

    @property
    def is_lost(self) -> bool:
        """Whether most posts disagree."""
        return self.asked >= ASKED and self.agrees < LOST * self.asked

    @property
    def is_partial(self) -> bool:
        """Whether the feed or API has more than the pages show; one odd post among several does not count."""
        return self.asked >= ASKED and self.agrees < min(SAME * self.asked, self.asked - 1)

    def __str__(self) -> str:
        return f"{self.field} {self.agrees}/{self.asked}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Where the pages of a site print each field."""

    title: Known = field(default_factory=Known)
    authors: Known = field(default_factory=Known)
    published: KnownMoment = field(default_factory=KnownMoment)
    modified: KnownMoment = field(default_factory=KnownMoment)
    body: KnownBody = field(default_factory=KnownBody)
    categories: KnownTerms = field(default_factory=KnownTerms)
    tags: KnownTerms = field(default_factory=KnownTerms)
    listings: Mapping[str, KnownListing] = field(default_factory=dict)
    """What was learned about listings, by their kind."""

    teachers: tuple[Teacher, ...] = ()
    source: str = ""
    """What the pages were compared with: `feed` or `api`."""

    learned: str = ""
    """When it was learned: ISO 8601, UTC."""

    agreement: tuple[Agreement, ...] = ()
    """How well the fields read from those posts with this profile agree with the feed or API."""

    @property
    def lacking(self) -> frozenset[str]:
        """The fields of which the feed or API has more than the pages show."""
        return frozenset(one.field for one in self.agreement if one.field in TOLD and one.is_partial)

    @property
    def proven(self) -> frozenset[str]:
        """The fields whose places take precedence over other evidence."""
        return frozenset(name for name in FIELDS if getattr(self, name).is_proven)

    def to_json(self) -> str:
        """Return the profile as JSON."""
        return orjson.dumps(self).decode()

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the profile that `to_json` wrote.

        >>> profile = Profile(title=Known(places=(Place("h1.x"),), right=7, seen=7, distinct=7), source="feed")
        >>> Profile.from_json(profile.to_json()) == profile, profile.proven
        (True, frozenset({'title'}))
        """
        said = orjson.loads(text)
        kinds = {each.name: type(getattr(cls(), each.name)) for each in fields(cls) if each.name in FIELDS}
        known = {name: _known(kind, said[name]) for name, kind in kinds.items()}
        listings = {name: _known(KnownListing, one) for name, one in said["listings"].items()}
        teachers = tuple(Teacher(**one) for one in said["teachers"])
        agreement = tuple(Agreement(**one) for one in said["agreement"])
        return cls(**said | known | {"listings": listings, "teachers": teachers, "agreement": agreement})


def _known(kind: type[K], said: dict[str, Any]) -> K:
    lists = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
    places = {name: tuple(Place(**one) for one in said[name]) for name in ("places", "next") if name in said}
    return kind(**said | lists | places)
