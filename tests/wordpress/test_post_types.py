"""Only types that may hold articles are asked for, and only where the API itself can list them."""

import json

import pytest

from furat.wordpress.post_types import routes_of


def types(*bases: object, **more: object) -> bytes:
    return json.dumps({f"type-{number}": {"rest_base": base, **more} for number, base in enumerate(bases)}).encode()


@pytest.mark.parametrize(
    "answer, routes",
    [
        (types("reports", "video-reports", "reports"), ["wp/v2/reports", "wp/v2/video-reports"]),
        (types("stories", rest_namespace="newsroom/v1"), ["newsroom/v1/stories"]),
        (types("../../../wp-admin", "reports/../../users", "..", ".", "/", ""), []),
        (types("http://127.0.0.1:9/x", "//127.0.0.1:9/x", "reports?a=1", "reports#b", "a@b"), []),
        (types("%2e%2e%2f", "re\nports", "reports\n", "تقارير", "a" * 61), []),
        (types("reports/(?P<parent>[\\d]+)/more"), []),
        (types(None, False, 5, ["reports"], {"a": 1}), []),
        (types("reports", rest_namespace="../v2"), []),
        (types("reports", rest_namespace=["wp/v2"]), []),
        (b'{"wp_block": {"rest_base": "blocks"}, "page": {"rest_base": "pages"}}', []),
        (b'{"product": {"rest_base": "product"}, "e-landing-page": {"rest_base": "e-landing-page"}}', []),
        (b"{}", []),
        (b'[{"rest_base": "reports"}]', None),
        (b'{"code": "rest_forbidden", "message": "No."}', []),
        (b'{"a": 5, "b": null, "report": {"rest_base": "reports"}}', ["wp/v2/reports"]),
        (b'{"a":' * 100_000, None),
        (b"[" * 100_000, None),
        (b"<html>", None),
        (b"\xff\xfe", None),
        (b"", None),
    ],
)
def test_routes_are_plain_and_of_types_that_may_hold_articles(answer: bytes, routes: list[str] | None) -> None:
    assert routes_of(answer) == routes
