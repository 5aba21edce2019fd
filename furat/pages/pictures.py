"""The featured picture of an article, which themes print apart from its body."""

from collections.abc import Iterable

from selectolax.lexbor import LexborNode as Node

from furat.items import Image
from furat.pages.body import Reader, image_url
from furat.pages.names import ancestors


def picture(node: Node, base: str) -> Image | None:
    """Return the picture of an `img`, with the caption that the figure around it prints; None without an address."""
    url = image_url(node, base)
    figure = next((each for each in ancestors(node) if each.tag == "figure"), None)
    shown = Reader(figure, base).read().images if url and figure else []
    return next((image for image in shown if image.url == url), Image(url=url) if url else None)


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
