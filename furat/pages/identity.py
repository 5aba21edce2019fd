"""What a page claims to be: claims, for others to believe or not."""

import re
from dataclasses import dataclass

from furat import urls
from furat.pages.page import Page

NUMBER = re.compile(r"\d{1,18}")
POST_ID = re.compile(r"postid-(\d{1,18})")
LATER_PAGE = re.compile(r"single-paged-\d{1,9}")
DATA = re.compile(r"/wp/v2/([\w-]{1,40})/\d{1,18}$")
"""Where core's head leads to the data of a page (https://developer.wordpress.org/reference/functions/rest_output_link_wp_head/)."""

SHORTLINK = re.compile(r"//[^/]+/([^?]*/)?\?p=(\d{1,18})$")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a page says of its own address and number, each as it stands there; None where it does not."""

    url: str
    """The address that answered."""

    canonical: str | None = None
    """The address of `rel=canonical`, whosever it is."""

    post_id: int | None = None
    """The number that core's body_class() or its comment form gives."""

    shortlink: str | None = None
    shortlink_id: int | None = None
    kind: str | None = None
    """What the address of the page's own data calls it, such as `posts`, `pages` or `categories`; `posts`, too, where
    core's head names the posts before and after it (adjacent_posts_rel_link_wp_head(), up to WordPress 5.5)."""

    root: str = ""
    """The path that the short address has before its query, such as `blog/`."""

    is_later_page: bool = False
    """Whether core says that it shows a later page of an article."""

    @property
    def agrees(self) -> bool:
        """Whether no claim speaks against another: one number, and the canonical address is the one that answered."""
        is_one_number = None in (self.post_id, self.shortlink_id) or self.post_id == self.shortlink_id
        own = urls.canonical(self.url)
        is_here = self.canonical is None or urls.canonical(self.canonical) == own or self.is_later_page
        return is_one_number and is_here


def identity_of(page: Page) -> Identity:
    """Return what ``page`` claims."""
    canonical, short = page.first("link", "canonical"), page.first("link", "shortlink")
    given = (short.attributes.get("href") or "") if short else ""
    shortlink = given if given.startswith("http") else page.link(short) if short else None
    found = SHORTLINK.search(shortlink or "")
    return Identity(
        url=page.url,
        canonical=page.link(canonical) if canonical else None,
        post_id=_post_id(page),
        shortlink=shortlink,
        shortlink_id=int(found[2]) if found else None,
        kind=_kind(page),
        root=(found[1] if found else None) or "",
        is_later_page=any(map(LATER_PAGE.fullmatch, page.body_classes)),
    )


def _kind(page: Page) -> str | None:
    data = page.first("link", "alternate")
    if found := DATA.search((data.attributes.get("href") or "") if data else ""):
        return found[1]
    return "posts" if page.first("link", "prev") or page.first("link", "next") else None


def _post_id(page: Page) -> int | None:
    found = next(filter(None, map(POST_ID.fullmatch, page.body_classes)), None)
    field = None if found else page.tree.css_first("input[name=comment_post_ID]")
    number = found[1] if found else (field and field.attributes.get("value")) or ""
    return int(number) if NUMBER.fullmatch(number) else None
