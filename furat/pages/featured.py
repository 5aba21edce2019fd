"""The picture that a theme shows with an article: its featured one."""

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode as Node

from furat.items import Image
from furat.pages.body import Reader
from furat.pages.names import ancestors
from furat.pages.page import Page
from furat.pages.pictures import image_url

SIZE = re.compile(r"-(?:\d{2,5}x\d{2,5}|scaled)$|\.\w{3,5}$")
"""How WordPress ends the names of a picture's sizes."""

MOST = 200
HIGH = 6
"""How far above the heading the part that shows both ends at most."""


class Featured:
    """Finds the picture: by core's mark, or as the one that the head names and the page shows with the heading."""

    def __init__(self, page: Page, heading: Node | None, container: Node | None, *, is_head_trusted: bool) -> None:
        self.page = page
        self.heading = heading
        self.container = container
        self.named = page.meta.get("og:image", ()) if is_head_trusted else ()

    def image(self) -> Image | None:
        """Return the picture with its caption."""
        node = next(self.page.all(self.page.layout.FEATURED), None) or self._shown()
        url = image_url(node, self.page.base) if node else None
        if node is None or url is None:
            return None
        figure = next((each for each in ancestors(node) if each.tag == "figure"), None)
        shown = Reader(figure, self.page.base).read().images if figure else []
        return next((image for image in shown if image.url == url), Image(url=url))

    def _shown(self) -> Node | None:
        """Return the picture around the heading that the head names too."""
        names = {_name(url) for url in self.named}
        if not names or self.heading is None:
            return None
        return next((node for node in self._near() if _name(image_url(node, self.page.base) or "") in names), None)

    def _near(self) -> Iterator[Node]:
        """Yield the pictures in the part that holds both the heading and the body."""
        inside = {each.mem_id for each in ancestors(self.container)} if self.container else set()
        above = islice(ancestors(self.heading), HIGH) if self.heading else ()
        around = next((each for each in above if each.mem_id in inside), None)
        yield from around.css("img")[:MOST] if around else ()


def _name(url: str) -> str:
    """Return the name that all sizes of a picture share; empty where it has none."""
    name = url.partition("?")[0].rpartition("/")[2]
    return SIZE.sub("", SIZE.sub("", name))
