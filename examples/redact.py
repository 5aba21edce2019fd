"""A step of one's own: telephone numbers are left out of the text; what was printed stays in the archive."""

import re
from dataclasses import replace

from furat.items import Article
from furat.pipelines.step import ArticleStep

NUMBER = re.compile(r"(?<!\d)\+?\d(?:[ -]?\d){8,14}(?!\d)")
"""Nine to fifteen digits, as E.164 allows, whatever parts them."""


class Redact(ArticleStep):
    """Puts … for telephone numbers."""

    def process(self, article: Article) -> Article:
        return replace(article, text=NUMBER.sub("…", article.text))
