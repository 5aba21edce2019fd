"""`scrapy parse` reads one address, and leaves the archive alone."""

from pathlib import Path

from furat.sections import Section
from furat.store import Store
from furat.urls import folder
from tests.replica import Replica, serve
from tests.support.forks import Forks
from tests.support.sites import path


def test_one_address_is_parsed_and_nothing_pending_is_visited(data: Path, forks: Forks) -> None:
    with serve(Replica(30, weight=0)) as site:
        pending, wanted = (site.url.rstrip("/") + path(site, index) for index in (10, 12))
        with Store.at(data / folder(site.url)) as store:
            walk = store.listings.begin(Section("home", "", site.url))
            store.listings.step(walk, [pending])
        archive = data / folder(site.url) / "archive.db"
        before = archive.read_bytes()

        words = ("parse", "--spider", "news", "-a", f"site={site.url}", wanted)
        told = forks.run("scrapy", *words, f"-sFURAT_DATA={data}", "-sDOWNLOAD_DELAY=0")

        assert [request.path for request in site.requests] == ["/robots.txt", path(site, 12)]
    assert site.replica.article(12)["title"].split()[0] in told.out
    assert archive.read_bytes() == before
    assert [each.name for each in archive.parent.iterdir()] == ["archive.db"]
