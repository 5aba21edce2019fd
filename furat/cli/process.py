"""What a process that crawls is set to before it begins."""

import gc
import logging

from scrapy.utils.misc import load_object

from furat.options import KNOWN
from furat.terminal import neutralize_logs

QUIET = {
    "scrapy": logging.WARNING,
    # The frontier and the verdict say in one line what these say in fifty.
    "scrapy.downloadermiddlewares.robotstxt": logging.CRITICAL,
    "scrapy.downloadermiddlewares.retry": logging.CRITICAL,
}


def settle_down(level: str) -> None:
    """Let logs of this ``level`` say what a person reads, and Python look for garbage less often."""
    neutralize_logs()
    for name, at_least in QUIET.items() if level != "DEBUG" else ():
        logging.getLogger(name).setLevel(at_least)
    # Pages leave no reference cycles, so that Python need not look for them every 700 objects: 5 % of the CPU.
    gc.freeze()
    gc.set_threshold(10_000)


def preload() -> None:
    """Import what crawls need, up to the reactor: processes that fork from this one share it."""
    load_object("furat.spiders.refresh.RefreshSpider")
    for name in ("EXTENSIONS", "ITEM_PIPELINES", "SPIDER_MIDDLEWARES", "DOWNLOADER_MIDDLEWARES"):
        for path in KNOWN[name]:
            load_object(path)
