"""Obeys robots.txt, and ends the crawl if it can't be read."""

import re
from asyncio import Future, ensure_future

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from furat.exceptions import Refused, Stop, Unreachable
from furat.frontier.reasons import words

LONGEST = 500 * 1024
"""The bytes of robots.txt that are read: the minimum that the standard requires (RFC 9309, section 2.5)."""

AGENT = re.compile(rb"^[ \t]*user[ -]?agent[ \t]*(?::|[ \t])([^\r\n#]*+)", re.IGNORECASE | re.MULTILINE)


class RobotsMiddleware(RobotsTxtMiddleware):
    """Ends the crawl if robots.txt can't be read: everything is forbidden then (RFC 9309, section 2.3.1.4).

    If there is none (4xx), or if it redirects to another site, everything is allowed (section 2.3.1.3).
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.stop: Stop | None = None
        self.closing: Future[None]

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raise Stop if robots.txt can't be read, IgnoreRequest if it forbids ``request``."""
        if self.stop:
            raise self.stop
        super().process_request_2(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:  # noqa: PLR2004 (server errors, and numbers beyond all statuses)
            raise Unreachable(_explained(netloc, f"HTTP {response.status}", "the site itself fails, try later"))
        agent = self._robotstxt_useragent or self._default_useragent
        rules = applying(response.body, str(agent)) if response.status < 300 else b""  # noqa: PLR2004 (a proxy's 203)
        await super()._parse_robots(response.replace(body=rules), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if not isinstance(exc, IgnoreRequest) or isinstance(exc, Refused):
            known = exc if isinstance(exc, Stop) else None
            self.stop = known or Unreachable(_explained(netloc, words(exc), "check the network, try later"))
            assert self.crawler.engine
            self.closing = ensure_future(self.crawler.engine.close_spider_async(reason=self.stop.reason))
        super()._robots_error(exc, netloc)


def applying(robots: bytes, agent: str) -> bytes:
    r"""Return ``robots`` with all agents but ``agent`` renamed alike: the parser copies the rules for each name.

    >>> applying(b"User-agent: *\nUser-agent: x\nUser-Agent: Furat\nDisallow: /", "Furat/0.1")
    b'User-agent: *\nUser-agent: -\nUser-agent: Furat\nDisallow: /'
    """
    own = agent.lower().encode()

    def renamed(line: re.Match[bytes]) -> bytes:
        name = line[1].strip()
        return b"User-agent: " + (name if name.replace(b"*", b"").lower() in own else b"-")

    return AGENT.sub(renamed, robots[:LONGEST])


def _explained(netloc: str, why: str, cure: str) -> str:
    return f"robots.txt of {netloc} can't be reached ({why}), so everything is forbidden; {cure}"
