"""Waits before requests and after refusals, obeys Retry-After, and ends a crawl that the site does not want."""

import logging
from asyncio import Lock, sleep
from contextlib import suppress
from datetime import datetime, timedelta
from math import ceil
from typing import NoReturn, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from furat.clock import now, time_of_day
from furat.downloader.backoff import Backoff
from furat.downloader.budget import Budget
from furat.downloader.challenges import protection
from furat.downloader.retry_after import retry_after
from furat.downloader.window import Window
from furat.exceptions import Challenged, Refused, Spent, Stop, Throttled, Unwritable, WindowClosed
from furat.frontier.crawl import Crawl
from furat.frontier.requests import Attempt, again, attempt_of, is_for_robots, leave
from furat.options import number

logger = logging.getLogger(__name__)

THROTTLED = (429, 503)
"""Too Many Requests (RFC 6585, section 4) and Service Unavailable (RFC 9110, section 15.6.4)."""

SERVED = (200, 304, 404, 410)
"""Statuses that show that the site serves requests again."""

CHALLENGES = 3
"""The number of challenges in a row after which a crawl ends: nobody will solve them."""

ALONE = 4
"""The number of refusals of one address, while the site serves others, after which the address is at fault;
two are enough if waiting once more would end the crawl."""

BLINK = 1.0
"""Seconds after which a waiting request checks again whether the crawl has ended."""


class PolitenessMiddleware:
    """Waits if the site asks to wait, and ends the crawl if that takes too long.

    A throttled or challenged request is repeated as often as necessary: it counts neither
    as one of Scrapy's retries nor as a failed attempt to visit the article.
    """

    window = Window()

    def __init__(self, crawler: Crawler, backoff: Backoff, budget: Budget, patience: float) -> None:
        self.crawler = crawler
        self.shutdown = Crawl.of(crawler).shutdown
        self.backoff = backoff
        self.budget = budget
        self.patience = patience
        self.queue = Lock()
        self.answer = ""
        self.refused: set[str] = set()
        self.has_served = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        budget = Budget(Crawl.of(crawler).folder / "requests.json", int(number(settings, "FURAT_DAILY_REQUESTS")))
        backoff = Backoff(settings.getfloat("DOWNLOAD_DELAY"))
        politeness = cls(crawler, backoff, budget, number(settings, "FURAT_PATIENCE"))
        politeness.window = Window.of(settings["FURAT_WINDOW"])
        crawler.signals.connect(politeness.robots_parsed, signals.robots_parsed)
        crawler.signals.connect(politeness.spider_closed, signals.spider_closed)
        return politeness

    # Before a request leaves

    async def leave(self, request: Request) -> None:
        """Wait until ``request`` may be sent; raise Stop if no more requests may be sent."""
        async with self.queue:
            self._go_on()
            while (wait := self.backoff.wait) > 0:
                await sleep(min(wait, BLINK))
                self._go_on()
            self._pay()
            leave(request, self.backoff.leave())

    def hear(self, request: Request, response: Response) -> None:
        """Start the backoff at once if the headers of ``response`` ask for it."""
        field = (response.headers.get("Retry-After") or b"").decode("latin-1")
        asked = retry_after(field, datetime.fromisoformat(now())) if field else None
        if response.status in THROTTLED:
            self._refuse(request, f"HTTP {response.status}{field and f', Retry-After: {field}'}", asked)
        elif asked and 300 <= response.status < 400:  # noqa: PLR2004 (redirections)
            self.answer = f"HTTP {response.status}, Retry-After: {field} ({response.url})"
            self.backoff.pause(asked)

    # As a middleware

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return ``response`` if the site served it, otherwise ``request`` to repeat it.

        Raises Stop after several challenges in a row; Refused if the site refuses only this address.
        """
        attempt = attempt_of(request)
        if attempt is None:  # it was never sent: the response comes from a cache
            return response
        guard = protection(response)
        answer = f"a challenge by {guard}" if guard else f"HTTP {response.status}"
        if guard:
            self._refuse(request, answer)
        elif response.status not in THROTTLED:
            self._serve(request, attempt, response)
            return response
        self.refused.add(request.url)
        is_alone = self.has_served and self.refused == {request.url}
        times = attempt.refusals + is_alone
        if times > ALONE or (times > 1 and self.backoff.patience > self.patience):
            self.backoff.forgive()  # the pause that the site asked for is kept, and the crawl goes on
            raise Refused(f"{answer}, while the site serves other pages")
        if guard and not is_alone and self.backoff.refusals >= CHALLENGES:
            self._stop(Challenged(f"{guard} requires a browser at {request.url}; {self._plea()}"))
        return again(request, times)

    def robots_parsed(self, robotparser: RobotParser) -> None:
        """Keep the delay between requests that robots.txt asks for."""
        agent = self.crawler.settings["ROBOTSTXT_USER_AGENT"] or self.crawler.settings["USER_AGENT"]
        wanted = robotparser.crawl_delay(agent) or 0.0
        rate = robotparser.rp.request_rate(agent) if isinstance(robotparser, ProtegoRobotParser) else None
        with suppress(OverflowError):  # a number of thousands of digits is not a rate
            wanted = max(wanted, rate.seconds / rate.requests if rate else 0.0)
        if wanted > self.patience:
            excess = "robots.txt asks for %.0f s between requests; the crawl waits no longer than FURAT_PATIENCE=%.0f"
            logger.warning(excess, wanted, self.patience)
        self.backoff.least = min(wanted, self.patience)

    def spider_closed(self) -> None:
        self.budget.close()

    def _serve(self, request: Request, attempt: Attempt, response: Response) -> None:
        if response.status in SERVED:
            self.backoff.serve(attempt.left)
            if not self.backoff.refusals:
                self.refused.clear()
            self.has_served |= not is_for_robots(request)  # a server that is overloaded may still serve a file

    def _refuse(self, request: Request, answer: str, asked: float | None = None) -> None:
        attempt, before = attempt_of(request), self.backoff.refusals
        assert attempt
        self.backoff.refuse(attempt.left, asked)
        self.answer = f"{answer} ({request.url})"
        if self.backoff.refusals > before:
            logger.warning("Refused: %s; waiting for %.0f s", self.answer, self.backoff.wait)

    # The end

    def _go_on(self) -> None:
        assert self.crawler.engine
        if self.shutdown.why:
            raise self.shutdown.why
        if not self.crawler.engine.running:
            self._stop(Stop("the operator ended the crawl"))
        if not self.window.is_open(time_of_day()):
            window = self.crawler.settings["FURAT_WINDOW"]
            self._stop(WindowClosed(f"FURAT_WINDOW={window} is closed, as planned; the next crawl in it goes on"))
        if self.backoff.patience > self.patience:
            moment = datetime.fromisoformat(now()) + timedelta(seconds=ceil(self.backoff.wait) + 1)
            cure = f"run the same command again after {moment.isoformat()}"
            self._stop(Throttled(f"{self.answer}; that is longer than FURAT_PATIENCE={self.patience:.0f}; {cure}"))

    def _pay(self) -> None:
        try:
            may = self.budget.spend()
        except (OSError, ValueError) as error:
            self._stop(Unwritable(f"{self.budget.path}: {error}; make room there, or delete it if it is damaged"))
        if not may:
            self._stop(
                Spent(
                    f"FURAT_DAILY_REQUESTS={self.budget.limit} of {self.budget.day} (UTC) is used up;"
                    " run the same command again tomorrow, or raise it"
                )
            )

    def _plea(self) -> str:
        agent = self.crawler.settings["USER_AGENT"]
        return f"ask the site's owner to allow the user agent {agent!r}, then run the same command again"

    def _stop(self, why: Stop) -> NoReturn:
        assert self.crawler.engine
        for slot in self.crawler.engine.downloader.slots.values():
            slot.delay = 0  # nothing is sent any more: waiting requests can fail at once
        raise self.shutdown.begin(why)
