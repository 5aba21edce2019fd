"""`scrapy crawl warc`: archives from WARC files, Furat's own and others', without a request."""

import gzip
import hashlib
import os
import re
import subprocess
from base64 import b32encode
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.replica import Replica, serve
from tests.support.crawls import Command, Crawler
from tests.support.warcs import by_warcio, files, rows
from tests.warc.made import BASE, CODED, pages, response

OF_THE_VISIT = {"crawl", "sections", "seen", "first_seen"}
"""What a page does not tell."""


def told(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what pages say, by article and revision."""
    plain = [{name: value for name, value in record.items() if name not in OF_THE_VISIT} for record in records]
    return sorted(plain, key=lambda record: (record["id"], record["revision"]))


def test_what_was_captured_makes_the_same_archive_again(crawl: Crawler, data: Path, tmp_path: Path) -> None:
    capture = {"FURAT_WARC": 1, "FURAT_DUE_SHARE": 0, "FURAT_REVISITS": 1000}
    with serve(Replica(30, weight=0)) as site:
        visited = [crawl(site.url, **capture)]
        site.replica.edit(20, "أضيفت هذه الفقرة لاحقاً.")
        visited.append(crawl(site.url, **capture))
        asked, records = len(site.requests), [record for one in visited for record in one.records]
        data.rename(tmp_path / "first")
        pattern = f"files={tmp_path}/first/*/warc/*.warc.gz"

        again, once_more = (crawl(site.url, "-a", pattern, spider="warc") for _ in range(2))

        assert len(site.requests) == asked
    assert [one.exit_code for one in (*visited, again, once_more)] == [0, 0, 0, 0], again.log
    assert told(again.records) == told(records)
    assert once_more.records == []
    moments = {row.fields["WARC-Date"][:19] for path in files(tmp_path / "first") for row in by_warcio(path)}
    assert {record["seen"] for record in again.records} <= {f"{moment}+00:00" for moment in moments}


def test_an_archive_is_mended_and_what_it_saw_since_stays(crawl: Crawler, command: Command, data: Path) -> None:
    with serve(Replica(8, weight=0)) as site:
        old = dict(pages(site.replica, site.url.rstrip("/")))
        lost, *others = sorted(old)
        assert crawl(site.url).exit_code == 0
        site.replica.edit(3, "أضيفت هذه الفقرة لاحقاً.")
        assert crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=100).exit_code == 0
        before = command("history", others[3], site=site.url).out
        command("forget", lost, "--because", "خطأ", site=site.url)
        folder = next(data.rglob("archive.db")).parent
        (folder / "warc").mkdir()
        added = {f"{site.url}new/": old[others[0]].replace(b"postid-", b"postid-9")}
        records = [response(url, page, date="2025-01-01T00:00:00Z") for url, page in {**old, **added}.items()]
        (folder / "warc" / "others.warc.gz").write_bytes(b"".join(records))

        mended = crawl(site.url, "-a", f"files={folder}/warc/*", spider="warc")

        assert mended.exit_code == 0, mended.log
        assert command("history", others[3], site=site.url).out == before
        assert command("show", lost, site=site.url).exit_code == 2
    assert [row[2] for row in rows(data)] == ["warc/others.warc.gz"] * len(mended.records)


def test_wget_makes_what_furat_reads(crawl: Crawler, tmp_path: Path) -> None:
    with serve(Replica(20, weight=0)) as site:
        truth = {post["post_id"] for post in site.truth()}
        wget = ["wget", "--quiet", "--recursive", "--level=8", "--page-requisites", "--execute=robots=off"]
        for words in (["--warc-file=plain", "--no-warc-compression"], ["--warc-file=packed"]):
            # 6 and 8: a link led to a page that the site keeps to itself, or lacks
            done = subprocess.run(
                [*wget, *words, site.url], cwd=tmp_path, check=False, capture_output=True, timeout=200
            )
            assert done.returncode in (0, 6, 8), done.stderr
    (tmp_path / "plain.warc").rename(tmp_path / "one.warc")

    crawled = crawl(site.url, "-a", f"files={tmp_path}/one.warc", spider="warc")
    assert crawled.exit_code == 0, crawled.log
    assert {*crawled.ids} == truth
    again = crawl(site.url, "-a", f"files={tmp_path}/packed.warc.gz", spider="warc")
    assert [record for record in again.records if record["revision"] == 1] == []


def test_whatever_one_record_holds_the_others_are_read(crawl: Crawler, tmp_path: Path) -> None:
    replica = Replica(40, weight=0)
    made = list(pages(replica))
    good = [
        response(url.replace("https://", hosts[number % 3]), code(page), http=http, version=("1.0", "1.1")[number % 2])
        for number, (url, page) in enumerate(made)
        for hosts in [("https://", "http://", "https://www.")]
        for code, http in [CODED[number % len(CODED)]]
    ]
    bad = [
        b"\x1f\x8b\x08\x00 no gzip at all",
        good[0][: len(good[0]) // 2],
        bytes([*good[1][:60], good[1][60] ^ 255, *good[1][61:]]),
        gzip.compress(b"WARC/1.0\r\nrubbish\r\n\r\n"),
        gzip.compress(b"not WARC"),
        gzip.compress(b"WARC/1.0\r\n" + b"X: y\r\n" * 50_000),
        gzip.compress(gzip.decompress(good[2]).replace(b"Content-Length:", b"Content-Length: 9", 1)),
        response(f"{BASE}/new/", b"x", date="not a date"),
        response(f"{BASE}/later/", made[0][1], date="2999-01-01T00:00:00Z"),
        response(f"{BASE}/never/", made[0][1], date="1970-01-01T00:00:07Z"),
        response(f"{BASE}/never/", made[0][1], date="0001-01-01T00:00:00Z"),
        response("https://other.example/a/", made[0][1]),
        response(f"{BASE}/a.jpg", b"\xff\xd8", content_type="image/jpeg"),
        response(f"{BASE}/gone/", b"<p>gone", status="404 Not Found"),
        response(f"{BASE}/ali/", gzip.compress(bytes(100 << 20), 9), http=(("Content-Encoding", "gzip"),)),
        response(f"{BASE}/cut/", made[0][1][:3000]),
        response(f"{BASE}/\x00\x1b[2J/", made[0][1]),
    ]
    mixed = b"".join(each for pair in zip(good, bad * 3, strict=False) for each in pair)
    (tmp_path / "mixed.warc.gz").write_bytes(mixed)
    (tmp_path / "empty.warc.gz").touch()

    crawled = crawl(BASE, "-a", f"files={tmp_path}/*.warc.gz", spider="warc", FURAT_WARC=1)

    assert crawled.exit_code == 3, crawled.log
    assert "empty.warc.gz holds no response of a WARC file; is it one?" in crawled.log
    assert {*crawled.ids} == {post["post_id"] for post in replica.truth(BASE)}
    assert {record["seen"] for record in crawled.records} == {"2025-06-01T10:00:00+00:00"}


def test_wrong_lengths_and_plain_files_lose_nothing(crawl: Crawler, tmp_path: Path) -> None:
    replica = Replica(12, weight=0)
    records = [response(url, page, packed=False) for url, page in pages(replica)]
    for number, wrong in ((2, b"7"), (4, b"99999999"), (6, b"-5"), (8, b"many")):
        records[number] = records[number].replace(b"\r\nContent-Length: ", b"\r\nX-Length: ", 1)
        records[number] = records[number].replace(b"WARC-Type", b"Content-Length: " + wrong + b"\r\nWARC-Type", 1)
    (tmp_path / "plain.warc").write_bytes(b"rubbish before\n" + b"".join(records))
    (tmp_path / "one-member.warc.gz").write_bytes(gzip.compress(b"".join(records[:3])))

    crawled = crawl(BASE, "-a", f"files={tmp_path}/*.warc*", spider="warc")

    assert crawled.exit_code == 0, crawled.log
    assert {*crawled.ids} == {post["post_id"] for post in replica.truth(BASE)}


def test_a_revisit_shows_the_page_that_it_refers_to(crawl: Crawler, tmp_path: Path) -> None:
    (url, page), (_, other), *_ = pages(Replica(3, weight=0))
    own = f"sha512:{b32encode(hashlib.sha512(page).digest()).decode()}"
    forged = response(f"{BASE}/?p=2", other, digest=own)
    first = response(f"{BASE}/?p=1", page, digest=own)
    revisit = response(url, b"", kind="revisit", date="2025-07-01T00:00:00Z", digest=own)
    lost = response(f"{url}b/", b"", kind="revisit", digest="sha1:BBBB")
    rules = response(f"{BASE}/robots.txt", b"", kind="revisit", digest="sha1:CCCC", content_type="text/plain")
    (tmp_path / "a.warc.gz").write_bytes(forged + first + revisit + lost + rules)

    crawled = crawl(BASE, "-a", f"files={tmp_path}/a.warc.gz", spider="warc")

    assert crawled.exit_code == 3
    assert "not read: 1 revisit of a page that no file holds" in crawled.log
    assert (url, "2025-07-01T00:00:00+00:00") in {(record["url"], record["seen"]) for record in crawled.records}


def test_a_revisit_is_not_taken_at_the_word_of_a_record(crawl: Crawler, tmp_path: Path) -> None:
    (url, page), (_, other), *_ = pages(Replica(3, weight=0))
    own = f"sha256:{hashlib.sha256(page).hexdigest()}"
    forged = response(f"{BASE}/?p=2", other, digest=own)
    revisit = response(url, b"", kind="revisit", date="2025-07-01T00:00:00Z", digest=own)
    (tmp_path / "a.warc.gz").write_bytes(forged + revisit)

    crawled = crawl(BASE, "-a", f"files={tmp_path}/a.warc.gz", spider="warc")

    assert crawled.exit_code == 3
    assert "not read: 1 revisit by a digest that no page has which claims it" in crawled.log
    assert {record["seen"] for record in crawled.records} == {"2025-06-01T10:00:00+00:00"}


def test_a_page_without_title_is_one_exception_however_often_it_was_captured(crawl: Crawler, tmp_path: Path) -> None:
    replica = Replica(40, weight=0)
    made = dict(pages(replica))
    untitled = next(post["url"] for post in replica.truth(BASE) if not post["title"])
    often = [response(untitled, made[untitled], date=f"2025-06-02T10:00:{second}Z") for second in range(10, 40)]
    records = [response(url, page) for url, page in made.items()]
    (tmp_path / "a.warc.gz").write_bytes(b"".join([*records, *often]))

    crawled = crawl(BASE, "-a", f"files={tmp_path}/a.warc.gz", spider="warc")

    assert crawled.exit_code == 0, crawled.log
    assert sum(record["url"] == untitled for record in crawled.records) == 1


def test_a_crawl_that_is_stopped_goes_on_where_it_was(crawl: Crawler, tmp_path: Path) -> None:
    replica = Replica(40, weight=0)
    (tmp_path / "a.warc.gz").write_bytes(b"".join(response(url, page) for url, page in pages(replica)))

    words = ["-a", f"files={tmp_path}/a.warc.gz"]
    stopped = crawl(BASE, *words, spider="warc", CLOSESPIDER_ITEMCOUNT=7)
    resumed = crawl(BASE, *words, spider="warc")

    assert (stopped.exit_code, resumed.exit_code) == (3, 0), stopped.log + resumed.log
    assert 7 <= len(stopped.ids) < 12
    assert sorted(stopped.ids + resumed.ids) == sorted(post["post_id"] for post in replica.truth(BASE))


def test_files_that_are_not_there_are_told(crawl: Crawler, tmp_path: Path) -> None:
    for words, said in (
        ([], "warc needs files"),
        (["-a", f"files={tmp_path}/*.gz"], "matches no file; give a pattern like 'captures/*.warc.gz'"),
    ):
        crawled = crawl(BASE, *words, spider="warc")
        assert crawled.exit_code == 2
        assert said in crawled.log


def test_an_article_of_which_a_page_was_not_captured_is_pending(crawl: Crawler, tmp_path: Path) -> None:
    made = dict(pages(Replica(40, weight=0)))
    url = next(url for url in made if f"{url}2/" in made)
    (tmp_path / "first.warc.gz").write_bytes(response(url, made[url]))
    others = [response(each, page) for each, page in made.items() if each.startswith(url) and each != url]
    (tmp_path / "others.warc.gz").write_bytes(b"".join(others))

    part = crawl(BASE, "-a", f"files={tmp_path}/first.warc.gz", spider="warc")
    whole = crawl(BASE, "-a", f"files={tmp_path}/*.warc.gz", spider="warc")

    assert (part.exit_code, part.records) == (3, [])
    assert f"{unquote(url)}2/ is missing (HTTP 404)" in part.log
    assert "is pending: not visited yet (tries: 0)" in part.log
    assert (whole.exit_code, [record["url"] for record in whole.records]) == (0, [url])


def test_names_of_files_from_anywhere_do_no_harm(crawl: Crawler, data: Path, tmp_path: Path) -> None:
    records = b"".join(response(url, page) for url, page in pages(Replica(3, weight=0)))
    warc = data / "example.org" / "warc"
    warc.mkdir(parents=True)
    (warc / os.fsdecode(b"a\xff\n\x1b[2J\xe2\x80\xae.warc.gz")).write_bytes(records)
    (warc / os.fsdecode(b"b\xff\n.warc.gz")).write_bytes(b"nothing")
    (warc / "dead.warc.gz").symlink_to(tmp_path / "moved")
    (warc / "loop.warc.gz").symlink_to("loop.warc.gz")
    os.mkfifo(warc / "pipe.warc.gz")
    (warc / "folder.warc.gz").mkdir()

    crawled = crawl(BASE, "-a", f"files={warc}/*", spider="warc")

    assert (crawled.exit_code, len(crawled.records), rows(data)) == (3, 3, []), crawled.log
    assert all(said in crawled.log for said in ("(and 3 more)", "moved was not read", "pipe.warc.gz was not read"))
    assert not {"Traceback", "\x1b", "\u202e"} & {*re.findall("Traceback|\x1b|\u202e", crawled.log)}
