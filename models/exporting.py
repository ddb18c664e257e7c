"""Any sort of record as an Excel workbook or a CSV file, with what each column means.

Only people who were told stand in a file; for somebody outside the Dinas only those who agreed to that
purpose. Numbers of the state are masked unless somebody says what for, which is written down; specially
protected fields stay away unless asked for. Ids stay texts and no text is ever a formula.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from models import access, kinds, legal
from models.access import Viewing
from models.entities import ENTITIES
from models.errors import AppError, FileTrouble
from models.i18n import Lang, Words
from models.privacy import PRIVACY, in_files, names_somebody, owners_of, parent_of, privacy, way_to_person
from models.schema import Entity, Field, Kind, Row
from models.store import Store
from models.typed import clean
from models.workbook import sentence

Cell = str | int | date | None
LONGEST_CELL = 32_767  # characters, by Excel
MOST_ROWS = 1_000_000
_DATES = (kinds.DATE, kinds.DUE_DATE, kinds.DAY, kinds.BIRTH_DATE)
_AMOUNTS = (kinds.MONEY, kinds.COUNT, kinds.YEAR)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONG_NUMBER = 12  # digits: Excel would round them

ID, DEFINITIONS = Words("ID", "ID"), Words("Definisi", "Definitions")
COLUMN, OTHER, MEANING, KIND, CLASS = (
    Words("Kolom", "Column"), Words("Column (English)", "Kolom (Indonesia)"), Words("Arti", "Meaning"),
    Words("Jenis isian", "Kind"), Words("Kelas data", "Privacy"))  # fmt: skip
ABOUT, MADE, ROWS, PURPOSE, LEFT_OUT = (
    Words("Isi", "Contents"), Words("Dibuat", "Made"), Words("Baris", "Rows"), Words("Untuk", "For"),
    Words("Tidak dibawa", "Left out"))  # fmt: skip
NOT_TOLD = Words("belum diberi tahu atau menolak", "not informed yet, or refused")
NOT_AGREED = Words("tidak menyetujui tujuan ini", "did not agree to this purpose")
NOT_KNOWN = Words("pemiliknya tidak ada di laptop ini", "the owner is not on this laptop")
TOO_MANY = Words("Terlalu banyak baris untuk satu berkas Excel. Pilih CSV.", "Too many rows for Excel. Choose CSV.")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. `purpose` is `legal.OFFICE` or one of `consents.PURPOSES`; `whole_numbers` says for
    whom NIK and the like are not masked; `special` brings specially protected fields along.
    """

    entity: str
    purpose: str = legal.OFFICE
    whole_numbers: str = ""
    special: bool = False
    ids: tuple[str, ...] = ()  # only these records; empty: all


@dataclass(frozen=True)
class Export:
    """Rows ready for a file, as stored; `left_out` counts the others by reason."""

    request: Request
    entity: Entity
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]
    names: Mapping[str, Mapping[str, str]]  # of parents: entity -> id -> name
    left_out: Mapping[Words, int]
    made_at: str
    made_by: str


def export(store: Store, request: Request) -> Export:
    """Gather what may leave the office; showing whole numbers is written down for each record."""
    entity = ENTITIES[request.entity]
    rows = store.find_in(entity.name, "id", request.ids) if request.ids else store.find(entity.name)
    chosen, left_out = _allowed(store, entity, rows, request.purpose)
    fields = tuple(f for f in in_files(entity) if request.special or not f.special)
    if request.whole_numbers:
        _write_down(store, entity, [f for f in fields if f.kind.masker], chosen, request.whole_numbers)
    names = {parent: _names(store, parent, chosen, f) for f in fields if (parent := parent_of(f))}
    return Export(
        request, entity, fields, tuple(chosen), names, left_out, store.clock.stamp(), store.user)  # fmt: skip


def _allowed(store: Store, entity: Entity, rows: list[Row], purpose: str) -> tuple[list[Row], Mapping[Words, int]]:
    """The rows that may stand in the file, and how many may not, by reason."""
    if entity.name != "owner" and not way_to_person(entity.name):
        return rows, {}
    of = owners_of(store, entity, rows)
    owners = {o["id"]: o for o in store.find_in("owner", "id", {i for i in of.values() if i})}
    consents: dict[str, list[Row]] = {}
    for consent in store.find_in("consent", "owner_id", owners) if purpose != legal.OFFICE else ():
        consents.setdefault(consent["owner_id"], []).append(consent)
    why = {row["id"]: _why_not(entity, of[row["id"]], owners, consents, purpose) for row in rows}
    return [row for row in rows if why[row["id"]] is None], Counter(w for w in why.values() if w)


def _why_not(
    entity: Entity, owner_id: str | None, owners: Mapping[str, Row], consents: Mapping[str, list[Row]], purpose: str
) -> Words | None:
    """Why a record stays here; None when it may go."""
    if owner_id is None:
        return NOT_KNOWN if names_somebody(entity) else None
    owner = owners.get(owner_id)
    if owner is None:
        return NOT_KNOWN
    if legal.may_export(owner, consents.get(owner_id, ()), purpose):
        return None
    return NOT_AGREED if legal.may_export(owner, (), legal.OFFICE) else NOT_TOLD


def _write_down(store: Store, entity: Entity, fields: list[Field], rows: list[Row], purpose: str) -> None:
    now = store.clock.stamp()
    access.note(store, (Viewing(now, store.user, entity.name, row["id"], field.name, purpose)
                        for row in rows for field in fields if row.get(field.name)))  # fmt: skip


def _names(store: Store, parent: str, rows: list[Row], field: Field) -> dict[str, str]:
    """What the records are called to which a reference points."""
    found = store.find_in(parent, "id", {row[field.name] for row in rows if row[field.name]})
    title = next((f.name for f in ENTITIES[parent].fields if f.listed and f.kind.storage == "text"), "id")
    return {p["id"]: str(p.get(title) or "") for p in found}


def headings(made: Export, lang: Lang) -> list[str]:
    """The first line of the file: the id, then a column each; a reference has its id and its name."""
    return [ID.to(lang), *(text for f in made.fields for text in _headings(f, lang))]


def _headings(field: Field, lang: Lang) -> tuple[str, ...]:
    label = field.label.to(lang)
    return (f"ID {label}", label) if parent_of(field) else (label,)


def cells(made: Export, lang: Lang) -> Iterable[list[Cell]]:
    """The rows as they stand in the file: amounts as numbers, days as dates, everything else as text."""
    for row in made.rows:
        line: list[Cell] = [row["id"]]
        for field in made.fields:
            value = row.get(field.name)
            if parent := parent_of(field):
                line += [value, made.names[parent].get(value or "", "")]
            else:
                line.append(_cell(field.kind, value, lang, mask=not made.request.whole_numbers))
        yield line


def _cell(kind: Kind, value: Any, lang: Lang, *, mask: bool) -> Cell:
    if value is None or kind in _AMOUNTS:
        return value
    if kind in _DATES:
        try:
            return date.fromisoformat(value)
        except ValueError:  # stored as it stood somewhere, to be mended
            return str(value)
    text = kind.mask(value, lang) if mask and kind.masker else kind.show(value, lang)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def definitions(made: Export, lang: Lang) -> list[list[str]]:
    """What the file is and what each column means, line by line."""
    left = "; ".join(f"{count} {why.to(lang)}" for why, count in made.left_out.items()) or "0"
    about = [(ABOUT, made.entity.plural.to(lang)), (MADE, f"{made.made_at} {made.made_by}"), (ROWS, str(len(made.rows))),
             (PURPOSE, made.request.purpose), (LEFT_OUT, left)]  # fmt: skip
    other: Lang = "en" if lang == "id" else "id"
    return [
        *([label.to(lang), text] for label, text in about),
        [],
        [w.to(lang) for w in (COLUMN, OTHER, MEANING, KIND, CLASS)],
        *([f.label.to(lang), f.label.to(other), f.help.to(lang), f.kind.name, PRIVACY[privacy(f)].to(lang)]
          for f in made.fields),
    ]  # fmt: skip


def to_csv(made: Export, path: Path, lang: Lang = "id") -> None:
    """Write a CSV file as the office's Excel opens it: semicolons, UTF-8; nothing in it is a formula."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(headings(made, lang))
            writer.writerows([[_plain(cell) for cell in line] for line in cells(made, lang)])
    except OSError as error:
        raise FileTrouble(sentence(error)) from error


def _plain(cell: Cell) -> str:
    """A cell as text; a leading quote keeps Excel from calculating it or rounding a long number."""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    text = clean(str(cell)) if isinstance(cell, str) else "" if cell is None else str(cell)
    long_number = isinstance(cell, str) and text.isdigit() and (len(text) >= _LONG_NUMBER or text.startswith("0"))
    return f"'{text}" if isinstance(cell, str) and (text.startswith(_FORMULA) or long_number) else text


def to_workbook(exports: Sequence[Export], path: Path, lang: Lang = "id") -> None:
    """Write one sheet an export and one with the definitions of all; written row by row, whatever their number."""
    if any(len(made.rows) > MOST_ROWS for made in exports):
        raise AppError(TOO_MANY)
    try:
        with path.open("wb") as file:
            _write(exports, file, lang)
    except OSError as error:
        raise FileTrouble(sentence(error)) from error


def _write(exports: Sequence[Export], file: BinaryIO, lang: Lang) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for made in exports:
        title = made.entity.plural.to(lang)
        _fill(book.create_sheet(_sheet_name(title)), [headings(made, lang), *cells(made, lang)])
    explained: list[Sequence[Cell]] = [line for made in exports for line in (*definitions(made, lang), [])]
    _fill(book.create_sheet(DEFINITIONS.to(lang)), explained)
    book.save(file)


def _sheet_name(title: str) -> str:
    return "".join(" " if c in "[]:*?/\\" else c for c in title)[:31]


def _fill(sheet: Any, lines: Iterable[Sequence[Cell]]) -> None:
    from openpyxl.cell import WriteOnlyCell

    sheet.freeze_panes = "A2"
    for line in lines:
        made: list[Any] = []
        for value in line:
            content: Any = clean(value) if isinstance(value, str) else value
            cell = WriteOnlyCell(sheet, content)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula, whatever it begins with
                cell.number_format = "@"
            elif isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"
            made.append(cell)
        sheet.append(made)
