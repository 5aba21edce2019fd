"""What flows through a crawl: an Article, or the Tombstone of one."""

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
    """`<host>/<post id>`, or `<host>/<canonical path>` where the page prints no id; the same through renames."""

    url: str
    """The canonical address."""

    post_id: int | None = None
    """The number that WordPress gives the post."""

    revision: int = 0
    """1 at first; one more whenever the printed title or paragraphs change."""

    digest: str = ""
    """SHA-256 of the printed title and paragraphs, spacing and invisible marks left out, in hexadecimal.

    It tells revisions of one article apart, never articles.
    """

    title: str = ""
    """The title, clean; empty where the article has none."""

    text: str = ""
    """The paragraphs, clean, a blank line between them; empty where the article is a video or a picture."""

    title_raw: str = ""
    """The title as printed. Always in the store, in the feed only by setting."""

    paragraphs_raw: tuple[str, ...] = ()
    """The paragraphs as printed. Always in the store, in the feed only by setting."""

    guessed: bool = False
    """Whether the text is a guess, as no layout knows the page. Always in the store, in the feed only by setting."""

    authors: tuple[str, ...] = ()
    """Names as printed, without a label such as "by"."""

    published: str | None = None
    """When the site says it was published: ISO 8601 with offset, or a date alone if the page says no more."""

    modified: str | None = None
    """When the site says it was last changed: ISO 8601 with offset, or a date alone if a page says no more."""

    published_raw: str | None = None
    """The date as printed."""

    published_source: str | None = None
    """Where the date was printed: `time`, `json-ld`, `meta` or `visible`; `api` or `feed` where only that told it."""

    categories: tuple[str, ...] = ()
    """The article's own categories, in print order."""

    tags: tuple[str, ...] = ()
    """The article's own tags, in print order."""

    sections: tuple[str, ...] = ()
    """The sections on whose listings it was seen, by name; feeds, sitemaps and the API show none."""

    images: tuple[Image, ...] = ()
    """Its pictures, each with its caption."""

    videos: tuple[str, ...] = ()
    """Addresses of embedded players."""

    language: str | None = None
    """The language that the page declares, such as `ar`; null from the API, which tells none."""

    duplicate_of: str | None = None
    """The id of the article that it copies: the first of its cluster that was archived, never itself a copy."""

    duplicate_kind: str | None = None
    """`exact`: the same words in the same order, whatever their spelling and the title; `near`: an edited copy.

    Harakat, the forms of hamza, ة and ه, ى and ي, the script of digits and punctuation are spelling. Texts of fewer
    than 12 words are no copies, unless they and their titles have as many together and are the same.
    """

    similarity: float | None = None
    """Share of the words of both texts that live on in the other, from 0 to 1; null where it is no copy."""

    first_seen: str = ""
    """When the archive first saw the article: ISO 8601, UTC."""

    seen: str = ""
    """When this state of it was seen: ISO 8601, UTC."""

    crawl: str = ""
    """The id of the crawl that saw it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """An article that the archive knows and that is gone from the site."""

    kind: Literal["tombstone"] = "tombstone"
    """Always `tombstone`."""

    id: str
    """The id of the article."""

    url: str
    """The address that it had."""

    post_id: int | None = None
    """The number that WordPress gave the post."""

    revision: int = 0
    """One more than that of the article's last state."""

    seen: str
    """When it was found gone: ISO 8601, UTC."""

    gone: int
    """The HTTP status that said so: 404, 410, or 301 where its address leads to another article or home now."""


@dataclass(frozen=True, slots=True)
class Redelivered:
    """An item that an earlier crawl archived and could not deliver: no step changes it, it only goes to the feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeliveredArticle(Article, Redelivered):
    """An article that is delivered again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeliveredTombstone(Tombstone, Redelivered):
    """A tombstone that is delivered again."""


STORED = ("title_raw", "paragraphs_raw", "guessed")
"""Fields that are always in the store, and in the feed only by setting."""


DELIVERED = [*(field.name for field in fields(Article) if field.name not in STORED), "gone"]
"""The fields of the feed, in its order; `gone` is of tombstones."""

PROMISED = ("title", "published", "text", "layout")
"""What a site's articles usually have; `layout` is a known place of the text."""


def lacking(article: Article) -> tuple[str, ...]:
    """Return the names of what ``article`` lacks; `layout` is a known place of its text.

    >>> lacking(Article(id="example.org/7", url="https://example.org/a/", title="خبر", guessed=True))
    ('published', 'text', 'layout')
    """
    has = (article.title, article.published, article.text, not article.guessed)
    return tuple(name for name, value in zip(PROMISED, has, strict=True) if not value)


def digest(title: str, paragraphs: Iterable[str]) -> str:
    """Return the SHA-256 of a printed article in hexadecimal, blind to spacing, paragraph breaks and invisible marks.

    >>> digest("حمص", ["خبر  أول", "ثان"]) == digest(" حمص ", ["خبر أول ثان"])
    True
    """
    printed = unicodedata.normalize("NFC", "".join((title, " ", *paragraphs))).replace(" ", "")
    if not printed.isprintable():  # other spaces and marks of format are not printable; most articles have none
        printed = "".join(printed.split())
        printed = printed.translate({ord(c): None for c in set(printed) if unicodedata.category(c) == "Cf"})
    return hashlib.sha256(printed.encode("utf-8", "surrogatepass")).hexdigest()


def to_json(item: Article | Tombstone) -> bytes:
    """Return ``item`` as JSON in UTF-8, keys in the order of its fields."""
    return orjson.dumps(item)


def from_json(record: str | bytes, change: str = "{}") -> Article | Tombstone:
    """Return the item that `to_json` wrote, but for the fields that ``change`` gives, a JSON object.

    >>> stone = Tombstone(id="example.org/7", url="https://example.org/a/", seen="2026-01-01T00:00:00+00:00", gone=410)
    >>> from_json(to_json(stone)) == stone
    True
    """
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in (orjson.loads(record) | orjson.loads(change)).items()
    }
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
    """Return ``item`` as one that is delivered again.

    >>> again = redelivered(Article(id="example.org/7", url="https://example.org/a/", revision=2))
    >>> isinstance(again, Redelivered), again.revision
    (True, 2)
    """
    values = {field.name: getattr(item, field.name) for field in fields(item)}
    return RedeliveredTombstone(**values) if isinstance(item, Tombstone) else RedeliveredArticle(**values)
