"""The closed list of kinds of value: how each is typed, checked, stored and shown.

`KINDS["nik"].check("3574…")` lists what is wrong with what a person typed, `parse` gives the value
to store, `show` and `mask` the text for people. How one kind reads and writes stands with its
subject: numbers of the state in `official_ids`, places in `addresses`, and so on.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from models import addresses, contacts, dates, kbli, money, official_ids, permit_ids
from models.i18n import Lang, Words, number, rupiah
from models.packs import remembered
from models.schema import Checker, Kind, Option, Parser, Problem, Shower, Value
from models.typed import at_most, clean, error, line, number_text, plain_digits, warning

KINDS: dict[str, Kind] = {}

LONGEST_NAME = 100
LONGEST_LINE = 500


def _register(kind: Kind) -> Kind:
    KINDS[kind.name] = kind
    return kind


def _no_problem(_typed: str, _today: date) -> list[Problem]:
    return []


def _as_is(value: Any, _lang: Lang) -> str:
    return str(value)


def _text(name: str, check: Checker, *, lines: bool = False) -> Kind:
    tidy = clean if lines else line
    return _register(Kind(name, "text", lambda t, _d: tidy(t) or None, check, _as_is))


def _number(name: str, check: Checker, show: Shower = _as_is, mask: Shower | None = None) -> Kind:
    """An identifying number: bare digits, or the text as it stands when it is something else."""
    return _register(Kind(name, "text", lambda t, _d: number_text(t) or None, check, show, masker=mask))


def _whole(name: str, parse: Parser, check: Checker, show: Shower = _as_is) -> Kind:
    return _register(Kind(name, "integer", parse, check, show))


# Whole numbers: how many, and which year.

_COUNT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+)(?:[.,]0+)?\s*([a-z]*)")
MOST_COUNT = 10**9


def _count(typed: str) -> int | None:
    found = _COUNT.fullmatch(plain_digits(typed[:100]).casefold().lstrip("'’"))
    return int(re.sub("[.,]", "", found[1])) if found else None


def _parse_count(typed: str, _today: date) -> Value:
    count = _count(typed)
    return count if count is not None and count <= MOST_COUNT else None


def _check_count(typed: str, _today: date) -> list[Problem]:
    count = _count(typed)
    if not line(typed) or (count is not None and count <= MOST_COUNT):
        return []
    if count is None:
        return [error("count", "Tulis angka bulat saja, mis. 3.", "Write a whole number, e.g. 3.")]
    return [error("too_big", "Angka ini terlalu besar. Hitung lagi.", "This number is too big. Count again.")]


def _parse_year(typed: str, today: date) -> Value:
    text = plain_digits(typed).removesuffix(".0")
    if re.fullmatch("[1-9][0-9]{3}", text):
        return int(text)
    day = dates.read_date(text, today) if re.search("[0-9]{4}", text) else None
    return day.year if day else None


def _check_year(typed: str, today: date) -> list[Problem]:
    text = plain_digits(typed).removesuffix(".0")
    if not text:
        return []
    year = _parse_year(typed, today)
    if not isinstance(year, int):
        short = re.fullmatch("'?([0-9]{2})", text)
        guess = 2000 + int(short[1]) if short else 0
        guess -= 100 * (guess > today.year)
        return [error("year", f"Tulis tahun dengan 4 angka, mis. {today.year}.",
                      f"Write the year with 4 digits, e.g. {today.year}.", str(guess) if short else "")]  # fmt: skip
    if year > today.year:
        return [error("future", "Tahun ini belum tiba.", "This year is still to come.")]
    if year < dates.EARLIEST:
        return [error("too_old", f"Tahun paling awal {dates.EARLIEST}.", f"The earliest year is {dates.EARLIEST}.")]
    if len(text) > 4:
        return [warning("date", f"Ini tanggal; yang dicatat tahunnya, {year}.", f"This is a date; its year {year} is kept.", str(year))]  # fmt: skip
    return []


# Choices.


def _options(options: Sequence[tuple[str, str, str]]) -> tuple[Option, ...]:
    return tuple(Option(code, Words(id_, en)) for code, id_, en in options)


def _option_index(opts: tuple[Option, ...], also: Mapping[str, str]) -> dict[str, str]:
    index = {spelling.casefold(): o.code for o in opts for spelling in (o.words.en, o.words.id, o.code)}
    return index | {spelling.casefold(): code for spelling, code in also.items()}


def _listed(opts: tuple[Option, ...], lang: Lang) -> str:
    return ", ".join(o.words.to(lang) for o in opts)


def _not_an_option(opts: tuple[Option, ...], typed: str) -> Problem:
    return error("choice", f'"{typed[:40]}" tidak ada di pilihan: {_listed(opts, "id")}.',
                 f'"{typed[:40]}" is not among: {_listed(opts, "en")}.')  # fmt: skip


def choice(name: str, options: Sequence[tuple[str, str, str]], also: Mapping[str, str] | None = None) -> Kind:
    """A choice of one among `(code, Indonesian, English)`; `also` maps other spellings to codes."""
    opts, spelt = _options(options), also or {}
    return listed_choice(name, lambda: opts, lambda: opts, lambda: spelt)


def listed_choice(name: str, offered: Callable[[], tuple[Option, ...]], known: Callable[[], tuple[Option, ...]],
                  also: Callable[[], Mapping[str, str]]) -> Kind:  # fmt: skip
    """A choice whose answers stand in a reference list: `offered` today, `known` also from earlier versions."""

    @remembered
    def index() -> tuple[Mapping[str, str], Mapping[str, Words]]:
        return _option_index(known(), also()), {o.code: o.words for o in known()}

    def parse(typed: str, _today: date) -> Value:
        return index()[0].get(line(typed).casefold())

    def check(typed: str, today: date) -> list[Problem]:
        return [_not_an_option(offered(), line(typed))] if line(typed) and parse(typed, today) is None else []

    def show(value: Any, lang: Lang) -> str:
        by_code = index()[1]
        return by_code[value].to(lang) if value in by_code else str(value)

    return _register(Kind(name, "text", parse, check, show, offered))


def choices(name: str, options: Sequence[tuple[str, str, str]], also: Mapping[str, str] | None = None) -> Kind:
    """Any number of `(code, Indonesian, English)`, stored as `code,code` in the list's own order."""
    opts = _options(options)
    index, by_code = _option_index(opts, also or {}), {o.code: o.words for o in opts}

    def parts(typed: str) -> list[str]:
        return [p.strip() for p in re.split("[,;\n]", line(typed)) if p.strip()]

    def parse(typed: str, _today: date) -> Value:
        hit = {index.get(p.casefold()) for p in parts(typed)}
        return ",".join(o.code for o in opts if o.code in hit) or None

    def check(typed: str, _today: date) -> list[Problem]:
        return [_not_an_option(opts, p) for p in parts(typed) if p.casefold() not in index]

    def show(value: Any, lang: Lang) -> str:
        return ", ".join(by_code[c].to(lang) if c in by_code else c for c in str(value).split(","))

    return _register(Kind(name, "text", parse, check, show, lambda: opts))


_YES_NO = {
    **dict.fromkeys(("ya", "y", "iya", "ada", "sudah", "punya", "yes", "true", "1", "v", "✓", "√"), 1),
    **dict.fromkeys(("tidak", "tdk", "t", "belum", "tidak ada", "no", "n", "false", "0", "x"), 0),
}


def _check_yes_no(typed: str, _today: date) -> list[Problem]:
    text = line(typed).casefold()
    return [] if not text or text in _YES_NO else [error("yes_no", "Tulis ya atau tidak.", "Write yes or no.")]


# KBLI.

_VERSION_FIRST = re.compile(r"(?:kbli\s*)?(2020|2025)\s*[:·\-]\s*([0-9]{5})", re.IGNORECASE)
_CODE_FIRST = re.compile(r"([0-9]{5})(?![0-9])(?:.*?kbli\s*(2020|2025)\b)?.*", re.IGNORECASE)


def _parse_kbli(typed: str, _today: date) -> Value:
    text = plain_digits(typed).lstrip("'’")
    if found := _VERSION_FIRST.fullmatch(text):
        return f"{found[1]}:{found[2]}"
    found = _CODE_FIRST.fullmatch(text)
    return f"{found[2] or kbli.NOW}:{found[1]}" if found else None


def _check_kbli(typed: str, today: date) -> list[Problem]:
    """A code outside the short list is a warning; it is an error once the full official list is here."""
    text = plain_digits(typed)
    if not text:
        return []
    stored = _parse_kbli(typed, today)
    if not isinstance(stored, str):
        guess = f"0{text}" if re.fullmatch("[0-9]{4}", text) and kbli.entry(f"0{text}") else ""
        return [error("kbli", "Kode KBLI berisi 5 angka. Ketik produknya, lalu pilih dari daftar.",
                      "A KBLI code has 5 digits. Type the product and choose from the list.", guess)]  # fmt: skip
    version, code = stored.split(":")
    if version == kbli.NOW and kbli.entry(code):
        return []
    if kbli.is_official(version) and kbli.title(version, code) is None:
        return [error("unknown", f"Kode {code} tidak ada di KBLI {version}. Ketik produknya, lalu pilih dari daftar.",
                      f"KBLI {version} has no code {code}. Type the product and choose from the list.")]  # fmt: skip
    now = kbli.successors(code)
    guess = show_kbli(f"{kbli.NOW}:{now[0].code}") if len(now) == 1 else ""
    if version != kbli.NOW:
        then = f" Padanannya: {', '.join(k.code for k in now)}." if now else ""
        becomes = f" It becomes {', '.join(k.code for k in now)}." if now else ""
        return [warning("old_version", f"Ini kode KBLI {version}.{then} Tanyakan kegiatannya, lalu pilih kode 2025.",
                        f"This is a KBLI {version} code.{becomes} Ask what is done, then choose a 2025 code.", guess)]  # fmt: skip
    return [warning("unknown", f"Kode {code} tidak ada di daftar pendek KBLI {version}. Cocokkan dengan dokumennya.",
                    f"Code {code} is not in the short list of KBLI {version}. Compare with the document.", guess)]  # fmt: skip


def show_kbli(value: Any, _lang: Lang = "id") -> str:
    """`13133 · KBLI 2025`."""
    version, _, code = str(value).partition(":")
    return f"{code} · KBLI {version}" if code else str(value)


def _kbli_parts(typed: str) -> list[str]:
    """The codes of a list, each as typed; a title may hold commas of its own, but no digits."""
    parts: list[str] = []
    for part in filter(None, (p.strip() for p in re.split("[,;\n]", plain_digits(typed)))):
        if parts and not re.search("[0-9]", part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def _parse_kbli_list(typed: str, today: date) -> Value:
    """`2025:13133,2020:10794`, each once, in the order typed; None when one of them is no code."""
    codes = [_parse_kbli(part, today) for part in _kbli_parts(typed)]
    return ",".join(dict.fromkeys(map(str, codes))) or None if all(codes) else None


def _check_kbli_list(typed: str, today: date) -> list[Problem]:
    """What is wrong with each code; what is suggested is the whole list with that code mended."""
    parts = _kbli_parts(typed)
    found = [(place, problem) for place, part in enumerate(parts) for problem in _check_kbli(part, today)]
    return [
        replace(p, suggestion=p.suggestion and ", ".join([*parts[:place], p.suggestion, *parts[place + 1 :]]))
        for place, p in found
    ]


def _show_kbli_list(value: Any, lang: Lang) -> str:
    return ", ".join(show_kbli(code, lang) for code in str(value).split(","))


# What machines write.


def _check_moment(typed: str, _today: date) -> list[Problem]:
    text = line(typed)
    if not text or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}Z", text):
        return []
    return [
        error(
            "moment", "Waktu ditulis seperti 2026-11-24T02:42:00.000Z.", "A moment is written 2026-11-24T02:42:00.000Z."
        )
    ]


TEXT = _text("text", at_most(LONGEST_LINE))
LONG_TEXT = _text("long_text", _no_problem, lines=True)
NAME = _text("name", at_most(LONGEST_NAME))
EMAIL = _text("email", contacts.check_email)
COUNT = _whole("count", _parse_count, _check_count, lambda v, lang: number(int(v), lang))
YEAR = _whole("year", _parse_year, _check_year)
MONEY = _whole("money", money.parse_money, money.check_money, lambda v, lang: rupiah(int(v), lang))
DATE = _register(Kind("date", "text", dates.parse_date, dates.check_date, dates.show_date))
BIRTH_DATE = _register(Kind("birth_date", "text", dates.parse_date, dates.check_birth, dates.show_date))
DUE_DATE = _register(
    Kind("due_date", "text", dates.parse_due, dates.check_due, dates.show_date, while_typing=("past",))
)
DAY = _register(Kind("day", "text", dates.parse_day, dates.check_day, dates.show_date))  # before or after today
MOMENT = _text("moment", _check_moment)  # ISO 8601 UTC; pages show it by i18n.clock_time
YES_NO = _whole("yes_no", lambda t, _d: _YES_NO.get(line(t).casefold()), _check_yes_no,
                lambda v, lang: {"id": ("Tidak", "Ya"), "en": ("No", "Yes")}[lang][bool(v)])  # fmt: skip
NIK = _number("nik", official_ids.check_nik, official_ids.show_nik, official_ids.mask_nik)
KK = _number("kk", official_ids.check_kk, official_ids.show_nik, official_ids.mask_nik)
NIB = _number("nib", official_ids.check_nib, official_ids.show_nib)
NPWP = _number("npwp", official_ids.check_npwp, official_ids.show_npwp, official_ids.mask_nik)
NIP = _number("nip", official_ids.check_nip, official_ids.show_nip)
PIRT = _register(
    Kind(
        "pirt", "text", permit_ids.parse_number, permit_ids.check_pirt, permit_ids.show_pirt, while_typing=("expired",)
    )
)
HALAL = _register(Kind("halal", "text", permit_ids.parse_number, permit_ids.check_halal, _as_is))
BPOM = _register(Kind("bpom", "text", permit_ids.parse_number, permit_ids.check_bpom, permit_ids.show_bpom))
TRADITIONAL = _register(Kind("traditional", "text", permit_ids.parse_number, permit_ids.check_traditional, _as_is))
COSMETIC = _register(Kind("cosmetic", "text", permit_ids.parse_number, permit_ids.check_cosmetic, _as_is))
TRADEMARK = _text("trademark", permit_ids.check_trademark)
NITKU = _number("nitku", permit_ids.check_nitku)
PB_UMKU = _number("pb_umku", permit_ids.check_pb_umku)
TRAINING = _text("training", permit_ids.check_training)
PERMIT_NUMBER = _text("permit_number", permit_ids.check_free)  # of no fixed form: SNI, SLHS
PHONE = _register(Kind("phone", "text", contacts.parse_phone, contacts.check_phone, contacts.show_phone))
POSTAL_CODE = _number("postal_code", addresses.check_postal_code)
RT_RW = _whole("rt_rw", addresses.parse_rt_rw, addresses.check_rt_rw, addresses.show_rt_rw)
REGION = _register(Kind("region", "text", addresses.parse_region, addresses.check_region, addresses.show_place))
VILLAGE = _register(Kind("village", "text", addresses.parse_village, addresses.check_village, addresses.show_place))
KBLI = _register(Kind("kbli", "text", _parse_kbli, _check_kbli, show_kbli))  # "2025:13133"
KBLI_LIST = _register(Kind("kbli_list", "text", _parse_kbli_list, _check_kbli_list, _show_kbli_list))
MICRO_DEGREES = _whole("micro_degrees", addresses.parse_degrees, addresses.check_degrees, addresses.show_degrees)
REF = _text("ref", _no_problem)  # the id of another record
