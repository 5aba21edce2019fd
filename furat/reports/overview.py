"""Counts of what the archive holds, as tables."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from furat.profile import Profile
from furat.store import Store
from furat.terminal import visible
from furat.wordpress.site_profile import NAME, read

PLACES = {"text": "body", "day": "published"}
"""Fields that are read at the place of another field."""


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
        section = Text(visible(row["name"] or row["url"]))
        sections.add_row(section, Text(visible(row["kind"])), str(row["articles"]), Text(row["walked"] or "not yet"))
    yield sections
    yield from _profile(read(store.checkpoints.get(NAME)))
    visits = [*store.frontier.pending()]
    if visits:
        pending = Table("Address", "Tries", "Reason", title="Pending")
        for visit in visits:
            reason = Text(visible(str(visit.reason or "not visited yet")))
            pending.add_row(Text(visible(visit.url)), str(visit.tries), reason)
        yield pending
