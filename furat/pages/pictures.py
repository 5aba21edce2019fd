"""The pictures of an article."""

import re
from collections.abc import Iterable
from itertools import chain

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.items import Image

LAZY = (
    *("data-lazy-src", "data-src", "data-original", "data-orig-src", "data-full-url"),
    *("data-opt-src", "data-cfsrc"),  # Optimole's and Cloudflare's
)
"""The attributes that may give the address of what a page loads later, the surest first."""

PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)", re.IGNORECASE)
HIDDEN = re.compile(r"(?:https?:/)?/\S+", re.IGNORECASE)
"""What is an address, not a title or a caption that names a picture."""

DRAWN = re.compile(r"\.svg(?:[?#]|$)", re.IGNORECASE)
"""A drawing is as large as it is shown, whatever size is given."""

PLACEHOLDER = re.compile(
    r"(?:^|/)(?:lazy[-_]?(?:load)?[-_]?)?(?:blank|placeholder|spacer|transparent|pixel|1x1)(?:[-_]?\d+x\d+)?\.(?:gif|png|svg)(?:\?|$)",
    re.IGNORECASE,
)
"""What stands where a picture is to come, unless its address is one of data."""

DOT = frozenset({"0", "1"})
"""The width and height of what counts readers; those of AMP's elements may be an aspect ratio."""

EMOJI = frozenset({"emoji", "wp-smiley"})
"""https://developer.wordpress.org/reference/functions/wp_staticize_emoji/, and older."""

SMILEY = len(":mrgreen:")
"""Letters of the longest that core writes for a smiley: more of them name a picture."""

SETS = ("data-lazy-srcset", "data-srcset", "srcset")
UNLOADED = frozenset({"src", "alt", "title", *SETS})
"""Attributes that do not hide the address of one picture, under whatever name a lazy loader hides it."""


def image_url(node: Node, base: str) -> str | None:
    """Return the address of an `img`, neither that of a lazy loader's placeholder nor of a dot that counts readers."""
    attributes = node.attributes
    shown = attributes.get("src") or ""
    given = chain(
        (attributes.get(name) for name in LAZY),
        () if PLACEHOLDER.search(shown) else (shown,),
        (_largest(attributes.get(name)) for name in SETS),
        (value for name, value in attributes.items() if name not in UNLOADED and _is_picture(value or "")),
    )
    url = next((url for value in given if value and (url := urls.absolute(base, value.replace("\\", "/")))), None)
    return None if url and _is_dot(node) and not DRAWN.search(url) else url


def _is_picture(hidden: str) -> bool:
    return HIDDEN.fullmatch(hidden) is not None and PICTURE.search(hidden) is not None


def _is_dot(node: Node) -> bool:
    return node.tag == "img" and node.attributes.get("width") in DOT and node.attributes.get("height") in DOT


def emoji(node: Node) -> str:
    """Return the character that core's scripts have put an `img` in the place of; empty where it is a picture."""
    attributes = node.attributes
    is_one = node.tag == "img" and not EMOJI.isdisjoint((attributes.get("class") or "").split())
    said = (attributes.get("alt") or "") if is_one else ""
    return said if len(said) <= SMILEY or not any(map(str.isalpha, said)) else ""


def _largest(given: str | None) -> str | None:
    """Return the address of the largest picture of a `srcset` (https://html.spec.whatwg.org/#srcset-attributes).

    >>> _largest("https://example.org/a-300.jpg 300w, https://example.org/a.jpg 1200w")
    'https://example.org/a.jpg'
    """
    if not given:
        return None
    pictures = [part.split() for part in given.split(", ")]
    sized = [(float(size[1:][-1][:-1]) if _is_size(size[1:]) else 0.0, size[0]) for size in pictures if size]
    return max(sized)[1] if sized else None


def _is_size(descriptors: list[str]) -> bool:
    return bool(descriptors) and descriptors[-1][:-1].replace(".", "", 1).isascii() and descriptors[-1][:-1].isdigit()


def with_featured(featured: Image | None, own: Iterable[Image]) -> tuple[Image, ...]:
    """Return the ``featured`` picture and a body's ``own``; one that is both stands among these, with its caption.

    >>> with_featured(Image(url="a", caption="حمص"), [Image(url="b"), Image(url="a")])
    (Image(url='b', caption=None), Image(url='a', caption='حمص'))
    """
    pictures = tuple(own)
    if featured is None:
        return pictures
    if all(image.url != featured.url for image in pictures):
        return (featured, *pictures)
    return tuple(featured if image.url == featured.url and not image.caption else image for image in pictures)
