"""If more vanishes from a list than is likely, some of it is visited: enough to see whether the list is wrong."""

from pathlib import Path

import pytest

from furat.frontier.deletions import SAMPLE, Deletions, Usual
from furat.store import Store


@pytest.mark.parametrize("missing, visited", [(0, 0), (1, 1), (6, 6), (7, 7), (21, 11), (100, SAMPLE), (999, SAMPLE)])
def test_of_more_than_is_likely_some_all_over_are_visited(tmp_path: Path, missing: int, visited: int) -> None:
    with Store.at(tmp_path) as store:
        watchful, trusting = Deletions(store, believes_all=False), Deletions(store, believes_all=True)
        watchful.usual = Usual(1000)

        assert len(watchful.sample(range(missing))) == visited
        assert len(trusting.sample(range(missing))) == missing
