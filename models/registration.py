"""Registering an owner with a business: one entry, checked field by field, saved in one transaction.

An entry is what stands in the form: typed texts by `entity.field`, as a draft keeps them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from models import care, kinds
from models.addresses import PICK_VILLAGE
from models.businesses import BUSINESS
from models.consents import CONSENT, NOTICE, PURPOSES
from models.contacts import PHONE_WORDS
from models.custody import keeper
from models.dates import MONTHS_A_YEAR
from models.errors import InvalidRecord
from models.i18n import Lang, Words
from models.owners import OWNER
from models.reference import VILLAGE_DIGITS
from models.schema import Entity, Field, Problem, Row
from models.store import Changes, Store

Typed = Mapping[str, str]

DRAFT = "register"  # the kind of its drafts
SALES_MONTH = Field("sales_month", kinds.MONEY, Words("Penjualan sebulan", "Sales per month"))

# The form in reading order: step, then the fields that stand in it.
STEPS: dict[str, tuple[str, ...]] = {
    "owner": (
        "owner.name", "owner.nik", "owner.phone", "owner.sex", "owner.village",
        "owner.address", "owner.rt", "owner.rw", "owner.birth_date",
    ),
    "business": ("business.name", "business.activity", "business.sales_month", "business.capital"),
    "product": ("business.main_product", "business.nib", "business.brand", "business.started"),
    "notice": ("consent.informed", "consent.witness", *(f"consent.{p}" for p in PURPOSES)),
}  # fmt: skip
KBLI = "business.kbli"  # chosen together with the activity

# Without these a registration is not saved; every other fault is saved as it stands and marked.
MANDATORY: dict[str, Words] = {
    "owner.name": Words("Tulis nama pemilik.", "Enter the owner's name."),
    "owner.phone": Words(*PHONE_WORDS),
    "owner.village": Words(*PICK_VILLAGE),
    "business.name": Words("Tulis nama usaha.", "Enter the business name."),
    "consent.informed": Words("Jawab dengan angka 1–4.", "Answer with a digit, 1–4."),
}
_BY_CODE = (kinds.VILLAGE, kinds.KBLI)  # chosen from a list: an entry holds the stored code
_ENTITIES: dict[str, Entity] = {e.name: e for e in (OWNER, BUSINESS, CONSENT)}
# A business stands where its owner lives, and is reached through the owner, until somebody says otherwise.
_SHARED = {
    "address": "address", "rt": "rt", "rw": "rw", "village": "village",
    "name": "contact_name", "phone": "contact_phone",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Registered:
    """The records that a registration made or changed."""

    owner_id: str
    business_id: str


def field_of(key: str) -> Field:
    """The declaration behind `owner.nik`."""
    entity, name = key.split(".")
    return SALES_MONTH if name == SALES_MONTH.name else _ENTITIES[entity][name]


def check_field(key: str, text: str, today: date) -> list[Problem]:
    """What is wrong with one field as typed; empty is wrong only where it is mandatory."""
    if not text.strip():
        return [Problem("error", "missing", MANDATORY[key], key)] if key in MANDATORY else []
    return [p.at(key) for p in field_of(key).kind.check(text, today)]


def check(entry: Typed, today: date, steps: Iterable[str] = STEPS) -> list[Problem]:
    """Everything wrong with the given steps of an entry, in the order in which it is read."""
    keys = [key for step in steps for key in STEPS[step]]
    found = [p for key in keys for p in check_field(key, entry.get(key, ""), today)]
    for rule in OWNER.rules:
        found += [p.at(f"owner.{p.field}") for p in rule(parsed(entry, "owner", today), today)]
    return [p for p in found if p.field in keys]


def blocks(problem: Problem) -> bool:
    """Whether a problem keeps the entry from being saved; others are saved as they stand."""
    return problem.severity == "error" and problem.field in MANDATORY


def filled(entry: Typed, step: str) -> tuple[int, int]:
    """How many of the wanted fields of a step are filled, and how many there are."""
    wanted = [k for k in STEPS[step] if k in MANDATORY or field_of(k).wanted]
    return sum(bool(entry.get(k, "").strip()) for k in wanted), len(wanted)


def parsed(entry: Typed, entity: str, today: date) -> Row:
    """The stored values of the fields of one entity that stand in the entry."""
    row: Row = {}
    for key, text in entry.items():
        prefix, name = key.split(".")
        if prefix == entity and name in _ENTITIES[entity]:
            row[name] = field_of(key).kind.parse(text, today)
    return row


def kept_by(store: Store, village: str) -> str:
    """Who keeps what is registered now: as of a list, but guests are left in their own village's care.

    A kelurahan has guests while an event is held; an office of a larger area whenever somebody comes from elsewhere.
    """
    larger = len(store.home_scope) < VILLAGE_DIGITS
    guest = care.is_guest(store, village) if larger else care.is_received(store, village)
    return village if guest else keeper(store)(village)


def register(store: Store, entry: Typed, draft: str = "") -> tuple[Changes, Registered]:
    """Save a new owner with a business and what was answered, all or nothing, and drop the draft.

    Raises InvalidRecord when a mandatory field cannot be used. Anything else that is wrong is saved
    as it stands, and text that cannot be stored in its field is kept in the record's note.
    """
    today = store.clock.today()
    _refuse_unusable(entry, today)
    owner, business, consent = (_new_row(entry, entity, today) for entity in (OWNER, BUSINESS, CONSENT))
    if consent["informed"] == "refused":
        msg = "a refusal is counted by refuse, never registered"
        raise ValueError(msg)
    scope = kept_by(store, owner["village"])
    owner |= {"id": store.clock.new_id(), "scope": scope, "legal_basis": "public_task", "informed": consent["informed"]}
    business |= {"id": store.clock.new_id(), "owner_id": owner["id"], "scope": scope}
    business |= {theirs: owner.get(name) for name, theirs in _SHARED.items()}
    with store.transaction():
        changes = store.save_all([
            ("owner", owner),
            ("business", business),
            ("consent", _answered(consent, owner["id"], today)),
        ])  # fmt: skip
        store.delete_draft(DRAFT, draft)
    return changes, Registered(owner["id"], business["id"])


def refuse(store: Store, draft: str = "") -> tuple[Changes, None]:
    """The owner refuses: nothing is kept but one more in the month's count without a name."""
    key = refusals_key(store.clock.today())
    with store.transaction():
        store.set_setting(key, int(store.setting(key, 0)) + 1)
        store.delete_draft(DRAFT, draft)
    return Changes(), None


def refusals_key(day: date) -> str:
    """The setting that counts the refusals of a month."""
    return f"refusals:{day:%Y-%m}"


def opened(store: Store, owner_id: str, business_id: str, lang: Lang = "id") -> dict[str, str]:
    """An existing owner and business as an entry, the way they would have been typed."""
    entry: dict[str, str] = {}
    consents = store.find("consent", owner_id=owner_id)
    rows = {"owner": store.get("owner", owner_id), "business": store.get("business", business_id),
            "consent": consents[-1] if consents else None}  # fmt: skip
    for key in (*(key for step in STEPS.values() for key in step), KBLI):
        entity, name = key.split(".")
        row = rows[entity] or {}
        value = row.get("sales_year") if name == SALES_MONTH.name else row.get(name)
        if name == SALES_MONTH.name and value is not None:
            value //= MONTHS_A_YEAR
        if value is not None:
            kind = field_of(key).kind
            entry[key] = str(value) if kind.options or kind in _BY_CODE else kind.show(value, lang)
    return entry


def amend(store: Store, entry: Typed, before: Typed, known: Registered, draft: str = "") -> tuple[Changes, Registered]:
    """Save what was changed in an existing owner and business since it was opened, and drop the draft.

    Only fields that differ from `before` are written, so that what arrived meanwhile stays. Without
    a business id the owner gets one business more.
    """
    today = store.clock.today()
    _refuse_unusable(entry, today)
    touched = {k: v for k, v in entry.items() if v.strip() != before.get(k, "").strip()}
    owner = _changed_row(store, touched, OWNER, known.owner_id, today)
    consent = _new_row(touched, CONSENT, today)
    with store.transaction():
        changes = Changes()
        if consent:
            answer = _answered(parsed(entry, "consent", today), known.owner_id, today)
            changes |= store.save("consent", answer)
            owner["informed"] = answer["informed"]
        if owner:
            changes |= store.save("owner", owner | {"id": known.owner_id})
        business = _amended_business(store, touched, before, known, owner)
        if business:
            known = Registered(known.owner_id, known.business_id or store.clock.new_id())
            changes |= store.save("business", business | {"id": known.business_id, "owner_id": known.owner_id})
        store.delete_draft(DRAFT, draft)
    return changes, known


def _amended_business(store: Store, touched: Typed, before: Typed, known: Registered, owner: Row) -> Row:
    """The changed fields of a business; what it shares with its owner goes along."""
    today = store.clock.today()
    if not known.business_id:
        whole = store.get("owner", known.owner_id) or {}
        return _new_row(touched, BUSINESS, today) | {theirs: whole.get(name) for name, theirs in _SHARED.items()}
    business = _changed_row(store, touched, BUSINESS, known.business_id, today)
    stored = store.get("business", known.business_id) or {}
    for name, theirs in _SHARED.items():
        old = field_of(f"owner.{name}").kind.parse(before.get(f"owner.{name}", ""), today)
        if name in owner and stored.get(theirs) == old:
            business[theirs] = owner[name]
    return business


def _refuse_unusable(entry: Typed, today: date) -> None:
    if problems := [p for p in check(entry, today) if blocks(p)]:
        raise InvalidRecord(problems)


def _new_row(entry: Typed, entity: Entity, today: date) -> Row:
    row = parsed(entry, entity.name, today)
    if entity is BUSINESS:
        row |= _yearly(entry, today)
    return _with_unreadable(row, entry, entity, today)


def _changed_row(store: Store, touched: Typed, entity: Entity, record_id: str, today: date) -> Row:
    row = _new_row(touched, entity, today)
    if "note" in row:
        stored = store.get(entity.name, record_id) or {}
        row["note"] = "\n".join(n for n in (stored.get("note"), row["note"]) if n)
    return row


def _yearly(entry: Typed, today: date) -> Row:
    """Sales typed by the month, as sales of a year with the year they were asked in."""
    key = f"business.{SALES_MONTH.name}"
    if key not in entry:
        return {}
    month = SALES_MONTH.kind.parse(entry[key], today)
    year = None if month is None else int(month) * MONTHS_A_YEAR
    return {"sales_year": year, "numbers_year": None if year is None else today.year}


def _with_unreadable(row: Row, entry: Typed, entity: Entity, today: date) -> Row:
    """The row, with what was typed but cannot be stored in its field written into the note."""
    lost = [
        f"{field_of(key).label.id}: {text.strip()}"
        for key, text in entry.items()
        if key.startswith(f"{entity.name}.") and text.strip() and field_of(key).kind.parse(text, today) is None
    ]
    if lost and "note" in entity:
        row["note"] = "\n".join([*([str(row["note"])] if row.get("note") else []), *lost])
    return row


def _answered(consent: Row, owner_id: str, today: date) -> Row:
    """The consent record of an answer; purposes count only for somebody who was told."""
    told = consent["informed"] != "not_yet"
    answers = {p: consent.get(p) if told else None for p in PURPOSES}
    return {
        "owner_id": owner_id, "informed": consent["informed"], "text_version": NOTICE.version,
        "given_on": today.isoformat(), "witness": consent.get("witness") if told else None,
    } | answers  # fmt: skip
