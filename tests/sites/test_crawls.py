"""Crawls of sites that `sites.toml` names."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.replica import Replica, Served, serve
from tests.support.crawls import Command, Crawled, Crawler, crawl_command
from tests.support.forks import Forks
from tests.support.guarded import basic, guarded
from tests.support.sites import truth

SECRET = "s3same-öffne"  # noqa: S105 (it opens nothing)


@pytest.fixture
def named(tmp_path: Path, crawl: Crawler) -> Callable[..., Crawled]:
    """Crawl the site `hims`, of which a table says this."""

    def run(table: str, *words: str, **settings: object) -> Crawled:
        path = tmp_path / "sites.toml"
        path.write_text(f"[hims]\n{table}", "utf-8")
        return crawl("hims", *words, FURAT_SITES=path, **settings)

    return run


def test_a_site_by_its_name_is_crawled_as_its_table_says(
    named: Callable[..., Crawled], command: Command, tmp_path: Path
) -> None:
    with guarded(Replica(20, weight=0), basic("ali", SECRET)) as site:
        table = (
            f'address = "{site.url}"\nuser = "ali"\npassword = "{SECRET}"\nsections = ["رأي"]\n'
            'contact = "archive@example.org"\nheaders = { X-Key = "k3y-of-mine" }\n'
        )
        done = named(table, "-sLOG_LEVEL=DEBUG")

        assert (done.exit_code, bool(done.records)) == (0, True), done.log
        assert all("رأي" in record["sections"] for record in done.records)
        assert site.all_sent("Authorization") == {basic("ali", SECRET)}
        assert site.all_sent("X-Key") == {"k3y-of-mine"}
        assert all(str(agent).endswith(" archive@example.org") for agent in site.all_sent("User-Agent"))
        kept = b"".join(path.read_bytes() for path in tmp_path.rglob("data/**/*") if path.is_file())
        for secret in (SECRET, basic("ali", SECRET)[6:], "k3y-of-mine"):
            assert secret not in done.log
            assert secret.encode() not in kept
        sites = f"-sFURAT_SITES={tmp_path / 'sites.toml'}"
        assert command("pending", sites, site="hims").exit_code == 0
        assert command("pending", sites, site="himss").exit_code == 2
        assert command("pending", site=site.url.removeprefix("http://")).exit_code == 0


@pytest.mark.parametrize("rest", [True, False])
def test_a_refresh_keeps_to_the_sections_of_the_table(named: Callable[..., Crawled], *, rest: bool) -> None:
    with serve(Replica(40, weight=0, rest=rest)) as site:
        table = f'address = "{site.url}"\nsections = ["رأي"]\n'
        first = named(table, spider="refresh")
        asked = len(site.requests)
        again = named(table, spider="refresh")

        assert (first.exit_code, again.exit_code, again.records) == (0, 0, []), first.log + again.log
        opinions = [post["post_id"] for post in site.truth() if "رأي" in post["categories"]]  # type: ignore[operator]
        assert set(first.ids) == {*opinions}
        assert len(site.requests) - asked < 10
    wrong = named(table, spider="sitemap")
    assert (wrong.exit_code, "sitemap knows no sections" in wrong.log) == (2, True)


@pytest.mark.parametrize(
    "status, table, told",
    [
        (401, "", "asks for a user and a password (HTTP 401)"),
        (401, 'user = "ali"\npassword = "wrong"\n', "does not take the user and the password of sites.toml (HTTP 401)"),
        (403, "", "does not let Furat in (HTTP 403)"),
    ],
)
def test_a_closed_door_is_told_as_such_and_leaves_no_folder(
    named: Callable[..., Crawled], data: Path, status: int, table: str, told: str
) -> None:
    with guarded(Replica(5, weight=0), basic("ali", SECRET), status) as site:
        done = named(f'address = "{site.url}"\n{table}')

    assert (done.exit_code, done.records) == (3, [])
    assert told in done.log
    assert "wrong" not in done.log
    assert [*data.iterdir()] == []


def test_a_site_is_reached_through_its_proxy_alone(named: Callable[..., Crawled], data: Path) -> None:
    with guarded(Replica(5, weight=0), host="http://newsroom.example") as proxy:
        address = proxy.url.removeprefix("http://").rstrip("/")
        done = named(f'address = "http://newsroom.example/"\nproxy = "http://me:t0ken@{address}"\n')

        assert (done.exit_code, len(done.records)) == (0, 5), done.log
        assert {target.partition("/robots.txt")[0][:23] for target, _ in proxy.heads} == {"http://newsroom.example"}
        assert proxy.all_sent("Proxy-Authorization") == {basic("me", "t0ken")}
        assert "t0ken" not in done.log
        assert [path.name for path in data.iterdir()] == ["newsroom.example"]


def folders(data: Path, site: Served) -> list[str]:
    """Return the folders of archives, without the host."""
    host = site.url.split("/")[2].replace(":", "_")
    return sorted(path.name.removeprefix(host) for path in data.iterdir())


def test_a_site_below_a_path_has_a_folder_of_its_own_and_gets_the_one_it_had(
    crawl: Crawler, command: Command, data: Path, forks: Forks
) -> None:
    with serve(Replica(20, prefix="/ar", weight=0)) as site:
        root = site.url.removesuffix("ar/")
        first = crawl(site.url)
        assert (first.exit_code, first.ids, folders(data, site)) == (0, truth(site), ["_ar"]), first.log

        (own,) = data.iterdir()
        own.rename(own.with_name(own.name.removesuffix("_ar")))  # as it was written before
        assert command("pending", site=site.url).exit_code == 0
        assert command("pending", site=root).exit_code == 2
        assert folders(data, site) == [""]

        other = forks.run(*crawl_command(root, FURAT_DATA=data)[2:])  # what lies there must not be written into
        assert (other.exit_code, folders(data, site)) == (0, ["", "_ar"]), other.err
        second = crawl(site.url)
        assert (second.exit_code, second.records) == (0, [])
        assert command("check-archive", site=site.url).exit_code == 0


def test_an_archive_of_the_whole_host_stays_where_it_is(crawl: Crawler, data: Path) -> None:
    with serve(Replica(20, weight=0, rest=True)) as site:
        crawl(site.url, spider="api")
        with sqlite3.connect(next(data.rglob("archive.db"))) as archive:
            kinds = {kind for (kind,) in archive.execute("SELECT kind FROM listing")}
        crawl(f"{site.url}ar/")

        assert "api" in kinds
        assert folders(data, site) == [""]
