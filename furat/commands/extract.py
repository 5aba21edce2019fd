"""`scrapy extract`: the article of one page as JSON, from a file or an address, without an archive."""

import argparse
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import orjson
from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.http import Response, TextResponse

from furat.cli.archive_command import check_words
from furat.items import to_json
from furat.pages import ArticlePage
from furat.terminal import visible

READ = "extract/pages"
NONE = ("DOWNLOADER_MIDDLEWARES", "DOWNLOAD_HANDLERS", "EXTENSIONS", "FEEDS", "ITEM_PIPELINES", "SPIDER_MIDDLEWARES")
"""Settings of components that need an archive, left out here; robots.txt and redirects are handled by Scrapy's own."""


class Command(ScrapyCommand):
    """Prints the article that Furat reads from one page."""

    requires_project = True
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] FILE or URL"

    def short_desc(self) -> str:
        return "Print the article of one page as JSON, without an archive"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", metavar="URL", help="the address that FILE came from")
        parser.add_argument("--explain", action="store_true", help="print why each field was read as it is")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        check_words(args, 1)
        if not args:
            raise UsageError("Name one file or address: scrapy extract page.html --url https://example.org/a/")
        if not args[0].startswith(("http://", "https://")):
            _print(_read(args[0]), opts.url or Path(args[0]).resolve().as_uri(), explain=opts.explain)
            return
        process = self.crawler_process
        assert process is not None
        crawler = process.create_crawler(PageSpider)
        process.crawl(crawler, url=args[0], explain=opts.explain)
        process.start()
        if not (crawler.stats and crawler.stats.get_value(READ)):
            print(f"Error: no page could be read at {visible(args[0])}; look at it in a browser", file=sys.stderr)
            self.exitcode = 3


class PageSpider(Spider):
    """Visits one page."""

    name = "extract"
    custom_settings = {name: {} for name in NONE}

    def __init__(self, url: str, *, explain: bool) -> None:
        super().__init__()
        self.url = url
        self.explain = explain

    async def start(self) -> AsyncIterator[Request]:
        yield Request(self.url, self.parse)

    def parse(self, response: Response) -> None:
        """Print the article of the downloaded page."""
        if isinstance(response, TextResponse):
            _print(response.text, response.url, explain=self.explain)
            assert self.crawler.stats
            self.crawler.stats.inc_value(READ)


def _read(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"Cannot read {visible(name)}: {error.strerror}", print_help=False) from None


def _print(html: str, url: str, *, explain: bool) -> None:
    page = ArticlePage(html, url)
    item = orjson.loads(to_json(page.to_item()))
    if explain:
        item["explain"] = page.explain()
    print(orjson.dumps(item, option=orjson.OPT_INDENT_2).decode())
