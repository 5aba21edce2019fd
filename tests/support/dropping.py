"""Settings whose own step drops an item, and whose other fails over one."""

from scrapy.exceptions import DropItem

from furat.items import Article
from furat.pipelines.step import ArticleStep
from furat.settings import *  # noqa: F403 (this is how one Scrapy project builds on another)
from furat.settings import ITEM_PIPELINES


class Drop(ArticleStep):
    """Drops one article, and fails over another."""

    def process(self, article: Article) -> Article:
        if article.post_id and article.post_id % 7 == 0:
            raise DropItem("not for us")
        if article.post_id and article.post_id % 7 == 1:
            raise KeyError("a bug")
        return article


ITEM_PIPELINES = {**ITEM_PIPELINES, "tests.support.dropping.Drop": 150}
