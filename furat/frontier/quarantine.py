"""Handles pages that are not believed: they get a second look, or the crawl stops."""

import logging
from collections.abc import Iterator

from furat.exceptions import NotArticle, NotUnderstood, Suspect
from furat.frontier.drift import WITNESSES, LayoutDrift
from furat.store.frontier import Frontier, PendingVisit

logger = logging.getLogger(__name__)

CURE = (
    "nothing of this was archived: look at it in a browser; once Furat can read it, or the site works again, "
    "run the same command again; to take the site as it is, add -s FURAT_QUARANTINE=False"
)


class QuarantinedPages:
    """The pages that a crawl holds in quarantine: they stay pending, with their reason, until they are understood."""

    def __init__(self, frontier: Frontier, drift: LayoutDrift) -> None:
        self.frontier = frontier
        self.drift = drift

    def hold(self, entry: str, why: Suspect | NotArticle) -> bool:
        """Return whether the page at ``entry`` goes into quarantine; after a second look it does not."""
        match why:
            case Suspect():
                is_held = self.drift.suspect(entry, why.article, why.lacks)
            case NotArticle():  # a site in maintenance shows one such page at every address
                is_held = self.drift.suspect(entry, "", (), is_marked=True)
        if is_held:
            logger.debug("In quarantine: %s (%s)", entry, why)
            self.frontier.quarantine(entry, str(why))
        return is_held

    def look(self) -> Iterator[PendingVisit]:
        """Yield the next visits: witnesses, or suspects for a second look; raise NotUnderstood if neither helps."""
        match self.drift.weigh():
            case "ask":
                yield from self.frontier.witnesses(WITNESSES)
            case "look again":
                yield from self.frontier.at(self.drift.clear())
            case "stop":
                raise not_understood(self.drift.describe())

    def stop(self) -> NotUnderstood | None:
        """Return why the crawl stops at once; None while it may go on."""
        return not_understood(self.drift.describe()) if self.drift.alarm else None


def not_understood(what: str) -> NotUnderstood:
    """Return the reason to stop: ``what`` is wrong, and the cure."""
    return NotUnderstood(f"{what}; {CURE}")
