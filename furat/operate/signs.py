"""What a site does that no single crawl can see: it falls silent, closes its ways, or lacks half of itself."""

from collections.abc import Iterator
from datetime import timedelta

from furat.clock import now
from furat.operate.silence import HISTORY, silence
from furat.operate.trouble import Trouble, age, moment_of
from furat.outcomes import Ending, ExitCode
from furat.store import Store
from furat.store.health import Begun

ACCEPTED = timedelta(days=14)
"""How long what nobody mended is an alarm: then it is how things are."""

ABANDONED = timedelta(days=180)
"""How long the silence of a site is an alarm: then it is abandoned."""

BURST = timedelta(hours=2)
"""How old an article is, at least, that a feed should show: both may be stored for a while."""

WAYS = {"api": "REST API", "feed": "feed", "home": "home page"}
"""The listings by which an archive is refreshed, the cheapest first, and what they are called."""

UNLIKELY = 1e-3
"""The chance that so many of the newest articles are of a kind that the feed leaves out, below which it is stale."""

PAGE = 10
"""Articles of a page of a feed: those that it showed last tell how much it leaves out."""


def signs(store: Store, crawls: list[Begun]) -> Iterator[Trouble]:
    """Yield what the archive shows of the site, as the last ``crawls`` saw it."""
    yield from _silence(store)
    yield from _ways(store, crawls)
    yield from _feed(store)
    yield from _sections(store, crawls)
    yield from _clock(store)


def _silence(store: Store) -> Iterator[Trouble]:
    look = store.health.last_look()
    if look is None:
        return
    until = min(moment_of(look), moment_of(now())).date()  # where nobody looked since, nobody knows
    found = silence(store.health.days(until, HISTORY), until)
    if found and found.is_unlikely:
        what = f"nothing new for {found.days} days on which the site used to publish; {found.limit} were likely"
        cure = "Look at the site in a browser: it may be abandoned, have moved, or hide its news from Furat."
        last = found.last.isoformat()
        yield Trouble("silent", what, cure, last, age(last) > ABANDONED)


def _ways(store: Store, crawls: list[Begun]) -> Iterator[Trouble]:
    """Yield what is wrong with the ways that cost least: no longer taken, or staler than the others."""
    walked = store.health.walked()
    refreshed = [each for each in crawls if each.spider == "refresh" and each.exit_code == ExitCode.COMPLETE]
    if len(refreshed) < 2:  # noqa: PLR2004 (one may have met a passing fault)
        return
    last, before = refreshed[:2]
    taken = next((way for way in WAYS if walked.get(way, "") >= last.began), None)
    for way in list(WAYS)[: list(WAYS).index(taken)] if taken else ():
        if way in walked and walked[way] < before.began:
            cure = "Ask the site's owner to open it again; until then each crawl costs the site more requests."
            is_old = age(walked[way]) > ACCEPTED
            yield Trouble(f"{way}_closed", f"the site's {WAYS[way]} is closed", cure, walked[way], is_old)
            return


def _feed(store: Store) -> Iterator[Trouble]:
    """Yield what is wrong with a feed that is read and shows nothing new."""
    walked = store.health.walked()
    feed = walked.get("feed", "")
    if feed <= walked.get("api", ""):
        return
    unshown = stale(store.health.shown_by_feed((moment_of(feed) - BURST).isoformat()))
    if unshown:
        cure = "Have the site's cache for /feed/ emptied; until then news comes once a day, by the sitemaps."
        yield Trouble("feed_stale", f"the site's feed does not show its {unshown} newest articles", cure)


def stale(shown: list[bool]) -> int:
    """Return how many of the newest articles a feed should have ``shown``; 0 where it may well leave them out.

    >>> stale([False] * 3 + [True] * 20), stale([False] * 2 + [True] * 20), stale([False] * 50)
    (3, 0, 0)
    >>> stale([False, False, False, False, True, False, False, False, False, True])  # it leaves out videos
    0
    """
    unshown = shown.index(True) if True in shown else 0
    usual = shown[unshown : unshown + PAGE]
    left_out = (usual.count(False) + 1) / (len(usual) + 2)
    return unshown if left_out**unshown < UNLIKELY else 0


def _sections(store: Store, crawls: list[Begun]) -> Iterator[Trouble]:
    """Yield what is wrong where many sections are empty, or were not found, in the last crawl of all of them.

    One that runs, or was stopped, may have read the home page and not yet the others.
    """
    home = store.health.walked().get("home")
    finished = [each for each in crawls if each.ended and each.ending == Ending.FINISHED]
    whole = next((each for each in finished if home and each.began <= home <= str(each.ended)), None)
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
