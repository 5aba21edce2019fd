"""What all steps have in common."""

from abc import ABC, abstractmethod

from furat.items import Article, Redelivered


class ArticleStep(ABC):
    """A step that works on articles fresh from their page.

    Tombstones pass untouched, and so does what is delivered again.
    """

    def process_item(self, item: object) -> object:
        if isinstance(item, Article) and not isinstance(item, Redelivered):
            return self.process(item)
        return item

    @abstractmethod
    def process(self, article: Article) -> Article:
        """Return ``article`` one step further; raise a reason from furat.exceptions to let it leave."""
