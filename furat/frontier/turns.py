"""Walks and visits take turns, and the feed waits for what the walks may still tell."""

from scrapy import Request

from furat.frontier.requests import ListingTask, task_of

TURN = 20
"""Pages of listings after which visits take their turn: a listing may grow faster than it is read."""

VISITS = 10
"""Visits in a turn: few, since what they archive is written once more when the walks have ended."""

MOST_TURNS = 2500
"""Turns of the listings in one crawl; the next crawl continues the walks that did not come to their ends."""


class Turns:
    """Whose turn it is in one crawl."""

    def __init__(self, *, holds_feed: bool = False) -> None:
        """Take whether an earlier crawl left records that wait for the end of the walks."""
        self.holds_feed = holds_feed
        """Whether records wait: other sections may still show their articles."""

        self.are_open = False
        """Whether some pages of listings had to wait, and the walks have not ended since."""

        self._is_for_visits = False
        self._parked: list[Request] = []
        self._pages = self._turns = 0

    def parks(self, request: Request) -> bool:
        """Return whether ``request`` is for a page of a listing that waits until visits had their turn."""
        task = task_of(request)
        if not isinstance(task, ListingTask):
            return False
        self._pages += 1
        if self._pages <= TURN:
            return False
        self._parked.append(request)
        self._is_for_visits = self.are_open = True
        self.holds_feed |= task.section.kind in {"category", "tag"}
        return True

    def visits(self) -> int:
        """Return how many visits are to be made before the walks continue."""
        is_turn, self._is_for_visits = self._is_for_visits, False
        return VISITS if is_turn else 0

    def resume(self) -> list[Request]:
        """Return the requests with which the walks continue; none where they have ended, or had all their turns."""
        self._turns += bool(self._parked)
        if self._turns > MOST_TURNS:
            self._parked.clear()
        ready, self._parked = self._parked[:TURN], self._parked[TURN:]
        self._pages, self._is_for_visits = len(ready), bool(self._parked)
        return ready

    def end(self) -> bool:
        """Note that the walks have ended; return whether records waited for that."""
        held, self.holds_feed = self.holds_feed, False
        self.are_open = False
        return held
