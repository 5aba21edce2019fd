"""What extractors read from the case pages, and at what cost: ours beside the peers that are installed.

usage: python -m bench.extraction

The pages are those of tests/pages/cases/article: written for this project, in the markup of WordPress's themes. Each
page is judged in the fields that its case gives. The figures tell which behaviours are mastered, not how often
they are needed: newsrooms' own pages are longer and easier for all. Peers: see requirements-bench.txt.
"""

import logging
import re
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from importlib import import_module
from statistics import mean
from typing import Any

from furat.arabic import fold
from furat.pages import ArticlePage
from tests.support.cases import Case, cases

Read = dict[str, Any]
"""What an extractor gives: title, paragraphs, authors, published, categories, tags; a field it lacks is left out."""


def furat(html: str, url: str) -> Read:
    item = ArticlePage(html, url).to_item()
    return {
        "title": item.title,
        "paragraphs": item.paragraphs_raw,
        "authors": item.authors,
        "published": item.published,
        "categories": item.categories,
        "tags": item.tags,
    }


def trafilatura(html: str, url: str) -> Read:
    found = import_module("trafilatura").bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    if found is None:
        return {}
    return {
        "title": found.title,
        "paragraphs": (found.text or "").splitlines(),
        "authors": (found.author or "").split("; "),
        "published": found.date,
        "categories": found.categories,
        "tags": found.tags,
    }


def newspaper4k(html: str, url: str) -> Read:
    found = import_module("newspaper").Article(url, language="ar", fetch_images=False)
    found.download(input_html=html)
    found.parse()
    return {
        "title": found.title,
        "paragraphs": found.text.splitlines(),
        "authors": found.authors,
        "published": str(found.publish_date or ""),
        "tags": list(found.tags or ()),
    }


def news_please(html: str, url: str) -> Read:
    found = import_module("newsplease").NewsPlease.from_html(html, url=url)
    return {
        "title": found.title,
        "paragraphs": (found.maintext or "").splitlines(),
        "authors": found.authors,
        "published": str(found.date_publish or ""),
    }


def readability(html: str, _: str) -> Read:
    found = import_module("readability").Document(html)
    return {"title": found.short_title(), "paragraphs": re.sub(r"<[^>]+>", "\n", found.summary()).splitlines()}


def goose3(html: str, url: str) -> Read:
    with import_module("goose3").Goose({"enable_image_fetching": False}) as goose:
        found = goose.extract(raw_html=html, url=url)
    return {
        "title": found.title,
        "paragraphs": found.cleaned_text.splitlines(),
        "authors": found.authors,
        "published": str(found.publish_date or ""),
        "tags": found.tags,
    }


def resiliparse(html: str, _: str) -> Read:
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    return {"paragraphs": extract(html, main_content=True, comments=False).splitlines()}


EXTRACTORS: dict[str, Callable[[str, str], Read]] = {
    "furat": furat,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "news-please": news_please,
    "readability-lxml": readability,
    "goose3": goose3,
    "resiliparse": resiliparse,
}


FIELDS = ("paragraphs", "title", "authors", "published", "categories", "tags")


def main() -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    articles = [case for case in cases("article") if "item" in case.expected]
    print(f"{len(articles)} pages, {mean(len(case.html) for case in articles) / 1000:.1f} kB each; a dash: not offered")
    print(f"{'':18}{'body F1':>9}{'title':>9}{'authors':>9}{'day':>9}{'categ.':>9}{'tags':>9}{'CPU ms':>9}")
    for name, extract in EXTRACTORS.items():
        try:
            print(f"{name:18}{''.join(f'{figure:>9}' for figure in figures(extract, articles))}")
        except ImportError as missing:
            print(f"{name:18}  not installed ({missing.name})")


def figures(extract: Callable[[str, str], Read], articles: list[Case]) -> list[str]:
    """Return the mean of each field's scores, and of the CPU time once all is loaded."""
    golds = [{**case.expected["item"], "paragraphs": case.expected["item"].get("paragraphs_raw")} for case in articles]
    pages = [(case.html, case.expected["at"]) for case in articles]
    reads = [attempt(extract, *page) for page in pages]
    start = time.process_time()
    for page in pages:
        attempt(extract, *page)
    spent = f"{1000 * (time.process_time() - start) / len(pages):.2f}"
    return [*(figure(field, golds, reads) for field in FIELDS), spent]


def figure(field: str, golds: list[Read], reads: list[Read]) -> str:
    """Return the mean score of one field over the pages whose case gives it; a dash if it is never read."""
    if not any(field in read for read in reads):
        return "–"
    pairs = zip(golds, reads, strict=True)
    return (
        f"{mean(score(field, gold[field], read.get(field)) for gold, read in pairs if gold.get(field) is not None):.3f}"
    )


def attempt(extract: Callable[[str, str], Read], html: str, at: str) -> Read:
    """Return what is read; nothing where the extractor gives up."""
    try:
        return extract(html, at)
    except ImportError:
        raise
    except Exception:  # noqa: BLE001 - a peer may raise anything on a page that it does not like
        return {}


def score(name: str, gold: Any, read: Any) -> float:
    """Return how far a field is right: the words of the body, the names, the day, the title but for its signs."""
    if name == "published":
        return float(str(read or "")[:10] == gold[:10])
    if name == "title":
        return float(fold(read or "") == fold(gold))
    if name == "paragraphs":
        return _f1(_words(gold), _words(read or ()))
    return _f1(Counter(map(fold, gold)), Counter(map(fold, filter(None, read or ()))))


def _f1(gold: Counter[str], read: Counter[str]) -> float:
    shared = sum((gold & read).values())
    return 2 * shared / (gold.total() + read.total()) if gold or read else 1.0


def _words(paragraphs: Iterable[str]) -> Counter[str]:
    return Counter(fold(" ".join(paragraphs)).split())


if __name__ == "__main__":
    main()
