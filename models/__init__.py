"""What is recorded: declarations, rules and the encrypted local store. Knows no Qt and no network."""

import sys
from importlib import import_module

# sqlite-utils catches the errors of the driver it finds under these names when it is first imported;
# with the standard library's in their place it would miss those of the encrypted one.
sys.modules["pysqlite3"] = import_module("sqlcipher3")
sys.modules["pysqlite3.dbapi2"] = import_module("sqlcipher3.dbapi2")
