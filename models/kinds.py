"""The closed list of kinds of value: how each is typed, checked, stored and shown."""

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from models.i18n import Lang, Words, long_date, rupiah
from models.schema import Kind, Option, Problem, Value

KINDS: dict[str, Kind] = {}


def _register(kind: Kind) -> Kind:
    KINDS[kind.name] = kind
    return kind


def _clean(typed: str) -> str:
    return typed.replace("\x00", "").encode("utf-8", "ignore").decode().strip()


def _no_problem(_typed: str, _today: date) -> list[Problem]:
    return []


def _text(name: str) -> Kind:
    return _register(Kind(name, "text", lambda t, _d: _clean(t) or None, _no_problem, lambda v, _l: str(v)))


def _digits(name: str) -> Kind:
    def parse(typed: str, _today: date) -> Value:
        return re.sub(r"\D", "", typed) or None

    return _register(Kind(name, "text", parse, _no_problem, lambda v, _l: str(v)))


def _whole(name: str) -> Kind:
    def parse(typed: str, _today: date) -> Value:
        digits = re.sub(r"\D", "", typed)
        return int(digits) if digits else None

    return _register(Kind(name, "integer", parse, _no_problem, lambda v, _l: str(v)))


def choice(name: str, options: Sequence[tuple[str, str, str]]) -> Kind:
    """A choice of one among `(code, Indonesian, English)`."""
    opts = tuple(Option(code, Words(id_, en)) for code, id_, en in options)

    def parse(typed: str, _today: date) -> Value:
        wanted = _clean(typed).casefold()
        for o in opts:
            if wanted in (o.code.casefold(), o.words.id.casefold(), o.words.en.casefold()):
                return o.code
        return None

    def show(value: Any, lang: Lang) -> str:
        return next((o.words.to(lang) for o in opts if o.code == value), str(value))

    return _register(Kind(name, "text", parse, _no_problem, show, opts))


def choices(name: str, options: Sequence[tuple[str, str, str]]) -> Kind:
    """Any number of `(code, Indonesian, English)`, stored as `code,code` in the list's own order."""
    opts = tuple(Option(code, Words(id_, en)) for code, id_, en in options)

    def parse(typed: str, _today: date) -> Value:
        wanted = {part.strip().casefold() for part in typed.split(",")}
        hit = [o.code for o in opts if wanted & {o.code.casefold(), o.words.id.casefold(), o.words.en.casefold()}]
        return ",".join(hit) or None

    def show(value: Any, lang: Lang) -> str:
        codes = str(value).split(",")
        return ", ".join(o.words.to(lang) for o in opts if o.code in codes)

    return _register(Kind(name, "text", parse, _no_problem, show, opts))


def _parse_date(typed: str, _today: date) -> Value:
    try:
        return date.fromisoformat(typed.strip()).isoformat()
    except ValueError:
        return None


TEXT = _text("text")
LONG_TEXT = _text("long_text")
NAME = _text("name")
EMAIL = _text("email")
COUNT = _whole("count")
YEAR = _whole("year")
MONEY = _register(Kind("money", "integer", COUNT.parser, _no_problem, lambda v, lang: rupiah(int(v), lang)))
DATE = _register(Kind("date", "text", _parse_date, _no_problem, lambda v, lang: long_date(date.fromisoformat(str(v)), lang)))
DUE_DATE = _register(Kind("due_date", "text", _parse_date, _no_problem, lambda v, lang: long_date(date.fromisoformat(str(v)), lang)))
MOMENT = _text("moment")
YES_NO = _register(
    Kind("yes_no", "integer", lambda t, _d: {"ya": 1, "yes": 1, "1": 1, "tidak": 0, "no": 0, "0": 0}.get(_clean(t).casefold()),
         _no_problem, lambda v, lang: {"id": ("Tidak", "Ya"), "en": ("No", "Yes")}[lang][int(v)])
)  # fmt: skip
NIK = _digits("nik")
KK = _digits("kk")
NIB = _digits("nib")
NPWP = _digits("npwp")
PHONE = _digits("phone")
NIP = _digits("nip")
POSTAL_CODE = _digits("postal_code")
RT_RW = _whole("rt_rw")
REGION = _digits("region")  # any level, code without dots
VILLAGE = _digits("village")  # kelurahan or desa, 10 digits
KBLI = _text("kbli")  # "2025:13133"
MICRO_DEGREES = _whole("micro_degrees")
REF = _text("ref")  # the id of another record
JSON_LIST = _register(Kind("json_list", "text", lambda t, _d: t or None, _no_problem, lambda v, _l: ", ".join(json.loads(v))))
