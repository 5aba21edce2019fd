"""Prepares a process for crawls: its logs and its garbage collector."""

import gc
import logging

from scrapy.utils.misc import load_object

from furat.options import KNOWN
from furat.terminal import neutralize_logs

QUIET = {
    "scrapy": logging.WARNING,
    # The frontier and the verdict log in one line what these log in fifty.
    "scrapy.downloadermiddlewares.robotstxt": logging.CRITICAL,
    "scrapy.downloadermiddlewares.retry": logging.CRITICAL,
}


def settle_down(level: str) -> None:
    """Make logs at this ``level`` safe and short, and Python's garbage collector run less often."""
    neutralize_logs()
    for name, at_least in QUIET.items() if level != "DEBUG" else ():
        logging.getLogger(name).setLevel(at_least)
    # Pages leave no reference cycles, so Python need not search for them every 700 objects: 5 % of the CPU.
    gc.freeze()
    gc.set_threshold(10_000)


def preload() -> None:
    """Import what crawls need, up to the reactor: processes that fork from this one share it."""
    load_object("furat.spiders.refresh.RefreshSpider")
    for name in ("EXTENSIONS", "ITEM_PIPELINES", "SPIDER_MIDDLEWARES", "DOWNLOADER_MIDDLEWARES"):
        for path in KNOWN[name]:
            load_object(path)
