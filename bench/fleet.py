"""What `scrapy refresh --all` costs where nothing was changed: CPU time per site, and the memory of all its processes.

    python -m bench.fleet [SITES [JOBS]]

Each site is a replica on a loopback address of its own (127.0.0.2, 127.0.0.3, …): to Furat that is a host of its own.
The archives are made by a first run, which is told too. Memory is that of all processes, shared pages counted once.
"""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import sleep

import uvloop
from rich.console import Console
from rich.table import Table

from bench.measure import ENVIRONMENT, ROOT
from tests.replica import Replica, Served
from tests.replica.server import Connection

ARTICLES = 20
SETTINGS = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 4}


@contextmanager
def served(number: int) -> Iterator[list[str]]:
    """Serve so many sites on loopback, and yield their addresses."""
    loop = uvloop.new_event_loop()
    sites = [loop.run_until_complete(_serve(loop, f"127.0.0.{2 + index}")) for index in range(number)]
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield [site.url for site in sites]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _serve(loop: asyncio.AbstractEventLoop, host: str) -> Served:
    site = Served(Replica(ARTICLES, weight=0, rest=True))
    listener = socket.create_server((host, 0))
    await loop.create_server(lambda: Connection(site), sock=listener)
    site.listens(host, listener.getsockname()[1])
    return site


def refresh(folder: Path, jobs: int) -> tuple[float, float, str]:
    """Run the command, and return its CPU seconds, the most MB that it held, and what it told."""
    settings = [f"-s{name}={value}" for name, value in {**SETTINGS, "FURAT_DATA": folder / "data"}.items()]
    words = ["refresh", "--all", "-j", str(jobs), f"-sFURAT_SITES={folder / 'sites.toml'}", *settings]
    with (folder / "log").open("wb") as log, (folder / "out").open("wb") as out:
        command = [sys.executable, "-m", "scrapy", *words]
        process = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=out, stderr=log)
        most, usage = 0.0, None
        while usage is None:
            most = max(most, _held(process.pid))
            sleep(0.1)
            pid, status, found = os.wait4(process.pid, os.WNOHANG)
            usage = found if pid else None
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, most, (folder / "out").read_text("utf-8")


def _held(pid: int) -> float:
    """Return the MB that a process and its children hold."""
    total = 0.0
    with suppress(OSError):  # it ends meanwhile
        for each in (pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split())):
            lines = Path(f"/proc/{each}/smaps_rollup").read_text("ascii").splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def main(sites: int = 200, jobs: int = 8) -> None:
    """Print the table."""
    table = Table(title=f"{sites} sites, {jobs} at a time, {ARTICLES} articles each")
    for column in ("run", "CPU s a site", "MB in all", "told"):
        table.add_column(column)
    with TemporaryDirectory() as name, served(sites) as addresses:
        folder = Path(name)
        tables = (f'[site{number}]\naddress = "{address}"\n' for number, address in enumerate(addresses))
        (folder / "sites.toml").write_text("".join(tables), "utf-8")
        for run in ("first archives", "nothing changed"):
            cpu, memory, told = refresh(folder, jobs)
            table.add_row(run, f"{cpu / sites:.3f}", f"{memory:.0f}", told.strip()[:200])
    Console().print(table)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
