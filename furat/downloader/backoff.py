"""When the next request may leave for the site."""

import random
from collections.abc import Callable
from math import inf
from time import monotonic

LONGEST_BACKOFF = 300.0
"""Seconds that a backoff closes at most of itself; the site may ask for more."""

WIDEST_GAP = 60.0
"""Seconds between two requests to which refusals slow a crawl down at most."""

RECOVERY = 0.9
"""What a page that is served again leaves of the gap that refusals made."""


class Backoff:
    """Closes for the whole site when one request is refused, and opens when the site asked, or a while later.

    All moments are seconds on ``clock``. Only a request that left since the last
    refusal tells anything new: those that were in flight then are one refusal
    together. From the first refusal on until a page is served, refusals are in a row.
    """

    def __init__(self, delay: float = 0.0, clock: Callable[[], float] = monotonic) -> None:
        """Take the ``delay`` in seconds that is kept between requests anyway."""
        self.delay = delay
        self.clock = clock
        self.least = 0.0
        """Seconds that the site wants between two requests."""
        self.gap = 0.0
        self.left = -inf
        self.opens = -inf
        self.closed = -inf
        self.since = -inf
        self.refusals = 0
        """Refusals in a row."""

    @property
    def wait(self) -> float:
        """The seconds until the next request may leave; 0 or less means now."""
        return max(self.opens, self.left + max(self.gap, self.least)) - self.clock()

    @property
    def patience(self) -> float:
        """The seconds from the first refusal in a row until the backoff opens: what it takes to wait for the site."""
        return self.opens - (self.since if self.refusals else self.clock())

    def leave(self) -> float:
        """Return the moment at which a request leaves: now."""
        self.left = self.clock()
        return self.left

    def pause(self, seconds: float) -> None:
        """Close for ``seconds`` at least."""
        self.opens = max(self.opens, self.clock() + seconds)

    def refuse(self, left: float, asked: float | None = None) -> None:
        """Close because the request that ``left`` then was refused, for the seconds ``asked`` or longer."""
        if left >= self.closed:
            self.closed = self.clock()
            if not self.refusals:
                self.since = self.closed
                self.gap = min(2 * max(self.gap, self.least, self.delay, 0.1), WIDEST_GAP)
            self.pause(min(2.0**self.refusals, LONGEST_BACKOFF) * random.uniform(0.5, 1))  # noqa: S311 (no secret)
            self.refusals += 1
        self.pause(asked or 0.0)

    def forgive(self) -> None:
        """Let the last refusal be the first in a row: those before it were not the site's."""
        self.since = self.closed
        self.refusals = 1

    def serve(self, left: float) -> None:
        """Recover, because the request that ``left`` then was answered as it should be."""
        if left >= self.closed:
            self.refusals = 0
            self.gap *= RECOVERY
