"""The replica's server serves, fails as it is told to, and ends cleanly."""

import gzip
import http.client
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.replica import Fault, Replica, Served, serve
from tests.replica.reading import get
from tests.support.crawls import LONG, wait_for


@pytest.fixture
def served() -> Iterator[Served]:
    with serve(Replica(60, weight=0)) as served:
        yield served


def test_the_server_serves_the_site_zipped_and_plain(served: Served) -> None:
    served.replica.weight = 60_000
    url = str(served.truth()[0]["url"])
    (answer, body), (_, plain) = get(url, zipped=True), get(url)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"] == "text/html; charset=UTF-8"
    assert 'rel="https://api.w.org/"' in answer.headers["Link"]
    assert gzip.decompress(body) == plain
    assert 59_000 <= len(plain) <= 61_000
    assert plain.endswith(b"</html>\n")


def test_the_server_keeps_a_connection_and_a_log(served: Served) -> None:
    client = http.client.HTTPConnection(urlsplit(served.url).netloc, timeout=LONG)
    for method, path in (("GET", "/"), ("HEAD", "/about/"), ("GET", "/x/"), ("POST", "/")):
        client.request(method, path)
        client.getresponse().read()
    client.close()

    assert list(served.requests) == [
        ("GET", "/", 200),
        ("HEAD", "/about/", 200),
        ("GET", "/x/", 404),
        ("POST", "/", 405),
    ]


@pytest.mark.parametrize(
    "fault, status, headers, within",
    [
        (Fault("about", status=500), 500, {}, ""),
        (Fault("about", status=410), 410, {}, ""),
        (Fault("about", status=503, retry_after=7), 503, {"Retry-After": "7"}, ""),
        (Fault("about", "empty"), 200, {"Content-Length": "0"}, ""),
        (Fault("about", "pdf"), 200, {"Content-Type": "application/pdf"}, "%PDF"),
        (Fault("about", to="http://elsewhere.example/"), 302, {"Location": "http://elsewhere.example/"}, ""),
        (Fault("about", "challenge"), 200, {}, "Checking your browser"),
        (Fault("about", "database"), 500, {}, "Error establishing a database connection"),
    ],
    ids=lambda value: (value.kind or value.to or str(value.status)) if isinstance(value, Fault) else "",
)
def test_faults_strike_and_stop(
    served: Served, fault: Fault, status: int, headers: dict[str, str], within: str
) -> None:
    fault.times = 1
    served.faults.append(fault)
    other, _ = get(f"{served.url}page/2/")
    answer, body = get(f"{served.url}about/")
    after, _ = get(f"{served.url}about/")

    assert (other.status, answer.status, after.status) == (200, status, 200)
    assert headers.items() <= dict(answer.headers).items()
    assert within in body.decode("latin-1")


def test_a_held_answer_comes_when_it_is_released(served: Served) -> None:
    fault = Fault("about", "held", times=1)
    served.faults.append(fault)
    with ThreadPoolExecutor() as pool:
        held = pool.submit(get, f"{served.url}about/")
        wait_for(lambda: not fault.times)
        others = [get(f"{served.url}{path}")[1] for path in ("about/", "page/2/")]
        was_done = held.done()
        fault.release()

        assert held.result()[1] == others[0]
    assert not was_done


def test_a_reset_answers_nothing(served: Served) -> None:
    served.faults.append(Fault("about", "reset"))
    with pytest.raises(ConnectionError):
        get(f"{served.url}about/")

    assert served.requests[-1].status == 0


def test_a_truncated_body_is_shorter_than_announced(served: Served) -> None:
    served.faults.append(Fault("about", "truncated"))
    with pytest.raises(http.client.IncompleteRead):
        get(f"{served.url}about/")


def test_a_cut_page_ends_cleanly_in_the_middle(served: Served) -> None:
    served.faults.append(Fault("about", "cut", times=1))
    (_, cut), (_, whole) = get(f"{served.url}about/"), get(f"{served.url}about/")

    assert whole.startswith(cut)
    assert b"</html>" not in cut


@pytest.mark.parametrize(
    "kind, content_type", [("windows-1256", "text/html; charset=windows-1256"), ("windows-1256-meta", "text/html")]
)
def test_pages_in_windows_1256(served: Served, kind: Any, content_type: str) -> None:
    served.faults.append(Fault("about", kind))
    answer, body = get(f"{served.url}about/")

    assert answer.headers["Content-Type"] == content_type
    assert "شبكة تنقل أخبار المدن" in body.decode("windows-1256")
    assert b'<meta charset="windows-1256">' in body


def test_changes_show_on_the_running_server(served: Served) -> None:
    path = urlsplit(str(served.truth()[-6]["url"])).path
    served.replica.delete(5)

    assert get(f"{served.url.rstrip('/')}{path}")[0].status == 404
    assert len(served.truth()) == 59


def test_the_server_ends_cleanly_with_a_client_still_there() -> None:
    threads = threading.active_count()
    with serve(Replica(20)) as served:
        client = http.client.HTTPConnection(urlsplit(served.url).netloc, timeout=LONG)
        client.request("GET", "/")
        client.getresponse().read()
    client.close()

    assert threading.active_count() == threads
    with pytest.raises(ConnectionRefusedError):
        get(served.url)


@pytest.mark.parametrize("stop", ["terminate", "kill"])
def test_the_command_serves_until_it_is_told_to_stop(stop: str) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.replica", "--articles", "100000", "--paging", "more"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        status = get(f"{url}page/9000/")[0].status
        getattr(process, stop)()

        assert process.wait(LONG) == (0 if stop == "terminate" else -9)
        assert status == 200
