"""Finding the record that differs, and fetching that one alone: the cure before reading a scope anew.

The scope's 256 bucket sums are compared, then the hashes in the buckets that differ, then only the
records are fetched whose hashes differ. Nothing of what waits to be sent is touched.
"""

from dataclasses import dataclass, field

from models import inbox, outbox, verifying
from models.i18n import Words
from models.store import Changes, Store
from models.verifying import Key, Place
from models.waiting import title_of
from sync.link import Access, Link
from sync.protocol import MAX_NAMED, Page, VerifyAnswer, VerifyRequest


@dataclass(frozen=True, slots=True)
class Mended:
    """A record that was not the same on both sides. `on_server`: the server's own copy is damaged and stays unread."""

    scope: str
    entity: str
    row_id: str
    title: Words
    on_server: bool = False


@dataclass(slots=True)
class Mending:
    """What comparing a scope found. `settled` is False when the server had gone on meanwhile: try again."""

    settled: bool = True
    mended: list[Mended] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)


def mend(access: Access, link: Link, scope: str) -> Mending:
    """Names the records of a scope that differ and brings them to what the server has."""
    access(lambda store: verifying.restate(store, scope))
    counted = access(lambda store: verifying.hashes(store, scope))
    here = verifying.sums(counted)
    answer = link.verify(VerifyRequest(scope))
    buckets = [number for number, total in enumerate(answer.sums) if total != here[number]]
    if not _level(access, answer) or not buckets:
        return Mending(settled=_level(access, answer))
    answer = link.verify(VerifyRequest(scope, buckets=buckets))
    differing = _differing(counted, answer, set(buckets))
    mending = Mending(settled=_level(access, answer))
    for start in range(0, len(differing) if mending.settled else 0, MAX_NAMED):
        wanted = differing[start : start + MAX_NAMED]
        answer = link.verify(VerifyRequest(scope, rows=wanted))
        if not _level(access, answer):
            return Mending(settled=False, mended=mending.mended, changes=mending.changes)
        mending.changes |= access(lambda store, answer=answer, wanted=wanted: _take_over(store, answer, wanted))
        mending.mended += access(lambda store, answer=answer, wanted=wanted: _named(store, answer, wanted))
    return mending


def _level(access: Access, answer: VerifyAnswer) -> bool:
    """Whether the answer speaks of the state that this laptop has read."""
    return access(outbox.scopes)[answer.scope].cursor == answer.head


def _differing(counted: dict[Key, int], answer: VerifyAnswer, buckets: set[int]) -> list[Key]:
    there = {(entity, row_id): digest for entity, row_id, digest in answer.hashes}
    here = {key: digest for key, digest in counted.items() if verifying.bucket(key[1]) in buckets}
    return sorted(key for key in there.keys() | here.keys() if there.get(key) != here.get(key))


def _take_over(store: Store, answer: VerifyAnswer, wanted: list[Key]) -> Changes:
    """The records as the server has them; what it does not have goes out again, or was deleted long ago."""
    page = answer.page or Page(answer.scope, answer.head)
    whole = [(columns.t, columns.f, columns.c) for columns in page.ins]
    met = {(part.t, row_id) for part in page.ins for row_id in part.c[0]}
    met |= {(entity, row_id) for entity, row_id, *_ in (*page.gone, *page.moved)} | set(answer.damaged)
    with store.transaction(applying=True):
        changes = inbox.apply_page(store, answer.scope, answer.head, whole, [], page.gone, page.moved)
        changes |= verifying.settle_absent(store, answer.scope, set(wanted) - met, answer.floor)
    return changes


def _named(store: Store, answer: VerifyAnswer, keys: list[Key]) -> list[Mended]:
    return [
        Mended(answer.scope, entity, row_id, title_of(store, entity, row_id), (entity, row_id) in answer.damaged)
        for entity, row_id in keys
    ]


def recount(access: Access) -> list[Key]:
    """Makes the hash of every record again from what is stored, some at a time; those that had changed by themselves.

    The next exchange then finds the scope unequal, names these records and fetches them.
    """
    found: list[Key] = []
    place: Place | None = Place()
    while place is not None:
        place, changed = access(lambda store, place=place: verifying.recount(store, place))
        found += changed
    access(verifying.recounted)
    return found
