"""What all steps have in common."""

from abc import ABC, abstractmethod
from typing import Any

from furat.items import Article


class ArticleStep(ABC):
    """A step that works on articles fresh from their page.

    Tombstones pass untouched, and so do articles that an earlier crawl archived and
    that only wait for their delivery: those have a revision.
    """

    def process_item(self, item: Any) -> Any:
        is_fresh = isinstance(item, Article) and not item.revision
        return self.process(item) if is_fresh else item

    @abstractmethod
    def process(self, article: Article) -> Article:
        """Return ``article`` one step further; raise a reason from furat.exceptions to let it leave."""
