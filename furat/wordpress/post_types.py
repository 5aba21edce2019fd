"""The types of posts that a site has, and where the REST API lists the posts of each."""

import re
from collections.abc import Mapping
from typing import Any

import orjson

NO_NEWS = re.compile(r"post|page|attachment|nav_menu_item|(?:wp_|product|elementor|e-).*", re.DOTALL)
"""Types that are listed otherwise, or of WordPress's own, a shop's or a page builder's things, as in sitemaps
(https://developer.wordpress.org/themes/basics/post-types/#default-post-types)."""

NAMESPACE = re.compile(r"[\w-]{1,60}/v\d{1,3}", re.ASCII)
BASE = re.compile(r"[\w-]{1,60}", re.ASCII)
"""A plain part of a path, as WordPress makes it of a type's name; a pattern of parameters names no list."""


def routes_of(answer: bytes) -> list[str] | None:
    """Return the routes to the posts of the types that may hold articles; None if ``answer`` is no list of types.

    It is that of `wp/v2/types` (https://developer.wordpress.org/rest-api/reference/post-types/).

    >>> routes_of(b'{"post": {"rest_base": "posts"}, "report": {"rest_base": "reports"}, "ad": {"rest_base": false}}')
    ['wp/v2/reports']
    """
    try:
        types = orjson.loads(answer)
    except ValueError:
        return None
    if not isinstance(types, dict):
        return None
    own = (kind for name, kind in types.items() if isinstance(kind, dict) and not NO_NEWS.fullmatch(name))
    return [*dict.fromkeys(filter(None, map(_route, own)))]


def _route(kind: Mapping[str, Any]) -> str | None:
    """Return the route to the posts of a type; None if it has none, or none that is plain."""
    space, base = kind.get("rest_namespace", "wp/v2"), kind.get("rest_base")
    is_plain = isinstance(space, str) and isinstance(base, str) and NAMESPACE.fullmatch(space) and BASE.fullmatch(base)
    return f"{space}/{base}" if is_plain else None
