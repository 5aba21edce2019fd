"""The base class of steps that work on articles."""

from abc import ABC, abstractmethod

from furat.items import Article, Redelivered


class ArticleStep(ABC):
    """A step that works on articles as they come from their page.

    Tombstones and redelivered items pass through unchanged.
    """

    def process_item(self, item: object) -> object:
        if isinstance(item, Article) and not isinstance(item, Redelivered):
            return self.process(item)
        return item

    @abstractmethod
    def process(self, article: Article) -> Article:
        """Return the processed ``article``; raise an exception from furat.exceptions to drop it."""
