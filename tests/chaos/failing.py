"""Steps that fail for every fourth article: what a faulty pipeline does to a crawl."""

from scrapy.exceptions import DropItem

from furat.items import Article


class Failing:
    """Raises what nobody expects."""

    failures: dict[int, type[Exception]] = {0: RuntimeError}
    """What is raised, by the post's number modulo 4."""

    def process_item(self, item: Article) -> Article:
        failure = self.failures.get((item.post_id or 0) % 4)
        if failure:
            raise failure(f"no luck with {item.id}")
        return item


class FailingLate(Failing):
    """Does so for another fourth, and drops one more."""

    failures = {1: RuntimeError, 2: DropItem}
