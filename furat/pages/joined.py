"""An article's paragraphs put together: those of one page, or of all the pages that print it."""

from collections.abc import Iterable
from dataclasses import replace

from furat import items, urls
from furat.arabic import clean
from furat.items import Article, Image
from furat.pages.later import addresses


def join(first: Article, *more: Article) -> Article:
    """Return the article that is printed on several pages, as one."""
    if not more:
        return first
    all_ = (first, *more)
    images: dict[str, Image] = {}
    for image in (image for page in all_ for image in page.images):
        images.setdefault(image.url, image)
    videos = tuple(dict.fromkeys(url for page in all_ for url in page.videos))
    joined = replace(first, images=tuple(images.values()), videos=videos)
    return with_paragraphs(joined, (paragraph for page in all_ for paragraph in page.paragraphs_raw))


def goes_on(first: Article, page: Article, number: int) -> bool:
    """Return whether ``page`` is the page ``number`` of the article that begins with ``first``.

    Where it prints no number of the post, its address tells
    (https://developer.wordpress.org/reference/functions/wp_get_canonical_url/).

    >>> first = Article(id="example.org/a", url="https://example.org/a/", seen="")
    >>> goes_on(first, replace(first, id="example.org/a/2", url="https://example.org/a/2/"), 2)
    True
    >>> plain = replace(first, id="example.org/?p=7", url="https://example.org/?p=7")
    >>> [goes_on(plain, replace(plain, id="x", url=f"https://example.org/?p=7&page={page}"), 2) for page in (2, 3)]
    [True, False]
    """
    return page.id == first.id or (
        page.post_id is None and page.url in map(urls.canonical, addresses(first.url, number))
    )


def is_again(parts: Iterable[Article], page: Article) -> bool:
    """Return whether ``page`` only shows once more what one of the ``parts`` of its article shows.

    WordPress leads to the first page where it has none of that number.
    """
    shown = {(part.digest, part.images, part.videos) for part in parts}
    return (page.digest, page.images, page.videos) in shown


def with_paragraphs(article: Article, printed: Iterable[str]) -> Article:
    """Return ``article`` with these paragraphs, and the text and the digest that follow from them; empty ones go."""
    text, paragraphs, digest = put_together(article.title_raw, printed, article.language)
    return replace(article, text=text, paragraphs_raw=paragraphs, digest=digest)


def put_together(title: str, printed: Iterable[str], language: str | None) -> tuple[str, tuple[str, ...], str]:
    """Return the text of the ``printed`` paragraphs, those of them that are not empty, and the article's digest."""
    raw = [*printed]
    cleaned = _cleaned(raw, language or "ar")
    paragraphs = tuple(one for one, text in zip(raw, cleaned, strict=True) if text)
    return "\n\n".join(filter(None, cleaned)), paragraphs, items.digest(title, paragraphs)


def _cleaned(raw: list[str], language: str) -> list[str]:
    """Return each paragraph clean; where each is one line, all at once: that takes half of the time."""
    printed = "\n".join([*raw, ""])
    if len(printed.splitlines()) == len(raw):
        lines = clean(printed, language).split("\n")
        if len(lines) == len(raw):  # no empty one went
            return lines
    return [clean(paragraph, language) for paragraph in raw]
