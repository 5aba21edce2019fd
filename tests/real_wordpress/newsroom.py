"""A real WordPress on 127.0.0.1, made of Debian's packages, with Arabic posts in it.

    python -m tests.real_wordpress.newsroom install | start | status | stop | seed N | theme NAME

`FURAT_WP` names the folder that holds all of it, `FURAT_WP_PORT` its port. The database and
PHP answer on sockets in that folder; nothing listens beyond loopback. The folder's path must
be short, as a socket's is, and open to the users of the servers.
"""

import fcntl
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.real_wordpress.debian import Server, install_packages, run, until
from tests.real_wordpress.truth import Post, read

HERE = Path(__file__).parent
THEMES = ("twentytwentyone", "twentytwentytwo", "twentytwentythree")
SERVERS = (
    "mariadb-server",
    "nginx-light",
    "php-fpm",
    "php",  # named before php-fpm, it would bring Apache along
    *(f"php-{part}" for part in ("cli", "curl", "gd", "intl", "mbstring", "mysql", "xml")),
)
WORDPRESS = ("wordpress", "wordpress-l10n", *(f"wordpress-theme-{theme}" for theme in THEMES))


@dataclass(frozen=True)
class Newsroom:
    """One WordPress: its folder, its port, its three servers and the truth about its posts."""

    folder: Path
    port: int

    @classmethod
    def from_environment(cls) -> "Newsroom":
        """Return the site that `FURAT_WP` and `FURAT_WP_PORT` name: /tmp/furat-wp and 8086 by default."""
        folder = os.environ.get("FURAT_WP") or Path(tempfile.gettempdir(), "furat-wp")
        return cls(Path(folder).resolve(), int(os.environ.get("FURAT_WP_PORT", "8086")))

    @property
    def url(self) -> str:
        """The address of the home page."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def truth(self) -> list[Post]:
        """Every published post, oldest first."""
        return read(self.folder / "truth.jsonl")

    @property
    def hidden(self) -> list[Post]:
        """Every post that no archive may hold: behind a password, draft, private, pending or future."""
        return read(self.folder / "hidden.jsonl")

    @property
    def servers(self) -> tuple[Server, ...]:
        """The database, PHP and the web server, in the order of their start."""
        php_fpm = max(Path("/usr/sbin").glob("php-fpm*"), default=Path("/usr/sbin/php-fpm"))
        return (
            Server(Path("/usr/sbin/mariadbd"), (f"--defaults-file={self.folder}/my.cnf",), self.folder),
            Server(php_fpm, ("--nodaemonize", "--fpm-config", f"{self.folder}/fpm.conf"), self.folder),
            Server(Path("/usr/sbin/nginx"), ("-c", f"{self.folder}/nginx.conf"), self.folder),
        )

    @contextmanager
    def reserved(self) -> Iterator[None]:
        """Hold the folder alone: whoever else reserves it waits until this one lets it go."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def install(self) -> None:
        """Bring the packages, then a copy of WordPress and an empty database into the folder; what is there stays."""
        install_packages(SERVERS)
        install_packages(WORDPRESS)  # after the servers, or it would choose Apache
        for name in ("db", "log", "run"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        if self.folder.owner() != "root":
            raise PermissionError(f"{self.folder} belongs to {self.folder.owner()}, and root would run what lies in it")
        self.folder.chmod(0o755)
        shutil.chown(self.folder / "run", "mysql")
        if not (self.folder / "site").exists():
            # Debian's WordPress is full of links to fonts and scripts of other packages.
            shutil.copytree("/usr/share/wordpress", self.folder / "site", ignore_dangling_symlinks=True)
        if not (self.folder / "db" / "mysql").exists():
            options = ("--user=mysql", "--auth-root-authentication-method=socket", "--force")  # by force: without DNS
            run("mariadb-install-db", "--no-defaults", f"--datadir={self.folder}/db", *options)

    def start(self) -> None:
        """Start what is not up and wait until the site answers."""
        self._configure()
        for server in self.servers:
            server.start()
        until(self._answers, f"{self.url} does not answer from {self.folder}; see its log")

    def stop(self) -> None:
        """Stop the site's own servers, by the ids in their pid files."""
        for server in reversed(self.servers):
            server.stop()

    def status(self) -> str:
        """Return a line for each server."""
        return "\n".join(f"{server.program.name} {'up' if server.is_up else 'down'}" for server in self.servers)

    def seed(self, count: int = 120) -> None:
        """Drop all posts and write ``count`` published ones, the same at every call."""
        shutil.rmtree(self.folder / "site" / "wp-content" / "uploads", ignore_errors=True)
        self._sql((HERE / "conf" / "database.sql").read_text())
        self._php("install")
        self._php("seed", str(count))
        self.theme(THEMES[0])

    def theme(self, name: str) -> None:
        """Dress the site in the theme ``name``."""
        self._php("theme", name)

    def get(self, url: str) -> tuple[int, str]:
        """Return the status and the body of what the site answers to ``url``; redirects are not followed."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", url.removeprefix(self.url.rstrip("/")))
            response = connection.getresponse()
            return response.status, response.read().decode()

    def _configure(self) -> None:
        places = {"@FOLDER@": str(self.folder), "@PORT@": str(self.port)}
        for target in ("my.cnf", "fpm.conf", "nginx.conf", "site/wp-config.php"):
            text = (HERE / "conf" / Path(target).name).read_text()
            (self.folder / target).write_text(re.sub("@[A-Z]+@", lambda place: places[place[0]], text))
        (self.folder / "site" / "folder.txt").write_text(str(self.folder))

    def _answers(self) -> bool:
        self._sql("SELECT 1")
        # Another site on this port would answer too.
        return self.get(f"{self.url}folder.txt") == (200, str(self.folder))

    def _sql(self, statements: str) -> None:
        run("mariadb", "--no-defaults", f"--socket={self.folder}/run/mysql.sock", stdin=statements)

    def _php(self, script: str, *arguments: str) -> None:
        run("php", HERE / "php" / f"{script}.php", self.folder, *arguments)


def main(verb: str, *words: str) -> None:
    """Do one verb of the command line."""
    newsroom = Newsroom.from_environment()
    match verb, *words:
        case ["install" | "start" | "stop"]:
            getattr(newsroom, verb)()
        case ["seed", count]:
            newsroom.seed(int(count))
        case ["theme", name]:
            newsroom.theme(name)
        case _ if verb != "status":
            raise SystemExit(__doc__)
    print(newsroom.status())


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["help"]))
