"""Partnership with a company: the contract, who supplies, deliveries, renewals, and whether it still runs.

A contract is asked about every 30 days (`ASK_AFTER`); 45 days of silence are an alarm, and 45 days
before its end somebody asks about a renewal. A delivery and the answer "still running" are signs of life.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field, Problem, Row

ASK_AFTER, ALARM_AFTER, SNOOZE, RENEW_BEFORE = 30, 45, 7, 45  # days

RUNNING = kinds.choice("still_running", [
    ("yes", "Masih", "Yes"), ("stopped", "Berhenti", "Stopped"), ("later", "Nanti", "Later"),
])  # fmt: skip
STOP_REASON = kinds.choice("stop_reason", [
    ("quality", "Mutu", "Quality"), ("price", "Harga", "Price"), ("quantity", "Jumlah", "Quantity"),
    ("payment", "Pembayaran", "Payment"), ("other", "Lainnya", "Other"),
])  # fmt: skip


def _ends_after_it_starts(row: Row, _today: date) -> Iterable[Problem]:
    if row.get("starts_on") and row.get("ends_on") and row["ends_on"] < row["starts_on"]:
        yield Problem("error", "ends_on", Words(
            "Kontrak berakhir sebelum mulai. Periksa kedua tanggal.",
            "The contract ends before it starts. Check both dates."), "ends_on")  # fmt: skip


PARTNERSHIP = Entity(
    "partnership",
    Words("Kontrak kemitraan", "Contract"),
    Words("Kontrak kemitraan", "Contracts"),
    (
        Field("organisation_id", kinds.REF, Words("Mitra", "Partner"), required=True),
        Field("work", kinds.TEXT, Words("Pekerjaan", "Work"), headings=("barang", "pekerjaan"), required=True,
              listed=True, searched=True),
        Field("number", kinds.TEXT, Words("Nomor kontrak", "Contract number"), listed=True),
        Field("starts_on", kinds.DAY, Words("Mulai", "Starts on"), required=True, listed=True, group="term"),
        Field("ends_on", kinds.DAY, Words("Berakhir", "Ends on"), required=True, listed=True, group="term"),
        Field("value", kinds.MONEY, Words("Nilai kontrak", "Contract value"), listed=True),
        Field("deliveries", kinds.COUNT, Words("Jumlah kiriman", "Number of deliveries"), listed=True),
        Field("stopped_on", kinds.DATE, Words("Berhenti pada", "Stopped on"), listed=True),
        Field("note", kinds.LONG_TEXT, Words("Catatan", "Note")),
    ),
    rules=(_ends_after_it_starts,),
    kept_with=("organisation_id",),
    scope_digits=4,
)  # fmt: skip

PARTNERSHIP_SUPPLIER = Entity(
    "partnership_supplier",
    Words("Pemasok", "Supplier"),
    Words("Pemasok", "Suppliers"),
    (
        Field("partnership_id", kinds.REF, Words("Kontrak", "Contract"), required=True),
        Field("business_id", kinds.REF, Words("Usaha", "Business")),
        Field("organisation_id", kinds.REF, Words("Koperasi / kelompok", "Cooperative or group")),
        Field("name", kinds.NAME, Words("Nama pemasok", "Supplier's name"), required=True, listed=True),
        Field("share", kinds.MONEY, Words("Bagian nilai kontrak", "Share of the value")),
    ),
    kept_with=("partnership_id",),
    scope_digits=4,
)

DELIVERY = Entity(
    "delivery",
    Words("Kiriman", "Delivery"),
    Words("Kiriman", "Deliveries"),
    (
        Field("partnership_id", kinds.REF, Words("Kontrak", "Contract"), required=True),
        Field("number", kinds.COUNT, Words("Kiriman ke-", "Delivery no."), required=True, listed=True),
        Field("what", kinds.TEXT, Words("Barang dan jumlah", "Goods and quantity"), listed=True),
        Field("planned_on", kinds.DAY, Words("Rencana", "Planned on"), listed=True),
        Field("delivered_on", kinds.DATE, Words("Dikirim pada", "Delivered on"), listed=True),
        Field("value", kinds.MONEY, Words("Nilai kiriman", "Value"), listed=True),
        Field("paid_on", kinds.DATE, Words("Dibayar pada", "Paid on")),
        Field("note", kinds.TEXT, Words("Catatan", "Note")),
    ),
    kept_with=("partnership_id",),
    scope_digits=4,
)

RENEWAL = Entity(
    "renewal",
    Words("Perpanjangan", "Renewal"),
    Words("Perpanjangan", "Renewals"),
    (
        Field("partnership_id", kinds.REF, Words("Kontrak", "Contract"), required=True),
        Field("agreed_on", kinds.DATE, Words("Disepakati pada", "Agreed on"), required=True, listed=True),
        Field("ends_on", kinds.DAY, Words("Berlaku sampai", "Valid until"), required=True, listed=True),
        Field("value", kinds.MONEY, Words("Tambahan nilai", "Added value"), listed=True),
        Field("deliveries", kinds.COUNT, Words("Tambahan kiriman", "Added deliveries"), listed=True),
    ),
    append_only=True,
    kept_with=("partnership_id",),
    scope_digits=4,
)


def _reason_for_stopping(row: Row, _today: date) -> Iterable[Problem]:
    if row.get("answer") == "stopped" and not row.get("reason"):
        yield Problem("error", "reason", Words(
            "Pilih satu alasan berhenti: mutu, harga, jumlah, pembayaran, atau lainnya.",
            "Choose one reason for stopping: quality, price, quantity, payment or other."), "reason")  # fmt: skip


PARTNERSHIP_CHECK = Entity(
    "partnership_check",
    Words("Masih berjalan?", "Still running?"),
    Words("Kabar kontrak", "News of contracts"),
    (
        Field("partnership_id", kinds.REF, Words("Kontrak", "Contract"), required=True),
        Field("asked_on", kinds.DATE, Words("Ditanya pada", "Asked on"), required=True, listed=True),
        Field("answer", RUNNING, Words("Masih berjalan?", "Still running?"), required=True, listed=True),
        Field("reason", STOP_REASON, Words("Alasan berhenti", "Reason for stopping"), listed=True),
        Field("note", kinds.TEXT, Words("Catatan", "Note"), listed=True),
    ),
    rules=(_reason_for_stopping,),
    append_only=True,
    kept_with=("partnership_id",),
    scope_digits=4,
)

State = Literal["planned", "running", "ask", "silent", "ending", "ended", "stopped"]
STATE_WORDS: dict[State, Words] = {
    "planned": Words("mulai {days} hari lagi", "starts in {days} days"),
    "running": Words("berjalan", "running"),
    "ask": Words("{days} hari tanpa kabar", "no news for {days} days"),
    "silent": Words("{days} hari diam", "silent for {days} days"),
    "ending": Words("habis {days} hari lagi", "ends in {days} days"),
    "ended": Words("selesai", "ended"),
    "stopped": Words("berhenti", "stopped"),
}

DeliveryState = Literal["planned", "done", "late"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a contract stands on a day. `days` belongs to the words of the state."""

    state: State
    days: int
    ends_on: date
    last_sign: date
    silent: int  # days since the last sign of life; 0 before the start
    value: int
    fulfilled: int
    deliveries: int
    done: int
    late: int
    to_ask: bool  # the question "still running?" stands open
    to_renew: bool

    @property
    def words(self) -> Words:
        """The state for people: `62 hari diam`."""
        return STATE_WORDS[self.state].fill(days=self.days)

    @property
    def open(self) -> bool:
        """Whether the contract still counts as one that runs."""
        return self.state not in ("ended", "stopped")


Rows = Sequence[Mapping[str, Any]]


def delivery_state(delivery: Mapping[str, Any], today: date) -> DeliveryState:
    """Done, late (its planned day is past) or planned."""
    if delivery.get("delivered_on"):
        return "done"
    return "late" if delivery.get("planned_on") and delivery["planned_on"] < today.isoformat() else "planned"


def standing(contract: Mapping[str, Any], deliveries: Rows, renewals: Rows, checks: Rows, today: date) -> Standing:
    """What the records of one contract say of it today."""
    starts = date.fromisoformat(contract["starts_on"])
    ends = date.fromisoformat(max([contract["ends_on"], *(r["ends_on"] for r in renewals)]))
    done = [d for d in deliveries if d.get("delivered_on")]
    sign = _last_sign(starts, done, checks)
    silent = max(0, (today - sign).days)
    state, days = _state(contract, starts, ends, silent, today)
    is_open, planned = state not in ("ended", "stopped"), max(len(deliveries), _sum("deliveries", contract, *renewals))
    return Standing(
        state, days, ends, sign, silent,
        value=_sum("value", contract, *renewals), fulfilled=_sum("value", *done), deliveries=planned, done=len(done),
        late=sum(delivery_state(d, today) == "late" for d in deliveries),
        to_ask=is_open and silent > ASK_AFTER and not _snoozed(checks, today),
        to_renew=is_open and 0 <= (ends - today).days <= RENEW_BEFORE,
    )  # fmt: skip


def _sum(name: str, *rows: Mapping[str, Any]) -> int:
    return sum(row.get(name) or 0 for row in rows)


def _last_sign(starts: date, done: Rows, checks: Rows) -> date:
    """The start, the last delivery, or the last time somebody said that it runs."""
    days = [d["delivered_on"] for d in done] + [c["asked_on"] for c in checks if c["answer"] == "yes"]
    return max([starts, *map(date.fromisoformat, days)])


def _snoozed(checks: Rows, today: date) -> bool:
    later = [date.fromisoformat(c["asked_on"]) for c in checks if c["answer"] == "later"]
    return bool(later) and today < max(later) + timedelta(days=SNOOZE)


def _state(contract: Mapping[str, Any], starts: date, ends: date, silent: int, today: date) -> tuple[State, int]:
    if contract.get("stopped_on"):
        return "stopped", 0
    if today > ends:
        return "ended", 0
    if today < starts:
        return "planned", (starts - today).days
    if silent > ALARM_AFTER:
        return "silent", silent
    if (ends - today).days <= RENEW_BEFORE:
        return "ending", (ends - today).days
    return ("ask", silent) if silent > ASK_AFTER else ("running", 0)
