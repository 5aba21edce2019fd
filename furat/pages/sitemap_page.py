"""A sitemap: the addresses that a site lists, or the sitemaps that list them."""

from dataclasses import dataclass

from furat import urls
from furat.pages.moment import iso
from furat.pages.xml_document import Record, XmlDocument, first


@dataclass(frozen=True, slots=True)
class Address:
    """One address that a sitemap lists."""

    url: str
    """The absolute address, as printed."""

    lastmod: str | None = None
    """When what lies there was last changed: ISO 8601, an offset or a date alone as printed; core prints none."""


class SitemapPage:
    """Reads a sitemap of core, Yoast, Rank Math or anybody (https://www.sitemaps.org/protocol.html), packed or not.

    >>> page = SitemapPage(b"<urlset><url><loc>https://example.org/a/</loc></url></urlset>", "https://example.org/s.xml")
    >>> page.addresses, page.sitemaps, page.is_whole
    ((Address(url='https://example.org/a/', lastmod=None),), (), True)
    """

    def __init__(self, body: bytes, url: str) -> None:
        self.url = url
        document = XmlDocument(body, {"urlset": "url", "sitemapindex": "sitemap"})
        found = {address.url: address for record in document if (address := self._address(record))}
        self.sitemaps = tuple(found.values()) if document.root == "sitemapindex" else ()
        """The sitemaps that an index lists, in its order, each once."""
        self.addresses = tuple(found.values()) if document.root == "urlset" else ()
        """The pages that a sitemap lists, in its order, each once; other sites' are the caller's to refuse."""
        self.is_sitemap = bool(document.root)
        """Whether it is a sitemap or an index of them at all."""
        self.is_whole = document.is_whole
        """Whether it was neither cut off nor broken nor endless, so that what it lists is all."""

    def _address(self, record: Record) -> Address | None:
        url = urls.absolute(self.url, first(record, "loc"))
        changed = first(record, "lastmod")
        return Address(url, iso(changed) if changed else None) if url else None
