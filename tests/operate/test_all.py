"""Of many sites that are refreshed at once each tells of itself."""

from pathlib import Path

import pytest

from furat.urls import folder
from tests.replica import Fault, Replica, serve
from tests.support.crawls import FAST
from tests.support.ear import SECRET, listening
from tests.support.forks import Forks


@pytest.mark.parametrize("status, end", [(None, ""), (403, "/3")])
def test_one_address_is_pinged_once_for_all_sites(forks: Forks, data: Path, status: int | None, end: str) -> None:
    data.mkdir()
    with listening() as ear, serve(Replica(5, weight=0)) as one, serve(Replica(5, weight=0)) as other:
        other.faults = [Fault(".*", status=status)] if status else []
        sites = data / "sites.toml"
        sites.write_text(f'[one]\naddress = "{one.url}"\n[other]\naddress = "{other.url}"\n')
        options = [f"-sFURAT_DATA={data}", f"-sFURAT_SITES={sites}", *(f"-s{name}={FAST[name]}" for name in FAST)]
        told = forks.run("scrapy", "refresh", "--all", "--quiet", *options, f"-sFURAT_PING={ear.ping}")
        deaf = forks.run("scrapy", "refresh", "--all", "--quiet", *options, "-sFURAT_PING=nowhere")

    assert ear.pings == ["/start", end]
    assert ear.heard[-1][1].startswith("2 sites: ")
    assert (told.exit_code, deaf.exit_code) == 2 * (3 if status else 0,)
    assert deaf.err.count("FURAT_PING: not told: FURAT_PING is not a web address") == 2


def test_each_site_of_many_is_told_of(forks: Forks, data: Path) -> None:
    sites, figures = data / "sites.toml", data / "furat.prom"
    data.mkdir()
    with listening() as ear, serve(Replica(5, weight=0, rest=True)) as well, serve(Replica(5, weight=0)) as ill:
        ill.faults = [Fault(".*", status=403)]
        sites.write_text(f'[well]\naddress = "{well.url}"\nFURAT_PING = "{ear.ping}"\n[ill]\naddress = "{ill.url}"\n')
        own = {"DATA": data, "SITES": sites, "NOTIFY": ear.notify, "METRICS": figures}
        options = [f"-sFURAT_{name}={value}" for name, value in own.items()]
        command = ["scrapy", "refresh", "--all", "--quiet", *options, *(f"-s{name}={FAST[name]}" for name in FAST)]
        told = forks.run(*command)
        forks.run(*command)

    assert told.exit_code == 3
    assert told.out.splitlines()[0] == "2 sites: 1 complete (0), 1 incomplete (3)"
    assert SECRET not in told.out + told.err
    assert ear.pings == ["/start", ""] * 2
    (message,) = ear.messages
    assert message.startswith(f"{folder(ill.url)}: ")
    assert all(f'furat_exit_code{{site="{folder(site.url)}"}}' in figures.read_text("utf-8") for site in (well, ill))
