"""A site's profile: where its pages print what, how sure that is, and who taught it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self, TypeVar

import orjson

ENOUGH, SEVERAL = 5, 2
"""Posts on which a place must be right, and values that must differ among them, before it is proven."""

SAME, ASKED = 0.8, 3
"""The share of posts on which a field must agree, of so many at least, before the site need not be asked for it."""

LOST = 0.5
"""Below this share, the pages are not understood any more."""

K = TypeVar("K", bound="Known")

TOLD = frozenset({"authors", "published", "categories", "tags"})
"""What the site may be asked for beside its pages."""

FIELDS = ("title", "authors", "published", "modified", "body", "categories", "tags")


@dataclass(frozen=True, slots=True)
class Place:
    """One place on the pages of a site."""

    selector: str
    channel: str = "text"
    """`text`, or the attribute that holds the value."""

    before: str = ""
    """What is printed before the value there, such as "By "."""

    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of one field."""

    places: tuple[Place, ...] = ()
    """Those that agree with what the site says, the best first; none if the field is refused."""

    right: int = 0
    """The posts on which the first place gives what the site says."""

    wrong: int = 0
    """The places that were refused, for they give something else on some post."""

    seen: int = 0
    """The posts of which the site says it."""

    distinct: int = 0
    """How many different values the first place was right on: what never changes may be the site's own name."""

    coverage: float = 1.0
    """The share of what the site says that the first place gives."""

    @property
    def is_proven(self) -> bool:
        """Whether the place comes before what marks of the page say."""
        return bool(self.places) and self.right >= ENOUGH and self.distinct >= SEVERAL

    @property
    def standing(self) -> str:
        """Say how far the field is to be trusted: `proven`, `unproven` or `refused`."""
        return "proven" if self.is_proven else "unproven" if self.places else "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMoment(Known):
    """What is known of a moment."""

    precision: str = ""
    """`instant` where the page states a right offset, `clock` where `offset` must be put to it, or `day`."""

    offset: str = ""
    """What the clock lacks, or labels wrong: `+03:00`, or a zone such as `Asia/Damascus`."""

    contrast: int = SEVERAL
    """The posts that were changed on another moment than published: without them, one may be taken for the other."""

    @property
    def is_proven(self) -> bool:
        """Whether the place comes before marks, and is known to print this moment and not the other."""
        return Known.is_proven.fget(self) and self.contrast >= SEVERAL  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBody(Known):
    """What is known of the text."""

    dropped: tuple[str, ...] = ()
    """Selectors of what stands inside and is not the article's."""

    repeated: tuple[str, ...] = ()
    """Blocks that the same words fill on most posts, and the first words of such blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTerms(Known):
    """What is known of the categories or the tags."""

    base: str = ""
    """The first part of their addresses' path, such as `category`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownListing(Known):
    """What is known of one kind of listing: its places are those of the links to its entries."""

    next: tuple[Place, ...] = ()
    """Those of the link to the next page."""

    @property
    def is_proven(self) -> bool:
        """Whether the places were right on several pages: each shows many entries."""
        return bool(self.places) and self.right >= SEVERAL


@dataclass(frozen=True, slots=True)
class Teacher:
    """A post that was learned from."""

    url: str
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """On how many posts one field agrees with the site, of those of which the site says it."""

    field: str
    agrees: int
    asked: int

    @property
    def is_lost(self) -> bool:
        """Whether most posts disagree."""
        return self.asked >= ASKED and self.agrees < LOST * self.asked

    @property
    def is_partial(self) -> bool:
        """Whether the site knows more of its posts than its pages show: of several, one may be odd."""
        return self.asked >= ASKED and self.agrees < min(SAME * self.asked, self.asked - 1)

    def __str__(self) -> str:
        return f"{self.field} {self.agrees}/{self.asked}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Where the pages of a site print what."""

    title: Known = field(default_factory=Known)
    authors: Known = field(default_factory=Known)
    published: KnownMoment = field(default_factory=KnownMoment)
    modified: KnownMoment = field(default_factory=KnownMoment)
    body: KnownBody = field(default_factory=KnownBody)
    categories: KnownTerms = field(default_factory=KnownTerms)
    tags: KnownTerms = field(default_factory=KnownTerms)
    listings: Mapping[str, KnownListing] = field(default_factory=dict)
    """By the kind of listing."""

    teachers: tuple[Teacher, ...] = ()
    source: str = ""
    """What the site taught by: `feed` or `api`."""

    learned: str = ""
    """When: ISO 8601, UTC."""

    agreement: tuple[Agreement, ...] = ()
    """How well what was read of the teachers with this profile agrees with what the site says of them."""

    @property
    def lacking(self) -> frozenset[str]:
        """The fields of which the site says more than its pages show."""
        return frozenset(one.field for one in self.agreement if one.field in TOLD and one.is_partial)

    @property
    def proven(self) -> frozenset[str]:
        """The fields whose places come before marks."""
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
