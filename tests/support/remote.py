"""A feed storage that is not on this machine's disk, as S3 is not: files are sent when the crawl is over."""

import shutil
from pathlib import Path
from typing import IO, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import BlockingFeedStorage


class RemoteFeedStorage(BlockingFeedStorage):
    """Sends a feed to the folder that its address names; a folder that is not there is a service that is down."""

    def __init__(self, uri: str) -> None:
        self.path = Path(urlsplit(uri).path)

    @classmethod
    def from_crawler(cls, _: Crawler, uri: str, **__: object) -> Self:
        return cls(uri)

    def _store_in_thread(self, file: IO[bytes]) -> None:
        file.seek(0)
        with self.path.open("wb") as there:
            shutil.copyfileobj(file, there)
