"""How news-please is told to crawl one site: by its default crawler, that of sitemaps.

Three things are set in its favour. Scrapy's OffsiteMiddleware would refuse a host with a port, which loopback needs.
Its heuristic `og_type` asks for a mark that WordPress prints only with the help of a plugin. Its own JSON files are
named after the second, where an address ends in a slash, and overwrite each other; `Keep` writes a line per article.
Scrapy's feed exporter cannot: it reads every attribute of a spider, and news-please's raise.
"""

import json
from configparser import RawConfigParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

from scrapy.crawler import Crawler

SETTINGS = {
    "DOWNLOADER_MIDDLEWARES": {"scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None},
    "ITEM_PIPELINES": {"newsplease.pipeline.pipelines.ArticleMasterExtractor": 100, "bench.news_please.Keep": 200},
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
}


class Keep:
    """Appends each article to the file that the setting BENCH_FEED names."""

    def __init__(self, feed: Path) -> None:
        self.feed = feed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Path(crawler.settings["BENCH_FEED"]))

    def process_item(self, item: Any) -> Any:
        kept = {"url": item["url"], "title": item["article_title"], "text": item["article_text"]}
        with self.feed.open("a", encoding="utf-8") as file:
            file.write(json.dumps(kept) + "\n")
        return item


def is_installed() -> bool:
    return find_spec("newsplease") is not None


def words(site: str, folder: Path, feed: Path, settings: dict[str, Any]) -> list[Any]:
    """Return the words after `python` that crawl ``site`` into ``feed``; its configuration lies in ``folder`` then."""
    spec = find_spec("newsplease")
    assert spec
    assert spec.origin
    config = RawConfigParser()
    config.read(Path(spec.origin).parent / "config" / "config.cfg", "utf-8")
    config["Files"]["working_path"] = str(folder)
    config["Scrapy"].update(
        {name: repr(value) for name, value in {**settings, **SETTINGS, "BENCH_FEED": str(feed)}.items()}
    )
    with (folder / "config.cfg").open("w", encoding="utf-8") as file:
        config.write(file)
    (folder / "sites.hjson").write_text(json.dumps({"base_urls": [_site(site)]}), "utf-8")
    return ["-m", "newsplease.single_crawler", folder / "config.cfg", folder / "sites.hjson", 0, False, False]


def _site(url: str) -> dict[str, Any]:
    heuristics = {"overwrite_heuristics": {"og_type": False}, "pass_heuristics_condition": "linked_headlines"}
    return {"url": url, "crawler": "SitemapCrawler", **heuristics}
