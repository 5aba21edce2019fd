"""`scrapy backup`: the command line of furat.store.backup."""

from contextlib import AbstractContextManager
from pathlib import Path

from scrapy.exceptions import UsageError

from furat.chain.bundle import bundle
from furat.cli.archive_command import ArchiveCommand
from furat.files import STDOUT
from furat.store import Store
from furat.store.backup import Backup, back_up
from furat.store.folders import check_place
from furat.store.read_only import opened_as_it_is
from furat.terminal import several, visible

MIB = 1 << 20


class Command(ArchiveCommand):
    """Writes a checked copy of an archive to one file."""

    words = 1
    elsewhere = "name a file that can be written"

    def syntax(self) -> str:
        return "[options] FILE"

    def short_desc(self) -> str:
        return "Write a checked copy of the archive to one file, also while a crawl runs"

    def open(self, folder: Path) -> AbstractContextManager[Store]:
        """Return the store as it is: an archive of an earlier schema is backed up before it is upgraded."""
        return opened_as_it_is(folder)

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        if not args or args[0] in STDOUT:
            raise UsageError("name the file to write: scrapy backup FILE", print_help=False)
        path = Path(args[0])
        check_place(path)
        made = back_up(store, folder, path)
        print(visible(f"Backed up: {path}: {_contents(made)}, {made.size / MIB:.1f} MB"))
        beside = path.with_name(f"{path.name}.manifests.zip")
        if count := bundle(folder, beside):
            print(visible(f"Backed up: {beside}: {several(count, 'file')} of the chain; unpack it beside archive.db"))
        left = [str(folder / name) for name in ("feed", "warc") if (folder / name).is_dir()]
        if left:
            print(visible(f"Not part of it: {' and '.join(left)}; copy that, too"))


def _contents(made: Backup) -> str:
    last = f"up to the crawl {made.crawl}" if made.crawl else "no crawl"
    if not made.counts:
        return f"intact, schema {made.version}, {last}"
    articles, revisions = (several(made.counts[f"{noun}s"], noun) for noun in ("article", "revision"))
    return f"intact, {articles}, {made.counts['gone']} gone, {revisions}, {made.counts['pending']} pending, {last}"
