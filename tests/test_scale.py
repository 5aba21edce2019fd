"""What docs/SCALE.md and its examples say is so."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from examples.shards import shards
from furat.outcomes import ExitCode
from tests.support.crawls import ROOT

GUIDE = (ROOT / "docs" / "SCALE.md").read_text("utf-8")
JOB = yaml.safe_load((ROOT / "examples" / "indexed_job.yaml").read_text("utf-8"))["spec"]

SITES = """\
# all of them
[hims]
address = "https://newsroom.example/ar/"
sections = ["أخبار",
  "tag/idlib"]

["a.example"]
address = "a.example"

[dayr]
address = "http://www.newsroom.example/dayr/"
user = "[reader]"
"""


def test_the_guide_names_what_there_is() -> None:
    for path in re.findall(r"\]\((\S+?\.\w+)(?:#\S+)?\)", GUIDE):
        assert (ROOT / "docs" / path).is_file(), path
    for name in re.findall(r"scrapy ([a-z-]+) ", GUIDE):
        assert (ROOT / "furat" / "commands" / f"{name}.py").is_file(), name
    for path in re.findall(r"\b(?:furat|examples)/[\w/]+\.py\b", GUIDE):
        assert (ROOT / path).is_file(), path


def test_the_guide_tells_schedulers_what_each_exit_code_means() -> None:
    (table,) = re.findall(r"\| code \|.*?\n\n", GUIDE, re.DOTALL)
    told = {int(code) for row in re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE) for code in row.split(",")}

    assert told == {code.value for code in ExitCode}


@pytest.mark.parametrize("count", [1, 3, 64])
def test_shards_share_out_the_sites_and_part_no_host(count: int) -> None:
    told = [tomllib.loads(text) for text in shards(SITES, count)]

    assert {name: table for shard in told for name, table in shard.items()} == tomllib.loads(SITES)
    assert sum(map(len, told)) == 3
    assert [shard for shard in told if ("hims" in shard) != ("dayr" in shard)] == []


def test_shards_are_files_named_by_their_numbers(tmp_path: Path) -> None:
    sites = tmp_path / "sites.toml"
    sites.write_text(SITES, "utf-8")
    subprocess.run([sys.executable, ROOT / "examples" / "shards.py", sites, tmp_path / "shards", "4"], check=True)

    assert sorted(path.name for path in (tmp_path / "shards").iterdir()) == [f"{number}.toml" for number in range(4)]


def test_the_indexed_job_holds_up_no_shard_for_another() -> None:
    lost, ended = JOB["podFailurePolicy"]["rules"]
    pod = JOB["template"]["spec"]
    (container,) = pod["containers"]

    assert (JOB["completionMode"], pod["restartPolicy"]) == ("Indexed", "Never")
    assert lost == {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget"}]}
    assert ended["action"] == "FailIndex"
    assert {0, *ended["onExitCodes"]["values"]} == {code.value for code in ExitCode}
    assert ended["onExitCodes"]["containerName"] == container["name"]
    assert container["args"][:2] == ["refresh", "--all"]


def test_a_pod_of_the_indexed_job_has_the_sites_and_the_archives_of_its_shard() -> None:
    (container,) = JOB["template"]["spec"]["containers"]
    names = [variable["name"] for variable in container["env"]]
    mounts = {mount["name"]: mount for mount in container["volumeMounts"]}

    assert names == ["SHARD", "FURAT_SITES"]
    assert container["env"][1]["value"] == f"{mounts['shards']['mountPath']}/$(SHARD).toml"
    assert mounts["data"]["subPathExpr"] == "$(SHARD)"
    assert mounts.keys() == {volume["name"] for volume in JOB["template"]["spec"]["volumes"]}
