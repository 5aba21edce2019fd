"""When a missing field is an exception, and when it is none any more."""

from typing import Any

import pytest

from furat.frontier.drift import ALARM, Chart, LayoutDrift, repeating
from furat.items import Article

WHOLE: tuple[str, ...] = ()


@pytest.mark.parametrize("missing, articles", [(0, 20), (0, 100_000), (50, 3000), (240, 1200)])
def test_a_chart_is_silent_where_nothing_changes_and_speaks_soon_where_all_is_missing(
    missing: int, articles: int
) -> None:
    chart = Chart(articles, missing)
    as_ever = [chart.see(is_missing=number * 7919 % 19_997 / 19_997 < missing / articles) for number in range(20_000)]
    broken = [chart.see(is_missing=True) for _ in range(100)]

    assert max(as_ever) < ALARM
    assert 2 < next(number for number, value in enumerate(broken) if value > ALARM) < 80


def test_without_history_nothing_is_suspect() -> None:
    coverage = LayoutDrift({})

    assert not any(coverage.judge(f"a{number}", ("published",)) for number in range(19))
    assert not coverage.suspect("address", "", ())


def test_what_an_article_lacked_before_is_not_suspect() -> None:
    coverage = LayoutDrift({WHOLE: 100})

    assert coverage.judge("a1", ("text",), before=("text",)) == ()
    assert coverage.judge("a2", ("text",)) == ("text",)


def test_what_most_articles_lack_is_not_usual() -> None:
    coverage = LayoutDrift({WHOLE: 20, ("published",): 80})

    assert coverage.judge("a1", ("published",)) == ()


@pytest.mark.parametrize("is_missing", [True, False])
def test_a_field_that_is_not_usual_raises_no_alarm(is_missing: bool) -> None:
    chart = Chart(articles=100, missing=80)

    assert max(chart.see(is_missing=is_missing) for _ in range(200)) < ALARM


def test_whole_pages_that_follow_a_suspect_clear_it() -> None:
    coverage = LayoutDrift({WHOLE: 100})
    coverage.suspect("address", "a1", coverage.judge("a1", ("text",)))
    for number in range(3):
        coverage.judge(f"b{number}", WHOLE)

    assert coverage.weigh() == "look again"
    assert coverage.clear() == ["address"]
    assert coverage.judge("a1", ("text",)) == ()
    assert coverage.judge("a1", ("title", "text")) == ("title", "text")


@pytest.mark.parametrize("answers, verdict", [("wwl", "look again"), ("lwl", "stop"), ("wl", "go on"), ("", "go on")])
def test_witnesses_decide_by_majority(answers: str, verdict: str) -> None:
    coverage = LayoutDrift({WHOLE: 100})
    coverage.suspect("address", "a1", coverage.judge("a1", ("title",)))

    assert coverage.weigh() == "ask"
    for number, answer in enumerate(answers):
        odd = coverage.judge(f"b{number}", WHOLE if answer == "w" else ("title",))
        if odd:
            coverage.suspect(f"b{number}", f"b{number}", odd)
    assert coverage.weigh() == verdict


@pytest.mark.parametrize(
    "doubtful, lacks, verdict",
    [
        (("title",), ("title", "layout"), "stop"),
        (("title",), ("published", "layout"), "look again"),
        ((), ("published", "layout"), "look again"),  # a page that can be read refutes that none can
    ],
)
def test_witnesses_are_asked_only_for_what_suspects_lack(
    doubtful: tuple[str, ...], lacks: tuple[str, ...], verdict: str
) -> None:
    drift = LayoutDrift({WHOLE: 500})
    drift.suspect("address", "", drift.judge("a1", doubtful), is_marked=not doubtful)
    drift.weigh()
    for number in range(3):
        if odd := drift.judge(f"b{number}", lacks):
            drift.suspect(f"b{number}", f"b{number}", odd)

    assert drift.weigh() == verdict


@pytest.mark.parametrize(
    "fields, names",
    [
        ({"title": "عنوان"}, ("own title",)),
        ({"published": "2024-07-25T10:00:00+03:00"}, ("own date",)),
        ({"published": "2024-07-25"}, ()),  # a day has many articles
        ({"text": ""}, ()),
    ],
    ids=str,
)
def test_what_two_pages_share_is_not_their_own(fields: dict[str, Any], names: tuple[str, ...]) -> None:
    first, second = (Article(id=f"example.org/{number}", url="https://example.org/", **fields) for number in (1, 2))

    assert repeating(second, first) == names
    assert repeating(first, first) == ()


def test_a_page_gets_one_second_look() -> None:
    coverage = LayoutDrift({WHOLE: 100})
    assert coverage.suspect("address", "a1", coverage.judge("a1", ("title",)))
    coverage.clear()

    assert not coverage.suspect("address", "a1", coverage.judge("a1", ("published",)))


@pytest.mark.parametrize("name", ["title", "published", "layout"])
def test_a_redesign_that_takes_a_field_from_every_page_raises_the_alarm(name: str) -> None:
    drift = LayoutDrift({WHOLE: 100})

    judged = [drift.judge(f"a{number}", (name,)) for number in range(20)]

    assert set(judged) == {(name,)}
    assert drift.alarm == name


def test_a_redesign_whose_pages_are_no_articles_any_more_raises_the_alarm() -> None:
    drift = LayoutDrift({WHOLE: 100})

    assert {drift.judge_unread() for _ in range(20)} == {("article",)}
    assert drift.alarm == "article"


@pytest.mark.parametrize("name", ["text", "own title", "own date", "own text"])
def test_what_a_whole_section_may_lack_raises_none(name: str) -> None:
    drift = LayoutDrift({WHOLE: 100})

    judged = [drift.judge(f"a{number}", (name,)) for number in range(200)]

    assert judged[0] == (name,)  # a second look is due all the same
    assert drift.alarm == ""
