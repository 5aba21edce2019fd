"""What Scrapy's log says of items: their addresses, not all that they hold."""

from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

LONGEST = 200
"""Letters of an item without an address that are shown."""


class BriefLogFormatter(LogFormatter):
    """Names items by their addresses, whoever drops them or fails over them."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        return super().scraped(_brief(item), response, spider)

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        told = super().dropped(_brief(item), exception, response, spider)
        return {**told, "msg": "Dropped: %(item)s (%(exception)s)"}

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        return super().item_error(_brief(item), exception, response, spider)


def _brief(item: Any) -> str:
    """Return what names ``item``.

    >>> _brief({"url": "https://example.org/a/", "text": "…"}), _brief({"text": "a" * 1000})[-3:]
    ('https://example.org/a/', 'aa…')
    """
    url = item.get("url") if isinstance(item, dict) else getattr(item, "url", None)
    text = str(url or item)
    return text if len(text) <= LONGEST or url else f"{text[:LONGEST]}…"
