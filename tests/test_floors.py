"""Imports point down; modules and functions stay short, those of tests and of the bench too."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "furat"

FLOORS = [
    {"outcomes"},
    {"arabic", "clock", "exceptions", "files", "items", "options", "sections", "terminal", "urls"},
    {"chain", "duplicates", "pages", "sites", "store", "warc"},
    {"profile"},
    {"frontier", "wordpress"},
    {"datasets", "downloader", "extensions", "feeds", "handover", "operate", "pipelines", "reports", "spiders"},
    {"corpus"},
    {"cli"},
    {"commands"},
]

WIRED_BY_NAME = {"commands", "downloader", "extensions", "pipelines", "settings", "spiders"}

MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem != "__init__")
BESIDE = sorted(path for name in ("tests", "bench", "examples") for path in (ROOT / name).rglob("*.py"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "furat":
            names = [node.module] if node.module != "furat" else [f"furat.{alias.name}" for alias in node.names]
            yield from (str(name).split(".")[1] for name in names if not str(name).startswith("furat.__"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the functions of a module, and how many lines each has, docstring and all."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def floor(name: str) -> int:
    return next(number for number, names in enumerate(FLOORS) if name in names)


def test_modules_import_only_lower_floors() -> None:
    modules = [path for path in MODULES if part(path) != "settings"]
    pairs = [(path, name) for path in modules for name in sorted({*imported(path)} - {part(path)})]

    assert [f"{named(path)} imports {name}" for path, name in pairs if floor(name) >= floor(part(path))] == []
    assert len(pairs) > len(modules)


def test_what_scrapy_reaches_by_name_is_imported_by_nothing_else() -> None:
    assert [named(path) for path in MODULES if ({*imported(path)} - {part(path)}) & WIRED_BY_NAME] == []


def test_modules_say_what_they_are_and_stay_short() -> None:
    sources = {path: path.read_text("utf-8") for path in [*MODULES, *BESIDE]}
    long = [f"{named(path)}: {name}" for path in sources for name, lines in functions(path) if lines > 40]

    assert [
        named(path) for path, source in sources.items() if source.strip() and not ast.get_docstring(tree(path))
    ] == []
    assert [named(path) for path, source in sources.items() if source.count("\n") > 250] == []
    assert long == []


@pytest.mark.parametrize("paths", [MODULES, BESIDE], ids=["furat", "beside"])
def test_most_functions_fit_into_one_glance(paths: list[Path]) -> None:
    assert median(lines for path in paths for _, lines in functions(path)) <= 7
