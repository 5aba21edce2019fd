"""Cuts torn records that a killed crawl left at the end of its WARC files."""

import logging
import re
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler

from furat.files import is_inside
from furat.frontier.crawl import Crawl
from furat.store import Store
from furat.warc.tails import cut_tail

NAMED = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{4}-\d{5}\.warc\.gz")
"""The name of a file that a crawl wrote: others' files are left alone."""

logger = logging.getLogger(__name__)

CHECKED = "warc checked"
"""The checkpoint that names the last file that was looked at, and the last row of that time."""


class CutTails:
    """Cuts what no row of the archive names, and less than a record, from files that were not looked at yet."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        crawl = Crawl.of(crawler)
        cut_tails(crawl.store, crawl.folder)
        return cls()


def cut_tails(store: Store, folder: Path) -> None:
    """Cut the torn tails of all WARC files of earlier crawls in the site's ``folder``."""
    has_files = (folder / "warc").is_dir()
    row, _, last = (store.checkpoints.get(CHECKED) or "0 ").partition(" ")
    files = sorted(path for path in (folder / "warc").iterdir() if NAMED.fullmatch(path.name)) if has_files else []
    new = [path for path in files if path.name > last and is_inside(folder, path)]
    if not new:
        return
    named, row_now = store.sources.ends(int(row))
    for path in new:
        if gone := cut_tail(path, named.get(f"warc/{path.name}")):
            logger.warning("%s ended in a torn record of a killed crawl: %d bytes were cut", path, gone)
    store.checkpoints.set(CHECKED, f"{row_now} {new[-1].name}")
