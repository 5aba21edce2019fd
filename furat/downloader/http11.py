"""Scrapy's download handler for HTTP/1.1, imported without what its deprecated names cost.

Scrapy wants to know in which module it defines each of them. It asks for the whole stack with its lines of source, for
which Python searches all modules there are: a fifth of the CPU of a refresh in which nothing changed.
"""

import inspect
from types import FrameType


def _callers() -> list[tuple[FrameType | None]]:
    """Return the frames of the caller and of its own caller, each as `inspect.stack` has it first."""
    frame = inspect.currentframe()
    caller = frame and frame.f_back
    return [(caller,), (caller and caller.f_back,)]


_stack = inspect.stack
inspect.stack = _callers  # type: ignore[assignment]
try:
    from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
finally:
    inspect.stack = _stack

__all__ = ["HTTP11DownloadHandler"]
