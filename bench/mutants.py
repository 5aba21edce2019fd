"""How many small faults the tests notice: `python -m bench.mutants --sample 40 --seed 7 --minutes 60`.

Cosmic Ray (https://cosmic-ray.readthedocs.io) makes a fault at a place drawn by chance, in a copy of the project; the
tests of the module's room judge it: those without a crawl first, then all of the room, then the crawls of every spider.
A test that fails without the fault too, or that does not end in time, is no judge: such mutants are counted apart.
"""

import os
import re
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.plugins import get_operator, operator_names

from tests.support.crawls import ROOT

BESIDE = ("core/ReplaceBinaryOperator_BitOr_", "core/RemoveDecorator", "core/ExceptionReplacer")
"""Faults that say nothing of the tests: in `A | B` of types, in `@property`, in the classes that an `except` names."""

TIMEOUT = ("timeout", "--signal=INT", "--kill-after=60", "2400")
"""In so many seconds a mutant's tests end, if they end; interrupted, they end the crawls that they started."""

IS_LATE = (124, 137)
"""What `timeout` exits with then."""

NO_SUCH_TESTS = 5
"""What pytest exits with if it finds none."""

FAILED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)


class Verdict(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    OUT_OF_TIME = "out of time"
    NOT_JUDGED = "not judged: a test fails without the fault too"


@dataclass(frozen=True)
class Mutant:
    """A module with a fault in it."""

    module: Path
    before: str
    after: str

    @property
    def room(self) -> str:
        """The folder of the tests that mirrors the module's; all tests for the vocabulary at the root."""
        parts = self.module.relative_to("furat").parts
        return f"tests/{parts[0]}" if len(parts) > 1 and (ROOT / "tests" / parts[0]).is_dir() else "tests"

    @property
    def diff(self) -> str:
        lines = unified_diff(self.before.splitlines(), self.after.splitlines(), lineterm="", n=0)
        return "\n".join([str(self.module), *list(lines)[2:]])

    @property
    def rounds(self) -> list[list[str]]:
        """The words for pytest, the cheapest judges first."""
        own = [["-m", "scrapy", self.room]] if self.room != "tests" else []
        first = ["-m", "not scrapy", str(self.module), self.room]
        return [first, *own, ["-m", "scrapy", "tests/spiders", "tests/frontier", "tests/commands"]]


def places(code: str) -> dict[tuple[int, int], list[tuple[str, int]]]:
    """Return where in a module a fault may be, each with the operators that make one there and their occurrence."""
    tree, found = get_ast(code), dict[tuple[int, int], list[tuple[str, int]]]()
    for name in operator_names():
        operator = get_operator(name)
        if name.startswith(BESIDE) or operator.arguments():
            continue
        starts = (start for node in ast_nodes(tree) for start, _ in operator().mutation_positions(node))
        for occurrence, start in enumerate(starts):
            found.setdefault(start, []).append((name, occurrence))
    return found


def mutants(project: Path, random: Random) -> Iterator[Mutant]:
    """Yield mutants of a ``project`` without an end, each at a place and of a kind drawn by chance."""
    modules = sorted(path.relative_to(project) for path in (project / "furat").rglob("*.py"))
    sizes = [(project / path).stat().st_size for path in modules]
    while True:
        (module,) = random.choices(modules, sizes)
        before = (project / module).read_text("utf-8")
        if found := places(before):
            name, occurrence = random.choice(found[random.choice(sorted(found))])
            after = MutationVisitor.mutate_code(before, get_operator(name)(), occurrence)
            if after:
                yield Mutant(module, before, after)


def judge(mutant: Mutant, copy: Path) -> Verdict:
    """Return what the tests say of ``mutant`` in the ``copy`` of the project."""
    for words in mutant.rounds:
        (copy / mutant.module).write_text(mutant.after, "utf-8")
        failed = failing(copy, words)
        (copy / mutant.module).write_text(mutant.before, "utf-8")
        if failed is None:
            return Verdict.OUT_OF_TIME
        if failed:
            return Verdict.NOT_JUDGED if failing(copy, failed) else Verdict.KILLED
    return Verdict.SURVIVED


def failing(copy: Path, words: list[str]) -> list[str] | None:
    """Return the first test to fail of those that ``words`` name, or ``words`` if they can't be collected.

    None means that they did not end in time.

    Python takes a module of the same size and second for the one that it compiled before: so none is kept.
    """
    done = subprocess.run(
        [*TIMEOUT, sys.executable, "-m", "pytest", "-q", "-x", "--tb=no", *words],
        cwd=copy,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "1000"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode in IS_LATE:
        return None
    if done.returncode in (0, NO_SUCH_TESTS):
        return []
    return FAILED.findall(done.stdout)[:1] or words


def copies(folder: Path, count: int) -> SimpleQueue[Path]:
    """Return ``count`` copies of the project, for tests at the same time."""
    made = SimpleQueue[Path]()
    for number in range(count):
        copy = folder / f"{number}"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv*", ".*_cache", "data", "demo"))
        made.put(copy)
    return made


def main() -> int:
    """Print each mutant that was not killed, and the share of those that were."""
    parser = ArgumentParser(prog="python -m bench.mutants", description=__doc__)
    parser.add_argument("--sample", type=int, default=40)
    parser.add_argument("--seed", type=int, default=int(monotonic()))
    parser.add_argument("--minutes", type=float, default=60)
    asked = parser.parse_args()
    print(f"--seed {asked.seed}", flush=True)
    end, workers = monotonic() + 60 * asked.minutes, os.cpu_count() or 1
    sample = list(islice(mutants(ROOT, Random(asked.seed)), asked.sample))  # noqa: S311 (to be repeated)
    with TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        free = copies(Path(folder), workers)

        def judged_in_time(mutant: Mutant) -> Verdict | None:
            """Print a mutant that was not killed; None is for one whose turn came too late."""
            copy = free.get()
            verdict = judge(mutant, copy) if monotonic() < end else None
            free.put(copy)
            if verdict not in (None, Verdict.KILLED):
                print(f"{verdict}: {mutant.diff}", flush=True)
            return verdict

        verdicts = Counter(filter(None, pool.map(judged_in_time, sample)))
    judged = verdicts[Verdict.KILLED] + verdicts[Verdict.SURVIVED]
    print(f"{verdicts[Verdict.KILLED]} of {judged} mutants killed ({verdicts[Verdict.KILLED] / max(judged, 1):.0%})")
    print(*(f"{count} {verdict}" for verdict, count in verdicts.items()), sep=", ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
