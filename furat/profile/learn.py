"""Learns a site's profile by comparing its posts in the feed or API with their pages."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from furat.profile.bodies import learn_body
from furat.profile.dates import learn_modified, learn_published
from furat.profile.lesson import Lesson
from furat.profile.listings import Sheet, learn_listing
from furat.profile.names import learn_authors, learn_title
from furat.profile.profile import Profile, Teacher
from furat.profile.terms import learn_terms


def learn(
    lessons: Sequence[Lesson],
    sheets: Mapping[str, Sequence[Sheet]] | None = None,
    *,
    source: str,
    learned: str,
    zone: str = "UTC",
) -> Profile:
    """Return the profile learned from ``lessons`` and from listing pages, by kind; ``zone`` is the site's time zone."""
    return Profile(
        title=learn_title(lessons),
        authors=learn_authors(lessons),
        published=learn_published(lessons, ZoneInfo(zone)),
        modified=learn_modified(lessons, ZoneInfo(zone)),
        body=learn_body(lessons),
        categories=learn_terms(lessons, "category"),
        tags=learn_terms(lessons, "tag"),
        listings={kind: learn_listing(shown) for kind, shown in (sheets or {}).items()},
        teachers=tuple(Teacher(each.truth.url, each.truth.changed) for each in lessons),
        source=source,
        learned=learned,
    )
