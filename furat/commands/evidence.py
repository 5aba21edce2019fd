"""`scrapy evidence`: the command line of furat.handover."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from furat.cli.archive_command import ArchiveCommand, article_named
from furat.store import Store
from furat.store.folders import check_place
from furat.terminal import several, visible

if TYPE_CHECKING:
    from furat.handover.package import Handed


class Command(ArchiveCommand):
    """Packs the evidence on articles for those who have neither Furat nor the archive."""

    words = sys.maxsize
    elsewhere = "name a file that can be written with --to"

    def syntax(self) -> str:
        return "[options] ID, NUMBER or URL … --to FILE.zip"

    def short_desc(self) -> str:
        return "Pack all evidence on articles into one file (WACZ) that can be checked by itself"

    def long_desc(self) -> str:
        return (
            "Packs all revisions of articles, the exchanges they were read from, proofs by the chain of manifests, "
            "time stamps and a page in Arabic and English. Example: scrapy evidence 4711 https://newsroom.example/a/ "
            "--to case-12.zip. `scrapy verify case-12.zip` checks it; ReplayWeb.page shows its pages."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--to", metavar="FILE.zip", default="", help="the file to write (.zip or .wacz)")

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        from furat.handover.package import hand_over  # noqa: PLC0415 (Scrapy imports all commands for each)

        path = Path(self.opts.to)
        if not args or not self.opts.to:
            raise UsageError("name articles and a file: scrapy evidence ID --to FILE.zip", print_help=False)
        if path.suffix not in (".zip", ".wacz"):
            raise UsageError(f"{visible(self.opts.to)} must end in .zip or .wacz", print_help=False)
        check_place(path)
        articles = list(dict.fromkeys(article_named(store, folder, name) for name in args))
        made = hand_over(store, folder, self.site, articles, path)
        print(visible(f"Packed: {path}: {_told(made)}"))
        for lack in _lacks(made):
            print(lack)


def _told(made: "Handed") -> str:
    proven = f"{made.proofs} of them proven by manifests"
    held = f"{several(made.articles, 'article')}, {several(made.lines, 'line')}, {several(made.records, 'WARC record')}"
    return f"{held}, {proven}, {several(made.tokens, 'stamp')}"


def _lacks(made: "Handed") -> list[str]:
    """Return what the package lacks, a sentence each."""
    lacks = {
        "No delivered lines: the feeds in the archive's folder do not have these articles": made.lines,
        "No WARC records: what the server sent was not kept (FURAT_WARC), so there is nothing to replay": made.records,
        "No proofs: no manifest covers these articles yet; the next crawl writes one": made.proofs,
        "No time stamps: no third party saw when these records existed (FURAT_TIMESTAMP)": made.tokens,
    }
    return [sentence for sentence, count in lacks.items() if not count]
