"""The papers about an owner: the owner's own, and one for each session, case and event."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from models import facilitation, legal
from models.consultations import CONSULTATION
from models.events import code
from models.i18n import Words
from models.schema import Row
from models.services import SERVICES
from models.store import Store
from reports.subject import REFUSED
from ui.paper_offer import Offer, Shown, day_text, event_words, said
from ui.words import papers as w

SESSIONS = 6  # the newest


@dataclass(frozen=True, slots=True)
class About:
    """The owner on the screen, read once for all papers."""

    owner: Row
    business: Row
    consents: Sequence[Row]
    sessions: Sequence[Row]
    cases: Sequence[Row]
    present: Sequence[Row]
    tickets: Sequence[Row]
    documents: Mapping[str, tuple[int, int]]
    events: Mapping[str, Row]

    @property
    def ids(self) -> dict[str, str]:
        """As the preview takes them."""
        return {"owner_id": self.owner["id"], "business_id": self.business.get("id", "")}


Reason = Callable[[About], Words | None]


def _anyone(_about: About) -> None:
    return None


def _printable(about: About) -> Words | None:
    return None if legal.may_print(about.owner) else REFUSED


def _with_business(about: About) -> Words | None:
    return _printable(about) or (None if about.business else w.NO_BUSINESS)


def _sharing(about: About) -> Words | None:
    shared = legal.may_share(about.owner, about.consents, "sharing")
    return _with_business(about) or (None if shared else w.NOT_SHARING)


def _session(_about: About, row: Row) -> Words:
    topics = CONSULTATION["topics"].kind
    return said(
        w.HELD, lambda lang: {"day": day_text(row["held_on"], lang), "topics": topics.show(row["topics"], lang)}
    )


def _case(about: About, row: Row) -> Words:
    done, all_ = about.documents[row["id"]]
    name = SERVICES[row["service"]].short if row["service"] in SERVICES else Words(row["service"], row["service"])
    return said(w.CASE, lambda lang: {"service": name.to(lang), "done": done, "all": all_})


def _attended(about: About, row: Row) -> Words:
    return event_words(about.events[row["event_id"]])


def _ticket(about: About, row: Row) -> Words:
    return w.GUEST.fill(guest=code(row), event=about.events[row["event_id"]]["name"])


@dataclass(frozen=True, slots=True)
class OwnerPaper:
    """A paper on the shelf of an owner: about the owner, or about each of the rows of `each`."""

    paper: str
    needs: Reason = _printable
    each: str = ""  # a name of `About`
    tell: Callable[[About, Row], Words] | None = None
    none: Words | None = None
    newest_first: bool = False  # the older ones are found by typing

    def offers(self, about: About) -> Iterable[Offer]:
        """What can be printed."""
        why_not, ids = self.needs(about), about.ids
        if self.tell is None:
            name = str(about.business.get("name") or about.owner["name"])
            yield Offer(self.paper, Words(name, name), ids, why_not)
            return
        rows = getattr(about, self.each)
        if why_not or not rows:
            yield Offer(self.paper, why_not=why_not or self.none)
        for place, row in enumerate(() if why_not else rows):
            older = self.newest_first and place > 0
            yield Offer(self.paper, self.tell(about, row), ids | {"record_id": row["id"]}, one_of_many=older)


OWNER_PAPERS: tuple[OwnerPaper, ...] = (
    OwnerPaper("ringkasan"),
    OwnerPaper("persetujuan"),
    OwnerPaper("konsultasi", _printable, "sessions", _session, w.NO_SESSION, newest_first=True),
    OwnerPaper("konsultasi-2", _printable, "sessions", _session, w.NO_SESSION, newest_first=True),
    OwnerPaper("daftar-dokumen", _printable, "cases", _case, w.NO_CASE),
    OwnerPaper("surat-pendampingan", _sharing),
    OwnerPaper("surat-usaha", _with_business),
    OwnerPaper("rekomendasi-merek", _with_business),
    OwnerPaper("data-oss", _with_business),
    OwnerPaper("data-pirt", _with_business),
    OwnerPaper("data-halal", _with_business),
    OwnerPaper("data-saya", _anyone),
    OwnerPaper("sertifikat", _printable, "present", _attended, w.NOT_PRESENT),
    OwnerPaper("antrean", _printable, "tickets", _ticket, w.NO_TICKET),
)


def about(store: Store, shown: Shown) -> About | None:
    """Everything the papers of an owner depend on; None when the owner is gone."""
    owner = store.get("owner", shown.owner_id) if shown.owner_id else None
    if owner is None or owner["deleted"]:
        return None
    of = owner["id"]
    businesses = store.find("business", owner_id=of)
    business = next((b for b in businesses if b["id"] == shown.business_id), businesses[0] if businesses else {})
    sessions = sorted(store.find("consultation", owner_id=of), key=lambda r: r["held_on"], reverse=True)[:SESSIONS]
    cases = store.find("facilitation", owner_id=of)
    present = store.find("attendance", owner_id=of, presence="present")
    tickets = store.find("ticket", owner_id=of)
    events = {e["id"]: e for e in store.find_in("event", "id", {r["event_id"] for r in (*present, *tickets)})}
    today = store.clock.today().isoformat()
    return About(
        owner, business, store.find("consent", owner_id=of), sessions, cases,
        [row for row in present if row["event_id"] in events],
        [t for t in tickets if t["event_id"] in events and events[t["event_id"]]["held_on"] == today],
        {c["id"]: facilitation.progress(store.find("checklist_item", facilitation_id=c["id"])) for c in cases},
        events,
    )  # fmt: skip


def offers(store: Store, shown: Shown) -> list[Offer]:
    found = about(store, shown)
    return [offer for paper in OWNER_PAPERS for offer in paper.offers(found)] if found else []
