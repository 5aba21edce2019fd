"""The profile of a site (see furat.profile), kept in its archive."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from furat.clock import is_over
from furat.exceptions import NotUnderstood
from furat.pages.taught import Taught
from furat.profile import Profile, ProfileGuide
from furat.store.checkpoints import Checkpoints

logger = logging.getLogger(__name__)

NAME = "profile"
FRESH = timedelta(weeks=4)
IN_A_ROW, FIELDS_MISSED = 3, 2
"""The theme has changed if so many posts in a row lack so many of the learned fields."""

WATCHED: dict[str, Callable[[Taught], object]] = {
    "title": lambda taught: taught.title,
    "body": lambda taught: taught.body,
    "authors": lambda taught: taught.authors,
    "published": lambda taught: taught.published,
}
"""The fields that no post lacks once their places are learned."""

NEEDED = ("title", "text", "day")
"""The fields in which the pages must agree with the feed or API, if they ever did."""


class SiteProfile:
    """Keeps what was learned about a site for some weeks, or until the learned places are empty."""

    def __init__(self, checkpoints: Checkpoints) -> None:
        self._checkpoints = checkpoints
        self.profile = read(checkpoints.get(NAME))
        self.missed = 0

    @property
    def guide(self) -> ProfileGuide | None:
        """The guide by which pages are read; None before anything was learned."""
        return ProfileGuide(self.profile) if self.profile.teachers else None

    @property
    def is_due(self) -> bool:
        """Whether it is time to learn from the site again."""
        return is_over(self.profile.learned or None, FRESH) or self.is_outdated

    @property
    def is_outdated(self) -> bool:
        """Whether the theme seems to have changed since the site was learned from."""
        return self.missed >= IN_A_ROW

    def watch(self, taught: Taught) -> None:
        """Count the posts in a row on which several learned places are empty: after some, the next crawl learns anew.

        This one may stop before it can.
        """
        missing = [field for field, given in WATCHED.items() if field in taught.proven and not given(taught)]
        self.missed = self.missed + 1 if len(missing) >= FIELDS_MISSED else 0
        if self.missed == IN_A_ROW:
            self._checkpoints.set(NAME, replace(self.profile, learned="").to_json())

    def keep(self, learned: Profile) -> None:
        """Store what was ``learned``; raise NotUnderstood if the pages no longer agree with the feed or API."""
        self.missed = 0
        before = {one.field for one in self.profile.agreement if one.field in NEEDED and one.asked and not one.is_lost}
        if lost := [one for one in learned.agreement if one.field in before and one.is_lost]:
            told = ", ".join(map(str, lost))
            raise NotUnderstood(
                f"the pages no longer agree with the site's feed or API, only on {told} of the posts; {CURE}"
            )
        self.profile = learned
        self._checkpoints.set(NAME, learned.to_json())
        logger.info("Learned from %s: %s", learned.source or "nothing", ", ".join(map(str, learned.agreement)) or "-")


CURE = "look at the newest in a browser; once Furat can read them, or the site works again, run the same command again"


def read(text: str | None) -> Profile:
    """Return the stored profile; an empty one if there is none, or if another version of Furat wrote it.

    >>> read("{}") == read(None) == Profile()
    True
    """
    try:
        return Profile.from_json(text) if text else Profile()
    except (ValueError, KeyError, TypeError, AttributeError):
        return Profile()
