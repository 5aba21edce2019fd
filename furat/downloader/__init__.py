"""Politeness towards the site: robots.txt, pace, backoff, budget, challenges."""

from furat.downloader.backoff import Backoff
from furat.downloader.budget import Budget
from furat.downloader.challenges import protection
from furat.downloader.handler import PoliteDownloadHandler
from furat.downloader.politeness import PolitenessMiddleware
from furat.downloader.retry_after import retry_after

__all__ = ["Backoff", "Budget", "PoliteDownloadHandler", "PolitenessMiddleware", "protection", "retry_after"]
