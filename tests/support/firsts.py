"""Crawls for tests; the first one of a site that nothing has happened to is made once in a process, and then copied."""

import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from tests.replica import Replica, Served, serve
from tests.replica.history import Changes
from tests.support.crawls import Crawled, crawl_command, in_a_process
from tests.support.forks import Forks


class Firsts:
    """Sites that keep their addresses from test to test, and what the first crawl of each left."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._listeners: dict[str, socket.socket] = {}
        self._crawls: dict[Path, Crawled] = {}
        self.ended = 0.0
        """When the last crawl that was made ended, in seconds."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        for listener in self._listeners.values():
            listener.close()

    @contextmanager
    def serve(self, articles: int, **described: Any) -> Iterator[Served]:
        """Serve a replica where all that are described like it are served."""
        name = repr((articles, sorted(described.items())))
        if name not in self._listeners:
            self._listeners[name] = socket.create_server(("127.0.0.1", 0))
        with serve(Replica(articles, **described), listener=self._listeners[name].dup()) as served:
            yield served

    def crawl(self, site: Served, spider: str, data: Path, crawl: Callable[..., Crawled]) -> Crawled:
        """Fill the folder ``data`` with what the first crawl of ``site`` leaves, and say what came of that."""
        assert (site.replica.changes, site.faults, [*site.requests]) == (Changes(), [], []), "no first crawl"
        port = urlsplit(site.url).port
        assert port in {listener.getsockname()[1] for listener in self._listeners.values()}, "served elsewhere"
        kept = self._folder / f"{port}-{spider}"
        if kept not in self._crawls:
            self._crawls[kept] = crawl(site.url, spider=spider)
            self.ended = time.time()
            shutil.copytree(data, kept)
        else:
            shutil.copytree(kept, data)
        return replace(self._crawls[kept], feeds=sorted(data.rglob("feed/*.jsonl")))


class Crawls:
    """Runs `scrapy crawl` as an operator does, into one folder; under a ``limit`` in a new process."""

    def __init__(self, data: Path, forks: Forks, firsts: Firsts) -> None:
        self._data = data
        self._forks = forks
        self._firsts = firsts
        self._ended = 0.0

    def __call__(self, site: str, *words: str, limit: Callable[[], None] | None = None, **settings: Any) -> Crawled:
        """Crawl ``site``."""
        time.sleep(max(0, self._ended // 1 + 1 - time.time()))  # what was visited within this second is not due
        before = set(self._data.rglob("feed/*.jsonl"))
        command = crawl_command(site, *words, FURAT_DATA=self._data, **settings)
        told = in_a_process(*command, limit=limit) if limit else self._forks.run(*command[2:])
        self._ended = time.time()
        return Crawled(told.exit_code, told.err, sorted(set(self._data.rglob("feed/*.jsonl")) - before))

    def first(self, site: Served, spider: str = "news") -> Crawled:
        """Crawl a site of `Firsts` for the first time, or copy what that left."""
        done = self._firsts.crawl(site, spider, self._data, self)
        self._ended = self._firsts.ended
        return done
