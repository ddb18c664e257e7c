"""The SQLite driver that can encrypt; whoever opens a file takes it from here."""

from importlib import import_module
from typing import Any

driver: Any = import_module("sqlcipher3.dbapi2")  # it ships no types
# To the driver None is no type of SQLite's own: it looks in vain for somebody who adapts it, 2.5 µs each
# time, and a row has fifty empty columns. Now somebody does: an empty dict answers None.
_nothing: dict[None, None] = {}
driver.register_adapter(type(None), _nothing.get)
