"""The body of a page that no layout knows, by trafilatura."""

from functools import cache
from importlib import import_module
from types import ModuleType


def guess_paragraphs(html: str) -> list[str]:
    """Return the body that trafilatura finds (https://trafilatura.readthedocs.io/); nothing without the library."""
    library = _trafilatura()
    text = library.extract(html, include_comments=False, favor_precision=True) if library else None
    return [line for line in (text or "").splitlines() if line.strip()]


@cache
def _trafilatura() -> ModuleType | None:
    try:
        return import_module("trafilatura")  # slow to import, and hardly ever needed
    except ImportError:
        return None
