"""How a crawl behaves towards its site."""

from furat.manners.budget import Budget
from furat.manners.challenges import protection
from furat.manners.door import Door
from furat.manners.gate import Gate
from furat.manners.manners import Manners
from furat.manners.retry_after import retry_after

__all__ = ["Budget", "Door", "Gate", "Manners", "protection", "retry_after"]
