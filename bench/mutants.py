"""How many small faults the tests notice: `python -m bench.mutants --sample 40 --seed 7 --minutes 60`.

Cosmic Ray (https://cosmic-ray.readthedocs.io) makes a fault at a place drawn by chance, in a copy of the project; the
tests of the module's room judge it: those without a crawl first, then all of the room, then the crawls of every spider.
"""

import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.plugins import get_operator, operator_names

from tests.support.crawls import ROOT

BESIDE = ("core/ReplaceBinaryOperator_BitOr_", "core/RemoveDecorator", "core/ExceptionReplacer")
"""Faults that say nothing of the tests: in `A | B` of types, in `@property`, in the classes that an `except` names."""

LONGEST = 600.0
"""Seconds after which a mutant's tests hang, which is noticed too."""


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
        return "\n".join([str(self.module), *list(lines)[3:]])


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


def mutants(copy: Path, random: Random) -> Iterator[Mutant]:
    """Yield mutants of a ``copy`` of the project without an end, each at a place and of a kind drawn by chance."""
    modules = sorted(path.relative_to(copy) for path in (copy / "furat").rglob("*.py"))
    sizes = [(copy / path).stat().st_size for path in modules]
    while True:
        (module,) = random.choices(modules, sizes)
        before = (copy / module).read_text("utf-8")
        if found := places(before):
            name, occurrence = random.choice(found[random.choice(sorted(found))])
            after = MutationVisitor.mutate_code(before, get_operator(name)(), occurrence)
            if after:
                yield Mutant(module, before, after)


def is_noticed(mutant: Mutant, copy: Path) -> bool:
    """Return whether any test fails with ``mutant`` in the ``copy`` of the project."""
    (copy / mutant.module).write_text(mutant.after, "utf-8")
    rounds = (
        ["-m", "not scrapy", str(mutant.module), mutant.room],
        ["-m", "scrapy", mutant.room] if mutant.room != "tests" else [],
        ["tests/spiders", "tests/frontier", "tests/commands"],
    )
    try:
        return any(fails(copy, words) for words in rounds if words)
    finally:
        (copy / mutant.module).write_text(mutant.before, "utf-8")


def fails(copy: Path, words: list[str]) -> bool:
    """Return whether the tests that ``words`` name fail; there may be none.

    Python takes a module of the same size and second for the one that it compiled before: so none is kept.
    """
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "2", *words]
    try:
        return subprocess.run(
            command,
            cwd=copy,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            check=False,
            timeout=LONGEST,
        ).returncode in (1, 2)
    except subprocess.TimeoutExpired:
        return True


def main() -> int:
    """Print each mutant that no test noticed, and the share of those that were."""
    parser = ArgumentParser(prog="python -m bench.mutants", description=__doc__)
    parser.add_argument("--sample", type=int, default=40)
    parser.add_argument("--seed", type=int, default=int(monotonic()))
    parser.add_argument("--minutes", type=float, default=60)
    asked = parser.parse_args()
    print(f"--seed {asked.seed}", flush=True)
    end, noticed, tried = monotonic() + 60 * asked.minutes, 0, 0
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "furat"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", ".*_cache", "data", "demo"))
        for mutant in mutants(copy, Random(asked.seed)):  # noqa: S311 (to be repeated)
            if tried == asked.sample or monotonic() > end:
                break
            tried += 1
            if is_noticed(mutant, copy):
                noticed += 1
            else:
                print(f"Not noticed: {mutant.diff}", flush=True)
    print(f"{noticed} of {tried} mutants noticed ({noticed / max(tried, 1):.0%})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
