"""What differs between a record and what WordPress itself says of a post."""

from dataclasses import asdict, replace
from typing import Any

import pytest

from tests.real_wordpress.truth import Difference, Post, Record, differences

POST = Post(
    post_id=7,
    url="http://127.0.0.1:8086/a/",
    title="خبر “خاص”",
    authors=["ليلى"],
    published="2022-01-01T10:00:00+02:00",
    modified="2022-01-03T10:00:00+02:00",
    categories=["الرقة"],
    tags=["القمح", "الخبز"],
    sections=["الرقة", "أخبار"],
    required=['قال: "نعم"...', "ثم مضى"],
    optional=["صورة"],
    pages=1,
    why=None,
)


def record(**changed: Any) -> Record:
    return asdict(POST) | {"text": "قال: ”نعم“…\n\nثم مضى", "modified": None} | changed


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"text": "قال: نعم\n\nصورة\n\nثم مضى"},
        {"tags": ["الخبز", "القمح"]},
        {"published": "2022-01-01T08:00:00+00:00"},
        {"modified": "2022-01-03T10:00:00+02:00"},
    ],
)
def test_a_right_record_has_no_differences(changed: Record) -> None:
    assert not differences([POST], [record(**changed)])


@pytest.mark.parametrize(
    "field, got",
    [
        ("url", "http://127.0.0.1:8086/b/"),
        ("title", "محمي: خبر “خاص”"),
        ("title", ""),
        ("text", "قال: نعم"),
        ("text", "ثم مضى\n\nقال: نعم"),
        ("authors", []),
        ("authors", ["كتبه ليلى"]),
        ("published", None),
        ("published", "2022-01-01"),
        ("published", "2022-01-01T10:00:00+03:00"),
        ("modified", "2022-01-01T10:00:00+02:00"),
        ("categories", ["الرقة", "القمح"]),
        ("tags", ["القمح"]),
        ("tags", ["القمح", "الخبز", "الخبز"]),
        ("sections", ["الرقة"]),
    ],
)
def test_a_wrong_field_is_named(field: str, got: object) -> None:
    assert [(found.post_id, found.field, found.got) for found in differences([POST], [record(**{field: got})])] == [
        (7, field, got)
    ]


@pytest.mark.parametrize("sections, is_right", [(["أخبار"], True), ([], False), (["حمص"], False)])
def test_of_two_posts_in_one_second_a_listing_may_lose_one(sections: list[str], is_right: bool) -> None:
    twin = replace(POST, post_id=8)
    found = differences([POST, twin], [record(), record(post_id=8, sections=sections)])

    assert [difference.field for difference in found] == ([] if is_right else ["sections"])


@pytest.mark.parametrize("end, stray", [("الوسوم", "الوسوم"), ("صورة صورة", "صورة"), ("مضى", "مضى")])
def test_a_word_too_many_is_named(end: str, stray: str) -> None:
    found = differences([POST], [record(text=f"قال: نعم\n\nثم مضى\n\n{end}")])

    assert found == [Difference(7, "text", "no words of others", [stray])]


@pytest.mark.parametrize(
    "records, difference",
    [
        ([], Difference(7, "records", 1, 0)),
        ([record(), record()], Difference(7, "records", 1, 2)),
        ([record(), record(post_id=8)], Difference(8, "records", 0, 1)),
    ],
)
def test_a_lost_a_doubled_and_a_strange_record_are_named(records: list[Record], difference: Difference) -> None:
    assert differences([POST], records) == [difference]
