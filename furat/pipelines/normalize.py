"""Normalizes the article's title, text, names and captions."""

from dataclasses import replace
from functools import partial
from typing import Any

from furat import arabic
from furat.items import Article, Image
from furat.pipelines.step import ArticleStep


class Normalize(ArticleStep):
    """Cleans names and captions, and title and text unless the page did; `_raw` fields keep what was printed."""

    def process(self, article: Article) -> Article:
        language = article.language or "ar"
        tidy = partial(arabic.tidy, language=language)
        tidied: dict[str, Any] = {
            "title": article.title or arabic.clean(article.title_raw, language),
            "text": article.text
            or "\n\n".join(filter(None, (arabic.clean(paragraph, language) for paragraph in article.paragraphs_raw))),
            "authors": tuple(map(tidy, article.authors)),
            "categories": tuple(map(tidy, article.categories)),
            "tags": tuple(map(tidy, article.tags)),
            "images": tuple(
                Image(url=image.url, caption=tidy(image.caption or "") or None) for image in article.images
            ),
        }
        changed = {name: value for name, value in tidied.items() if value != getattr(article, name)}
        return replace(article, **changed) if changed else article
