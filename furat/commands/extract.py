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
from twisted.python.failure import Failure

from furat.cli.archive_command import check_words
from furat.frontier.reasons import words
from furat.items import to_json
from furat.outcomes import ExitCode
from furat.pages import ArticlePage
from furat.pages.encoding import decoded
from furat.terminal import reader_may_stop, visible
from furat.urls import absolute
from furat.wordpress.answers import text

NONE = ("DOWNLOADER_MIDDLEWARES", "DOWNLOAD_HANDLERS", "EXTENSIONS", "FEEDS", "ITEM_PIPELINES", "SPIDER_MIDDLEWARES")
"""Settings of components that need an archive, left out here; robots.txt and redirects are handled by Scrapy's own."""


class Command(ScrapyCommand):
    """Prints the article that Furat reads from one page."""

    requires_project = True
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] FILE, URL or -"

    def short_desc(self) -> str:
        return "Print the article of one page as JSON, without an archive"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--url",
            metavar="URL",
            help="the address that FILE came from; the one that it names is taken if none is given",
        )
        parser.add_argument("--explain", action="store_true", help="print why each field was read as it is")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        check_words(args, 1)
        if not args:
            raise UsageError("Name one file or address: scrapy extract page.html --url https://example.org/a/")
        why = ""
        if args[0].startswith(("http://", "https://")):
            html, url, why = self._visited(args[0])
        else:
            html = decoded(_read(args[0]))
            url = _address(opts.url) or _claimed(html, args[0])
        if not html or not _print(html, url, explain=opts.explain):
            told = f"no article could be read at {visible(args[0])}{why and f': {visible(why)}'}"
            print(f"Error: {told}; look at it in a browser", file=sys.stderr)
            self.exitcode = ExitCode.INCOMPLETE

    def _visited(self, url: str) -> tuple[str, str, str]:
        """Return the page at ``url``, its address, and why there is none."""
        process = self.crawler_process
        assert process is not None
        crawler = process.create_crawler(PageSpider)
        process.crawl(crawler, url=url)
        process.start()
        assert isinstance(crawler.spider, PageSpider)
        page = crawler.spider.page
        return (text(page), page.url, "") if page else ("", "", crawler.spider.why)


class PageSpider(Spider):
    """Visits one page."""

    name = "extract"
    custom_settings = {name: {} for name in NONE}

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.page: TextResponse | None = None
        self.why = ""

    async def start(self) -> AsyncIterator[Request]:
        yield Request(self.url, self.parse, errback=self.fail)

    def parse(self, response: Response) -> None:
        """Keep the downloaded page for the command; what fails when it is printed is no fault of the site."""
        if isinstance(response, TextResponse):
            self.page = response
        else:
            self.why = "it is no text"

    def fail(self, failure: Failure) -> None:
        """Keep why nothing was downloaded."""
        self.why = words(failure.value)


def _address(url: str | None) -> str | None:
    if url and not absolute(url, url):
        raise UsageError(
            f"--url is no web address: {visible(url)}; write it as https://example.org/a/", print_help=False
        )
    return url


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"Cannot read {visible(name)}: {error.strerror}", print_help=False) from None


def _claimed(html: str, name: str) -> str:
    """Return the address that a saved page gives as its own, or else that of the file."""
    file = Path(name).absolute().as_uri()
    return ArticlePage(html, file).identity.canonical or file


def _print(html: str, url: str, *, explain: bool) -> bool:
    """Print the article, and return whether there is one."""
    page = ArticlePage(html, url)
    article = page.to_item()
    item = orjson.loads(to_json(article))
    if explain:
        item["explain"] = page.explain()
    with reader_may_stop():
        print(orjson.dumps(item, option=orjson.OPT_INDENT_2).decode(), flush=True)
    return bool(article.title and article.text)
