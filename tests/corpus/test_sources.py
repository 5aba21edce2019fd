"""What a corpus is made of: archives and exports alike, each article once, none that was taken down."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from furat.corpus.build import build
from furat.exceptions import Stop
from furat.items import Article, Tombstone
from furat.store import Store
from tests.corpus.conftest import NEWS, archived, exported, item, links, records, sequential

TEXT = "خرج أهالي القرية صباحاً إلى الحقول وعادوا قبل الظهر بعدما اشتد الحر ولم تسجل أي حادثة في الطريق"


def told(number: int, host: str, text: str = TEXT, **fields: Any) -> Article:
    return item(replace(NEWS[0], title="خبر", paragraphs=(text,)), number, host, **{"id": number, **fields})


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "release/", "history.parquet"])
def test_an_export_makes_the_corpus_that_its_archive_makes(folder: Path, tmp_path: Path, name: str) -> None:
    build([str(folder)], tmp_path / "of archive", None)
    build([str(exported(folder, name))], tmp_path / "of export", None)

    assert links(tmp_path / "of export") == links(tmp_path / "of archive")
    assert records(tmp_path / "of export") == records(tmp_path / "of archive")


def test_folders_that_are_named_like_partitions_change_nothing(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "number=5" / "id=a" / "source=b"
    build([str(folder)], tmp_path / "of archive", None)
    build([str(exported(folder, "a.parquet"))], place / "out", None)

    assert links(place / "out") == links(tmp_path / "of archive")
    assert records(place / "out") == records(tmp_path / "of archive")


def test_an_article_of_two_archives_is_one(tmp_path: Path) -> None:
    """A copy of an archive went on elsewhere: there, an article was edited and another one added."""
    news = [item(one, number) for number, one in enumerate(NEWS)]
    here, there = tmp_path / "here" / "example.org", tmp_path / "there" / "example.org"
    archived(here, news[:40])
    edited = replace(news[5], text=f"{news[5].text}\n\nأضيف", digest="x", seen="2026-02-01T00:00:00+00:00")
    archived(there, news[10:])
    archived(there, [news[5], edited])

    build([str(here), str(there)], tmp_path / "out", None)

    last = {one.id: one for one in [*news, edited]}
    firsts = [replace(last[one.id], seen=one.seen) for one in news]
    assert links(tmp_path / "out") == sequential(firsts)
    found = records(tmp_path / "out")
    assert found.keys() == last.keys()
    assert found[edited.id]["text"] == edited.text
    assert found[edited.id]["first_seen"] == news[5].seen


def test_a_site_that_counts_anew_loses_nothing(tmp_path: Path) -> None:
    old = told(1, "a.example")
    new = told(1, "a.example", NEWS[9].text, title="خبر آخر", url="https://a.example/new/")
    copy = told(2, "b.example", NEWS[9].text, title="نبأ", seen="2026-03-01T00:00:00+00:00")
    new = replace(new, seen="2026-02-01T00:00:00+00:00")
    given = [archived(tmp_path / name / "a.example", [one]) for name, one in (("old", old), ("new", new))]
    given.append(archived(tmp_path / "b.example", [copy]))

    build([*map(str, given)], tmp_path / "out", None)

    found = records(tmp_path / "out")
    (named,) = found.keys() - {"a.example/1", "b.example/2"}
    assert (found["a.example/1"]["text"], found[named]["text"], found[named]["id"]) == (old.text, new.text, old.id)
    assert found["b.example/2"]["corpus_duplicate_of"] == named


@pytest.mark.parametrize("ending", ["parquet", "jsonl"])
def test_ids_that_look_like_numbers_stay_as_they_are(tmp_path: Path, ending: str) -> None:
    ids = ["007", "7", "7.0", "1e3", "1000", "nan", "null", "0x7", "٧"]
    news = [item(one, number, id=str(number)) for number, one in enumerate(NEWS)]
    articles = [replace(one, id=id) for one, id in zip(news, ids, strict=False)]
    path = exported(archived(tmp_path / "data" / "a.example", articles), f"a.{ending}")

    build([str(path)], tmp_path / "out", None)

    assert sorted(records(tmp_path / "out")) == sorted(ids)
    assert links(tmp_path / "out") == sequential(articles)


def test_empty_archives_make_an_empty_corpus(tmp_path: Path) -> None:
    given = [str(archived(tmp_path / name, [])) for name in ("a.example", "b.example")]
    empty = exported(archived(tmp_path / "data" / "c.example", []), "c.jsonl")

    manifest = build([*given, str(empty)], tmp_path / "out", None)

    assert (manifest.rows, records(tmp_path / "out"), links(tmp_path / "out")) == (0, {}, {})
    assert pl.read_parquet(tmp_path / "out" / "data" / "*.parquet").is_empty()


@pytest.mark.parametrize("is_gone", [True, False])
@pytest.mark.parametrize("kind", ["archive", "dataset"])
def test_what_one_archive_takes_down_leaves_with_its_copies_everywhere(
    tmp_path: Path, kind: str, is_gone: bool
) -> None:
    first, copy, other = told(1, "a.example"), told(2, "b.example"), told(3, "b.example", NEWS[9].text)
    a, b = (archived(tmp_path / "data" / one[0].id[:9], one) for one in ([first], [copy, other]))
    given = [str(a), str(b)]
    build(given, tmp_path / "out", None)
    assert len(records(tmp_path / "out")) == 3

    if kind == "dataset":
        given[0] = str(exported(a, "data/a.example/dataset/a.parquet"))
    (a / "takedowns.txt").write_text("https://a.example/a1/  # asked for", "utf-8")
    with Store.at(a) as store:
        for moment in ("2026-02-01T00:00:00+00:00", "2026-03-01T00:00:00+00:00") if is_gone else ():
            store.articles.write_tombstone(Tombstone(id=first.id, url=first.url, seen=moment, gone=404), "c")
    build(given, tmp_path / "out", None)

    assert records(tmp_path / "out").keys() == {other.id}
    assert links(tmp_path / "out") == {}
    assert "a.example/1" not in "".join(path.name for path in tmp_path.rglob("*"))


def test_a_corpus_may_be_part_of_another_one_but_not_of_itself(folder: Path, tmp_path: Path) -> None:
    build([str(folder)], tmp_path / "out", None)
    other = archived(tmp_path / "data" / "b.example", [item(NEWS[0], 500, "b.example")])

    with pytest.raises(Stop) as caught:
        build([str(tmp_path / "out"), str(other)], tmp_path / "out", None)
    build([str(tmp_path / "out"), str(other)], tmp_path / "both", None)
    build([str(folder), str(other)], tmp_path / "afresh", None)

    assert "name another folder" in caught.value.reason
    assert records(tmp_path / "both") == records(tmp_path / "afresh")
