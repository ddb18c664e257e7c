"""Changes of the local file that a declaration cannot say. Append only: never edit an entry.

Added fields need no entry, `models/database.py` adds their columns. An entry is for what is
renamed, split or dropped; it runs once, in one transaction with all others that are due.
"""

from collections.abc import Callable
from typing import Any

Migration = Callable[[Any], None]  # takes the driver's connection

MIGRATIONS: tuple[Migration, ...] = ()
