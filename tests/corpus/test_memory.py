"""What is compared need not fit into memory."""

from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest

from furat.corpus import duck, rounds
from furat.corpus.relations import VERDICT
from furat.corpus.stages import Stages

pytestmark = pytest.mark.slow

ARTICLES = 200_000

NAMED = f"""
SELECT number, number::VARCHAR AS name, '2026' AS first_seen, number AS content, NULL::BIGINT AS digest, 8 AS own
FROM range(1, {ARTICLES + 1}) AS every(number)
"""

TEXTS = """
SELECT number, [(number + 1) // 2 * 10 + place FOR place IN range(8)] AS keys,
    repeat(md5(number::VARCHAR), 16) AS signature
FROM articles
"""
"""Each two have the same keys; all signatures are 100 MB, as those of 200,000 articles are."""


def test_signatures_are_spilled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def check(pairs: pa.RecordBatch) -> pa.RecordBatch:
        compared.append(pairs.num_rows)
        asked = [pairs.column(name) for name in VERDICT.names[:-1]]
        return pa.RecordBatch.from_arrays([*asked, pa.nulls(pairs.num_rows, pa.float64())], schema=VERDICT)

    monkeypatch.setattr(duck, "MEMORY", "90MB")
    monkeypatch.setattr(duck, "GROUP", 2048)
    monkeypatch.setattr(rounds, "POSTED", 200_000)
    monkeypatch.setattr(rounds, "JOINED", 40_000)
    monkeypatch.setattr(rounds, "check", check)
    stages = Stages(tmp_path)
    with duck.opened(stages) as engine:
        articles = stages.stage("articles", "", partial(engine.write, NAMED))
        engine.read("articles", articles)
        engine.read("texts", stages.stage("texts", "", partial(engine.write, TEXTS)))
        rounds.Rounds(engine, articles).settle()

    assert sum(compared) == ARTICLES / 2
