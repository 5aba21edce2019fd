"""The items of a crawl: an Article, or the Tombstone of one."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Literal

import orjson


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of an article."""

    url: str
    """Its real address, not the placeholder of a lazy loader."""

    caption: str | None = None
    """What is printed under it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as the site showed it when it was seen."""

    kind: Literal["article"] = "article"
    """Always `article`."""

    id: str
    """`<host>/<post id>`, or `<host>/<canonical path>` if the page prints no id; it stays the same through renames."""

    url: str
    """The canonical address."""

    post_id: int | None = None
    """The post number in WordPress."""

    revision: int = 0
    """1 at first; increased by one whenever the printed title or paragraphs change."""

    digest: str = ""
    """SHA-256 of the printed title and paragraphs, without spacing and invisible marks, in hexadecimal.

    It distinguishes revisions of one article, not articles.
    """

    title: str = ""
    """The title, clean; empty if the article has none."""

    text: str = ""
    """The paragraphs, clean, separated by blank lines; empty if the article is a video or a picture."""

    title_raw: str = ""
    """The title as printed. Always in the archive; in the feed only if configured."""

    paragraphs_raw: tuple[str, ...] = ()
    """The paragraphs as printed. Always in the archive; in the feed only if configured."""

    guessed: bool = False
    """Whether the text is a guess, without a known layout. Always in the archive; in the feed only if configured."""

    authors: tuple[str, ...] = ()
    """Names as printed, without a label such as "by"."""

    published: str | None = None
    """When it was published, according to the site: ISO 8601 with offset, or a date alone if the page gives no time."""

    modified: str | None = None
    """When it was last changed, according to the site: ISO 8601 with offset, or a date alone if there is no time."""

    published_raw: str | None = None
    """The date as printed."""

    published_source: str | None = None
    """Where the date was found: `time`, `json-ld`, `meta` or `visible`; `url` if only the address tells the day, and
    `api` or `feed` if only that had it."""

    categories: tuple[str, ...] = ()
    """The article's own categories, in the order printed."""

    tags: tuple[str, ...] = ()
    """The article's own tags, in the order printed."""

    sections: tuple[str, ...] = ()
    """The names of the sections on whose listings it was seen; feeds, sitemaps and the API have none."""

    images: tuple[Image, ...] = ()
    """Its pictures, each with its caption."""

    videos: tuple[str, ...] = ()
    """Addresses of embedded players."""

    language: str | None = None
    """The language that the page declares, such as `ar`; null if the article came from the API, which has none."""

    duplicate_of: str | None = None
    """The id of the article that it copies: the first archived article of its cluster, which is never itself a copy."""

    duplicate_kind: str | None = None
    """`exact`: the same words in the same order, regardless of spelling and title; `near`: an edited copy.

    Harakat, the forms of hamza, ة and ه, ى and ي, the script of digits and punctuation count as spelling. Texts of
    fewer than 12 words are not copies, unless text and title together have 12 words and both are the same.
    """

    similarity: float | None = None
    """Share of the words of both texts that the other has too, from 0 to 1; null if it is not a copy."""

    first_seen: str = ""
    """When the archive first saw the article: ISO 8601, UTC."""

    seen: str = ""
    """When it was seen in this state: ISO 8601, UTC."""

    crawl: str = ""
    """The id of the crawl that saw it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """An archived article that is gone from the site."""

    kind: Literal["tombstone"] = "tombstone"
    """Always `tombstone`."""

    id: str
    """The id of the article."""

    url: str
    """The address that it had."""

    post_id: int | None = None
    """The post number in WordPress, when there was one."""

    revision: int = 0
    """One more than the revision of the article's last state."""

    seen: str
    """When it was found gone: ISO 8601, UTC."""

    gone: int
    """The HTTP status that showed it: 404, 410, or 301 if its address now leads to another article or the home page."""


@dataclass(frozen=True, slots=True)
class Redelivered:
    """An item that an earlier crawl archived but could not deliver: no step changes it, it only goes to the feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeliveredArticle(Article, Redelivered):
    """An article that is delivered again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeliveredTombstone(Tombstone, Redelivered):
    """A tombstone that is delivered again."""


STORED = ("title_raw", "paragraphs_raw", "guessed")
"""Fields that are always in the store, and in the feed only by setting."""


DELIVERED = [*(field.name for field in fields(Article) if field.name not in STORED), "gone"]
"""The fields of the feed, in order; only tombstones have `gone`."""

PROMISED = ("title", "published", "text", "layout")
"""What a site's articles usually have; `layout` means that the text was found at a known place."""


def lacking(article: Article) -> tuple[str, ...]:
    """Return which of `PROMISED` the ``article`` lacks.

    >>> lacking(Article(id="example.org/7", url="https://example.org/a/", title="خبر", guessed=True))
    ('published', 'text', 'layout')
    """
    has = (article.title, article.published, article.text, not article.guessed)
    return tuple(name for name, value in zip(PROMISED, has, strict=True) if not value)


def digest(title: str, paragraphs: Iterable[str]) -> str:
    """Return the SHA-256 of a printed article in hexadecimal; spacing, paragraph breaks, invisible marks don't count.

    >>> digest("حمص", ["خبر  أول", "ثان"]) == digest(" حمص ", ["خبر أول ثان"])
    True
    """
    printed = unicodedata.normalize("NFC", "".join((title, " ", *paragraphs))).replace(" ", "")
    if not printed.isprintable():  # other spaces and format characters are not printable; most articles have none
        printed = "".join(printed.split())
        for mark in set() if printed.isprintable() else {c for c in set(printed) if unicodedata.category(c) == "Cf"}:
            printed = printed.replace(mark, "")  # far cheaper than one table for all: a text has few of them
    return hashlib.sha256(printed.encode("utf-8", "surrogatepass")).hexdigest()


def to_json(item: Article | Tombstone) -> bytes:
    """Return ``item`` as JSON in UTF-8, with its keys in the order of the fields."""
    return orjson.dumps(item)


class Unreadable(ValueError):  # noqa: N818 (the name says what it is)
    """Raised for a stored item that is damaged."""


def from_json(record: str | bytes, change: str = "{}") -> Article | Tombstone:
    """Return the item that `to_json` wrote, with the fields in ``change``, a JSON object, replaced.

    Raises Unreadable if one of them is no JSON, as what `furat.store.packed.plain` returns for a damaged item.

    >>> stone = Tombstone(id="example.org/7", url="https://example.org/a/", seen="2026-01-01T00:00:00+00:00", gone=410)
    >>> from_json(to_json(stone)) == stone
    True
    """
    try:
        told = orjson.loads(record) | orjson.loads(change)
    except orjson.JSONDecodeError:
        raise Unreadable("its record in archive.db can't be read; run `scrapy check-archive`") from None
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    if fields["kind"] == "tombstone":
        return Tombstone(**fields)
    fields["images"] = tuple(Image(**image) for image in fields["images"])
    return Article(**fields)


def without(record: bytes, field: bytes) -> bytes:
    """Return the JSON of an article without what stands between ``field`` and its authors, which is most of it.

    No text can look like a field's name: in JSON its quotes are escaped.

    >>> without(b'{"text":"a","title_raw":"b","paragraphs_raw":["c"],"guessed":false,"authors":[]}', b',"title_raw":')
    b'{"text":"a","authors":[]}'
    """
    begin = record.find(field)
    end = record.find(b',"authors":', begin)
    return record[:begin] + record[end:] if 0 <= begin < end else record


def redelivered(item: Article | Tombstone) -> RedeliveredArticle | RedeliveredTombstone:
    """Return ``item`` as a redelivered one.

    >>> again = redelivered(Article(id="example.org/7", url="https://example.org/a/", revision=2))
    >>> isinstance(again, Redelivered), again.revision
    (True, 2)
    """
    values = {field.name: getattr(item, field.name) for field in fields(item)}
    return RedeliveredTombstone(**values) if isinstance(item, Tombstone) else RedeliveredArticle(**values)
