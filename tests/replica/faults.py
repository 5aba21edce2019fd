"""Failures on purpose: what a test can make the replica answer instead of the page."""

import gzip
import re
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from .site import HTML, Reply
from .theme import NAME

Kind = Literal[
    "reset",  # the connection is closed without an answer
    "truncated",  # fewer bytes than Content-Length says
    "overlong",  # more bytes than Content-Length says
    "cut",  # cleanly ended in the middle of the HTML
    "held",  # half of the body, and the rest when it is released
    "bomb",  # zipped, and a thousand times as large as it seems
    "pdf",  # another Content-Type and another content
    "empty",  # 200 without a body
    "windows-1256",  # in that encoding, as the header says
    "windows-1256-meta",  # in that encoding, as only the page says
    "redesigned",  # other names for all elements of the page's main part
    "pages-of-jnews",  # the links to the pages of an article under that theme's names
    "pages-unnamed",  # the same under no name
    "blank",  # a frame that a script would fill
    "undated",  # no date anywhere
    "textless",  # an empty body
    "same-title",  # the site's name as the title
    "no-entries",  # a listing that says that there is nothing
    "challenge",  # 200 with a page that wants a browser
    "database",  # 500 with WordPress's page for a lost database
]


@dataclass(slots=True)
class Fault:
    """Makes answers fail: those to paths in which the regular expression ``match`` is found.

    It spares the first ``after`` of these, then strikes so many ``times``, or always where that is None. One of
    ``kind``, ``status`` (with ``body`` and ``headers``) and ``to`` (a redirect's target) says how; ``retry_after``, in
    seconds or as an HTTP date, goes with the last two.
    """

    match: str
    kind: Kind | None = None
    times: int | None = None
    after: int = 0
    status: int | None = None
    retry_after: int | str | None = None
    body: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    to: str | None = None
    released: Future[None] = field(default_factory=Future)
    """Until this is done, answers are held."""

    def strikes(self, path: str) -> bool:
        """Return whether ``path`` fails now, and count it."""
        if self.times == 0 or not re.search(self.match, path):
            return False
        if self.after:
            self.after -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True

    def release(self) -> None:
        """Let go the answers that are held, and hold no more."""
        self.released.set_result(None)

    def apply(self, reply: Reply) -> Reply:
        """Return the failed form of ``reply``."""
        if self.kind:
            return EFFECTS[self.kind](reply)
        wait = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        if self.to is not None:
            return Reply(self.status or 302, headers={"Location": self.to, **wait})
        status = self.status or 500
        body = _page(f"خطأ {status}") if self.body is None else self.body.encode()
        return Reply(status, body, headers={**self.headers, **wait})


@cache
def _bomb() -> bytes:
    return gzip.compress(bytes(64 << 20), 1)


def _page(text: str) -> bytes:
    return (
        f'<!DOCTYPE html><html dir="rtl"><head><title>{text}</title></head><body><h1>{text}</h1></body></html>'.encode()
    )


def _arabic(reply: Reply) -> bytes:
    text = reply.body.decode().replace('<meta charset="UTF-8">', '<meta charset="windows-1256">')
    return text.encode("windows-1256", "xmlcharrefreplace")


def _redesigned(html: str) -> str:
    html = re.sub(r"<(/?)(?:h1|time|article)\b", r"<\1div", _without_data(html))
    marks = re.compile(r' (?:class|id|itemprop|datetime|rel)="[^"]*"')
    return re.sub(r"<(?!body|html)\w+[^>]*>", lambda tag: marks.sub("", tag[0]), html)


def _pages_of_jnews(html: str) -> str:
    named = html.replace("post-page-numbers current", "page_number active").replace("post-page-numbers", "page_number")
    return named.replace("post-nav-links", "jeg_pagelinks")


def _pages_unnamed(html: str) -> str:
    return re.sub(r' class="post-(?:page-numbers|nav-links)[^"]*"', "", html)


def _blank(html: str) -> str:
    return re.sub(r"<div id=\"main\">.*?(?=<!-- beside)", "</div>", _without_data(html), flags=re.DOTALL)


def _without_data(html: str) -> str:
    return re.sub(r"<script type=\"application/ld\+json\">.*?</script>", "", html, flags=re.DOTALL)


def _undated(html: str) -> str:
    return re.sub(r"<time\b.*?</time>", "", _without_data(html), flags=re.DOTALL)


def _textless(html: str) -> str:
    return re.sub(
        r'(<div class="inner-post-entry[^>]*>).*?(<div class="tags-share-box)',
        r"\1</div></div>\2",
        html,
        flags=re.DOTALL,
    )


def _same_title(html: str) -> str:
    return re.sub(r"(<title>|<h1[^>]*>).*?(</title>|</h1>)", rf"\1{NAME}\2", _without_data(html), flags=re.DOTALL)


def _no_entries(html: str) -> str:
    return re.sub(r'<ul class="penci-wrapper-data.*?</ul>', "", html, flags=re.DOTALL)


def _changed(change: Callable[[str], str]) -> Callable[[Reply], Reply]:
    def apply(reply: Reply) -> Reply:
        is_page = reply.status == 200 and reply.content_type == HTML
        return replace(reply, body=change(reply.body.decode()).encode()) if is_page else reply

    return apply


def _as_it_is(reply: Reply) -> Reply:
    return reply


EFFECTS: dict[Kind, Callable[[Reply], Reply]] = {
    "reset": _as_it_is,  # these four befall the connection, not the page
    "truncated": _as_it_is,
    "held": _as_it_is,
    "overlong": _as_it_is,
    "cut": lambda reply: replace(reply, body=reply.body[: len(reply.body) // 2]),
    "pdf": lambda _: Reply(200, b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "application/pdf"),
    "empty": lambda _: Reply(200),
    "bomb": lambda _: Reply(200, _bomb(), HTML, headers={"Content-Encoding": "gzip"}),
    "windows-1256": lambda reply: replace(reply, body=_arabic(reply), content_type="text/html; charset=windows-1256"),
    "windows-1256-meta": lambda reply: replace(reply, body=_arabic(reply), content_type="text/html"),
    "redesigned": _changed(_redesigned),
    "pages-of-jnews": _changed(_pages_of_jnews),
    "pages-unnamed": _changed(_pages_unnamed),
    "blank": _changed(_blank),
    "undated": _changed(_undated),
    "textless": _changed(_textless),
    "same-title": _changed(_same_title),
    "no-entries": _changed(_no_entries),
    "challenge": lambda _: Reply(
        200, _page("Checking your browser before you continue") + b"<script>/* challenge */</script>", HTML
    ),
    "database": lambda _: Reply(500, _page("Error establishing a database connection")),
}
