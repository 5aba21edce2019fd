"""The report that is opened in a browser: all of it is there, and nothing of it runs."""

import gzip
import json
import os
import re
import shutil
import subprocess
from base64 import b64decode
from pathlib import Path
from urllib.parse import quote

import pytest

from furat.profile import Agreement, Profile
from furat.profile.profile import Teacher
from furat.reports.page import page
from furat.store import Store
from furat.wordpress.site_profile import SiteProfile
from tests.datasets.conftest import add, remove
from tests.support.archives import article
from tests.support.crawls import LONG

SITE = "https://example.org/"
HOSTILE = [
    "</script><script>document.title='ran'</script>",
    "<img src=x onerror=\"document.title='ran'\">",
    "{{ 7 * 7 }} ]]> --> ' \" &lt;b&gt;",
    "\u202eمقلوب\u2028سطر",
]
BROWSER = shutil.which("chromium")

needs_browser = pytest.mark.skipif(
    BROWSER is None and "CI" not in os.environ, reason="chromium is not installed; .ci/run installs it"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an archive with hostile titles, an edit, a deletion and a copy."""
    folder = tmp_path / "example.org"
    with Store.at(folder) as store:
        store.crawls.begin("c1", "news")
        for number, title in enumerate(HOSTILE, 1):
            add(
                store,
                article(number),
                title=title,
                published=f"2024-0{number}-01",
                categories=(title,),
                authors=(title,),
            )
        add(store, article(7, "قتل ثلاثة في الحادثة"), title="شؤون الحيّ", published="2024-09-01")
        add(
            store,
            article(7, "قتل أربعة في الحادثة"),
            title="شؤون الحيّ",
            published="2024-09-01",
            seen="2026-03-01T00:00:00+00:00",
        )
        add(store, article(8), title="خبر محذوف", published="2024-09-02")
        remove(store, 8, "2026-03-02T00:00:00+00:00")
        add(store, article(9, "نسخة"), title="نسخة", published="2024-09-03", duplicate_of="example.org/7")
    return folder


@pytest.fixture
def path(folder: Path) -> Path:
    path = folder / "report.html"
    with Store.at(folder) as store:
        path.write_text(page(store, SITE), "utf-8")
    return path


def shown(path: Path, query: str = "") -> str:
    """Return the page as a browser leaves it once its scripts have run."""
    assert BROWSER, "chromium is missing"
    words = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom"]
    profile = f"--user-data-dir={path.parent / 'chromium'}"
    address = f"{path.as_uri()}#{quote(query)}"
    return subprocess.run([*words, profile, address], capture_output=True, text=True, check=True, timeout=LONG).stdout


def test_the_page_tells_what_the_archive_holds(path: Path) -> None:
    html = path.read_text("utf-8")

    assert "<del>ثلاثة</del>" in html
    assert "<ins>أربعة</ins>" in html
    assert "خبر محذوف" in html
    assert html.count('class="gap"') == 4


def test_the_page_tells_how_well_pages_agree_with_the_site(path: Path) -> None:
    assert 'id="agreement"' not in path.read_text("utf-8")

    teachers = tuple(Teacher(f"{SITE}{number}/") for number in range(8))
    agreement = (Agreement("title", 8, 8), Agreement("authors", 3, 7))
    with Store.at(path.parent) as store:
        SiteProfile(store.checkpoints).keep(
            Profile(teachers=teachers, source="feed", learned="2026-03-02T00:00:00+00:00", agreement=agreement)
        )
        html = page(store, SITE)

    told = html.partition('id="agreement"')[2].partition("</section>")[0]
    assert re.findall(r">(\w+)</span></th><td><span class=\"ltr\">(\d) / (\d)<", told) == [
        ("title", "8", "8"),
        ("authors", "3", "7"),
    ]
    assert "2026-03-02" in told


def test_the_page_asks_for_nothing(path: Path) -> None:
    html = path.read_text("utf-8")

    assert "default-src 'none'" in html
    assert not re.search(r"<(?:link|img|iframe)|\bsrc=(?!x onerror)|url\(|@import", html)


@pytest.mark.scrapy
@needs_browser
def test_a_hostile_title_stays_text(path: Path) -> None:
    html = shown(path)

    assert f"<title>أرشيف {SITE}</title>" in html
    assert html.count("<script") == 2
    assert "<img" not in html


@pytest.mark.scrapy
@needs_browser
@pytest.mark.parametrize("query", ["شئون", "شؤون الحي", "الحيّ", "شُؤُونُ"])
def test_every_spelling_finds_a_title(path: Path, query: str) -> None:
    found = re.findall(r"<li>(.*?)</li>", shown(path, query).partition('id="hits"')[2].partition("</ol>")[0])

    assert found == ["\u2068شؤون الحيّ\u2069 — \u2068\u200e2024-09-01\u2069 — \u2068example.org/7\u2069"]


def test_odd_years_neither_hide_nor_stretch_the_calendar(tmp_path: Path) -> None:
    with Store.at(tmp_path / "odd") as store:
        for number, year in enumerate((1, 9999, *range(2015, 2018), 2020, *range(1000, 1500, 3)), 1):
            add(store, article(number), published=f"{year:04d}-01-01", categories=(f"قسم {number}",))
            add(store, article(number + 1000), published=f"{year:04d}-02-01")
        add(store, article(3000), published="2016-03-01")
        html = page(store, SITE)

    years = [int(year) for year in re.findall(r'<th scope="row">(\d+)</th>', html)]
    assert [year for year in years if 2000 < year < 3000] == [*range(2015, 2021)]
    assert html.count("<tr>") < 300
    assert "مقال في سنوات أخرى" in html


def test_titles_are_as_small_as_they_can_be(path: Path) -> None:
    with Store.at(path.parent) as store:
        add(store, article(20), title="كلمة " * 1000)
        html = page(store, SITE)

    titles = json.loads(gzip.decompress(b64decode(html.partition('id="titles">')[2].partition("<")[0])))
    assert ["شؤون الحيّ", "2024-09-01", "example.org/7"] in titles
    assert max(len(title) for title, _, _ in titles) == 200
    assert len(html) < path.stat().st_size + 2000


def test_an_empty_archive_has_a_page(tmp_path: Path) -> None:
    with Store.at(tmp_path / "empty") as store:
        assert "لم يُزر بعد" in page(store, SITE)
