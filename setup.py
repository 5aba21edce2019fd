"""How Scrapyd's clients build an egg of Furat; all that is said of it is in pyproject.toml."""

import sys

import setuptools

OLDEST = 77
"""The first setuptools that knows licences by their SPDX names (PEP 639)."""

if int(setuptools.__version__.partition(".")[0]) < OLDEST:
    sys.exit(f"setuptools {setuptools.__version__} can't read pyproject.toml; pip install 'setuptools>={OLDEST}'")
setuptools.setup()
