"""Pieces that many questions in SQL are made of. What stands in them is declared or counted here, never typed by anybody."""

from collections.abc import Iterable


def codes(values: Iterable[str]) -> str:
    """Declared codes for `IN (…)`: `'closed', 'moved'`."""
    return ", ".join(f"'{value}'" for value in values)


def numbers(values: Iterable[int]) -> str:
    """Row numbers for `IN (…)`."""
    return ",".join(map(str, values))


def names(columns: Iterable[str]) -> str:
    """Columns as a statement names them."""
    return ", ".join(f'"{column}"' for column in columns)


def insert(table: str, columns: Iterable[str]) -> str:
    """The statement that writes a row with these columns."""
    listed = list(columns)
    return f'INSERT INTO "{table}" ({names(listed)}) VALUES ({", ".join("?" * len(listed))})'
