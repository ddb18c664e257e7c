"""The figures of an event: per desk, over all, and of its attendance list."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from models.clock import from_iso
from models.schema import Row
from models.store import Store

MINUTE = 60


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """One desk: `given` counts the numbers of its letter, the others who is or was in its queue."""

    desk_id: str
    letter: str
    name: str
    given: int
    served: int
    at_desk: int
    waiting: int
    no_show: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class EventFigures:
    """A whole event. Times are whole minutes on average; None before the first guest was served."""

    desks: tuple[DeskFigures, ...]
    given: int
    served: int
    at_desk: int
    waiting: int
    no_show: int
    cancelled: int
    transferred: int
    service_minutes: int | None
    waiting_minutes: int | None
    villages: dict[str, int]  # guests by village; "" when it is not known
    sessions: int  # noted at the event, whether or not the guest drew a number
    topics: dict[str, int]  # of those sessions, the most frequent first; one may have several


def event_figures(store: Store, event_id: str) -> EventFigures:
    """The queue of an event as it stands."""
    tickets = store.find("ticket", event_id=event_id)
    desks = sorted(store.find("event_desk", event_id=event_id), key=lambda desk: desk["letter"])
    served = [t for t in tickets if t["state"] == "served"]
    sessions = store.find("consultation", event_id=event_id)
    states = Counter(ticket["state"] for ticket in tickets)
    return EventFigures(
        desks=tuple(_desk(desk, tickets) for desk in desks),
        given=len(tickets), served=states["served"], at_desk=states["called"], waiting=states["waiting"],
        no_show=states["no_show"], cancelled=states["cancelled"],
        transferred=sum(ticket["from_desk_id"] is not None for ticket in tickets),
        service_minutes=_mean(served, "called_at", "ended_at"),
        waiting_minutes=_mean(served, "arrived_at", "called_at"),
        villages=dict(Counter(ticket["village"] or "" for ticket in tickets)),
        sessions=len(sessions),
        topics=dict(Counter(topic for row in sessions for topic in row["topics"].split(",")).most_common()),
    )  # fmt: skip


def _desk(desk: Row, tickets: list[Row]) -> DeskFigures:
    here = Counter(ticket["state"] for ticket in tickets if ticket["desk_id"] == desk["id"])
    given = sum(ticket["letter"] == desk["letter"] for ticket in tickets)
    return DeskFigures(desk["id"], desk["letter"], desk["name"], given, here["served"], here["called"],
                       here["waiting"], here["no_show"], here["cancelled"])  # fmt: skip


def _mean(tickets: list[Row], start: str, end: str) -> int | None:
    spans = [_seconds(from_iso(t[start]), from_iso(t[end])) for t in tickets if t[start] and t[end]]
    return round(sum(spans) / len(spans) / MINUTE) if spans else None


def _seconds(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds()


@dataclass(frozen=True, slots=True)
class AttendanceFigures:
    """A list of participants."""

    names: int
    invited: int
    walk_ins: int
    present: int
    typed: int  # of those present
    paper: int
    excused: int

    @property
    def absent(self) -> int:
        """On the list, and not there."""
        return self.names - self.present


def attendance_figures(store: Store, event_id: str) -> AttendanceFigures:
    """The attendance of an event as it stands."""
    rows = store.find("attendance", event_id=event_id)
    presence, source = (
        Counter(r["presence"] for r in rows),
        Counter(r["marked_from"] for r in rows if r["presence"] == "present"),
    )
    invited = sum(row["invited"] == 1 for row in rows)
    return AttendanceFigures(len(rows), invited, len(rows) - invited, presence["present"], source["typed"],
                             source["paper"], presence["excused"])  # fmt: skip
