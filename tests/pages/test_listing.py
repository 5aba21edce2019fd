"""What is read from a listing's page: every folder of cases/listing is one behaviour."""

import pytest

from furat.pages import ListingPage
from tests.support.cases import Case, cases, read


@pytest.mark.parametrize("case", cases("listing"), ids=str)
def test_listing(case: Case) -> None:
    expected = case.expected
    page = ListingPage(case.html, expected["at"])

    assert read(page, expected["page"]) == expected["page"]
