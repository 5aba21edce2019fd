"""Each trouble is told once, and its end; whatever fails at that changes nothing and betrays nothing."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from furat.operate.channels import Channel, Unsent, ping
from furat.operate.metrics import Cost, write
from furat.operate.telling import tell
from furat.operate.trouble import Trouble
from furat.operate.watch import Ended, Watch
from furat.outcomes import Ending
from furat.store import Store
from tests.support.ear import SECRET, Ear, listening


def warnings(log: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in log.records if record.levelno >= logging.WARNING]


BLOCKED = Trouble(
    "unreachable", "the last crawl ended with exit code 3: HTTP 403", "Open it in a browser.", "2026-01-01"
)
SILENT = Trouble("silent", "nothing new for 9 days", "Look at the site.")
NOBODY = f"json://127.0.0.1:9/{SECRET}"


@pytest.fixture
def ear() -> Iterator[Ear]:
    with listening() as ear:
        yield ear


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Return the log of a test, which may hold no secret, however much is logged."""
    caplog.set_level(logging.DEBUG)
    yield caplog
    assert SECRET not in caplog.text


@pytest.mark.usefixtures("log")
def test_a_trouble_is_told_once_and_so_is_its_end(ear: Ear, tmp_path: Path) -> None:
    file = tmp_path / ".told" / "a.json"
    for troubles in ([BLOCKED], [BLOCKED], [BLOCKED, SILENT], [SILENT], [SILENT], [], []):
        tell(file, "a.example", ear.notify, troubles)

    assert [message.partition(": ")[2] for message in ear.messages] == [
        "the last crawl ended with exit code 3: HTTP 403, since 2026-01-01. Open it in a browser.",
        "nothing new for 9 days. Look at the site.",
        "this is over: the last crawl ended with exit code 3: HTTP 403 (since 2026-01-01). Nothing is to be done.",
        "this is over: nothing new for 9 days. Nothing is to be done.",
    ]
    assert all(message.startswith("a.example: ") for message in ear.messages)
    assert SECRET not in file.read_text("utf-8")


def test_what_everybody_got_used_to_is_not_told_and_its_end_is_known(ear: Ear, tmp_path: Path) -> None:
    old = replace(SILENT, is_accepted=True)
    tell(tmp_path / "a", "a.example", ear.notify, [old])
    assert not ear.messages
    for troubles in ([SILENT], [old]):
        tell(tmp_path / "a", "a.example", ear.notify, troubles)

    assert len(ear.messages) == 1


def test_nothing_is_over_while_nobody_can_know(ear: Ear, tmp_path: Path) -> None:
    tell(tmp_path / "a", "a.example", ear.notify, [BLOCKED])
    tell(tmp_path / "a", "a.example", ear.notify, [], is_over=False)

    assert len(ear.messages) == 1


def test_an_address_that_fails_is_tried_again_and_keeps_no_other_from_being_told(
    ear: Ear, tmp_path: Path, log: pytest.LogCaptureFixture
) -> None:
    for addresses in (f"{NOBODY}, {ear.notify}", f"{NOBODY} {ear.notify}", f"nonsense://{SECRET}\n{ear.notify}"):
        tell(tmp_path / "a", "a.example", addresses, [BLOCKED])

    assert len(ear.messages) == 1
    assert [line.partition(": ")[0] for line in warnings(log)] == [
        f"FURAT_NOTIFY, {kind}" for kind in ("json", "json", "nonsense")
    ]
    ear.status = 500
    with pytest.raises(Unsent):
        Channel(ear.notify).send("title", "body", is_good=True)


@pytest.mark.parametrize("memory", ["", "[1]", '{"a": 1}', '{"a": {"silent": {}}}', "\x00"])
def test_a_memory_that_is_lost_tells_too_much_not_too_little(ear: Ear, tmp_path: Path, memory: str) -> None:
    (tmp_path / "a").write_text(memory)
    tell(tmp_path / "a", "a.example", ear.notify, [BLOCKED])

    assert len(ear.messages) == 1


@pytest.mark.parametrize(
    "end, path",
    [
        ("", f"/ping/{SECRET}"),
        ("/", f"/ping/{SECRET}"),
        ("?rid=1#x", f"/ping/{SECRET}?rid=1"),
        (" ", f"/ping/{SECRET}"),
    ],
)
def test_a_ping_follows_the_address(ear: Ear, end: str, path: str) -> None:
    ping(f"{ear.ping}{end}".strip())
    ping(f"{ear.ping}{end}".strip(), "3", "why")

    before, mark, query = path.partition("?")
    assert ear.heard == [(path, ""), (f"{before}/3{mark}{query}", "why")]


def watch(ear: Ear, folder: Path, **settings: str) -> Watch:
    told = {"notify": ear.notify, "ping": ear.ping, "metrics": str(folder.parent / "furat.prom"), **settings}
    return Watch("a.example", folder, told["notify"], told["ping"], told["metrics"], 10)


@pytest.mark.parametrize(
    "ended, kind, pings",
    [
        (Ended(Cost(2), "the setting X", Ending.WRONG_USAGE), "wrong usage", ["/2"]),
        (Ended(Cost(1), "no archive", Ending.DAMAGED), "damaged", ["/1"]),
        (Ended(Cost(1), "KeyError"), "crashed", ["/1"]),
        (Ended(Cost(3), "No space left", Ending.UNWRITABLE), "unwritable", ["/3"]),
        (Ended(Cost(4), "held by", Ending.LOCKED), "", []),
        (Ended(Cost(3), "stopped", Ending.STOPPED), "", ["/3"]),
    ],
)
def test_a_crawl_that_never_began_is_told_too(
    ear: Ear, tmp_path: Path, ended: Ended, kind: str, pings: list[str]
) -> None:
    for _ in range(2):
        watch(ear, tmp_path / "data" / "a.example").end(ended)

    assert ear.pings == 2 * pings
    assert [f"({kind}): {ended.reason}" in message for message in ear.messages] == ([True] if kind else [])
    assert not (tmp_path / "data" / "a.example").exists()


def test_whatever_fails_is_one_line_of_the_log(ear: Ear, tmp_path: Path, log: pytest.LogCaptureFixture) -> None:
    ear.status = 500
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / ".told").touch()  # where the memory should be
    broken = watch(ear, tmp_path / "data" / "a.example", metrics=str(tmp_path))
    broken.end(Ended(Cost(1), "KeyError"))
    for address in (f"file:///{SECRET}", f"{SECRET}", f"https://[{SECRET}", f"http://127.0.0.1:9/{SECRET}"):
        replace(broken, ping=address, notify="", metrics="").end(Ended(Cost(0)))

    lines = warnings(log)
    assert len(lines) == 8
    assert lines[2] == "FURAT_PING: not told: HTTP 500"
    assert lines[4] == "FURAT_PING: not told: FURAT_PING is not a web address; write it like https://hc-ping.com/UUID"


def test_sites_share_a_file_of_figures(tmp_path: Path) -> None:
    file = tmp_path / "node" / "furat.prom"
    write(file, "a.example", {"furat_pending": 3})
    write(file, 'b"\\\n.example', {"furat_pending": 5, "furat_exit_code": 3})
    write(file, "a.example", {"furat_pending": 4})
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    with file.open("a") as more:
        more.write("no figures {{{")
    write(file, "a.example", {"furat_pending": 1})

    assert lines == [
        'furat_exit_code{site="b\\"\\\\\\n.example"} 3.0',
        'furat_pending{site="a.example"} 4.0',
        'furat_pending{site="b\\"\\\\\\n.example"} 5.0',
    ]
    assert 'furat_pending{site="a.example"} 1.0' in file.read_text("utf-8")
    assert [path.name for path in file.parent.iterdir()] == ["furat.prom"]


def test_the_figures_are_those_of_the_archive(ear: Ear, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "a.example"
    with Store.at(folder) as store:
        store.crawls.begin("c1", "refresh")
        store.crawls.end("c1", 0, Ending.FINISHED, "[]")
    watch(ear, folder, notify="", ping="").end(Ended(Cost(0, 12, 3400, 5.5), crawl="c1"))
    text = (tmp_path / "data" / "furat.prom").read_text("utf-8")
    found = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))

    expected = {"exit_code": 0, "requests": 12, "bytes": 3400, "seconds": 5.5, "pending": 0, "needs_person": 0}
    assert {name: float(found[f'furat_{name}{{site="a.example"}}']) for name in expected} == expected
    assert float(found['furat_last_complete_age_seconds{site="a.example"}']) < 60
    assert json.dumps(ear.heard) == "[]"
