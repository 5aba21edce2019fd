"""`scrapy verify`: the command line of furat.reports.verification."""

import argparse
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import UsageError

from furat.chain.finding import Finding, Weight
from furat.chain.manifest import FOLDER
from furat.chain.tokens import EXTRA, certificates
from furat.cli.archive_command import ArchiveCommand, check_words
from furat.handover.check import is_package, package_verified
from furat.reports.verification import exit_code, verified
from furat.store.read_only import FILE
from furat.terminal import reader_may_stop, show_what_can_be_shown, visible

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


class Command(ArchiveCommand):
    """Prints what is not as it was; the exit code is 1 if something was altered, 3 if something can't be told."""

    words = 1

    def syntax(self) -> str:
        return "[options] [FOLDER or PACKAGE]"

    def short_desc(self) -> str:
        return "Check by its manifests that nothing of an archive or package was altered (exit code 1)"

    def long_desc(self) -> str:
        return (
            f"{self.short_desc()}; 3 if something can't be told. Nothing is written. Examples: "
            "scrapy verify --site newsroom.example --ca tsa-root.pem; scrapy verify /mnt/copy/newsroom.example; "
            "scrapy verify evidence.zip"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--ca", metavar="FILE", help="root certificates (PEM) of the time-stamping authorities")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check what is named; without a name, the archive of the site."""
        if not args:
            super().run(args, opts)
            return
        show_what_can_be_shown()
        check_words(args, self.words)
        self.opts = opts
        with reader_may_stop():
            self._tell(_findings(Path(args[0]), self._roots()))

    def open(self, folder: Path) -> Any:
        """Return no store: an archive that is damaged is checked, too."""
        return nullcontext()

    def work(self, store: object, folder: Path, args: list[str]) -> None:
        self._tell(verified(folder, self._roots()))

    def _tell(self, findings: Iterable[Finding]) -> None:
        worst = Weight.NOTE
        self.exitcode = exit_code(Weight.OPEN)  # as long as not all is checked
        for finding in findings:
            worst = max(worst, finding.weight)
            print(visible(str(finding)))
        self.exitcode = exit_code(worst)
        print({Weight.NOTE: "Nothing was altered", Weight.OPEN: "Not all can be told", Weight.FAULT: "Altered"}[worst])

    def _roots(self) -> "list[Certificate]":
        if not self.opts.ca:
            return []
        try:
            return certificates(Path(self.opts.ca))
        except ImportError:
            raise UsageError(f"--ca needs rfc3161-client: {EXTRA}", print_help=False) from None
        except (OSError, ValueError) as error:
            raise UsageError(f"--ca {visible(self.opts.ca)} has no certificates: {error}", print_help=False) from None


def _findings(path: Path, roots: "list[Certificate]") -> Iterable[Finding]:
    if path.is_dir() and ((path / FILE).exists() or (path / FOLDER).exists()):
        return verified(path, roots)
    if path.is_file() and is_package(path):
        return package_verified(path, roots)
    raise UsageError(
        f"{visible(str(path))} is neither the folder of a site nor a package of evidence (.zip, .wacz)",
        print_help=False,
    )
