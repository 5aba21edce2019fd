"""The pictures of an article."""

from collections.abc import Iterable

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.items import Image

LAZY = (
    *("data-lazy-src", "data-src", "data-original", "data-orig-src", "data-full-url"),
    *("data-opt-src", "data-cfsrc"),  # Optimole's and Cloudflare's
    "src",
)
"""The attributes that may give the address of what a page loads, the surest first."""


def image_url(node: Node, base: str) -> str | None:
    """Return the address of an `img`, not that of a lazy loader's placeholder."""
    attributes = node.attributes
    given = (attributes.get(name) for name in LAZY)
    return next((url for value in given if value and (url := urls.absolute(base, value.replace("\\", "/")))), None)


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
