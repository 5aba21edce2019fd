"""`scrapy parse`: what a spider makes of one address."""

import argparse
from tempfile import TemporaryDirectory

from scrapy.commands.parse import Command as ParseCommand


class Command(ParseCommand):
    """Parses the address that is given, and nothing else: in an archive of its own, which is thrown away."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        with TemporaryDirectory(prefix="furat-") as folder:
            self.settings.set("FURAT_DATA", folder, "cmdline")
            super().run(args, opts)
