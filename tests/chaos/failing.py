"""Steps that fail for every fourth article: what a faulty pipeline does to a crawl."""

from furat.items import Article


class Failing:
    """Raises what nobody expects."""

    remainder = 0

    def process_item(self, item: Article) -> Article:
        if (item.post_id or 0) % 4 == self.remainder:
            raise RuntimeError(f"no luck with {item.id}")
        return item


class FailingLate(Failing):
    """Does so for another fourth."""

    remainder = 1
