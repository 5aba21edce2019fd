"""The lines of a body: which are the article's, and which are links and labels that a theme sets among them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["text", "heading", "posts", "contents", "label", "gone"]
"""`posts` is a line that is only links to other posts, `contents` one to places of the page, `label` one that only
says when, by whom and where; `gone` stands for a block of links that was left out."""

LISTED = 3
"""How many lines of links to posts, one after another, are a list of them."""

SHORT = 60
"""A label is no longer than this."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line."""

    text: str
    kind: Kind = "text"


def kept(lines: list[Line]) -> Iterator[str]:
    """Yield the lines of an article: without lists of links to posts or within the page, their headings, and labels.

    >>> [*kept([Line("خبر"), Line("اقرأ أيضاً:", "heading"), *[Line("آخر", "posts")] * 3])]
    ['خبر']
    """
    runs = [(kind, [*run]) for kind, run in groupby(lines, key=lambda line: line.kind)]
    for place, (kind, run) in enumerate(runs):
        if kind in ("gone", "label") or _is_list(kind, run):
            continue
        following = runs[place + 1] if place + 1 < len(runs) else None
        after = runs[place + 2][0] if place + 2 < len(runs) else None
        is_of_list = following is not None and (following[0] == "gone" or _is_list(*following))
        if is_of_list and after in (None, "heading", "gone") and _is_heading(run[-1]):
            run = run[:-1]
        yield from (line.text for line in run)


def _is_list(kind: Kind, run: list[Line]) -> bool:
    return (kind == "posts" and len(run) >= LISTED) or (kind == "contents" and len(run) > 1)


def _is_heading(line: Line) -> bool:
    return len(line.text) <= SHORT and (line.kind == "heading" or line.text.endswith(":"))
