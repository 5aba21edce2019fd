"""What docs/OPERATING.md and the examples for operators say is so."""

import ast
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from furat.outcomes import ExitCode
from tests.replica import Replica, Served, serve
from tests.support.crawls import FAST, ROOT, Told
from tests.support.forks import Forks

GUIDE = (ROOT / "docs" / "OPERATING.md").read_text("utf-8")
LINES = re.findall(r"^    (\S.*)$", GUIDE, re.MULTILINE)
INSTALLS = ("python3 -m venv", "venv/bin/pip")
"""How lines begin that tests/test_package.py covers: it installs Furat without a network."""

EXAMPLES = ROOT / "examples"
CONTAINER = (EXAMPLES / "Containerfile").read_text("utf-8")


@pytest.fixture
def old() -> Iterator[Served]:
    with serve(Replica(5, weight=0, rest=True)) as served:
        yield served


@pytest.fixture
def new(old: Served) -> Iterator[Served]:
    with serve(old.replica) as served:
        yield served


def test_every_line_of_the_guide_does_what_it_says(old: Served, new: Served, tmp_path: Path, forks: Forks) -> None:
    settings = [f"-s{name}={value}" for name, value in {**FAST, "FURAT_DATA": tmp_path / "data"}.items()]
    names = {
        "https://newsroom.example/": old.url,
        "https://new.example/": new.url,
        "data/newsroom.example": f"data/127.0.0.1_{old.url.rsplit(':')[-1].strip('/')}",
        "ADDRESS": old.replica.article(1, old.url)["url"],
    }

    def run(line: str) -> Told:
        if line.startswith("scrapy "):
            return forks.run(*shlex.split(line), *settings)
        done = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
        return Told(done.returncode, done.stdout, done.stderr)

    (tmp_path / "backup").mkdir()
    for line in LINES:
        if not line.startswith(INSTALLS):
            for name, meant in names.items():
                line = line.replace(name, meant)  # noqa: PLW2901 (one after another)
            told = run(line.replace(" backup/", f" {tmp_path}/backup/"))
            assert told.exit_code == 0, f"{line}: {told.err}"
    assert len(list(tmp_path.glob("backup/*.db"))) == 2
    assert len(list(tmp_path.glob("data/*/archive.db"))) == 1


def test_the_guide_names_every_exit_code_and_example() -> None:
    assert re.findall(r"^\| (\d) \|", GUIDE, re.MULTILINE) == [str(code.value) for code in ExitCode]
    for path in re.findall(r"\]\(\.\./(.+?)\)", GUIDE):
        assert (ROOT / path).is_file(), path
    for line in LINES:
        if line.startswith("scrapy "):
            assert (ROOT / "furat" / "commands" / f"{line.split()[1]}.py").is_file(), line


@pytest.mark.parametrize("name", ["furat@.service", "furat@.timer"])
def test_a_unit_has_sections_of_plain_lines(name: str) -> None:
    lines = (EXAMPLES / name).read_text("utf-8").splitlines()

    assert [line for line in lines if not re.fullmatch(r"|#.*|\[\w+\]|\w+=.*", line)] == []
    assert "MemoryDenyWriteExecute=yes" not in lines  # pyOpenSSL's callbacks would fail


def test_the_cron_job_of_kubernetes_runs_one_refresh_at_a_time_as_nobody() -> None:
    job = yaml.safe_load((EXAMPLES / "cronjob.yaml").read_text("utf-8"))
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]

    assert (job["kind"], job["spec"]["concurrencyPolicy"], pod["restartPolicy"]) == ("CronJob", "Forbid", "Never")
    assert pod["securityContext"]["runAsUser"] == int(re.findall(r"^USER (\d+)$", CONTAINER, re.MULTILINE)[0])
    assert container["args"][:2] == ["refresh", "-a"]
    mounts = {mount["mountPath"] for mount in container["volumeMounts"]}
    assert re.findall(r"^VOLUME (\S+)$", CONTAINER, re.MULTILINE)[0] in mounts


def test_the_container_installs_what_there_is() -> None:
    assert {line.split()[0] for line in CONTAINER.splitlines() if line and not line.startswith("#")} == {
        *("FROM", "COPY", "RUN", "ENV", "USER", "VOLUME", "WORKDIR", "STOPSIGNAL", "ENTRYPOINT", "CMD"),
    }
    assert re.findall(r"\[(\w+)\]\"", CONTAINER) == ["operate"]
    assert (ROOT / "requirements-operate.txt").is_file()


def test_the_airflow_tasks_run_commands_that_exist() -> None:
    tree = ast.parse((EXAMPLES / "airflow_dag.py").read_text("utf-8"))
    commands = [text.value for text in ast.walk(tree) if isinstance(text, ast.Constant) and "--site" in str(text.value)]

    assert re.findall(r"^ (\w+) ", str(commands[0])) == ["backup"]
