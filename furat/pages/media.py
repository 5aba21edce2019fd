"""The pictures and players of a body, in the order in which they stand there."""

from collections.abc import Mapping
from functools import cached_property

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.items import Image
from furat.pages.lines import one_line
from furat.pages.pictures import image_url
from furat.pages.players import hidden, player_url, plays

FRAMES = frozenset({"iframe", "amp-iframe", "amp-video-iframe", "amp-facebook"})
"""What shows any address, be it a player or not."""


class Media:
    """Collects them, each once."""

    def __init__(self, container: Node, base: str) -> None:
        self.container = container
        self.base = base
        self._images: dict[str, str | None] = {}
        self._videos: dict[str, None] = {}
        self._plain: set[str] = set()
        """The addresses of the players without their settings."""
        self._awaits_picture = False

    @property
    def images(self) -> list[Image]:
        """The pictures with their captions."""
        return [Image(url=url, caption=caption) for url, caption in self._images.items()]

    @property
    def videos(self) -> list[str]:
        """The addresses of the players."""
        return [*self._videos]

    def add_image(self, node: Node) -> None:
        """Keep the picture's true address."""
        url = image_url(node, self.base)
        self._awaits_picture = url is None
        if url:
            self._images.setdefault(url, None)

    def add_noscript(self, node: Node) -> None:
        """Keep the picture and the player that a page without scripts shows, where a lazy loader hides its address."""
        picture = node.css_first("img") if self._awaits_picture else None
        if picture is not None:
            self.add_image(picture)
        player = node.css_first("iframe")
        given = player_url(player) if player is not None else None
        if given and given.partition("?")[0] not in self._plain:
            self.add_video(given)

    def add_player(self, node: Node) -> None:
        """Keep the address of a player."""
        self.add_video(player_url(node), is_player=node.tag not in FRAMES)

    def add_hidden(self, attributes: Mapping[str, str | None]) -> None:
        """Keep the addresses of players that an element keeps for a script."""
        for url in hidden(attributes):
            self.add_video(url)

    def add_video(self, given: str | None, *, is_player: bool = False) -> bool:
        """Return whether what was ``given`` is the address of a player, which is kept."""
        url = urls.absolute(self.base, given)
        if not url or not (is_player or plays(url)):
            return False
        self._videos.setdefault(url)
        self._plain.add(url.partition("?")[0])
        return True

    def add_caption(self, node: Node) -> bool:
        """Return whether the caption has a picture, which is given it; that of none, or of several, is text."""
        url = self._pictured(node.parent) if node.parent else None
        if url is None:
            return False
        caption = one_line(node.text(separator=" ")).strip() if node.css_first("br") else one_line(node.text()).strip()
        if caption and self._images[url] is None:
            self._images[url] = caption
        return True

    def _pictured(self, around: Node) -> str | None:
        """Return the only picture in what stands ``around`` a caption; out of figures, the last one."""
        url = self._only.get(around.mem_id)
        if url:
            self._images.setdefault(url, None)
            return url
        return next(reversed(self._images), None) if url == "" and around.tag != "figure" else None

    @cached_property
    def _only(self) -> dict[int, str]:
        """The only picture in each element that holds any, by its `mem_id`; empty where it holds several."""
        only: dict[int, str] = {}
        for node in self.container.css("img, amp-img"):
            url = image_url(node, self.base)
            above = node.parent if url else None
            # What knows of it, or of several, has told all that is around: so each is told of no more than two.
            while url and above is not None and (known := only.get(above.mem_id)) not in (url, ""):
                only[above.mem_id] = url if known is None else ""
                above = above.parent if above.mem_id != self.container.mem_id else None
        return only
