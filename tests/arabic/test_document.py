"""What docs/ARABIC.md says is what the code does."""

from furat.arabic.document import PATH, document


def test_document_is_fresh() -> None:
    assert PATH.read_text() == document(), "stale: run `python -m furat.arabic`"
