"""Opening a facilitation, ticking its documents, moving and closing it, referring it: each one transaction.

Whatever changes where a case stands goes through `_go`, which leaves a step with time and name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models import legal, permit_acts
from models.acts import known, refuse
from models.errors import InvalidRecord
from models.facilitation import MOVES, NO_NUMBER, OUTCOMES, complete, lacking, place_of
from models.i18n import Words
from models.numbering import next_number
from models.permits import OF_PRODUCTS
from models.schema import Problem, Row
from models.services import Circumstances, checklist, commitments, permit_of
from models.sessions import Author
from models.store import Changes, Store

NOT_FROM_HERE = Words(
    "Fasilitasi ini tidak bisa dipindah ke tahap itu. Muat ulang, lalu periksa tahapnya.",
    "This case cannot go there. Load it again and look where it stands.",
)
NOT_COMPLETE = Words(
    "Dokumen wajib belum lengkap. Centang dulu yang sudah ada.", "Mandatory documents are missing. Tick what is there."
)
NO_CONSENT = Words(
    "Pemilik tidak setuju izinnya kami urus. Ia mengajukan sendiri; daftar dokumennya tetap bisa dipakai.",
    "The owner does not want us to apply. They apply themselves; the checklist still helps.",
)
NO_BUSINESS = Words("Pilih usaha yang diberi izin.", "Choose the business that has the permit.")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new case is about; `brought` are keys of documents that are already here."""

    owner_id: str
    service: str
    business_id: str | None = None
    product_id: str | None = None
    amount: int | None = None
    due: str | None = None
    brought: frozenset[str] = field(default_factory=frozenset[str])
    links: Mapping[str, str] = field(default_factory=dict[str, str])  # consultation_id, event_id, organisation_id


def open_case(store: Store, opening: Opening, author: Author) -> tuple[Changes, str]:
    """A new case with the documents its service asks for in these circumstances; answers its id."""
    today = store.clock.today().isoformat()
    with store.transaction():
        scope = (store.get("owner", opening.owner_id) or {}).get("scope") or store.home_scope
        case: Row = {
            "id": store.clock.new_id(), "scope": scope, "number": next_number(store, "case", scope),
            "owner_id": opening.owner_id, "business_id": opening.business_id, "product_id": opening.product_id,
            "service": opening.service, "opened_on": today, "due": opening.due, "amount": opening.amount,
            "staff_id": author.staff_id or None, "staff_name": author.name, "state": "documents", **opening.links,
        }  # fmt: skip
        changes = store.save("facilitation", case)
        changes |= _step(store, case["id"], None, "documents", author)
        changes |= store.save_all(("checklist_item", row) for row in _asked(store, case, opening.brought))
        changes |= _settle(store, case["id"], author)
    return changes, case["id"]


def _asked(store: Store, case: Row, brought: frozenset[str]) -> list[Row]:
    today = store.clock.today()
    about = Circumstances(
        store.get("business", case["business_id"]) if case["business_id"] else None,
        store.get("product", case["product_id"]) if case["product_id"] else None,
        store.find("permit", business_id=case["business_id"]) if case["business_id"] else (),
        case["amount"],
    )
    rows: list[Row] = []
    for number, asked in enumerate(checklist(case["service"], about), start=1):
        here = asked.item.key in brought
        rows.append({
            "facilitation_id": case["id"], "key": asked.item.key, "title": asked.item.words.id, "number": number,
            "mandatory": int(asked.mandatory), "state": "brought" if here else "missing",
            "brought_on": today.isoformat() if here else None,
        })  # fmt: skip
    return rows


def tick(store: Store, item_id: str, state: str, author: Author) -> Changes:
    """A document is brought, missing, to follow or not needed. The case follows by itself.

    With the last mandatory document it is ready; when one is taken back it waits for documents
    again. When the last commitment after issue is met, so is the permit's.
    """
    brought_on = store.clock.today().isoformat() if state == "brought" else None
    return _change_item(store, {"id": item_id, "state": state, "brought_on": brought_on}, author)


def demand(store: Store, item_id: str, mandatory: bool, author: Author) -> Changes:
    """A document counts, or no longer counts, among the mandatory ones of its case."""
    return _change_item(store, {"id": item_id, "mandatory": int(mandatory)}, author)


def add_item(store: Store, case_id: str, title: str, author: Author, *, mandatory: bool = True) -> Changes:
    """One more document that this case alone asks for."""
    number = max((item["number"] or 0 for item in store.find("checklist_item", facilitation_id=case_id)), default=0) + 1
    row = {
        "facilitation_id": case_id,
        "title": title,
        "number": number,
        "mandatory": int(mandatory),
        "state": "missing",
    }
    with store.transaction():
        return store.save("checklist_item", row) | _settle(store, case_id, author)


def _change_item(store: Store, item: Row, author: Author) -> Changes:
    with store.transaction():
        changes = store.save("checklist_item", item)
        return changes | _settle(store, known(store, "checklist_item", item["id"])["facilitation_id"], author)


def _settle(store: Store, case_id: str, author: Author) -> Changes:
    """Where the documents alone put a case."""
    case = known(store, "facilitation", case_id)
    items = store.find("checklist_item", facilitation_id=case_id)
    before = [item for item in items if not item["after_issue"]]
    place = place_of(case)
    if place == "documents" and complete(before) and any(item["mandatory"] for item in before):
        return _go(store, case, "ready", author)
    if place == "ready" and not complete(before):
        return _go(store, case, "documents", author)
    after = [item for item in items if item["after_issue"]]
    permit = store.get("permit", case["permit_id"]) if case["permit_id"] else None
    if after and complete(after) and permit and permit["state"] == "issued":
        return permit_acts.fulfil(store, permit["id"])
    return Changes()


def may_submit(store: Store, case: Mapping[str, Any]) -> bool:
    """Whether the office may hand in this case; else only its checklist is offered."""
    return legal.may_file(store.get("owner", case["owner_id"]) or {}, store.find("consent", owner_id=case["owner_id"]))


def move(store: Store, case_id: str, to: str, author: Author, facts: Mapping[str, Any] | None = None) -> Changes:
    """Move a case to a place of `MOVES`, with what is to be entered there, all or nothing.

    `facts` are fields of the case; days not given are today. For an issued one also `expires` and
    `issuer` of the permit that it makes. Raises InvalidRecord, and says what is missing.
    """
    with store.transaction():
        case = known(store, "facilitation", case_id)
        given = _dated(dict(facts or {}), to, store.clock.today().isoformat())
        about_permit = {name: given.pop(name) for name in ("expires", "issuer") if name in given}
        refuse(_obstacles(store, case, to, given))
        permit = _permit(case | given, about_permit) if to == "issued" else None
        changes = Changes()
        if permit:
            changes = permit_acts.keep(store, permit)
            given["permit_id"] = changes.first_id("permit")
            changes |= store.save_all(("checklist_item", row) for row in _commitments(case))
        return changes | _go(store, case, to, author, given)


def _dated(given: Row, to: str, today: str) -> Row:
    day = "submitted_on" if to == "submitted" else "closed_on" if to in OUTCOMES else None
    return {day: today} | given if day else given


def _obstacles(store: Store, case: Row, to: str, given: Row) -> list[Problem]:
    """What keeps a case from going there, in the order in which it is read."""
    if to not in MOVES[place_of(case)]:
        return [Problem("error", "move", NOT_FROM_HERE, "state")]
    items = [item for item in store.find("checklist_item", facilitation_id=case["id"]) if not item["after_issue"]]
    if to in ("ready", "submitted") and not complete(items):
        return [Problem("error", "incomplete", NOT_COMPLETE, "state")]
    if to == "submitted" and not may_submit(store, case):
        return [Problem("error", "no_consent", NO_CONSENT, "state")]
    found = lacking(case | given, to)
    if to == "issued" and permit_of(case["service"]):
        found += [] if given.get("result_number") else [NO_NUMBER]
        found += [] if case["business_id"] else [Problem("error", "missing", NO_BUSINESS, "business_id")]
    return found


def _permit(case: Row, about: Row) -> Row | None:
    type_ = permit_of(case["service"])
    if not type_:
        return None
    product = case["product_id"] if type_ in OF_PRODUCTS else None
    return about | {
        "business_id": case["business_id"], "product_id": product, "type": type_,
        "number": case["result_number"], "issued": case["closed_on"],
    }  # fmt: skip


def _commitments(case: Row) -> list[Row]:
    return [
        {"facilitation_id": case["id"], "key": item.key, "title": item.words.id, "number": item.number,
         "mandatory": 1, "after_issue": 1, "state": "missing"}
        for item in commitments(case["service"])
    ]  # fmt: skip


def _go(store: Store, case: Row, to: str, author: Author, given: Row | None = None) -> Changes:
    closed = to in OUTCOMES
    row = {"id": case["id"], "state": "closed" if closed else to, "outcome": to if closed else None}
    if not closed and case["outcome"]:
        row |= {"closed_on": None, "reason": None}  # opened again
    changes = store.save("facilitation", row | (given or {}))
    return changes | _step(store, case["id"], place_of(case), to, author, (given or {}).get("reason"))


def _step(store: Store, case_id: str, start: str | None, to: str, author: Author, note: str | None = None) -> Changes:
    step = {"facilitation_id": case_id, "from_place": start, "to_place": to, "note": note}
    return store.save("facilitation_step", step | {"at": store.clock.stamp(), "by": author.name})


def refer(store: Store, referral: Mapping[str, Any], author: Author) -> Changes:
    """Refer an owner, with or without a case, to another office; it waits for that office's answer."""
    sent = {"sent_on": store.clock.today().isoformat(), "sent_by": author.name, "state": "sent"}
    return store.save("referral", sent | dict(referral))


def answer_referral(store: Store, referral_id: str, accepted: bool, by: str, answer: str = "") -> Changes:
    """The other office takes it over, or declines with a reason; a case it takes is handled there."""
    with store.transaction():
        referral = known(store, "referral", referral_id)
        if referral["state"] != "sent":
            raise InvalidRecord([Problem("error", "answered", _ANSWERED, "state")])
        if not accepted and not answer:
            raise InvalidRecord([Problem("error", "missing", _WHY, "answer")])
        row = {"id": referral_id, "state": "accepted" if accepted else "declined", "answer": answer or None}
        changes = store.save("referral", row | {"answered_on": store.clock.today().isoformat(), "answered_by": by})
        if accepted and referral["facilitation_id"]:
            changes |= store.save("facilitation", {"id": referral["facilitation_id"], "office": referral["office"]})
    return changes


def withdraw_referral(store: Store, referral_id: str) -> Changes:
    """Nobody needs to answer any more."""
    with store.transaction():
        if known(store, "referral", referral_id)["state"] != "sent":
            raise InvalidRecord([Problem("error", "answered", _ANSWERED, "state")])
        return store.save("referral", {"id": referral_id, "state": "withdrawn"})


_ANSWERED = Words("Rujukan ini sudah dijawab.", "This referral was already answered.")
_WHY = Words("Tulis mengapa rujukan ditolak.", "Write why the referral is declined.")
