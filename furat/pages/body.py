"""The body of an article: its paragraphs as printed, its pictures and its players."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.items import Image
from furat.pages.kinds import BLOCKS, kind_of
from furat.pages.lines import one_line
from furat.pages.pictures import LAZY, image_url

BREAK = "\u2028"
"""What stands for a `br` until its line ends: Unicode's own line separator."""

BLANK_LINE = re.compile(rf"{BREAK}\s*{BREAK}")

PLAYERS = re.compile(
    r"youtube(?:-nocookie)?\.com/(?:embed|v|watch|shorts)|youtu\.be/|vimeo\.com/(?:video/)?\d|dailymotion\.com/(?:embed|player|video)|geo\.dailymotion|"
    r"facebook\.com/(?:plugins/video|v\d|watch|[^/?]+/videos/)|fb\.watch/|rumble\.com/embed|ok\.ru/videoembed|soundcloud\.com/player|tiktok\.com/(?:embed|player)|"
    r"streamable\.com|twitch\.tv|brightcove|jwplayer|jwplatform|videopress\.com/embed|odysee\.com|instagram\.com/(?:p|reel|tv)/.*embed|//t\.me/(?:c/)?\w+/\d"
)
PLAYED = (*LAZY, "data-href")

LONG = 600
"""Letters from which on a text is one that an article may have."""


@dataclass
class Body:
    """What stands in an article's container."""

    paragraphs: list[str] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    videos: list[str] = field(default_factory=list)


class Reader:
    """Reads a container once, from its beginning to its end."""

    def __init__(self, container: Node, base: str, heading: Node | None = None) -> None:
        self.container = container
        self.root = container.mem_id
        self.heading = heading.mem_id if heading else None
        self.base = base
        self.body = Body()
        self.line: list[str] = []

    def read(self) -> Body:
        """Return the body."""
        node = self.container.first_child
        while node is not None:
            following = None
            if node.is_text_node:
                self.add_text(node.text_content or "")
                following = node.next
            elif node.is_element_node and self.enter(node):
                following = node.first_child
            node = following or self.after(node)
        self.end_line()
        return self.body

    def after(self, node: Node) -> Node | None:
        """Return what follows ``node``; the blocks that end on the way end their lines."""
        above: Node | None = node
        while above is not None and above.mem_id != self.root:
            if above.tag in BLOCKS:
                self.end_line()
            if (beside := above.next) is not None:
                return beside
            above = above.parent
        return None

    def enter(self, node: Node) -> bool:
        """Take what ``node`` is, and return whether to go on below it."""
        attributes = node.attributes
        kind = kind_of(node.tag or "", attributes.get("class"), attributes.get("id"))
        if node.mem_id == self.heading:
            return self.begin()
        if post := attributes.get("data-telegram-post"):  # core.telegram.org/widgets/post
            self._keep_video(f"https://t.me/{post}")
        if kind == "none" or (kind == "suspect" and not self._is_most(node)):
            return False
        if kind in TAKEN:
            return TAKEN[kind](self, node)
        if kind in ("block", "suspect"):
            self.end_line()
        return True

    def add_text(self, printed: str) -> None:
        """Take what is ``printed`` on the line; what is blank begins none."""
        if self.line or not printed.isspace():
            self.line.append(printed)

    def end_line(self) -> None:
        """Keep what was printed since the last block as paragraphs: a blank line parts two."""
        if not self.line:
            return
        printed = "".join(self.line)
        self.line = []
        for part in BLANK_LINE.split(printed) if BREAK in printed else (printed,):
            paragraph = one_line(part.replace(BREAK, " ")).strip()
            if paragraph.strip("| "):
                self.body.paragraphs.append(paragraph)

    def begin(self) -> bool:
        """Forget what stood above the article's heading, in a container that holds both."""
        self.line.clear()
        self.body.paragraphs.clear()
        return False

    def add_break(self, _: Node) -> bool:
        """Mark the end of a printed line."""
        self.line.append(BREAK)
        return False

    def add_cell(self, _: Node) -> bool:
        """Part the cell from the one before it."""
        if "".join(self.line).strip():
            self.line.append(" | ")
        return True

    def add_image(self, node: Node) -> bool:
        """Keep the picture's true address."""
        if url := image_url(node, self.base):
            self._keep_image(url)
        return False

    def add_video(self, node: Node) -> bool:
        """Keep the address of a player."""
        source = node.css_first("source[src]") or node
        given = next((source.attributes[name] for name in PLAYED if source.attributes.get(name)), None)
        self._keep_video(given, is_player=node.tag != "iframe")
        return False

    def add_embed(self, node: Node) -> bool:
        """Keep the address of a player that the site could not embed; that of anything else is text."""
        printed = node.text().strip()
        return not (printed.startswith("http") and " " not in printed and self._keep_video(printed))

    def add_caption(self, node: Node) -> bool:
        """Give the caption to its picture; that of none, or of a figure of several, is text of the body."""
        place = self._pictured(node.parent) if node.parent else None
        if place is None:
            return True
        self.end_line()
        image, caption = self.body.images[place], one_line(node.text().replace(BREAK, " ")).strip()
        if caption and image.caption is None:
            self.body.images[place] = Image(url=image.url, caption=caption)
        return False

    def _is_most(self, node: Node) -> bool:
        """Return whether ``node`` holds most of a long text: then it is the body, whatever its name."""
        length = len(node.text())
        return length > LONG and 2 * length > len(self.container.text())

    def _pictured(self, around: Node) -> int | None:
        """Return the place of the only picture in what stands ``around`` a caption; out of figures, of the last one."""
        shown = {url for each in around.css("img") if (url := image_url(each, self.base))}
        if len(shown) == 1:
            return self._keep_image(*shown)
        return len(self.body.images) - 1 if shown and self.body.images and around.tag != "figure" else None

    def _keep_image(self, url: str) -> int:
        """Return the place of the picture at ``url`` among those of the body, where it stands now."""
        known = [image.url for image in self.body.images]
        if url in known:
            return known.index(url)
        self.body.images.append(Image(url=url))
        return len(known)

    def _keep_video(self, given: str | None, *, is_player: bool = False) -> bool:
        """Return whether what was ``given`` is the address of a player, which is kept."""
        url = urls.absolute(self.base, given)
        if not url or not (is_player or PLAYERS.search(url)):
            return False
        if url not in self.body.videos:
            self.body.videos.append(url)
        return True


TAKEN = {
    "br": Reader.add_break,
    "cell": Reader.add_cell,
    "image": Reader.add_image,
    "video": Reader.add_video,
    "embed": Reader.add_embed,
    "caption": Reader.add_caption,
}
"""How it is taken."""
