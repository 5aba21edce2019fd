"""What the archive holds, in numbers."""

from collections.abc import Iterator

from rich.table import Table

from furat.store import Store


def report(store: Store) -> Iterator[Table]:
    """Return tables of the archive's counts, of its sections, and of what it is still owed."""
    counts = store.crawls.counts()
    whole = Table("What", "How many", title="Archive")
    for name, number in counts.items():
        whole.add_row(name, str(number))
    yield whole
    sections = Table("Section", "Kind", "Articles", "Walked to its end", title="Sections")
    for row in store.listings.all():
        sections.add_row(row["name"] or row["url"], row["kind"], str(row["articles"]), row["walked"] or "not yet")
    yield sections
    debts = [*store.frontier.owed()]
    if debts:
        owed = Table("Address", "Tries", "Reason", title="Owed")
        for debt in debts:
            owed.add_row(debt.url, str(debt.tries), debt.reason or "not visited yet")
        yield owed
