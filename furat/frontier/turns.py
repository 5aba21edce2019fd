"""Walks and visits take turns; records archived before the walks end wait for their sections."""

from scrapy import Request

from furat.frontier.requests import ListingTask, task_of

TURN = 20
"""After how many listing pages visits get a turn: a listing may grow faster than it is read."""

VISITS = 10
"""How many visits a turn has: few, as their records are written once more when the walks have ended."""

MOST_TURNS = 2500
"""How many turns the listings get in one crawl; the next crawl continues the walks that are not complete."""


class Turns:
    """Decides in one crawl whose turn it is."""

    def __init__(self, *, holds_feed: bool = False) -> None:
        """``holds_feed`` says whether an earlier crawl left records that wait for the end of the walks."""
        self.holds_feed = holds_feed
        """Whether records wait, as other sections may still show their articles."""

        self.are_open = False
        """Whether listing pages had to wait, and the walks have not ended since."""

        self._has_sections = False
        self._is_for_visits = False
        self._parked: list[Request] = []
        self._pages = self._turns = 0

    def parks(self, request: Request) -> bool:
        """Return whether ``request``, for a listing page, must wait until visits had their turn."""
        task = task_of(request)
        if not isinstance(task, ListingTask):
            return False
        self._pages += 1
        self._has_sections |= task.section.kind in {"category", "tag"}
        if self._pages <= TURN:
            return False
        self._parked.append(request)
        self._is_for_visits = self.are_open = True
        self.holds_feed |= self._has_sections  # whichever listing is the first to wait
        return True

    def visits(self) -> int:
        """Return how many visits to make before the walks continue."""
        is_turn, self._is_for_visits = self._is_for_visits, False
        return VISITS if is_turn else 0

    def resume(self) -> list[Request]:
        """Return the requests that continue the walks; none if they have ended, or had all their turns."""
        self._turns += bool(self._parked)
        if self._turns > MOST_TURNS:
            self._parked.clear()
        ready, self._parked = self._parked[:TURN], self._parked[TURN:]
        self._pages, self._is_for_visits = len(ready), bool(self._parked)
        return ready

    def end(self) -> bool:
        """Record that the walks have ended; return whether records waited for that."""
        held, self.holds_feed = self.holds_feed, False
        self.are_open = False
        return held
