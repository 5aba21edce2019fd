"""The work of every reader grows with the size of what it reads, whatever a site makes it of."""

from collections.abc import Iterable

import pytest

from tests.hostile import FUZZ_SECONDS
from tests.hostile.growth import READERS, is_linear
from tests.hostile.inputs import SHAPES

pytestmark = pytest.mark.slow

SEEN = (
    *("only 'http://'", "only '[a_'", "only '\\n'", "only '_'", "only '<div>'", "only '<img>'", "only '<td>'"),
    *("only '<img><figcaption>'", "only '<a href=/x/><h2>'", "only '<article>'", "only '<div class=ads>'"),
    *("only '\u0301'", "only '[['", "one long class", "numbered classes", "numbered attributes", "only '<meta '"),
    *("numbered attributes with quotes", "numbered attributes of a body", "numbered attributes of an end"),
    *("numbered pictures", "numbered pictures and a long base"),
)
"""Those that have hung a crawl; `make hostile` tries all."""


def shapes() -> Iterable[str]:
    return SHAPES if FUZZ_SECONDS else SEEN


@pytest.mark.parametrize("shape", shapes())
@pytest.mark.parametrize("reader", READERS)
def test_work_grows_with_size(reader: str, shape: str) -> None:
    assert is_linear(READERS[reader], SHAPES[shape])
