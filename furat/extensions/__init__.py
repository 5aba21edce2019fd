"""What watches over a crawl."""

from furat.extensions.deliver import Deliver
from furat.extensions.lock import Lock
from furat.extensions.progress import ShowProgress
from furat.extensions.verdict import Verdict

__all__ = ["Deliver", "Lock", "ShowProgress", "Verdict"]
