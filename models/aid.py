"""Programmes at work: candidates by rule, proposals, handovers; and the aid that somebody had before.

The list of candidates is a proposal of the rules. People decide: taking a candidate out, or in against
the rules, asks for one reason, and so does a second tool within some years.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from models.acts import GONE, known, refuse
from models.conditions import Judged, judge, read
from models.dates import years_earlier
from models.errors import AppError, InvalidRecord
from models.facts import Subject, subjects
from models.i18n import Words, in_both
from models.programs import AID_GRANT, ALIVE, GAP_YEARS, RECEIVED
from models.schema import Problem, Row
from models.store import Changes, Store

SECOND_TOOL = Words(
    "{name} sudah menerima {what} pada {when}. Alat kedua dalam {years} tahun perlu alasan tertulis.",
    "{name} already received {what} on {when}. A second tool within {years} years needs a written reason.",
)
NOT_BY_THE_RULES = Words("Calon ini tidak memenuhi semua syarat. Tulis satu alasan.",
                         "This candidate does not meet all rules. Write one reason.")  # fmt: skip
QUOTA_FULL = Words("Kuota {quota} sudah terisi. Keluarkan satu calon dulu.",
                   "The quota of {quota} is full. Leave one candidate out first.")  # fmt: skip
ALREADY_IN = Words("Usaha ini sudah diusulkan di program ini.", "This business is proposed already.")
NEEDS_MINUTES = Words("Tulis nomor berita acara serah terima.", "Write the number of the handover minutes.")
DINAS_FIRST = Words("Dinas belum menyetujui. Serah terima menunggu persetujuannya.",
                    "The Dinas has not approved yet. The handover waits for it.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A business as a programme sees it."""

    subject: Subject
    judged: Judged
    history: tuple[Row, ...]  # what the owner received, newest first
    grant: Row | None  # its place in this programme
    second_tool: Words | None  # why a written reason is needed


@dataclass(frozen=True, slots=True)
class ProgramFigures:
    """The numbers of a programme; `spent` in rupiah."""

    target: int
    quota: int | None
    proposed: int  # everybody who is still in: proposed, approved or served
    handed_over: int
    spent: int

    @property
    def left(self) -> int | None:
        """How many places are open; None without a quota."""
        return None if self.quota is None else max(0, self.quota - self.proposed)


def history(store: Store, owner_id: str) -> list[Row]:
    """What an owner received, newest first."""
    return _received(store.find("aid_grant", owner_id=owner_id))


def _received(grants: Iterable[Row]) -> list[Row]:
    """The newest first."""
    return sorted((g for g in grants if g["state"] in RECEIVED), key=lambda g: g["handed_on"] or "", reverse=True)


def figures(store: Store, program_id: str) -> ProgramFigures:
    """How far a programme is, as far as the villages held here tell."""
    program = store.get("program", program_id) or {}
    grants = [g for g in store.find("aid_grant", program_id=program_id) if g["state"] in ALIVE]
    served = [g for g in grants if g["state"] in RECEIVED]
    return ProgramFigures(
        program.get("target") or 0, program.get("quota"), len(grants), len(served), sum(g["value"] or 0 for g in served)
    )


def candidates(store: Store, program_id: str) -> list[Candidate]:
    """Every business that stands, those who meet most first; among equals those who never had anything."""
    program = store.get("program", program_id) or {}
    rules, today = read(program.get("rules")), store.clock.today()
    by_owner: dict[str, list[Row]] = {}
    here: dict[str, Row] = {}
    for grant in store.find("aid_grant"):
        by_owner.setdefault(grant["owner_id"], []).append(grant)
        if grant["program_id"] == program_id:
            here[grant["business_id"]] = grant
    found: list[Candidate] = []
    for subject in subjects(store, [c.fact for c in rules]):
        past = tuple(_received(by_owner.get(subject.owner_id, ())))
        second = _second_tool(program, subject.facts["business.name"], past, today)
        found.append(
            Candidate(subject, judge(rules, subject.facts, today), past, here.get(subject.business_id), second)
        )
    return sorted(found, key=_order)


def _order(candidate: Candidate) -> tuple[bool, int, int, int, str]:
    judged = candidate.judged
    name = str(candidate.subject.facts["business.name"])
    return candidate.second_tool is not None, -judged.met, -judged.nearly, len(candidate.history), name


def _second_tool(program: Mapping[str, object], name: str, past: Iterable[Row], today: date) -> Words | None:
    """Why giving a tool needs a written reason; None when it does not."""
    gap = program.get("gap_years")
    years = GAP_YEARS if gap is None else int(str(gap))
    since = years_earlier(today, years).isoformat()
    recent = next((g for g in past if g["kind"] == "tool" and (g["handed_on"] or "") > since), None)
    if program.get("kind") != "tool" or recent is None:
        return None
    when = in_both(lambda lang: AID_GRANT["handed_on"].kind.show(recent["handed_on"], lang))
    what = recent["what"] or recent["program_name"] or ""
    return SECOND_TOOL.fill(name=name, what=what, when=when, years=years)


def propose(store: Store, program_id: str, business_id: str, what: str = "", reason: str = "") -> tuple[Changes, str]:
    """Propose a business; answers the id of its grant.

    Raises AppError when it is in already or the quota is full, InvalidRecord when a reason is due.
    """
    program = known(store, "program", program_id)
    candidate = next((c for c in candidates(store, program_id) if c.subject.business_id == business_id), None)
    if candidate is None:
        raise InvalidRecord([Problem("error", "gone", GONE)])
    numbers = figures(store, program_id)
    if candidate.grant and candidate.grant["state"] in ALIVE:
        raise AppError(ALREADY_IN)
    if numbers.left == 0:
        raise AppError(QUOTA_FULL.fill(quota=numbers.quota))
    against = candidate.judged.met < len(candidate.judged.outcomes)
    if not reason.strip() and (candidate.second_tool or against):
        raise InvalidRecord([Problem("error", "reason", candidate.second_tool or NOT_BY_THE_RULES, "reason")])
    grant: Row = {
        "id": candidate.grant["id"] if candidate.grant else store.clock.new_id(), "owner_id": candidate.subject.owner_id,
        "business_id": business_id, "program_id": program_id, "program_name": program["name"], "kind": program["kind"],
        "what": what or None, "state": "proposed", "proposed_on": store.clock.today().isoformat(),
        "reason": reason.strip() or None, "left_out_because": None,
    }  # fmt: skip
    return store.save("aid_grant", grant), grant["id"]


def approve(store: Store, grant_id: str, by: str) -> Changes:
    """The Dinas agrees."""
    today = store.clock.today().isoformat()
    return store.save("aid_grant", {"id": grant_id, "state": "approved", "approved_on": today, "approved_by": by})


def leave_out(store: Store, grant_id: str, because: str, state: str = "left_out") -> Changes:
    """Take a candidate out (or let the Dinas refuse it); one reason is needed."""
    return _move(store, grant_id, {"state": state, "left_out_because": because.strip() or None})


def hand_over(store: Store, grant_id: str, day: date, value: int | None = None, minutes: str = "") -> Changes:
    """The aid was handed over. A second tool waits for the Dinas; minutes are needed where the programme says so."""
    grant = known(store, "aid_grant", grant_id)
    program = store.get("program", grant["program_id"] or "") or {}
    if grant["reason"] and grant["state"] != "approved":
        raise AppError(DINAS_FIRST)
    if program.get("handover_paper") and not minutes:
        raise InvalidRecord([Problem("error", "minutes", NEEDS_MINUTES, "minutes")])
    given: Row = {"state": "handed_over", "handed_on": day.isoformat(), "minutes": minutes or None}
    return _move(store, grant_id, given | ({} if value is None else {"value": value}))


def seen_in_use(store: Store, grant_id: str, day: date) -> Changes:
    """Somebody looked: the aid is in use."""
    return _move(store, grant_id, {"state": "used", "used_on": day.isoformat()})


def record_past(store: Store, business_id: str, grant: Row) -> Changes:
    """Write down aid that a business received elsewhere or before: kind, what, handed_on, value."""
    owner_id = known(store, "business", business_id)["owner_id"]
    row = {"state": "handed_over", **grant, "owner_id": owner_id, "business_id": business_id}
    return store.save("aid_grant", row)


def _move(store: Store, grant_id: str, values: Row) -> Changes:
    row = known(store, "aid_grant", grant_id) | values
    refuse(p for rule in AID_GRANT.rules for p in rule(row, store.clock.today()))
    return store.save("aid_grant", values | {"id": grant_id})
