"""Decides when the next request may be sent: after the delay, a backoff, or the time that Retry-After asks for."""

import random
from collections.abc import Callable
from math import inf
from time import monotonic

LONGEST_BACKOFF = 300.0
"""The most seconds of an exponential backoff; the site may ask for more."""

WIDEST_GAP = 60.0
"""The most seconds between two requests to which refusals slow a crawl down."""

RECOVERY = 0.9
"""The factor by which each served page shortens the gap that refusals caused."""


class Backoff:
    """Pauses all requests to the site after a refusal, for as long as the site asks, or exponentially longer.

    All times are seconds on ``clock``. Only a request that was sent after the last refusal
    counts: the refusals of those that were in flight then are one refusal together.
    Refusals are in a row from the first one until a page is served.
    """

    def __init__(self, delay: float = 0.0, clock: Callable[[], float] = monotonic) -> None:
        """``delay`` is the number of seconds that is kept between requests anyway."""
        self.delay = delay
        self.clock = clock
        self.least = 0.0
        """The seconds between two requests that the site asks for in robots.txt."""
        self.gap = 0.0
        self.left = -inf
        self.opens = -inf
        self.closed = -inf
        self.since = -inf
        self.refusals = 0
        """The number of refusals in a row."""

    @property
    def wait(self) -> float:
        """The seconds until the next request may be sent; 0 or less means now."""
        return max(self.opens, self.left + max(self.gap, self.least)) - self.clock()

    @property
    def patience(self) -> float:
        """The seconds from the first refusal in a row until the pause ends: how long the crawl must wait in all."""
        return self.opens - (self.since if self.refusals else self.clock())

    def leave(self) -> float:
        """Record that a request is sent now, and return the time."""
        self.left = self.clock()
        return self.left

    def pause(self, seconds: float) -> None:
        """Pause for at least ``seconds``."""
        self.opens = max(self.opens, self.clock() + seconds)

    def refuse(self, left: float, asked: float | None = None) -> None:
        """Pause because the request sent at ``left`` was refused, for at least the seconds ``asked``."""
        if left >= self.closed:
            self.closed = self.clock()
            if not self.refusals:
                self.since = self.closed
                self.gap = min(2 * max(self.gap, self.least, self.delay, 0.1), WIDEST_GAP)
            self.pause(min(2.0**self.refusals, LONGEST_BACKOFF) * random.uniform(0.5, 1))  # noqa: S311 (no secret)
            self.refusals += 1
        self.pause(asked or 0.0)

    def forgive(self) -> None:
        """Count the last refusal as the first in a row: those before it were the fault of one address."""
        self.since = self.closed
        self.refusals = 1

    def serve(self, left: float) -> None:
        """Recover, because the request sent at ``left`` was served."""
        if left >= self.closed:
            self.refusals = 0
            self.gap *= RECOVERY
