"""Scrapy extensions that watch over a crawl: its lock, its feeds, its exit code, its progress."""

from furat.extensions.deliver import Deliver
from furat.extensions.lock import Lock
from furat.extensions.progress import ShowProgress
from furat.extensions.verdict import Verdict

__all__ = ["Deliver", "Lock", "ShowProgress", "Verdict"]
