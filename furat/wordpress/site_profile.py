"""The profile of a site as its archive keeps it."""

import logging
from collections.abc import Callable
from datetime import timedelta

from furat.clock import is_over, now
from furat.exceptions import NotUnderstood
from furat.pages.taught import Taught
from furat.profile import Profile, ProfileGuide
from furat.store.checkpoints import Checkpoints

logger = logging.getLogger(__name__)

NAME = "profile"
FRESH = timedelta(weeks=4)
IN_A_ROW, FIELDS_MISSED = 3, 2
"""Posts in a row on which so many proven fields are missing: the theme has changed."""

WATCHED: dict[str, Callable[[Taught], object]] = {
    "title": lambda taught: taught.title,
    "body": lambda taught: taught.body,
    "authors": lambda taught: taught.authors,
    "published": lambda taught: taught.published,
}
"""What no post of a site lacks whose places are proven."""

NEEDED = ("title", "text", "day")
"""What the pages of a site must agree on with the site, if they ever did."""


class SiteProfile:
    """Keeps what was learned of a site: for some weeks, or until its places give nothing any more."""

    def __init__(self, checkpoints: Checkpoints) -> None:
        self._checkpoints = checkpoints
        self.profile = read(checkpoints.get(NAME))
        self.missed = 0

    @property
    def guide(self) -> ProfileGuide | None:
        """What pages are read with; None before anything was learned."""
        return ProfileGuide(self.profile) if self.profile.teachers else None

    @property
    def is_due(self) -> bool:
        """Whether the site is to be asked."""
        return is_over(self.profile.learned or None, FRESH) or self.missed >= IN_A_ROW

    def watch(self, taught: Taught) -> None:
        """Count the posts in a row on which several proven places give nothing."""
        missing = [field for field, given in WATCHED.items() if field in taught.proven and not given(taught)]
        self.missed = self.missed + 1 if len(missing) >= FIELDS_MISSED else 0

    def keep(self, learned: Profile) -> None:
        """Keep what was ``learned`` anew; raise NotUnderstood if the pages no longer show what the site says."""
        self.missed = 0
        before = {one.field for one in self.profile.agreement if one.field in NEEDED and one.asked and not one.is_lost}
        if lost := [one for one in learned.agreement if one.field in before and one.is_lost]:
            told = ", ".join(map(str, lost))
            raise NotUnderstood(f"the pages no longer show what the site says of its posts: right are {told}; {CURE}")
        self.profile = learned
        self._checkpoints.set(NAME, learned.to_json())
        logger.info("Learned from %s: %s", learned.source or "nothing", ", ".join(map(str, learned.agreement)) or "-")

    def keep_nothing(self) -> None:
        """Note that the site was asked and told nothing: it is left alone for as long."""
        self.keep(Profile(learned=now()))


CURE = (
    "look at the newest in a browser; once Furat can read them, or the site is itself again, run the same command again"
)


def read(text: str | None) -> Profile:
    """Return the profile that was kept; an empty one if none was, or if another Furat wrote it.

    >>> read("{}") == read(None) == Profile()
    True
    """
    try:
        return Profile.from_json(text) if text else Profile()
    except (ValueError, KeyError, TypeError, AttributeError):
        return Profile()
