"""A list of posts from WordPress's REST API: the items that their pages give, without the pages."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from furat.exceptions import Incomplete
from furat.pages.post import Post

BOM = b"\xef\xbb\xbf"
BEYOND_SITE = re.compile(r"wp-json(?:/|$)|index\.php|\?")
SHOWN = 100
MOST_POSTS = 10**18
"""No post has a longer number, and no database keeps one."""


@dataclass(frozen=True)
class PostsPage:
    """Reads an answer of `wp-json/wp/v2/posts`; how many posts there are in all stands in the answer's headers.

    >>> PostsPage(b'{"code": "rest_forbidden", "message": "No."}', "https://example.org/wp-json/wp/v2/posts").posts
    Traceback (most recent call last):
    furat.exceptions.Incomplete: https://example.org/wp-json/wp/v2/posts refuses: rest_forbidden, 'No.'
    """

    body: bytes
    url: str

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """The posts in their order. Raises Incomplete, which says what was found, where the answer is no whole list."""
        value = self._value()
        if isinstance(value, dict) and "code" in value:
            raise Incomplete(f"{self.url} refuses: {value['code']}, {str(value.get('message'))[:SHOWN]!r}")
        if not isinstance(value, list) or not all(map(_is_post, value)):
            raise Incomplete(f"{self.url} gives no list of posts but {self._begin!r}")
        site = BEYOND_SITE.split(self.url, maxsplit=1)[0]
        return tuple(Post(site, data) for data in value)

    def _value(self) -> Any:
        try:
            # A byte order mark may be ignored (https://www.rfc-editor.org/rfc/rfc8259#section-8.1).
            return orjson.loads(self.body.removeprefix(BOM))
        except ValueError as error:
            raise Incomplete(f"{self.url} gives no JSON ({error}) but {self._begin!r}") from None

    @property
    def _begin(self) -> str:
        return " ".join(self.body[: 4 * SHOWN].decode(errors="replace").split())[:SHOWN]


def _is_post(value: object) -> bool:
    number = value.get("id") if isinstance(value, dict) else None
    return type(number) is int and 0 <= number < MOST_POSTS
