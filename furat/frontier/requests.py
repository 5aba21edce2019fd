"""The typed requests of a crawl: the one place that reads and writes `Request.meta`."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from furat.sections import Section
from furat.store.sources import Source

TASK, ATTEMPT, KEPT, CAPTURED, SEEN = (*("furat_task", "furat_attempt", "furat_kept", "furat_captured", "furat_seen"),)
"""Furat's keys in `Request.meta`."""

ALL = range(100, 600)
"""Every status: whatever the site answers, the callback reads it."""

FOR_GOOD = {301, 308}
"""Redirects that are permanent (RFC 9110, section 15.4)."""


@dataclass(frozen=True, slots=True)
class ListingTask:
    """A request for one page of a listing."""

    section: Section
    is_first: bool = True
    is_linked: bool = False
    """Whether the page before links to this page."""

    is_partial: bool = False
    """Whether the walk leaves out entries, such as those outside `since` and `until`."""

    is_optional: bool = False
    """Whether another origin has the same articles, so that this one may fail."""

    is_afresh: bool = False
    """Whether the walk trusts nothing that earlier walks covered."""

    trusts: tuple[str, ...] = ()
    """The addresses of listings of the same articles: what their complete walks saw is known here too."""

    is_bounded: bool = False
    """Whether the spider knows which pages it needs: none of them ends the walk, and no doubt has them read again."""

    instead: Request | None = None
    """The request for the next page in order, if this one skips pages; sent if they must be read after all."""


@dataclass(frozen=True, slots=True)
class ArticleTask:
    """A request for a page of an article."""

    url: str
    """The canonical address of the visit."""

    article: str | None
    """The id of the article that was found there before; None if none was."""

    confirms_deletion: bool = False
    """Whether the article's tombstone is written if it is still missing."""


@dataclass(frozen=True, slots=True)
class DeliveryTask:
    """A request that asks nothing of the site: with its answer records reach the feed that waited."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the downloader knows about a request that was sent."""

    left: float
    """When it was sent, on the clock of the backoff."""

    refusals: int = 0
    """How often the site refused this address while it served others."""


Task = ListingTask | ArticleTask | DeliveryTask
Callback = Callable[..., Any]
Errback = Callable[[Failure], Any]


def build(  # noqa: PLR0913 (all that a request has)
    url: str,
    task: Task | None,
    parse: Callback | None,
    failed: Errback | None,
    *,
    statuses: Collection[int] = (),
    headers: Mapping[str, str] | None = None,
    **arguments: object,
) -> Request:
    """Return a request that carries its ``task``; ``parse`` also gets responses with these ``statuses``, besides 2xx.

    Without ``parse`` the callback is the spider's method `parse`, as usual in Scrapy.
    """
    meta = {TASK: task} if task else {}
    handled = {"handle_httpstatus_list": list(statuses)} if statuses else {}
    return Request(
        url,
        parse,
        errback=failed,
        headers=dict(headers or {}),
        meta={**meta, **handled},
        cb_kwargs=arguments,
        dont_filter=True,
    )


def keeping(url: str) -> Request:
    """Return a request for an article's page whose response is kept, to answer the visit that follows soon."""
    return Request(url, meta={KEPT: True, "handle_httpstatus_list": list(ALL)}, dont_filter=True)


def is_kept(request: Request) -> bool:
    """Return whether the response to ``request`` is kept to answer a later visit."""
    return bool(request.meta.get(KEPT))


def capture(request: Request, source: Source) -> None:
    """Record that the response to ``request`` is kept as ``source``."""
    request.meta[CAPTURED] = (source,)


def sources_of(response: Response) -> tuple[Source, ...]:
    """Return the WARC records of ``response``; none if it was not captured."""
    return response.request.meta.get(CAPTURED, ()) if response.request else ()


def seen_by(message: Request | Response) -> str | None:
    """Return when the page was captured that a request asks for, or a response shows; None if it is today's."""
    request = message.request if isinstance(message, Response) else message
    return request.meta.get(SEEN) if request else None


def as_seen(request: Request, moment: str) -> Request:
    """Return ``request``, for the page as it was captured at this ``moment``."""
    return request.replace(meta={**request.meta, SEEN: moment})


def inherit(request: Request, response: Response) -> None:
    """Have ``request``, which an earlier ``response`` answers, name the records of that response."""
    request.meta[CAPTURED] = sources_of(response)


def task_of(message: Request | Response) -> Task | None:
    """Return the task of a request, or of the request that a response answers; None if it has none.

    >>> home = ListingTask(Section("home", "", "https://example.org/"))
    >>> task_of(build("https://example.org/", home, None, None)) == home
    True
    """
    request = message.request if isinstance(message, Response) else message
    return request.meta.get(TASK) if request else None


def listing_of(message: Request | Response) -> ListingTask:
    """Return the task of a request for a page of a listing."""
    task = task_of(message)
    assert isinstance(task, ListingTask), f"{message} reads no listing"
    return task


def follows(request: Request) -> bool:
    """Return whether ``request`` asks for another page of the listing whose page is being read."""
    task = task_of(request)
    return isinstance(task, ListingTask) and not task.is_first


def afresh(request: Request) -> Request:
    """Return the ``request`` for a listing's first page so that its walk trusts no earlier walk."""
    task = replace(listing_of(request), is_afresh=True)
    return request.replace(headers={}, meta={**request.meta, TASK: task})  # an answer of 304 would show no entries


def skipping(request: Request, url: str) -> Request:
    """Return a request for the page ``url``, further down the listing, instead of the next page."""
    task = replace(listing_of(request), is_linked=False, instead=request)
    return request.replace(url=url, meta={**request.meta, TASK: task})


def is_moved_for_good(message: Request | Response) -> bool:
    """Return whether redirects led to a request or its response, all of them permanent."""
    reasons = message.meta.get("redirect_reasons", ())
    return bool(reasons) and FOR_GOOD.issuperset(reasons)


def is_for_robots(request: Request) -> bool:
    """Return whether ``request`` is for robots.txt: a file, which costs a site less than a page."""
    return bool(request.meta.get("dont_obey_robotstxt"))


def attempt_of(request: Request) -> Attempt | None:
    """Return when ``request`` was sent and how often it was refused; None if it was never sent."""
    return request.meta.get(ATTEMPT)


def leave(request: Request, moment: float) -> None:
    """Record that ``request`` is sent at this ``moment``."""
    before = attempt_of(request)
    request.meta[ATTEMPT] = Attempt(moment, before.refusals if before else 0)


def again(request: Request, refusals: int) -> Request:
    """Return ``request`` to be sent again, after others, with its number of ``refusals`` updated."""
    attempt = attempt_of(request)
    assert attempt
    meta = {**request.meta, ATTEMPT: replace(attempt, refusals=refusals)}
    return request.replace(meta=meta, dont_filter=True, priority=request.priority - 1)
