"""One row of an office's list: texts by target -> an owner and a business, with what is wrong and its cure.

Texts stay as they stand in the file until a cure or a person changes them. What no field can hold
(`omzet: lumayan`) goes into the note, so that nothing is lost.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from models import reference
from models.businesses import BUSINESS
from models.dates import MONTHS_A_YEAR
from models.i18n import Words
from models.import_columns import TARGETS
from models.names import name_key
from models.official_ids import nik_facts
from models.owners import OWNER
from models.reference import VILLAGE_DIGITS
from models.schema import Entity, Problem, Row

Level = Literal["held", "check"]
Texts = Mapping[str, str]
SHORTEST_PHONE = 9
ADDRESS = ("address", "rt", "rw", "village", "postal_code")
NAME, VILLAGE, BUSINESS_NAME, NOTE = "owner.name", "owner.village", "business.name", "business.note"

NO_NAME = Words(
    "Nama wajib diisi. Tanpa nama, baris ini dilewati.", "The name is needed. Without it this row is skipped."
)
NO_VILLAGE = Words("Kelurahan wajib diisi. Tanpa kelurahan, baris ini dilewati.",
                   "The village is needed. Without it this row is skipped.")  # fmt: skip
UNKNOWN_VILLAGE = Words("Kelurahan ini tidak dikenal. Tulis nama kelurahan atau desa yang benar.",
                        "This village is not known. Write the right name.")  # fmt: skip
MEANT = Words("Maksudnya {name} ({district})?", "Did you mean {name} ({district})?")
MAKE_IT = Words("Jadikan {cure}?", "Make it {cure}?")
NO_BUSINESS_NAME = Words("Nama usaha kosong. Dipakai “{cure}”.", "There is no business name. “{cure}” is used.")
STAYS_MARKED = Words("Tetap masuk, ditandai “NIK perlu dicek”.", "Imported all the same, marked “NIK to check”.")
IN_NOTE = Words("Isinya masuk catatan.", "It goes into the note.")
WHICH_VILLAGE = Words("Ada lebih dari satu: {options}. Tulis dengan kecamatannya.",
                      "There are several: {options}. Write it with its district.")  # fmt: skip
TWO_PHONES = Words("Dua nomor dalam satu sel. Pakai {cure}; yang lain masuk catatan.",
                   "Two numbers in one cell. {cure} is used; the other goes into the note.")  # fmt: skip
RT_RW_DATE = Words("Excel mengubahnya menjadi tanggal. Jadikan {cure}?", "Excel turned it into a date. Make it {cure}?")
RT_RW_UNREAD = Words("Tulis RT/RW seperti 003/001.", "Write RT/RW like 003/001.")
OTHER_PHONE = "HP lain"
FROM_FILE = "Dari berkas"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one cell (or, without a target, with the row), and how it is mended.

    `cure` holds the texts to put in place of what stands there, by target; empty when only a person knows.
    """

    row: int
    target: str
    text: str
    level: Level
    code: str
    words: Words
    cure: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row ready to be judged: its texts, the values they mean, and what was found."""

    number: int
    texts: Texts
    owner: Row
    business: Row
    findings: tuple[Finding, ...]
    wrong: frozenset[str] = frozenset()  # columns whose text is no valid value: never used for matching


@dataclass(frozen=True, slots=True)
class Place:
    """Where the file comes from: the office's region code, and whether the file names villages at all."""

    home: str
    has_villages: bool = True

    @property
    def regency(self) -> str:
        """The kabupaten or kota whose villages are meant."""
        return self.home[:4]


@dataclass
class _Work:
    """A row while it is read."""

    number: int
    texts: Texts
    today: date
    parts: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])  # field -> (column, text)
    notes: list[str] = field(default_factory=list[str])
    findings: list[Finding] = field(default_factory=list[Finding])
    wrong: set[str] = field(default_factory=set[str])

    def find(self, target: str, level: Level, code: str, words: Words, cure: Texts | None = None) -> None:
        """Note a finding about the text of one target."""
        self.findings.append(Finding(self.number, target, self.texts.get(target, ""), level, code, words, cure or {}))


def check_row(number: int, texts: Texts, headings: Mapping[str, str], place: Place, today: date) -> CheckedRow:
    """Read one row. `headings` tells how the file itself calls each target."""
    work = _Work(number, {k: t for k, t in texts.items() if t}, today)
    _split(work)
    values: dict[str, Row] = {"owner": {}, "business": {}}
    for key, (column, text) in work.parts.items():
        entity, name = key.split(".")
        values[entity][name] = _read(work, key, column, text, headings.get(column, TARGETS[column].words.id))
    owner, business = values["owner"], values["business"]
    _place(work, owner, business, place)
    _complete(work, owner, business)
    for entity, row in ((OWNER, owner), (BUSINESS, business)):
        _rules(work, entity, row)
    if work.notes:
        business["note"] = "\n".join([*([business["note"]] if business.get("note") else []), *work.notes])
    return CheckedRow(number, work.texts, owner, business, tuple(work.findings), frozenset(work.wrong))


def _split(work: _Work) -> None:
    """Columns that hold several facts become the fields they hold."""
    for target, text in work.texts.items():
        if target == "rt_rw":
            _split_rt_rw(work, text)
        elif target == "birth":
            comma = re.fullmatch(r"(.*?)[\s,/]*(\d.*)", text)
            work.parts["owner.birth_place"] = (target, comma[1] if comma else text)
            work.parts["owner.birth_date"] = (target, comma[2] if comma else "")
        elif target == "owner.phone":
            _split_phones(work, text)
        elif target == "sales_month":
            work.parts["business.sales_year"] = (target, text)
        elif target not in ("district", VILLAGE, "business.village"):
            work.parts[target] = (target, text)


def _split_rt_rw(work: _Work, text: str) -> None:
    as_date = re.fullmatch(r"(\d\d)/(\d\d)/\d{4}", text)
    pair = re.fullmatch(r"\D*(\d{1,3})(?:\D+(\d{1,3}))?\D*", text)
    if as_date:
        cure = f"{int(as_date[1]):03d}/{int(as_date[2]):03d}"
        work.find("rt_rw", "check", "rt_rw_date", RT_RW_DATE.fill(cure=cure), {"rt_rw": cure})
        work.notes.append(f"{FROM_FILE} — RT/RW: {text}")
    elif pair:
        work.parts["owner.rt"] = ("rt_rw", pair[1])
        work.parts["owner.rw"] = ("rt_rw", pair[2] or "")
    else:
        work.find("rt_rw", "check", "rt_rw", _join(RT_RW_UNREAD, IN_NOTE))
        work.notes.append(f"{FROM_FILE} — RT/RW: {text}")


def _split_phones(work: _Work, text: str) -> None:
    """Of two numbers in a cell the first is the owner's; the others go into the note."""
    numbers = [n.strip(" .") for n in re.split(r"[/;,&|]|\batau\b|\bdan\b", text)]
    numbers = [n for n in numbers if len(re.sub(r"\D", "", n)) >= SHORTEST_PHONE]
    if len(numbers) < 2:
        work.parts["owner.phone"] = ("owner.phone", text)
        return
    problems = TARGETS["owner.phone"].kind.check(numbers[0], work.today)
    first = next((p.suggestion for p in problems if p.suggestion), numbers[0])
    others = "\n".join(f"{OTHER_PHONE}: {n}" for n in numbers[1:])
    note = work.texts.get(NOTE, "")
    work.parts["owner.phone"] = ("owner.phone", first)
    work.notes.append(others)
    work.find("owner.phone", "check", "two_phones", TWO_PHONES.fill(cure=first),
              {"owner.phone": first, NOTE: f"{note}\n{others}" if note else others})  # fmt: skip


def _read(work: _Work, key: str, column: str, text: str, heading: str) -> str | int | None:
    """The value of one field; what is wrong with it is noted, what cannot be read is kept in the note."""
    if not text:
        return None
    kind = TARGETS[key].kind
    value = kind.parse(text, work.today)
    for problem in kind.check(text, work.today):
        _explain(work, column, problem, kept=value is not None)
    if value is None:
        work.notes.append(f"{FROM_FILE} — {heading}: {text}")
    if column == "sales_month" and isinstance(value, int):
        return value * MONTHS_A_YEAR
    return value


def _explain(work: _Work, column: str, problem: Problem, *, kept: bool) -> None:
    """A problem of a kind as a finding: with its cure, or with what happens without one."""
    level: Level = "held" if column == NAME and problem.severity == "error" else "check"
    words, cure = problem.words, dict[str, str]()
    if problem.suggestion:
        cure = {column: problem.suggestion}
        if problem.suggestion not in words.id:
            words = _join(words, MAKE_IT.fill(cure=problem.suggestion))
    elif column == "owner.nik" and problem.severity == "error":
        words = _join(_first_sentence(words), STAYS_MARKED)
    elif not kept:
        words = _join(words, IN_NOTE)
    work.find(column, level, problem.code, words, cure)
    if problem.severity == "error":
        work.wrong.add(column)


def _first_sentence(words: Words) -> Words:
    return Words(words.id.split(". ")[0].rstrip(".") + ".", words.en.split(". ")[0].rstrip(".") + ".")


def _join(first: Words, then: Words) -> Words:
    return Words(f"{first.id} {then.id}", f"{first.en} {then.en}")


def _place(work: _Work, owner: Row, business: Row, place: Place) -> None:
    """The village of owner and business: what each column says, else the other's, else the office's own."""
    district = work.texts.get("district", "")
    for target, row in ((VILLAGE, owner), ("business.village", business)):
        if text := work.texts.get(target, ""):
            row["village"] = _village(work, target, text, district, place)
    for name in ADDRESS:
        if not owner.get(name):
            owner[name] = business.get(name)
    if not any(business.get(name) for name in ADDRESS):
        business.update({name: owner.get(name) for name in ADDRESS})
    if not owner.get("village") and not place.has_villages and len(place.home) == VILLAGE_DIGITS:
        owner["village"] = place.home
    business["village"] = business.get("village") or owner.get("village")
    if not owner.get("village") and not (work.texts.get(VILLAGE) or work.texts.get("business.village")):
        work.find(VILLAGE, "held", "no_village", NO_VILLAGE)


def _village(work: _Work, target: str, text: str, district: str, place: Place) -> str | None:
    """The code of a village by its name, with the kecamatan beside it, in the office's kabupaten first."""
    match = reference.match_village(text, _area(district, place))
    near = [r for r in match.regions if r.code.startswith(place.home[:6])]
    if match.exact and (len(match.regions) == 1 or len(near) == 1):
        return (near or match.regions)[0].code
    if match.exact:
        options = "; ".join(f"{r.name} ({_district(r)})" for r in match.regions[:3])
        work.find(target, "held", "village_repeats", WHICH_VILLAGE.fill(options=options))
    elif match.regions:
        meant = (near or match.regions)[0]
        words = MEANT.fill(name=meant.name, district=_district(meant))
        work.find(target, "held", "village_misspelt", words, {target: reference.path(meant.code)})
    else:
        work.find(target, "held", "village", UNKNOWN_VILLAGE)
    return None


def _district(village: reference.Region) -> str:
    found = reference.kecamatan_of(village.code)
    return found.title if found else ""


def _area(district: str, place: Place) -> str:
    """Where a village is looked for: its kecamatan when the file names one that is known."""
    for within in (place.regency, ""):
        known = reference.resolve(district, "district", within) if district else ()
        if len(known) == 1:
            return known[0].code
    return place.regency


def _complete(work: _Work, owner: Row, business: Row) -> None:
    """What the row tells without saying it: sex and birth from the NIK, a name for a business without one."""
    if not name_key(str(owner.get("name") or "")):  # "-" and numbers name nobody, and could never be found again
        work.find(NAME, "held", "no_name", NO_NAME)
    facts = nik_facts(str(owner.get("nik") or ""), work.today)
    if facts:
        owner["sex"] = owner.get("sex") or facts.sex
        if len(facts.birth_dates) == 1:
            owner["birth_date"] = owner.get("birth_date") or facts.birth_dates[0]
    if owner.get("name") and not business.get("name"):
        kind = str(business.get("activity") or business.get("main_product") or "usaha")
        business["name"] = f"{kind[:1].upper()}{kind[1:]} {owner['name']}"
        work.find(BUSINESS_NAME, "check", "no_business_name", NO_BUSINESS_NAME.fill(cure=business["name"]),
                  {BUSINESS_NAME: business["name"]})  # fmt: skip
    business["contact_name"] = business.get("contact_name") or owner.get("name")
    business["contact_phone"] = business.get("contact_phone") or owner.get("phone")


def _rules(work: _Work, entity: Entity, row: Row) -> None:
    """Rules between fields, told at the column in which the field stands."""
    for rule in entity.rules:
        for problem in rule(row, work.today):
            key = f"{entity.name}.{problem.field}"
            column = work.parts.get(key, (key, ""))[0]
            work.find(column, "check", problem.code, problem.words)
