"""An article's paragraphs put together: those of one page, or of all the pages that print it."""

from dataclasses import replace

from furat.arabic import clean
from furat.items import Article, Image, digest


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
    return with_paragraphs(joined, tuple(paragraph for page in all_ for paragraph in page.paragraphs_raw))


def with_paragraphs(article: Article, printed: tuple[str, ...]) -> Article:
    """Return ``article`` with these paragraphs, and the text and the digest that follow from them; empty ones go."""
    cleaned = [(raw, paragraph) for raw in printed if (paragraph := clean(raw, article.language or "ar"))]
    return replace(
        article,
        text="\n\n".join(paragraph for _, paragraph in cleaned),
        paragraphs_raw=tuple(raw for raw, _ in cleaned),
        digest=digest(article.title_raw, (raw for raw, _ in cleaned)),
    )
