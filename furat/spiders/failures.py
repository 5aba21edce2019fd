"""The reason to end a crawl whose first request failed."""

from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from furat.exceptions import Stop, Unreachable
from furat.frontier.reasons import words


def unreachable(failure: Failure) -> Stop:
    """Return the reason to end a crawl whose first request failed."""
    if isinstance(failure.value, Stop):
        return failure.value
    url = failure.request.url  # type: ignore[attr-defined]
    if isinstance(failure.value, IgnoreRequest) and not isinstance(failure.value, HttpError):
        return Unreachable(f"{url} may not be crawled: {failure.value}")
    return Unreachable(f"{url} can't be reached: {words(failure.value)}; check the address and the network, try later")
