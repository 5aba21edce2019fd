"""A feed: what its entries say, RSS 2.0 and Atom as WordPress writes them."""

import html
import re
from dataclasses import dataclass

from furat import urls
from furat.pages.moment import iso
from furat.pages.page import Page, text
from furat.pages.xml_document import Record, XmlDocument, first

SHORT = re.compile(r"[?&]p=(\d{1,18})$", re.ASCII)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One article as a feed shows it."""

    url: str
    """The absolute address, as printed."""

    post_id: int | None = None
    """The number that WordPress gives the post, where the entry's guid is its short address."""

    title: str = ""
    """The title as printed; of a post with a password WordPress's own word stands in front."""

    published: str | None = None
    """When it was published: ISO 8601, UTC."""

    updated: str | None = None
    """When it was last changed: ISO 8601, UTC; only Atom says so."""

    authors: tuple[str, ...] = ()
    """Names as printed."""

    terms: tuple[str, ...] = ()
    """Its categories and its tags; a feed does not tell which is which, WordPress prints the categories first."""

    content: str | None = None
    """The body as HTML, of an article of several pages the first; None where the feed holds only summaries."""

    @property
    def protected(self) -> bool:
        """Whether it asks for a password: its content is the form then."""
        return 'name="post_password"' in (self.content or "")


class FeedPage:
    """Reads a feed (https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287)."""

    def __init__(self, body: bytes, url: str) -> None:
        self.url = url
        document = XmlDocument(body, {"rss": "item", "feed": "entry"})
        read = self._of_rss if document.root == "rss" else self._of_atom
        self.entries: tuple[FeedEntry, ...] = tuple(filter(None, map(read, document)))
        """The entries in their order; what has no web address is left out."""
        self.is_feed = bool(document.root)
        """Whether it is RSS or Atom at all."""
        self.is_whole = document.is_whole
        """Whether it was neither cut off nor broken, so that the entries are all that it has."""

    def _of_rss(self, item: Record) -> FeedEntry | None:
        url = urls.absolute(self.url, first(item, "link"))
        if not url:
            return None
        return FeedEntry(
            url=url,
            post_id=_post_id(first(item, "guid")),
            title=" ".join(first(item, "title").split()),
            published=iso(first(item, "pubDate")),
            authors=_names(item, "dc:creator"),
            terms=tuple(dict.fromkeys(one.text for one in item.get("category", ()) if one.text)),
            content=next((one.text for one in item.get("content:encoded", ())), None),
        )

    def _of_atom(self, entry: Record) -> FeedEntry | None:
        links = (link.attributes for link in entry.get("link", ()))
        own = (link.get("href") for link in links if link.get("rel", "alternate") == "alternate")
        url = urls.absolute(self.url, next(own, None))
        contents = (one for one in entry.get("content", ()) if one.attributes.get("type") == "html")
        if not url:
            return None
        return FeedEntry(
            url=url,
            post_id=_post_id(first(entry, "id")),
            title=_title(entry),
            published=iso(first(entry, "published")),
            updated=iso(first(entry, "updated")),
            authors=_names(entry, "author/name"),
            terms=tuple(dict.fromkeys(filter(None, (one.attributes.get("term") for one in entry.get("category", ()))))),
            content=next((one.text for one in contents), None),
        )


def _post_id(guid: str) -> int | None:
    found = SHORT.search(guid)
    return int(found[1]) if found else None


def _names(record: Record, path: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(html.unescape(one.text) for one in record.get(path, ()) if one.text))


def _title(entry: Record) -> str:
    """Return an Atom title: plain unless it calls itself HTML."""
    printed = next(iter(entry.get("title", ())), None)
    if printed and printed.attributes.get("type") == "html":
        return text(Page(f"<body>{printed.text}", "").tree.body)
    return " ".join(printed.text.split()) if printed else ""
