"""How Scrapyd's clients build an egg of Furat; all that is said of it is in pyproject.toml."""

from setuptools import setup

setup()
