"""What is usually written by hand: a spider that walks the home page's listing and trusts JOBDIR to resume."""

from collections.abc import Iterator
from typing import Any

from scrapy import Spider
from scrapy.http import Response, TextResponse


class PlainSpider(Spider):
    """Yields address, title and text of every article of ``site``."""

    name = "plain"

    def __init__(self, site: str) -> None:
        super().__init__()
        self.start_urls = [site]

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Any]:
        """Follow every article and the next page."""
        assert isinstance(response, TextResponse)
        yield from response.follow_all(css="h2.entry-title a", callback=self.parse_article)
        yield from response.follow_all(css="a.next", callback=self.parse)

    def parse_article(self, response: Response) -> dict[str, Any]:
        """Return the article."""
        return {
            "url": response.url,
            "title": response.css("h1.entry-title::text").get(),
            "text": "\n\n".join(response.css(".entry-content p").xpath("string()").getall()),
        }
