"""What happens to a site between two refreshes: small events, and a few large ones."""

import re
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from tests.replica import Fault, Served
from tests.replica import replica as replicas
from tests.replica import site as replica_site
from tests.replica.cards import Card
from tests.replica.plan import STICKY, Members
from tests.replica.site import Site
from tests.support.sites import edit, path

AT = 100
"""The index of the post to which something happens."""


def nothing(_: Served) -> None:
    """Let nothing happen."""


def dead(site: Served) -> None:
    """Publish a post whose page is missing."""
    site.replica.add()
    site.faults.append(Fault(re.escape(path(site, site.replica.posts - 1)), status=404))


def trash(site: Served) -> None:
    site.replica.delete(AT)


def restore(site: Served) -> None:
    site.replica.restore(AT)
    site.replica.changes.modified[AT] = datetime.now(UTC).replace(microsecond=0)


def schedule(site: Served) -> None:
    """Publish a post that was written long ago."""
    site.replica.add()
    site.replica.changes.modified[site.replica.posts - 1] = datetime(2016, 1, 1, tzinfo=UTC)


def purge(site: Served) -> None:
    """Delete every tenth post."""
    for index in range(0, site.replica.posts, 10):
        site.replica.delete(index)


def rename_all(site: Served) -> None:
    """Change the permalinks: each old address leads to the new one, and no post counts as edited."""
    for index in range(site.replica.posts):
        site.replica.changes.old_slugs[site.replica.card(index).slug] = index
        site.replica.changes.slugs[index] = f"renamed-{index}"
    site.replica.card.cache_clear()  # type: ignore[attr-defined]
    site.replica.changes.count += 1


def lose_addresses(site: Served) -> None:
    """Change the permalinks on the day of a new post: no old address leads anywhere."""
    for index in range(site.replica.posts):
        site.replica.changes.slugs[index] = f"renamed-{index}"
    site.replica.card.cache_clear()  # type: ignore[attr-defined]
    site.replica.add()


def take_over(site: Served) -> None:
    """Publish a hundred posts that were written elsewhere long ago."""
    for _ in range(100):
        schedule(site)


def drop_category(site: Served) -> None:
    """Delete a category: its listing is missing."""
    site.faults.append(Fault("^/category/opinion/", status=404))


def shorten(_: Served) -> None:
    """Show five posts on a page of a listing."""
    patch.object(replica_site, "PER_PAGE", 5).start()


def forget_validators(_: Served) -> None:
    """Answer no feed with 304 any more."""
    patch.object(replica_site, "validators", lambda _: {}).start()


def redate(site: Served) -> None:
    """Date an old post anew: it stands before all others where posts are sorted by date."""
    replica, published, newest = site.replica, site.replica.published, site.replica.newest
    moment = replica.newest_change + timedelta(minutes=1)

    def sorted_anew(members: Members, start: int, stop: int) -> list[Card]:
        if AT not in members:
            return newest(members, start, stop)
        rank = members.below(replica.posts) - 1 - members.below(AT)
        ranks = (
            place - (place <= rank) if place else rank for place in range(start, min(stop, replica.count(members)))
        )
        return [card for rank in ranks for card in newest(members, rank, rank + 1)]

    replica.changes.modified[AT] = moment
    patch.object(replica, "published", lambda index: moment if index == AT else published(index)).start()
    patch.object(replica, "newest", sorted_anew).start()
    replica.card.cache_clear()  # type: ignore[attr-defined]
    replica.changes.count += 1


def stick(site: Served) -> None:
    """Have an old post stand on top of the home page."""
    patch.object(replicas, "STICKY", (AT, *STICKY)).start()
    site.replica.changes.modified[AT] = site.replica.newest_change + timedelta(minutes=1)
    site.replica.changes.count += 1


def redesign(site: Served) -> None:
    """Give all pages another theme, without any mark that is known, on the day on which an old post is edited."""
    edit(site, AT)
    site.faults.append(Fault(r"^/(?!feed|wp-|robots|\w*sitemap)", "redesigned"))


def publish(site: Served) -> None:
    site.replica.add()


def cache(site: Served) -> None:
    """Answer as before the last post, whose own page is there: a cache keeps all lists."""
    before, answer, new = copy(site.replica), site.site.answer, path(site, site.replica.posts - 1)
    before.changes = replace(site.replica.changes, added=site.replica.changes.added - 1)
    kept = Site(before, site.site.base)
    patch.object(site.site, "answer", lambda target: (answer if target == new else kept.answer)(target)).start()


def uncache(_: Served) -> None:
    patch.stopall()


def fall(site: Served) -> None:
    site.faults.append(Fault("", "reset"))


def rise(site: Served) -> None:
    site.faults.clear()


def maintain(site: Served) -> None:
    """Publish a post, and answer every address with one static page."""
    site.replica.add()
    page = '<html><link rel="https://api.w.org/" href="/wp-json/"><body class="page page-id-7">صيانة</body></html>'
    site.faults.append(Fault("^/(?!robots)", status=200, body=page, headers={"Content-Type": "text/html"}))


def close(site: Served) -> None:
    """Close the API and the feeds."""
    site.replica.rest = site.replica.feeds = False


EVENTS: dict[str, list[Callable[[Served], None]]] = {
    "nothing": [nothing],
    "a fresh post is gone when visited": [dead, nothing, nothing],
    "an old post is edited": [lambda site: edit(site, AT)],
    "a post is trashed or made private": [trash, nothing],
    "and restored": [trash, restore],
    "a scheduled post comes": [schedule],
    "a tenth of all posts is deleted": [purge, nothing],
    "permalinks are changed": [rename_all, nothing],
    "old permalinks lead nowhere": [lose_addresses, nothing],
    "a hundred old posts are imported": [take_over, nothing],
    "a category is deleted": [drop_category, nothing],
    "an old post is dated anew": [redate, nothing],
    "an old post becomes sticky": [stick, nothing],
    "the theme is changed": [redesign, nothing],
    "a cache keeps older lists": [publish, cache, uncache],
    "listings get shorter": [shorten, nothing],
    "no more 304": [forget_validators, nothing],
    "the site is down for an hour": [fall, rise],
    "a day of maintenance": [maintain, rise, nothing],
    "API and feeds are closed": [close, nothing],
}
"""What happens before each of some refreshes, the first of them a day after the one before."""
