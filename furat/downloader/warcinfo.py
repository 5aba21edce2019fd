"""What the first record of a WARC file says: who asked, with what, how, and by which clock."""

import json
import platform
from datetime import datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version

from scrapy.http import Response

from furat import __version__
from furat.frontier.crawl import Crawl
from furat.urls import anonymous

STANDARD = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
PACKAGES = ("Scrapy", "Twisted", "warcio")

SETTINGS = (
    *("FURAT_TIMEZONE", "FURAT_DUPLICATES", "FURAT_TRIES", "FURAT_DUE_SHARE", "FURAT_REVISITS", "FURAT_QUARANTINE"),
    *("FURAT_PATIENCE", "FURAT_WINDOW", "FURAT_DAILY_REQUESTS", "ROBOTSTXT_OBEY", "CONCURRENT_REQUESTS_PER_DOMAIN"),
    *("DOWNLOAD_DELAY", "DOWNLOAD_TIMEOUT", "DOWNLOAD_MAXSIZE", "DOWNLOAD_VERIFY_CERTIFICATES"),
)
"""The settings that say how the site was asked: none of them can hold a secret."""


def about(crawl: Crawl) -> dict[str, str]:
    """Return what is known of ``crawl`` when it begins, by the names of `application/warc-fields`."""
    settings = crawl.crawler.settings
    versions = [f"{name}/{version(name)}" for name in PACKAGES]
    return {
        "software": " ".join([f"Furat/{__version__}", *versions, f"Python/{platform.python_version()}"]),
        "format": "WARC File Format 1.1",
        "conformsTo": STANDARD,
        "isPartOf": crawl.id,
        "description": f"`scrapy crawl {crawl.spider}` of {anonymous(crawl.site)}",
        "operator": str(settings["FURAT_CONTACT"]),
        "http-header-user-agent": str(settings["USER_AGENT"]),
        "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
        "settings": json.dumps({name: settings[name] for name in SETTINGS}, default=str),
    }


def clock_difference(response: Response, moment: str) -> str:
    """Return how far the server's clock is ahead of ours, by the Date of its ``response`` to a request at ``moment``.

    A response from a cache tells nothing (RFC 9111, section 5.1).
    """
    if response.headers.get("Age"):
        return "unknown: the first response came from a cache"
    try:
        told = parsedate_to_datetime((response.headers.get("Date") or b"").decode("latin-1"))
        ahead = (told - datetime.fromisoformat(moment)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return "unknown: the first response had no Date"
    return f"{ahead:+.0f} seconds against ours"
