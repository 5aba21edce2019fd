"""Steps that fail for some articles, or take their time: what a faulty pipeline does to a crawl."""

from asyncio import sleep

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


class FailingAlways(Failing):
    """Does so for all."""

    failures = dict.fromkeys(range(4), RuntimeError)


class Slow:
    """Takes half a second for each article."""

    async def process_item(self, item: Article) -> Article:
        await sleep(0.5)
        return item
