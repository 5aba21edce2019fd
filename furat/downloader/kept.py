"""Answers a visit with a page that was downloaded shortly before, to learn the layout from it."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from furat.frontier.requests import ArticleTask, DeliveryTask, inherit, is_kept, task_of
from furat.urls import canonical

MOST = 20
"""The most pages that are kept at a time."""


class KeptPagesMiddleware:
    """Keeps the response to a request made by `keeping` until its article is visited."""

    def __init__(self) -> None:
        self.pages: dict[str, Response] = {}

    @classmethod
    def from_crawler(cls, _: Crawler) -> Self:
        return cls()

    def process_request(self, request: Request) -> Response | None:
        task = task_of(request)
        if isinstance(task, DeliveryTask):
            return Response(request.url)
        kept = self.pages.pop(task.url, None) if isinstance(task, ArticleTask) else None
        if not kept or kept.url != request.url:
            return None
        inherit(request, kept)
        return kept.replace(request=request)

    def process_response(self, request: Request, response: Response) -> Response:
        if is_kept(request) and len(self.pages) < MOST:
            self.pages[canonical(response.url)] = response
        return response
