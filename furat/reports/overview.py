"""What the archive holds, in numbers."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from furat.store import Store
from furat.terminal import visible


def report(store: Store) -> Iterator[Table]:
    """Return tables of the archive's counts, of its sections, and of what is still pending."""
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
    visits = [*store.frontier.pending()]
    if visits:
        pending = Table("Address", "Tries", "Reason", title="Pending")
        for visit in visits:
            reason = Text(visible(str(visit.reason or "not visited yet")))
            pending.add_row(Text(visible(visit.url)), str(visit.tries), reason)
        yield pending
