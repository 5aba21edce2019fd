"""`scrapy refresh --all`: every site has its end, and none harms another."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import pytest

from furat.cli.ending import Ended
from furat.cli.fleet import Fleet, by_host, told, worst
from furat.outcomes import ExitCode
from furat.sites import Site
from tests.replica import Fault, Replica, Served, serve
from tests.support.crawls import FAST, LONG, wait_for
from tests.support.forks import Fork, Forks
from tests.support.sites import edit, id_of

Start = Callable[..., Fork]


@pytest.fixture
def sites() -> Iterator[list[Served]]:
    """Serve three small sites with an API."""
    with ExitStack() as stack:
        yield [stack.enter_context(serve(Replica(5, seed=seed, weight=0, rest=True))) for seed in (1, 2, 3)]


@pytest.fixture
def start(forks: Forks, tmp_path: Path, data: Path) -> Start:
    """Start `scrapy refresh --all` for sites by their names."""

    def run(addresses: dict[str, str], *words: str, **settings: object) -> Fork:
        path = tmp_path / "sites.toml"
        path.write_text("".join(f'[{name}]\naddress = "{url}"\n' for name, url in addresses.items()), "utf-8")
        given = {**FAST, "FURAT_DATA": data, "FURAT_SITES": path, **settings}
        return forks.start(
            "scrapy", "refresh", "--all", *words, *(f"-s{name}={value}" for name, value in given.items())
        )

    return run


def ended(fork: Fork) -> tuple[int | None, str, str]:
    with fork:
        out, err = fork.communicate(LONG)
        return fork.poll(), out, err


def children(fork: Fork) -> list[int]:
    return [*map(int, Path(f"/proc/{fork.pid}/task/{fork.pid}/children").read_text("ascii").split())]


def test_each_site_ends_as_it_would_alone(start: Start, sites: list[Served], data: Path) -> None:
    whole, busy, damaged = sites
    names = {"whole": whole.url, "busy": busy.url, "damaged": damaged.url, "down": "http://127.0.0.1:9/"}
    assert ended(start({"whole": whole.url, "busy": busy.url})) == (0, "2 sites: 2 complete (0)\n", "")
    edit(whole, 3)
    archive = data / damaged.url.split("/")[2].replace(":", "_") / "archive.db"
    archive.parent.mkdir()
    archive.write_bytes(b"nothing that SQLite knows" * 100)
    before = set(data.rglob("*.jsonl"))
    busy.faults = [Fault("^/wp-json/", "held", times=1)]

    with start({"busy": busy.url}, "-j", "1", DOWNLOAD_TIMEOUT=LONG) as holder:
        wait_for(lambda: not busy.faults[0].times)
        code, out, err = ended(start(names))
        busy.faults[0].release()
        assert holder.communicate(LONG)[0] == "1 site: 1 complete (0)\n"

    lines = out.splitlines()
    assert (code, lines[0]) == (
        *(1, "4 sites: 1 complete (0), 1 held by another crawl (4), 1 incomplete (3), 1 crashed (1)"),
    ), err
    assert [line.split(":")[0] for line in lines[1:]] == ["  damaged (1)", "  down (3)"]
    assert "is no archive, or is damaged" in lines[1]
    assert "can't be reached" in lines[2]
    assert " down ERROR " in err
    (feed,) = set(data.rglob("*.jsonl")) - before
    assert f'"post_id":{id_of(whole, 3)},' in feed.read_text("utf-8")


def test_the_sites_of_one_host_are_never_asked_at_once(start: Start, sites: list[Served]) -> None:
    code, _, err = ended(start({f"site{number}": site.url for number, site in enumerate(sites)}, "-j", "8"))
    spans = sorted((site.moments[0], site.moments[-1]) for site in sites)

    assert code == 0, err
    assert all(one[1] < other[0] for one, other in pairwise(spans))


def test_a_signal_ends_all_and_the_next_run_goes_on(start: Start, sites: list[Served], data: Path) -> None:
    names = {"first": sites[0].url, "second": sites[1].url.replace("127.0.0.1", "localhost"), "third": sites[2].url}
    for site in sites[:2]:
        site.faults = [Fault("^/wp-json/", "held", times=1)]
    fork = start(names, "-j", "2", DOWNLOAD_TIMEOUT=LONG)
    wait_for(lambda: not any(fault.times for site in sites for fault in site.faults))
    for pid in (fork.pid, *children(fork)):  # as systemd does
        os.kill(pid, signal.SIGTERM)
    code, out, err = ended(fork)

    assert (code, out.splitlines()[0]) == (3, "3 sites: 3 incomplete (3)"), err
    assert "third (3): not begun" in out
    assert not [*data.rglob("*.jsonl")]
    code, out, err = ended(start(names))
    assert (code, out) == (0, "3 sites: 3 complete (0)\n"), err
    assert len([*data.rglob("*.jsonl")]) == 3


def test_a_process_that_dies_takes_one_site_with_it(start: Start, sites: list[Served]) -> None:
    names = {"first": sites[0].url, "second": sites[1].url}
    sites[0].faults = [Fault("^/wp-json/", "held", times=1)]
    fork = start(names, "-j", "1", DOWNLOAD_TIMEOUT=LONG)
    wait_for(lambda: not sites[0].faults[0].times)
    (worker,) = children(fork)
    os.kill(worker, signal.SIGKILL)
    code, out, _ = ended(fork)

    assert (code, out.splitlines()) == (*(1, ["2 sites: 1 complete (0), 1 crashed (1)", *out.splitlines()[1:]]),)
    assert "first (1): its process ended with -9" in out


@pytest.mark.parametrize(
    "words, why",
    [
        (["-j", "0"], "-j 0"),
        (["-a", "site=first"], "--all refreshes every site"),
        (["--site", "first"], "--all refreshes every site"),
        (["-O", "x.jsonl"], "--all refreshes every site"),
        (["news"], "unexpected argument news"),
        (["-sFURAT_SITES="], "names no site"),
        (["-sFURAT_REVISIT=1"], "did you mean FURAT_REVISITS?"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_asked(start: Start, words: list[str], why: str) -> None:
    code, _, err = ended(
        start(
            {"first": "http://127.0.0.1:9/"},
            *(word for word in words if word[:2] != "-s"),
            **{word[2:].partition("=")[0]: word.partition("=")[2] for word in words if word[:2] == "-s"},
        )
    )

    assert code == 2
    assert why in err


def test_processes_that_can_t_even_begin_are_not_tried_for_ever() -> None:
    fleet = Fleet(lambda _, door: door.close(), 2)
    fleet.crawl([Site("https://a.example/", "a"), Site("https://b.example/", "b")])

    assert [end.code for end in fleet.ends.values()] == [1, 1]


def test_the_worst_exit_code_is_the_one_that_most_wants_a_person() -> None:
    ends = {code.name: Ended(code, "why") for code in ExitCode}

    assert [worst([*ends.values()][number:]) for number in range(7)] == [1, 1, 2, 5, 5, 5, 0]
    assert worst([ends["LOCKED"], ends["INCOMPLETE"]]) == ExitCode.INCOMPLETE
    assert [line.split()[0] for line in told(ends)][1:] == ["CRASHED", "USAGE", "NOT_UNDERSTOOD", "INCOMPLETE"]
    assert (
        len(by_host([Site("https://www.a.example/"), Site("http://a.example:81/en/"), Site("http://b.example/")])) == 2
    )
