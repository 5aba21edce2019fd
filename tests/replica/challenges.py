"""What protections answer in a site's place: written anew, with the marks that theirs carry."""


def _page(title: str, head: str = "", body: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


PAGES = {
    "Cloudflare": _page("Just a moment...", "<script>(function(){window._cf_chl_opt={cType:'managed'}})()</script>"),
    "Sucuri": _page("You are being redirected...", body="<script>var s={},sucuri_cloudproxy_js='',S='YT0n';</script>"),
    "Imunify360": _page("One moment, please...", body='<form id="wsidchk-form"><input name="wsidchk"></form>'),
    "slow-AES cookie": '<html><body><script type="text/javascript" src="/aes.js" ></script>'
    '<script>function toNumbers(d){return []}document.cookie="__test="+toNumbers("f655");</script></body></html>',
    "DDoS-Guard": _page("DDOS-GUARD", '<script src="/.well-known/ddos-guard/js-challenge/index.js"></script>'),
    "Anubis": _page(
        "Making sure you&#39;re not a bot!", '<script id="anubis_challenge" type="application/json">{}</script>'
    ),
    "AWS WAF": _page("", '<script src="https://1a2b.edge.sdk.awswaf.com/1a2b/3c4d/challenge.js"></script>'),
    "SiteGround": '<html><head><meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F"></head></html>',
    "Imperva": '<html><body><iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31"></iframe></body></html>',
    "DataDome": _page("example.org", body='<script src="https://ct.captcha-delivery.com/c.js"></script>'),
    "HUMAN": _page("Access to this page has been denied", body='<div id="px-captcha"></div>'),
    "LiteSpeed": _page("Bot Verification", body='<form id="lsrecaptcha-form" method="POST"></form>'),
    "Akamai": _page("Challenge Validation", body='<div id="sec-if-cpt-container"></div>'),
    "Bunny Shield": _page("Establishing a secure connection", '<script src="/.bunny-shield/challenge.js"></script>'),
}
"""A page of each protection, by the protection's name."""
