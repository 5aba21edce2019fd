"""The article's words in one spelling."""

from dataclasses import replace
from functools import partial

from furat.arabic import clean
from furat.items import Article, Image
from furat.pipelines.step import ArticleStep


class Normalize(ArticleStep):
    """Makes names and captions clean, and title and text where a page has not; what was printed stays beside them."""

    def process(self, article: Article) -> Article:
        tidy = partial(clean, language=article.language or "ar")
        return replace(
            article,
            title=article.title or tidy(article.title_raw),
            text=article.text or "\n\n".join(filter(None, map(tidy, article.paragraphs_raw))),
            authors=tuple(map(tidy, article.authors)),
            categories=tuple(map(tidy, article.categories)),
            tags=tuple(map(tidy, article.tags)),
            images=tuple(Image(url=image.url, caption=tidy(image.caption or "") or None) for image in article.images),
        )
