"""What `sites.toml` may say, and how what it may not say is told."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from furat.options import KNOWN
from furat.sites import Site, all_sites, site_named

WHOLE = """
[hims]
address = "newsroom.example/ar"
zone = "Asia/Beirut"
sections = ["أخبار", "tag/idlib"]
delay = 2.5
concurrency = 2
contact = "archive@example.org"
headers = { Accept-Language = "ar" }
user = "reader"
password = "sesame"
proxy = "http://me:secret@proxy.example:3128"
FURAT_REVISITS = 7
RETRY_ENABLED = false

["dayr.example"]
address = "https://dayr.example/"
sections = "رأي، تحقيقات"
"""


def settings(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "sites.toml"
    path.write_text(text, "utf-8")
    return Settings({**KNOWN, "FURAT_SITES": str(path)})


def test_a_table_says_all_of_a_site(tmp_path: Path) -> None:
    given = settings(tmp_path, f"\ufeff{WHOLE}")
    site = site_named(given, "hims")
    site.apply(given)

    assert (site.address, site.sections) == ("https://newsroom.example/ar/", ("أخبار", "tag/idlib"))
    assert [given[name] for name in ("FURAT_TIMEZONE", "FURAT_CONTACT", "FURAT_REVISITS", "RETRY_ENABLED")] == [
        *("Asia/Beirut", "archive@example.org", 7, False)
    ]
    assert (given["DOWNLOAD_DELAY"], given["CONCURRENT_REQUESTS_PER_DOMAIN"]) == (2.5, 2)
    assert site.access.headers == {"Accept-Language": "ar"}
    assert site.access.authorization == b"Basic cmVhZGVyOnNlc2FtZQ=="
    assert "sesame" not in repr(site)
    assert "secret" not in repr(site)
    assert site_named(given, "dayr.example").sections == ("رأي", "تحقيقات")


def test_what_the_command_line_says_comes_first(tmp_path: Path) -> None:
    given = settings(tmp_path, WHOLE)
    given.set("DOWNLOAD_DELAY", "0", "cmdline")

    site_named(given, "hims").apply(given)

    assert given.getfloat("DOWNLOAD_DELAY") == 0


@pytest.mark.parametrize(
    "address", ["http://www.newsroom.example/ar/", "newsroom.example/ar", "https://newsroom.example/ar", "hims"]
)
def test_a_site_is_known_by_its_name_and_by_its_address(tmp_path: Path, address: str) -> None:
    assert site_named(settings(tmp_path, WHOLE), address).name == "hims"


def test_other_addresses_are_sites_of_their_own(tmp_path: Path) -> None:
    given = settings(tmp_path, WHOLE)

    assert site_named(given, "newsroom.example") == Site("https://newsroom.example/")
    assert site_named(given, "[::1]:8085/ar") == Site("https://[::1]:8085/ar/")
    assert site_named(given, "2001:db8::7") == Site("https://[2001:db8::7]/")
    assert site_named(given).address == KNOWN["FURAT_SITE"]
    with pytest.raises(UsageError, match=r"site=himss is no address, and no site of .*did you mean hims\?"):
        site_named(given, "himss")


def test_without_a_file_a_word_is_a_host() -> None:
    assert site_named(Settings(KNOWN | {"FURAT_SITES": ""}), "intranet").address == "https://intranet/"
    with pytest.raises(UsageError, match=r"nowhere.toml can't be read: .*; name a TOML file"):
        all_sites(Settings(KNOWN | {"FURAT_SITES": "nowhere.toml"}))


HERE = 'address = "https://a.example/"\n'


@pytest.mark.parametrize(
    "text, told",
    [
        ("[a\n", "is no TOML: .*line 1"),
        ('password = "sesame"\n', r"\[password\] is no table; write \[password\]"),
        ("[a]\ndelay = 1\n", r"\[a\] has no address; write address = "),
        ('[a]\naddress = ""\n', "address = '' is not understood; write"),
        ('[a]\naddress = "ftp://a.example/"\n', "address = ftp://a.example/ is not a web address"),
        ('[a]\naddress = "https://me:sesame@a.example/"\n', "holds a user's name"),
        (f"[a]\n{HERE}delai = 2\n", r"delai is unknown; did you mean delay\?"),
        (f"[a]\n{HERE}Zone = 'Asia/Damascus'\n", r"Zone is unknown; did you mean zone\?"),
        (f"[a]\n{HERE}pasword = 'sesame'\n", r"pasword is unknown; did you mean password\?"),
        (f"[a]\n{HERE}download_delay = 2\n", r"download_delay is unknown; did you mean DOWNLOAD_DELAY\?"),
        (f"[a]\n{HERE}colour = 2\n", "colour is unknown; it may hold address, zone"),
        (f"[a]\n{HERE}delay = 'fast'\n", "delay = 'fast' is not understood; write the seconds"),
        (f"[a]\n{HERE}delay = -1\n", "delay = -1 is not understood"),
        (f"[a]\n{HERE}delay = nan\n", "delay = nan is not understood"),
        (f"[a]\n{HERE}delay = true\n", "delay = True is not understood"),
        (f"[a]\n{HERE}concurrency = 0\n", "concurrency = 0 is not understood"),
        (f"[a]\n{HERE}zone = 'Asia/Damaskus'\n", "zone = 'Asia/Damaskus' is not understood; name a zone"),
        (f"[a]\n{HERE}zone = '../../etc/passwd'\n", "is not understood; name a zone"),
        (f"[a]\n{HERE}sections = []\n", r"sections = \[\] is not understood"),
        (f"[a]\n{HERE}sections = [7]\n", r"sections = \[7\] is not understood"),
        (f"[a]\n{HERE}headers = {{ 'A B' = 'sesame' }}\n", "headers is not understood"),
        (f'[a]\n{HERE}headers = {{ A = "sesame\\r\\nB: c" }}\n', "headers is not understood"),
        (f"[a]\n{HERE}headers = {{ User-Agent = 'x' }}\n", "the user agent is the setting USER_AGENT"),
        (f"[a]\n{HERE}user = 'me'\n", "has a user without a password"),
        (f"[a]\n{HERE}user = 'a:b'\npassword = 'sesame'\n", "without a colon"),
        (f"[a]\n{HERE}LOG_LEVEL = 'DEBUG'\n", "LOG_LEVEL is of all sites at once"),
        (f"[a]\n{HERE}password = 'sesame'\n", "a password without a user"),
        (f"[a]\n{HERE}proxy = 'me:sesame@proxy:x'\n", "proxy is not understood"),
        (f"[a]\n{HERE}FURAT_REVISIT = 3\n", r"FURAT_REVISIT is no setting; did you mean FURAT_REVISITS\?"),
        (f"[a]\n{HERE}DOWNLOAD_DELY = 3\n", r"DOWNLOAD_DELY is no setting; did you mean DOWNLOAD_DELAY\?"),
        (f"[a]\n{HERE}FURAT_REVISITS = 'many'\n", "FURAT_REVISITS = 'many' is not understood; write a number"),
        (f"[a]\n{HERE}ROBOTSTXT_OBEY = 'yes'\n", "ROBOTSTXT_OBEY = 'yes' is not understood; write true or false"),
        (f"[a]\n{HERE}FURAT_DATA = '/srv'\n", "FURAT_DATA is of all sites at once"),
        (f"[a]\n{HERE}HTTPAUTH_PASS = 'sesame'\n", "write user and password"),
        (f"[a.example]\n{HERE}", 'a name with a dot is quoted: \\["newsroom.example"\\]'),
        (f"[a]\n{HERE}[b]\naddress = 'http://www.a.example'\n", r"\[b\] has the address of \[a\]"),
        (f'["\\u001b[2J"]\n{HERE}delay = "x"\n', r"\[\\u001b\[2J\] delay"),
    ],
)
def test_a_mistake_is_told_with_its_cure_and_no_secret(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as raised:
        all_sites(settings(tmp_path, text))

    assert "sites.toml" in str(raised.value)
    assert "sesame" not in str(raised.value)


def test_a_setting_of_others_is_left_to_them(tmp_path: Path) -> None:
    given = settings(tmp_path, f"[a]\n{HERE}SPIDERMON_ENABLED = true\n")

    assert site_named(given, "a").settings == {"SPIDERMON_ENABLED": True}


@given(st.text(max_size=30))
def test_whatever_names_a_site_is_a_site_or_wrong_usage(name: str) -> None:
    with suppress(UsageError):
        assert site_named(Settings(KNOWN | {"FURAT_SITES": ""}), name).address.startswith("http")
