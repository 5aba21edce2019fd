"""Recognizes challenge pages, by which a bot protection checks whether a browser asks."""

import re

from scrapy.http import HtmlResponse, Response

from furat.pages import is_wordpress

LONGEST = 65_536
"""The most bytes of a challenge page."""

HEADERS = (
    # developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
    ("Cloudflare", "cf-mitigated", b"challenge"),
    # docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html
    ("AWS WAF", "x-amzn-waf-action", b"challenge"),
    ("AWS WAF", "x-amzn-waf-action", b"captcha"),
    # vercel.com/docs/vercel-firewall/attack-challenge-mode
    ("Vercel", "x-vercel-mitigated", b"challenge"),
)
"""Names of protections, each with a header and its value by which it is recognized."""

# All patterns are markup, which would be escaped in an article about challenge pages. Each begins with letters
# that are quickly searched for, and has bounded repetitions: a hostile page costs no more than another.
MARKS = (
    ("Cloudflare", r"<title>Just a moment\.\.\.</title>"),
    ("Cloudflare", r"<script[^>]{0,99}>[^<]{0,999}\b_cf_chl_opt\b"),
    ("Cloudflare", r"<script[^>]{0,99}[\"']/cdn-cgi/challenge-platform/[^\"'\s>]{0,99}orchestrate/"),
    ("Sucuri", r"<title>Sucuri WebSite Firewall"),
    ("Sucuri", r"<script[^>]{0,99}>[^<]{0,999}\bsucuri_cloudproxy_js\b"),
    ("Imunify360", r"<title>One moment, please\.\.\.</title>"),
    ("Imunify360", r"<form[^>]{0,99}[\"']wsidchk"),
    # A cookie made by a script, as free hosts have it: github.com/kyprizel/testcookie-nginx-module
    (
        "slow-AES cookie",
        r"<script[^>]{0,99}[\"']/aes\.js[^>]{0,99}>\s{0,9}</script>\s{0,9}<script>[^<]{0,99}toNumbers",
    ),
    ("DDoS-Guard", r"<title>D[Dd][Oo]S-G[Uu][Aa][Rr][Dd]</title>"),
    ("DDoS-Guard", r"<script[^>]{0,99}[\"']/\.well-known/ddos-guard/"),
    ("Anubis", r"<script[^>]{0,99}[\"']anubis_challenge[\"']"),
    ("Anubis", r"<script[^>]{0,99}/\.within\.website/x/cmd/anubis/"),
    ("AWS WAF", r"<script[^>]{0,99}[\"']https://[^\"'\s>]{0,99}\.awswaf\.com/"),
    ("SiteGround", r"<meta[^>]{0,99};\s{0,9}/\.well-known/sgcaptcha/"),
    ("Imperva", r"<iframe[^>]{0,99}[\"']/_Incapsula_Resource\?"),
    ("Imperva", r"<META[^>]{0,99}>\s{0,9}<script[^>]{0,99}[\"']/_Incapsula_Resource\?"),
    ("DataDome", r"<(?:script|iframe)[^>]{0,99}[\"']https://(?:ct|geo)\.captcha-delivery\.com/"),
    ("HUMAN", r"<div[^>]{0,99}[\"']px-captcha[\"']"),
    ("LiteSpeed", r"<form[^>]{0,99}[\"']lsrecaptcha-form[\"']"),
    ("Akamai", r"<div[^>]{0,99}[\"']sec-if-cpt-container[\"']"),
    ("Bunny Shield", r"<script[^>]{0,99}[\"']/\.bunny-shield/"),
)
"""Names of protections, each with a pattern of its pages."""

PATTERNS = [(name, re.compile(mark)) for name, mark in MARKS]


def protection(response: Response) -> str | None:
    """Return the name of the protection that answered instead of the site; None if the site answered.

    >>> title = "<title>Just a moment...</title>"
    >>> protection(HtmlResponse("http://example.org/", body=title, encoding="utf-8"))
    'Cloudflare'
    """
    for name, field, value in HEADERS:
        if response.headers.get(field) == value:
            return name
    if not isinstance(response, HtmlResponse) or len(response.body) > LONGEST or is_wordpress(response.body):
        return None
    text = response.body.decode("latin-1")  # the patterns match ASCII only
    return next((name for name, pattern in PATTERNS if pattern.search(text)), None)
