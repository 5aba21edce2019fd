"""What a site does that no single crawl can see: it falls silent, closes its ways, or lacks half of itself."""

from collections.abc import Iterator
from datetime import timedelta

from furat.clock import now
from furat.operate.silence import HISTORY, silence
from furat.operate.trouble import Trouble, age, moment_of
from furat.outcomes import ExitCode
from furat.store import Store
from furat.store.health import Begun

ACCEPTED = timedelta(days=14)
"""How long what nobody mended is an alarm: then it is how things are."""

BURST = timedelta(hours=2)
"""How old an article is, at least, that a feed should show: both may be stored for a while."""

UNSHOWN = 3
"""Articles that a feed does not show, though newer than all that it does, before it is taken for stale."""


def signs(store: Store, crawls: list[Begun]) -> Iterator[Trouble]:
    """Yield what the archive shows of the site, as the last ``crawls`` saw it."""
    yield from _silence(store)
    yield from _ways(store, crawls)
    yield from _sections(store, crawls)
    yield from _clock(store)


def _silence(store: Store) -> Iterator[Trouble]:
    today = moment_of(now()).date()
    found = silence(store.health.days(today, HISTORY), today)
    if found and found.is_unlikely:
        what = f"nothing new for {found.days} days on which the site used to publish; {found.limit} were likely"
        cure = "Look at the site in a browser: it may be abandoned, have moved, or hide its news from Furat."
        last = found.last.isoformat()
        yield Trouble("silent", what, cure, last, age(last) > 4 * ACCEPTED)


def _ways(store: Store, crawls: list[Begun]) -> Iterator[Trouble]:
    """Yield what is wrong with the ways that cost least: closed, or staler than the others."""
    walked = store.health.walked()
    refreshed = [each for each in crawls if each.spider == "refresh" and each.exit_code == ExitCode.COMPLETE]
    for way, others in (("api", ("feed", "home")), ("feed", ("home",))):
        last = walked.get(way)
        is_left = last and all(each.began > last for each in refreshed[:2]) and len(refreshed) > 1
        if is_left and any(walked.get(other, "") > str(last) for other in others):
            cure = "Ask the site's owner to open it again; until then each crawl costs the site more requests."
            name = "REST API" if way == "api" else "feed"
            yield Trouble(f"{way}_closed", f"the site's {name} is closed", cure, last, age(str(last)) > ACCEPTED)
            return
    feed = walked.get("feed", "")
    before = (moment_of(feed) - BURST).isoformat() if feed > walked.get("api", "") else ""
    if before and (unshown := store.health.unshown(before)) >= UNSHOWN:
        cure = "Have the site's cache for /feed/ emptied; until then news comes once a day, by the sitemaps."
        yield Trouble("feed_stale", f"the site's feed does not show its {unshown} newest articles", cure)


def _sections(store: Store, crawls: list[Begun]) -> Iterator[Trouble]:
    """Yield what is wrong where many sections are empty, or were not found, in the last crawl of all of them."""
    home = store.health.walked().get("home")
    whole = next((each for each in crawls if home and each.began <= home <= (each.ended or now())), None)
    if whole is None:
        return
    recent = (moment_of(whole.began) - 4 * ACCEPTED).isoformat()
    known = [(walked, saw) for walked, saw in store.health.categories() if walked > recent]
    lost = sum(walked < whole.began or not saw for walked, saw in known)
    if lost > 1 and 3 * lost >= len(known):
        cure = "Look at the site's menu: were they closed, or renamed, or is part of the site down?"
        what = f"{lost} of {len(known)} sections are gone"
        yield Trouble("sections_gone", what, cure, whole.began, age(whole.began) > ACCEPTED)


def _clock(store: Store) -> Iterator[Trouble]:
    cure = "Set this machine's clock right (`timedatectl set-ntp true`); if it is right, the site's is wrong."
    if ahead := store.health.ahead():
        yield Trouble("clock", "the last crawl began in the future", cure, ahead)
    elif off := store.checkpoints.get("clock"):
        hours = timedelta(seconds=float(off)) / timedelta(hours=1)
        side = "ahead of" if hours > 0 else "behind"
        yield Trouble("clock", f"this machine's clock is {abs(hours):.1f} hours {side} the site's", cure)
