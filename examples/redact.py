"""A step of one's own: telephone numbers are left out of the text; what was printed stays in the archive."""

import re
from dataclasses import replace

from scrapy.settings import BaseSettings

from furat.items import Article
from furat.pipelines.step import ArticleStep

NUMBER = re.compile(r"(?<!\d)\+?\d(?:[ -]?\d){8,14}(?!\d)")
"""Nine to fifteen digits, as E.164 allows, whatever parts them."""


class Redact(ArticleStep):
    """Puts … for telephone numbers."""

    def process(self, article: Article) -> Article:
        return replace(article, text=NUMBER.sub("…", article.text))


class RedactAddOn:
    """Adds the step to a crawl: `scrapy crawl news -s 'ADDONS={"examples.redact.RedactAddOn": 100}'`."""

    def update_settings(self, settings: BaseSettings) -> None:
        settings.set_in_component_priority_dict("ITEM_PIPELINES", Redact, 150)  # after Normalize
