"""Why the first request of a crawl failed is told with its cure."""

import pytest
from scrapy import Request
from twisted.python.failure import Failure

from furat.exceptions import OffSite
from furat.spiders.failures import unreachable


@pytest.mark.parametrize(
    "site, asked, found, reasons, cure",
    [
        ("https://o.ex/", "", "https://n.ex/", [301], "`scrapy move https://o.ex/ https://n.ex/`"),
        ("https://o.ex/", "", "https://n.ex/ar", [301, 308], "`scrapy move https://o.ex/ https://n.ex/ar/`"),
        (
            "https://o.ex/ar/",
            "wp-json/wp/v2/posts?a=1",
            "https://n.ex/wp-json/wp/v2/posts?a=1",
            [301],
            " https://n.ex/`",
        ),
        ("https://o.ex/", "feed/atom/", "https://www.n.ex/new/feed/atom/", [301], " https://www.n.ex/new/`"),
        ("https://o.ex/", "feed/atom/", "https://n.ex/", [301], "`scrapy move https://o.ex/ https://n.ex/`"),
        ("https://o.ex/", "", "https://n.ex/;reboot", [301], " 'https://n.ex/;reboot/'`"),  # for a shell, one word
        ("https://o.ex/", "", "https://ali:secret@n.ex/", [301], " https://n.ex/`"),
        ("https://o.ex/", "", "https://parking.ex/", [302], "may not be crawled: the address is not on the site"),
        ("https://o.ex/", "", "https://parking.ex/", [301, 302], "may not be crawled: the address is not on the site"),
    ],
)
def test_a_site_that_redirects_to_another_for_good_is_told_how_to_move(
    site: str, asked: str, found: str, reasons: list[int], cure: str
) -> None:
    failure = Failure(OffSite(found, site))  # type: ignore[no-untyped-call]
    failure.request = Request(found, meta={"redirect_urls": [site + asked], "redirect_reasons": reasons})  # type: ignore[attr-defined]

    told = str(unreachable(failure).reason)

    assert cure in told
    assert "secret" not in told
