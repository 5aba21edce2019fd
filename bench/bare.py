"""The baseline of a crawl: download pages and do nothing with them."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response


class BareSpider(Spider):
    """Downloads the addresses listed in the file `urls`, one a line."""

    name = "bare"
    handle_httpstatus_all = True

    def __init__(self, urls: str) -> None:
        super().__init__()
        self.urls = Path(urls).read_text("utf-8").split()

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            yield Request(url, dont_filter=True)

    def parse(self, response: Response, **kwargs: Any) -> None:
        """Let the page go."""
