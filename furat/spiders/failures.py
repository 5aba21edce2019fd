"""Why requests fail, in words for an operator."""

from typing import Any

from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from furat.exceptions import Stop, Unreachable


def unreachable(failure: Failure) -> Stop:
    """Return what ends the crawl where the first request failed."""
    if isinstance(failure.value, Stop):
        return failure.value
    url = failure.request.url  # type: ignore[attr-defined]
    if isinstance(failure.value, IgnoreRequest) and not isinstance(failure.value, HttpError):
        return Unreachable(f"{url} may not be crawled: {failure.value}")
    return Unreachable(f"{url} can't be reached: {reason(failure)}; check address and network, try later")


def reason(failure: Failure) -> str:
    """Return in short why a request failed."""
    why: Any = failure.value
    return (f"HTTP {why.response.status}" if isinstance(why, HttpError) else f"{type(why).__name__}, {why}").rstrip(".")
