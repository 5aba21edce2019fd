"""A sitemap: the addresses that a site lists, or the sitemaps that list them."""

from dataclasses import dataclass
from functools import cached_property

from furat import urls
from furat.pages.moments import iso
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
        self._document = XmlDocument(body, {"url", "sitemap"})

    @property
    def sitemaps(self) -> tuple[Address, ...]:
        """The sitemaps that an index lists, in its order."""
        return tuple(self._found["sitemap"].values())

    @property
    def addresses(self) -> tuple[Address, ...]:
        """The pages that a sitemap lists, in its order, each once; other sites' are the caller's to refuse."""
        return tuple(self._found["url"].values())

    @property
    def is_sitemap(self) -> bool:
        """Whether it is a sitemap or an index of them at all."""
        return bool(self._found) and self._document.root in ("urlset", "sitemapindex")

    @property
    def is_whole(self) -> bool:
        """Whether it was neither cut off nor broken nor endless, so that the addresses are all that it lists."""
        return self.is_sitemap and self._document.is_whole

    @cached_property
    def _found(self) -> dict[str, dict[str, Address]]:
        found: dict[str, dict[str, Address]] = {"url": {}, "sitemap": {}}
        for name, record in self._document:
            if address := self._address(record):
                found[name].setdefault(address.url, address)
        return found

    def _address(self, record: Record) -> Address | None:
        url = urls.absolute(self.url, first(record, "loc"))
        changed = first(record, "lastmod")
        return Address(url, iso(changed) if changed else None) if url else None
