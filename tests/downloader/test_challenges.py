"""Protections are known by their pages, and by nothing that an article says."""

from html import escape

import pytest
from scrapy.http import HtmlResponse, JsonResponse, Response

from furat.downloader import protection
from furat.downloader.challenges import LONGEST, MARKS
from tests.replica import Replica
from tests.replica.challenges import PAGES
from tests.replica.site import Site

URL = "https://example.org/"


def page(html: str, status: int = 200) -> Response:
    return HtmlResponse(URL, status, body=html, encoding="utf-8")


@pytest.mark.parametrize("status", [200, 202, 403, 503])
@pytest.mark.parametrize("name", PAGES)
def test_a_protection_is_named_whatever_the_status(name: str, status: int) -> None:
    assert protection(page(PAGES[name], status)) == name


@pytest.mark.parametrize(
    "html",
    [
        '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=8f2a"></script>',
        "<title>Sucuri WebSite Firewall - Access Denied</title>",
        "<title>One moment, please...</title><script>let x = 1 < 2</script>",
        '<script src="/.well-known/ddos-guard/js-challenge/index.js"></script>',
        '<script type="module" src="/.within.website/x/cmd/anubis/static/js/main.mjs"></script>',
        '<META NAME="robots" CONTENT="noindex,nofollow"><script src="/_Incapsula_Resource?SWJIYLWA=7"></script>',
        '<iframe src="https://geo.captcha-delivery.com/captcha/?cid=7"></iframe>',
    ],
)
def test_other_pages_of_the_same_protections_are_known_too(html: str) -> None:
    assert protection(page(html)) in PAGES


def test_every_protection_of_the_list_has_a_page() -> None:
    assert {name for name, _ in MARKS} == set(PAGES)


def test_cloudflare_names_itself_in_a_header() -> None:
    assert protection(Response(URL, 403, headers={"cf-mitigated": "challenge"})) == "Cloudflare"


@pytest.mark.parametrize("action", ["challenge", "captcha"])
def test_aws_waf_names_itself_in_a_header(action: str) -> None:
    assert protection(Response(URL, 202, headers={"x-amzn-waf-action": action})) == "AWS WAF"


def test_vercel_names_itself_in_a_header() -> None:
    assert protection(Response(URL, 429, headers={"x-vercel-mitigated": "challenge"})) == "Vercel"
    assert protection(Response(URL, 403, headers={"x-vercel-mitigated": "deny"})) is None


@pytest.mark.parametrize("name", PAGES)
def test_an_article_that_tells_of_a_protection_is_an_article(name: str) -> None:
    told = f"<article><h1>كيف تعمل الحماية</h1><p>{escape(PAGES[name])}</p></article>"

    assert protection(page(told)) is None
    assert protection(page(f'<link href="/wp-content/themes/a.css">{PAGES[name]}')) is None


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<title>خطأ 503</title>",
        '<body class="single"><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
        '<script src="/js/aes.js"></script><p>toNumbers(</p>',
        '<title>خبر</title><p>نص</p><script src="/_Incapsula_Resource?SWJIYLWA=7"></script>',
        PAGES["Cloudflare"] + " " * LONGEST,
    ],
    ids=["empty", "error", "a page that Cloudflare watches", "a page that ciphers", "one that Imperva watches", "long"],
)
def test_other_pages_are_the_site_s_own(html: str) -> None:
    assert protection(page(html)) is None


def test_what_is_no_page_is_the_site_s_own() -> None:
    assert protection(JsonResponse(URL, body=PAGES["Cloudflare"].encode())) is None
    assert protection(Response(URL, body=b"%PDF-1.4 <title>Just a moment...</title>")) is None


def test_no_page_of_the_replica_is_taken_for_a_challenge() -> None:
    replica = Replica(60, weight=0)
    site = Site(replica, URL)
    paths = ["/", "/page/2/", "/nothing/", *(str(post["url"]).removeprefix(URL[:-1]) for post in replica.truth(URL))]

    assert [path for path in paths if protection(page(site.answer(path).body.decode()))] == []
