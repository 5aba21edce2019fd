"""Counts of what the archive holds, as tables."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from furat.profile import Profile
from furat.reports import pending
from furat.store import Store
from furat.terminal import readable, visible
from furat.wordpress.site_profile import NAME, read

PLACES = {"text": "body", "day": "published"}
"""Fields that are read at the place of another field."""

SHOWN = 20
"""How many reasons, sections and visits are shown."""


def _profile(profile: Profile) -> Iterator[Table]:
    """Yield a table: how well the fields read from pages agree with the site's feed or API."""
    if not profile.teachers:
        return
    title = f"Profile, learned from the site's {profile.source} on {profile.learned[:10]}"
    table = Table("Field", "Place on the pages", "Agrees", "Filled in", title=title)
    for one in profile.agreement:
        known = getattr(profile, PLACES.get(one.field, one.field))
        filled = "yes" if one.field in profile.lacking else ""
        table.add_row(one.field, known.standing, f"{one.agrees} of {one.asked}", filled)
    yield table


def report(store: Store) -> Iterator[Table]:
    """Yield tables of the archive's counts, its sections, and pending visits."""
    counts = store.crawls.counts()
    whole = Table("What", "How many", title="Archive")
    for name, number in counts.items():
        whole.add_row(name, str(number))
    yield whole
    sections = Table("Section", "Kind", "Articles", "Walked to its end", title="Sections")
    for row in store.listings.all():
        sections.add_row(
            _whole(row["name"] or row["url"]),
            Text(visible(row["kind"])),
            str(row["articles"]),
            Text(row["walked"] or "not yet"),
        )
    yield sections
    yield from _profile(read(store.checkpoints.get(NAME)))
    yield from _pending(store)


def _whole(address: str) -> Text:
    """Return an address or a name of which nothing is cut off, however narrow the table is."""
    return Text(visible(readable(address)), overflow="fold")


def _pending(store: Store) -> Iterator[Table]:
    """Yield tables of what is pending: by reason, by section, and the newest visits."""
    kinds = store.backlog.kinds()
    if not kinds:
        return
    reasons = Table("Reason", "How many", title="Pending")
    for kind in kinds[:SHOWN]:
        reasons.add_row(Text(visible(pending.name(kind))), str(kind.visits))
    yield reasons
    if sections := store.backlog.sections():
        shown = Table("Section", "How many", title="Pending, by section")
        for section, number in sections[:SHOWN]:
            shown.add_row(Text(visible(section)), str(number))
        yield shown
    newest = Table("Address", "Tries", "Reason", title="Pending, the newest; `scrapy pending --json` lists all")
    for visit in store.frontier.newest_pending(SHOWN):
        reason = Text(visible(str(visit.reason or pending.UNVISITED)))
        newest.add_row(_whole(visit.url), str(visit.tries), reason)
    yield newest
