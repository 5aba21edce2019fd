"""`scrapy version`: prints Furat's version too."""

import argparse

from scrapy.commands.version import Command as VersionCommand

from furat import __version__


class Command(VersionCommand):
    """Prints the versions of Scrapy and of Furat."""

    def short_desc(self) -> str:
        return "Print the versions of Scrapy and of Furat"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        super().run(args, opts)
        print(f"Furat {__version__}")
