"""Every exchange is kept as it was sent and received, and each state names its record."""

import re
from pathlib import Path

from tests.replica import Replica, serve
from tests.support.archives import execute
from tests.support.crawls import Crawler
from tests.support.warcs import by_fastwarc, by_warcio, files, rows, states
from tests.warc.rude import WORD, RudeConnection, rude  # noqa: F401 (a fixture)

REDACTED = rb"\1: [redacted]"


def test_each_exchange_is_kept_byte_by_byte_but_for_what_is_secret(
    crawl: Crawler,
    data: Path,
    tmp_path: Path,
    rude: type[RudeConnection],  # noqa: F811
) -> None:
    with serve(Replica(6, weight=0)) as site:
        (tmp_path / "sites.toml").write_text(
            f'[rude]\naddress = "{site.url}"\nwarc = true\ncontact = "me@example.org"\n'
            'user = "ali"\npassword = "hidden"\nheaders = { X-Api-Key = "hidden-too" }\n'
        )
        crawled = crawl(site.url, FURAT_SITES=tmp_path / "sites.toml", FURAT_NOTIFY="json://hidden-three/")

    assert crawled.exit_code == 0, crawled.log
    (path,) = files(data)
    info, *others = by_warcio(path)
    assert by_fastwarc(path) == [info, *others]
    blocks = {kind: [row.block for row in others if row.kind == kind] for kind in ("request", "response", "revisit")}
    sent = [re.sub(b"(Set-Cookie|set-cookie): .*(?=\r)", REDACTED, answer) for answer in rude.sent]
    heads = [answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" for answer in sent]
    assert set(blocks["response"]) <= {*sent}
    assert set(blocks["revisit"]) <= {*heads}
    assert len(blocks["response"]) + len(blocks["revisit"]) == len(sent)
    asked = [re.sub(rb"(Authorization|X-Api-Key): .*(?=\r)", rb"\1: [redacted]", one) for one in rude.asked]
    assert sorted(blocks["request"]) == sorted(asked)
    lacks = {(row.kind == "request", *sorted(row.fields["Furat-Redacted"].split(", "))) for row in others}
    assert lacks == {(True, "Authorization", "X-Api-Key"), (False, "Set-Cookie", "set-cookie")}
    content = b"".join(row.block + repr(row.fields).encode() for row in [info, *others])
    assert not [word for word in ("hidden", "YWxp", WORD) if word.encode() in content]  # YWxp: ali, in Base64
    assert {row.fields["WARC-IP-Address"] for row in others if row.kind == "response"} == {"127.0.0.1"}
    assert b"operator: me@example.org\r\n" in info.block
    assert re.search(rb"robots-txt: \S+/robots.txt HTTP 200 sha256:", info.block)


def test_each_state_names_the_record_that_it_was_read_from(crawl: Crawler, data: Path) -> None:
    with serve(Replica(30, weight=0)) as site:
        settings = {"FURAT_WARC": 1, "FURAT_DUE_SHARE": 0, "FURAT_REVISITS": 1000}
        crawled = [crawl(site.url, **settings)]
        site.replica.edit(20, "أضيفت هذه الفقرة لاحقاً.")
        site.replica.delete(10)
        crawled.append(crawl(site.url, **settings))
        execute(data, "UPDATE article SET suspected_at = '2026-01-01T00:00:00+00:00' WHERE suspected_by IS NOT NULL")
        crawled.append(crawl(site.url, **settings))
        crawled += [crawl(site.url, spider="feed", FURAT_WARC=1) for _ in range(2)]

    assert [one.exit_code for one in crawled] == [0, 0, 0, 0, 0], crawled[-1].log
    assert "1 removed" in crawled[2].log
    kept = {(f"warc/{path.name}", row.offset): row for path in files(data) for row in by_warcio(path)}
    named = rows(data)
    assert {(article, revision) for article, revision, *_ in named} == states(data)
    for _, _, file, offset, record, digest in named:
        row = kept[file, offset]
        assert row.fields["WARC-Record-ID"] == f"<{record}>"
        assert row.kind in {"response", "revisit"}  # the pages that say that there is nothing may be the same
        assert row.fields["WARC-Payload-Digest"] == digest
    again = [row for row in kept.values() if row.kind == "revisit"]
    profiles = {row.fields["WARC-Profile"].rpartition("/")[2] for row in again}
    assert profiles == {"identical-payload-digest", "server-not-modified"}
    for row in again:
        if "Furat-Refers-To-File" in row.fields:
            place = row.fields["Furat-Refers-To-File"], int(row.fields["Furat-Refers-To-Offset"])
            assert kept[place].fields["WARC-Record-ID"] == row.fields["WARC-Refers-To"]
            assert kept[place].fields["WARC-Date"] == row.fields["WARC-Refers-To-Date"]


def test_without_the_setting_nothing_is_kept(crawl: Crawler, data: Path) -> None:
    with serve(Replica(3, weight=0)) as site:
        assert crawl(site.url).exit_code == 0

    assert not [*data.rglob("warc")]
    assert rows(data) == []
