"""The body of an article: its paragraphs as printed, its pictures and its players."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode as Node

from furat.items import Image
from furat.pages.body_lines import TITLED, Line, Links, kept
from furat.pages.kinds import BLOCK_TAGS, kind_of, opens
from furat.pages.lines import one_line, printed
from furat.pages.marks import bounded
from furat.pages.measure import Measure
from furat.pages.media import Media
from furat.pages.names import ancestors, links_in
from furat.pages.pictures import emoji
from furat.pages.tags import TEXT

BREAK = "\u2028"
"""What stands for a `br` until its line ends: Unicode's own line separator."""

BLOCK_STYLE = re.compile(r"display\s{0,9}:\s{0,9}(?:block|flex|grid|list-item|table)\b")
BLANK_LINE = re.compile(rf"{BREAK}\s*{BREAK}")

ASKED = "input[type=password], input[type=email], input[type=search], input[type=text], textarea"


@dataclass
class Body:
    """What stands in an article's container."""

    paragraphs: list[str] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    videos: list[str] = field(default_factory=list)


class Reader:
    """Reads a container once, from its beginning to its end."""

    def __init__(self, container: Node, base: str, heading: Node | None = None, dropped: Iterable[int] = ()) -> None:
        """Take the `mem_id` of elements that are known to be none of the article as ``dropped``."""
        self.container = container
        self.root = container.mem_id
        self.heading = heading.mem_id if heading else None
        self.around = {self.heading, *(node.mem_id for node in ancestors(heading))} if heading else set()
        self.base = base
        self.known = {self.heading, *dropped}
        self.media = Media(container, base)
        self.lines: list[Line] = []
        self.line: list[str] = []
        self.block = ""
        self.parting: set[int] = set()
        self.links = Links(base)
        self.measure = Measure(container)

    def read(self) -> Body:
        """Return the body."""
        node = self.container.first_child
        while node is not None:
            following = None
            if node.tag_id == TEXT:
                printed = node.text_content or ""
                if self.line or not printed.isspace():  # what is blank begins no line
                    self.line.append(printed)
                following = node.next
            elif node.is_element_node and self.enter(node):
                following = node.first_child
            node = following or self.after(node)
        self.end_line()
        return Body([*kept(self.lines)], self.media.images, self.media.videos)

    def after(self, node: Node) -> Node | None:
        """Return what follows ``node``; the blocks that end on the way end their lines."""
        above: Node | None = node
        while above is not None and above.mem_id != self.root:
            if above.tag_id in BLOCK_TAGS:
                if self.line:
                    self.end_line()
                self.block = ""
            elif self.parting and above.mem_id in self.parting:
                self.line.append(" ")
            if (beside := above.next) is not None:
                return beside
            above = above.parent
        return None

    def enter(self, node: Node) -> bool:
        """Take what ``node`` is, and return whether to go on below it."""
        if node.mem_id in self.known:
            return self.leave_out(node)
        tag, attributes = node.tag or "", node.attributes
        if attributes:
            kind = kind_of(tag, attributes.get("class"), attributes.get("id"))
            if post := attributes.get("data-telegram-post"):  # core.telegram.org/widgets/post
                self.media.add_video(f"https://t.me/{post}")
        else:
            kind = kind_of(tag, None, None)
        if attributes and kind in {"inline", "block"}:
            self.media.add_hidden(attributes)
        if kind == "inline":
            if attributes and BLOCK_STYLE.search(attributes.get("style") or ""):
                self.part(node)
            return True
        if kind == "block":
            if self.line:
                self.end_line()
            self.block = tag
            return True
        return self.take(node, tag, kind)

    def part(self, node: Node) -> None:
        """Part the words of ``node`` from those beside it."""
        self.line.append(" ")
        self.parting.add(node.mem_id)

    def take(self, node: Node, tag: str, kind: str) -> bool:
        """Take what is more than text, or less."""
        if kind in TAKEN:
            return TAKEN[kind](self, node)
        if kind == "none" or self._is_left_out(node, kind):
            return False
        self.end_line()
        self.block = tag
        return True

    def end_line(self) -> None:
        """Keep what was printed since the last block as paragraphs: a blank line parts two."""
        if not self.line:
            return
        printed = "".join(self.line)
        self.line = []
        for part in BLANK_LINE.split(printed) if BREAK in printed else (printed,):
            paragraph = bounded(one_line(part.replace(BREAK, " ")).strip())
            if paragraph.strip("| "):
                self.lines.append(Line(paragraph, self.links.kind(paragraph, self.block)))
        self.links.forget()

    def leave_out(self, node: Node) -> bool:
        """Leave out what is known to be none of the text, and all that stands above the article's heading."""
        if node.mem_id != self.heading:
            self.end_line()
            return False
        self.line.clear()
        self.lines.clear()
        self.links.forget()
        return False

    def add_break(self, _: Node) -> bool:
        """Mark the end of a printed line."""
        self.line.append(BREAK)
        return False

    def add_cell(self, _: Node) -> bool:
        """Part the cell from the one before it."""
        if any(not part.isspace() for part in self.line[-2:]):
            self.line.append(" | ")
        return True

    def add_link(self, node: Node) -> bool:
        """Note how much of the line is a link, and to what."""
        self.links.add(node)
        return True

    def add_time(self, node: Node) -> bool:
        """Note how much of the line is a date."""
        self.links.add_label(len(printed(node)) + 1)
        return True

    def add_note(self, node: Node) -> bool:
        """Part the number of a footnote from its word."""
        if self.line and links_in(node):
            self.line.append(" ")
        return True

    def add_image(self, node: Node) -> bool:
        """Keep a picture, which parts words; one of a character is that character."""
        character = emoji(node)
        if not character:
            self.media.add_image(node)
        if self.line or character:
            self.line.append(character or " ")
        return False

    def add_noscript(self, node: Node) -> bool:
        """Keep a picture that scripts hide."""
        self.media.add_noscript(node)
        return False

    def add_video(self, node: Node) -> bool:
        """Keep a player."""
        self.media.add_player(node)
        return False

    def add_embed(self, node: Node) -> bool:
        """Keep the address of a player that the site could not embed; that of anything else is text."""
        only = node.first_child
        address = (only.text_content or "").strip() if only and only.is_text_node and only.next is None else ""
        return not (address.startswith("http") and " " not in address and self.media.add_video(address))

    def add_caption(self, node: Node) -> bool:
        """Give a caption to its picture; without one, it is text."""
        if not self.media.add_caption(node):
            return True
        self.end_line()
        return False

    def add_button(self, node: Node) -> bool:
        """Take the heading of an accordion; what else a button says, or a label in a form, is no text."""
        self.part(node)
        if node.tag == "label":
            return self.measure.is_switch(node) and not any(around.tag == "form" for around in ancestors(node))
        around = node.parent
        return opens(node.attributes) or (around is not None and around.tag in {*TITLED, "summary"})

    def add_form(self, node: Node) -> bool:
        """Take what stands in a form around the text; one that asks for something is none of it."""
        self.end_line()
        return self.measure.is_most(node) or node.css_first(ASKED) is None

    def _is_left_out(self, node: Node, kind: str) -> bool:
        """Return whether what its name sets aside is left out, as its text bears the name out."""
        if node.mem_id in self.around:
            return False
        if kind == "suspect" and (self.measure.is_most(node) or self.measure.is_gallery(node)):
            return False
        if kind == "written" and not self.measure.is_label(node):
            return False
        links = node.css("a")
        self.end_line()
        if len(links) > 1:
            self.lines.append(Line("", "gone"))
        return True


TAKEN = {
    "br": Reader.add_break,
    "button": Reader.add_button,
    "caption": Reader.add_caption,
    "cell": Reader.add_cell,
    "embed": Reader.add_embed,
    "form": Reader.add_form,
    "image": Reader.add_image,
    "link": Reader.add_link,
    "noscript": Reader.add_noscript,
    "note": Reader.add_note,
    "time": Reader.add_time,
    "video": Reader.add_video,
}
"""How it is taken."""
